//! `merge --extract`: the workbook for publication, or the sentence that says why there is none.

use super::merge::workbook;
use super::outputs::Outputs;
use crate::error::Error;
use crate::finding::uncleared;
use crate::pipeline::Run;
use crate::report;
use crate::round::Round;
use crate::write::Book;
use std::collections::BTreeSet;

const EXTRACT: &str = "extract.xlsx";

/// Writes the extract if it is wanted and nothing stands against it. Else one of an earlier run goes, because it is no longer
/// what the outputs beside it say; what stood against it is returned.
pub(super) fn write(
    outputs: &mut Outputs,
    run: &Run,
    round: &Round,
    wanted: bool,
) -> Result<Option<String>, Error> {
    let refused = if wanted { why_not(run) } else { None };
    if !wanted || refused.is_some() {
        outputs.without(EXTRACT);
        return Ok(refused);
    }
    let book = Book::extract(round, outputs.scratch())?;
    let (file, _) = workbook(outputs, EXTRACT, book, run)?;
    outputs.finished(EXTRACT, file);
    Ok(None)
}

/// What stands against publishing: how many things must be cleared, and in which files. It repeats none of them.
fn why_not(run: &Run) -> Option<String> {
    const SHOWN: usize = 5;
    let open = uncleared(&run.findings);
    if open.is_empty() {
        return None;
    }
    let places = &run.consolidated.places;
    let files: BTreeSet<&str> =
        open.iter().filter_map(|finding| finding.at.file()).map(|file| places.file(file)).collect();
    let mut named: Vec<String> =
        files.iter().take(SHOWN).map(|name| report::clean(name).into_owned()).collect();
    if files.len() > SHOWN {
        named.push(format!("{} more", files.len() - SHOWN));
    }
    let wait = if open.len() == 1 {
        "thing that may identify a person waits"
    } else {
        "things that may identify a person wait"
    };
    let whose = if named.is_empty() { String::new() } else { format!(" ({})", named.join(", ")) };
    Some(format!(
        "The extract was not written: {} to be cleared{whose}. Ask for a return without it, or answer the finding in \
         answers.csv, and run this again.",
        report::count(open.len(), wait, wait)
    ))
}
