//! Schema, plan and ledger → workbooks for partners to fill in.
//!
//! [`Content::new`] is what a partner is sent; it may be filled and marked up before [`workbook`] writes it. The form has one
//! sheet a tab of the schema, each with a title and one row of headings, so that what comes back is read by the normal way
//! of the data. Two sheets stand around them, which hold nothing of a partner's and are known again by their names
//! ([`crate::model::is_own_sheet`]): what is to be done and how far it is, and the words of the drop-downs with their colours. Nothing
//! that the workbook does is needed by the merge.

mod also;
mod choices;
mod content;
mod known;
mod live;
mod looks;
mod outside;
mod page;
mod prefill;
mod returned;
mod shape;
mod sheet;
mod start;
mod still;
mod vocabulary;
mod widths;

pub use content::{Before, Beyond, Content, Entry, Filled, FirstSheet, OwnColumn, Place, Row, Said, Slot};
pub use returned::Places;

use crate::error::Error;
use crate::model::PartnerId;
use crate::round::Round;
use crate::schema::Category;
use crate::write::sheet::failed;
use crate::write::styles::{COLUMN, ROW, normal};
use looks::Looks;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use shape::Shape;
use std::io::{Seek, Write};
use still::Still;

/// Writes the workbook.
///
/// # Errors
///
/// If a sheet cannot be made or `out` cannot be written. What the system said about `out` comes as [`Error::Io`] with an
/// empty path: only the caller knows the file's name.
pub fn workbook<W: Write + Seek + Send>(content: &Content<'_>, out: W) -> Result<(), Error> {
    make(content, out).map_err(|error| match failed("", error) {
        Error::Workbook { why, .. } => Error::Workbook { sheet: None, why },
        other => other,
    })
}

fn make<W: Write + Seek + Send>(content: &Content<'_>, out: W) -> Result<(), XlsxError> {
    let shape = Shape::new(content);
    let mut looks = Looks::default();
    let (words, lists) = vocabulary::make(content)?;
    let mut sheets = Vec::new();
    let mut counts: Vec<Still> = Vec::new();
    for place in &shape.sheets {
        let (sheet, still) = sheet::make(content, place, &lists, &mut looks)?;
        sheets.push(sheet);
        counts.push(still);
    }
    let start = start::make(content, &shape, &counts)?;
    let mut book = Workbook::new();
    // The level that the consolidated workbook is packed with.
    book.set_zip_compression_level(2);
    book.set_default_format(&normal(), ROW, COLUMN)?;
    if let Some(first) = &content.first {
        book.push_worksheet(start::first(content, first)?);
    }
    book.push_worksheet(start);
    for sheet in sheets {
        book.push_worksheet(sheet);
    }
    if let Some(also) = also::make(content)? {
        book.push_worksheet(also);
    }
    book.push_worksheet(words);
    properties(&mut book, content)?;
    book.save_to_writer(out)
}

/// No author, and a day that depends on the round only: the same round gives the same bytes.
fn properties(book: &mut Workbook, content: &Content<'_>) -> Result<(), XlsxError> {
    let round = content.round;
    let end = round.period.end(round.schema.year_start);
    let year = u16::try_from(end.year()).unwrap_or(2000);
    let made = ExcelDateTime::from_ymd(year, end.month().unsigned_abs(), end.day().unsigned_abs())?;
    let partner = &round.partner(content.partner).name;
    let properties = DocProperties::new()
        .set_title(format!("{}, {}, {partner}", round.schema.title, round.period))
        .set_category(&content.marking)
        .set_custom_property("Protective marking", content.marking.as_str())
        .set_company(&round.board)
        .set_creation_datetime(&made);
    book.set_properties(&properties);
    Ok(())
}

/// What a partner's workbook is called: `HSCB 2013-14 Q4 - West Mercia Police.xlsx`. The names of all partners of a round
/// differ.
#[must_use]
pub fn file_name(round: &Round, partner: PartnerId) -> String {
    let name = |id: PartnerId| {
        let who = &round.partner(id).name;
        let name = format!("{} {} - {who}", round.code, round.period);
        let plain = |letter: char| match letter {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
            letter if letter.is_control() => ' ',
            letter => letter,
        };
        let name: String = name.trim().chars().map(plain).take(120).collect();
        name.trim_end_matches(['.', ' ']).to_owned()
    };
    let own = name(partner);
    let same = |other: PartnerId| other != partner && name(other).to_lowercase() == own.to_lowercase();
    if round.partners().any(|(id, _)| same(id)) {
        let code = round.partner(partner).code.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
        return format!("{own} ({code}).xlsx");
    }
    format!("{own}.xlsx")
}

/// A category's words.
fn words_of(category: &Category) -> &str {
    if category.label.is_empty() { &category.value } else { &category.label }
}
