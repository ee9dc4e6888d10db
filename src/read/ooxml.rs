//! What an Excel package says about itself: its kind, its sheets and where their parts are.

use super::audit::attribute;
use super::package::Package;
use crate::model::{FileKind, Limited, Limits, Refusal, Visibility};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;

/// What a workbook is made of; parts are places among the package's entries.
#[derive(Debug)]
pub(super) struct Outline {
    /// The name of the main document.
    pub(super) document: String,
    pub(super) kind: FileKind,
    pub(super) macros: bool,
    pub(super) from_1904: bool,
    pub(super) tabs: Vec<Tab>,
    pub(super) strings: Option<usize>,
    pub(super) styles: Option<usize>,
}

/// One tab of a workbook.
#[derive(Debug)]
pub(super) struct Tab {
    /// Its name as the file has it.
    pub(super) name: String,
    pub(super) visibility: Visibility,
    /// False for charts, dialogs and macro sheets.
    pub(super) worksheet: bool,
    /// Its part, if the package has it.
    pub(super) part: Option<usize>,
}

/// The type of the package's main document, as the package states it, and the document's name.
pub(super) fn main_document(package: &Package<'_>) -> Result<Option<(String, String)>, Refusal> {
    let Some(relations) = relations(package, "")? else { return Ok(None) };
    let Some(main) = relations.values().find(|relation| relation.kind.ends_with("/officeDocument")) else {
        return Ok(None);
    };
    let content_type = content_type(package, &main.target)?.unwrap_or_default();
    Ok(Some((content_type, main.target.clone())))
}

/// Reads the list of sheets of an `.xlsx` or `.xlsm` whose main document is `document`.
pub(super) fn outline(package: &Package<'_>, document: &str, kind: FileKind) -> Result<Outline, Refusal> {
    let missing = || Refusal::Damaged("the list of its sheets is missing".to_owned());
    let text = xml(package, document)?.ok_or_else(missing)?;
    let relations = relations(package, document)?.unwrap_or_default();
    let mut outline = frame(package, document, kind)?;
    each_element(&text, |tag| {
        match tag.local_name().as_ref() {
            "sheet" => outline.tabs.push(tab(package, &relations, tag)),
            "workbookPr" => {
                if let Some(value) = attribute(tag, "date1904") {
                    outline.from_1904 = matches!(value.as_str(), "1" | "true");
                }
            }
            _ => {}
        }
        outline.tabs.len() <= package.limits().size(Limited::Sheets)
    })?;
    check_tabs(&outline.tabs, package.limits())?;
    Ok(outline)
}

/// An outline without sheets.
pub(super) fn frame(package: &Package<'_>, document: &str, kind: FileKind) -> Result<Outline, Refusal> {
    let relations = relations(package, document)?.unwrap_or_default();
    Ok(Outline {
        document: document.to_owned(),
        kind,
        macros: package.entries().iter().any(|entry| entry.name.to_lowercase().ends_with("vbaproject.bin")),
        from_1904: false,
        tabs: Vec::new(),
        strings: related(package, &relations, "/sharedStrings")?,
        styles: related(package, &relations, "/styles")?,
    })
}

/// Refuses what no program makes: no sheet, too many, or two of one name.
pub(super) fn check_tabs(tabs: &[Tab], limits: &Limits) -> Result<(), Refusal> {
    if tabs.len() > limits.size(Limited::Sheets) {
        return Err(Refusal::past(limits, Limited::Sheets));
    }
    if !tabs.iter().any(|tab| tab.worksheet) {
        return Err(Refusal::NoSheets);
    }
    let mut names: Vec<String> = tabs.iter().map(|tab| clean_name(&tab.name).to_lowercase()).collect();
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(Refusal::Suspicious(format!("two of its sheets are called “{}”", pair[0]))),
        None => Ok(()),
    }
}

fn tab(package: &Package<'_>, relations: &Relations, tag: &BytesStart<'_>) -> Tab {
    let relation = attribute(tag, "id").and_then(|id| relations.get(&id));
    Tab {
        name: attribute(tag, "name").unwrap_or_default(),
        visibility: match attribute(tag, "state").as_deref() {
            Some("hidden") => Visibility::Hidden,
            Some("veryHidden") => Visibility::VeryHidden,
            _ => Visibility::Visible,
        },
        worksheet: relation.is_none_or(|relation| relation.kind.ends_with("/worksheet")),
        part: relation.and_then(|relation| package.find(&relation.target)),
    }
}

/// A sheet's name without characters that do not show or that turn the text around.
pub(super) fn clean_name(name: &str) -> String {
    let shown = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    name.chars().filter(shown).take(255).collect()
}

/// What a part points to, by identifier.
pub(super) type Relations = BTreeMap<String, Relation>;

/// Another part that a part points to.
pub(super) struct Relation {
    /// The address that names the kind of relation.
    pub(super) kind: String,
    /// The other part's name.
    pub(super) target: String,
}

