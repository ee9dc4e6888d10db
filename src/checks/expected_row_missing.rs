//! Actions that a partner was asked about are not in its return.
//!
//! ## What it does
//!
//! Tells, once for each partner, the entries of the plan that the partner was asked about and for which no row
//! came; so too those whose rows came with nothing in them but what the plan says, where no field of the row must be filled in
//! (else each is asked about there). A partner that sent nothing is told once, as a missing return; a row that came and is held is told where
//! it stands.
//!
//! ## Why it matters
//!
//! What is not in a return is not done and not late: it is not known. It is shown as *not reported*.
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
//! register = { key = "ref", title = "action" }
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
//! ref,action,agencies
//! 1.1.1,Update procedures,NHS
//! 1.2.1,Say how children are heard,NHS
//! 1.2.2,Report what was heard and what changed,NHS
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Plan
//! A1: Ref | Action
//! A2: 1.1.1 | Update procedures
//! ```
//! ```findings
//! ! plan 3 NHS expected-row-missing: 2 actions that NHS Wyevale was asked about were not in its return: 1.2.1 and 1.2.2.
//! ```
//!
//! ## How to fix
//!
//! Add the rows and send the return again.
//!
//! ## Settings
//!
//! `agencies` in `plan.csv` says who is asked about what.

use super::common::words::{count, list};
use super::{Check, Context, Findings, Meta};
use crate::finding::{Code, Effort, Location, Severity};
use crate::model::{Consolidated, HeldRow, PartnerId, Response};
use crate::round::Given;
use crate::schema::RegisterFields;

pub(super) struct ExpectedRowMissing;

const META: Meta = Meta {
    name: Code::ROWS_MISSING.as_str(),
    severity: Severity::Query,
    effort: Effort::FillIn,
    source: include_str!("expected_row_missing.rs"),
};

impl Check for ExpectedRowMissing {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn round(&self, cx: &Context<'_>, whole: &Consolidated, out: &mut Findings<'_>) {
        let tables = 0..cx.round.schema.tables.len();
        let register = tables.filter(|index| cx.round.schema.tables[*index].register.is_some());
        let asks = register.filter_map(|index| Given::new(cx.round, index)).any(|given| given.asks());
        for (partner, _) in cx.round.partners() {
            if whole.missing.contains(&partner) {
                continue;
            }
            let (mut keys, mut blank) = (Vec::new(), Vec::new());
            for (entry, planned) in whole.register.iter().zip(&cx.round.plan.entries) {
                let own = |answer: &&Response| answer.partner == partner && answer.row.is_none();
                let Some(answer) = entry.responses.iter().find(own) else { continue };
                // What a row must have is asked about where it stands.
                if answer.came && !asks {
                    blank.push((entry.key.as_str(), planned.line));
                } else if !answer.came && !is_held(cx, whole, partner, &entry.key) {
                    keys.push((entry.key.as_str(), planned.line));
                }
            }
            tell(cx, partner, &keys, "not in its return", "Add the rows", out);
            tell(cx, partner, &blank, "left blank in its return", "Fill in the rows", out);
        }
    }
}

/// Tells these lines of the plan: what they were, and what to do.
fn tell(
    cx: &Context<'_>,
    partner: PartnerId,
    lines: &[(&str, u32)],
    how: &str,
    remedy: &str,
    out: &mut Findings<'_>,
) {
    let Some((_, line)) = lines.first() else { return };
    let actions = count(lines.len(), "action", "actions");
    let were = if lines.len() == 1 { "was" } else { "were" };
    let keys: Vec<&str> = lines.iter().map(|(key, _)| *key).collect();
    let message =
        format!("{actions} that {} was asked about {were} {how}: {}.", cx.partner(partner), list(&keys));
    out.add(Location::Plan(partner, *line), message)
        .partner(Some(partner))
        .help(format!("They are shown as not reported. {remedy} and send the return again."));
}

/// True if a row of this partner with this key came and is held: that is told where it stands.
fn is_held(cx: &Context<'_>, whole: &Consolidated, partner: PartnerId, key: &str) -> bool {
    whole.held.iter().any(|row: &HeldRow| {
        let register: Option<RegisterFields> =
            cx.round.schema.tables.get(row.table).and_then(|table| table.register);
        row.partner == Some(partner)
            && register.and_then(|register| row.cells.get(register.key)).is_some_and(|cell| cell == key)
    })
}
