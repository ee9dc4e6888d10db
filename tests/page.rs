//! The page: its structure, its words, that nothing a partner types gets out of place, and how it works in a browser.
//!
//! What needs a browser is left out, with a message, where Chromium is not installed; `QUARTERDAY_REQUIRE_CHROMIUM=1` makes
//! that a failure. `QUARTERDAY_AXE=<axe.min.js>` has the accessibility rules of axe-core tested too.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test may stop, and says what was left out")]

#[path = "page/browser.rs"]
mod browser;
#[path = "cli/desk.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod desk;
#[path = "page/html.rs"]
mod html;
#[path = "page/large.rs"]
mod large;
#[path = "page/looks.rs"]
mod looks;
#[path = "support/memory.rs"]
#[allow(dead_code, unreachable_pub, reason = "other tests use the rest, as a module that they share")]
mod memory;

use desk::{ALL, CLEAN, Desk, MESSY, retype};
use std::fs;
use std::path::Path;

/// What is typed wherever something can be typed: a script, a tag that runs one, every sign that means something in a page,
/// a reference, marks of writing direction, a bell, and a word that no line holds.
fn planted() -> String {
    let word = "W".repeat(300);
    format!(
        "</td></style><script>window.planted=1</script><img src=x onerror=\"window.planted=1\">' \" & &lt; \u{202e}\u{2066}]]>--> {word}"
    )
}

/// The page of a round of the desk.
fn page(desk: &Desk, round: &str) -> String {
    let done = desk.run(&["merge", round]);
    assert!(done.status < 2, "{}", done.err);
    fs::read_to_string(desk.path(round).join("out/report.html")).unwrap()
}

/// The clean round with [`planted`] in the names of the board, its partners and their posts, the plan, the
/// schema, the answers, the name of a file and the cells of a return.
fn planted_round(desk: &Desk) -> String {
    let planted = planted();
    let folder = desk.path(CLEAN);
    let quoted = planted.replace('\\', "\\\\").replace('"', "\\\"");
    let edit = |name: &str, changes: &[(&str, &str)]| {
        let path = folder.join(name);
        let mut text = fs::read_to_string(&path).unwrap();
        for (old, new) in changes {
            assert!(text.contains(old), "{name}: {old}");
            text = text.replace(old, new);
        }
        fs::write(path, text).unwrap();
    };
    let named = format!("name = \"{quoted}\"\naliases = [\"CAFCASS\", ");
    edit(
        "round.toml",
        &[
            (
                "board = \"Herefordshire Safeguarding Children Board\"",
                &format!("board = \"Herefordshire Safeguarding Children Board{quoted}\""),
            ),
            ("contact = \"Practice Support Officer\"", &format!("contact = \"{quoted}\"")),
            ("name = \"CAFCASS\"\naliases = [", &named),
        ],
    );
    let cell = planted.replace('"', "\"\"");
    edit("plan.csv", &[("Domestic abuse", &format!("\"Domestic abuse{cell}\""))]);
    let escaped = planted.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let old = "HSCB 2013-14 Q4 - CAFCASS.xlsx";
    let path = folder.join("returns").join(old);
    retype(
        &path,
        &[("Red", &escaped), ("National operating policy was updated and applies locally.", &escaped)],
    );
    let name = "HSCB 2013-14 Q4 - CAFCASS <script>window.planted=1<\u{2215}script>\u{202e}&\"'.xlsx";
    fs::rename(&path, path.with_file_name(name)).unwrap();
    let schema = desk.path("schemas/monitoring-return.toml");
    let mut text = fs::read_to_string(&schema).unwrap();
    for old in ["Quarterly monitoring return", "Contributions against the ledger", "label = \"Amber"] {
        assert!(text.contains(old), "{old}");
        text = text.replace(old, &format!("{old}{quoted}"));
    }
    fs::write(schema, text).unwrap();
    page(desk, CLEAN);
    answer(&folder);
    page(desk, CLEAN)
}

/// Answers everything that is asked, with [`planted`].
fn answer(folder: &Path) {
    let mut asked = csv::Reader::from_path(folder.join("out/answers-to-fill.csv")).unwrap();
    let mut answers = csv::Writer::from_path(folder.join("answers.csv")).unwrap();
    answers.write_record(asked.headers().unwrap()).unwrap();
    let rows: Vec<csv::StringRecord> = asked.records().map(Result::unwrap).collect();
    assert!(!rows.is_empty(), "nothing is asked");
    for row in rows {
        let planted = planted();
        let cells =
            (0..3).map(|place| row.get(place).unwrap()).chain([&*planted, &*planted, "2014-04-20", ""]);
        answers.write_record(cells).unwrap();
    }
    answers.flush().unwrap();
}

/// Every page of the samples, with the pack that it is of.
fn pages(desk: &Desk) -> Vec<(&'static str, String)> {
    ALL.into_iter().map(|round| (round, page(desk, round))).collect()
}

