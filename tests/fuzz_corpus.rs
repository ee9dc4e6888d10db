//! The fuzzer's corpus, replayed through the same functions: what was found once stays found.

#[path = "../fuzz/bodies.rs"]
mod bodies;

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

#[test]
fn every_input_of_the_corpus_passes() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let mut failed = Vec::new();
    for (name, target) in bodies::ALL {
        let mut inputs: Vec<_> = fs::read_dir(corpus.join(name))
            .unwrap_or_else(|_| panic!("{name} has no corpus"))
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().contains('-')))
            .collect();
        inputs.sort();
        assert!(inputs.len() >= 3, "{name} has {} inputs", inputs.len());
        for path in inputs {
            let bytes = fs::read(&path).expect("an input");
            if catch_unwind(|| target(&bytes)).is_err() {
                failed.push(path.display().to_string());
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// Targets, corpora and the script agree on what there is.
#[test]
fn every_target_is_known_everywhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("fuzz/Cargo.toml")).expect("the manifest");
    let script = fs::read_to_string(root.join(".ci/run")).expect("the script");
    for (name, _) in bodies::ALL {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name} is not in fuzz/Cargo.toml");
        assert!(root.join(format!("fuzz/targets/{name}.rs")).is_file(), "{name} has no file");
    }
    assert!(script.contains("cargo +nightly fuzz list"), ".ci/run runs every target that there is");
}

/// A target that finds no table tries nothing out.
#[test]
fn targets_reach_what_they_are_for() {
    for (input, kind) in [
        ("1,234.5", "number"),
        ("12%", "percent"),
        ("\u{a3}1,234.50", "money"),
        ("31/03/2014", "date"),
        ("Red", "code"),
        ("yes", "boolean"),
        ("Alder", "agency"),
        ("Done so far", "string"),
    ] {
        assert_eq!(bodies::values(format!("\0{input}").as_bytes(), &[kind]), 2, "{kind}");
    }
    let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/whole/seed-plan");
    assert_eq!(bodies::whole_tables(&fs::read(seed).expect("a seed")), 1);
}
