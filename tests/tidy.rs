//! The invariants of ARCHITECTURE.md that the compiler does not hold: who may use whom, where doors are, how large
//! things grow. They are read off the source.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What each stage may use of the crate, beside itself. What is not listed here may use anything.
const ARROWS: &[(&str, &[&str])] = &[
    ("model", &["error"]),
    ("finding", &["model"]),
    ("error", &[]),
    ("page", &[]),
    ("schema", &["model", "error", "finding"]),
    ("round", &["model", "error", "finding", "schema"]),
    ("discover", &["model", "error"]),
    ("read", &["model", "error"]),
    ("privacy", &["model"]),
    ("locate", &["model", "schema"]),
    ("parse", &["model", "schema"]),
    ("checks", &["model", "schema", "round", "finding", "page"]),
    ("merge", &["model", "schema", "round", "error"]),
    ("reconcile", &["model", "schema", "round", "page"]),
    ("overview", &["model", "schema", "round", "finding"]),
    ("write", &["model", "schema", "round", "finding", "error", "overview"]),
    ("template", &["model", "schema", "round", "error", "write"]),
    ("report", &["model", "schema", "round", "finding", "error", "overview"]),
    ("feedback", &["model", "read"]),
];

/// A library that only one module may name, and the words that name it.
const DOORS: &[(&str, &str)] = &[
    ("calamine::", "read"),
    ("rust_xlsxwriter::", "write"),
    ("clap::", "cli"),
    ("quick_xml::", "read"),
    ("zip::", "feedback"),
    ("indicatif::", "cli"),
    ("::parquet::", "report"),
];

/// Modules that may touch the file system.
const FILES: &[&str] = &["discover", "round", "cli", "main"];
/// Words that touch it. `write` gets a folder for temporary files from `cli` and makes them there.
const TOUCHES: &[&str] =
    &["std::fs", "fs::read", "fs::write", "File::open", "File::create", "read_dir(", "fs::rename"];

/// A source file: its path below `src`, the module it belongs to, and its lines without tests and comments.
struct Source {
    path: PathBuf,
    module: String,
    lines: Vec<(usize, String)>,
    /// Lines that are neither comments nor tests.
    length: usize,
}

fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    collect(Path::new("src"), &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() > 50, "the source was not found");
    found
}

fn collect(folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(source(&path));
        }
    }
}

fn source(path: &Path) -> Source {
    let text = fs::read_to_string(path).expect("a source file is text");
    let inside = path.strip_prefix("src").expect("it is in src");
    let first = inside.components().next().expect("it has a name").as_os_str().to_string_lossy();
    let is_test_file = ["tests.rs", "fixture.rs", "testing.rs"].iter().any(|name| inside.ends_with(name));
    let code = if is_test_file { "" } else { without_tests(&text) };
    let lines = code.lines().enumerate().map(|(number, line)| (number + 1, line.trim().to_owned()));
    Source {
        path: path.to_owned(),
        module: first.trim_end_matches(".rs").to_owned(),
        lines: lines.filter(|(_, line)| !line.starts_with("//")).collect(),
        length: code.lines().filter(|line| !line.trim_start().starts_with("//")).count(),
    }
}

/// What stands before the first module of tests.
fn without_tests(text: &str) -> &str {
    let is_tests = |at: &usize| text[*at..].lines().nth(1).is_some_and(|line| line.contains("mod "));
    let tests = text.match_indices("#[cfg(test)]").map(|(at, _)| at).find(is_tests);
    &text[..tests.unwrap_or(text.len())]
}

/// Every place where a line of the source meets a test, as `path:line: text`.
fn places(sources: &[Source], meets: impl Fn(&Source, &str) -> bool) -> Vec<String> {
    let lines = sources.iter().flat_map(|source| source.lines.iter().map(move |line| (source, line)));
    lines
        .filter(|(source, (_, line))| meets(source, line))
        .map(|(source, (number, line))| format!("{}:{number}: {line}", source.path.display()))
        .collect()
}

