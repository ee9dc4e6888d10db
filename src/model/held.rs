//! Why a row of a return is not merged.

use super::{Origin, PartnerId};

/// Why a row is not merged. Fields are places among those of the row's table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeldReason {
    /// It is for another board.
    OtherBoard {
        /// The field that says so.
        field: usize,
        /// The board's name as the row has it.
        board: String,
    },
    /// Its key names a partner that did not send the return.
    OtherPartner {
        /// The field that says so.
        field: usize,
        /// The partner named.
        named: PartnerId,
    },
    /// A part of its key could not be read.
    UnreadableKey {
        /// The field.
        field: usize,
    },
    /// It lacks the reference that the plan goes by.
    NoKey {
        /// The field.
        field: usize,
    },
    /// The plan does not have its reference.
    NotInPlan {
        /// The reference.
        key: String,
    },
    /// The plan does not ask the sender about it.
    NotAsked {
        /// The reference.
        key: String,
    },
    /// An earlier row of the return has the same key.
    Repeats {
        /// That row's first cell.
        first: Origin,
    },
}

impl HeldReason {
    /// True if nothing else that the row says matters until the reason is gone.
    #[must_use]
    pub fn comes_first(&self) -> bool {
        !matches!(self, Self::Repeats { .. })
    }
}
