//! What is not in a return that is used.

use crate::finding::{Effort, Finding};
use crate::model::{Consolidated, PartnerId};

/// Rows that are named before the rest is counted.
const MOST: usize = 12;

/// The columns and sheets that are not there, each in a sentence.
pub(super) fn columns_and_sheets(asked: &[&Finding]) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for finding in asked.iter().filter(|finding| finding.effort == Effort::Add) {
        let sentence = finding.found().into_owned();
        if !said.contains(&sentence) {
            said.push(sentence);
        }
    }
    said
}

/// The keys of the entries of the plan that a partner was asked about and has not answered.
pub(super) fn unanswered(whole: &Consolidated, partner: PartnerId) -> Vec<&str> {
    let open = whole.register.iter().filter(|row| {
        row.responses.iter().any(|response| response.partner == partner && response.row.is_none())
    });
    open.map(|row| row.key.as_str()).collect()
}

/// The same in a sentence; empty if there are none.
pub(super) fn not_answered(keys: &[&str]) -> String {
    let shown = keys.iter().take(MOST).copied();
    let more = keys.len().saturating_sub(MOST);
    match keys {
        [] => String::new(),
        _ if more > 0 => format!("Not answered: {} and {more} more.", shown.collect::<Vec<_>>().join(", ")),
        [one] => format!("Not answered: {one}."),
        [first @ .., last] => format!("Not answered: {} and {last}.", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_named_and_the_rest_counted() {
        assert_eq!(not_answered(&[]), "");
        assert_eq!(not_answered(&["1.1"]), "Not answered: 1.1.");
        assert_eq!(not_answered(&["1.1", "1.2", "1.3"]), "Not answered: 1.1, 1.2 and 1.3.");
        let many: Vec<&str> = std::iter::repeat_n("1.1", 15).collect();
        assert!(not_answered(&many).ends_with("1.1 and 3 more."));
    }
}
