//! Where cells from every kind of workbook pass: places are checked, values are made ours, limits are kept.

use crate::model::{
    CellRef, ErrorValue, Limited, Limits, MAX_COLUMNS, MAX_ROWS, Oddity, Raw, Refusal, Sheet, TextRef, Unseen,
};
use calamine::{CellErrorType, Data, DataRef};
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The most formula text of one workbook, in bytes; beyond it formulas are known but not kept.
const MAX_FORMULAS: usize = 128 << 20;
const MAX_ODD: usize = 1_000;
/// Merged areas of one sheet that are kept.
pub(super) const MAX_MERGED: usize = 20_000;
/// Shared strings that were last met, by where they lie.
const RECENT: usize = 1 << 10;

/// Takes in the cells of one workbook.
pub(super) struct Intake {
    limits: Limits,
    cells: u64,
    formula_bytes: usize,
    shown: u64,
    /// The limit that the workbook passes, if it does: it is not read in part.
    passed: Option<Limited>,
    /// True if the sheet has more merged areas than are kept.
    merged_full: bool,
    recent: Vec<(usize, TextRef)>,
    /// Where calamine keeps the first shared string, to which it turns every index that it cannot read.
    first_string: usize,
    /// Whether the last cell held that string.
    met_first_string: bool,
    odd: Vec<(CellRef, String)>,
}

