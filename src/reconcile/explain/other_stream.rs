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
//! A2: Children's Wellbeing | NHS Wyevale | | | | | | 147016 | inc £20k for adults
//! ```
//! ```explained
//! NHS Wyevale, Children's Wellbeing · year: £147,016 against £127,016
//!   other-stream: £20,000 equals the amount named in I2: “inc £20k for adults”.
//! ```
//!
//! ## What to do
//!
//! Put each stream on its own row. If the ledger holds one stream only, nothing is left to explain.
use super::figures::whole;
use super::{Case, Cause, Claim, Hypothesis};
use crate::model::{Evidence, pounds};
use crate::schema::ControlKind;
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
        let Some(own) = case.workings.filter(|_| !case.terms.is_empty()) else { return };
        let mut mentions: Vec<_> = own.mentions.iter().filter(|mention| mention.pounds == off).collect();
        // Words that name a stream say more than words that do not.
        mentions.sort_by_key(|mention| !names_a_stream(case, &mention.words));
        for mention in mentions {
            let words = format!(
                "{} equals the amount named in {}: \u{201c}{}\u{201d}.",
                pounds(off),
                case.cell(mention.at),
                mention.words
            );
            claims.push(whole(Evidence::Shown, off, vec![mention.at], words));
        }
        for grid in &own.grids {
            for line in &grid.lines {
                for figure in line.figures.iter().filter(|figure| figure.pounds == off) {
                    let counted = case.terms.iter().any(|term| term.line.name == line.name);
                    if counted || !is_whole_amount(case, grid.table, figure.field) {
                        continue;
                    }
                    let words = format!("{} equals {} ({}).", pounds(off), line.name, case.cell(figure.at));
                    claims.push(whole(Evidence::Confirmed, off, vec![figure.at], words));
                }
            }
        }
        for other in book.others.with(off, book.own).filter(|other| other.partner == case.partner()) {
            let words = format!("{} equals {}, another line of the ledger.", pounds(off), other.name);
            claims.push(whole(Evidence::Exact, off, Vec::new(), words));
        }
    }
}

/// True if words name a category of the fields by which the ledger's lines are told.
fn names_a_stream(case: &Case<'_>, words: &str) -> bool {
    let ControlKind::Ledger { by, .. } = &case.control.kind else { return false };
    let lists =
        by.iter().filter_map(|&field| case.round.schema.lists.get(case.schema.fields.get(field)?.list?));
    let words = words.to_lowercase();
    lists.flat_map(|list| &list.categories).any(|one| words.contains(&one.label.to_lowercase()))
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
