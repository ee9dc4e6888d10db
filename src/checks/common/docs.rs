//! Documentation of checks, from the `//!` lines of their files.

use crate::checks::{Meta, registry};
use crate::finding::Code;
use crate::page;

impl Meta {
    /// Its documentation in Markdown.
    #[must_use]
    pub fn docs(&self) -> String {
        page::markdown(self.source)
    }

    /// What to do about what it finds, in the first paragraph of its page's *How to fix*.
    pub(in crate::checks) fn deed(&self) -> String {
        page::paragraph(self.source, "How to fix")
    }

    /// How much its findings matter, in words: what tells of a control or a rule goes by that.
    #[must_use]
    pub fn severities(&self) -> String {
        let word = self.severity.word();
        let of_kind = registry::OF_KINDS.iter().any(|(_, check, _)| *check == self.name);
        if of_kind && registry::COMPARISONS.iter().any(|check| check.meta().name == self.name) {
            "query or error, as its control says".to_owned()
        } else if self.name == Code::OF_RULES.as_str() {
            "query or error, as its rule says".to_owned()
        } else {
            word.to_owned()
        }
    }

    /// What is wrong, in one sentence.
    #[must_use]
    pub fn summary(&self) -> String {
        page::summary(self.source)
    }
}

/// A check's documentation as plain text for a terminal.
pub(in crate::checks) fn text(meta: &Meta) -> String {
    page::text(&format!("{} ({})", meta.name, meta.severities()), meta.source)
}
