//! What is known of a return before it is merged: whether it can be used, and who sent it.

use crate::model::{FileId, Identity, ReturnInfo, ReturnState, Submission, Table};
use crate::round::{self, Round};
use crate::schema::LayoutKind;

/// What the return itself says against using it.
fn state(round: &Round, submission: &Submission) -> ReturnState {
    let refuse = |why: String| ReturnState::Refused { why };
    if submission.tables.is_empty() {
        return refuse(format!("None of the tables of {} was found in it.", round.schema.title));
    }
    let Identity { partner, period, .. } = &submission.identity;
    if let Some((period, _)) = period
        && !round.takes(*period)
    {
        return refuse(format!("It says that it is for {period}; this is the {} collection.", round.period));
    }
    if partner.is_none() && !round.partners.is_empty() {
        return refuse(match &submission.identity.unknown_partner {
            Some(name) => {
                let near = submission.identity.nearest_partner.as_ref();
                let near = near.map_or_else(String::new, |near| format!(" Did you mean {near}?"));
                format!("It is from {name}, which is not on this round's list of partners.{near}")
            }
            None => "It does not say which partner sent it.".to_owned(),
        });
    }
    ReturnState::Accepted
}

/// What is known of a return before it is merged.
pub(super) fn returned(round: &Round, submission: &Submission) -> ReturnInfo {
    let kind = |table: &Table| round.schema.tables.get(table.table).map(|declared| declared.layout);
    let is_form = |table: &Table| kind(table) == Some(LayoutKind::Form);
    let mut state = state(round, submission);
    let blank = state == ReturnState::Accepted && !round::is_filled_in(round, submission);
    if blank {
        let why = "It is the form as it was sent: nothing is filled in.".to_owned();
        state = ReturnState::Refused { why };
    }
    ReturnInfo {
        file: submission.file,
        kind: Some(submission.kind),
        identity: submission.identity.clone(),
        state,
        blank,
        sheets: submission.sheets.clone(),
        layouts: submission.tables.iter().map(|table| table.layout.clone_without_rows()).collect(),
        extra: submission.tables.iter().flat_map(|table| table.extra_cells(is_form(table))).collect(),
        absent: submission.absent.clone(),
        part_of: None,
        rows: [0; 4],
    }
}

/// A file or part of one of which nothing could be read.
pub(super) fn refused(file: FileId, why: String) -> ReturnInfo {
    ReturnInfo {
        file,
        kind: None,
        identity: Identity::default(),
        state: ReturnState::Refused { why },
        blank: false,
        part_of: None,
        sheets: Vec::new(),
        layouts: Vec::new(),
        extra: Vec::new(),
        absent: Vec::new(),
        rows: [0; 4],
    }
}
