//! An action of the plan before is not carried on, and no reason is given.
//!
//! ## What it does
//!
//! Where `previous` in `round.toml` names a round of the year before, looks in this round's plan for every action that was
//! to go on: as the entries that its line names, or as an entry that says that it carries it on, or, where neither is said,
//! as the entry of the same wording. An action about which nothing was decided is looked for if a partner left it open.
//! Where the round before has the same plan year, actions left open are looked for under their own reference.
//! A reason beside the old action is taken as it stands.
//!
//! ## Why it matters
//!
//! What was promised and not done is easily lost between two plans. Who reads the new one cannot see what is not in it.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "plan"
//! title = "Plan"
//! version = "1"
//!
//! [identity]
//! fileName = true
//!
//! [[list]]
//! name = "carry-forward"
//! title = "What becomes of it"
//! categories = [
//!   { value = "continue", label = "Continue" },
//!   { value = "dropped", label = "Dropped", means = "withdrawn" },
//! ]
//!
//! [[table]]
//! name = "plan"
//! title = "Plan"
//! sheet = ["Plan"]
//! primaryKey = ["ref"]
//! register = { key = "ref", title = "action", decision = "carry_forward", next = "next_ref", reason = "why_not" }
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
//!
//! [[table.fields]]
//! name = "carry_forward"
//! title = "Carry forward"
//! type = "code"
//! list = "carry-forward"
//! ```
//! ```plan
//! ref,action,agencies
//! 1.1,Train staff,NHS
//! ```
//! ```earlier
//! period 2012-13 Q4
//! plan | 2 | 1.2 | Train staff | Continue | 1.1 | | open
//! plan | 3 | 1.3 | Audit cases | Continue | 1.4 | | open
//! plan | 4 | 1.5 | Write a leaflet | Dropped | | | open
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Plan
//! A1: Ref | Action | Carry forward
//! A2: "1.1" | Train staff | Continue
//! ```
//! ```findings
//! ! plan before 3 not-carried-forward: 1.3 of the plan for 2012-13 was to go on as 1.4, which is not in the plan for 2013-14.
//! ! plan before 4 not-carried-forward: 1.5 of the plan for 2012-13 was to end (Dropped), and no reason is given.
//! ```
//!
//! ## How to fix
//!
//! Add the action to `plan.csv`, or write the reason beside the old one. An answer with the reason does as well.
//!
//! ## Settings
//!
//! `previous` in `round.toml`; `decision`, `next`, `reason` and `before` of the table's `register`, which name columns of
//! `plan.csv`. A decision ends an action if its category has `means = "withdrawn"`. A reason for that is asked for only where
//! there is a column for it.

use super::common::words::list;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, OwnFile, Severity};
use crate::model::{Consolidated, words_alike};
use crate::round::{Earlier, EarlierEntry, Register};
use crate::schema::RegisterColumns;
use std::collections::BTreeSet;

pub(super) struct NotCarriedForward;

const META: Meta = Meta {
    name: "not-carried-forward",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("not_carried_forward.rs"),
};

impl Check for NotCarriedForward {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn round(&self, cx: &Context<'_>, _: &Consolidated, out: &mut Findings<'_>) {
        let Some(earlier) = &cx.round.earlier else { return };
        let table = cx.round.schema.register_table().map(|(_, table)| table);
        let Some(table) = table.filter(|_| !cx.round.plan.entries.is_empty()) else { return };
        let plan = Plan::of(&cx.round.plan, &table.columns);
        let of_year = earlier.period.year == cx.round.period.year;
        for entry in earlier.plan.iter().filter(|entry| entry.reason.is_empty()) {
            let wrong = if of_year {
                let is_gone = entry.left_open && !plan.register.by_key.contains_key(&entry.key);
                is_gone.then(|| {
                    format!("{} was open in {} and is not in the plan now.", entry.key, earlier.period)
                })
            } else {
                plan.misses(entry, cx, earlier, table.columns.reason.is_some())
            };
            if let Some(message) = wrong {
                let help = "Add it to plan.csv, or write beside the old action why it does not go on.";
                out.add(Location::Own(OwnFile::PlanBefore, entry.line), message).help(help);
            }
        }
    }
}

/// This round's plan, as actions of the one before are looked for in it.
struct Plan<'r> {
    register: &'r Register,
    /// Entries of the plan before that this one's say they carry on.
    carried: BTreeSet<String>,
    /// The wordings.
    titles: Vec<&'r str>,
}

impl<'r> Plan<'r> {
    fn of(register: &'r Register, columns: &RegisterColumns) -> Self {
        let before = columns.before.as_deref().and_then(|name| register.heading(name));
        let cell = |column: Option<usize>| {
            register.entries.iter().filter_map(move |entry| entry.cells.get(column?).map(String::as_str))
        };
        Self {
            register,
            carried: cell(before).flat_map(parts).map(str::to_owned).collect(),
            titles: cell(register.title).collect(),
        }
    }

    /// What is to be said of an action of last year's plan, if anything is.
    fn misses(
        &self,
        entry: &EarlierEntry,
        cx: &Context<'_>,
        earlier: &Earlier,
        has_reasons: bool,
    ) -> Option<String> {
        let (old, new) = (earlier.period.whole_year(), cx.round.period.whole_year());
        let key = &entry.key;
        if self.carried.contains(key) {
            return None;
        }
        match entry.goes_on {
            Some(false) => has_reasons.then(|| {
                format!("{key} of the plan for {old} was to end ({}), and no reason is given.", entry.decision)
            }),
            Some(true) if !entry.next.is_empty() => {
                let missing: Vec<&str> = parts(&entry.next).filter(|next| !self.has(next)).collect();
                let is = if missing.len() == 1 { "which is" } else { "which are" };
                (!missing.is_empty()).then(|| {
                    let next = list(&missing);
                    format!("{key} of the plan for {old} was to go on as {next}, {is} not in the plan for {new}.")
                })
            }
            Some(true) => (!self.says(&entry.title)).then(|| {
                let decision = &entry.decision;
                format!("{key} of the plan for {old} was to go on ({decision}), and nothing in the plan for {new} carries it on.")
            }),
            None => (entry.left_open && !self.says(&entry.title)).then(|| {
                format!("{key} of the plan for {old} was left open, and nothing in the plan for {new} carries it on.")
            }),
        }
    }

    /// True if the plan has an entry of that wording.
    fn says(&self, title: &str) -> bool {
        self.titles.iter().any(|own| *own == title || words_alike(own, title))
    }

    /// True if the plan has an entry of that reference, or entries of an area of that reference.
    fn has(&self, next: &str) -> bool {
        let inside = format!("{next}.");
        let mut from = self.register.by_key.range(inside.clone()..);
        self.register.by_key.contains_key(next)
            || from.next().is_some_and(|(key, _)| key.starts_with(&inside))
    }
}

/// References in a cell, with `;` or `,` between them.
fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([';', ',']).map(str::trim).filter(|part| !part.is_empty())
}
