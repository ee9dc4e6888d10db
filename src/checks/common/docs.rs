//! Documentation of checks, from the `//!` lines of their files.

use crate::checks::Meta;
use crate::page;

impl Meta {
    /// Its documentation in Markdown.
    #[must_use]
    pub fn docs(&self) -> String {
        page::markdown(self.source)
    }

    /// What is wrong, in one sentence.
    #[must_use]
    pub fn summary(&self) -> String {
        page::summary(self.source)
    }
}

/// A check's documentation as plain text for a terminal.
pub(in crate::checks) fn text(meta: &Meta) -> String {
    page::text(&format!("{} ({})", meta.name, meta.severity.word()), meta.source)
}
