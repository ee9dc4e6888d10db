//! An amount was given in thousands, so its pounds are not known.
//!
//! ## What it does
//!
//! Notes amounts such as `£20k`, and amounts on a sheet in £000, with the unit to which they are known.
//!
//! ## Why it matters
//!
//! A difference smaller than half the unit may be rounding and nothing else.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | £20k | 400
//! ! B2 coarse-amount: “£20k” was read as £20,000, to the nearest £1,000.
//! ```
//!
//! ## How to fix
//!
//! Give the amount in pounds.
//!
//! ## Settings
//!
//! `units` in `[identity]` names the cell that says whether amounts are in pounds or thousands.

use super::common::tell_changes;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::{ChangeKind, pounds};

pub(super) struct CoarseAmount;

const META: Meta = Meta {
    name: "coarse-amount",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("coarse_amount.rs"),
};

impl Check for CoarseAmount {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        tell_changes(cx, cells, ChangeKind::Unit, out, |seen, typed, used| {
            let unit = seen.cell.money().filter(|money| money.unit > 0).map_or_else(String::new, |money| {
                format!(", to the nearest {}", pounds(money.slack() + money.slack()))
            });
            format!("{} was read as {used}{unit}.", quote(typed))
        });
    }
}
