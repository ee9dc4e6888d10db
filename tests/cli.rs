//! The command line: exit statuses, what is printed, what is written and what is left alone.

use assert_cmd::Command;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Words that no officer should have to read.
const NOT_OUR_WORDS: [&str; 7] =
    ["invalid", "null", "parse", "exception", "panicked", "os error", "backtrace"];

/// The samples and schemas, copied, so that nothing is written beside the originals.
struct Desk {
    folder: TempDir,
}

/// What a command left behind.
struct Done {
    status: i32,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for part in ["samples", "schemas"] {
            copy(&root.join(part), &desk.path(part));
        }
        desk
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn run(&self, arguments: &[&str]) -> Done {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("quarterday"));
        let output =
            command.args(arguments).current_dir(self.folder.path()).output().expect("the program runs");
        let done = Done {
            status: output.status.code().expect("it was not killed"),
            out: String::from_utf8(output.stdout).expect("text"),
            err: String::from_utf8(output.stderr).expect("text"),
        };
        let said = format!("{}\n{}", done.out, done.err).to_lowercase();
        // What is made for programs is in their words.
        let for_programs = ["json", "--json-schema", "--frictionless", "completions", "man"];
        if !for_programs.iter().any(|word| arguments.contains(word)) {
            for word in NOT_OUR_WORDS {
                let around = |c: Option<char>| c.is_none_or(|c| !c.is_alphabetic());
                let mut places = said.match_indices(word);
                let found = places.find(|(at, _)| {
                    around(said[..*at].chars().next_back()) && around(said[at + word.len()..].chars().next())
                });
                assert_eq!(found, None, "{arguments:?}: {said}");
            }
        }
        assert!(!said.contains("fault of its own"), "{arguments:?}: {said}");
        done
    }

    /// A command that cannot be done, and the one sentence that it says.
    fn refused(&self, arguments: &[&str]) -> String {
        let done = self.run(arguments);
        assert_eq!((done.status, done.out.as_str()), (2, ""), "{arguments:?}: {}", done.err);
        done.err
    }

    fn outputs(&self, round: &str) -> BTreeMap<String, Vec<u8>> {
        fs::read_dir(self.path(round).join("out"))
            .expect("the folder of outputs")
            .map(|entry| entry.expect("an entry"))
            .map(|entry| {
                (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap_or_default())
            })
            .collect()
    }

    fn manifest(&self, round: &str) -> serde_json::Value {
        let bytes = fs::read(self.path(round).join("out/run.json")).expect("the manifest");
        serde_json::from_slice(&bytes).expect("JSON")
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let target = to.join(entry.file_name());
        match entry.path() {
            path if path.is_dir() && entry.file_name() == "out" => {}
            path if path.is_dir() => copy(&path, &target),
            path => {
                fs::copy(path, target).expect("a copy");
            }
        }
    }
}

const CLEAN: &str = "samples/2013-14-q4";
const MESSY: &str = "samples/2013-14-q4-messy";
const ALL: [&str; 4] = [CLEAN, MESSY, "samples/2013-14-q4-compound", "samples/grant-2024-25-q2"];
const FILES: [&str; 4] = ["consolidated.xlsx", "findings.csv", "findings.json", "run.json"];

#[test]
fn a_clean_round_ends_with_0_and_says_so() {
    let desk = Desk::new();
    let done = desk.run(&["merge", CLEAN]);
    assert_eq!(done.status, 0, "{}{}", done.out, done.err);
    for words in [
        "7 of 7 received. Nobody is missing.",
        "53 expected · 53 merged · 0 not received",
        "Nothing.",
        "samples/2013-14-q4/out/consolidated.xlsx",
    ] {
        assert!(done.out.contains(words), "{words}:\n{}", done.out);
    }
    assert_eq!(done.err, "");
    let written: Vec<String> = desk.outputs(CLEAN).into_keys().collect();
    assert_eq!(written, FILES);
}

#[test]
fn a_messy_round_says_who_is_missing_and_what_does_not_add_up() {
    let desk = Desk::new();
    let done = desk.run(&["merge", MESSY]);
    assert_eq!(done.status, 1, "{}{}", done.out, done.err);
    for words in
        ["CAFCASS", "£225,122.00", "£208,191.00", "+£16,931.00", "£36,479.00", "+£20,000.00", "−£9,224.00"]
    {
        assert!(done.out.contains(words), "{words}:\n{}", done.out);
    }
    assert_eq!(desk.manifest(MESSY)["verdict"], "stops-sign-off");
}

