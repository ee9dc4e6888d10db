//! Every cause of a difference: its file, its page, and its worked example.

mod support;

use quarterday::model::{Evidence, Scope, pounds};
use quarterday::pipeline::Run;
use quarterday::reconcile::{CAUSES, Cause};
use quarterday::round::Round;
use std::collections::BTreeSet;
use support::{notation, rounds, settings};

/// Files of `src/reconcile/explain` that are no causes.
const SHARED: [&str; 5] = ["across", "case", "causes", "figures", "workings"];
const HEADINGS: [&str; 3] = ["How it shows", "Example", "What to do"];
const SCHEMA: &str = include_str!("causes/schema.toml");

#[test]
fn every_file_is_a_cause_and_every_page_is_whole() {
    let files: BTreeSet<String> = std::fs::read_dir("src/reconcile/explain")
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .filter(|name| !SHARED.contains(&name.as_str()))
        .map(|name| {
            std::fs::read_to_string(format!("src/reconcile/explain/{name}.rs")).expect("it can be read")
        })
        .collect();
    let sources: BTreeSet<String> = CAUSES.iter().map(|cause| cause.source.to_owned()).collect();
    assert!(files == sources, "a file of src/reconcile/explain is no cause, or a cause has no file");
    let names: BTreeSet<&str> = CAUSES.iter().map(|cause| cause.name).collect();
    assert_eq!(names.len(), CAUSES.len(), "two causes have one name");
    for cause in CAUSES {
        let docs = cause.docs();
        let headings: Vec<&str> = docs.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(headings, HEADINGS, "{}", cause.name);
        let summary = cause.summary();
        assert!(summary.ends_with('.') && summary.len() < 110, "{}: {summary}", cause.name);
        for heading in HEADINGS {
            assert!(section(&docs, heading).trim().len() > 20, "{}: nothing under {heading}", cause.name);
        }
        assert!(quarterday::checks::find(cause.name).is_none(), "{} is a check too", cause.name);
    }
}

#[test]
fn every_worked_example_is_explained_as_its_page_says() {
    let mut wrong = Vec::new();
    for cause in CAUSES {
        let found = example(cause);
        let expected = block(cause);
        if !found.lines().any(|line| line.starts_with(&format!("  {}: ", cause.name))) {
            wrong.push(format!("{}: its own example does not show it", cause.name));
        }
        if found.trim() != expected.trim() {
            wrong.push(format!("{}\nexpected:\n{expected}\nfound:\n{found}", cause.name));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What the example of a page comes to.
fn example(cause: &Cause) -> String {
    let docs = cause.docs();
    let text = format!("## Example\n\n```schema\n{SCHEMA}```\n\n{}", section(&docs, "Example"));
    let page = notation::parse(&text).unwrap_or_else(|mistake| panic!("{}: {mistake}", cause.name));
    let example = &page.cases[0];
    let round = settings::load(&example.settings).unwrap_or_else(|why| panic!("{}: {why}", cause.name));
    shown(&round, &rounds::run(&round, example))
}

fn block(cause: &Cause) -> String {
    let docs = cause.docs();
    let text = format!("## Example\n\n{}", section(&docs, "Example"));
    let page = notation::parse(&text).unwrap_or_else(|mistake| panic!("{}: {mistake}", cause.name));
    page.cases[0].block("explained").unwrap_or_default().to_owned()
}

/// Every difference but the control total's, and under it what would explain it.
fn shown(round: &Round, run: &Run) -> String {
    let mut lines = Vec::new();
    for comparison in &run.consolidated.comparisons {
        let off = comparison.outcome.difference().is_some_and(|off| !off.is_zero());
        if !off || comparison.line.starts_with("Control total") {
            continue;
        }
        let who = match comparison.scope {
            Scope::Partner(partner) => round.partner(partner).name.as_str(),
            Scope::Round => "Whole round",
        };
        let figure = |amount: Option<_>| amount.map_or("nothing".to_owned(), pounds);
        let (stated, expected) = (figure(comparison.stated.amount), figure(comparison.expected.amount));
        lines.push(format!("{who}, {}: {stated} against {expected}", comparison.line));
        for one in &comparison.explanations {
            let possibly = if one.evidence == Evidence::Possible { "possibly: " } else { "" };
            lines.push(format!("  {}: {possibly}{}", one.cause, one.words));
        }
    }
    lines.join("\n")
}

fn section<'d>(docs: &'d str, heading: &str) -> &'d str {
    let after = docs.split_once(&format!("## {heading}\n")).map_or("", |(_, after)| after);
    after.split_once("\n## ").map_or(after, |(text, _)| text)
}
