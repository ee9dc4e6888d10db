//! A return names no template, so its headings were matched by their wording.
//!
//! ## What it does
//!
//! Where the template has a place for its version and the return does not state one, tells how many of its headings were
//! matched, and where to look the matching up.
//!
//! ## Why it matters
//!
//! A partner's own layout may use a familiar word for something else.
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
//! fileName = true
//! template = "cover.version"
//!
//! [[table]]
//! name = "cover"
//! title = "Cover"
//! sheet = ["Cover"]
//! layout = "form"
//! required = false
//!
//! [[table.fields]]
//! name = "agency"
//! title = "Agency"
//! type = "agency"
//!
//! [[table.fields]]
//! name = "version"
//! title = "Template version"
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
//! ```file nhs.xlsx
//! ! own-layout: The return does not say which template it is. We matched 2 of 3 headings by their wording. Check the match on the How we read it page.
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget | Manager
//! A2: Training | 1000 | Head of service
//! ! C1 extra-label
//! ```
//!
//! ## How to fix
//!
//! Check the match on the sheet *How we read it*. Use the template next time.
//!
//! ## Settings
//!
//! `template` under `[identity]` in the schema says where the version is stated; without it nothing is told.

use super::common::words::count;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Match, Submission};

pub(super) struct OwnLayout;

const META: Meta = Meta {
    name: "own-layout",
    severity: Severity::Note,
    effort: Effort::FillIn,
    source: include_str!("own_layout.rs"),
};

impl Check for OwnLayout {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        if cx.round.schema.identity.template.is_none() || submission.identity.template.is_some() {
            return;
        }
        let (mut matched, mut all) = (0, 0);
        for table in &submission.tables {
            let found = table.layout.columns.iter().flatten();
            let found = found.filter(|heading| heading.how != Match::Context).count();
            matched += found;
            all += found + table.layout.unmapped.iter().filter(|column| !column.blank).count();
        }
        if matched == 0 {
            return;
        }
        let message = format!(
            "The return does not say which template it is. We matched {matched} of {} by their wording. Check the match on the How we read it page.",
            count(all, "heading", "headings")
        );
        out.add(Location::File(submission.file), message);
    }
}