#[test]
fn every_line_of_the_last_screen_fits() {
    let desk = Desk::new();
    for round in ALL {
        let done = desk.run(&["merge", round]);
        for line in done.out.lines() {
            assert!(line.chars().count() <= 100, "{round}: {line}");
        }
    }
}

#[test]
fn a_second_run_gives_the_same_bytes() {
    let desk = Desk::new();
    for round in ALL {
        let first = (desk.run(&["merge", round]), desk.outputs(round)).1;
        let second = (desk.run(&["merge", round]), desk.outputs(round)).1;
        assert!(first.len() >= FILES.len(), "{round}");
        for (name, bytes) in &first {
            assert!(second.get(name) == Some(bytes), "{round}: {name} is different");
        }
    }
}

#[test]
fn inputs_are_left_as_they_were() {
    let desk = Desk::new();
    let read = |desk: &Desk| {
        let returns = desk.path(MESSY).join("returns");
        let entries = fs::read_dir(returns).expect("returns").map(|entry| entry.expect("an entry").path());
        entries.map(|path| (fs::read(&path).expect("a return"), path)).collect::<Vec<_>>()
    };
    let before = read(&desk);
    desk.run(&["merge", MESSY]);
    assert!(before == read(&desk));
}

#[test]
fn outputs_for_programs_are_sound_and_agree() {
    let desk = Desk::new();
    let printed = desk.run(&["merge", MESSY, "--format", "json"]);
    let outputs = desk.outputs(MESSY);
    assert_eq!(printed.out.as_bytes(), outputs["run.json"], "what is printed is what is written");
    let manifest = desk.manifest(MESSY);
    let findings: serde_json::Value = serde_json::from_slice(&outputs["findings.json"]).expect("JSON");
    let findings = findings["findings"].as_array().expect("a list");
    let of = |severity: &str| findings.iter().filter(|finding| finding["severity"] == severity).count();
    let counts = serde_json::json!({ "errors": of("error"), "queries": of("query"), "notes": of("note") });
    assert_eq!(manifest["findings"], counts);
    let csv = String::from_utf8(outputs["findings.csv"].clone()).expect("text");
    assert!(csv.starts_with("\u{feff}No,Severity,Check,"));
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), findings.len());
    for cell in rows.iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
    }
    let inputs = manifest["inputs"].as_array().expect("a list");
    assert_eq!(inputs.len(), 8);
    assert!(inputs.iter().all(|input| input["sha256"].as_str().is_some_and(|hash| hash.len() == 64)));
    assert!(!printed.out.contains(&desk.folder.path().to_string_lossy().into_owned()));
}

#[test]
fn strict_counts_queries() {
    let desk = Desk::new();
    let done = desk.run(&["merge", CLEAN, "--strict"]);
    let queries = desk.manifest(CLEAN)["findings"]["queries"].as_u64().expect("a number");
    assert_eq!(done.status, i32::from(queries > 0));
}

#[test]
fn out_goes_where_it_is_told_but_never_among_the_returns() {
    let desk = Desk::new();
    desk.run(&["merge", CLEAN, "--out", "elsewhere/deep"]);
    assert!(desk.path("elsewhere/deep/consolidated.xlsx").is_file());
    assert!(!desk.path(CLEAN).join("out").exists());
    let said = desk.refused(&["merge", CLEAN, "--out", "samples/2013-14-q4/returns"]);
    assert!(said.contains("holds the returns"), "{said}");
}

#[test]
fn an_output_that_cannot_be_put_in_place_leaves_the_earlier_ones() {
    let desk = Desk::new();
    desk.run(&["merge", CLEAN]);
    let out = desk.path(CLEAN).join("out");
    fs::write(out.join("consolidated.xlsx"), "the earlier workbook").expect("written");
    fs::write(out.join("findings.csv"), "the earlier findings").expect("written");
    fs::remove_file(out.join("run.json")).expect("removed");
    fs::create_dir(out.join("run.json")).expect("a folder in the way");
    let before = desk.outputs(CLEAN);
    let said = desk.refused(&["merge", CLEAN]);
    assert_eq!(
        said,
        "Could not write samples/2013-14-q4/out/run.json: it is a folder, not a file. Earlier outputs are as they were.\n"
    );
    assert_eq!(desk.outputs(CLEAN), before, "nothing is different and nothing is left over");
}

