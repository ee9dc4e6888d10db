//! Numbers with white space round them, as indented files have them: calamine makes texts of some and refuses others.

use super::audit::Found;
use super::styles::Styles;
use crate::model::{CellRef, ErrorValue, Oddity, Raw, Sheet, Shown};
use std::collections::BTreeMap;

/// More in one sheet are not put right.
const MAX_PADDED: usize = 1 << 20;

/// Texts that may be such numbers, by their place in the order of the cells; held back until their kind is known.
#[derive(Default)]
pub(super) struct Padded(BTreeMap<u64, (CellRef, String)>);

impl Padded {
    /// Holds a text back if it may be such a number; false if it is none.
    pub(super) fn take(&mut self, ordinal: u64, at: CellRef, text: &str) -> Result<bool, String> {
        if number(text).is_none() {
            return Ok(false);
        }
        if self.0.len() == MAX_PADDED {
            return Err("many of its numbers have spaces round them".to_owned());
        }
        self.0.insert(ordinal, (at, text.to_owned()));
        Ok(true)
    }

    /// The place of the last of them in the order of the cells.
    pub(super) fn last(&self) -> Option<u64> {
        self.0.keys().last().copied()
    }

    /// Puts what was held back, and numbers that calamine refused, into the sheet.
    pub(super) fn settle(
        self,
        found: &BTreeMap<u64, Found>,
        styles: &Styles,
        sheet: &mut Sheet,
        oddities: &mut Vec<Oddity>,
    ) {
        for (ordinal, (at, text)) in &self.0 {
            if !found.contains_key(ordinal) {
                sheet.push(*at, Raw::Text(text));
            }
        }
        for Found { at, number, style } in found.values() {
            let style = styles.cells.get(*style);
            match style.map_or(Shown::General, |look| look.shown) {
                Shown::Date | Shown::DayMonth | Shown::MonthYear => sheet.push(*at, Raw::Date(*number)),
                Shown::Time => {
                    let why = "it shows a time that is stored with spaces round it".to_owned();
                    oddities.push(Oddity::UnreadableCell { at: sheet.origin(*at), why });
                    sheet.push(*at, Raw::Error(ErrorValue::Other));
                }
                _ => sheet.push(*at, Raw::Number(*number)),
            }
        }
    }
}

/// The number that stands between white space.
pub(super) fn number(text: &str) -> Option<f64> {
    let bare = text.trim_matches([' ', '\t', '\r', '\n']);
    if bare.len() == text.len()
        || !bare.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'))
    {
        return None;
    }
    bare.parse().ok().filter(|number: &f64| number.is_finite())
}
