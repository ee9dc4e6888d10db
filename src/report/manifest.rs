//! `run.json`: what went into a run and what it came to. It holds no clock time, so that a second run gives the same.

use super::{Names, Tally, Verdict, clean};
use crate::finding::{Finding, uncleared};
use crate::model::{Consolidated, Partner, PartnerId, ReturnState};
use crate::overview::ledger_lines;
use crate::round::{SignOff, Stamp};
use rust_decimal::Decimal;
use serde::Serialize;

/// The version of the record types of `run.json`; a changed or removed property raises it.
pub const MANIFEST_VERSION: u32 = 1;

/// What a run is about, from its settings.
#[derive(Debug, Clone, Default)]
pub struct About<'a> {
    /// The board's name.
    pub board: &'a str,
    /// The period, as shown.
    pub period: String,
    /// True once the figures are final.
    pub is_final: bool,
    /// The schema's name.
    pub schema: &'a str,
    /// The schema's version.
    pub schema_version: &'a str,
    /// The settings files.
    pub settings: Vec<Fingerprint>,
    /// Settings files and returns of the round before.
    pub before: Vec<Fingerprint>,
    /// The fingerprint of the run.
    pub fingerprint: String,
    /// Who signed, and whether it still stands.
    pub sign_off: Option<SignOffRecord>,
    /// Name and title of every control, in the schema's order.
    pub controls: Vec<(&'a str, &'a str)>,
}

/// A file by size and SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fingerprint {
    /// Its name, without the folders of this computer.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
}

impl From<&Stamp> for Fingerprint {
    fn from(stamp: &Stamp) -> Self {
        let Stamp { name, size, sha256 } = stamp.clone();
        Self { name, size, sha256 }
    }
}

/// The manifest of a run.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// The version of these record types.
    pub version: u32,
    /// Always `run`.
    pub kind: &'static str,
    /// The program and its version.
    pub program: String,
    /// The board.
    pub board: String,
    /// The period.
    pub period: String,
    /// `provisional` or `final`.
    pub status: &'static str,
    /// The schema's name and version.
    pub schema: String,
    /// What the run comes to.
    pub verdict: Verdict,
    /// True while something in a return identifies a person and nobody has cleared it.
    pub not_for_circulation: bool,
    /// How many findings about persons have no answer.
    pub uncleared: usize,
    /// How many findings of each severity.
    pub findings: Tally,
    /// How many of them have an answer that stands.
    pub answered: Tally,
    /// Rows and returns, counted.
    pub rows: RowsRecord,
    /// Codes of the partners from whom nothing was accepted.
    pub missing: Vec<String>,
    /// Every control and how it came out.
    pub controls: Vec<ControlRecord>,
    /// The ledger controls: typed, ledger and difference.
    pub ledgers: Vec<LedgerRecord>,
    /// The settings files.
    pub settings: Vec<Fingerprint>,
    /// The returns.
    pub inputs: Vec<FileRecord>,
    /// Files of the folder that were not opened.
    pub skipped: Vec<SkippedRecord>,
    /// Settings files and returns of the round before, if the settings name it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<Fingerprint>,
    /// Every file that the run wrote, below the folder of outputs, in the order of their names.
    pub outputs: Vec<String>,
    /// SHA-256 over the returns, the settings and the round before: what is signed.
    pub fingerprint: String,
    /// Who signed which run, if anybody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_off: Option<SignOffRecord>,
    /// The workbooks that partners are given back, if any are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub feedback: Vec<FeedbackRecord>,
}

/// A workbook that a partner is given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackRecord {
    /// The partner's code.
    pub partner: String,
    /// Where it is, below the folder of outputs.
    pub file: String,
    /// The file that the partner sent.
    pub of: String,
    /// How many things there are to fix.
    pub to_fix: usize,
    /// Why it is not the partner's own file that is given back, if it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why_not_own: Option<String>,
}

/// Who signed which run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SignOffRecord {
    /// The fingerprint that was signed, or its beginning.
    pub fingerprint: String,
    /// The post that prepared it.
    pub prepared_by: String,
    /// When, as 2014-04-28.
    pub prepared_on: String,
    /// The post that reviewed it.
    pub reviewed_by: String,
    /// When, as 2014-04-30.
    pub reviewed_on: String,
    /// True if this run is the one that was signed.
    pub stands: bool,
    /// The same in one sentence.
    pub words: String,
}

