//! Every check: its file, its documentation, its example, and its cases in `tests/checks`.

mod support;

use quarterday::checks;
use quarterday::finding::{Finding, Location, Severity};
use std::collections::BTreeSet;
use std::path::Path;
use support::notation::{self, Case, Page};
use support::{rounds, settings};

/// Checks that nothing can set off from outside: they guard against faults of the program itself.
const GUARDS: [&str; 1] = ["conservation"];
/// Files of `src/checks` that are no checks.
const SHARED: [&str; 3] = ["common", "engine", "registry"];
const HEADINGS: [&str; 5] = ["What it does", "Why it matters", "Example", "How to fix", "Settings"];

fn pages() -> Vec<(String, Page)> {
    notation::folder(Path::new("tests/checks"))
}

fn names() -> Vec<&'static str> {
    checks::all().map(|check| check.meta().name).collect()
}

#[test]
fn every_file_is_a_check_of_its_name_and_has_cases() {
    let files: BTreeSet<String> = std::fs::read_dir("src/checks")
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .map(|path| path.file_stem().expect("a name").to_string_lossy().replace('_', "-"))
        .filter(|name| !SHARED.contains(&name.as_str()))
        .collect();
    let registered: BTreeSet<String> = names().into_iter().map(str::to_owned).collect();
    assert_eq!(names().len(), registered.len(), "a check is registered twice, or two have one name");
    assert_eq!(files, registered, "files of src/checks against registered checks");
    let with_cases: BTreeSet<String> = pages().into_iter().map(|(name, _)| name).collect();
    assert_eq!(with_cases, registered, "pages of tests/checks against registered checks");
    for check in checks::all() {
        let meta = check.meta();
        let file = format!("src/checks/{}.rs", meta.name.replace('-', "_"));
        assert_eq!(std::fs::read_to_string(&file).expect(&file), meta.source, "{file} includes itself");
    }
}

#[test]
fn every_kind_of_control_is_told_by_a_check() {
    for kind in quarterday::schema::kinds_of_control() {
        let check = checks::of_kind(kind).unwrap_or_else(|| panic!("no check tells of the kind {kind}"));
        let docs = check.docs();
        let same = check.name == kind || check.name == "several-returns";
        let named = docs.contains(&format!("kind = \"{kind}\"")) || docs.contains(&format!("*{kind}*"));
        assert!(same || named, "{} does not speak of the kind {kind}", check.name);
    }
    assert!(checks::of_kind("no-such-kind").is_none());
}

#[test]
fn every_documentation_is_whole() {
    for check in checks::all() {
        let meta = check.meta();
        let docs = meta.docs();
        let headings: Vec<_> = docs.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(headings, HEADINGS, "{}", meta.name);
        let summary = meta.summary();
        assert!(summary.ends_with('.') && summary.len() < 110, "{}: {summary}", meta.name);
        for heading in HEADINGS {
            let text = section(&docs, heading);
            assert!(text.trim().len() > 4, "{}: nothing under {heading}", meta.name);
        }
        let explained = checks::explain(meta.name).expect("it is registered");
        assert!(explained.contains(&summary) && !explained.contains("```"), "{explained}");
    }
    assert_eq!(checks::explain("no-such-check"), None);
    assert_eq!(checks::nearest("typ-error"), Some("type-error"));
    assert_eq!(checks::nearest("zzz"), None);
}

fn section<'d>(docs: &'d str, heading: &str) -> &'d str {
    let after = docs.split_once(&format!("## {heading}\n")).map_or("", |(_, after)| after);
    after.split_once("\n## ").map_or(after, |(text, _)| text)
}

