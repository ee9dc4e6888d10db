//! Bytes → grids; the only module that knows calamine.
//!
//! What a file is, is told by its content. A package is shown to calamine part by part (`feed`), so that every byte that
//! is read is also checked, and cells are streamed, so that a sheet costs what it holds and not what it claims.

mod about;
mod attached;
mod audit;
mod beside;
mod biff;
mod binary;
mod cells;
mod compound;
mod delimited;
mod feed;
mod html;
mod html_cell;
mod html_tags;
mod kind;
mod ods;
mod ods_book;
mod ods_cell;
mod ods_pages;
mod ods_rules;
mod ods_sheet;
mod ods_styles;
mod ooxml;
mod open_formula;
mod package;
mod padded;
mod parts;
mod pieces;
mod records;
mod rules;
mod scan;
mod struck;
mod styles;
mod xls;
mod xls_book;
mod xls_drawn;
mod xls_facts;
mod xls_rules;
mod xlsb;
mod xlsb_facts;
mod xlsb_rules;
mod xlsb_styles;
mod xlsx;

pub use parts::{PartTab, Parts, target};

use crate::model::{
    FileId, FileKind, LIST_TOP, Limited, Limits, OLD_HIGHLIGHT, Oddity, OurList, Raw, Refusal, Sheet,
    SheetId, Workbook, is_our_list, is_our_note, our_list,
};
use cells::Intake;
use kind::Content;
use ooxml::Tab;
use package::Package;

/// How much of a sheet is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Portion {
    /// Nothing: the sheet is listed without cells.
    Nothing,
    /// Its first rows, so many, and nothing that stands beside its cells. Only `.xlsx` and `.xlsm` stop there; of other kinds
    /// the whole sheet is read.
    Top(u32),
    /// All of it.
    Whole,
}

