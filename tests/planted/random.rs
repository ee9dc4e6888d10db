//! Random differences over the eleven figures of the Board's money for 2013-14: what is said of them is said by chance.

use crate::dice::Dice;
use crate::judge;
use crate::support::notation::Settings;
use crate::support::settings;
use quarterday::model::{Comparison, Evidence, Outcome};
use std::fmt::Write as _;

/// The eleven figures, whole pounds.
const FIGURES: [(&str, i64); 11] = [
    ("Herefordshire Council", 127_016),
    ("NHS Herefordshire", 45_203),
    ("West Mercia Police", 30_165),
    ("West Mercia Probation", 4_612),
    ("Youth Offending Service", 645),
    ("Courts service", 550),
    ("Support staff", 109_623),
    ("Case reviews", 30_921),
    ("Training", 21_901),
    ("Independent Chair", 15_600),
    ("Additional costs", 14_388),
];
/// Returns of one round.
const RETURNS: usize = 100;
/// The largest difference either way.
const MOST: usize = 50_000;

/// How many of some differences are explained, and how many of them with more than *possible*.
#[derive(Debug, Default, Clone, Copy)]
struct Said {
    differences: usize,
    possible: usize,
    sure: usize,
}

impl Said {
    fn take(&mut self, comparison: &Comparison) {
        self.differences += 1;
        let sure = comparison.explanations.iter().any(|one| one.evidence != Evidence::Possible);
        self.sure += usize::from(sure);
        self.possible += usize::from(!sure && !comparison.explanations.is_empty());
    }
}

/// Asserts that at most one in a hundred random differences is explained, as the total of a column and as a line of the
/// ledger.
pub fn assert_few(differences: usize) {
    let (mut footing, mut ledger) = (Said::default(), Said::default());
    for number in 0..differences / RETURNS {
        let (down, lines) = one_round(number);
        for (all, more) in [(&mut footing, down), (&mut ledger, lines)] {
            all.differences += more.differences;
            all.possible += more.possible;
            all.sure += more.sure;
        }
    }
    println!("as totals: {footing:?}\nas lines of the ledger: {ledger:?}");
    for said in [footing, ledger] {
        assert!(said.differences >= differences * 99 / 100, "{said:?}");
        assert!(said.sure * 100 <= said.differences, "{said:?}");
    }
}

fn one_round(number: usize) -> (Said, Said) {
    let mut dice = Dice::new(7_000_000 + number as u64);
    let mut round = String::from(
        "[round]\nboard = \"Herefordshire Safeguarding Children Board\"\ncode = \"HSCB\"\nperiod = \"2013-14 Q4\"\n",
    );
    let mut ledger = String::from("table,agency,line,year\n");
    let mut files = Vec::new();
    for place in 0..RETURNS {
        let name = format!(
            "Partner {}{}",
            ["A", "B", "C", "D"][place / 25],
            char::from(b'A' + u8::try_from(place % 25).unwrap_or(0))
        );
        let _ = write!(round, "\n[[partner]]\ncode = \"P{place}\"\nname = \"{name}\"\ncontact = \"Lead\"\n");
        let random = |dice: &mut Dice| {
            let off = i64::try_from(1 + dice.below(MOST)).unwrap_or(1);
            if dice.one_in(2) { off } else { -off }
        };
        // A line of the ledger and the total of the column are each out by a difference of their own.
        let wrong = dice.below(FIGURES.len());
        let (off, total_off) = (random(&mut dice), random(&mut dice));
        let mut text = String::from("Budget line,Year\n");
        let mut sum = 0;
        for (line, (what, amount)) in FIGURES.iter().enumerate() {
            let typed = amount + if line == wrong { off } else { 0 };
            sum += typed;
            let _ = writeln!(ledger, "spend,P{place},{what},{amount}");
            let _ = writeln!(text, "{what},{typed}");
        }
        let _ = writeln!(text, "Total,{}", sum + total_off);
        files.push((format!("{name}.csv"), text.into_bytes()));
    }
    let settings = Settings {
        schema: Some(include_str!("figures.toml").to_owned()),
        round: Some(round),
        ledger: Some(ledger),
        ..Settings::default()
    };
    let round = settings::load(&settings).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let consolidated = judge::merge(&round, &files);
    let (mut down, mut lines) = (Said::default(), Said::default());
    let differs = |one: &&Comparison| matches!(one.outcome, Outcome::Differs { .. });
    for comparison in consolidated.comparisons.iter().filter(differs) {
        match judge::control(&round, comparison) {
            "down" => down.take(comparison),
            _ if comparison.line.starts_with("Control total") => {}
            _ => lines.take(comparison),
        }
    }
    (down, lines)
}
