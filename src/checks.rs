//! One check a file; the registry and the engine.

use crate::finding::Finding;
use crate::model::{Consolidated, Places, Submission};
use crate::round::Round;

/// What checks may look at.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The round's settings; for `check` without a round, one made from the schema alone.
    pub round: &'a Round,
    /// Names of files and sheets.
    pub places: &'a Places,
}

/// Runs every check on one return (records, tables, the return as a whole). Order of findings is that of the sheet.
#[must_use]
pub fn submission(cx: &Context<'_>, submission: &Submission) -> Vec<Finding> {
    let _ = (cx, submission);
    todo!()
}

/// Runs every check on the round as a whole, comparisons included.
#[must_use]
pub fn round(cx: &Context<'_>, consolidated: &Consolidated) -> Vec<Finding> {
    let _ = (cx, consolidated);
    todo!()
}

/// Why a file was refused, in a plain sentence with what to do.
#[must_use]
pub fn refusal_in_words(refusal: &crate::model::Refusal, file: &str) -> String {
    let _ = (refusal, file);
    todo!()
}
