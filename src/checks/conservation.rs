//! Rows or money that were read are not accounted for.
//!
//! ## What it does
//!
//! Compares what was read on every sheet with what was merged, held, set aside or not data, in rows and in pennies.
//! It runs always.
//!
//! ## Why it matters
//!
//! This is the proof that nothing was lost. If it fails, the fault is in this program, and no workbook is written.
//!
//! ## Example
//!
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! ```
//!
//! ## How to fix
//!
//! Please report it.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated};
use crate::schema::ControlKind;

pub(super) struct Conservation;

const META: Meta = Meta {
    name: "conservation",
    severity: Severity::Error,
    effort: Effort::LookUp,
    source: include_str!("conservation.rs"),
};

impl Check for Conservation {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn comparison(
        &self,
        cx: &Context<'_>,
        _: &Consolidated,
        comparison: &Comparison,
        out: &mut Findings<'_>,
    ) {
        let kind = |kind: &ControlKind| matches!(kind, ControlKind::Conservation);
        let Some(found) = compare::differing(cx, comparison, kind) else { return };
        let message = format!(
            "{}: {} of {} are accounted for. This is a fault of this program; please report it.",
            comparison.line,
            found.stated.normalize(),
            found.expected.normalize()
        );
        compare::add(out, found.control, comparison, message);
    }
}
