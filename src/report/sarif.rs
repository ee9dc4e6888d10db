//! `findings.sarif`: the findings in the Static Analysis Results Interchange Format, version 2.1.0.

use super::hex::hex;
use super::{About, Names, PlaceRecord, clean};
use crate::finding::{Answer, Finding, Location, Severity};
use crate::round::answers;
use serde::ser::SerializeSeq as _;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Write};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What the folder of the round is called in the log.
const BASE: &str = "ROUND";

/// How a finding is told from all others, run after run; another way gets another name.
const FINGERPRINT: &str = "quarterday/v1";

/// The page of a check.
#[derive(Debug, Clone)]
pub struct RulePage {
    /// Its first sentence.
    pub summary: String,
    /// The page in Markdown.
    pub markdown: String,
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Value,
    automation_details: Value,
    original_uri_base_ids: Value,
    artifacts: Vec<Value>,
    invocations: Value,
    language: &'static str,
    column_kind: &'static str,
    results: Results<'a>,
}

struct Results<'a> {
    findings: &'a [Finding],
    rules: &'a [&'static str],
    names: Names<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultRecord<'a> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message<'a>,
    locations: [Place<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Place<'a>>,
    partial_fingerprints: BTreeMap<&'static str, String>,
    suppressions: Vec<Suppression<'a>>,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Message<'a> {
    text: Cow<'a, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    physical_location: Option<Physical>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<Logical<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical<'a> {
    name: Cow<'a, str>,
    fully_qualified_name: String,
    kind: &'static str,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    status: &'static str,
    justification: Cow<'a, str>,
    properties: Value,
}

#[derive(Serialize)]
struct Properties<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    partner: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    typed: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    used: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<Cow<'a, str>>,
}

/// Writes every finding, answered ones as suppressed. `page` gives the page of a check by its name.
///
/// # Errors
///
/// If `out` cannot be written.
pub fn sarif(
    findings: &[Finding],
    about: &About<'_>,
    names: Names<'_>,
    page: &dyn Fn(&str) -> Option<(Severity, RulePage)>,
    mut out: impl Write,
) -> io::Result<()> {
    let mut rules: Vec<&'static str> = findings.iter().map(|finding| finding.code.as_str()).collect();
    rules.sort_unstable();
    rules.dedup();
    let described = rules.iter().map(|name| rule(name, page(name)));
    let tool = json!({ "driver": {
        "name": "quarterday",
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "shortDescription": { "text": env!("CARGO_PKG_DESCRIPTION") },
        "rules": described.collect::<Value>(),
    } });
    let run = Run {
        tool,
        automation_details: json!({
            "id": format!("{}/{}/", clean(about.board), about.period),
            "description": { "text": format!("{}, {}, {}", about.schema, clean(about.board), about.period) },
        }),
        original_uri_base_ids: json!({ BASE: { "description": { "text": "The folder of the round." } } }),
        artifacts: artifacts(names),
        invocations: json!([{ "executionSuccessful": true }]),
        language: "en-GB",
        column_kind: "unicodeCodePoints",
        results: Results { findings, rules: &rules, names },
    };
    serde_json::to_writer(&mut out, &Log { schema: SCHEMA, version: "2.1.0", runs: [run] })?;
    out.write_all(b"\n")
}

fn rule(name: &str, page: Option<(Severity, RulePage)>) -> Value {
    let Some((severity, page)) = page else { return json!({ "id": name }) };
    let plain = |line: &str| line.strip_prefix("## ").unwrap_or(line).to_owned();
    let text = page.markdown.lines().map(plain).collect::<Vec<_>>().join("\n");
    json!({
        "id": name,
        "shortDescription": { "text": page.summary },
        "help": { "text": text.trim_end(), "markdown": page.markdown.trim_end() },
        "defaultConfiguration": { "level": level(severity) },
    })
}

/// The returns, by size and fingerprint.
fn artifacts(names: Names<'_>) -> Vec<Value> {
    let files = names.places.files.iter();
    let one = |file: &crate::model::FileInfo| {
        let mut artifact = json!({
            "location": { "uri": format!("returns/{}", encoded(&file.name)), "uriBaseId": BASE },
            "length": file.size,
            "roles": ["analysisTarget"],
        });
        if !file.sha256.is_empty() {
            artifact["hashes"] = json!({ "sha-256": file.sha256 });
        }
        artifact
    };
    files.map(one).collect()
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Query => "warning",
        Severity::Error => "error",
    }
}

