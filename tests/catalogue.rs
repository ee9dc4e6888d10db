//! The mess catalogue: every item has its answer, and the table in CATALOGUE.md says what the tests say.

mod support;

use quarterday::checks;
use quarterday::finding::Severity;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use support::notation::{self, Case};

const TABLE: &str = "CATALOGUE.md";

/// An item as `tests/catalogue.txt` has it.
struct Item {
    code: String,
    arrives: String,
    /// The answers asked for: read, note, query, stop.
    asked: BTreeSet<String>,
    /// A test that shows it, where no case bears its code.
    test: Option<(String, String)>,
    /// What of it is not done, with the reason.
    gap: Option<String>,
}

fn items() -> Vec<Item> {
    let text = std::fs::read_to_string("tests/catalogue.txt").expect("it can be read");
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| {
            let parts: Vec<&str> = line.split(" | ").collect();
            let [code, arrives, asked, rest @ ..] = &parts[..] else { panic!("{line}") };
            Item {
                code: (*code).to_owned(),
                arrives: (*arrives).to_owned(),
                asked: asked.split(", ").map(str::to_owned).collect(),
                test: rest.iter().find_map(|part| {
                    let (file, name) = part.split_once("::")?;
                    Some((file.to_owned(), name.to_owned()))
                }),
                gap: rest.iter().find_map(|part| part.strip_prefix("gap: ")).map(str::to_owned),
            }
        })
        .collect()
}

/// The file, the check of its page if it is one, and the case, by code.
type ByCode = BTreeMap<String, Vec<(String, Option<String>, Case)>>;

/// Cases by the codes in front of their titles: the file, the check of its page if it is one, and the case.
fn cases() -> ByCode {
    let mut found: ByCode = BTreeMap::new();
    for folder in ["tests/checks", "tests/stages/locate", "tests/stages/parse"] {
        for (name, page) in notation::folder(Path::new(folder)) {
            for case in page.cases {
                let Some((codes, _)) = case.title.split_once(": ") else { continue };
                for code in codes.split(", ").filter(|code| is_code(code)) {
                    let check = (folder == "tests/checks").then(|| name.clone());
                    let file = format!("{folder}/{name}.md");
                    found.entry(code.to_owned()).or_default().push((file, check, case.clone()));
                }
            }
        }
    }
    found
}

fn is_code(text: &str) -> bool {
    text.len() == 3
        && text.starts_with(['F', 'L', 'C'])
        && text[1..].bytes().all(|byte| byte.is_ascii_digit())
}

/// One way in which an item is answered.
struct Answer {
    given: String,
    check: String,
    message: String,
    shown: String,
}

fn answers(item: &Item, cases: &ByCode) -> Vec<Answer> {
    let mut answers: Vec<Answer> = Vec::new();
    for (file, check, case) in cases.get(&item.code).into_iter().flatten() {
        let title = case.title.split_once(": ").map_or(case.title.as_str(), |(_, title)| title);
        let shown = format!("`{file}`, {title}");
        let told = case.all_expected();
        let told = told.iter().find(|expected| check.as_deref() == Some(&expected.code));
        let answer = match (check, told) {
            (Some(check), Some(expected)) => {
                let severity = expected.severity.clone().unwrap_or_else(|| default_of(check));
                let message =
                    if expected.message.is_empty() { example_of(check) } else { expected.message.clone() };
                let answer = if severity == "error" { "stop".to_owned() } else { severity };
                Answer { given: answer, check: check.clone(), message, shown }
            }
            // A page of a check has silent cases too: only one that stands alone shows that an item is read.
            (Some(_), None) if !item.asked.contains("read") => continue,
            _ => Answer { given: "read".to_owned(), check: String::new(), message: String::new(), shown },
        };
        let known = answers.iter().any(|one| one.given == answer.given && one.check == answer.check);
        if !known {
            answers.push(answer);
        }
    }
    if let Some((file, name)) = &item.test {
        answers.push(Answer {
            given: item.asked.iter().next().cloned().unwrap_or_default(),
            check: String::new(),
            message: String::new(),
            shown: format!("`{file}`, {}", name.replace('_', " ")),
        });
    }
    answers
}

