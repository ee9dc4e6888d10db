//! No action of the plan answers a recommendation.
//!
//! ## What it does
//!
//! Where the round has a list `recommendations.csv`, looks for every line of it among the actions of the plan: at least one
//! has to name it. Several recommendations in one cell have `;` between them; what stands in brackets behind a
//! reference makes no difference.
//!
//! ## Why it matters
//!
//! Inspectors come back to what they recommended. A recommendation that no action answers is found then, or in public.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "plan"
//! title = "Plan"
//! version = "1"
//!
//! [[table]]
//! name = "plan"
//! title = "Plan"
//! sheet = ["Plan"]
//! primaryKey = ["ref"]
//! register = { key = "ref", title = "action", recommendation = "source_ref" }
//!
//! [[table.fields]]
//! name = "ref"
//! title = "Ref"
//! type = "string"
//!
//! [[table.fields]]
//! name = "action"
//! title = "Action"
//! type = "string"
//! ```
//! ```plan
//! ref,action,source_ref,agencies
//! 1.1,Train staff,Ofsted 17 (57),NHS
//! ```
//! ```recommendations
//! ref,recommendation
//! Ofsted 17,Train all who work with children
//! Ofsted 21,Audit how cases are assessed
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Plan
//! A1: Ref | Action
//! A2: "1.1" | Train staff
//! ```
//! ```findings
//! ! recommendation 3 recommendation-without-action: No action of the plan answers Ofsted 21.
//! ```
//!
//! ## How to fix
//!
//! Name the recommendation beside the action that answers it, with `;` between several, or add one.
//!
//! ## Settings
//!
//! `recommendations.csv` beside `plan.csv`, with the columns `ref` and, if wanted, `source` and `recommendation`;
//! `recommendation` and `source` of the table's `register`, which name the columns of `plan.csv` with the reference and with
//! who made it.

use super::common::recommended::Named;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, OwnFile, Severity};
use crate::model::Consolidated;

pub(super) struct RecommendationWithoutAction;

const META: Meta = Meta {
    name: "recommendation-without-action",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("recommendation_without_action.rs"),
};

impl Check for RecommendationWithoutAction {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn round(&self, cx: &Context<'_>, _: &Consolidated, out: &mut Findings<'_>) {
        let named = Named::of(cx.round);
        for one in cx.round.recommendations.iter().filter(|one| !named.iter().any(|named| named.is(one))) {
            let said = if one.words.is_empty() {
                String::new()
            } else {
                format!(" It says: {}.", one.words.trim_end_matches('.'))
            };
            let at = Location::Own(OwnFile::Recommendations, one.line);
            let help = format!(
                "Name it beside the action of plan.csv that answers it (put ; between several), or add one.{said}"
            );
            out.add(at, format!("No action of the plan answers {}.", one.reference)).help(help);
        }
    }
}
