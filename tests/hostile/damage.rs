//! The damaged set: sound files with bytes changed, cut off, moved, blanked or put in.

use crate::cases::Expect;
use crate::run::{Done, Place};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A sound file.
pub(crate) struct Original {
    /// Its name, without anything of its place.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// True if its parts have checksums, so that damage to a value is always noticed.
    checked: bool,
    /// What is printed of it.
    whole: String,
}

/// Every workbook and text of the samples and of `tests/excel`.
pub(crate) fn originals() -> Vec<Original> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    collect(&root.join("samples"), &mut paths);
    collect(&root.join("tests/excel"), &mut paths);
    paths.sort();
    let place = Place::new();
    let original = |(index, path): (usize, &PathBuf)| {
        let ending = path.extension()?.to_str()?.to_owned();
        ["xlsx", "xlsm", "xls", "ods", "csv", "docx"].contains(&ending.as_str()).then_some(())?;
        let bytes = std::fs::read(path).expect("a sample");
        let name = format!("sample-{index}.{ending}");
        let whole = place.inspect(&name, &bytes, true).text();
        Some(Original { checked: bytes.starts_with(b"PK"), name, bytes, whole })
    };
    paths.iter().enumerate().filter_map(original).collect()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "out") {
            collect(&path, found);
        } else if path.is_file() {
            found.push(path);
        }
    }
}

/// Numbers that look random and are the same in every run.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x7DE)
    }

    /// A number below another.
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % most.max(1)
    }

    fn byte(&mut self) -> u8 {
        u8::try_from(self.below(256)).expect("eight bits")
    }
}

/// The file with some damage.
pub(crate) fn damaged(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let length = bytes.len();
    match random.below(7) {
        0 | 1 => {
            for _ in 0..=random.below(3) {
                let at = random.below(length);
                bytes[at] ^= 1 << random.below(8);
            }
        }
        2 => {
            for _ in 0..=random.below(30) {
                let at = random.below(length);
                bytes[at] = random.byte();
            }
        }
        3 => bytes.truncate(random.below(length)),
        4 => {
            let size = 1 + random.below(length.min(2_048) / 2);
            let (one, other) = (random.below(length - size), random.below(length - size));
            for step in 0..size {
                bytes.swap(one + step, other + step);
            }
        }
        5 => {
            let from = random.below(length);
            let to = (from + 1 + random.below(2_048)).min(length);
            bytes[from..to].fill(0);
        }
        _ => {
            let at = random.below(length);
            let more: Vec<u8> = (0..=random.below(100)).map(|_| random.byte()).collect();
            bytes.splice(at..at, more);
        }
    }
    bytes
}

impl Original {
    /// What is wrong with a run on the damaged file.
    pub(crate) fn faults(&self, done: &Done) -> Vec<String> {
        if !self.checked || Self::is_told(done) || self.is_same(done) {
            return Expect::Safe.faults(done, &self.name);
        }
        vec!["was read with other values and without a word".to_owned()]
    }

    /// True if the run told that something is amiss.
    fn is_told(done: &Done) -> bool {
        done.status != Some(0) && !done.err.trim().is_empty()
    }

    /// True if the same was printed, but for cells that are shown as unreadable.
    fn is_same(&self, done: &Done) -> bool {
        let text = done.text();
        if text == self.whole {
            return true;
        }
        let known: BTreeSet<&str> = self.whole.lines().collect();
        text.lines().count() == self.whole.lines().count()
            && text.lines().all(|line| known.contains(line) || line.contains(",\"error\",\"unreadable\""))
    }
}
