//! The registers of the quarterly return: risks, learning, voice of the child.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::board::Partner;
use super::kit::Kind::{Date, Locked, Number, Rating, Text};
use super::kit::{self, Col, Row, V, col, text};
use super::registers_data::{LEARNING, Learning, RISKS, Risk, VOICES};
use super::returns::{BOARD, PERIOD};

/// The risk register, kept by the Business Unit.
pub(crate) fn risks(book: &mut Workbook) -> Result<(), XlsxError> {
    let below = format!("Position at the end of {PERIOD} · likelihood and impact from 1 to 5");
    let rows: Vec<Row> = RISKS.iter().map(risk_row).collect();
    register(book, "Risk register", "risk register", &below, &risk_columns(), &rows)
}

/// The learning and improvement action plan, kept by the Business Unit.
pub(crate) fn learning(book: &mut Workbook) -> Result<(), XlsxError> {
    let below = "Neutral review codes only; no detail of any case";
    let rows: Vec<Row> = LEARNING.iter().map(learning_row).collect();
    register(book, "Learning plan", "Learning and Improvement Action Plan", below, &learning_columns(), &rows)
}

/// The voice of the child: one row a partner.
pub(crate) fn voice(book: &mut Workbook, who: &Partner) -> Result<(), XlsxError> {
    let below = format!("{} · {PERIOD} · give a band, never a small exact number", who.name);
    register(book, "Voice of the child", "voice of the child", &below, &voice_columns(), &[voice_row(who)])
}

fn register(
    book: &mut Workbook,
    tab: &str,
    name: &str,
    below: &str,
    columns: &[Col],
    rows: &[Row],
) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name(tab)?;
    kit::banner(sheet, &format!("{BOARD}: {name}"), below)?;
    kit::headings(sheet, 3, 0, columns)?;
    for (at, row) in (4..).zip(rows) {
        kit::line(sheet, at, 0, columns, row)?;
    }
    sheet.set_freeze_panes(4, 1)?;
    kit::printed(sheet, 3)
}

fn risk_columns() -> [Col; 20] {
    [
        col("risk_ref", "Risk ref", 9.0, Locked),
        col("description", "Risk (cause, event, effect)", 48.0, Text),
        col("linked_refs", "Linked actions", 14.0, Text),
        col("owner_post", "Owner (post)", 20.0, Text),
        col("owner_agency", "Owner (agency)", 22.0, Text),
        col("likelihood_before", "Likelihood before", 10.0, Number),
        col("impact_before", "Impact before", 10.0, Number),
        col("score_before", "Score before", 10.0, Number),
        col("controls", "Controls in place", 36.0, Text),
        col("likelihood_now", "Likelihood now", 10.0, Number),
        col("impact_now", "Impact now", 10.0, Number),
        col("score_now", "Score now", 10.0, Number),
        col("target_score", "Target score", 10.0, Number),
        col("further_action", "Further action", 34.0, Text),
        col("due", "Due", 11.0, Date),
        col("response", "Response", 11.0, Text),
        col("direction", "Direction", 10.0, Text),
        col("status", "Status", 10.0, Text),
        col("closed_reason", "Reason for closing", 20.0, Text),
        col("last_reviewed", "Last reviewed", 11.0, Date),
    ]
}

fn risk_row(one: &Risk) -> Row {
    let score = |when: &str, [likelihood, impact]: [i64; 2]| {
        V::Formula(
            format!("={{likelihood_{when}}}{{r}}*{{impact_{when}}}{{r}}"),
            (likelihood * impact) as f64,
        )
    };
    Row::from([
        ("risk_ref", text(one.key)),
        ("description", text(one.description)),
        ("linked_refs", text(one.linked)),
        ("owner_post", text(one.owner[0])),
        ("owner_agency", text(one.owner[1])),
        ("likelihood_before", V::Int(one.before[0])),
        ("impact_before", V::Int(one.before[1])),
        ("score_before", score("before", one.before)),
        ("controls", text(one.controls)),
        ("likelihood_now", V::Int(one.now[0])),
        ("impact_now", V::Int(one.now[1])),
        ("score_now", score("now", one.now)),
        ("target_score", V::Int(one.target)),
        ("further_action", text(one.further)),
        ("due", one.due.map_or(V::Blank, V::Date)),
        ("response", text(one.outlook[0])),
        ("direction", text(one.outlook[1])),
        ("status", text("Open")),
        ("last_reviewed", V::Date((2014, 3, 18))),
    ])
}

