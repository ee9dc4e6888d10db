//! Files that are tried out in a process of their own.

use crate::desk::{CLEAN, Desk, FILES, MESSY};
use std::fs;

#[test]
fn a_worker_that_dies_costs_one_refusal() {
    let desk = Desk::new();
    let usual = desk.run(&["merge", MESSY]);
    let csv = |desk: &Desk| fs::read_to_string(desk.path(MESSY).join("out/findings.csv")).expect("written");
    assert!(!csv(&desk).contains("stopped the reader"));
    // Too little memory to start reading with: the worker is ended by the system, as it would be by a hostile file.
    let short = desk.run_with(&["merge", MESSY], &[("QUARTERDAY_WORKER_MEMORY", "4")]);
    assert_eq!(short.status, usual.status);
    let findings = csv(&desk);
    let refused =
        findings.lines().filter(|line| line.contains("refused-file") && line.contains("stopped the reader"));
    let refused: Vec<&str> = refused.collect();
    let [only] = refused.as_slice() else { panic!("{refused:?}") };
    assert!(only.contains("NHS Herefordshire Q4.xls"), "{only}");
    assert!(
        findings.contains("Cafcass.xlsx needs a password"),
        "a password is told before anything is tried"
    );
    assert!(findings.contains("rating-by-colour"), "the other returns are read");
}

#[test]
fn every_file_can_be_tried_out_and_comes_out_the_same() {
    let desk = Desk::new();
    let read =
        |desk: &Desk| FILES.map(|file| fs::read(desk.path(CLEAN).join("out").join(file)).expect("written"));
    desk.run(&["merge", CLEAN]);
    let plain = read(&desk);
    let done = desk.run(&["--isolate", "merge", CLEAN]);
    assert_eq!(done.status, 0, "{}", done.err);
    assert!(read(&desk) == plain);
}
