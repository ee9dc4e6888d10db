//! Which workbook is made: the pack that people work with, or the extract for publication.
//!
//! The extract has no sheet about findings or files, and nothing that a partner wrote in words: only figures, days and
//! words of the lists. What the Business Unit wrote in its plan and ledger stays.

use super::cells::{self, Item};
use crate::model::{Cell, ChangeKind, Reading, Value};
use crate::round::{Marking, Round};
use crate::schema::{Field, FieldType, OutputKind};

/// Which workbook is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edition {
    /// With every sheet and all that was read.
    Working,
    /// With the sheets that may be published, and no text of a partner.
    Extract,
}

/// The largest count that is not shown in the extract: a few can be recognised.
const SMALL: i64 = 5;

impl Edition {
    /// True if the workbook has a sheet of this kind.
    pub(super) const fn has(self, kind: &OutputKind) -> bool {
        match self {
            Self::Working => true,
            Self::Extract => matches!(
                kind,
                OutputKind::Summary { .. }
                    | OutputKind::RollUp { .. }
                    | OutputKind::CarryForward { .. }
                    | OutputKind::Money { .. }
                    | OutputKind::Fund { .. }
            ),
        }
    }

    /// The mark that an officer has set for it.
    pub(super) const fn marking(self, round: &Round) -> Marking {
        match self {
            Self::Working => round.marking,
            Self::Extract => round.extract_marking,
        }
    }

    /// True if what partners put into a field may be shown: no text but from a list, and no post or name of staff.
    pub(super) fn shows(self, field: &Field) -> bool {
        self == Self::Working
            || !field.staff && (field.kind != FieldType::String || !field.constraints.allowed.is_empty())
    }

    /// A partner's cell as something to write.
    pub(super) fn item<'a>(self, cell: &'a Cell, field: &'a Field, round: &'a Round) -> Item<'a> {
        if self == Self::Working {
            return cells::item(cell, field, round);
        }
        let not_applicable =
            cell.change.as_ref().is_some_and(|change| change.kind == ChangeKind::NotApplicable);
        match &cell.reading {
            _ if not_applicable => Item::Text("z"),
            Reading::Blank => Item::Unknown("not stated"),
            Reading::Unreadable(_) => Item::Unknown("not readable"),
            Reading::Value(Value::Integer(1..=SMALL)) => Item::Text("c"),
            Reading::Value(Value::Text(text)) if !field.constraints.allowed.contains(&text.to_string()) => {
                Item::Unknown("left out")
            }
            Reading::Value(_) => cells::item(cell, field, round),
        }
    }
}

/// What the extract says of itself.
pub(super) fn about(round: &Round) -> Vec<String> {
    let state =
        if round.is_final { "The figures are final." } else { "The figures are provisional and may change." };
    [
        state,
        "What partners wrote in their own words is left out, and so are the names of their files.",
        "c stands for a count from 1 to 5, which is not shown so that nobody can be recognised.",
        "z stands for what does not apply. Not stated: the return leaves it blank. Not readable: it holds no amount that can be used.",
    ]
    .map(str::to_owned)
    .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CellRef, Change, FileId, Misread, Origin, SheetId, Unreadable};
    use crate::schema::Schema;

    fn cell(reading: Reading, change: Option<ChangeKind>) -> Cell {
        let at = Origin { file: FileId(0), sheet: SheetId(0), cell: CellRef::new(0, 0) };
        let change = change.map(|kind| Box::new(Change { kind, typed: "n/a".into() }));
        Cell { at, reading, change }
    }

    #[test]
    fn nothing_that_a_partner_wrote_is_published() {
        let round = crate::round::for_schema(Schema::default());
        let field = |kind| Field { kind, ..Field::default() };
        let shown = |reading, change, kind| {
            let (cell, field) = (cell(reading, change), field(kind));
            match Edition::Extract.item(&cell, &field, &round) {
                Item::Text(text) | Item::Unknown(text) => text.to_owned(),
                Item::Whole(number) => number.to_string(),
                other => panic!("{other:?}"),
            }
        };
        let held =
            Reading::Unreadable(Box::new(Unreadable { raw: "about Ann".into(), why: Misread::NotThis }));
        assert_eq!(shown(held, None, FieldType::Money), "not readable");
        assert_eq!(shown(Reading::Value(Value::Text("Ann".into())), None, FieldType::String), "left out");
        assert_eq!(shown(Reading::Blank, None, FieldType::Money), "not stated");
        assert_eq!(shown(Reading::Blank, Some(ChangeKind::NotApplicable), FieldType::Money), "z");
        for (count, said) in [(0, "0"), (1, "c"), (5, "c"), (6, "6")] {
            assert_eq!(shown(Reading::Value(Value::Integer(count)), None, FieldType::Integer), said);
        }
    }

    #[test]
    fn columns_of_text_and_of_staff_are_left_out() {
        let field = |kind, staff| Field { kind, staff, ..Field::default() };
        let shows = |field: &Field| Edition::Extract.shows(field);
        assert!(!shows(&field(FieldType::String, false)) && !shows(&field(FieldType::Agency, true)));
        assert!(shows(&field(FieldType::Money, false)) && shows(&field(FieldType::Code, false)));
        assert!(Edition::Working.shows(&field(FieldType::String, true)));
    }
}
