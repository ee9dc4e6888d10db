//! The block to sign: what is signed, who prepared it and who reviewed it.

use super::cells::Item;
use super::context::Context;
use super::sheet::Sheet;
use super::styles::Look;
use crate::error::Error;
use crate::finding::{Finding, Severity};
use crate::model::CellRef;
use crate::round::{self, SignOff};
use std::borrow::Cow;

/// Writes the block. Posts and dates come from `signoff.toml`, or are filled in by hand; two formulas test them.
pub(super) fn block(cx: &Context<'_>, sheet: &mut Sheet, top: u32) -> Result<(), Error> {
    let styles = std::sync::Arc::clone(&cx.styles);
    for column in 0..4 {
        let item = if column == 0 { Item::Text("Sign-off") } else { Item::Blank };
        sheet.put_as(top, column, Some(&styles.section), &item)?;
    }
    let fingerprint = round::fingerprint(cx.round, &cx.data.places);
    let signed = cx.round.sign_off.as_ref();
    let open = open(cx);
    let (first_of, state) = (Item::Owned(round::shortened(&fingerprint)), state(signed, &fingerprint));
    line(sheet, top + 1, "Fingerprint of this run", &first_of, &contents(cx))?;
    let about_open = "Errors without an answer stop sign-off. The sheet of queries lists them.";
    line(sheet, top + 2, "Without an answer", &open, about_open)?;
    line(sheet, top + 3, "State", &state, &how(signed, &fingerprint))?;
    let headings = ["Signed by", "Post", "Date", "Signature"];
    let headings: Vec<(Cow<'_, str>, Look)> =
        headings.into_iter().map(|title| (Cow::Borrowed(title), Look::Text)).collect();
    sheet.headings(top + 5, &headings, false)?;
    let prepared = signed.map(|signed| (signed.prepared_by.as_str(), signed.prepared_on));
    let reviewed = signed.map(|signed| (signed.reviewed_by.as_str(), signed.reviewed_on));
    let (first, second) = (top + 6, top + 7);
    for (row, words, signature) in
        [(first, "Prepared by", prepared), (second, "Reviewed by", reviewed), (top + 8, "Approved by", None)]
    {
        let (post, date) =
            signature.map_or((Item::Blank, Item::Blank), |(post, date)| (Item::Text(post), Item::Date(date)));
        sheet.also(row, 0, Look::Text, &Item::Text(words))?;
        sheet.also(row, 1, Look::Wrap, &post)?;
        sheet.also(row, 2, Look::Date, &date)?;
        sheet.also(row, 3, Look::Wrap, &Item::Blank)?;
        sheet.large(row)?;
    }
    tests(sheet, (first, second), signed)
}

fn line(sheet: &mut Sheet, row: u32, about: &str, term: &Item<'_>, meaning: &str) -> Result<(), Error> {
    sheet.also(row, 0, Look::Wrap, &Item::Text(about))?;
    sheet.also(row, 1, Look::Wrap, term)?;
    sheet.also(row, 2, Look::Wrap, &Item::Text(meaning))?;
    sheet.also(row, 3, Look::Wrap, &Item::Blank)
}

fn contents(cx: &Context<'_>) -> String {
    let files = |number: usize, what: &str| {
        if number == 1 { format!("1 {what} file") } else { format!("{number} {what} files") }
    };
    let before = match cx.round.earlier_stamps.len() {
        0 => "",
        _ => ", and for the round before",
    };
    format!(
        "Stands for {} and {}{before}. It changes as soon as one of them does; run.json has the whole of it.",
        files(cx.data.places.files.len(), "return"),
        files(cx.round.stamps.len(), "settings")
    )
}

/// How many errors and queries are without an answer.
fn open(cx: &Context<'_>) -> Item<'static> {
    let open = |severity| {
        let asked = cx.findings.iter().filter(|finding| finding.asks() && finding.severity == severity);
        let all: Vec<&Finding> = asked.collect();
        (all.len(), all.iter().filter(|finding| finding.answer().is_none()).count())
    };
    let ((errors, open_errors), (queries, open_queries)) = (open(Severity::Error), open(Severity::Query));
    let words = format!("{open_errors} of {errors} errors, {open_queries} of {queries} queries");
    Item::Flag(words, open_errors == 0)
}

fn state(signed: Option<&SignOff>, fingerprint: &str) -> Item<'static> {
    match signed {
        None => Item::Unknown("not signed"),
        Some(signed) if signed.stands_for(fingerprint) => {
            Item::Flag("still what was signed".to_owned(), true)
        }
        Some(_) => Item::Flag("void".to_owned(), false),
    }
}

fn how(signed: Option<&SignOff>, fingerprint: &str) -> String {
    signed.map_or_else(
        || {
            "Sign below, and write the fingerprint, posts and dates into signoff.toml beside round.toml: every later run \
             then says whether the signature still stands."
                .to_owned()
        },
        |signed| signed.in_words(fingerprint),
    )
}

/// Two live formulas: that two posts signed, and in order.
fn tests(sheet: &mut Sheet, (first, second): (u32, u32), signed: Option<&SignOff>) -> Result<(), Error> {
    const WAIT: &str = "to be filled in";
    let cell = |row, column| CellRef::new(row, column);
    let (preparer, reviewer) = (cell(first, 1), cell(second, 1));
    let (before, after) = (cell(first, 2), cell(second, 2));
    let lines = [
        (
            "Two posts?",
            format!(
                "=IF(OR(TRIM({preparer})=\"\",TRIM({reviewer})=\"\"),\"{WAIT}\",\
                 IF(TRIM({preparer})=TRIM({reviewer}),\"NO: the reviewer must be another post\",\"yes\"))"
            ),
            signed.map_or(WAIT, |signed| {
                let same = signed.prepared_by.to_lowercase() == signed.reviewed_by.to_lowercase();
                if same { "NO: the reviewer must be another post" } else { "yes" }
            }),
        ),
        (
            "Dates in order?",
            format!(
                "=IF(OR({before}=\"\",{after}=\"\"),\"{WAIT}\",\
                 IF({after}<{before},\"NO: reviewed before it was prepared\",\"yes\"))"
            ),
            signed.map_or(WAIT, |signed| {
                let early = signed.reviewed_on < signed.prepared_on;
                if early { "NO: reviewed before it was prepared" } else { "yes" }
            }),
        ),
    ];
    for (row, (words, formula, result)) in (second + 2..).zip(lines) {
        sheet.also(row, 0, Look::Text, &Item::Text(words))?;
        sheet.also(row, 1, Look::Wrap, &Item::Formula { formula, result: result.to_owned() })?;
        for column in 2..4 {
            sheet.also(row, column, Look::Text, &Item::Blank)?;
        }
    }
    Ok(())
}
