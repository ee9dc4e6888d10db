//! `inspect --cells`: every cell that was read, one JSON array a line, for another program to compare.

use super::look;
use super::moment::{self, Moment};
use crate::cli::input::FileInput;
use crate::cli::{Status, terminal};
use crate::error::Error;
use crate::model::{CellRef, ErrorValue, Oddity, Raw, Sheet, Unseen, Workbook};
use crate::pipeline::Input as _;
use crate::report::clean;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

/// Bytes that are gathered before they are handed on.
const BUFFER: usize = 256 << 10;
/// Cells that are not certain, told a line each.
const MOST_CELLS_TOLD: usize = 20;

/// Prints the cells of one workbook; a file or sheet that could not be read is one line on standard error.
pub(super) fn run(input: &FileInput, formulas: bool) -> Result<Status, Error> {
    let workbook = match look::workbook(input) {
        Ok(workbook) => workbook,
        Err(why) => {
            terminal::complain(&why);
            return Ok(Status::ToAnswer);
        }
    };
    let mut out = BufWriter::with_capacity(BUFFER, io::stdout().lock());
    let printed =
        workbook.sheets.iter().try_for_each(|sheet| one_sheet(sheet, &workbook, formulas, &mut out));
    terminal::ended(printed.and_then(|()| out.flush()))?;
    let mut status = Status::Clean;
    let name = input.name();
    let mut unclear = 0;
    for oddity in &workbook.oddities {
        match oddity {
            Oddity::UnreadableSheet { sheet, why } => {
                let why = why.trim_end_matches('.');
                terminal::complain(&clean(&format!(
                    "{name}: the sheet {sheet} could not be read ({why}). Open it in Excel, save it, and use that copy."
                )));
                status = Status::ToAnswer;
            }
            Oddity::UnreadableCell { at, why } => {
                unclear += 1;
                if unclear <= MOST_CELLS_TOLD {
                    let sheet = workbook.sheets.iter().find(|sheet| sheet.id() == at.sheet);
                    let sheet = sheet.map_or("", |sheet| sheet.name.as_str());
                    terminal::complain(&clean(&format!(
                        "{name}: {sheet}!{} is not certain: {why}.",
                        at.cell
                    )));
                }
            }
            Oddity::OpenQuotation { .. } => {
                terminal::complain(&clean(&format!("{name}: {}", look::remark(oddity, &workbook))));
            }
            _ => {}
        }
    }
    // Whether a number is shown as that of a person is not known then.
    if workbook.facts.unseen.contains(&Unseen::Formats) {
        terminal::complain(&clean(&format!("{name}: we could not look at the {}.", Unseen::Formats.words())));
        status = Status::ToAnswer;
    }
    if unclear > MOST_CELLS_TOLD {
        let more = unclear - MOST_CELLS_TOLD;
        terminal::complain(&clean(&format!("{name}: {more} more cells are not certain.")));
    }
    Ok(status)
}

fn one_sheet(sheet: &Sheet, workbook: &Workbook, formulas: bool, out: &mut impl Write) -> io::Result<()> {
    let mut name = Vec::new();
    text(sheet.name_in_file(), &mut name)?;
    let unknown = unknown_errors(sheet, workbook);
    let mut rest = sheet.formulas().iter().peekable();
    for cell in sheet.cells() {
        while formulas && rest.peek().is_some_and(|(at, _)| *at < cell.at) {
            if let Some((at, formula)) = rest.next() {
                line(&name, *at, sheet, Raw::Text(""), &unknown, out)?;
                end(true, Some(formula), out)?;
            }
        }
        line(&name, cell.at, sheet, sheet.raw(cell), &unknown, out)?;
        let own = rest.next_if(|(at, _)| *at == cell.at).map(|(_, formula)| &**formula);
        end(formulas, own, out)?;
    }
    for (at, formula) in rest.filter(|_| formulas) {
        line(&name, *at, sheet, Raw::Text(""), &unknown, out)?;
        end(true, Some(formula), out)?;
    }
    Ok(())
}

/// What cells with an error value that has no name here show, as far as it is known.
fn unknown_errors<'a>(sheet: &Sheet, workbook: &'a Workbook) -> BTreeMap<CellRef, &'a str> {
    let shown = |oddity: &'a Oddity| match oddity {
        Oddity::UnreadableCell { at, why } if at.sheet == sheet.id() => {
            let (_, rest) = why.split_once('“')?;
            let shown = rest.split_once('”')?.0;
            (!shown.is_empty()).then_some((at.cell, shown))
        }
        _ => None,
    };
    workbook.oddities.iter().filter_map(shown).collect()
}

