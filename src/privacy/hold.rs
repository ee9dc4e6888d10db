//! The texts of a workbook that identify a person surely are taken out of it; everything else that may is noted by its place.

use super::heads::{self, Head, Headed};
use super::{Rules, beside, birth, case, examine, insurance, look, names, nhs, plain, quick};
use crate::model::{
    CellRef, Holder, PersonalKind, Raw, Sheet, Shown, Sure, Suspect, Suspected, Unseen, Workbook,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};

/// Places of one sheet that are kept by name; of what is beyond only the number.
const MOST: usize = 1_000;

/// Takes out of a workbook what identifies a person, and notes where it was.
pub fn hold(workbook: &mut Workbook, rules: &Rules<'_>) {
    let names = beside::sheet_names(workbook, rules);
    let formats = !workbook.facts.unseen.contains(&Unseen::Formats);
    for sheet in &mut workbook.sheets {
        let mut found = cells(sheet, rules, formats);
        take_out(sheet, &mut found, rules, &names);
        beside::sheet(sheet, rules, &mut found);
        keep(sheet, found);
    }
    beside::workbook(workbook, rules, &names);
}

/// Everything that was found, the surest first where there is too much of it.
fn keep(sheet: &mut Sheet, mut found: Vec<Suspected>) {
    if found.len() > MOST {
        found.sort_by_key(|one| (std::cmp::Reverse(one.sure), one.at));
        sheet.facts.suspected_more = found.len() - MOST;
        found.truncate(MOST);
    }
    found.sort_unstable();
    found.dedup();
    sheet.facts.suspected.append(&mut found);
}

/// What the cells of a sheet hold, each by its own words and by what stands over or before it. Without `formats` it is not
/// known how numbers are shown.
fn cells(sheet: &Sheet, rules: &Rules<'_>, formats: bool) -> Vec<Suspected> {
    let mut found = Vec::new();
    let mut heads: BTreeMap<CellRef, Headed> = BTreeMap::new();
    // Texts that many cells share are looked at once: those that hold anything are remembered by where they are kept.
    let mut known: BTreeMap<usize, (Vec<Suspect>, Option<Head>)> = BTreeMap::new();
    let in_order = sheet.texts_in_order();
    let mut next = 0;
    for cell in sheet.cells() {
        let (suspects, head) = match sheet.raw(cell) {
            Raw::Text(text) => {
                let start = sheet.text_start(cell).unwrap_or_default();
                if in_order && start < next {
                    let Some(seen) = known.get(&start) else { continue };
                    seen.clone()
                } else {
                    next = start + 1;
                    let flags = quick::flags(text);
                    if flags.is_blank() {
                        continue;
                    }
                    let head = if flags.has(quick::HEADING) { heads::head(text) } else { None };
                    let seen = if flags.is_empty() { Vec::new() } else { examine(text, flags, rules) };
                    if head.is_none() && seen.is_empty() {
                        continue;
                    }
                    known.insert(start, (seen.clone(), head));
                    (seen, head)
                }
            }
            Raw::Number(number) if (1e9..1e10).contains(&number) => {
                (look(&as_shown(sheet, cell.at, number, formats), rules), None)
            }
            _ => continue,
        };
        let at = |suspect: Suspect| suspected(cell.at, Holder::Cell, suspect);
        found.extend(suspects.into_iter().map(at));
        if let Some(head) = head {
            let label = matches!(sheet.raw(cell), Raw::Text(text) if text.trim_end().ends_with(':'));
            heads.insert(cell.at, Headed { at: cell.at, head, label });
        }
    }
    if !heads.is_empty() {
        under(sheet, &heads, rules, &mut found);
    }
    found
}

/// A number of ten digits as people see it: in groups, if its format shows it so, or may.
fn as_shown(sheet: &Sheet, at: CellRef, number: f64, formats: bool) -> String {
    let digits = number.to_string();
    match (digits.get(..3), digits.get(3..6), digits.get(6..)) {
        (Some(one), Some(two), Some(three)) if !formats || sheet.look(at).shown == Shown::Grouped => {
            format!("{one} {two} {three}")
        }
        _ => digits,
    }
}

fn suspected(at: CellRef, holder: Holder, Suspect { kind, sure }: Suspect) -> Suspected {
    Suspected { at: Some(at), holder, kind, sure }
}