impl Intake {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            limits: *limits,
            cells: 0,
            formula_bytes: 0,
            shown: 0,
            passed: None,
            merged_full: false,
            recent: Vec::new(),
            first_string: 0,
            met_first_string: false,
            odd: Vec::new(),
        }
    }

    /// Counts a cell and makes its address, which must lie in a sheet.
    pub(super) fn place(&mut self, row: u32, column: u32) -> Result<CellRef, String> {
        self.cells += 1;
        if self.cells > self.limits.of(Limited::Cells) {
            return Err(self.pass(Limited::Cells));
        }
        match u16::try_from(column) {
            Ok(column) if row < MAX_ROWS && column < MAX_COLUMNS => Ok(CellRef::new(row, column)),
            _ => Err("a cell in it lies outside the sheet".to_owned()),
        }
    }

    /// Adds a cell's value. An empty cell adds nothing unless it has a formula.
    pub(super) fn put(
        &mut self,
        sheet: &mut Sheet,
        at: CellRef,
        value: DataRef<'_>,
        formula: bool,
    ) -> Result<(), String> {
        let length = match &value {
            DataRef::SharedString(text) => text.len(),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.len(),
            _ => 0,
        };
        if length > 0 {
            self.room_for_text(sheet, length)?;
        }
        match value {
            DataRef::Empty if formula => sheet.push(at, Raw::Uncached),
            DataRef::Empty => {}
            DataRef::Float(number) => self.number(sheet, at, number),
            #[expect(clippy::cast_precision_loss, reason = "old workbooks hold whole numbers of 30 bits")]
            DataRef::Int(number) => self.number(sheet, at, number as f64),
            DataRef::SharedString(text) => self.shared(sheet, at, text),
            DataRef::String(text) => sheet.push(at, Raw::Text(&without_nul(&text))),
            DataRef::Bool(value) => sheet.push(at, Raw::Boolean(value)),
            DataRef::DateTime(date) if !date.as_f64().is_finite() => self.number(sheet, at, date.as_f64()),
            DataRef::DateTime(date) if date.is_duration() => sheet.push(at, Raw::Duration(date.as_f64())),
            DataRef::DateTime(date) => sheet.push(at, Raw::Date(date.as_f64())),
            DataRef::DateTimeIso(text) => sheet.push(at, Raw::IsoDate(&without_nul(&text))),
            DataRef::DurationIso(text) => match iso_days(&text) {
                Some(days) => sheet.push(at, Raw::Duration(days)),
                None => sheet.push(at, Raw::Text(&without_nul(&text))),
            },
            DataRef::Error(value) => sheet.push(at, Raw::Error(error(&value))),
        }
        Ok(())
    }

    /// Notes that a limit is passed, for which the whole workbook is refused when the sheet ends.
    fn pass(&mut self, limited: Limited) -> String {
        self.passed.get_or_insert(limited);
        self.limits.passed(limited)
    }

    /// Keeps a merged area of a sheet while there is room.
    pub(super) fn merge(&mut self, sheet: &mut Sheet, first: CellRef, last: CellRef) {
        if sheet.merged.len() < MAX_MERGED {
            sheet.merged.push((first, last));
        } else {
            self.merged_full = true;
        }
    }

    /// What is told if merged areas of a sheet were not kept.
    pub(super) fn merges_left_out(&mut self, sheet: &Sheet) -> Option<Unseen> {
        std::mem::take(&mut self.merged_full).then(|| too_many_merged(&sheet.name))
    }

    /// Refuses what is more text than a sheet or workbook may hold.
    fn room_for_text(&mut self, sheet: &Sheet, more: usize) -> Result<(), String> {
        self.shown = self.shown.saturating_add(more as u64);
        if sheet.text_bytes().saturating_add(more) > self.limits.size(Limited::SheetText) {
            return Err(self.pass(Limited::SheetText));
        }
        if self.shown > self.limits.bytes(Limited::Text) {
            return Err(self.pass(Limited::Text));
        }
        Ok(())
    }

    /// Adds a text that may come again, and keeps it once.
    pub(super) fn put_text(
        &mut self,
        sheet: &mut Sheet,
        at: CellRef,
        text: &str,
        kept: &mut Option<TextRef>,
    ) -> Result<(), String> {
        self.room_for_text(sheet, text.len())?;
        match kept {
            Some(kept) => sheet.push_again(at, *kept),
            None => *kept = Some(sheet.push_text(at, &without_nul(text))),
        }
        Ok(())
    }

    /// Adds a value of a kind of workbook that calamine reads whole.
    pub(super) fn put_data(&mut self, sheet: &mut Sheet, at: CellRef, value: &Data) -> Result<(), String> {
        let borrowed = match value {
            Data::Int(number) => DataRef::Int(*number),
            Data::Float(number) => DataRef::Float(*number),
            Data::String(text) => DataRef::SharedString(text),
            Data::Bool(value) => DataRef::Bool(*value),
            Data::DateTime(date) => DataRef::DateTime(*date),
            Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
            Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
            Data::Error(value) => DataRef::Error(value.clone()),
            Data::Empty => DataRef::Empty,
        };
        self.put(sheet, at, borrowed, false)
    }

    fn number(&mut self, sheet: &mut Sheet, at: CellRef, number: f64) {
        if number.is_finite() {
            sheet.push(at, Raw::Number(number));
        } else {
            sheet.push(at, Raw::Error(ErrorValue::Other));
            self.odd(at, "it holds a number without end".to_owned());
        }
    }

    /// Adds text that calamine holds once for many cells, and so do we.
    fn shared(&mut self, sheet: &mut Sheet, at: CellRef, text: &str) {
        let address = text.as_ptr().addr();
        self.met_first_string |= address == self.first_string;
        if text.is_empty() {
            return;
        }
        let slot = (address >> 4) % RECENT;
        match self.recent.get(slot) {
            Some((known, kept)) if *known == address => sheet.push_again(at, *kept),
            _ => {
                let kept = sheet.push_text(at, &without_nul(text));
                if self.recent.is_empty() {
                    self.recent.resize(RECENT, (0, kept));
                }
                self.recent[slot] = (address, kept);
            }
        }
    }

    /// Says which text is the first shared string.
    pub(super) fn watch_for(&mut self, first: Option<&str>) {
        self.first_string = first.map_or(0, |text| text.as_ptr().addr());
    }

    /// Whether a cell has held the first shared string since this was last asked.
    pub(super) fn met_first_string(&mut self) -> bool {
        std::mem::take(&mut self.met_first_string)
    }

    /// Notes a cell that could not be made out.
    pub(super) fn odd(&mut self, at: CellRef, why: String) {
        if self.odd.len() < MAX_ODD {
            self.odd.push((at, why));
        }
    }

    /// True while formulas are still kept.
    pub(super) fn room_for_formulas(&self) -> bool {
        self.formula_bytes < MAX_FORMULAS
    }

    /// Keeps a formula's text while there is room.
    pub(super) fn note_formula(&mut self, sheet: &mut Sheet, at: CellRef, text: Option<String>) {
        if let Some(text) = text.filter(|text| !text.is_empty() && self.room_for_formulas()) {
            self.formula_bytes += text.len();
            sheet.push_formula(at, text);
        }
    }

    /// Ends a sheet: its cells in order and its oddities told, or nothing of it if it could not be read.
    pub(super) fn close(
        &mut self,
        sheet: &mut Sheet,
        outcome: Result<(), String>,
        oddities: &mut Vec<Oddity>,
    ) -> Result<(), Refusal> {
        self.recent.clear();
        let odd = std::mem::take(&mut self.odd);
        let named = || outcome.as_ref().err().and_then(|why| self.limits.named(why));
        if let Some(limited) = self.passed.or_else(named) {
            return Err(Refusal::past(&self.limits, limited));
        }
        match outcome {
            Ok(()) => {
                for (at, why) in odd {
                    oddities.push(Oddity::UnreadableCell { at: sheet.origin(at), why });
                }
                for at in sheet.finish().into_iter().take(MAX_ODD) {
                    let told = oddities.iter().any(|o| matches!(o, Oddity::UnreadableCell { at: known, .. } if *known == sheet.origin(at)));
                    if !told {
                        let why = "the file holds this cell twice; the later value was read".to_owned();
                        oddities.push(Oddity::UnreadableCell { at: sheet.origin(at), why });
                    }
                }
            }
            Err(why) => {
                sheet.clear();
                oddities.push(Oddity::UnreadableSheet { sheet: sheet.name.clone(), why });
            }
        }
        Ok(())
    }
}

