//! An action of the plan before is not carried on, and no reason is given.
//!
//! ## What it does
//!
//! Where `previous` in `round.toml` names a round of the year before, looks in this round's plan for every action that was
//! to go on: as the entries that its line names, or as an entry that says that it carries it on, or, where neither is said,
//! as the entry of the same wording. An action about which nothing was decided (a dash, *n/a* and *tbc* decide nothing) is
//! looked for if a partner left it open; where a word is none that the list of decisions knows, it is asked what becomes of it.
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
//! Answer the finding with the reason, or add the action to `plan.csv`. A reason can also stand in a column beside the old
//! action; but to write it there after that plan was signed off voids the sign-off.
//!
//! ## Settings
//!
//! `previous` in `round.toml`; `decision`, `next`, `reason` and `before` of the table's `register`, which name columns of
//! `plan.csv`. A decision ends an action if its category has `means = "withdrawn"` or `means = "complete"`. A reason for the
//! first is asked for only where the old plan has a column for it.

use super::common::carried::{missing, parts, pieces, same_wording};
use super::common::words::{list, quote};
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, OwnFile, Severity};
use crate::model::Consolidated;
use crate::round::{Earlier, EarlierEntry, Fate, Register, RegisterEntry, says_nothing};
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
        let table = cx.round.schema.register_table().filter(|_| !cx.round.plan.entries.is_empty());
        let Some((_, table)) = table else { return };
        let plan = Plan::of(&cx.round.plan, &table.columns, &earlier.plan);
        let of_year = earlier.period.year == cx.round.period.year;
        for entry in earlier.plan.iter().filter(|entry| says_nothing(&entry.reason)) {
            let wrong = if of_year {
                let is_gone = entry.left_open && !plan.register.by_key.contains_key(&entry.key);
                is_gone.then(|| {
                    format!("{} was open in {} and is not in the plan now.", entry.key, earlier.period)
                })
            } else {
                plan.misses(entry, cx, earlier)
            };
            if let Some(message) = wrong {
                let help = if entry.fate == Fate::Dropped {
                    "Answer this with the reason."
                } else {
                    "Answer this with the reason why it does not go on, or add it to plan.csv."
                };
                out.add(Location::Own(OwnFile::PlanBefore, entry.line), message).help(help);
            }
        }
    }
}

/// This round's plan, as actions of the one before are looked for in it.
struct Plan<'r> {
    register: &'r Register,
    /// Entries of the plan before that this one's say they carry on.
    carried: BTreeSet<&'r str>,
    /// Those that this one has under the same wording.
    worded: BTreeSet<&'r str>,
}

impl<'r> Plan<'r> {
    fn of(register: &'r Register, columns: &RegisterColumns, earlier: &'r [EarlierEntry]) -> Self {
        let before = columns.before.as_deref().and_then(|name| register.heading(name));
        let cells = |column: Option<usize>| {
            register.entries.iter().filter_map(move |entry| entry.cells.get(column?).map(String::as_str))
        };
        let carried = cells(before).flat_map(|cell| parts(cell).chain(pieces(cell))).collect();
        let mut plan = Self { register, carried, worded: BTreeSet::new() };
        let is_sought = |entry: &&EarlierEntry| {
            let by_words = parts(&entry.next).next().is_none() && !plan.carried.contains(entry.key.as_str());
            by_words && !matches!(entry.fate, Fate::Dropped | Fate::Complete)
        };
        let sought: Vec<&EarlierEntry> = earlier.iter().filter(is_sought).collect();
        // An entry that an old one names is that one's.
        let named: BTreeSet<&str> =
            earlier.iter().flat_map(|entry| parts(&entry.next).chain(pieces(&entry.next))).collect();
        let is_free = |entry: &&RegisterEntry| {
            let cell = |column: usize| entry.cells.get(column).map_or("", String::as_str);
            !named.contains(cell(register.key)) && before.is_none_or(|before| says_nothing(cell(before)))
        };
        let titles = register.entries.iter().filter(is_free).filter_map(|entry| {
            entry.cells.get(register.title?).map(String::as_str).filter(|title| !title.trim().is_empty())
        });
        plan.worded = same_wording(&sought, titles.collect());
        plan
    }

    /// What is to be said of an action of last year's plan, if anything is.
    fn misses(&self, entry: &EarlierEntry, cx: &Context<'_>, earlier: &Earlier) -> Option<String> {
        let (old, new) = (earlier.period.whole_year(), cx.round.period.whole_year());
        let (key, decision) = (entry.key.as_str(), &entry.decision);
        let is_over = entry.fate == Fate::Complete || (entry.fate == Fate::Unsaid && !entry.left_open);
        if is_over || self.carried.contains(key) {
            return None;
        }
        if entry.fate == Fate::Dropped {
            return earlier.has_reasons.then(|| {
                format!("{key} of the plan for {old} was to end ({decision}), and no reason is given.")
            });
        }
        if parts(&entry.next).next().is_some() {
            let missing = missing(self.register, &entry.next);
            let is = if missing.len() == 1 { "which is" } else { "which are" };
            return (!missing.is_empty()).then(|| {
                let next = list(&missing);
                format!("{key} of the plan for {old} was to go on as {next}, {is} not in the plan for {new}.")
            });
        }
        if self.worded.contains(key) {
            return None;
        }
        match entry.fate {
            Fate::Unknown => Some(format!(
                "The plan for {old} says {} of {key}, and nothing in the plan for {new} carries it on: what becomes of it?",
                quote(decision)
            )),
            Fate::Unsaid => Some(format!(
                "{key} of the plan for {old} was left open, and nothing in the plan for {new} carries it on."
            )),
            _ => Some(format!(
                "{key} of the plan for {old} was to go on ({decision}), and nothing in the plan for {new} carries it on."
            )),
        }
    }
}