fn default_of(check: &str) -> String {
    let meta = checks::all().find(|one| one.meta().name == check).expect("it is registered").meta();
    match meta.severity {
        Severity::Note => "note",
        Severity::Query => "query",
        Severity::Error => "error",
    }
    .to_owned()
}

/// The message of a check's documented example.
fn example_of(check: &str) -> String {
    let meta = checks::all().find(|one| one.meta().name == check).expect("it is registered").meta();
    let docs = meta.docs();
    let example = docs.split_once("## Example\n").map_or("", |(_, after)| after);
    let mark = format!("{check}: ");
    let line = example.lines().find_map(|line| line.split_once(&mark).filter(|_| line.starts_with('!')));
    line.map(|(_, message)| message.to_owned()).unwrap_or_default()
}

fn table() -> String {
    let cases = cases();
    let mut text = String::from(
        "# The mess catalogue\n\nWhat partners send that is not as the template has it, and what the program answers. Made by \
         `QUARTERDAY_UPDATE=1 cargo test --test catalogue`\nfrom the tests that show it; the codes are for those who work on \
         the program, people see names. *Read*: used without a word. *Note*: read, and listed\nwith what was changed. *Query*: \
         somebody must answer. *Stop*: not used, or the round cannot be signed off.\n\n\
         | Item | What arrives | Answer | What is said | Check | Shown by |\n|---|---|---|---|---|---|\n",
    );
    for item in items() {
        for answer in answers(&item, &cases) {
            let escape = |text: &str| text.replace('|', "\\|");
            let check =
                if answer.check.is_empty() { "–".to_owned() } else { format!("`{}`", answer.check) };
            let said = if answer.message.is_empty() { "–".to_owned() } else { escape(&answer.message) };
            let _ = writeln!(
                text,
                "| {} | {} | {} | {said} | {check} | {} |",
                item.code,
                escape(&item.arrives),
                answer.given,
                escape(&answer.shown)
            );
        }
        if let Some(gap) = &item.gap {
            let _ = writeln!(text, "| {} | {} | not all of it | {gap} | – | – |", item.code, item.arrives);
        }
    }
    text
}

#[test]
fn every_item_is_answered_as_it_asks() {
    let cases = cases();
    let mut wrong = Vec::new();
    let listed: BTreeSet<String> = items().into_iter().map(|item| item.code).collect();
    let whole = (1..=20).map(|n| format!("F{n:02}")).chain((1..=24).map(|n| format!("L{n:02}")));
    let whole = whole.chain((1..=34).chain(40..=50).map(|n| format!("C{n:02}")));
    assert_eq!(listed, whole.collect(), "items of tests/catalogue.txt");
    for code in cases.keys().filter(|code| !listed.contains(*code)) {
        wrong.push(format!("{code}: a case bears a code that the catalogue does not have"));
    }
    for item in items() {
        let given: BTreeSet<String> = answers(&item, &cases).into_iter().map(|answer| answer.given).collect();
        let left_out = given.is_empty() && item.gap.is_some();
        if !left_out && !item.asked.is_subset(&given) {
            wrong.push(format!("{}: asked {:?}, given {given:?}", item.code, item.asked));
        }
        if let Some((file, name)) = &item.test {
            let text = std::fs::read_to_string(file).expect(file);
            if !text.contains(&format!("fn {name}(")) {
                wrong.push(format!("{}: {file} has no {name}", item.code));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_table_says_what_the_tests_say() {
    let made = table();
    if std::env::var_os("QUARTERDAY_UPDATE").is_some() {
        std::fs::write(TABLE, &made).expect("it can be written");
    }
    let kept = std::fs::read_to_string(TABLE).unwrap_or_default();
    assert!(kept == made, "{TABLE} is not what the tests say: run this test with QUARTERDAY_UPDATE=1");
}
