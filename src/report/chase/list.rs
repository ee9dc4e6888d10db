//! The list of whom to chase.

use super::super::clean::clean;
use super::super::items::{Item, items};
use super::super::marked_list::MarkedList;
use super::super::{Names, count};
use super::Chase;
use crate::finding::{Location, Severity};
use crate::round::Round;
use std::io::{self, Write};

const HEADINGS: [&str; 16] = [
    "Partner",
    "Contact",
    "Address",
    "Return",
    "Files used",
    "Files replaced",
    "Why not used",
    "Due",
    "Rows asked for",
    "Rows answered",
    "Errors",
    "Queries",
    "Notes",
    "Answered",
    "Not in it",
    "To answer",
];

/// Things that are named before the rest is counted.
const MOST: usize = 8;

/// Writes one line a partner for the Business Unit: what came, and what is to be asked for. Errors and queries are counted as
/// the message and the list for the partner count them: what one mistake brings about is one. No cell starts a formula.
///
/// # Errors
///
/// If `out` cannot be written.
pub fn chasing_csv(
    round: &Round,
    names: Names<'_>,
    chases: &[Chase<'_>],
    marking: &str,
    out: impl Write,
) -> io::Result<()> {
    let mut list = MarkedList::begin(out, &HEADINGS, marking)?;
    for chase in chases {
        let items = items(chase);
        let errors = items.iter().filter(|item| item.severity() == Severity::Error).count();
        let partner = chase.partner;
        let texts = [
            partner.name.clone(),
            partner.contact.clone().unwrap_or_default(),
            partner.email.clone().unwrap_or_default(),
            chase.received.word().to_owned(),
            chase.files.join("; "),
            chase.superseded.join("; "),
            chase.refused.join(" "),
            round.deadline.map(|day| day.to_string()).unwrap_or_default(),
        ];
        for text in &texts {
            list.cell(text)?;
        }
        let queries = items.len() - errors;
        let counts = [chase.rows.0, chase.rows.1, errors, queries, chase.notes, chase.answered];
        for number in counts {
            list.made(&number.to_string())?;
        }
        for text in [not_in_it(chase), named(names, &items)] {
            list.cell(&text)?;
        }
        list.end()?;
    }
    list.finish()
}

/// What is not in what came, in sentences.
fn not_in_it(chase: &Chase<'_>) -> String {
    let rows = if chase.files.is_empty() { String::new() } else { chase.not_answered() };
    let all = chase.lacking.iter().cloned().chain([rows]);
    all.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Where each thing is, and which check tells of it.
fn named(names: Names<'_>, items: &[Item<'_>]) -> String {
    let one = |item: &Item<'_>| {
        let place = match item.first.at {
            Location::File(file) => Some(clean(names.places.file(file)).into_owned()),
            at => at.file().map(|file| item.place(names, file)),
        };
        let check = item.first.code.as_str();
        place.map_or_else(|| check.to_owned(), |place| format!("{place} ({check})"))
    };
    let mut all: Vec<String> = items.iter().take(MOST).map(one).collect();
    if let more @ 1.. = items.len().saturating_sub(MOST) {
        all.push(format!("and {} more", count(more, "", "")));
    }
    all.join("; ")
}
