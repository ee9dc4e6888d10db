//! One workbook holds the returns of several partners.
//!
//! ## What it does
//!
//! Where a workbook has a cover for more than one partner, each cover with the sheets up to the next one is read as a return
//! of its own. This tells which sheets were read as whose. Where the order of the sheets does not tell, the file is refused.
//!
//! ## Why it matters
//!
//! A sheet in the wrong place would put one partner's figures under another's name.
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
//!
//! [[table]]
//! name = "cover"
//! title = "Cover"
//! sheet = ["Cover"]
//! layout = "form"
//!
//! [[table.fields]]
//! name = "agency"
//! title = "Agency"
//! type = "agency"
//!
//! [[table.fields]]
//! name = "post"
//! title = "Completed by"
//! type = "string"
//!
//! [[table]]
//! name = "finance"
//! title = "Finance"
//! sheet = ["Finance"]
//! primaryKey = ["line"]
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
//! ```file joint.xlsx
//! ! several-returns: joint.xlsx holds 2 returns. We read the sheets Cover and Finance as NHS Wyevale's; and Cover (2) and Finance (2) as Wyevale Police's. Tell us if a sheet is not theirs.
//! ```
//! ```sheet Cover
//! A1: Agency | NHS Wyevale
//! A2: Completed by | Safeguarding lead
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget
//! A2: Training | 1000
//! ```
//! ```sheet Cover (2)
//! A1: Agency | Wyevale Police
//! A2: Completed by | Head of public protection
//! ```
//! ```sheet Finance (2)
//! A1: Budget line | Budget
//! A2: Travel | 200
//! ```
//!
//! ## How to fix
//!
//! Check the list, and send one workbook for each partner next time.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::words::{count, list};
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Consolidated, ReturnInfo};

pub(super) struct SeveralReturns;

const META: Meta = Meta {
    name: "several-returns",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("several_returns.rs"),
};

impl Check for SeveralReturns {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn round(&self, cx: &Context<'_>, whole: &Consolidated, out: &mut Findings<'_>) {
        let mut entries: Vec<&ReturnInfo> = whole.returns.iter().collect();
        entries.sort_by_key(|entry| entry.file);
        for group in entries.chunk_by(|a, b| a.file == b.file).filter(|group| group.len() > 1) {
            // Of one that brought a stage down no sheet is known; it is told as refused.
            let parts: Vec<String> = group
                .iter()
                .filter(|entry| !entry.sheets.is_empty())
                .map(|entry| {
                    let sender = entry.identity.partner.map_or("nobody we know", |id| cx.partner(id));
                    let sheets: Vec<&str> = entry.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
                    format!("{} as {sender}'s", list(&sheets))
                })
                .collect();
            if parts.is_empty() {
                continue;
            }
            let file = group[0].file;
            let message = format!(
                "{} holds {}. We read the sheets {}. Tell us if a sheet is not theirs.",
                cx.places.file(file),
                count(group.len(), "return", "returns"),
                parts.join("; and ")
            );
            out.add(Location::File(file), message);
        }
    }
}
