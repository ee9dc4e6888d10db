//! One cell of an `OpenDocument` sheet, from its tags to its value.

use super::audit::attribute;
use super::cells::{Intake, iso_days, quoted};
use super::ods_styles::Styles;
use crate::model::{CellRef, ErrorValue, Raw, Sheet, TextRef};
use calamine::DataRef;
use quick_xml::events::BytesStart;

/// Where a value is stated, by its type.
const STATED: [&str; 5] =
    ["office:value", "office:date-value", "office:time-value", "office:boolean-value", "office:string-value"];

/// A cell that is being read.
#[derive(Default)]
pub(super) struct Open {
    pub(super) repeats: u32,
    pub(super) spans: (u32, u32),
    pub(super) formula: Option<String>,
    pub(super) style: Option<String>,
    kind: String,
    error: bool,
    /// What is stated of it, by the attribute.
    stated: [Option<String>; STATED.len()],
    text: String,
    paragraphs: u32,
    in_paragraph: u32,
    /// How deep the words lie that are crossed out, if they are.
    struck_from: Option<u32>,
    /// Letters that are crossed out, and others.
    letters: (usize, usize),
}

/// A filled cell of the row that is being read, by its column.
pub(super) struct Filled {
    pub(super) column: u32,
    pub(super) repeats: u32,
    pub(super) value: Owned,
    pub(super) formula: Option<String>,
    /// Where its text is kept, once it is.
    pub(super) kept: Option<TextRef>,
}

/// What a cell holds.
pub(super) enum Owned {
    Text(String),
    Number(f64),
    Date(String),
    Days(f64),
    Boolean(bool),
    /// With what is wrong with a value that has no name.
    Error(ErrorValue, String),
    Uncached,
}

impl Open {
    /// Begins a cell.
    pub(super) fn new(tag: &BytesStart<'_>) -> Self {
        let mut cell = Self { repeats: 1, spans: (1, 1), ..Self::default() };
        for attribute in tag.attributes().with_checks(false).flatten() {
            let value = || {
                quick_xml::escape::unescape(&attribute.value)
                    .map(std::borrow::Cow::into_owned)
                    .unwrap_or_default()
            };
            let number = || value().parse::<u32>().unwrap_or(1).max(1);
            match attribute.key.as_ref() {
                "table:number-columns-repeated" => cell.repeats = number(),
                "table:number-columns-spanned" => cell.spans.1 = number(),
                "table:number-rows-spanned" => cell.spans.0 = number(),
                "table:style-name" => cell.style = Some(value()),
                "table:formula" => cell.formula = Some(value()),
                "office:value-type" => cell.kind = value(),
                "calcext:value-type" => cell.error = value() == "error",
                key => {
                    if let Some(place) = STATED.iter().position(|stated| *stated == key) {
                        cell.stated[place] = Some(value());
                    }
                }
            }
        }
        cell
    }

    /// Takes in something that opens inside the cell; false if it is no part of its text.
    pub(super) fn open(&mut self, name: &str, tag: &BytesStart<'_>, styles: &Styles) -> bool {
        match name {
            "p" if self.in_paragraph == 0 => {
                if self.paragraphs > 0 {
                    self.text.push('\n');
                }
                self.paragraphs += 1;
            }
            "s" => {
                let spaces = count(tag, "c").min(1_000) as usize;
                self.text.extend(std::iter::repeat_n(' ', spaces));
            }
            "tab" => self.text.push('\t'),
            "line-break" => self.text.push('\n'),
            // Links, styled runs and fields lie inside a paragraph; anything else is drawn over the cell.
            _ if self.in_paragraph == 0 => return false,
            "span" if self.struck_from.is_none() => {
                let style = attribute(tag, "style-name").unwrap_or_default();
                self.struck_from = styles.strikes(&style).then_some(self.in_paragraph);
            }
            _ => {}
        }
        self.in_paragraph = self.in_paragraph.saturating_add(1);
        true
    }

    /// Takes in that something closes inside the cell.
    pub(super) fn close(&mut self) {
        self.in_paragraph = self.in_paragraph.saturating_sub(1);
        if self.struck_from == Some(self.in_paragraph) {
            self.struck_from = None;
        }
    }