impl SignOffRecord {
    /// The record of a sign-off, held against the fingerprint of a run.
    #[must_use]
    pub fn new(signed: &SignOff, fingerprint: &str) -> Self {
        Self {
            fingerprint: signed.fingerprint.clone(),
            prepared_by: clean(&signed.prepared_by).into_owned(),
            prepared_on: signed.prepared_on.to_string(),
            reviewed_by: clean(&signed.reviewed_by).into_owned(),
            reviewed_on: signed.reviewed_on.to_string(),
            stands: signed.stands_for(fingerprint),
            words: clean(&signed.in_words(fingerprint)).into_owned(),
        }
    }
}

/// Rows and returns, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RowsRecord {
    /// Returns expected.
    pub returns_expected: usize,
    /// Partners from whom a return was accepted.
    pub returns_accepted: usize,
    /// Answers that the plan expects.
    pub expected: usize,
    /// Of these, answers that came.
    pub answered: usize,
    /// Data rows read in all returns.
    pub read: u64,
    /// Rows in the merged tables.
    pub merged: u64,
    /// Rows held with their reason.
    pub held: u64,
    /// Rows set aside with a superseded return.
    pub set_aside: u64,
}

/// One control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ControlRecord {
    /// Its name.
    pub name: String,
    /// Comparisons that agree.
    pub agrees: u32,
    /// Comparisons within what rounding allows.
    pub rounding: u32,
    /// Comparisons that differ.
    pub differs: u32,
    /// Comparisons that could not be made.
    pub could_not_test: u32,
}

/// One ledger control over the whole round, in pounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LedgerRecord {
    /// The control's name.
    pub control: String,
    /// Everything that was typed.
    pub typed: String,
    /// What was merged.
    pub merged: String,
    /// The ledger's total.
    pub ledger: String,
    /// Typed minus ledger.
    pub net: String,
    /// Partners' differences without their signs.
    pub gross: String,
    /// What no tested cause explains.
    pub unexplained: String,
    /// The same partner by partner.
    pub partners: Vec<LedgerLineRecord>,
}

/// One partner's part of a ledger control, in pounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LedgerLineRecord {
    /// The partner's code.
    pub partner: String,
    /// What was typed; `null` if no figure came.
    pub typed: Option<String>,
    /// The ledger's figure.
    pub ledger: Option<String>,
    /// Typed minus ledger.
    pub difference: String,
    /// Figures that could not be tested.
    pub could_not_test: u32,
}

/// One return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FileRecord {
    /// The file.
    #[serde(flatten)]
    pub file: Fingerprint,
    /// The partner's code, once known.
    pub partner: Option<String>,
    /// `accepted`, `superseded` or `refused`.
    pub state: &'static str,
    /// Why, unless accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Data rows read.
    pub read: u32,
    /// Rows merged.
    pub merged: u32,
    /// Rows held.
    pub held: u32,
    /// Rows set aside.
    pub set_aside: u32,
}

/// A file that was not opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SkippedRecord {
    /// Its name.
    pub name: String,
    /// Why.
    pub why: String,
}

/// Pounds with at least two decimal places and no separators: `1234.50`.
#[must_use]
pub fn amount(pounds: Decimal) -> String {
    let pounds = pounds.normalize();
    let places = pounds.scale().max(2) as usize;
    format!("{:.places$}", if pounds.is_zero() { Decimal::ZERO } else { pounds })
}

impl RowsRecord {
    /// Counts rows and returns.
    #[must_use]
    pub fn of(consolidated: &Consolidated, partners: &[Partner]) -> Self {
        let returns_expected = partners.iter().filter(|partner| partner.sends).count();
        let responses = || consolidated.register.iter().flat_map(|row| &row.responses);
        let sum = |index: usize| -> u64 {
            consolidated.returns.iter().filter_map(|r| r.rows.get(index)).map(|&rows| u64::from(rows)).sum()
        };
        Self {
            returns_expected,
            returns_accepted: returns_expected.saturating_sub(consolidated.missing.len()),
            expected: responses().count(),
            answered: responses().filter(|response| response.row.is_some()).count(),
            read: sum(0),
            merged: sum(1),
            held: sum(2),
            set_aside: sum(3),
        }
    }
}

