//! Colours, words, quarters, tolerances, names, and the place to sign.

use super::cells::{self, Item};
use super::context::{Context, Press};
use super::list::{Column, List};
use super::sign_off;
use super::styles::Look;
use crate::error::Error;
use crate::model::{Period, pounds};
use crate::schema::{ControlKind, Tolerance};
use rust_xlsxwriter::Worksheet;

/// Makes the sheet.
pub(super) fn make(cx: &Context<'_>, press: &mut Press, output: usize) -> Result<Vec<Worksheet>, Error> {
    let mut page = cx.page(output);
    page.describe("What the colours and words mean, and how far off still agrees.");
    let columns = vec![
        Column::new("About", Look::Wrap),
        Column::new("Term", Look::Wrap),
        Column::new("Meaning", Look::Wrap),
        Column::new("Also written", Look::Wrap),
    ];
    let mut lines = round_lines(cx);
    lines.extend(quarter_lines(cx));
    lines.extend(word_lines());
    lines.extend(list_lines(cx));
    lines.extend(control_lines(cx));
    lines.extend(partner_lines(cx));
    let mut list = List::new(&mut press.book, page, &cx.styles, columns, Some(lines.len()))?;
    for line in &lines {
        list.push(&mut press.book, line)?;
    }
    let next = list.close()?;
    sign_off::block(cx, list.sheet(), next + 1)?;
    list.finish()
}

type Line<'a> = [Item<'a>; 4];

fn line<'a>(about: &'a str, term: &'a str, meaning: String) -> Line<'a> {
    [Item::Text(about), Item::Text(term), Item::Owned(meaning), Item::Blank]
}

fn round_lines<'a>(cx: &Context<'a>) -> Vec<Line<'a>> {
    const ABOUT: &str = "This round";
    let round = cx.round;
    let state = if round.is_final { "final" } else { "provisional: figures may still change" };
    let mut lines = vec![
        line(ABOUT, "Board", round.board.clone()),
        line(ABOUT, "Period", round.period.to_string()),
        line(ABOUT, "State", state.to_owned()),
        line(ABOUT, "Marking", round.marking.to_string()),
        line(ABOUT, "Overdue is measured from", cells::day_words(round.as_at)),
        line(ABOUT, "Template", format!("{}, version {}", round.schema.title, round.schema.version)),
        line(ABOUT, "Made with", format!("quarterday {}", env!("CARGO_PKG_VERSION"))),
    ];
    if let Some(deadline) = round.deadline {
        lines.insert(2, line(ABOUT, "Returns were due", cells::day_words(deadline)));
    }
    if let Some(day) = round.corrections_by {
        let place = 2 + usize::from(round.deadline.is_some());
        lines.insert(place, line(ABOUT, "Corrections are wanted by", cells::day_words(day)));
    }
    lines
}

fn quarter_lines<'a>(cx: &Context<'a>) -> Vec<Line<'a>> {
    const NAMES: [&str; 4] = ["Q1", "Q2", "Q3", "Q4"];
    let year = cx.round.period.year;
    let first = cx.round.schema.year_start;
    let quarter = |(number, name)| {
        let period = Period { year, quarter: Some(number) };
        let days =
            format!("{} to {}", cells::day_words(period.start(first)), cells::day_words(period.end(first)));
        line("Quarters", name, days)
    };
    (1u8..).zip(NAMES).map(quarter).collect()
}

fn word_lines<'a>() -> Vec<Line<'a>> {
    const WORDS: [(&str, &str, &str); 14] = [
        ("Results", "agrees", "The two figures are exactly equal."),
        ("Results", "rounding", "They differ by no more than rounding of the units given allows."),
        ("Results", "differs", "They differ by more than that: somebody must explain it."),
        ("Results", "could not test", "A figure is missing or could not be read."),
        (
            "Reconciliation",
            "returned",
            "All that was typed, also in a return that another replaces, and where it is held with a query.",
        ),
        ("Reconciliation", "used", "What was merged: the sheets and the tables for programs go by it."),
        ("Reconciliation", "net", "Returned less ledger. Plus and minus cancel out, so it can hide errors."),
        (
            "Reconciliation",
            "gross",
            "Every partner's difference added up without its sign, so that one cannot hide another.",
        ),
        (
            "Reconciliation",
            "unexplained",
            "The part of the gross difference that no cause explains that was tested to the penny.",
        ),
        ("Rows", "merged", "In the merged table."),
        (
            "Rows",
            "held",
            "Read but not merged; it stands on the sheet of what was not used, with its reason.",
        ),
        ("Rows", "set aside", "In a return that another return replaces."),
        (
            "Severity",
            "query",
            "Somebody must answer. An answer stands beside its finding while the value it was given for is unchanged.",
        ),
        ("Severity", "error", "Stops sign-off until it is put right or answered."),
    ];
    WORDS.iter().map(|(about, term, meaning)| line(about, term, (*meaning).to_owned())).collect()
}

fn list_lines<'a>(cx: &Context<'a>) -> Vec<Line<'a>> {
    let used = |list: usize| {
        let fields = cx.round.schema.tables.iter().flat_map(|table| &table.fields);
        fields.into_iter().any(|field| field.list == Some(list))
    };
    let mut lines = Vec::new();
    for (index, list) in cx.round.schema.lists.iter().enumerate().filter(|(index, _)| used(*index)) {
        let about = if list.title.is_empty() { &list.name } else { &list.title };
        for (code, category) in (0u16..).zip(&list.categories) {
            lines.push([
                Item::Text(about),
                Item::Code { list: index, code, label: cells::label(cx.round, index, code) },
                Item::Text(category.meaning.as_deref().unwrap_or_default()),
                Item::Owned(category.synonyms.join("; ")),
            ]);
        }
    }
    lines
}

fn control_lines<'a>(cx: &Context<'a>) -> Vec<Line<'a>> {
    let words = |control: &'a crate::schema::Control| {
        let within = match (control.tolerance, &control.kind) {
            (Tolerance::Interval, _) => "agrees within what rounding of the units given allows".to_owned(),
            (Tolerance::Within(limit), _) if limit.is_zero() => "must agree exactly".to_owned(),
            (Tolerance::Within(limit), ControlKind::Shares { .. }) => {
                format!("agrees within {} percentage points", limit.normalize())
            }
            (Tolerance::Within(limit), _) => format!("agrees within {}", pounds(limit)),
        };
        line("Tolerances", &control.title, within)
    };
    cx.round.schema.controls.iter().map(words).collect()
}

fn partner_lines<'a>(cx: &Context<'a>) -> Vec<Line<'a>> {
    let words = |partner: &'a crate::model::Partner| {
        let mut also: Vec<&str> = Vec::new();
        also.extend(partner.aliases.iter().map(String::as_str));
        also.extend(partner.abbreviations.iter().map(String::as_str));
        also.extend(partner.formerly.iter().map(String::as_str));
        let asked = if partner.sends { "a return is expected" } else { "no return is expected" };
        let post = partner.contact.as_ref().map_or_else(String::new, |post| format!("; ask the {post}"));
        [
            Item::Text("Partners"),
            Item::Text(&partner.name),
            Item::Owned(format!("{}: {asked}{post}", partner.code)),
            Item::Owned(also.join("; ")),
        ]
    };
    cx.round.partners.iter().map(words).collect()
}
