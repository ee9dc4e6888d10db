//! Documentation of checks, from the `//!` lines of their files.

use crate::checks::Meta;
use std::fmt::Write as _;

impl Meta {
    /// Its documentation in Markdown.
    #[must_use]
    pub fn docs(&self) -> String {
        self.source
            .lines()
            .map_while(|line| line.strip_prefix("//!"))
            .fold(String::new(), |all, line| all + line.strip_prefix(' ').unwrap_or(line) + "\n")
    }

    /// What is wrong, in one sentence.
    #[must_use]
    pub fn summary(&self) -> String {
        self.docs().lines().next().unwrap_or_default().to_owned()
    }
}

/// A check's documentation as plain text for a terminal.
pub(in crate::checks) fn text(meta: &Meta) -> String {
    let mut text = format!("{} ({})\n\n", meta.name, meta.severity.word());
    let mut in_block = false;
    for line in meta.docs().lines() {
        if line.starts_with("```") {
            in_block = !in_block;
        } else if in_block {
            let _ = writeln!(text, "    {line}");
        } else {
            let _ = writeln!(text, "{}", line.strip_prefix("## ").unwrap_or(line));
        }
    }
    text
}
