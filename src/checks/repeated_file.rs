//! A return came twice with the same content.
//!
//! ## What it does
//!
//! Notes a file of a partner that says in every table what the one that is used says, total rows included.
//!
//! ## Why it matters
//!
//! It is not merged and not counted in any total. A copy whose figures differ is asked about instead. A file that we gave
//! back with our list of what to fix, and that came back with nothing put right, is one too.
//!
//! ## Example
//!
//! ```file Copy of nhs.xlsx
//! ! repeated-file: Copy of nhs.xlsx says the same as nhs.xlsx. We used it once.
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! ```
//!
//! ## How to fix
//!
//! Nothing need be done. Take the copy out of the folder if it is in the way.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Consolidated, ReturnInfo, ReturnState};

pub(super) struct RepeatedFile;

const META: Meta = Meta {
    name: "repeated-file",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("repeated_file.rs"),
};

impl Check for RepeatedFile {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn round(&self, cx: &Context<'_>, whole: &Consolidated, out: &mut Findings<'_>) {
        for entry in &whole.returns {
            let ReturnState::Copy { of } = entry.state else { continue };
            let (copy, used) = (cx.places.file(entry.file), cx.places.file(of));
            let of_used =
                |other: &&ReturnInfo| other.file == of && other.identity.partner == entry.identity.partner;
            let mended = whole.returns.iter().find(of_used).is_some_and(|other| other.identity.mended);
            let back = if mended && !entry.identity.mended {
                format!(" {used} has our list of what to fix in it: it came back as we gave it out.")
            } else {
                String::new()
            };
            let of_others = |other: &ReturnInfo| {
                other.file == entry.file && other.identity.partner != entry.identity.partner
            };
            let message = match entry.identity.partner {
                Some(sender) if whole.returns.iter().any(of_others) => {
                    let sender = cx.partner(sender);
                    format!("What {copy} holds of {sender} says the same as {used}. We used it once.{back}")
                }
                _ => format!("{copy} says the same as {used}. We used it once.{back}"),
            };
            out.add(Location::File(entry.file), message).partner(entry.identity.partner);
        }
    }
}
