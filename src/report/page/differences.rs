//! Every total that does not agree or could not be tested, with what would explain it.

use super::html::{Long, Text};
use super::tables::{self, Table};
use super::{DIFFERENCES, Page, close, open};
use crate::model::{Comparison, Outcome, Scope, Side};
use crate::overview::{cause_lines, has_left, no_cause, partner_name, to_know};
use crate::schema::Measure;
use rust_decimal::Decimal;
use std::io::{self, Write};

/// The most comparisons listed.
const MOST: usize = 500;
/// The most causes listed of one difference.
const CAUSES: usize = 5;

/// Writes the part.
pub(super) fn write(page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    open(DIFFERENCES, "wide", out)?;
    let overview = page.overview();
    writeln!(out, "<p>{}</p>", Text(&overview.totals()))?;
    let open_ones =
        |one: &&Comparison| matches!(one.outcome, Outcome::Differs { .. } | Outcome::Untestable { .. });
    let comparisons: Vec<&Comparison> = overview.comparisons().into_iter().filter(open_ones).collect();
    if comparisons.is_empty() {
        return close(out);
    }
    let headings = [
        ("Partner", false),
        ("What is compared", false),
        ("Result", false),
        ("Returned", true),
        ("Should be", true),
        ("Difference", true),
        ("What would explain it, and how that is known", false),
        ("Left unexplained", true),
    ];
    let caption =
        "What differs, the ledger\u{2019}s lines first and the largest first; then what could not be tested.";
    Table { id: "compared", caption, headings: &headings, is_large: true }.open(out)?;
    for comparison in comparisons.iter().take(MOST) {
        row(page, comparison, out)?;
    }
    let place = "the workbook, on the sheet Reconciliation";
    tables::close(comparisons.len().min(MOST), comparisons.len(), place, out)?;
    close(out)
}

fn row(page: &Page<'_>, comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let control = page.round.schema.controls.get(comparison.control);
    let measure = control.map_or(Measure::Pounds, |control| control.measure(comparison));
    write!(out, "<tr>")?;
    let partner = match comparison.scope {
        Scope::Round => "Whole round",
        Scope::Partner(partner) => partner_name(page.round, partner),
    };
    tables::name(Text(partner), out)?;
    compared(page, comparison, out)?;
    tables::word(comparison.outcome.word(), out)?;
    let side = |side: &Side| side.amount.map_or("–".to_owned(), |amount| measure.shown(amount));
    for one in [&comparison.stated, &comparison.expected] {
        tables::figure(one.amount, side(one), out)?;
    }
    let shown = |amount: Decimal| {
        let plus = if amount > Decimal::ZERO { "+" } else { "" };
        format!("{plus}{}", measure.shown(amount))
    };
    let difference = comparison.outcome.difference();
    tables::figure(difference, difference.map_or("–".to_owned(), shown), out)?;
    write!(out, "<td>")?;
    explanation(page, comparison, out)?;
    write!(out, "</td>")?;
    let differs = matches!(comparison.outcome, Outcome::Differs { .. });
    let left = (differs && has_left(control, comparison)).then(|| comparison.unexplained());
    tables::figure(left, left.map_or("–".to_owned(), |left| measure.shown(left)), out)?;
    writeln!(out, "</tr>")
}

/// The line, what it is tested for, and where it stands.
fn compared(page: &Page<'_>, comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "<td>{}", Long(&comparison.line))?;
    write!(out, "<span class=\"small\">{}</span>", Text(page.overview().control_title(comparison.control)))?;
    if let Some(at) = comparison.stated.at {
        write!(out, "<span class=\"small\">{}</span>", Text(&page.consolidated.places.show(at)))?;
    }
    if let Some(line) = comparison.expected.ledger_line.or(comparison.stated.ledger_line) {
        write!(out, "<span class=\"small\">ledger.csv, line {line}</span>")?;
    }
    write!(out, "</td>")
}

fn explanation(page: &Page<'_>, comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let control = page.round.schema.controls.get(comparison.control);
    if let Some(nothing) = no_cause(control, comparison) {
        write!(out, "<p>{}</p>", Text(&nothing))?;
    } else {
        for (words, known) in cause_lines(comparison).take(CAUSES) {
            write!(out, "<p>{} <span class=\"known\">{}</span></p>", Long(&words), Text(&known))?;
        }
        if let Some(limit) = &comparison.limit {
            write!(out, "<p>{}</p>", Text(limit))?;
        }
    }
    match to_know(comparison) {
        // A cause that says the same has said it.
        words if cause_lines(comparison).any(|(said, _)| said.contains(&words)) || words.is_empty() => Ok(()),
        words => write!(out, "<p class=\"small\">{}</p>", Long(&words)),
    }
}
