//! What a round comes to, in words and figures: the first sheets of the workbook and the page show the same.

mod bars;
mod compared;
mod decide;
mod facts;
mod ledger_lines;
mod moved;
mod words;

pub use words::{Lead, Said, untested};

pub use bars::{Bar, bars, in_words};
pub use compared::{cause_lines, has_left, is_ledger_total, no_cause, to_know, who};
pub use facts::Facts;
pub use ledger_lines::{LedgerLine, ledger_lines};
pub use moved::{Moved, moved};

use crate::finding::{Finding, Location};
use crate::model::{Consolidated, PartnerId};
use crate::round::Round;

/// A round after merging, with everything that was found in it.
#[derive(Debug, Clone, Copy)]
pub struct Overview<'a> {
    /// The round's settings.
    pub round: &'a Round,
    /// What was merged.
    pub data: &'a Consolidated,
    /// What was found.
    pub findings: &'a [Finding],
}

impl<'a> Overview<'a> {
    /// Partners with an accepted return, and partners from whom one is expected.
    #[must_use]
    pub fn received(&self) -> (usize, usize) {
        let expected = self.round.partners.iter().filter(|partner| partner.sends).count();
        (expected.saturating_sub(self.data.missing.len()), expected)
    }

    /// A place as people write it.
    #[must_use]
    pub fn place(&self, at: Location) -> String {
        let places = &self.data.places;
        match at {
            Location::Cell(origin) => places.show(origin),
            Location::Sheet(file, sheet) => format!("{} › {}", places.file(file), places.sheet(file, sheet)),
            Location::File(file) => places.file(file).to_owned(),
            Location::Plan(partner, line) => {
                format!("plan.csv, line {line} ({})", partner_name(self.round, partner))
            }
            Location::Ledger(line) => format!("ledger.csv, line {line}"),
            Location::Answer(line) => format!("answers.csv, line {line}"),
            Location::Own(file, line) => format!("{}, line {line}", file.name()),
            Location::SignOff => "signoff.toml".to_owned(),
            Location::Partner(partner) => partner_name(self.round, partner).to_owned(),
            Location::Returns => "the folder of returns".to_owned(),
        }
    }

    /// How many totals agree, are within rounding, differ and could not be tested.
    #[must_use]
    pub fn tally(&self) -> [u64; 4] {
        let mut sum = [0; 4];
        for tally in &self.data.tallies {
            for (sum, count) in sum.iter_mut().zip(tally) {
                *sum += u64::from(*count);
            }
        }
        sum
    }

    /// The title of a control.
    #[must_use]
    pub fn control_title(&self, control: usize) -> &'a str {
        self.round.schema.controls.get(control).map_or("", |control| control.title.as_str())
    }
}

/// A partner's printed name; blank if there is no such partner.
#[must_use]
pub fn partner_name(round: &Round, partner: PartnerId) -> &str {
    round.partners.get(usize::from(partner.0)).map_or("", |partner| partner.name.as_str())
}

/// A register heading as a title: the field's if there is one of that name, else the name in words.
#[must_use]
pub fn heading_title(round: &Round, table: Option<usize>, name: &str) -> String {
    let table = table.and_then(|table| round.schema.tables.get(table));
    if let Some(field) = table.and_then(|table| table.fields.iter().find(|field| field.name == name)) {
        return field.title.clone();
    }
    let words = name.replace(['_', '-'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
