//! Names of checks.

use serde::Serialize;

/// A check's name: kebab-case, a contract. Made only by the registry of checks, and here for those that other parts of the
/// program know: such a check takes its name from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Code(pub(crate) &'static str);

impl Code {
    /// Tells of what may identify a person.
    pub const PERSONS: Self = Self("personal-data-suspected");
    /// Tells that nothing has come from a partner.
    pub const NO_RETURN: Self = Self("missing-submission");
    /// Tells that nothing of a file could be used.
    pub const REFUSED: Self = Self("refused-file");
    /// Tells that a form came back as it was sent.
    pub const BLANK_FORM: Self = Self("nothing-filled-in");
    /// Tells which of several returns of a partner is used.
    pub const REPLACED: Self = Self("superseded-submission");
    /// Tells that rows of the plan are not in a return.
    pub const ROWS_MISSING: Self = Self("expected-row-missing");
    /// Tells of the rules that a schema declares.
    pub const OF_RULES: Self = Self("row-constraint");

    /// Those that tell why nothing of a partner is used.
    pub const NOTHING_CAME: [Self; 3] = [Self::NO_RETURN, Self::REFUSED, Self::BLANK_FORM];

    /// The name as text.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}
