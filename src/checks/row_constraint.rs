//! A row breaks a rule of its table.
//!
//! ## What it does
//!
//! Tests the rules that a table declares: a cell that must be filled or must be blank when a condition holds, or a
//! condition that must hold. The rule's own sentence is the message and its own severity counts. A rule is not
//! tested where a cell that it looks at could not be read.
//!
//! ## Why it matters
//!
//! A rule says what two cells of a row mean together, such as a red rating with no word on what stands in the way.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "small"
//! title = "Small"
//! version = "1"
//!
//! [[list]]
//! name = "rating"
//! title = "Rating"
//! categories = [{ value = "red", label = "Red" }, { value = "green", label = "Green" }]
//!
//! [[table]]
//! name = "plan"
//! title = "Plan"
//! sheet = ["Plan"]
//! primaryKey = ["ref"]
//!
//! [[table.fields]]
//! name = "ref"
//! title = "Ref"
//! type = "string"
//!
//! [[table.fields]]
//! name = "rating"
//! title = "Rating"
//! type = "code"
//! list = "rating"
//!
//! [[table.fields]]
//! name = "barriers"
//! title = "Barriers"
//! type = "string"
//!
//! [[table.fields]]
//! name = "start"
//! title = "Start"
//! type = "date"
//!
//! [[table.fields]]
//! name = "due"
//! title = "Due"
//! type = "date"
//!
//! [[table.rules]]
//! name = "red-needs-barriers"
//! kind = "required-when"
//! field = "barriers"
//! when = 'rating is "Red"'
//! message = "‹ref› is Red. Say what stands in the way."
//!
//! [[table.rules]]
//! name = "green-has-no-barriers"
//! kind = "blank-when"
//! field = "barriers"
//! when = 'rating is "Green"'
//! severity = "note"
//! message = "‹ref› is Green and names a barrier: ‹barriers›."
//!
//! [[table.rules]]
//! name = "due-after-start"
//! kind = "must"
//! field = "due"
//! must = "due >= start"
//! severity = "error"
//! message = "‹ref› is due on ‹due›, before its start on ‹start›."
//! ```
//! ```sheet Plan
//! A1: Ref | Rating | Barriers | Start | Due
//! A2: a1 | Red
//! ! C2 row-constraint: a1 is Red. Say what stands in the way.
//! ```
//!
//! ## How to fix
//!
//! Do what the sentence asks, or correct the other cell.
//!
//! ## Settings
//!
//! `[[table.rules]]` with `kind`, `field`, `when`, `must`, `severity`, `message` and `help`.

use super::common::words::plain_marks;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Code, Effort, Location, Severity};
use crate::model::{Cell, ChangeKind, Reading, Record, Table};
use crate::schema::condition::ConditionContext;
use crate::schema::template::fill;
use crate::schema::{Field, Rule, RuleKind, TableSchema};

pub(super) struct RowConstraint;

const META: Meta = Meta {
    name: Code::OF_RULES.as_str(),
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("row_constraint.rs"),
};

impl Check for RowConstraint {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn rows(&self, cx: &Context<'_>, table: &Table, rows: &[Record], out: &mut Findings<'_>) {
        let schema = cx.schema(table);
        if schema.rules.is_empty() {
            return;
        }
        let round = cx.round;
        let facts = ConditionContext::new(round.period, round.schema.year_start, &round.partners);
        for record in rows {
            for rule in &schema.rules {
                let Some(cell) = record.cells.get(rule.field) else { continue };
                if !is_broken(rule, schema, table, record, cell, &facts) {
                    continue;
                }
                let message = sentence(cx, schema, rule, record);
                let field = &schema.fields[rule.field];
                let told = out
                    .add(Location::Cell(cell.at), message)
                    .rule(&rule.name)
                    .field(&field.title)
                    .severity(rule.severity);
                if let Some(help) = &rule.help {
                    told.help(help.as_str());
                }
            }
        }
    }
}

fn is_broken(
    rule: &Rule,
    schema: &TableSchema,
    table: &Table,
    record: &Record,
    cell: &Cell,
    facts: &ConditionContext<'_>,
) -> bool {
    // The cheapest test comes first: most rows are in order.
    let may_be = match &rule.kind {
        RuleKind::RequiredWhen => {
            // A blank in a required column, or a column that is missing, is told elsewhere.
            cell.is_blank()
                && !schema.fields[rule.field].constraints.required
                && table.layout.columns.get(rule.field).is_some_and(Option::is_some)
        }
        RuleKind::BlankWhen => matches!(cell.reading, Reading::Value(_)),
        RuleKind::Must(_) => true,
    };
    // A colour that says something else than its word is asked about; what follows from either waits for the answer.
    let asked = |field: usize| {
        record.cells.get(field).is_some_and(|cell| {
            cell.change.as_ref().is_some_and(|change| change.kind == ChangeKind::ColourDisagrees)
        })
    };
    may_be
        && !rule.when.as_ref().is_some_and(|when| when.looks_at(&asked))
        && rule.when.as_ref().is_none_or(|when| when.holds(&record.cells, facts))
        && match &rule.kind {
            RuleKind::Must(condition) => condition.verdict(&record.cells, facts) == Some(false),
            RuleKind::RequiredWhen | RuleKind::BlankWhen => true,
        }
}

/// The rule's sentence with the row's own words in it.
fn sentence(cx: &Context<'_>, schema: &TableSchema, rule: &Rule, record: &Record) -> String {
    fill(&rule.message, |name, filled| {
        let Some(index) = schema.field(name) else { return false };
        let field: &Field = &schema.fields[index];
        match record.cells.get(index).map(|cell| &cell.reading) {
            Some(Reading::Value(value)) => filled.push_str(&plain_marks(&cx.show(value, field))),
            Some(Reading::Unreadable(held)) => filled.push_str(&plain_marks(&held.raw)),
            Some(Reading::Blank) | None => filled.push_str("(blank)"),
        }
        true
    })
}
