//! Every file that a command leaves behind, whatever partners and registers hold.

use super::desk::{ALL, Desk};
use super::package::{Rules, faults, faults_added, formula};
use super::planted;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What stands in every text that is planted.
const PLANTED: &str = "zqx";

/// Every file below a folder, by its name from there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(below) = open.pop() {
        for entry in fs::read_dir(&below).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                open.push(entry);
                continue;
            }
            let name = entry.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            found.insert(name, fs::read(&entry).unwrap());
        }
    }
    found
}

/// Runs every command that writes, with everything that it can write; gives the files by their names.
fn written(desk: &Desk, round: &str) -> BTreeMap<String, Vec<u8>> {
    let out = desk.path(round).join("out");
    let done = desk.run(&["merge", round, "--extract"]);
    assert!(done.status < 2, "{round}: {}", done.err);
    if !out.join("extract.xlsx").exists() {
        // What stands against an extract is answered, so that there is one to judge.
        let to_fill = fs::read_to_string(out.join("answers-to-fill.csv")).unwrap();
        let open = to_fill.lines().filter(|line| line.starts_with("personal-data-suspected"));
        let answered = open.map(|line| line.replace(",,,", ",Seen to,Head of Safeguarding,22/04/2014"));
        let lines: Vec<String> = to_fill.lines().take(1).map(str::to_owned).chain(answered).collect();
        fs::write(desk.path(round).join("answers.csv"), lines.join("\n") + "\n").unwrap();
        desk.run(&["merge", round, "--extract"]);
    }
    for command in ["template", "feedback"] {
        if desk.run(&["help", command]).status == 0 || desk.run(&[command, "--help"]).status == 0 {
            let done = desk.run(&[command, round]);
            assert!(done.status < 2, "{round}, {command}: {}", done.err);
        }
    }
    files(&out)
}

/// Everything that is wrong with the files of a round.
fn wrong(round: &str, board: &str, marking: &str, files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut all = Vec::new();
    for (name, bytes) in files {
        let unsafe_letter = |letter: char| letter.is_control() || "<>:\"|?*\\".contains(letter);
        let starts = |part: &str| part.starts_with(['=', '+', '-', '@', '.', ' ']);
        if name.chars().any(unsafe_letter) || name.split('/').any(starts) {
            all.push(format!("{name}: a name that means something to a program"));
        }
        let ending = name.rsplit('.').next().unwrap_or_default();
        let found = match ending {
            // A partner's own file with what we add: the rest of it is not ours.
            "xlsx" | "xlsm" if name.starts_with("feedback/") => faults_added(bytes),
            "xlsx" => {
                let marking = if name == "extract.xlsx" { "OFFICIAL" } else { marking };
                faults(bytes, &Rules { board, marking, titled: !name.starts_with("templates/") })
            }
            "csv" => csv_faults(bytes),
            "html" => html_faults(&String::from_utf8_lossy(bytes), marking),
            "json" | "sarif" => serde_json::from_slice::<serde_json::Value>(bytes)
                .err()
                .map(|e| e.to_string())
                .into_iter()
                .collect(),
            "txt" => text_faults(&String::from_utf8_lossy(bytes), marking),
            // Columns of values: nothing in it can run.
            "parquet" => Vec::new(),
            other => vec![format!("nobody has said what a file .{other} may hold")],
        };
        all.extend(found.into_iter().map(|fault| format!("{round}, {name}: {fault}")));
    }
    all
}

/// Cells of comma-separated text that a spreadsheet program would run.
fn csv_faults(bytes: &[u8]) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let mut found = Vec::new();
    for record in reader.records() {
        let record = record.expect("comma-separated text");
        found.extend(record.iter().filter(|cell| runs(cell)).map(|cell| format!("{cell:?} could run")));
    }
    found
}

fn runs(cell: &str) -> bool {
    let cell = cell.trim_start_matches('\u{feff}');
    let shown = cell.trim_start_matches(|letter: char| letter.is_whitespace() || letter.is_control());
    let starts = shown.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let number = cell.strip_prefix('-').is_some_and(|rest| {
        rest.starts_with(|letter: char| letter.is_ascii_digit())
            && rest.chars().all(|c| c.is_ascii_digit() || c == '.')
    });
    (starts || cell.starts_with(['\t', '\r'])) && !number
}

/// What a page would fetch, run, or take from a partner as its own.
fn html_faults(page: &str, marking: &str) -> Vec<String> {
    let lower = page.to_lowercase();
    let mut found = Vec::new();
    if !page.contains(&format!(">{marking}<")) {
        found.push("no mark".to_owned());
    }
    for word in [
        "src=\"http",
        "src='http",
        "href=\"http",
        "src=\"//",
        "@import",
        "url(http",
        "<link",
        "<iframe",
        "<object",
        "<embed",
        "fetch(",
        "xmlhttprequest",
        "javascript:",
        "<script>zqx",
        "<img src=x",
        "onerror=\"",
        "onerror=zqx",
    ] {
        // What is shown of a text of a partner has its signs written out, so no such word can be one of theirs.
        if lower.contains(word) {
            found.push(format!("{word} in the page"));
        }
    }
    found
}

fn text_faults(text: &str, marking: &str) -> Vec<String> {
    let mut found = Vec::new();
    if text
        .chars()
        .any(|letter| letter.is_control() && letter != '\n' || "\u{202e}\u{2066}\u{200b}".contains(letter))
    {
        found.push("a letter that is not seen".to_owned());
    }
    if !text.lines().any(|line| line == marking) {
        found.push("no mark".to_owned());
    }
    found
}

