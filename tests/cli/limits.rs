//! Limits that are set by environment variables.

use crate::desk::{CLEAN, Desk, MESSY};
use std::fs;

#[test]
fn a_limit_that_cannot_be_read_stops_the_run_and_says_what_to_write() {
    let desk = Desk::new();
    for command in [["merge", CLEAN], ["explain", "type-error"]] {
        let done = desk.run_with(&command, &[("QUARTERDAY_MAX_FILE_MB", "100 MB")]);
        assert_eq!((done.status, done.out.as_str()), (2, ""));
        assert!(
            done.err.contains("QUARTERDAY_MAX_FILE_MB is “100 MB”. Write a whole number from 1 to 2,000"),
            "{}",
            done.err
        );
        assert!(!desk.path(CLEAN).join("out/run.json").exists());
    }
}

#[test]
fn a_refusal_names_the_limit_and_how_to_raise_it() {
    let desk = Desk::new();
    let done = desk.run_with(&["merge", MESSY], &[("QUARTERDAY_MAX_SHEETS", "1")]);
    assert_eq!(done.status, 1, "{}", done.err);
    let findings = fs::read_to_string(desk.path(MESSY).join("out/findings.csv")).expect("written");
    let words = "YOS Q4.xlsx has more than 1 sheets, more than we read. 7 actions and £645 of the ledger are without an answer. Ask \
                 for a copy without pictures and unused sheets. If it is right as it is, run again with QUARTERDAY_MAX_SHEETS set to more than 1.";
    assert!(findings.contains(words), "{findings}");
}

#[test]
fn a_file_that_is_too_large_is_not_even_opened() {
    let desk = Desk::new();
    let path = desk.path("large.csv");
    fs::write(&path, b"a,b\n".repeat(700_000)).expect("it can be written");
    let file = path.to_string_lossy().into_owned();
    let inspect = |limit: &str| desk.run_with(&["inspect", &file], &[("QUARTERDAY_MAX_FILE_MB", limit)]);
    let done = inspect("1");
    assert_eq!(done.status, 1, "{}", done.err);
    let said = format!("{}{}", done.out, done.err).split_whitespace().collect::<Vec<_>>().join(" ");
    let words = "large.csv is larger than 1 MB (3 MB), more than we read.";
    assert!(said.contains(words) && said.contains("QUARTERDAY_MAX_FILE_MB=3."), "{said}");
    assert_eq!(inspect("3").status, 0);
}

/// What would end the worker is refused before it comes to that, if the worker goes by the same limit.
#[cfg(target_os = "linux")]
#[test]
fn the_worker_goes_by_the_same_limits() {
    let desk = Desk::new();
    let path = desk.path("many.csv");
    fs::write(&path, b"some words in a cell,more of them\n".repeat(900_000)).expect("it can be written");
    let file = path.to_string_lossy().into_owned();
    let read = |cells: &str| {
        let settings = [("QUARTERDAY_WORKER_MEMORY", "100"), ("QUARTERDAY_MAX_CELLS", cells)];
        desk.run_with(&["--isolate", "inspect", "--cells", &file], &settings)
    };
    let stopped = read("20000000");
    assert!(stopped.err.contains("(100 MB and 20 seconds;"), "{}", stopped.err);
    let refused = read("1000");
    assert!(refused.err.contains("many.csv has more than 1,000 cells"), "{}", refused.err);
}

#[test]
fn the_help_lists_the_limits() {
    let done = Desk::new().run(&["--help"]);
    for words in ["QUARTERDAY_MAX_CELLS", "[default: 20000000]", "QUARTERDAY_WORKER_SECONDS", "Ends with 0"] {
        assert!(done.out.contains(words), "{words}: {}", done.out);
    }
}
