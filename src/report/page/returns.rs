//! Who is in, who is missing, and what came of each return.

use super::html::{Long, Text};
use super::tables::{self, Table};
use super::{Page, RETURNS, close, list, open};
use crate::finding::Severity;
use crate::model::PartnerId;
use crate::report::Chase;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The most partners listed.
const MOST: usize = 500;

/// Writes the part.
pub(super) fn write(page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    open(RETURNS, "", out)?;
    list(&page.overview().missing(false), out)?;
    let headings = [
        ("Partner", false),
        ("Return", false),
        ("Files", false),
        ("Errors open", true),
        ("Queries open", true),
        ("Answered", true),
        ("Actions asked", true),
        ("Actions received", true),
    ];
    // A round without a plan asks about no action.
    let has_plan = !page.consolidated.register.is_empty();
    let headings = if has_plan { &headings[..] } else { &headings[..6] };
    let caption = "What came from each partner, and what is still open with it.";
    Table { id: "received", caption, headings, is_large: true }.open(out)?;
    let mut open_ones: BTreeMap<PartnerId, [usize; 3]> = BTreeMap::new();
    for finding in page.findings.iter().filter(|finding| finding.asks()) {
        let Some(partner) = finding.partner else { continue };
        let place = match (finding.answer(), finding.severity) {
            (Some(_), _) => 2,
            (None, Severity::Error) => 0,
            (None, _) => 1,
        };
        open_ones.entry(partner).or_default()[place] += 1;
    }
    let senders = page.round.partners().filter(|(_, partner)| partner.sends);
    for (chase, (partner, _)) in page.chases.iter().zip(senders).take(MOST) {
        row(chase, open_ones.get(&partner).copied().unwrap_or_default(), has_plan, out)?;
    }
    tables::close(page.chases.len().min(MOST), page.chases.len(), "chasing.csv", out)?;
    close(out)
}

/// Writes a partner's row, with its open errors, its open queries and how many of both are answered.
fn row(chase: &Chase<'_>, open: [usize; 3], has_plan: bool, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "<tr>")?;
    tables::name(Text(&chase.partner.name), out)?;
    tables::word(chase.received.word(), out)?;
    tables::words(Long(&files(chase)), out)?;
    let actions = [chase.rows.0, chase.rows.1].into_iter().filter(|_| has_plan);
    for count in open.into_iter().chain(actions) {
        tables::number(count, out)?;
    }
    writeln!(out, "</tr>")
}

/// The files of a partner and what became of them.
fn files(chase: &Chase<'_>) -> String {
    let mut parts: Vec<String> = Vec::new();
    if !chase.files.is_empty() {
        parts.push(chase.files.join(" and "));
    }
    if !chase.superseded.is_empty() {
        parts.push(format!("{} is replaced", chase.superseded.join(" and ")));
    }
    parts.extend(chase.refused.iter().map(|why| (*why).to_owned()));
    parts.join("; ")
}