#[test]
fn every_example_gives_exactly_its_finding() {
    let mut wrong = Vec::new();
    for check in checks::all() {
        let meta = check.meta();
        let text = format!("## Example\n{}", section(&meta.docs(), "Example"));
        let page = notation::parse(&text).unwrap_or_else(|mistake| panic!("{}: {mistake}", meta.name));
        let case = &page.cases[0];
        let tells = case.all_expected().iter().any(|expected| expected.code == meta.name);
        if tells == GUARDS.contains(&meta.name) {
            wrong.push(format!("{}: the example does not tell what it tells", meta.name));
        }
        wrong.extend(run(meta.name, case));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_case_gives_exactly_its_findings() {
    let mut wrong = Vec::new();
    for (name, page) in pages() {
        let tells = |case: &&Case| case.all_expected().iter().any(|expected| expected.code == name);
        if !page.cases.iter().any(|case| tells(&case)) && !GUARDS.contains(&name.as_str()) {
            wrong.push(format!("{name}: no case tells it"));
        }
        if page.cases.iter().all(|case| tells(&case)) {
            wrong.push(format!("{name}: no case is silent"));
        }
        for case in &page.cases {
            wrong.extend(run(&name, case));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Runs a case in every way it can be run; what comes out otherwise than expected, in words.
fn run(name: &str, case: &Case) -> Vec<String> {
    let round = match settings::load(&case.settings) {
        Ok(round) => round,
        Err(why) => return vec![format!("{name} › {}: its settings: {why}", case.title)],
    };
    let expected = case.all_expected();
    let mut runs = Vec::new();
    if checks::needs_round(name) || case.block("merged").is_some() {
        runs.push(("round", rounds::merge(&round, case)));
    } else {
        runs.push(("grid", rounds::check(&round, &case.files, rounds::grids_of(case))));
        if case.writable() {
            runs.push(("workbook", rounds::check(&round, &case.files, rounds::read_back(case))));
        }
    }
    let mut wrong = Vec::new();
    for (way, (findings, places)) in runs {
        let differences = rounds::differences(&expected, &findings, &places, &round);
        if !differences.is_empty() {
            wrong.push(format!("{name} › {} (line {}, as {way})", case.title, case.line));
            wrong.extend(differences);
        }
        wrong.extend(findings.iter().filter_map(unfit).map(|why| format!("{name} › {}: {why}", case.title)));
    }
    wrong
}

/// Words that an officer would not use, or that blame somebody.
const FORBIDDEN: [&str; 9] =
    ["invalid", "null", "schema", "parse", "parsed", "exception", "illegal", "failed", "wrongly"];

/// True if a message holds a name that only a program has: with a low line, or that of a check.
fn bare_identifier(message: &str) -> bool {
    // What a partner typed, and the name of a file, may look like anything.
    let mut outside = String::new();
    let mut depth = 0;
    for letter in message.chars() {
        match letter {
            '“' => depth += 1,
            '”' => depth -= 1,
            letter if depth == 0 => outside.push(letter),
            _ => {}
        }
    }
    let names: BTreeSet<&str> = names().into_iter().collect();
    outside
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .any(|word| word.contains('_') && !word.contains('.') || word.contains('-') && names.contains(word))
}

/// What is wrong with a finding's words, if anything.
fn unfit(finding: &Finding) -> Option<String> {
    let message = &finding.message;
    let mut words = message.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
    if let Some(word) = words.find(|word| FORBIDDEN.contains(&word.as_str())) {
        return Some(format!("the word {word} in: {message}"));
    }
    let help = finding.help.as_deref().unwrap_or_default();
    if let Some(word) = FORBIDDEN
        .iter()
        .find(|word| help.split(|c: char| !c.is_alphabetic()).any(|said| said.eq_ignore_ascii_case(word)))
        && !help.contains(".toml")
    {
        return Some(format!("the word {word} in: {help}"));
    }
    if message.to_lowercase().contains("error code") || bare_identifier(message) {
        return Some(format!("not a person's words: {message}"));
    }
    if finding.severity > Severity::Note && !finding.says_what_to_do() {
        return Some(format!("nothing to do: {message}"));
    }
    let place = !matches!(finding.at, Location::Returns);
    let to_do = !help.is_empty() || message.ends_with('?') || message.contains(|c: char| c.is_ascii_digit());
    if !place && !to_do && !message.contains('“') && finding.severity != Severity::Note {
        return Some(format!("neither a place nor a thing to do: {message}"));
    }
    let ends = message.ends_with(['.', '?']);
    (!ends || message.contains(['‹', '›', '\n'])).then(|| format!("not a sentence: {message}"))
}
