//! Every command in the documents is run, and what they show is what is printed.

use crate::desk::{Desk, MESSY};
use std::fs;
use std::path::Path;

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

#[test]
fn every_link_of_the_readme_leads_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("the README");
    let links: Vec<&str> = readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(links.len() >= 8, "{links:?}");
    for link in links.into_iter().filter(|link| !link.contains("://")) {
        assert!(root.join(link).exists(), "{link}");
    }
}

/// The lines of blocks marked `sh`, without remarks.
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

/// With `QUARTERDAY_UPDATE=1` the README is brought up to date.
#[test]
fn the_readme_shows_what_is_printed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).expect("the README");
    let (before, rest) = readme.split_once("```text\n").expect("a block marked text");
    let (shown, after) = rest.split_once("```").expect("its end");
    let desk = Desk::new();
    let printed = desk.run(&["merge", MESSY]).out;
    if std::env::var_os("QUARTERDAY_UPDATE").is_some() {
        fs::write(path, format!("{before}```text\n{printed}```{after}")).expect("written");
        return;
    }
    assert_eq!(shown, printed, "run this test with QUARTERDAY_UPDATE=1");
}
