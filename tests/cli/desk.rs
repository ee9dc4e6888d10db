//! The samples on a desk of their own, and the program run there.

use assert_cmd::Command;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

pub(crate) const CLEAN: &str = "samples/2013-14-q4";
pub(crate) const MESSY: &str = "samples/2013-14-q4-messy";
pub(crate) const ALL: [&str; 4] = [CLEAN, MESSY, "samples/2013-14-q4-compound", "samples/grant-2024-25-q2"];
pub(crate) const FILES: [&str; 39] = [
    "answers-to-fill.csv",
    "chasing.csv",
    "consolidated.xlsx",
    "data/cells.csv",
    "data/comparisons.csv",
    "data/contributions.csv",
    "data/controls.csv",
    "data/cover.csv",
    "data/datapackage.json",
    "data/expenditure.csv",
    "data/explanations.csv",
    "data/files.csv",
    "data/finding-places.csv",
    "data/findings.csv",
    "data/fund.csv",
    "data/headings.csv",
    "data/held-cells.csv",
    "data/held.csv",
    "data/learning.csv",
    "data/ledger-totals.csv",
    "data/partners.csv",
    "data/plan.csv",
    "data/proof.csv",
    "data/returns.csv",
    "data/risks.csv",
    "data/streams.csv",
    "data/voice.csv",
    "findings.csv",
    "findings.json",
    "findings.sarif",
    "messages/BU.txt",
    "messages/CAF.txt",
    "messages/HC.txt",
    "messages/NHS.txt",
    "messages/PROB.txt",
    "messages/WMP.txt",
    "messages/YOS.txt",
    "report.html",
    "run.json",
];

/// Words that no officer should have to read.
const NOT_OUR_WORDS: [&str; 7] =
    ["invalid", "null", "parse", "exception", "panicked", "os error", "backtrace"];

/// The samples and schemas, copied, so that nothing is written beside the originals.
pub(crate) struct Desk {
    pub(crate) folder: TempDir,
}

/// What a command left behind.
pub(crate) struct Done {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for part in ["samples", "schemas"] {
            copy(&root.join(part), &desk.path(part));
        }
        desk
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Done {
        self.run_with(arguments, &[])
    }

    pub(crate) fn run_with(&self, arguments: &[&str], settings: &[(&str, &str)]) -> Done {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("quarterday"));
        command.args(arguments).current_dir(self.folder.path()).envs(settings.iter().copied());
        let output = command.output().expect("the program runs");
        let done = Done {
            status: output.status.code().expect("it was not killed"),
            out: String::from_utf8(output.stdout).expect("text"),
            err: String::from_utf8(output.stderr).expect("text"),
        };
        let said = format!("{}\n{}", done.out, done.err).to_lowercase();
        // What is made for programs is in their words.
        let for_programs = ["json", "--json-schema", "--frictionless", "--cells", "completions", "man"];
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
    pub(crate) fn refused(&self, arguments: &[&str]) -> String {
        let done = self.run(arguments);
        assert_eq!((done.status, done.out.as_str()), (2, ""), "{arguments:?}: {}", done.err);
        done.err
    }

    pub(crate) fn outputs(&self, round: &str) -> BTreeMap<String, Vec<u8>> {
        let out = self.path(round).join("out");
        let mut found = BTreeMap::new();
        for below in ["", "data/", "messages/"] {
            let folder = out.join(below);
            // A round that could not be merged has no messages and no tables.
            let Ok(entries) = fs::read_dir(folder) else { continue };
            for entry in entries.map(|entry| entry.expect("an entry")).filter(|entry| !entry.path().is_dir())
            {
                let name = format!("{below}{}", entry.file_name().to_string_lossy());
                // Only some builds write these; a test of their own reads them.
                if name.ends_with(".parquet") {
                    continue;
                }
                found.insert(name, fs::read(entry.path()).unwrap_or_default());
            }
        }
        found
    }

    pub(crate) fn manifest(&self, round: &str) -> serde_json::Value {
        let bytes = fs::read(self.path(round).join("out/run.json")).expect("the manifest");
        serde_json::from_slice(&bytes).expect("JSON")
    }
}

pub(crate) fn copy(from: &Path, to: &Path) {
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

/// The texts of every part of a workbook.
pub(crate) fn texts(workbook: &[u8]) -> String {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).expect("a package");
    let mut texts = String::new();
    for part in 0..archive.len() {
        archive.by_index(part).expect("a part").read_to_string(&mut texts).expect("text");
    }
    texts
}

/// Puts other texts in the place of those that stand in a workbook.
pub(crate) fn retype(path: &Path, texts: &[(&str, &str)]) {
    let mut archive = ZipArchive::new(Cursor::new(fs::read(path).expect("a workbook"))).expect("a package");
    let mut out = ZipWriter::new(fs::File::create(path).expect("a file"));
    for part in 0..archive.len() {
        let mut file = archive.by_index(part).expect("a part");
        let name = file.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("its bytes");
        if name == "xl/sharedStrings.xml" {
            let mut words = String::from_utf8(bytes).expect("text");
            for (old, new) in texts {
                let old = format!("<t>{old}</t>");
                assert!(words.contains(&old), "{old}");
                words = words.replace(&old, &format!("<t>{new}</t>"));
            }
            bytes = words.into_bytes();
        }
        out.start_file(name, SimpleFileOptions::default()).expect("a part");
        out.write_all(&bytes).expect("written");
    }
    out.finish().expect("a package");
}