#[test]
fn leftovers_of_a_run_that_was_stopped_are_cleared() {
    let desk = Desk::new();
    let leftover = desk.path(CLEAN).join("out/.unfinished-abc");
    fs::create_dir_all(&leftover).expect("a folder");
    fs::write(leftover.join("lock"), "").expect("written");
    desk.run(&["merge", CLEAN]);
    assert_eq!(desk.outputs(CLEAN).into_keys().collect::<Vec<_>>(), FILES);
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_one_sentence_and_the_earlier_outputs_stay() {
    let desk = Desk::new();
    desk.run(&["merge", CLEAN]);
    let before = desk.outputs(CLEAN);
    let program = assert_cmd::cargo::cargo_bin!("quarterday");
    // A limit on the size of files stands for a disk that is full after 4 KiB.
    let script = format!("trap '' XFSZ; ulimit -f 8; exec '{}' merge {CLEAN}", program.display());
    let output =
        Command::new("bash").args(["-c", &script]).current_dir(desk.folder.path()).output().expect("bash");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.starts_with(
            "Could not write samples/2013-14-q4/out/consolidated.xlsx: the file would become larger"
        ),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "{said}");
    assert_eq!(desk.outputs(CLEAN), before);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_one_sentence() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    let out = desk.path("closed");
    fs::create_dir(&out).expect("a folder");
    fs::set_permissions(&out, fs::Permissions::from_mode(0o555)).expect("closed");
    // Whoever may write everywhere, such as root, cannot be refused this way.
    if fs::write(out.join("probe"), "").is_ok() {
        let said = desk.refused(&["merge", CLEAN, "--out", "samples/2013-14-q4/plan.csv/out"]);
        assert!(
            said.starts_with("Could not write into samples/2013-14-q4/plan.csv/out: part of its path"),
            "{said}"
        );
        return;
    }
    let said = desk.refused(&["merge", CLEAN, "--out", "closed"]);
    assert!(said.starts_with("Could not write into closed: you may not do that there"), "{said}");
}