/// What stands under headings and beside labels.
fn under(sheet: &Sheet, heads: &BTreeMap<CellRef, Headed>, rules: &Rules<'_>, found: &mut Vec<Suspected>) {
    let mut columns: BTreeMap<u16, Headed> = BTreeMap::new();
    let mut told: BTreeSet<CellRef> = BTreeSet::new();
    let mut left: Option<(u32, Headed)> = None;
    for cell in sheet.cells() {
        let raw = sheet.raw(cell);
        if raw.is_blank() {
            continue;
        }
        let label = left.take().filter(|(row, _)| *row == cell.at.row).map(|(_, head)| head);
        if let Some(head) = heads.get(&cell.at) {
            if !head.head.is_of_anybody() || !staff_row(sheet, cell.at) {
                columns.insert(cell.at.column, *head);
            }
            left = Some((cell.at.row, *head));
            continue;
        }
        let beside = label
            .filter(|head| !head.head.is_of_anybody() && (head.label || head.head.kind().is_identifier()));
        let above = columns.get(&cell.at.column).filter(|head| !head.label).copied();
        for head in above.into_iter().chain(beside) {
            let Some(suspect) = judged(sheet, head.head, raw, rules) else { continue };
            // A column of names is asked about once.
            if suspect.kind.is_identifier() {
                found.push(suspected(cell.at, Holder::Cell, suspect));
            } else if told.insert(head.at) {
                found.push(suspected(cell.at, Holder::Column, suspect));
            }
        }
    }
}

/// True if headings in the row of one say that the names are of staff.
fn staff_row(sheet: &Sheet, at: CellRef) -> bool {
    let others = sheet.row(at.row).iter().filter(|cell| cell.at != at);
    others.into_iter().any(|cell| matches!(sheet.raw(cell), Raw::Text(text) if heads::is_of_staff(text)))
}

/// What a value is under such a heading.
fn judged(sheet: &Sheet, head: Head, raw: Raw<'_>, rules: &Rules<'_>) -> Option<Suspect> {
    let text = match raw {
        Raw::Text(text) | Raw::IsoDate(text) => text.to_owned(),
        Raw::Date(serial) | Raw::Number(serial) if head == Head::Birth => {
            from_serial(serial, sheet.dates_from_1904)?.to_string()
        }
        Raw::Number(number) => number.to_string(),
        _ => return None,
    };
    let text = plain::plain(&text);
    let medium = |kind| Some(Suspect { kind, sure: Sure::Medium });
    match head {
        Head::Birth => birth::headed(&text, rules.report),
        Head::Nhs => nhs::found(&text, true),
        Head::Insurance => insurance::found(&text, true),
        Head::Case => medium(PersonalKind::CaseReference).filter(|_| case::headed(&text)),
        Head::Initials => medium(PersonalKind::ChildName).filter(|_| names::are_initials(&text)),
        Head::Name | Head::OneName | Head::Child | Head::Relative => {
            let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
            let least = if matches!(head, Head::Child | Head::OneName) { 1 } else { 2 };
            // Names all in capitals, but a word that stands alone so may be a code.
            let capitals = |word: &str| words.len() > 1 && names::is_in_capitals(word);
            let named = (least..=4).contains(&words.len())
                && words
                    .iter()
                    .all(|word| (names::is_capital(word) || capitals(word)) && names::is_name(word, rules));
            medium(PersonalKind::ChildName).filter(|_| named)
        }
    }
}

/// The day of a serial number; none for what is no day of birth of anybody alive.
fn from_serial(serial: f64, from_1904: bool) -> Option<Date> {
    if !(7_000.0..80_000.0).contains(&serial) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "it is a few ten thousands")]
    let days = serial.trunc() as i64;
    let first = if from_1904 { date(1904, 1, 1) } else { date(1899, 12, 30) };
    first.checked_add(days.days()).ok()
}

/// Takes out the cells that hold something sure, and formulas that do.
fn take_out(sheet: &mut Sheet, found: &mut Vec<Suspected>, rules: &Rules<'_>, names: &[String]) {
    let mut cells: BTreeMap<CellRef, PersonalKind> = BTreeMap::new();
    for one in found.iter().filter(|one| one.sure == Sure::Strong) {
        if let Some(at) = one.at {
            let kind = cells.entry(at).or_insert(one.kind);
            *kind = one.kind.min(*kind);
        }
    }
    let mut formulas = BTreeSet::new();
    for (at, formula) in sheet.formulas() {
        let of_sheet = names.iter().any(|name| formula.contains(name.as_str()));
        let held = super::sure(formula, rules);
        if let Some(kind) = held.filter(|_| !cells.contains_key(at)) {
            found.push(suspected(*at, Holder::Formula, Suspect { kind, sure: Sure::Strong }));
        }
        if of_sheet || held.is_some() || cells.contains_key(at) {
            formulas.insert(*at);
        }
    }
    if !cells.is_empty() || !formulas.is_empty() {
        sheet.hold(&cells, &formulas);
    }
}
