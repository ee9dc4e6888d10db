//! Files made to bring the program down or to be misread, and sound files with damage, each put through the program
//! itself with a clock and a measure of its memory.
//!
//! A slice of both runs with every `cargo test`; the whole runs when it is asked for:
//! `cargo test --test hostile -- --ignored --nocapture`.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]
#![allow(clippy::too_many_lines, clippy::format_collect, reason = "lists of cases")]

#[path = "hostile/binary.rs"]
mod binary;
#[path = "hostile/cases.rs"]
mod cases;
#[path = "hostile/damage.rs"]
mod damage;
#[path = "hostile/forge.rs"]
mod forge;
#[path = "hostile/heavy.rs"]
mod heavy;
#[path = "hostile/misread.rs"]
mod misread;
#[path = "hostile/old.rs"]
mod old;
#[path = "hostile/open.rs"]
mod open;
#[path = "hostile/packages.rs"]
mod packages;
#[path = "hostile/parts.rs"]
mod parts;
#[path = "../fuzz/records.rs"]
mod records;
#[path = "hostile/run.rs"]
mod run;
#[path = "hostile/text.rs"]
mod text;
#[path = "hostile/values.rs"]
mod values;

use cases::{Case, Cases};
use damage::{Original, Random, damaged};
use run::{Done, Place, faults};
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// How many variants of each sound file the damaged set has.
const VARIANTS: usize = 75;

/// What many runs came to.
#[derive(Default)]
struct Tally {
    files: usize,
    runs: usize,
    refused: usize,
    told: usize,
    slowest: (Duration, String),
    largest: (u64, String),
    faults: Vec<String>,
}

impl Tally {
    fn count(&mut self, name: &str, done: &Done, more: Vec<String>) {
        self.runs += 1;
        self.refused += usize::from(done.status == Some(1) && done.out.is_empty());
        self.told += usize::from(done.status != Some(0));
        if done.took > self.slowest.0 {
            self.slowest = (done.took, name.to_owned());
        }
        if done.memory > self.largest.0 {
            self.largest = (done.memory, name.to_owned());
        }
        for fault in faults(done).into_iter().chain(more) {
            let said: String = done.err.chars().take(300).collect();
            let printed: String = done.text().chars().take(300).collect();
            self.faults.push(format!("{name}: {fault}\n    said: {said}\n    printed: {printed}"));
        }
    }

    fn summary(&self) -> String {
        format!(
            "{} files, {} runs, {} refused, {} told; slowest {:?} ({}); most memory {} MiB ({}); {} faults",
            self.files,
            self.runs,
            self.refused,
            self.told,
            self.slowest.0,
            self.slowest.1,
            self.largest.0 >> 20,
            self.largest.1,
            self.faults.len()
        )
    }
}

/// Does something with every item on two threads, each with a folder of its own.
fn spread<T: Sync>(items: &[T], each: impl Fn(usize, &T, &Place, &Mutex<Tally>) + Sync) -> Tally {
    let (next, tally) = (AtomicUsize::new(0), Mutex::new(Tally::default()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let place = Place::new();
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { return };
                    each(index, item, &place, &tally);
                }
            });
        }
    });
    let mut tally = tally.into_inner().unwrap();
    tally.files = items.len();
    tally
}

/// Runs cases of the hostile set; every so many of them, and the heavy ones, are also checked against a schema.
fn hostile(cases: &[&Case], check_every: usize) -> Tally {
    spread(cases, |index, case, place, tally| {
        let bytes = (case.bytes)();
        let done = place.inspect(&case.name, &bytes, false);
        let more = case.expect.faults(&done, &case.name);
        tally.lock().unwrap().count(&case.name, &done, more);
        if index % check_every == 0 || case.name.starts_with("heavy") {
            let done = place.check(&case.name, &bytes);
            tally.lock().unwrap().count(&format!("check {}", case.name), &done, Vec::new());
        }
    })
}

/// Runs damaged files; every so many of them are also checked against a schema.
fn damage(originals: &[Original], variants: &[usize], check_every: usize) -> Tally {
    let items: Vec<(&Original, usize)> = variants
        .iter()
        .flat_map(|&variant| originals.iter().map(move |original| (original, variant)))
        .collect();
    spread(&items, |index, (original, variant), place, tally| {
        let seed = u64::try_from(index * 1_000 + variant).unwrap();
        let bytes = damaged(&original.bytes, &mut Random::new(seed));
        let done = place.inspect(&original.name, &bytes, true);
        let name = format!("{} with damage {seed}", original.name);
        tally.lock().unwrap().count(&name, &done, original.faults(&done));
        if index % check_every == 0 {
            let done = place.check(&original.name, &bytes);
            tally.lock().unwrap().count(&format!("check {name}"), &done, Vec::new());
        }
    })
}

#[expect(clippy::print_stdout, reason = "the figures are what the whole run is for")]
fn pass(what: &str, tally: &Tally) {
    println!("{what}: {}", tally.summary());
    assert!(tally.faults.is_empty(), "{what}: {}\n{}", tally.summary(), tally.faults.join("\n"));
}

#[test]
fn the_hostile_set_has_every_class() {
    let cases = Cases::all();
    let mut names = BTreeSet::new();
    for case in &cases.0 {
        assert!(names.insert(case.name.as_str()), "{} is there twice", case.name);
    }
    assert!(names.len() >= 200, "{}", names.len());
}

#[test]
fn a_slice_of_the_hostile_set_brings_nothing_down() {
    let cases = Cases::all();
    // Large ones are for the whole set.
    let quick = |case: &&Case| {
        !["-mb", "million", "nested", "strings-", "billion", "heavy"]
            .iter()
            .any(|word| case.name.contains(word))
    };
    let slice: Vec<&Case> = cases.0.iter().filter(quick).step_by(9).collect();
    pass("hostile files", &hostile(&slice, 5));
}

#[test]
fn a_slice_of_the_damaged_set_brings_nothing_down() {
    let originals = damage::originals();
    pass("damaged files", &damage(&originals, &[VARIANTS, VARIANTS + 1], 10));
}

#[test]
#[ignore = "minutes; .ci/run asks for it"]
fn the_whole_hostile_set_brings_nothing_down() {
    let cases = Cases::all();
    let all: Vec<&Case> = cases.0.iter().collect();
    pass("hostile files", &hostile(&all, 5));
}

#[test]
#[ignore = "minutes; .ci/run asks for it"]
fn the_whole_damaged_set_brings_nothing_down() {
    let originals = damage::originals();
    let variants: Vec<usize> = (0..VARIANTS).collect();
    assert!(originals.len() * variants.len() >= 2_000, "{}", originals.len());
    pass("damaged files", &damage(&originals, &variants, 8));
}