fn learning_columns() -> [Col; 19] {
    [
        col("learning_ref", "Learning ref", 10.0, Locked),
        col("source", "Source", 18.0, Text),
        col("review_code", "Review", 16.0, Text),
        col("learning_point", "Learning point", 36.0, Text),
        col("recommendation", "Recommendation", 36.0, Text),
        col("action", "Action", 36.0, Text),
        col("agencies", "Agencies", 26.0, Text),
        col("lead_agency", "Lead agency", 22.0, Text),
        col("lead_post", "Lead officer (post)", 22.0, Text),
        col("due", "Due", 11.0, Date),
        col("revised", "Revised", 11.0, Date),
        col("status", "Status", 12.0, Text),
        col("confidence", "RAG", 9.0, Rating),
        col("evidence_of_change", "Evidence of change", 30.0, Text),
        col("tested_by", "Tested by", 12.0, Text),
        col("retest_on", "Retest on", 11.0, Date),
        col("shared_on", "Shared on", 11.0, Date),
        col("shared_how", "How shared", 18.0, Text),
        col("plan_ref", "Plan ref", 9.0, Text),
    ]
}

fn learning_row(one: &Learning) -> Row {
    let complete = !one.change.is_empty();
    let mut row = Row::from([
        ("learning_ref", text(one.key)),
        ("source", text(one.source)),
        ("review_code", text(one.review)),
        ("learning_point", text(one.point)),
        ("recommendation", text(one.recommendation)),
        ("action", text(one.action)),
        ("agencies", text(one.agencies)),
        ("lead_agency", text(one.lead[0])),
        ("lead_post", text(one.lead[1])),
        ("due", V::Date(one.due)),
        ("status", text(if complete { "Complete" } else { "In progress" })),
        ("confidence", text(one.rating)),
        ("evidence_of_change", text(one.change)),
        ("plan_ref", text(one.plan)),
    ]);
    if complete {
        row.insert("tested_by", text("Audit"));
        row.insert("retest_on", V::Date((2014, 11, 28)));
        row.insert("shared_on", V::Date((2014, 2, 12)));
        row.insert("shared_how", text("Learning event"));
    }
    row
}

fn voice_columns() -> [Col; 10] {
    [
        col("agency", "Agency", 24.0, Locked),
        col("method", "How views are gathered", 20.0, Text),
        col("process_in_place", "Process in place", 14.0, Text),
        col("children_heard", "Children heard (band)", 14.0, Text),
        col("themes", "What children said", 40.0, Text),
        col("what_changed", "What changed", 34.0, Text),
        col("next_step", "Next step", 34.0, Text),
        col("due", "Due", 11.0, Date),
        col("status", "Status", 12.0, Text),
        col("confidence", "RAG", 9.0, Rating),
    ]
}

fn voice_row(who: &Partner) -> Row {
    let one = VOICES.iter().find(|one| one.who == who.code).expect("each of the six is in VOICES");
    Row::from([
        ("agency", text(who.name)),
        ("method", text(one.method)),
        ("process_in_place", text(one.process)),
        ("children_heard", text(one.heard)),
        ("themes", text(one.themes)),
        ("what_changed", text(one.changed)),
        ("next_step", text(one.next)),
        ("due", V::Date((2014, 9, 30))),
        ("status", text("In progress")),
        ("confidence", text(one.rating)),
    ])
}
