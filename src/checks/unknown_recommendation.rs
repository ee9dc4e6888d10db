//! An action names a recommendation that is not on the list.
//!
//! ## What it does
//!
//! Where the round has a list `recommendations.csv`, tells every action of the plan that names a recommendation which is not
//! in it. Where the list says who made each, only actions from one of these are looked at: a reference to a statute is none.
//!
//! ## Why it matters
//!
//! An action that is put beside a recommendation that nobody made answers none. Mostly the reference was mistyped, and the
//! recommendation that was meant seems to be without an action.
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
//! register = { key = "ref", title = "action", recommendation = "source_ref", source = "source" }
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
//! ref,action,source,source_ref,agencies
//! 1.1,Train staff,Ofsted,Ofsted 17; Ofsted 71,NHS
//! 1.2,Audit cases,Statute,Working Together 2013,NHS
//! ```
//! ```recommendations
//! source,ref
//! Ofsted,Ofsted 17
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Plan
//! A1: Ref | Action
//! A2: "1.1" | Train staff
//! A3: "1.2" | Audit cases
//! ```
//! ```findings
//! ! plan 2 unknown-recommendation: 1.1 names Ofsted 71, which is not in recommendations.csv.
//! ```
//!
//! ## How to fix
//!
//! Correct the reference in `plan.csv`, put `;` between several, or add the recommendation to the list.
//!
//! ## Settings
//!
//! `recommendations.csv` beside `plan.csv`; `recommendation` and `source` of the table's `register`.

use super::common::recommended::Named;
use super::common::words::list;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, OwnFile, Severity};
use crate::model::Consolidated;

pub(super) struct UnknownRecommendation;

const META: Meta = Meta {
    name: "unknown-recommendation",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("unknown_recommendation.rs"),
};

impl Check for UnknownRecommendation {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn round(&self, cx: &Context<'_>, _: &Consolidated, out: &mut Findings<'_>) {
        let known = &cx.round.recommendations;
        if known.is_empty() {
            return;
        }
        let named = Named::of(cx.round);
        let unknown = |one: &&Named<'_>| !known.iter().any(|known| one.is(known));
        let listed = |one: &&Named<'_>| known.iter().any(|known| one.belongs_with(known));
        let unknown: Vec<&Named<'_>> = named.iter().filter(listed).filter(unknown).collect();
        for of_entry in unknown.chunk_by(|a, b| a.entry.line == b.entry.line) {
            let Some(first) = of_entry.first() else { continue };
            let named: Vec<&str> = of_entry.iter().map(|one| one.reference.as_str()).collect();
            let is = if named.len() == 1 { "which is" } else { "which are" };
            let key = first.entry.cells.get(cx.round.plan.key).map_or("An action", String::as_str);
            let message = format!("{key} names {}, {is} not in recommendations.csv.", list(&named));
            let help = "Correct the reference in plan.csv (put ; between several), or add the recommendation to the list.";
            out.add(Location::Own(OwnFile::Plan, first.entry.line), message).help(help);
        }
    }
}
