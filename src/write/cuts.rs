//! Every text that a cell of the workbook shows only in part, kept whole.

use crate::model::{CellRef, Consolidated, Origin};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The most UTF-16 units that a cell holds.
const LONGEST: usize = 32_767;

const CUT: &str = " … [cut here; the whole text is in the list of long texts beside this workbook]";

/// The most places that are kept of one text, in the workbook and in the returns.
const MOST: usize = 20;

/// A text too long for a cell: cut in the workbook, whole here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LongText {
    /// Where the workbook shows its beginning; blank if it shows none of it.
    pub shown: String,
    /// Where it came from, as shown to people; blank for a text that was put together.
    pub place: String,
    /// The field's title; blank for a text that was put together.
    pub field: String,
    /// The whole text.
    pub text: String,
}

/// The texts that were cut; all sheets of a workbook write into the same list.
#[derive(Debug, Clone, Default)]
pub(super) struct Cuts(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    places: BTreeMap<Arc<str>, usize>,
    texts: Vec<Text>,
}

#[derive(Debug)]
struct Text {
    whole: Arc<str>,
    field: String,
    from: Vec<Origin>,
    shown: Vec<String>,
    more: [usize; 2],
}

impl Cuts {
    /// Notes that a cell of a return holds a text that is too long for a cell of the workbook.
    pub(super) fn came_from(&self, text: &str, at: Origin, field: &str) {
        self.note(text, |kept| {
            if kept.from.is_empty() {
                field.clone_into(&mut kept.field);
            }
            match kept.from.len() {
                MOST => kept.more[0] += 1,
                _ => kept.from.push(at),
            }
        });
    }

    /// Notes that a cell of the workbook shows only the beginning of a text.
    pub(super) fn shown(&self, text: &str, sheet: &str, row: u32, column: u16) {
        self.note(text, |kept| match kept.shown.len() {
            MOST => kept.more[1] += 1,
            _ => kept.shown.push(format!("{sheet}!{}", CellRef::new(row, column))),
        });
    }

    fn note(&self, text: &str, change: impl FnOnce(&mut Text)) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.places.get(text).copied();
        let place = known.unwrap_or_else(|| {
            let (place, whole): (usize, Arc<str>) = (kept.texts.len(), text.into());
            kept.places.insert(Arc::clone(&whole), place);
            let (field, from, shown) = (String::new(), Vec::new(), Vec::new());
            kept.texts.push(Text { whole, field, from, shown, more: [0; 2] });
            place
        });
        if let Some(text) = kept.texts.get_mut(place) {
            change(text);
        }
    }

    /// Every text once, in the order in which they came.
    pub(super) fn texts(&self, consolidated: &Consolidated) -> Vec<LongText> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let named = |text: &Text| LongText {
            shown: listed(text.shown.clone(), text.more[1]),
            place: listed(text.from.iter().map(|at| consolidated.places.show(*at)).collect(), text.more[0]),
            field: text.field.clone(),
            text: text.whole.to_string(),
        };
        kept.texts.iter().map(named).collect()
    }
}

fn listed(mut places: Vec<String>, more: usize) -> String {
    if more > 0 {
        places.push(format!("and {more} more"));
    }
    places.join("; ")
}

/// True if a text is too long for a cell.
pub(super) fn too_long(text: &str) -> bool {
    text.len() > LONGEST && text.encode_utf16().count() > LONGEST
}

/// A text as it fits a cell of a sheet; the whole of one that has to be cut is kept.
pub(super) fn fitting<'t>(text: &'t str, cuts: &Cuts, sheet: &str, row: u32, column: u16) -> Cow<'t, str> {
    let fitting = cut(text);
    if matches!(fitting, Cow::Owned(_)) {
        cuts.shown(text, sheet, row, column);
    }
    fitting
}

/// A text short enough for a cell: too long a one ends in a mark.
fn cut(text: &str) -> Cow<'_, str> {
    if !too_long(text) {
        return Cow::Borrowed(text);
    }
    let mut room = LONGEST - CUT.encode_utf16().count();
    let end = text
        .char_indices()
        .find(|(_, letter)| {
            let fits = letter.len_utf16() <= room;
            room = room.saturating_sub(letter.len_utf16());
            !fits
        })
        .map_or(text.len(), |(at, _)| at);
    Cow::Owned(format!("{}{CUT}", &text[..end]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FileId, FileInfo, Places, SheetId};

    #[test]
    fn a_text_is_kept_once_with_every_place() {
        let cuts = Cuts::default();
        let at = |row| Origin { file: FileId(0), sheet: SheetId(0), cell: CellRef::new(row, 4) };
        cuts.shown("put together", "Not used", 5, 7);
        for row in 0..22 {
            cuts.came_from("typed", at(row), "Update");
        }
        cuts.clone().shown("typed", "By agency", 6, 4);
        cuts.shown("typed", "Exceptions", 8, 2);
        let file = FileInfo {
            name: "nhs.xlsx".into(),
            held: None,
            size: 1,
            sha256: String::new(),
            sheets: vec!["Plan".into()],
        };
        let places = Places { files: vec![file] };
        let texts = cuts.texts(&Consolidated { places, ..Consolidated::default() });
        let shown: Vec<_> =
            texts.iter().map(|text| (text.shown.as_str(), text.field.as_str(), text.text.as_str())).collect();
        assert_eq!(
            shown,
            [("Not used!H6", "", "put together"), ("By agency!E7; Exceptions!C9", "Update", "typed")]
        );
        assert_eq!(texts[0].place, "");
        assert!(texts[1].place.starts_with("nhs.xlsx › Plan!E1; nhs.xlsx › Plan!E2; "), "{}", texts[1].place);
        assert!(texts[1].place.ends_with("nhs.xlsx › Plan!E20; and 2 more"), "{}", texts[1].place);
    }

    #[test]
    fn a_text_is_cut_between_letters_and_marked() {
        let long = "😀".repeat(20_000);
        let short = cut(&long);
        assert!(short.ends_with(CUT));
        assert!(short.encode_utf16().count() <= LONGEST);
        assert!(short.encode_utf16().count() >= LONGEST - 1);
        let fits = "é".repeat(LONGEST);
        assert_eq!(cut(&fits), fits);
    }
}
