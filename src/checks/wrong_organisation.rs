//! A return is for another board.
//!
//! ## What it does
//!
//! Compares the board that the return names with the board of this round.
//!
//! ## Why it matters
//!
//! Partners that serve several boards send each of them a return, and the files look alike.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "small"
//! title = "Small return"
//! version = "2013-14.2"
//!
//! [identity]
//! agency = "cover.agency"
//! period = "cover.period"
//! board = "cover.board"
//! template = "cover.template"
//!
//! [[table]]
//! name = "cover"
//! title = "Cover"
//! sheet = ["Cover"]
//! layout = "form"
//!
//! [[table.fields]]
//! name = "board"
//! title = "Board"
//! type = "string"
//!
//! [[table.fields]]
//! name = "agency"
//! title = "Agency"
//! type = "agency"
//!
//! [[table.fields]]
//! name = "period"
//! title = "Period"
//! type = "period"
//!
//! [[table.fields]]
//! name = "template"
//! title = "Template"
//! type = "string"
//!
//! [[table]]
//! name = "finance"
//! title = "Finance"
//! sheet = ["Finance"]
//!
//! [[table.fields]]
//! name = "line"
//! title = "Budget line"
//! type = "string"
//!
//! [[table.fields]]
//! name = "budget"
//! title = "Budget"
//! type = "money"
//! ```
//! ```sheet Cover
//! A1: Board | Shire Safeguarding Board
//! A2: Agency | NHS Wyevale
//! A3: Period | 2013-14 Q4
//! A4: Template | 2013-14.2
//! ! B1 wrong-organisation: The return says “Shire Safeguarding Board”, but this is the collection of Wyevale Safeguarding Board. Was the right return sent?
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget
//! A2: Training | 1000
//! ```
//!
//! ## How to fix
//!
//! Send the return for this board, or correct the name.
//!
//! ## Settings
//!
//! `board` in `[identity]`; `board` and `code` in `round.toml`.

use super::common::words::quote;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Submission, folds_alike};

pub(super) struct WrongOrganisation;

const META: Meta = Meta {
    name: "wrong-organisation",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("wrong_organisation.rs"),
};

impl Check for WrongOrganisation {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        let Some((stated, at)) = &submission.identity.board else { return };
        let ours = [&cx.round.board, &cx.round.code];
        if cx.round.board.is_empty() || ours.into_iter().any(|name| folds_alike(name, stated)) {
            return;
        }
        let message = format!(
            "The return says {}, but this is the collection of {}. Was the right return sent?",
            quote(stated),
            cx.round.board
        );
        out.add(Location::Cell(*at), message);
    }
}