#[test]
fn every_page_is_put_together_as_it_must_be() {
    let desk = Desk::new();
    for (round, page) in pages(&desk) {
        let mistakes = html::mistakes(&page);
        assert!(mistakes.is_empty(), "{round}:\n{}", mistakes.join("\n"));
    }
}

#[test]
fn what_is_typed_stays_text() {
    let desk = Desk::new();
    let page = planted_round(&desk);
    let mistakes = html::mistakes(&page);
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
    let tags = html::tags(&page);
    assert_eq!(tags.iter().filter(|tag| tag.name == "script" && !tag.is_end).count(), 1);
    assert!(tags.iter().all(|tag| tag.name != "img"), "an image");
    let marks = |letter: &char| {
        letter.is_control() && *letter != '\n'
            || ('\u{202a}'..='\u{202e}').contains(letter)
            || ('\u{2066}'..='\u{2069}').contains(letter)
    };
    assert_eq!(page.chars().find(marks), None);
    // It did get there, in each of its places: board, partner, post, plan, schema, file, cells and answers.
    let shown = html::words(&page);
    let times = shown.matches("<script>window.planted=1</script>").count();
    assert!(times >= 12, "{times} times");
    for place in [
        "Board</td>",
        "Domestic abuse</td>",
        "against the ledger</td>",
        "CAFCASS <script>",
        "Amber</td>",
        "Answered by </td>",
    ] {
        assert!(shown.contains(place), "{place}");
    }
}

/// The fingerprint changes with every word of a schema.
fn without_fingerprint(words: &str) -> String {
    let is_fingerprint =
        |line: &&str| line.len() == 64 && line.bytes().all(|letter| letter.is_ascii_hexdigit());
    let lines = words.lines().map(|line| if is_fingerprint(&line) { "(the fingerprint)" } else { line });
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The words of the pages, as they are read out. `QUARTERDAY_UPDATE=1` brings the kept ones up to date.
#[test]
fn the_pages_say_what_is_kept() {
    let desk = Desk::new();
    for (round, page) in pages(&desk) {
        let words = without_fingerprint(&html::words(&page));
        let name = round.trim_start_matches("samples/");
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/page/{name}.txt"));
        if std::env::var_os("QUARTERDAY_UPDATE").is_some() {
            fs::write(&kept, &words).unwrap();
        }
        let expected = fs::read_to_string(&kept).unwrap_or_default();
        let first = words.lines().zip(expected.lines()).find(|(said, kept)| said != kept);
        assert!(words == expected, "{name}: run with QUARTERDAY_UPDATE=1 if this is meant: {first:#?}");
    }
}

#[test]
fn what_is_held_back_stays_held_back() {
    let desk = Desk::new();
    let page = page(&desk, MESSY);
    // The NHS number in Monitoring sheet!G14 of the police's return, however it is written.
    let digits: String = page.chars().filter(|letter| !" -".contains(*letter)).collect();
    assert!(!digits.contains(SUSPECTED), "the number is there");
    assert_eq!(page.matches("Not for circulation").count(), 4, "twice on the page and twice on paper");
    assert!(page.contains("@top-center{content:\"Not for circulation \\b7  OFFICIAL-SENSITIVE\"}"));
}

/// What is only likely is asked about; the page and the workbook go round, both or neither.
#[test]
fn the_page_is_stopped_by_what_stops_the_workbook() {
    let desk = Desk::new();
    let file = desk.path(CLEAN).join("returns/HSCB 2013-14 Q4 - CAFCASS.xlsx");
    let old = "National operating policy was updated and applies locally.";
    retype(&file, &[(old, "Policy 9990000018 was updated.")]);
    let page = page(&desk, CLEAN);
    let outputs = desk.outputs(CLEAN);
    let findings = String::from_utf8(outputs["findings.csv"].clone()).unwrap();
    assert!(findings.contains("query,personal-data-suspected"), "{findings}");
    let run = String::from_utf8(outputs["run.json"].clone()).unwrap();
    assert!(run.contains("\"notForCirculation\": false"), "{run}");
    assert!(!page.contains("Not for circulation"));
}

/// The number that the sample's author planted.
const SUSPECTED: &str = "9990000018";

/// One mistake in several cells is one thing on the page, in the words of the partner's own list.
#[test]
fn one_mistake_in_several_cells_is_one_thing() {
    let desk = Desk::new();
    let file = desk.path(CLEAN).join("returns/HSCB 2013-14 Q4 - West Mercia Police.xlsx");
    retype(&file, &[("Red", "Puce"), ("Amber", "Taupe")]);
    let page = page(&desk, CLEAN);
    let things = page.split("<li data-kind=").skip(1).filter(|thing| {
        let thing = thing.split("</li>").next().unwrap();
        ["Puce", "Taupe"].iter().any(|word| thing.contains(word))
    });
    let things: Vec<&str> = things.collect();
    assert_eq!(things.len(), 1, "{things:?}");
    assert!(things[0].contains("The same goes for "), "{things:?}");
}