/// Modules of the crate that a line names: `crate::model::…`, `use crate::{model, finding}`.
fn named(line: &str) -> Vec<String> {
    let mut modules = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        let before = line[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &line[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let group = group.split('}').next().unwrap_or_default();
            modules.extend(group.split(',').map(|part| first_word(part.trim())));
        } else {
            modules.push(first_word(rest));
        }
    }
    modules
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn stages_use_only_what_stands_before_them() {
    let allowed: BTreeMap<_, _> = ARROWS.iter().copied().collect();
    let wrong = places(&sources(), |source, line| {
        // A macro's own crate, and paths in visibility, use nothing.
        let line = line.replace("$crate::", "").replace("pub(in crate::", "pub(in ");
        allowed.get(source.module.as_str()).is_some_and(|allowed| {
            named(&line).iter().any(|module| {
                *module != source.module
                    && !allowed.contains(&module.as_str())
                    && !module.starts_with(char::is_uppercase)
            })
        })
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_foreign_library_has_one_door() {
    let wrong = places(&sources(), |source, line| {
        DOORS.iter().any(|(library, door)| {
            line.contains(library) && source.module != *door && source.module != "template"
        })
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn only_few_touch_files_and_only_the_command_line_prints() {
    let sources = sources();
    let touches = places(&sources, |source, line| {
        !FILES.contains(&source.module.as_str()) && TOUCHES.iter().any(|touch| line.contains(touch))
    });
    assert!(touches.is_empty(), "\n{}", touches.join("\n"));
    let prints = places(&sources, |source, line| {
        let prints = ["println!", "print!(", "eprint", "stdout()", "stderr()"];
        !["cli", "main"].contains(&source.module.as_str()) && prints.iter().any(|print| line.contains(print))
    });
    assert!(prints.is_empty(), "\n{}", prints.join("\n"));
}

#[test]
fn an_address_is_made_in_one_place() {
    let wrong = places(&sources(), |source, line| {
        let made =
            line.contains("Origin {") && !line.contains("struct Origin") && !line.contains("-> Origin {");
        made && !line.starts_with("impl") && !source.path.ends_with("model/grid.rs")
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn only_checks_make_findings() {
    let wrong = places(&sources(), |source, line| {
        let made = line.contains("Finding {") || line.contains("Code(\"");
        let declared = ["struct Finding", "-> Finding {", "-> &Finding {", "impl ", "for Finding {"]
            .iter()
            .any(|words| line.contains(words));
        // A pattern takes a finding apart.
        let pattern = line.contains(".. }");
        made && !declared && !pattern && source.module != "checks" && source.module != "finding"
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn nothing_depends_on_the_order_of_hashes_or_on_the_clock() {
    let wrong = places(&sources(), |source, line| {
        let hashes = line.contains("HashMap") || line.contains("HashSet");
        let clock =
            line.contains("SystemTime::now") || line.contains("Zoned::now") || line.contains("Instant::now");
        (hashes || clock) && source.module != "cli"
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn nothing_about_one_board_is_in_the_code() {
    let words = ["hereford", "west mercia", "cafcass", "hscb", "wye valley"];
    let wrong = places(&sources(), |_, line| {
        let line = line.to_lowercase();
        words.iter().any(|word| line.contains(word))
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// A check has at most 120 lines and a file 400, with a little room.
#[test]
fn files_stay_small() {
    let sources = sources();
    let large: Vec<_> = sources
        .iter()
        .filter(|source| {
            let is_check = source.path.parent() == Some(Path::new("src/checks"));
            let shared =
                ["common.rs", "engine.rs", "registry.rs"].iter().any(|name| source.path.ends_with(name));
            source.length > if is_check && !shared { 120 } else { 420 }
        })
        .map(|source| format!("{}: {} lines", source.path.display(), source.length))
        .collect();
    assert!(large.is_empty(), "\n{}", large.join("\n"));
}

#[test]
fn modules_are_found_in_a_line() {
    assert_eq!(named("use crate::{model, finding::Finding};"), ["model", "finding"]);
    assert_eq!(named("let x = crate::schema::show_value(a);"), ["schema"]);
    assert_eq!(named("mycrate::model"), Vec::<String>::new());
}
