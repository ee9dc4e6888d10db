//! What stands beside the cells: comments, boxes, headers, names of sheets and files, properties, defined names, links.

use super::{Rules, lone, look, name};
use crate::model::{
    CellRef, DefinedName, HELD, Holder, Oddity, PersonalKind, Sheet, Sure, Suspect, Suspected, Unseen,
    Workbook, WorkbookFacts,
};

/// Looks at a sheet's comments, boxes, headers and footers; what is sure of them is taken out.
pub(super) fn sheet(sheet: &mut Sheet, rules: &Rules<'_>, found: &mut Vec<Suspected>) {
    let facts = &mut sheet.facts;
    for comment in &mut facts.comments {
        held(&mut comment.text, Some(comment.at), Holder::Comment, rules, found);
    }
    for text in &mut facts.text_boxes {
        held(&mut text.text, Some(text.near), Holder::TextBox, rules, found);
    }
    for text in &mut facts.header_footer {
        let plain = without_codes(text);
        let suspects = look(&plain, rules);
        note(&suspects, None, Holder::HeaderFooter, found);
        if let Some(first) = suspects.first().filter(|first| first.sure == Sure::Strong) {
            *text = first.kind.in_its_place();
        }
    }
}

fn held(
    text: &mut String,
    at: Option<CellRef>,
    holder: Holder,
    rules: &Rules<'_>,
    found: &mut Vec<Suspected>,
) {
    let suspects = look(text, rules);
    note(&suspects, at, holder, found);
    if let Some(first) = suspects.first().filter(|first| first.sure == Sure::Strong) {
        *text = first.kind.in_its_place();
    }
}

fn note(suspects: &[Suspect], at: Option<CellRef>, holder: Holder, found: &mut Vec<Suspected>) {
    let place = |Suspect { kind, sure }: &Suspect| Suspected { at, holder, kind: *kind, sure: *sure };
    found.extend(suspects.iter().map(place));
}

/// The words of a header or footer without its codes (`&L`, `&"Arial,Bold"`, `&10`).
fn without_codes(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        plain.push(' ');
        rest = match after.as_bytes().first() {
            Some(b'"') => after.get(1..).and_then(|font| font.split_once('"')).map_or("", |(_, rest)| rest),
            Some(b'0'..=b'9') => {
                let digits = after.bytes().take(3).take_while(u8::is_ascii_digit).count();
                after.get(digits.min(2)..).unwrap_or_default()
            }
            Some(b'K') => after.get(7..).unwrap_or_default(),
            _ => {
                let first = after.chars().next().map_or(0, char::len_utf8);
                after.get(first..).unwrap_or_default()
            }
        };
    }
    plain + rest
}

/// Replaces the names of sheets that are held back; gives those names as they were, for formulas that use them.
pub(super) fn sheet_names(workbook: &mut Workbook, rules: &Rules<'_>) -> Vec<String> {
    let mut held: Vec<String> = Vec::new();
    for sheet in &mut workbook.sheets {
        let suspects = look(&sheet.name.replace('_', " "), rules);
        let Some(suspect) = name(&sheet.name, rules).or_else(|| named(&sheet.name, rules)) else {
            note(&suspects, None, Holder::SheetName, &mut sheet.facts.suspected);
            continue;
        };
        held.push(sheet.name_in_file().to_owned());
        held.push(sheet.name.clone());
        let number = held.len() / 2;
        sheet.name = match number {
            1 => suspect.kind.in_its_place(),
            _ => format!("{} {number}", suspect.kind.in_its_place()),
        };
        let shown = sheet.name.clone();
        sheet.set_name_in_file(&shown);
        note(&[suspect], None, Holder::SheetName, &mut sheet.facts.suspected);
    }
    held
}

/// What the name of a sheet or of cells says of somebody: it stands in every address, so that what is likely is held back
/// there too.
fn named(text: &str, rules: &Rules<'_>) -> Option<Suspect> {
    let spaced = text.replace('_', " ");
    // A number that is only possible anywhere else: nobody calls a sheet by one that passes its check digit.
    let is_told = |suspect: &Suspect| suspect.kind == PersonalKind::ChildName || suspect.kind.is_identifier();
    let found = look(&spaced, rules).into_iter().find(is_told);
    let found = found.map(|suspect| Suspect { sure: suspect.sure.max(Sure::Medium), ..suspect });
    found.or_else(|| lone::whole(spaced.trim(), rules))
}

/// Looks at what a workbook says beside its sheets; what is sure or likely of it is taken out.
pub(super) fn workbook(workbook: &mut Workbook, rules: &Rules<'_>, sheets: &[String]) {
    let Workbook { facts, oddities, .. } = workbook;
    let (mut found, mut remarks) = (Vec::new(), Vec::new());
    // Who made a file and where it is kept is no narrative, so that only what identifies somebody matters.
    let mut hold = |text: &mut String, holder: Holder| {
        if let Some(suspect) = name(text, rules) {
            *text = suspect.kind.in_its_place();
            note(&[suspect], None, holder, &mut found);
        }
    };
    let WorkbookFacts { about, names, links, unseen, .. } = facts;
    let own = [
        &mut about.saved_by,
        &mut about.creator,
        &mut about.last_modified_by,
        &mut about.title,
        &mut about.company,
        &mut about.created,
        &mut about.modified,
    ];
    own.into_iter().flatten().for_each(|text| hold(text, Holder::Property));
    for (title, text) in &mut about.others {
        // The name of a property may say what its value is.
        let mut both = format!("{title}: {text}");
        hold(title, Holder::Property);
        hold(&mut both, Holder::Property);
        if both.starts_with(HELD) {
            *text = both;
        }
    }
    for defined in names.iter_mut() {
        hold(&mut defined.name, Holder::DefinedName);
        hold(&mut defined.refers_to, Holder::DefinedName);
        defined.sheet.iter_mut().for_each(|text| hold(text, Holder::DefinedName));
    }
    let of_names = defined_names(names, rules, sheets);
    for text in links {
        hold(text, Holder::Link);
    }
    for unseen in unseen {
        if let Unseen::Part(text) = unseen {
            hold(text, Holder::Remark);
        }
    }
    for oddity in oddities {
        match oddity {
            Oddity::OtherSheet(text) | Oddity::UnreadableSheet { sheet: text, .. } => {
                hold(text, Holder::Remark);
                if let Some(suspect) = named(text, rules) {
                    *text = suspect.kind.in_its_place();
                    remarks.push(suspect);
                }
            }
            _ => {}
        }
    }
    note(&remarks, None, Holder::Remark, &mut found);
    note(&of_names, None, Holder::DefinedName, &mut found);
    found.sort_unstable();
    found.dedup();
    facts.suspected = found;
}

/// Takes out defined names that are somebody's, and what others say of sheets whose names are held back.
fn defined_names(names: &mut [DefinedName], rules: &Rules<'_>, sheets: &[String]) -> Vec<Suspect> {
    let mut found = Vec::new();
    for defined in names {
        if let Some(suspect) = named(&defined.name, rules) {
            defined.name = suspect.kind.in_its_place();
            found.push(suspect);
        }
        let own = [Some(&mut defined.refers_to), defined.sheet.as_mut()];
        for text in own.into_iter().flatten().filter(|text| sheets.iter().any(|name| text.contains(name))) {
            *text = PersonalKind::ChildName.in_its_place();
        }
    }
    found
}