#[test]
fn no_output_of_the_samples_is_a_risk() {
    let desk = Desk::new();
    let mut all = Vec::new();
    for round in ALL.into_iter().chain(["samples/2013-14-q3"]) {
        let settings = fs::read_to_string(desk.path(round).join("round.toml")).unwrap();
        let said = |property: &str| {
            let line =
                settings.lines().find_map(|line| line.strip_prefix(&format!("{property} = \""))).unwrap();
            line.split('"').next().unwrap().to_owned()
        };
        let files = written(&desk, round);
        let is_book = |name: &&String| Path::new(name).extension().is_some_and(|ending| ending == "xlsx");
        let workbooks = files.keys().filter(is_book).count();
        assert!(workbooks >= 2 && files.contains_key("extract.xlsx"), "{round}: {:?}", files.keys());
        all.extend(wrong(round, &said("board"), &said("marking"), &files));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn no_text_that_was_planted_runs() {
    let desk = Desk::new();
    planted::round(&desk.path("planted"));
    let files = written(&desk, "planted");
    let all = wrong("planted", planted::BOARD, "OFFICIAL-SENSITIVE", &files);
    assert!(all.is_empty(), "{}", all.join("\n"));
    // It is there to be seen, as text, in what lists it.
    for (name, least) in [
        ("consolidated.xlsx", 60),
        ("findings.csv", 10),
        ("answers-to-fill.csv", 6),
        ("chasing.csv", 3),
        ("long-texts.csv", 1),
    ] {
        let bytes = files.get(name).unwrap_or_else(|| panic!("{name} is not there: {:?}", files.keys()));
        let shown = match name.strip_suffix(".xlsx") {
            Some(_) => super::desk::texts(bytes),
            None => String::from_utf8_lossy(bytes).into_owned(),
        };
        let count = shown.matches(PLANTED).count();
        assert!(count >= least, "{name}: planted texts are there {count} times");
    }
}

#[test]
fn answers_beside_what_was_planted_come_back_as_they_went() {
    let desk = Desk::new();
    planted::round(&desk.path("planted"));
    desk.run(&["merge", "planted"]);
    let place = |name: &str| -> PathBuf { desk.path("planted").join(name) };
    let mut reader = csv::Reader::from_path(place("out/answers-to-fill.csv")).unwrap();
    let mut filled = csv::Writer::from_writer(Vec::new());
    filled.write_record(reader.headers().unwrap().iter().map(|h| h.trim_start_matches('\u{feff}'))).unwrap();
    let mut asked = 0;
    for record in reader.records().map(Result::unwrap) {
        let text = format!("'={PLANTED} is what they wrote");
        let answer = [text.as_str(), "'-Head of Finance", "22/04/2014"];
        filled.write_record(record.iter().take(3).chain(answer).chain(record.iter().skip(6))).unwrap();
        asked += 1;
    }
    assert!(asked > 8, "{asked}");
    fs::write(place("answers.csv"), filled.into_inner().unwrap()).unwrap();
    let done = desk.run(&["merge", "planted"]);
    assert!(done.status < 2, "{}", done.err);
    let findings = fs::read_to_string(place("out/findings.csv")).unwrap();
    for check in ["lapsed-answer", "unused-answer"] {
        assert!(!findings.contains(check), "{check}: {findings}");
    }
    // Saved as it came, the list is read again and says the same.
    let second = fs::read(place("out/answers-to-fill.csv")).unwrap();
    fs::write(place("answers.csv"), &second).unwrap();
    desk.run(&["merge", "planted"]);
    assert!(fs::read(place("out/answers-to-fill.csv")).unwrap() == second);
    assert_eq!(csv_faults(&second), Vec::<String>::new());
}

#[test]
fn what_is_judged_would_be_found() {
    assert!(runs("=1+1") && runs(" @x") && runs("\t1") && runs("-1+1") && runs("-a") && runs("＝1"));
    assert!(!runs("'=1+1") && !runs("-12.50") && !runs("a=b") && !runs(""));
    assert!(formula("SUM(A1:A3)*IF(B1>0,1,0)").is_none() && formula("'=cmd|x'!A1").is_none());
    for bad in ["HYPERLINK(\"x\")", "[1]Sheet!A1", "cmd|' /C calc'!A0", "SUM(INDIRECT(\"A1\"))"] {
        assert!(formula(bad).is_some(), "{bad}");
    }
    let marked = |page: &str| html_faults(&format!("<p>OFFICIAL</p>{page}"), "OFFICIAL");
    assert!(!marked("<script>zqx()</script>").is_empty() && marked("&lt;script&gt;zqx").is_empty());
    assert_eq!(html_faults("<p>OFFICIAL</p>", "OFFICIAL-SENSITIVE"), ["no mark"]);
    // A workbook with everything that ours must not have.
    let bytes = planted::bad_workbook();
    let found = faults(&bytes, &Rules { board: "A Board", marking: "OFFICIAL", titled: true }).join("\n");
    for fault in [
        "no part of a workbook of ours",
        "a hidden sheet",
        "something hidden in <row>",
        "a column without a width",
        "leads to",
        "a defined name",
        "calls HYPERLINK",
        "creator is \"A. Person\"",
        "no mark in oddHeader",
        "A2 does not begin",
        "other properties",
    ] {
        assert!(found.contains(fault), "{fault} is not in\n{found}");
    }
}
