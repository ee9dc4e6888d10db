//! The command line: exit statuses and what is printed.

#[path = "cli/answers.rs"]
mod answers;
#[path = "cli/data.rs"]
mod data;
#[path = "cli/desk.rs"]
mod desk;
#[path = "cli/documents.rs"]
mod documents;
#[path = "cli/feedback.rs"]
mod feedback;
#[path = "cli/limits.rs"]
mod limits;
#[path = "cli/messages.rs"]
mod messages;
#[path = "cli/outputs.rs"]
mod outputs;
#[path = "cli/template.rs"]
mod template;
#[path = "cli/worker.rs"]
mod worker;

use assert_cmd::Command;
use desk::{ALL, CLEAN, Desk, FILES, MESSY};
use std::fs;

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
    let words: Vec<&str> = done.out.split_whitespace().collect();
    let said = words.join(" ");
    for sentence in [
        "YOS Q4.xlsx: YOS Q4 (2).xlsx is used instead, because it was completed later, on 15 April 2014.",
        "held (the sheet Not used says why) · 26 set aside (in returns that were not used)",
        "Without their signs the differences come to £36,479.00 (gross).",
    ] {
        assert!(said.contains(sentence), "{sentence}:\n{}", done.out);
    }
}

/// Numbers of controls, such as R04 in brackets, are for programmers.
#[test]
fn nobody_has_to_read_the_numbers_of_controls() {
    let number = |text: &str| {
        text.match_indices("(R").any(|(at, _)| text[at + 2..].chars().take(2).all(|c| c.is_ascii_digit()))
    };
    assert!(number("Contributions against the ledger (R04, R05)"));
    let desk = Desk::new();
    for round in ALL {
        let done = desk.run(&["merge", round]);
        assert!(!number(&done.out), "{round}: {}", done.out);
        for (name, bytes) in desk.outputs(round) {
            let text = match name.as_str() {
                "consolidated.xlsx" => desk::texts(&bytes),
                _ => String::from_utf8(bytes).expect("text"),
            };
            let line = text.lines().find(|line| number(line));
            assert_eq!(line, None, "{round}: {name}");
        }
    }
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
fn strict_counts_queries() {
    let desk = Desk::new();
    let done = desk.run(&["merge", CLEAN, "--strict"]);
    let queries = desk.manifest(CLEAN)["findings"]["queries"].as_u64().expect("a number");
    assert_eq!(done.status, i32::from(queries > 0));
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
        (
            &["explain", "total-mismach"],
            "There is no check or cause total-mismach. Did you mean total-mismatch?",
        ),
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
    let police = "samples/2013-14-q4-messy/returns/West Mercia Police HSCB return.xlsm";
    let shown = desk.run(&["inspect", police]).out;
    assert!(shown.contains("It was saved by Microsoft Excel"), "{shown}");
    assert!(shown.contains("hidden rows 14"), "{shown}");
    let json = desk.run(&["inspect", police, "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    let sheets = document["files"][0]["sheets"].as_array().expect("sheets");
    assert!(sheets.iter().any(|sheet| sheet["hiddenRows"] == serde_json::json!(["14"])), "{}", json.out);
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
    assert!(done.err.contains("quarterday merge new-round"), "{}", done.err);
    assert_eq!(desk.run(&["--quiet", "init", "another-round"]).err, "");
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

#[test]
fn every_cell_is_printed_for_another_reader() {
    let desk = Desk::new();
    let done = desk.run(&[
        "inspect",
        "--cells",
        "--formulas",
        "samples/2013-14-q4-messy/returns/NHS Herefordshire Q4.xls",
    ]);
    assert_eq!((done.status, done.err.as_str()), (0, ""));
    for line in [
        r#"["Cover",3,1,"text","HSCB",null]"#,
        r#"["Contributions",4,11,"number",45230,null]"#,
        r#"["Plan",11,4,"date","2014-03-15",null]"#,
    ] {
        assert!(done.out.lines().any(|printed| printed == line), "{line}:\n{}", done.out);
    }
    let done = desk.run(&["inspect", "--cells", "samples/2013-14-q4-messy/returns/Cafcass.xlsx"]);
    assert_eq!((done.status, done.out.as_str()), (1, ""));
    assert_eq!(done.err.lines().count(), 1, "{}", done.err);
}
