//! What the form was filled in with has come back different.
//!
//! ## What it does
//!
//! Compares the cells that the form comes with, and locks, with what they came from: the plan's entry of the row's
//! reference, and for amounts the ledger's line of the partner. Texts are told if fewer than half of their words agree or if
//! their figures differ; everything else if it says something else. Blank cells are left alone, and so is the wording of the
//! action, which `different-wording` looks at.
//!
//! ## Why it matters
//!
//! A target date or an agreed amount that was changed in a return changes what the partner is measured by, and nobody has
//! decided it.
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
//! locked = true
//!
//! [[table.fields]]
//! name = "action"
//! title = "Action"
//! type = "string"
//! role = "title"
//! locked = true
//!
//! [[table.fields]]
//! name = "target_date"
//! title = "Target date"
//! type = "date"
//! locked = true
//! ```
//! ```plan
//! ref,action,target_date,agencies
//! 1.1.1,Update procedures,2014-03-31,NHS
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Plan
//! A1: Ref | Action | Target date
//! A2: 1.1.1 | Update procedures | 2014-06-30
//! ! C2 prefilled-differs: Target date of 1.1.1 is 31 March 2014 in the plan, but the return says 30 June 2014. We used what the return says.
//! ```
//!
//! ## How to fix
//!
//! Put back what the form came with. If it is out of date, the Business Unit changes the plan or the ledger.
//!
//! ## Settings
//!
//! `locked = true` of a field. Its column in `plan.csv` has the field's name, its title or another of its headings. For amounts,
//! a control of the kind `ledger`: the column of `ledger.csv` is called in the same way.

use super::common::planned::{differs, ledger_line, named};
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Cell, Origin, Record, Submission, Table, pounds};
use crate::round::{self, held};
use crate::schema::{ControlKind, Field, FieldType};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

pub(super) struct PrefilledDiffers;

const META: Meta = Meta {
    name: "prefilled-differs",
    severity: Severity::Query,
    effort: Effort::Retype,
    source: include_str!("prefilled_differs.rs"),
};

const HELP: &str = "Put back what the form came with, or tell us why it should change.";

impl Check for PrefilledDiffers {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, cx: &Context<'_>, submission: &Submission, table: &Table, out: &mut Findings<'_>) {
        planned(cx, table, out);
        ledgered(cx, submission, table, out);
    }
}

/// Holds the rows of the plan against their entries.
fn planned(cx: &Context<'_>, table: &Table, out: &mut Findings<'_>) {
    let schema = cx.schema(table);
    let plan = &cx.round.plan;
    let Some(register) = schema.register else { return };
    let owned = |(index, field): &(usize, &Field)| {
        field.locked && *index != register.key && Some(*index) != register.title
    };
    let headings = round::headings(cx.round, schema);
    let fields = schema.fields.iter().enumerate().filter(owned);
    let fields: Vec<(usize, &Field, usize)> =
        fields.filter_map(|(index, field)| Some((index, field, *headings.get(index)?.as_ref()?))).collect();
    for record in table.records.iter().filter(|_| !fields.is_empty()) {
        let key = record.cells.get(register.key).and_then(Cell::text);
        let Some((key, entry)) = key.and_then(|key| Some((key, plan.by_key.get(key)?))) else { continue };
        let Some(entry) = plan.entries.get(*entry) else { continue };
        for (index, field, heading) in &fields {
            let (Some(cell), Some(planned)) = (record.cells.get(*index), entry.cells.get(*heading)) else {
                continue;
            };
            let Some((planned, said)) = differs(cx, planned, field, cell) else { continue };
            let title = &field.title;
            let message = format!(
                "{title} of {key} is {planned} in the plan, but the return says {said}. We used what the return says."
            );
            out.add(Location::Cell(cell.at), message).field(title).help(HELP);
        }
    }
}

/// Holds locked amounts against the ledger's lines of the sender. A line with which one row agrees is not asked about: others
/// are of another board or year.
fn ledgered(cx: &Context<'_>, submission: &Submission, table: &Table, out: &mut Findings<'_>) {
    let schema = cx.schema(table);
    let locked = |field: &Field| field.locked && field.kind == FieldType::Money;
    let fields: Vec<_> = schema.fields.iter().enumerate().filter(|(_, field)| locked(field)).collect();
    let Some(sender) = submission.identity.partner.filter(|_| !fields.is_empty()) else { return };
    let held: BTreeSet<Origin> = held::rows(cx.round, submission).iter().map(|held| held.record.at).collect();
    for control in cx.round.schema.controls.iter().filter(|control| control.table == table.table) {
        let ControlKind::Ledger { amount, by, ledger, .. } = &control.kind else { continue };
        let fields = fields.iter().filter(|(index, _)| index != amount);
        let rows = || table.records.iter().filter(|record| !held.contains(&record.at));
        for (index, field) in fields {
            let mut differ: BTreeMap<u32, Option<(&Record, Decimal, Decimal)>> = BTreeMap::new();
            for record in rows() {
                let Some(line) = ledger_line(cx, schema, by, (ledger, sender), record) else { continue };
                let column = line.amounts.iter().find(|(heading, _)| field.is_called(heading));
                let said = record.cells.get(*index).and_then(Cell::money);
                let (Some((_, agreed)), Some(said)) = (column, said) else { continue };
                // An amount in thousands says no more than its thousands.
                let off = said.pounds.checked_sub(*agreed).is_none_or(|off| off.abs() > said.slack());
                let differs = (said.pounds != *agreed && (said.unit <= -2 || off)).then_some((
                    record,
                    *agreed,
                    said.pounds,
                ));
                let told = differ.entry(line.line).or_insert(differs);
                *told = told.and(differs).and(*told);
            }
            for (record, agreed, said) in differ.into_values().flatten() {
                let Some(cell) = record.cells.get(*index) else { continue };
                let message = format!(
                    "{} of {} is {} in the ledger, but the return says {}. The ledger's is what returns are held against.",
                    field.title,
                    named(cx, schema, by, record),
                    pounds(agreed),
                    pounds(said)
                );
                out.add(Location::Cell(cell.at), message).field(&field.title).help(HELP);
            }
        }
    }
}
