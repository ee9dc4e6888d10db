//! A file could not be used.
//!
//! ## What it does
//!
//! Tells every file that could not be read, or in which none of the template's tables was found, with the reason.
//!
//! ## Why it matters
//!
//! Nothing in it is merged. The other returns are not affected.
//!
//! ## Example
//!
//! ```file nhs.xlsx
//! refused: empty
//! ! refused-file: nhs.xlsx is empty. It may not have finished copying. Ask for it again.
//! ```
//!
//! ## How to fix
//!
//! Ask for the return again, on the template and in a file that opens.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::submissions;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Code, Effort, Location, Severity, split};
use crate::model::{Consolidated, PartnerId, ReturnState};

pub(super) struct RefusedFile;

const META: Meta = Meta {
    name: Code::REFUSED.as_str(),
    severity: Severity::Error,
    effort: Effort::LookUp,
    source: include_str!("refused_file.rs"),
};

impl Check for RefusedFile {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn round(&self, cx: &Context<'_>, whole: &Consolidated, out: &mut Findings<'_>) {
        for entry in &whole.returns {
            let ReturnState::Refused { why } = &entry.state else { continue };
            if submissions::is_wrong_period(cx, entry)
                || submissions::is_unknown_sender(cx, entry)
                || entry.blank
            {
                continue;
            }
            // A partner whose other return is used has answered.
            let answered = |partner: &PartnerId| submissions::is_used(whole, *partner);
            let lacking = entry
                .identity
                .partner
                .filter(|partner| !answered(partner))
                .map_or_else(String::new, |partner| submissions::lacking(cx, whole, partner));
            let (what, how) = split(why);
            let how = if how.is_empty() { how } else { format!(" {how}") };
            out.add(Location::File(entry.file), format!("{what}{lacking}{how}"))
                .partner(entry.identity.partner);
        }
    }
}
