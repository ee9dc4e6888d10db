//! `findings.json`: versioned records, written one at a time.

use super::{Names, clean};
use crate::finding::{Detail, Finding, Location, Severity};
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::io::{self, Write};

/// The version of the record types of `findings.json`; a changed or removed property raises it.
pub const FINDINGS_VERSION: u32 = 1;

/// One finding as it stands in `findings.json`. Properties without a value are left out.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FindingRecord<'a> {
    /// The check's name.
    pub check: &'a str,
    /// `note`, `query` or `error`.
    pub severity: Severity,
    /// The partner's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner: Option<Cow<'a, str>>,
    /// Where to look first.
    pub at: PlaceRecord<'a>,
    /// One sentence about this place.
    pub message: Cow<'a, str>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<Cow<'a, str>>,
    /// The field's title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<Cow<'a, str>>,
    /// As it was typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub typed: Option<Cow<'a, str>>,
    /// As it was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub used: Option<Cow<'a, str>>,
    /// The constraint, rule or control, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<Cow<'a, str>>,
    /// Other places.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<RelatedRecord<'a>>,
    /// The answer that stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<AnswerRecord<'a>>,
}

/// An answer as it stands in `findings.json`.
#[derive(Debug, Serialize)]
pub struct AnswerRecord<'a> {
    /// The words.
    pub text: Cow<'a, str>,
    /// The post that gives them.
    pub post: Cow<'a, str>,
    /// The day, as 2014-04-22.
    pub date: String,
    /// Its line in `answers.csv`.
    pub line: u32,
}

/// A place as it stands in `findings.json`.
#[derive(Debug, Serialize)]
pub struct PlaceRecord<'a> {
    /// As it is shown: `nhs.xls › Finance!D7`.
    #[serde(serialize_with = "shown")]
    pub shown: super::Shown<'a>,
    /// The file's name: a return, `plan.csv`, `ledger.csv` or `round.toml`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<Cow<'a, str>>,
    /// The sheet's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<Cow<'a, str>>,
    /// The cell's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// The line, one-based, of a `.csv` of the Business Unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

/// Another place as it stands in `findings.json`.
#[derive(Debug, Serialize)]
pub struct RelatedRecord<'a> {
    /// The place.
    pub at: PlaceRecord<'a>,
    /// What it is.
    pub what: Cow<'a, str>,
}

fn shown<S: Serializer>(shown: &super::Shown<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(shown)
}

impl<'a> PlaceRecord<'a> {
    /// The record of a place.
    #[must_use]
    pub fn new(at: Location, names: Names<'a>) -> Self {
        let places = names.places;
        let empty = Self { shown: names.show(at), file: None, sheet: None, cell: None, line: None };
        match at {
            Location::Cell(at) => Self {
                file: Some(clean(places.file(at.file))),
                sheet: Some(clean(places.sheet(at.file, at.sheet))),
                cell: Some(at.cell.to_string()),
                ..empty
            },
            Location::Sheet(file, sheet) => Self {
                file: Some(clean(places.file(file))),
                sheet: Some(clean(places.sheet(file, sheet))),
                ..empty
            },
            Location::File(file) => Self { file: Some(clean(places.file(file))), ..empty },
            Location::Plan(_, line) => Self { file: Some("plan.csv".into()), line: Some(line), ..empty },
            Location::Ledger(line) => Self { file: Some("ledger.csv".into()), line: Some(line), ..empty },
            Location::Answer(line) => Self { file: Some("answers.csv".into()), line: Some(line), ..empty },
            Location::Own(file, line) => Self { file: Some(file.name().into()), line: Some(line), ..empty },
            Location::SignOff => Self { file: Some("signoff.toml".into()), ..empty },
            Location::Partner(_) => Self { file: Some("round.toml".into()), ..empty },
            Location::Returns => empty,
        }
    }
}

impl<'a> FindingRecord<'a> {
    /// The record of a finding.
    #[must_use]
    pub fn new(finding: &'a Finding, names: Names<'a>) -> Self {
        let detail = finding.detail.as_deref();
        let part = |pick: fn(&Detail) -> &Option<String>| detail.and_then(|d| pick(d).as_deref()).map(clean);
        Self {
            check: finding.code.as_str(),
            severity: finding.severity,
            partner: finding.partner.and_then(|id| names.partner(id)).map(|partner| clean(&partner.code)),
            at: PlaceRecord::new(finding.at, names),
            message: clean(&finding.message),
            help: finding.help.as_deref().map(clean),
            field: part(|detail| &detail.field),
            typed: part(|detail| &detail.typed),
            used: part(|detail| &detail.used),
            rule: part(|detail| &detail.rule),
            related: detail.map_or_else(Vec::new, |detail| {
                let record = |other: &'a crate::finding::Related| RelatedRecord {
                    at: PlaceRecord::new(other.at, names),
                    what: clean(&other.what),
                };
                detail.related.iter().map(record).collect()
            }),
            answer: finding.answer().map(|answer| AnswerRecord {
                text: clean(&answer.text),
                post: clean(&answer.post),
                date: answer.date.to_string(),
                line: answer.line,
            }),
        }
    }
}

/// Writes every finding, one a line, as one JSON document.
///
/// # Errors
///
/// If `out` cannot be written.
pub fn findings_json(findings: &[Finding], names: Names<'_>, mut out: impl Write) -> io::Result<()> {
    let program = env!("CARGO_PKG_VERSION");
    write!(
        out,
        "{{\"version\":{FINDINGS_VERSION},\"kind\":\"findings\",\"program\":\"quarterday {program}\",\"findings\":["
    )?;
    for (index, finding) in findings.iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut out, &FindingRecord::new(finding, names))?;
    }
    out.write_all(b"\n]}\n")
}

#[cfg(test)]
mod tests {
    use super::super::place::tests::{differing, partners, places};
    use super::*;
    use crate::finding::Related;

    #[test]
    fn a_finding_is_a_line_of_a_sound_document() {
        let (places, partners) = (places(), partners());
        let names = Names { places: &places, partners: &partners };
        let detail = Detail {
            typed: Some("45,230".into()),
            related: vec![Related { at: Location::Ledger(3), what: "the ledger".into() }],
            ..Detail::default()
        };
        let finding = differing(detail);
        let mut out = Vec::new();
        findings_json(&[finding.clone(), finding], names, &mut out).expect("memory");
        assert_eq!(String::from_utf8_lossy(&out).lines().count(), 4);
        let document: serde_json::Value = serde_json::from_slice(&out).expect("JSON");
        assert_eq!(document["version"], 1);
        let first = &document["findings"][0];
        assert_eq!(
            first.to_string(),
            serde_json::json!({
                "check": "control-total-mismatch", "severity": "query", "partner": "NHS",
                "at": { "shown": "nhs.xls › Finance!H6", "file": "nhs.xls", "sheet": "Finance", "cell": "H6" },
                "message": "Typed £45,230, ledger £45,203.", "help": "Say which is right.", "typed": "45,230",
                "related": [{ "at": { "shown": "ledger.csv line 3", "file": "ledger.csv", "line": 3 }, "what": "the ledger" }],
            })
            .to_string()
        );
    }

    #[test]
    fn no_finding_is_a_sound_document_too() {
        let places = places();
        let mut out = Vec::new();
        findings_json(&[], Names { places: &places, partners: &[] }, &mut out).expect("memory");
        let document: serde_json::Value = serde_json::from_slice(&out).expect("JSON");
        assert_eq!(document["findings"], serde_json::json!([]));
    }
}
