//! What `merge` writes beside the workbook: lists, the page to look at, answers to fill in, a message for each partner.
//!
//! None of it needs another, nor the workbook, so all are written on as many threads as are free.

use super::merge::{Unfinished, output};
use super::outputs::Outputs;
use crate::error::Error;
use crate::finding::Severity;
use crate::report::{self, About, Attached, Chase, Names, Page, RulePage, Whole};
use crate::round::Round;
use crate::{checks, page};
use rayon::prelude::*;
use std::io;
use tempfile::TempPath;

/// The folder of messages to partners.
pub(super) const MESSAGES: &str = "messages";

/// An output that is not yet in its place, with its name.
pub(super) type Written = (String, TempPath);
/// The name of an output, and what writes it.
type Writing<'a> = (String, Box<dyn Fn(&mut Unfinished) -> io::Result<()> + Send + Sync + 'a>);

/// Writes each into its unfinished file.
pub(super) fn write(
    outputs: &Outputs,
    round: &Round,
    whole: Whole<'_>,
    about: &About<'_>,
    (chases, attached): (&[Chase<'_>], &[&Attached]),
) -> Result<Vec<Written>, Error> {
    let Whole { consolidated, findings, names } = whole;
    let marking = round.marking.with_state(findings);
    let shown = Page { about, round, consolidated, findings, chases };
    let mut all: Vec<Writing<'_>> = vec![
        ("findings.json".to_owned(), Box::new(|to| report::findings_json(findings, names, to))),
        ("findings.sarif".to_owned(), Box::new(|to| report::sarif(findings, about, names, &page_of, to))),
        ("findings.csv".to_owned(), Box::new(|to| report::findings_csv(findings, names, &marking, to))),
        (
            "answers-to-fill.csv".to_owned(),
            Box::new(|to| report::answers_csv(findings, round, names, &marking, to)),
        ),
        ("report.html".to_owned(), Box::new(|to| shown.write(to))),
        ("chasing.csv".to_owned(), Box::new(|to| report::chasing_csv(round, names, chases, &marking, to))),
    ];
    all.extend(chases.iter().map(|chase| message(round, names, chase, attached)));
    let written = all.into_par_iter().map(|(name, write)| {
        let file = output(outputs, &name, write)?;
        Ok((name, file))
    });
    written.collect()
}

/// The message for a partner, with the name of its file.
fn message<'a>(
    round: &'a Round,
    names: Names<'a>,
    chase: &'a Chase<'a>,
    attached: &[&'a Attached],
) -> Writing<'a> {
    let own = attached.iter().copied().filter(|one| one.partner == chase.partner.code);
    let own: Vec<&'a Attached> = own.collect();
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let code: String = chase.partner.code.chars().map(plain).collect();
    let write = move |to: &mut Unfinished| report::message(round, names, chase, &own, to);
    (format!("{MESSAGES}/{code}.txt"), Box::new(write))
}

/// The page of a check, and how much its findings matter.
fn page_of(check: &str) -> Option<(Severity, RulePage)> {
    let meta = checks::find(check)?;
    let page = RulePage { summary: meta.summary(), markdown: page::advice(meta.source) };
    Some((meta.severity, page))
}