/// Reads a workbook. Sheets for which `wanted` (given the tab name) is false are listed without cells; a workbook of which
/// no sheet is wanted costs little more than its list of sheets.
///
/// # Errors
///
/// If nothing of the file can be used.
pub fn workbook(
    file: FileId,
    name: &str,
    bytes: &[u8],
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Workbook, Refusal> {
    let portion = |tab: &str| if wanted(tab) { Portion::Whole } else { Portion::Nothing };
    within(&Limits::default(), file, name, bytes, &portion)
}

/// The same within other limits than the usual ones, where of some sheets only the first rows are wanted: damage further
/// down in those is not seen.
///
/// # Errors
///
/// If nothing of the file can be used.
pub fn within(
    limits: &Limits,
    file: FileId,
    name: &str,
    bytes: &[u8],
    portion: &dyn Fn(&str) -> Portion,
) -> Result<Workbook, Refusal> {
    let wanted = &|tab: &str| portion(tab) != Portion::Nothing;
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() as u64 > limits.bytes(Limited::File) {
        return Err(Refusal::too_large(limits, Limited::File, bytes.len() as u64));
    }
    let mut workbook = match kind::of(bytes, limits)? {
        Content::Package(package, document) => excel(file, &package, &document, portion)?,
        Content::Open(package) => ods::read(file, &package, wanted)?,
        Content::Old(compound) => xls::read(file, &compound, limits, wanted)?,
        Content::Web => html::read(file, bytes, limits, wanted)?,
        Content::Text => delimited::read(file, name, bytes, limits, wanted)?,
        Content::Other(what) => return Err(Refusal::NotASpreadsheet(what)),
    };
    workbook.mends = workbook.sheets.iter_mut().filter_map(set_our_list_aside).next_back();
    for comment in workbook.sheets.iter_mut().flat_map(|sheet| &mut sheet.facts.comments) {
        comment.ours |= is_our_note(&comment.text);
    }
    let mut comments = workbook.sheets.iter().flat_map(|sheet| &sheet.facts.comments);
    if workbook.kind == FileKind::Xls && (workbook.mends.is_some() || comments.any(|comment| comment.ours)) {
        workbook.sheets.iter_mut().for_each(|sheet| sheet.facts.looks.forget_fill(OLD_HIGHLIGHT));
    }
    if let Some(named) = kind::wrong_ending(name, workbook.kind) {
        workbook.oddities.insert(0, Oddity::WrongExtension { named, kind: workbook.kind });
    }
    Ok(workbook)
}

/// Empties the sheet that we added to a partner's file: nothing on it is theirs. Gives what it says of the
/// return that it is about.
fn set_our_list_aside(sheet: &mut Sheet) -> Option<OurList> {
    let (mut is_ours, mut about) = (false, None);
    for cell in sheet.cells().iter().take_while(|cell| cell.at.row < LIST_TOP) {
        if let Raw::Text(text) = sheet.raw(cell) {
            is_ours |= is_our_list(&sheet.name, cell.at.row, text);
            about = about.or_else(|| our_list(text));
        }
    }
    if !is_ours {
        return None;
    }
    sheet.clear();
    about
}

/// True for kinds of file whose libraries can bring a whole program down (`.xls`, `.xlsb`), whatever their parts are
/// called: they are tried out first.
#[must_use]
pub fn is_risky(bytes: &[u8], limits: &Limits) -> bool {
    match kind::of(bytes, limits) {
        Ok(Content::Old(_)) => true,
        Ok(Content::Package(_, document)) => document.kind == FileKind::Xlsb,
        // The others are refused or read by our own code.
        _ => false,
    }
}

fn excel(
    file: FileId,
    package: &Package<'_>,
    document: &kind::Document,
    portion: &dyn Fn(&str) -> Portion,
) -> Result<Workbook, Refusal> {
    let binary = document.kind == FileKind::Xlsb;
    let outline = if binary {
        xlsb::outline(package, &document.name)?
    } else {
        ooxml::outline(package, &document.name, document.kind)?
    };
    let mut workbook = Workbook::new(file, outline.kind);
    if outline.macros {
        workbook.oddities.push(Oddity::Macros);
    }
    let wanted = |tab: &str| portion(tab) != Portion::Nothing;
    let parts = list(&mut workbook, &outline.tabs, outline.from_1904, &wanted);
    if parts.iter().any(Option::is_some) {
        let mut intake = Intake::new(package.limits());
        if binary {
            xlsb::fill(package, &outline, &parts, &mut intake, &mut workbook)?;
        } else {
            xlsx::fill(package, &outline, &parts, portion, &mut intake, &mut workbook)?;
            let names: Vec<&str> = outline.tabs.iter().map(|tab| tab.name.as_str()).collect();
            let unseen = std::mem::take(&mut workbook.facts.unseen);
            workbook.facts = attached::workbook(package, &outline.document, &names);
            workbook.facts.unseen.splice(0..0, unseen);
        }
    }
    Ok(workbook)
}

/// Adds every worksheet without cells, and returns for each the part to read, if it is wanted.
fn list(
    workbook: &mut Workbook,
    tabs: &[Tab],
    from_1904: bool,
    wanted: &dyn Fn(&str) -> bool,
) -> Vec<Option<usize>> {
    let mut parts = Vec::new();
    for tab in tabs {
        if !tab.worksheet {
            workbook.oddities.push(Oddity::OtherSheet(ooxml::clean_name(&tab.name)));
            continue;
        }
        let id = SheetId(u16::try_from(workbook.sheets.len()).unwrap_or(u16::MAX));
        let name = ooxml::clean_name(&tab.name);
        let mut sheet = Sheet::new(workbook.file, id, name.clone());
        sheet.set_name_in_file(&tab.name);
        sheet.visibility = tab.visibility;
        sheet.dates_from_1904 = from_1904;
        workbook.sheets.push(sheet);
        if tab.part.is_none() {
            let why = "the file does not hold it".to_owned();
            workbook.oddities.push(Oddity::UnreadableSheet { sheet: name.clone(), why });
        }
        parts.push(tab.part.filter(|_| wanted(&name)));
    }
    parts
}
