//! Places as people write them.

use super::clean;
use crate::finding::Location;
use crate::model::{Partner, PartnerId, Places};
use std::fmt;

/// The names behind the numbers in findings.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// Files and sheets.
    pub places: &'a Places,
    /// Partners of the round; empty when there is no round.
    pub partners: &'a [Partner],
}

/// A place that can be shown: `nhs.xls › Finance!D7`, `plan.csv line 7`.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    names: Names<'a>,
    at: Location,
}

impl<'a> Names<'a> {
    /// A partner, if the number is one of the round.
    #[must_use]
    pub fn partner(&self, id: PartnerId) -> Option<&'a Partner> {
        self.partners.get(usize::from(id.0))
    }

    /// A place, ready to be shown.
    #[must_use]
    pub fn show(self, at: Location) -> Shown<'a> {
        Shown { names: self, at }
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = self.names.places;
        match self.at {
            Location::Cell(at) => {
                let (file, sheet) = (clean(places.file(at.file)), clean(places.sheet(at.file, at.sheet)));
                write!(f, "{file} › {sheet}!{}", at.cell)
            }
            Location::Sheet(file, sheet) => {
                write!(f, "{} › {}", clean(places.file(file)), clean(places.sheet(file, sheet)))
            }
            Location::File(file) => f.write_str(&clean(places.file(file))),
            Location::Plan(partner, line) => {
                write!(f, "plan.csv line {line}")?;
                self.names.partner(partner).map_or(Ok(()), |partner| write!(f, " ({})", clean(&partner.name)))
            }
            Location::Ledger(line) => write!(f, "ledger.csv line {line}"),
            Location::Answer(line) => write!(f, "answers.csv line {line}"),
            Location::Own(file, line) => write!(f, "{} line {line}", file.name()),
            Location::SignOff => f.write_str("signoff.toml"),
            Location::Partner(partner) => {
                f.write_str(self.names.partner(partner).map_or("round.toml", |partner| partner.name.as_str()))
            }
            Location::Returns => f.write_str("the folder of returns"),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::finding::{Audience, Code, Detail, Effort, Finding, Severity};
    use crate::model::{CellRef, FileId, FileInfo, PartnerId, Sheet, SheetId};

    /// Two files of one sheet each.
    pub(in crate::report) fn places() -> Places {
        let file = |name: &str| FileInfo {
            name: name.into(),
            size: 10,
            held: None,
            sha256: "ab".into(),
            sheets: vec!["Finance".into(), "Plan".into()],
        };
        Places { files: vec![file("nhs.xls"), file("police.xlsm")] }
    }

    /// Two partners.
    pub(in crate::report) fn partners() -> Vec<Partner> {
        vec![Partner::new("NHS", "NHS Herefordshire"), Partner::new("WMP", "West Mercia Police")]
    }

    /// A cell of a file's sheet, by address.
    pub(in crate::report) fn cell(file: u32, sheet: u16, address: &str) -> Location {
        let sheet = Sheet::new(FileId(file), SheetId(sheet), "");
        Location::Cell(sheet.origin(CellRef::parse(address).expect("an address")))
    }

    /// A finding of a total that differs, at a cell of the first partner.
    pub(in crate::report) fn differing(detail: Detail) -> Finding {
        Finding {
            code: Code("control-total-mismatch"),
            severity: Severity::Query,
            effort: Effort::LookUp,
            at: cell(0, 0, "H6"),
            partner: Some(PartnerId(0)),
            audience: Audience::Partner,
            message: "Typed £45,230, ledger £45,203.".into(),
            help: Some("Say which is right.".into()),
            detail: Some(Box::new(detail)),
        }
    }

    #[test]
    fn places_are_shown_as_people_write_them() {
        let (places, partners) = (places(), partners());
        let names = Names { places: &places, partners: &partners };
        let shown = |at| names.show(at).to_string();
        assert_eq!(shown(cell(0, 0, "D7")), "nhs.xls › Finance!D7");
        assert_eq!(shown(Location::Sheet(FileId(1), SheetId(1))), "police.xlsm › Plan");
        assert_eq!(shown(Location::Plan(PartnerId(1), 7)), "plan.csv line 7 (West Mercia Police)");
        assert_eq!(shown(Location::Ledger(9)), "ledger.csv line 9");
        assert_eq!(shown(Location::Partner(PartnerId(0))), "NHS Herefordshire");
        assert_eq!(shown(Location::Partner(PartnerId(9))), "round.toml");
    }

    #[test]
    fn a_name_cannot_turn_the_line_round() {
        let mut places = places();
        places.files[0].name = "x\u{202e}slx.exe\u{1b}[2J".into();
        let names = Names { places: &places, partners: &[] };
        assert_eq!(names.show(Location::File(FileId(0))).to_string(), "xslx.exe[2J");
    }
}
