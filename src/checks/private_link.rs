//! A text gives a place on the partner's own drive.
//!
//! ## What it does
//!
//! Notes a path on a drive or a server (`H:\Safeguarding\minutes.doc`, `\\server\share`, `file:///…`) in a text.
//!
//! ## Why it matters
//!
//! Nobody outside that body can open it, so the evidence is not there for the board.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | NHS Wyevale | In progress | Green | 2014-03-31 | See H:\Board\minutes.doc
//! ! G2 private-link: G2 points to the partner's own drive, so Board members cannot open it.
//! ```
//!
//! ## How to fix
//!
//! Send the document with the return, or say in the cell what it shows.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::texts;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Record, Table};

pub(super) struct PrivateLink;

const META: Meta = Meta {
    name: "private-link",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("private_link.rs"),
};

impl Check for PrivateLink {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn rows(&self, cx: &Context<'_>, table: &Table, rows: &[Record], out: &mut Findings<'_>) {
        for (cell, _) in texts(cx, table, rows).filter(|(_, text)| is_private(text)) {
            let at = cell.at.cell;
            let message = format!("{at} points to the partner's own drive, so Board members cannot open it.");
            out.add(Location::Cell(cell.at), message)
                .help("Send the document with the return, or say in the cell what it shows.");
        }
    }
}

/// True if a text holds a path on a drive or a server.
fn is_private(text: &str) -> bool {
    let file = |at: usize| {
        let scheme = at.checked_sub(4).and_then(|from| text.get(from..at));
        scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("file"))
    };
    text.match_indices("://").any(|(at, _)| file(at))
        || text.contains('\\') && (has_server(text) || has_drive(text))
}

/// Two backslashes, a name, and another backslash.
fn has_server(text: &str) -> bool {
    text.split("\\\\").skip(1).any(|rest| {
        let name = rest.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '.' || c == '_'));
        name.is_some_and(|end| end > 0 && rest.get(end..).is_some_and(|rest| rest.starts_with('\\')))
    })
}

/// A letter alone, a colon and a backslash.
fn has_drive(text: &str) -> bool {
    text.match_indices(":\\").any(|(colon, _)| {
        let before = text.get(..colon).unwrap_or_default();
        let mut letters = before.chars().rev();
        letters.next().is_some_and(|letter| letter.is_ascii_alphabetic())
            && !letters.next().is_some_and(char::is_alphanumeric)
    })
}