fn line(
    name: &[u8],
    at: CellRef,
    sheet: &Sheet,
    raw: Raw<'_>,
    unknown: &BTreeMap<CellRef, &str>,
    out: &mut impl Write,
) -> io::Result<()> {
    out.write_all(b"[")?;
    out.write_all(name)?;
    write!(out, ",{},{},", at.row, at.column)?;
    match raw {
        Raw::Text(value) => {
            out.write_all(b"\"text\",")?;
            text(value, out)
        }
        Raw::Number(value) => number("number", value, out),
        Raw::Date(serial) => match moment::from_serial(serial, sheet.dates_from_1904) {
            Some(Moment::Day(day)) => write!(out, "\"date\",\"{day}\""),
            Some(Moment::Time(time)) => write!(out, "\"time\",\"{time}\""),
            None => number("number", serial, out),
        },
        Raw::IsoDate(stored) => match moment::from_iso(stored) {
            Some(Moment::Day(day)) => write!(out, "\"date\",\"{day}\""),
            Some(Moment::Time(time)) => write!(out, "\"time\",\"{time}\""),
            None => {
                out.write_all(b"\"date\",")?;
                text(stored, out)
            }
        },
        Raw::Duration(days) => number("duration", days, out),
        Raw::Boolean(value) => write!(out, "\"bool\",{value}"),
        Raw::Error(value) => {
            let shown = match value {
                ErrorValue::Other => unknown.get(&at).copied().unwrap_or("unreadable"),
                value => value.text(),
            };
            out.write_all(b"\"error\",")?;
            text(shown, out)
        }
        Raw::Uncached => out.write_all(b"\"error\",\"uncached\""),
    }
}

/// Ends a line; where formulas are asked for, with the cell's own or null.
fn end(formulas: bool, formula: Option<&str>, out: &mut impl Write) -> io::Result<()> {
    match formula {
        _ if !formulas => out.write_all(b"]\n"),
        None => out.write_all(b",null]\n"),
        Some(formula) => {
            out.write_all(b",")?;
            text(&format!("={formula}"), out)?;
            out.write_all(b"]\n")
        }
    }
}

/// A number in the shortest form that reads back as the same number; a whole one without a point.
fn number(kind: &str, value: f64, out: &mut impl Write) -> io::Result<()> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    write!(out, "\"{kind}\",")?;
    if value.abs() < EXACT && value.fract() == 0.0 && (value != 0.0 || value.is_sign_positive()) {
        #[expect(clippy::cast_possible_truncation, reason = "whole and exact in 64 bits")]
        let whole = value as i64;
        return write!(out, "{whole}");
    }
    serde_json::to_writer(out, &value).map_err(io::Error::from)
}

/// A JSON string in which nothing can steer a terminal: control characters and marks of direction are escaped.
fn text(value: &str, out: &mut impl Write) -> io::Result<()> {
    let steers = |c: char| {
        matches!(c, '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}')
    };
    if value.is_ascii() && !value.contains('\u{7f}') || !value.contains(steers) {
        return serde_json::to_writer(out, value).map_err(io::Error::from);
    }
    let mut plain = Vec::with_capacity(value.len() + 16);
    serde_json::to_writer(&mut plain, value).map_err(io::Error::from)?;
    let plain = String::from_utf8(plain).map_err(io::Error::other)?;
    for piece in plain.split_inclusive(steers) {
        let mut letters = piece.chars();
        match letters.next_back() {
            Some(last) if steers(last) => write!(out, "{}\\u{:04x}", letters.as_str(), u32::from(last))?,
            _ => out.write_all(piece.as_bytes())?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn as_text(value: &str) -> String {
        let mut out = Vec::new();
        text(value, &mut out).expect("memory takes it");
        String::from_utf8(out).expect("text")
    }

    fn as_number(value: f64) -> String {
        let mut out = Vec::new();
        number("number", value, &mut out).expect("memory takes it");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn numbers_are_short_and_exact() {
        for (value, shown) in
            [(1.0, "1"), (-12.0, "-12"), (0.1, "0.1"), (1e300, "1e+300"), (0.0, "0"), (-0.0, "-0.0")]
        {
            let printed = as_number(value);
            assert_eq!(printed, format!("\"number\",{shown}"));
            let back: f64 = shown.parse().expect("a number");
            assert_eq!(back.to_bits(), value.to_bits());
        }
    }

    #[test]
    fn nothing_steers_a_terminal() {
        assert_eq!(as_text("a\u{1b}[31m\u{9b}b\u{202e}"), r#""a\u001b[31m\u009bb\u202e""#);
        let back: String = serde_json::from_str(&as_text("é\u{85}\n\u{2066}\"x")).expect("JSON");
        assert_eq!(back, "é\u{85}\n\u{2066}\"x");
    }
}