/// What is told of a sheet with more merged areas than are kept.
pub(super) fn too_many_merged(sheet: &str) -> Unseen {
    Unseen::Part(format!("some of the merged cells of the sheet {sheet}"))
}

/// Runs a step of a library that may fail hard on damaged input; such a failure becomes words.
pub(super) fn guarded<T>(step: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(step))
        .unwrap_or_else(|_| Err("it is damaged in a way that stops reading".to_owned()))
}

/// A short text in quotation marks, for a message.
pub(super) fn quoted(text: &str) -> String {
    let short: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
    format!("“{short}”")
}

/// Old report programs write two bytes a letter where one is declared, which reads as a NUL after each.
fn without_nul(text: &str) -> Cow<'_, str> {
    if memchr::memchr(0, text.as_bytes()).is_some() {
        Cow::Owned(text.replace('\0', ""))
    } else {
        Cow::Borrowed(text)
    }
}

fn error(value: &CellErrorType) -> ErrorValue {
    match value {
        CellErrorType::Div0 => ErrorValue::DivideByZero,
        CellErrorType::NA => ErrorValue::NotAvailable,
        CellErrorType::Name => ErrorValue::Name,
        CellErrorType::Null => ErrorValue::Null,
        CellErrorType::Num => ErrorValue::Number,
        CellErrorType::Ref => ErrorValue::Reference,
        CellErrorType::Value => ErrorValue::Value,
        CellErrorType::GettingData => ErrorValue::GettingData,
    }
}

/// The days of a length of time such as `PT36H15M0S`.
#[expect(clippy::float_arithmetic, reason = "a length of time, not money")]
pub(super) fn iso_days(text: &str) -> Option<f64> {
    let mut rest = text.strip_prefix("PT")?;
    let mut seconds = 0.0;
    for (unit, worth) in [('H', 3600.0), ('M', 60.0), ('S', 1.0)] {
        if let Some((number, after)) = rest.split_once(unit) {
            seconds += number.parse::<f64>().ok().filter(|number| number.is_finite())? * worth;
            rest = after;
        }
    }
    rest.is_empty().then_some(seconds / 86_400.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_is_read_in_days() {
        assert_eq!(iso_days("PT36H00M00S"), Some(1.5));
        assert_eq!(iso_days("PT0H30M0S"), Some(0.5 / 24.0));
        assert_eq!(iso_days("P1D"), None);
        assert_eq!(iso_days("PT12"), None);
    }
}