impl Manifest {
    /// The manifest of a run.
    #[must_use]
    pub fn new(
        about: &About<'_>,
        consolidated: &Consolidated,
        names: Names<'_>,
        findings: &[Finding],
    ) -> Self {
        let tally = Tally::of(findings);
        let code = |id: PartnerId| names.partner(id).map(|partner| partner.code.clone());
        let skipped = |file: &crate::model::SkippedFile| SkippedRecord {
            name: clean(&file.name).into_owned(),
            why: clean(&file.why).into_owned(),
        };
        Self {
            version: MANIFEST_VERSION,
            kind: "run",
            program: format!("quarterday {}", env!("CARGO_PKG_VERSION")),
            board: about.board.to_owned(),
            period: about.period.clone(),
            status: if about.is_final { "final" } else { "provisional" },
            schema: format!("{} {}", about.schema, about.schema_version),
            verdict: tally.verdict(),
            not_for_circulation: findings.iter().any(Finding::forbids_circulation),
            uncleared: uncleared(findings).len(),
            findings: tally,
            answered: Tally::of(findings.iter().filter(|finding| finding.answer().is_some())),
            rows: RowsRecord::of(consolidated, names.partners),
            missing: consolidated.missing.iter().filter_map(|&id| code(id)).collect(),
            controls: controls(about, consolidated),
            ledgers: ledgers(about, consolidated, names),
            settings: about.settings.clone(),
            inputs: inputs(consolidated, names),
            skipped: consolidated.skipped.iter().map(skipped).collect(),
            before: about.before.clone(),
            outputs: Vec::new(),
            fingerprint: about.fingerprint.clone(),
            sign_off: about.sign_off.clone(),
            feedback: Vec::new(),
        }
    }
}

fn controls(about: &About<'_>, consolidated: &Consolidated) -> Vec<ControlRecord> {
    let record = |(index, (name, _)): (usize, &(&str, &str))| {
        let [agrees, rounding, differs, could_not_test] =
            consolidated.tallies.get(index).copied().unwrap_or_default();
        ControlRecord { name: (*name).to_owned(), agrees, rounding, differs, could_not_test }
    };
    about.controls.iter().enumerate().map(record).collect()
}

fn ledgers(about: &About<'_>, consolidated: &Consolidated, names: Names<'_>) -> Vec<LedgerRecord> {
    let lines = |control: usize| {
        let lines = ledger_lines(consolidated, control).into_iter();
        lines.map(|(partner, line)| LedgerLineRecord {
            partner: names.partner(partner).map_or_else(String::new, |partner| partner.code.clone()),
            typed: line.typed.map(amount),
            ledger: line.ledger.map(amount),
            difference: amount(line.difference),
            could_not_test: line.untested,
        })
    };
    let record = |ledger: &crate::model::Ledgered| LedgerRecord {
        control: about.controls.get(ledger.control).map_or("", |(name, _)| name).to_owned(),
        typed: amount(ledger.typed),
        merged: amount(ledger.merged),
        ledger: amount(ledger.ledger),
        net: amount(ledger.net),
        gross: amount(ledger.gross),
        unexplained: amount(ledger.unexplained),
        partners: lines(ledger.control).collect(),
    };
    consolidated.ledgered.iter().map(record).collect()
}

fn inputs(consolidated: &Consolidated, names: Names<'_>) -> Vec<FileRecord> {
    let record = |info: &crate::model::ReturnInfo| {
        let file = names.places.files.get(info.file.0 as usize);
        let (state, why) = match &info.state {
            ReturnState::Accepted => ("accepted", None),
            ReturnState::Superseded { why, .. } => ("superseded", Some(why)),
            ReturnState::Copy { .. } => ("copy", None),
            ReturnState::Refused { why } => ("refused", Some(why)),
        };
        let [read, merged, held, set_aside] = info.rows;
        FileRecord {
            file: Fingerprint {
                name: clean(names.places.file(info.file)).into_owned(),
                size: file.map_or(0, |file| file.size),
                sha256: file.map_or_else(String::new, |file| file.sha256.clone()),
            },
            partner: info
                .identity
                .partner
                .and_then(|id| names.partner(id))
                .map(|partner| partner.code.clone()),
            state,
            why: why.map(|why| clean(why).into_owned()),
            read,
            merged,
            held,
            set_aside,
        }
    };
    consolidated.returns.iter().map(record).collect()
}
