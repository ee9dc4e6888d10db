//! An amount of another stream is counted in, such as that of the adults' board.
//!
//! ## How it shows
//!
//! The difference is the amount of a stream that stands beside it: in words, on a row of its own, or on another line
//! of the ledger.
//!
//! ## Example
//!
//! ```ledger
//! table,agency,stream,line,actual
//! contributions,NHS,children,,127016
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Contributions
//! A1: Stream | Agency | Paid on | Q1 | Q2 | Q3 | Q4 | Year | Note
//! A2: Children's Wellbeing | NHS Wyevale | | | | | | 147016 | inc £20k AWB
//! ```
//! ```explained
//! NHS Wyevale, Children's Wellbeing · year: £147,016 against £127,016
//!   other-stream: £20,000 equals the amount named in I2: “inc £20k AWB”.
//! ```
//!
//! ## What to do
//!
//! Put each stream on its own row. If the ledger holds one stream only, nothing is left to explain.
use super::figures::{by_line, whole};
use super::{Case, Cause, Claim, Hypothesis};
use crate::model::{Evidence, pounds};
use crate::schema::{Category, ControlKind};
use rust_decimal::Decimal;

pub(super) struct OtherStream;

pub(super) const CAUSE: Cause = Cause { name: "other-stream", source: include_str!("other_stream.rs") };

impl Hypothesis for OtherStream {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn whole(&self, case: &Case<'_>, off: Decimal, claims: &mut Vec<Claim>) {
        let Some(book) = &case.book else { return };
        if off <= Decimal::ZERO {
            return;
        }
        if case.terms.is_empty() {
            return;
        }
        let mentions = case.workings.iter().flat_map(|own| &own.mentions);
        let mut mentions: Vec<_> = mentions.filter(|mention| mention.pounds == off).collect();
        mentions.sort_by_key(|mention| !names_in_full(case, &mention.words));
        for mention in mentions {
            // An amount that words give means little by itself: they name a stream, or stand in the very row.
            let beside = case.terms.iter().any(|term| {
                let at = term.figure.at;
                at.sheet == mention.at.sheet && at.cell.row == mention.at.cell.row
            });
            let evidence = match (names_a_stream(case, &mention.words), beside) {
                (true, _) => Evidence::Shown,
                (false, true) => Evidence::Exact,
                (false, false) => Evidence::Possible,
            };
            let words = format!(
                "{} equals the amount named in {}: \u{201c}{}\u{201d}.",
                pounds(off),
                case.cell(mention.at),
                mention.words
            );
            claims.push(whole(evidence, off, vec![mention.at], words));
        }
        for grid in case.workings.iter().flat_map(|own| &own.grids) {
            let evidence = if holds_streams(case, grid.table) {
                Evidence::Confirmed
            } else if Some(grid.table) == case.terms.first().map(|term| term.grid.table) {
                Evidence::Exact
            } else {
                continue;
            };
            for line in &grid.lines {
                for figure in line.figures.iter().filter(|figure| figure.pounds == off) {
                    let counted = case.terms.iter().any(|term| term.line.name == line.name);
                    if counted || !is_whole_amount(case, grid.table, figure.field) {
                        continue;
                    }
                    let words = format!("{} equals {} ({}).", pounds(off), line.name, case.cell(figure.at));
                    claims.push(whole(evidence, off, vec![figure.at], words));
                }
            }
        }
        for other in book.others.with(off, book.own).filter(|other| other.partner == case.partner()) {
            let words = format!("{} equals {}, another line of the ledger.", pounds(off), case.other(other));
            claims.push(by_line(case, other, Evidence::Exact, off, Vec::new(), words));
        }
    }
}

/// The categories of the fields by which the ledger's lines are told.
fn streams<'a>(case: &'a Case<'_>) -> impl Iterator<Item = &'a Category> {
    let by: &[usize] = match &case.control.kind {
        ControlKind::Ledger { by, .. } => by,
        _ => &[],
    };
    let lists =
        by.iter().filter_map(|&field| case.round.schema.lists.get(case.schema.fields.get(field)?.list?));
    lists.flat_map(|list| &list.categories)
}

/// True if words give the whole name of a stream.
fn names_in_full(case: &Case<'_>, words: &str) -> bool {
    let words = words.to_lowercase();
    streams(case).any(|one| words.contains(&one.label.to_lowercase()))
}

/// True if words name a stream, in whatever way the schema knows.
fn names_a_stream(case: &Case<'_>, words: &str) -> bool {
    let words = words.to_lowercase();
    let edge = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    let named = |name: &str| {
        let name = name.to_lowercase();
        name.len() > 2
            && words.match_indices(&name).any(|(at, found)| {
                edge(words[..at].chars().next_back()) && edge(words[at + found.len()..].chars().next())
            })
    };
    streams(case).any(|one| named(&one.label) || one.synonyms.iter().any(|synonym| named(synonym)))
}

/// True for a table whose rows are the streams that a whole is made of.
fn holds_streams(case: &Case<'_>, table: usize) -> bool {
    let controls = case.round.schema.controls.iter().filter(|control| control.table == table);
    controls.into_iter().any(|control| matches!(control.kind, ControlKind::RollUp { .. }))
}

/// True for a column that holds what a row comes to, not one of its quarters.
fn is_whole_amount(case: &Case<'_>, table: usize, field: usize) -> bool {
    case.round.schema.controls.iter().filter(|control| control.table == table).all(|control| {
        match &control.kind {
            ControlKind::CrossFooting { sums, .. } => !sums.contains(&field),
            ControlKind::YearToDate { quarters, .. } => !quarters.contains(&field),
            _ => true,
        }
    })
}