    /// Takes in text.
    pub(super) fn add(&mut self, text: &str) {
        if self.in_paragraph == 0 {
            return;
        }
        self.text.extend(text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }));
        let written = text.trim().len();
        if self.struck_from.is_some() {
            self.letters.0 += written;
        } else {
            self.letters.1 += written;
        }
    }

    /// Whether styles of its words cross out all of them; `None` if they cross out none.
    pub(super) fn struck(&self) -> Option<bool> {
        match self.letters {
            (0, _) => None,
            (_, others) => Some(others == 0),
        }
    }

    /// Its value, which is the one that its type says; `None` if it is blank.
    pub(super) fn value(&self) -> Option<Owned> {
        let [number, date, time, boolean, string] = self.stated.each_ref().map(Option::as_deref);
        let shown = self.text.trim();
        if self.error || (self.kind != "string" && shown.starts_with('#')) {
            let value = ErrorValue::from_text(shown);
            if self.error || value.is_some() {
                return Some(Owned::Error(
                    value.unwrap_or(ErrorValue::Other),
                    format!("it shows {}", quoted(shown)),
                ));
            }
        }
        Some(match self.kind.as_str() {
            "float" | "currency" | "percentage" => {
                typed("a number", number, |value| value.parse().ok().map(Owned::Number))
            }
            "date" => typed("a date", date, |value| {
                (!value.trim().is_empty()).then(|| Owned::Date(value.to_owned()))
            }),
            "time" => typed("a length of time", time, |value| iso_days(value).map(Owned::Days)),
            "boolean" => typed("yes or no", boolean, |value| {
                value.to_ascii_lowercase().parse().ok().map(Owned::Boolean)
            }),
            _ => {
                let text = string.unwrap_or(&self.text);
                if !text.is_empty() {
                    return Some(Owned::Text(text.to_owned()));
                }
                match self.stated.iter().flatten().find(|value| !value.is_empty()) {
                    // A text that is stated to be empty is empty.
                    Some(value) if self.kind != "string" || string.is_none() => {
                        let why = format!("it holds {} and does not say what that is", quoted(value));
                        Owned::Error(ErrorValue::Other, why)
                    }
                    // LibreOffice gives a formula whose result is an empty text an empty paragraph and no type.
                    _ if self.kind.is_empty() && self.formula.is_some() && self.paragraphs == 0 => {
                        Owned::Uncached
                    }
                    _ => return None,
                }
            }
        })
    }
}

/// A value of a type, or what is wrong with it.
fn typed(what: &str, stated: Option<&str>, read: impl Fn(&str) -> Option<Owned>) -> Owned {
    stated.and_then(read).unwrap_or_else(|| {
        let holds = stated.filter(|value| !value.trim().is_empty()).map_or("nothing".to_owned(), quoted);
        Owned::Error(ErrorValue::Other, format!("it is stored as {what} and holds {holds}"))
    })
}

/// Puts a filled cell into its sheet.
pub(super) fn put(
    sheet: &mut Sheet,
    intake: &mut Intake,
    at: CellRef,
    cell: &mut Filled,
) -> Result<(), String> {
    let value = match &cell.value {
        Owned::Text(text) => return intake.put_text(sheet, at, text, &mut cell.kept),
        Owned::Number(number) => DataRef::Float(*number),
        Owned::Boolean(value) => DataRef::Bool(*value),
        Owned::Uncached => return intake.put(sheet, at, DataRef::Empty, true),
        Owned::Date(date) => DataRef::DateTimeIso(date.clone()),
        Owned::Days(days) => {
            sheet.push(at, Raw::Duration(*days));
            return Ok(());
        }
        Owned::Error(value, why) => {
            sheet.push(at, Raw::Error(*value));
            if *value == ErrorValue::Other {
                intake.odd(at, why.clone());
            }
            return Ok(());
        }
    };
    intake.put(sheet, at, value, false)
}

/// A number that is stated once or not at all, at least one.
pub(super) fn count(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name).and_then(|value| value.parse().ok()).unwrap_or(1).max(1)
}
