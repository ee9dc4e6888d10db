//! What stands first: the sentence, the three numbers, what to decide; and what blocks sign-off; and the run itself.

use super::html::{Long, Text};
use super::{BLOCKS, DECIDE, DIFFERENCES, FIXES, PLAN, Page, RUN, close, open};
use crate::overview::{Facts, Lead, Said};
use crate::report::count;
use crate::report::manifest::RowsRecord;
use crate::schema::OutputKind;
use std::io::{self, Write};

/// Writes the sentence, the numbers and what to decide.
pub(super) fn write(page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let outputs = page.round.schema.outputs.iter();
    let summary = outputs.enumerate().find_map(|(index, output)| match &output.kind {
        OutputKind::Summary { headline, .. } => Some((index, headline.as_slice())),
        _ => None,
    });
    let (output, headline) = summary.unwrap_or((usize::MAX, &[]));
    let overview = page.overview();
    let facts = Facts::new(&overview, output);
    for (place, sentence) in headline.iter().enumerate() {
        let class = if place == 0 { " class=\"lead\"" } else { "" };
        writeln!(out, "<p{class}>{}</p>", Text(&facts.fill(sentence)))?;
    }
    let mut outputs = 0..page.round.schema.outputs.len();
    if let Some(movement) = outputs.find_map(|output| overview.movement(output)) {
        writeln!(out, "<p>{}</p>", Text(&movement))?;
    }
    writeln!(out, "<dl class=\"numbers\">")?;
    for (figure, caption) in facts.tiles() {
        writeln!(out, "<div><dt>{}</dt><dd>{}</dd></div>", Text(&caption), Text(&figure))?;
    }
    writeln!(out, "</dl>")?;
    open(DECIDE, "", out)?;
    list(page, &overview.decisions(&facts), out)?;
    close(out)
}

/// Writes sentences as a list, each with a link to the part that tells it in full.
fn list(page: &Page<'_>, lines: &[Said<'_>], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<ul>")?;
    for said in lines {
        let part = match said.lead {
            Some(Lead::Queries) => Some(FIXES),
            Some(Lead::Reconciliation) => Some(DIFFERENCES),
            Some(Lead::Areas) if super::plan::is_there(page) => Some(PLAN),
            _ => None,
        };
        match part {
            Some(part) => {
                let words = Long(&said.words);
                writeln!(out, "<li>{words} (<a href=\"#{}\">{}</a>).</li>", part.id, part.title)?;
            }
            None => writeln!(out, "<li>{}</li>", Long(&said.whole()))?,
        }
    }
    writeln!(out, "</ul>")
}

/// Writes what blocks sign-off.
pub(super) fn blocks(page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    open(BLOCKS, "", out)?;
    list(page, &page.overview().blocks(), out)?;
    writeln!(
        out,
        "<p>Each is listed with its place and what to do under <a href=\"#{}\">{}</a>.</p>",
        FIXES.id, FIXES.title
    )?;
    close(out)
}

/// Writes what the page was made from and what stands beside it.
pub(super) fn run(page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let about = page.about;
    let rows = RowsRecord::of(page.consolidated, &page.round.partners);
    let wide = |rows: u64| count(usize::try_from(rows).unwrap_or(usize::MAX), "", "");
    open(RUN, "", out)?;
    writeln!(out, "<dl class=\"facts\">")?;
    if rows.expected > 0 {
        let missing = rows.expected - rows.answered;
        let [expected, answered, missing] =
            [rows.expected, rows.answered, missing].map(|number| count(number, "", ""));
        fact(
            "Rows of the plan",
            &format!("{expected} expected, {answered} merged, {missing} not received"),
            out,
        )?;
    }
    let [read, merged, held, set_aside] = [rows.read, rows.merged, rows.held, rows.set_aside].map(wide);
    let sent = format!(
        "{read} read: {merged} merged, {held} held with the reason, {set_aside} set aside with a return that was not used"
    );
    fact("Rows of everything sent", &sent, out)?;
    fact("Template", &format!("{}, version {}", about.schema, about.schema_version), out)?;
    if let Some(signed) = &about.sign_off {
        fact("Sign-off", &signed.words, out)?;
    }
    fact("Fingerprint of the run", &about.fingerprint, out)?;
    writeln!(out, "</dl>")?;
    writeln!(
        out,
        "<p>The same figures, with the cell that each came from, are in consolidated.xlsx beside this page; every finding \
         is in findings.csv.</p>"
    )?;
    close(out)
}

fn fact(title: &str, words: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<div><dt>{}</dt><dd>{}</dd></div>", Text(title), Text(words))
}