#[test]
fn bad_files_are_refused_and_the_others_merged() {
    let desk = Desk::new();
    let returns = desk.path(CLEAN).join("returns");
    let sound = fs::read(returns.join("HSCB 2013-14 Q4 - CAFCASS.xlsx")).expect("a return");
    fs::write(returns.join("a cut short.xlsx"), &sound[..sound.len() / 2]).expect("written");
    fs::write(returns.join("b nothing in it.xlsx"), "").expect("written");
    fs::write(returns.join("c a letter.xlsx"), "%PDF-1.4 a letter").expect("written");
    fs::create_dir(returns.join("d folder.xlsx")).expect("a folder");
    let done = desk.run(&["merge", CLEAN]);
    let manifest = desk.manifest(CLEAN);
    assert_eq!(manifest["rows"]["answered"], 53, "{}", done.out);
    let listed: BTreeMap<String, String> = manifest["inputs"]
        .as_array()
        .into_iter()
        .chain(manifest["skipped"].as_array())
        .flatten()
        .filter_map(|file| Some((file["name"].as_str()?.to_owned(), file["why"].as_str()?.to_owned())))
        .collect();
    for name in ["a cut short.xlsx", "b nothing in it.xlsx", "c a letter.xlsx", "d folder.xlsx"] {
        let why = listed.get(name).unwrap_or_else(|| panic!("{name} is listed: {listed:?}"));
        assert!(why.ends_with('.') && !why.contains('\n'), "{name}: {why}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let desk = Desk::new();
    let pipe = desk.path(CLEAN).join("returns/pipe.xlsx");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
    assert!(made.success());
    desk.run(&["merge", CLEAN]);
    assert_eq!(desk.manifest(CLEAN)["rows"]["answered"], 53);
    let done = desk.run(&["inspect", "samples/2013-14-q4/returns/pipe.xlsx"]);
    assert_eq!(done.status, 1, "{}", done.out);
}

#[test]
fn a_name_cannot_play_tricks_on_the_screen() {
    let desk = Desk::new();
    let name = "a\u{1b}[31mred\u{202e}xslx.xlsx";
    fs::write(desk.path(CLEAN).join("returns").join(name), "no workbook").expect("written");
    let done = desk.run(&["merge", CLEAN]);
    let outputs = desk.outputs(CLEAN);
    for text in
        [done.out.as_bytes(), &outputs["findings.csv"], &outputs["findings.json"], &outputs["run.json"]]
    {
        let text = String::from_utf8_lossy(text);
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}') && !text.contains("\\u001b"));
    }
}

#[test]
fn what_cannot_be_done_is_one_plain_sentence() {
    let desk = Desk::new();
    fs::create_dir(desk.path("no-round")).expect("a folder");
    let cases: [(&[&str], &str); 8] = [
        (&["merge", "no-round"], "round.toml"),
        (&["merge", "nowhere"], "there is no such file or folder"),
        (&["check", "nowhere.xlsx", "--round", CLEAN], "Could not read nowhere.xlsx: there is no such file"),
        (&["check", CLEAN, "--round", CLEAN], "is a folder. Name the files in it"),
        (&["explain", "total-mismach"], "There is no check total-mismach. Did you mean total-mismatch?"),
        (&["schema", "nowhere.toml"], "Could not read nowhere.toml: there is no such file or folder."),
        (&["init", "samples"], "has something in it already"),
        (&["man", "juggle"], "There is no command juggle."),
    ];
    for (arguments, words) in cases {
        let said = desk.refused(arguments);
        assert!(said.contains(words), "{arguments:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{arguments:?}: {said}");
    }
}

#[test]
fn what_was_mistyped_is_said_with_what_was_meant() {
    let desk = Desk::new();
    let cases: [(&[&str], &str); 5] = [
        (&["mege", "x"], "There is no command mege. Did you mean merge?"),
        (&["merge", "x", "--fromat", "json"], "There is no option --fromat. Did you mean --format?"),
        (&["merge"], "Something is missing: <ROUND>."),
        (&["merge", "x", "--format", "yaml"], "it takes one of text, json."),
        (&["check", "x", "--schema", "a", "--round", "b"], "do not go together."),
    ];
    for (arguments, words) in cases {
        let said = desk.refused(arguments);
        assert!(said.lines().next().is_some_and(|line| line.contains(words)), "{arguments:?}: {said}");
    }
}

#[test]
fn mistakes_in_settings_are_shown_all_at_once() {
    let desk = Desk::new();
    let path = desk.path("schemas/monitoring-return.toml");
    let text = fs::read_to_string(&path).expect("the schema");
    let text = text.replacen("type = \"money\"", "type = \"mony\"", 1).replacen("title =", "titel =", 1);
    fs::write(&path, text).expect("written");
    for command in [&["merge", CLEAN][..], &["schema", "schemas/monitoring-return.toml"]] {
        let said = desk.refused(command);
        assert!(said.contains("Did you mean") && said.contains("monitoring-return.toml:"), "{said}");
        assert!(said.contains("mony") && said.contains("titel"), "{said}");
    }
}

#[test]
fn check_tells_a_partner_what_to_put_right() {
    let desk = Desk::new();
    let file = "samples/2013-14-q4-messy/returns/Probation_HSCB_Q4_final.xlsx";
    let done = desk.run(&["check", file, "--round", MESSY]);
    assert!(done.out.starts_with("Probation_HSCB_Q4_final.xlsx\n"), "{}", done.out);
    assert!(done.out.lines().last().is_some_and(|line| line.ends_with("notes.") || line.ends_with("note.")));
    assert!(!desk.path(MESSY).join("out").exists(), "nothing is written");
    let json = desk.run(&["check", file, "--round", MESSY, "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert!(document["findings"].as_array().is_some_and(|findings| !findings.is_empty()));
    assert_eq!(json.status, done.status);
}

#[test]
fn check_needs_no_round() {
    let desk = Desk::new();
    let file = "samples/2013-14-q4/returns/HSCB 2013-14 Q4 - CAFCASS.xlsx";
    let done = desk.run(&["check", file, "--schema", "schemas/monitoring-return.toml"]);
    assert_eq!(done.status, 0, "{}{}", done.out, done.err);
}

#[test]
fn inspect_needs_no_schema_and_shows_more_with_one() {
    let desk = Desk::new();
    let file = "samples/2013-14-q4-messy/returns/NHS Herefordshire Q4.xls";
    let bare = desk.run(&["inspect", file]);
    assert!(bare.out.starts_with("NHS Herefordshire Q4.xls  (.xls, "), "{}", bare.out);
    assert!(bare.out.contains("looks like headings: "), "{}", bare.out);
    let with = desk.run(&["inspect", file, "--schema", "schemas/monitoring-return.toml"]);
    assert!(with.out.contains("% of its headings found"), "{}", with.out);
    let locked = desk.run(&["inspect", "samples/2013-14-q4-messy/returns/Cafcass.xlsx"]);
    assert_eq!(locked.status, 1);
    assert!(locked.out.contains("password"), "{}", locked.out);
    let json = desk.run(&["inspect", file, "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(document["files"][0]["kind"], "xls");
}

#[test]
fn explain_knows_every_check_that_a_run_names() {
    let desk = Desk::new();
    let list = desk.run(&["explain"]).out;
    desk.run(&["merge", MESSY]);
    let findings = desk.outputs(MESSY).remove("findings.json").expect("findings");
    let findings: serde_json::Value = serde_json::from_slice(&findings).expect("JSON");
    let names: std::collections::BTreeSet<String> = findings["findings"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|finding| finding["check"].as_str().expect("a name").to_owned())
        .collect();
    assert!(!names.is_empty());
    for name in names {
        assert!(list.lines().any(|line| line.split("  ").next() == Some(&name)), "{name} is listed");
        let page = desk.run(&["explain", &name]);
        assert_eq!(page.status, 0);
        assert!(page.out.contains("Why it matters") && page.out.contains("How to fix"), "{}", page.out);
    }
}

#[test]
fn schemas_are_sound_and_export() {
    let desk = Desk::new();
    for schema in ["schemas/monitoring-return.toml", "schemas/grant-monitoring.toml"] {
        let done = desk.run(&["schema", schema]);
        assert_eq!(done.status, 0, "{}", done.err);
        assert!(done.out.contains(" is sound: "), "{}", done.out);
        let package: serde_json::Value =
            serde_json::from_str(&desk.run(&["schema", schema, "--frictionless"]).out).expect("JSON");
        assert!(package["resources"].as_array().is_some_and(|tables| !tables.is_empty()), "{package}");
    }
    let editors: serde_json::Value =
        serde_json::from_str(&desk.run(&["schema", "--json-schema"]).out).expect("JSON");
    assert!(editors["$schema"].is_string());
}

#[test]
fn a_new_round_can_be_started() {
    let desk = Desk::new();
    let done = desk.run(&["init", "new-round"]);
    assert_eq!(done.status, 0, "{}", done.err);
    assert!(desk.path("new-round/round.toml").is_file() && desk.path("new-round/returns").is_dir());
    let merged = desk.run(&["merge", "new-round"]);
    assert_ne!(merged.status, 2, "a new round can be merged as it is: {}", merged.err);
}

#[test]
fn completions_and_manual_pages_are_made() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(desk.run(&["completions", shell]).out.contains("quarterday"), "{shell}");
    }
    assert!(desk.run(&["man"]).out.contains(".TH quarterday 1"));
    assert!(desk.run(&["man", "merge"]).out.contains("\\-\\-strict"));
    let help = desk.run(&["--help"]);
    assert_eq!((help.status, help.err.as_str()), (0, ""));
}

#[test]
fn colour_is_for_terminals_and_only_where_it_is_wanted() {
    let desk = Desk::new();
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("quarterday"));
    command.args(["merge", CLEAN]).env("CLICOLOR_FORCE", "1").current_dir(desk.folder.path());
    let coloured = command.output().expect("it runs").stdout;
    assert!(coloured.contains(&0x1b));
    let plain = command.env("NO_COLOR", "1").env_remove("CLICOLOR_FORCE").output().expect("it runs").stdout;
    assert!(!plain.contains(&0x1b));
}

/// Documents whose commands are run.
const DOCUMENTS: [&str; 4] = ["README.md", "ARCHITECTURE.md", "schemas/README.md", "samples/README.md"];

/// Commands in documents that the tests cannot run inside themselves.
const NOT_RUN: [&str; 4] = ["cargo test", "cargo bench", "cargo run --example", ".ci/run"];

#[test]
fn every_command_in_the_documents_runs() {
    let desk = Desk::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut ran = 0;
    for document in DOCUMENTS {
        let text = fs::read_to_string(root.join(document)).unwrap_or_default();
        for command in commands(&text) {
            let words = command
                .strip_prefix("cargo run --release -- ")
                .or_else(|| command.strip_prefix("quarterday "))
                .map(words);
            let Some(words) = words else {
                assert!(NOT_RUN.iter().any(|known| command.starts_with(known)), "{document}: {command}");
                continue;
            };
            let arguments: Vec<&str> = words.iter().map(String::as_str).collect();
            let done = desk.run(&arguments);
            assert_ne!(done.status, 2, "{document}: {command}: {}", done.err);
            ran += 1;
        }
    }
    assert!(ran >= 10, "{ran} commands were found");
}

/// The lines of ```sh blocks, without remarks.
fn commands(text: &str) -> Vec<String> {
    let mut inside = false;
    let mut commands = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            inside = line.trim_start() == "```sh";
        } else if inside {
            let command = line.split(" # ").next().unwrap_or_default().trim();
            if !command.is_empty() && !command.starts_with('#') {
                commands.push(command.to_owned());
            }
        }
    }
    commands
}

/// The words of a command, with "double quotes" taken into account.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in command.split('"').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}
