//! A return in whose place another is used still stands in the folder, and in its partner's own file.

use super::outputs::every_byte;
use super::resent::{answer, merge, round, send_as};
use std::fs;

const NUMBER: &str = "999 000 0018";

#[test]
fn a_number_in_a_replaced_return_sets_the_mark_and_is_asked_about() {
    for (newer, why) in [("All staff were trained", "it replaces the other"), ("Seen", "with less in it")] {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        round(folder);
        send_as(folder, "Wyevale Police Q4.csv", &format!("Seen with NHS no {NUMBER}"));
        send_as(folder, "Wyevale Police Q4 (2).csv", newer);
        let said = merge(folder, &["--extract"]);
        assert!(said.contains("Not for circulation"), "{why}: {said}");
        assert!(said.contains("The extract was not written: 1 thing"), "{why}: {said}");
        assert!(!folder.join("round/out/extract.xlsx").exists(), "{why}");
        let message = every_message(folder);
        let words = message.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            words.contains(
                "Remove it from Wyevale Police Q4.csv, in whose place we use Wyevale Police Q4 (2).csv."
            ),
            "{why}: {words}"
        );
        assert_eq!(answer(folder, &["personal-data-suspected"]), 1, "{why}: {said}");
        let said = merge(folder, &["--extract"]);
        assert!(folder.join("round/out/extract.xlsx").exists(), "{why}: {said}");
        let mut all = Vec::new();
        every_byte(&folder.join("round/out"), &mut all);
        assert!(memchr::memmem::find(&all, NUMBER.as_bytes()).is_none(), "{why}");
    }
}

/// The same file twice is two files to mend.
#[test]
fn a_number_in_a_copy_is_asked_about_in_both() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    round(folder);
    for name in ["Wyevale Police Q4.csv", "Wyevale Police Q4 (2).csv"] {
        send_as(folder, name, &format!("Seen with NHS no {NUMBER}"));
    }
    let said = merge(folder, &["--extract"]);
    assert!(said.contains("The extract was not written: 2 things"), "{said}");
    assert_eq!(answer(folder, &["personal-data-suspected"]), 2, "{said}");
}

/// A return that is refused is asked about too.
#[test]
fn a_number_in_a_refused_return_sets_the_mark() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    round(folder);
    send_as(folder, "Nobody we know.csv", &format!("Seen with NHS no {NUMBER}"));
    let said = merge(folder, &["--extract"]);
    assert!(said.contains("Not for circulation"), "{said}");
    assert!(said.contains("The extract was not written: 1 thing"), "{said}");
}

fn every_message(folder: &std::path::Path) -> String {
    let files = fs::read_dir(folder.join("round/out/messages")).expect("written");
    files.filter_map(Result::ok).filter_map(|file| fs::read_to_string(file.path()).ok()).collect()
}