/// A file's name as a part of a web address: everything but letters, digits and `-._~` as percent signs and bytes.
fn encoded(name: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.extend([byte >> 4, byte & 15].map(|half| char::from(DIGITS[usize::from(half)])));
        }
    }
    encoded
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut results = serializer.serialize_seq(Some(self.findings.len()))?;
        // Findings that nothing else tells apart are told apart by their order.
        let seen: RefCell<BTreeMap<[u8; 32], u32>> = RefCell::default();
        for finding in self.findings {
            results.serialize_element(&self.result(finding, &seen))?;
        }
        results.end()
    }
}

impl<'a> Results<'a> {
    fn result(&self, finding: &'a Finding, seen: &RefCell<BTreeMap<[u8; 32], u32>>) -> ResultRecord<'a> {
        let detail = finding.detail.as_deref();
        let part = |text: Option<&'a String>| text.map(|text| clean(text));
        let related = detail.iter().flat_map(|detail| &detail.related).enumerate();
        let partner = finding.partner.and_then(|id| self.names.partner(id));
        ResultRecord {
            rule_id: finding.code.as_str(),
            rule_index: self.rules.binary_search(&finding.code.as_str()).unwrap_or(0),
            level: level(finding.severity),
            message: Message { text: words(finding) },
            locations: [self.place(finding.at, None, None)],
            related_locations: related
                .map(|(number, other)| self.place(other.at, Some(number + 1), Some(&other.what)))
                .collect(),
            partial_fingerprints: BTreeMap::from([(FINGERPRINT, self.fingerprint(finding, seen))]),
            suppressions: finding.answer().map(suppression).into_iter().collect(),
            properties: Properties {
                partner: partner.map(|partner| clean(&partner.code)),
                field: part(detail.and_then(|detail| detail.field.as_ref())),
                typed: part(detail.and_then(|detail| detail.typed.as_ref())),
                used: part(detail.and_then(|detail| detail.used.as_ref())),
                rule: part(detail.and_then(|detail| detail.rule.as_ref())),
            },
        }
    }

    /// Made of what an answer is put beside it by: check and rule, place, and the value that was found.
    fn fingerprint(&self, finding: &Finding, seen: &RefCell<BTreeMap<[u8; 32], u32>>) -> String {
        let place = answers::place(finding.at, self.names.places, self.names.partners);
        let text = format!("{}\n{place}\n{}", answers::title(finding), answers::value(finding));
        let digest: [u8; 32] = Sha256::digest(text.as_bytes()).into();
        let mut seen = seen.borrow_mut();
        let count = seen.entry(digest).or_insert(0);
        *count += 1;
        format!("{}:{count}", hex(&digest))
    }

    fn place(&self, at: Location, id: Option<usize>, what: Option<&'a str>) -> Place<'a> {
        let record = PlaceRecord::new(at, self.names);
        let uri = match at.file() {
            Some(file) => Some(format!("returns/{}", encoded(self.names.places.file(file)))),
            None if at == Location::Returns => Some("returns/".to_owned()),
            None => record.file.as_deref().map(encoded),
        };
        let physical = uri.map(|uri| Physical {
            artifact_location: Artifact { uri, uri_base_id: BASE },
            region: record.line.map(|start_line| Region { start_line }),
        });
        let mut logical = Vec::new();
        if let Some(sheet) = record.sheet {
            match record.cell {
                Some(cell) => logical.push(Logical {
                    fully_qualified_name: format!("{sheet}!{cell}"),
                    name: cell.into(),
                    kind: "cell",
                }),
                None => logical.push(Logical {
                    fully_qualified_name: sheet.to_string(),
                    name: sheet,
                    kind: "sheet",
                }),
            }
        } else if let Location::Partner(partner) = at
            && let Some(partner) = self.names.partner(partner)
        {
            let name = clean(&partner.name);
            logical.push(Logical { fully_qualified_name: name.to_string(), name, kind: "partner" });
        }
        Place {
            id,
            physical_location: physical,
            logical_locations: logical,
            message: what.map(|what| Message { text: clean(what) }),
        }
    }
}

/// What was found and what to do.
fn words(finding: &Finding) -> Cow<'_, str> {
    let message = clean(&finding.message);
    match &finding.help {
        Some(help) => Cow::Owned(format!("{message} {}", clean(help))),
        None => message,
    }
}

fn suppression(answer: &Answer) -> Suppression<'_> {
    Suppression {
        kind: "external",
        status: "accepted",
        justification: clean(&answer.text),
        properties: json!({
            "post": clean(&answer.post),
            "date": answer.date.to_string(),
            "line": answer.line,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::place::tests::{differing, partners, places};
    use super::*;
    use crate::finding::{Detail, Related};
    use jiff::civil::date;

    fn log(findings: &[Finding]) -> Value {
        let (mut places, partners) = (places(), partners());
        places.files[0].name = "NHS 100% ‹x›.xls".into();
        let names = Names { places: &places, partners: &partners };
        let page = |_: &str| {
            let page = RulePage { summary: "One.".into(), markdown: "One.\n\n## Why\n\nx\n".into() };
            Some((Severity::Query, page))
        };
        let mut out = Vec::new();
        sarif(findings, &About::default(), names, &page, &mut out).expect("memory");
        serde_json::from_slice(&out).expect("JSON")
    }

    #[test]
    fn a_finding_is_a_result_with_its_place() {
        let related = vec![Related { at: Location::Ledger(3), what: "the ledger".into() }];
        let log = log(&[differing(Detail { related, ..Detail::default() })]);
        assert_eq!(log["version"], "2.1.0");
        let result = &log["runs"][0]["results"][0];
        assert_eq!(result["ruleId"], "control-total-mismatch");
        assert_eq!(result["level"], "warning");
        assert_eq!(result["message"]["text"], "Typed £45,230, ledger £45,203. Say which is right.");
        assert_eq!(
            result["locations"],
            json!([{
                "physicalLocation": { "artifactLocation":
                    { "uri": "returns/NHS%20100%25%20%E2%80%B9x%E2%80%BA.xls", "uriBaseId": "ROUND" } },
                "logicalLocations": [{ "name": "H6", "fullyQualifiedName": "Finance!H6", "kind": "cell" }],
            }])
        );
        assert_eq!(
            result["relatedLocations"],
            json!([{
                "id": 1,
                "physicalLocation": { "artifactLocation": { "uri": "ledger.csv", "uriBaseId": "ROUND" },
                    "region": { "startLine": 3 } },
                "message": { "text": "the ledger" },
            }])
        );
        assert_eq!(result["suppressions"], json!([]));
        let rule = &log["runs"][0]["tool"]["driver"]["rules"][0];
        assert_eq!(
            (rule["id"].as_str(), rule["help"]["text"].as_str()),
            (Some("control-total-mismatch"), Some("One.\n\nWhy\n\nx"))
        );
    }

    #[test]
    fn an_answered_finding_stays_and_is_suppressed() {
        let answer =
            Answer { line: 2, text: "Agreed.".into(), post: "Finance lead".into(), date: date(2014, 4, 22) };
        let answered = differing(Detail { answer: Some(answer), ..Detail::default() });
        let log = log(&[answered, differing(Detail::default())]);
        let results = &log["runs"][0]["results"];
        let suppression = &results[0]["suppressions"][0];
        assert_eq!(suppression["status"], "accepted");
        assert_eq!(suppression["justification"], "Agreed.");
        assert_eq!(suppression["properties"]["post"], "Finance lead");
        // An answer changes nothing of what tells a finding from others; two alike have their number.
        let print = |at: usize| results[at]["partialFingerprints"][FINGERPRINT].as_str().map(str::to_owned);
        let (first, second) = (print(0).expect("one"), print(1).expect("one"));
        assert_eq!(first.strip_suffix(":1"), second.strip_suffix(":2"));
        assert_eq!(first.len(), 66);
    }
}