/// The part of this kind that a part points to. Without its texts or its date formats a workbook would be misread.
fn related(package: &Package<'_>, relations: &Relations, kind: &str) -> Result<Option<usize>, Refusal> {
    let Some(relation) = relations.values().find(|relation| relation.kind.ends_with(kind)) else {
        return Ok(None);
    };
    let missing = || Refusal::Damaged(format!("its inner part {} is missing", relation.target));
    package.find(&relation.target).map(Some).ok_or_else(missing)
}

/// What a part (or the package, for an empty name) points to, by identifier; targets are resolved to part names.
pub(super) fn relations(package: &Package<'_>, part: &str) -> Result<Option<Relations>, Refusal> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let Some(text) = xml(package, &format!("{folder}{slash}_rels/{file}.rels"))? else { return Ok(None) };
    let mut relations = BTreeMap::new();
    each_element(&text, |tag| {
        if tag.local_name().as_ref() == "Relationship"
            && attribute(tag, "TargetMode").as_deref() != Some("External")
        {
            let kind = attribute(tag, "Type").unwrap_or_default();
            let target = resolve(folder, &attribute(tag, "Target").unwrap_or_default());
            relations.insert(attribute(tag, "Id").unwrap_or_default(), Relation { kind, target });
        }
        relations.len() <= 10 * package.limits().size(Limited::Sheets)
    })?;
    Ok(Some(relations))
}

pub(super) fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let base = if target.starts_with('/') { "" } else { folder };
    let mut path: Vec<&str> = Vec::new();
    for piece in base.split('/').chain(target.split('/')) {
        match piece {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            piece => path.push(piece),
        }
    }
    path.join("/")
}

fn content_type(package: &Package<'_>, part: &str) -> Result<Option<String>, Refusal> {
    let Some(text) = xml(package, "[Content_Types].xml")? else { return Ok(None) };
    let ending = part.rsplit('.').next().unwrap_or_default().to_lowercase();
    let (mut stated, mut by_ending) = (None, None);
    each_element(&text, |tag| {
        let value = || attribute(tag, "ContentType").unwrap_or_default().to_lowercase();
        match tag.local_name().as_ref() {
            "Override" => {
                let name = attribute(tag, "PartName").unwrap_or_default();
                if name.trim_start_matches('/').eq_ignore_ascii_case(part) {
                    stated = Some(value());
                }
            }
            "Default" if attribute(tag, "Extension").is_some_and(|e| e.to_lowercase() == ending) => {
                by_ending = Some(value());
            }
            _ => {}
        }
        true
    })?;
    Ok(stated.or(by_ending))
}

/// A small part of XML as text; refuses a declaration of document types.
pub(super) fn xml(package: &Package<'_>, name: &str) -> Result<Option<String>, Refusal> {
    let Some(bytes) = package.read(name)? else { return Ok(None) };
    let text = match encoding_rs::Encoding::for_bom(&bytes) {
        Some((encoding, _)) => encoding.decode(&bytes).0.into_owned(),
        None => String::from_utf8(bytes)
            .map_err(|_| Refusal::Damaged(format!("its inner part {name} is not readable text")))?,
    };
    if text.contains("<!DOCTYPE") {
        return Err(Refusal::Suspicious("it declares a document type".to_owned()));
    }
    Ok(Some(text))
}

/// The name of the part of this kind that a part points to.
pub(super) fn related_part(package: &Package<'_>, part: &str, kind: &str) -> Result<Option<String>, Refusal> {
    let relations = relations(package, part)?.unwrap_or_default();
    let related = relations.into_values().find(|relation| relation.kind.ends_with(kind));
    Ok(related.map(|relation| relation.target))
}

/// Calls `visit` for everything that stands in a part until it says to stop.
pub(super) fn each_element_of(text: &str, mut visit: impl FnMut(&Event<'_>) -> bool) -> Result<(), Refusal> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return Ok(()),
            Ok(event) => {
                if !visit(&event) {
                    return Ok(());
                }
            }
            Err(_) => return Err(Refusal::Damaged("one of its inner parts cannot be read".to_owned())),
        }
    }
}

/// Calls `visit` for every opening tag until it says to stop.
fn each_element(text: &str, mut visit: impl FnMut(&BytesStart<'_>) -> bool) -> Result<(), Refusal> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                if !visit(&tag) {
                    return Ok(());
                }
            }
            Ok(Event::Eof) => return Ok(()),
            Err(_) => {
                return Err(Refusal::Damaged("the list of its sheets or parts cannot be read".to_owned()));
            }
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_from_the_folder_of_their_source() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolve("xl", "../a/./b.xml"), "a/b.xml");
        assert_eq!(resolve("", "../../x.xml"), "x.xml");
    }

    #[test]
    fn names_lose_what_does_not_show() {
        assert_eq!(clean_name("Fi\u{7}nan\u{202e}ce\n"), "Finance");
    }
}
