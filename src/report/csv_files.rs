//! `findings.csv` and `long-texts.csv`: for spreadsheet programs.

use super::clean::defuse;
use super::marked_list::MarkedList;
use super::{Names, clean_lines};
use crate::finding::{Answer, Finding, Location};
use crate::round::{Round, answers};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, Write};

const HEADINGS: [&str; 18] = [
    "No",
    "Severity",
    "Check",
    "Partner",
    "File",
    "Sheet",
    "Cell",
    "Line",
    "What",
    "What to do",
    "Field",
    "As typed",
    "As used",
    "Rule",
    "See also",
    "Answer",
    "Answered by (post)",
    "Answered on",
];

/// Writes one row a finding. No cell starts a formula.
///
/// # Errors
///
/// If `out` cannot be written.
pub fn findings_csv(
    findings: &[Finding],
    names: Names<'_>,
    marking: &str,
    out: impl Write,
) -> io::Result<()> {
    let mut list = MarkedList::begin(out, &HEADINGS, marking)?;
    for (index, finding) in findings.iter().enumerate() {
        row(index + 1, finding, names, &mut list)?;
        list.end()?;
    }
    list.finish()
}

fn row<W: Write>(
    number: usize,
    finding: &Finding,
    names: Names<'_>,
    list: &mut MarkedList<'_, W>,
) -> io::Result<()> {
    let partner = finding.partner.and_then(|id| names.partner(id)).map_or("", |partner| &partner.name);
    let [file, sheet, cell, line] = place(finding.at, names);
    for text in [number.to_string().as_str(), finding.severity.word(), finding.code.as_str()] {
        list.made(text)?;
    }
    for text in [&Cow::Borrowed(partner), &file, &sheet, &cell, &line] {
        list.cell(text)?;
    }
    list.cell(&finding.message)?;
    list.cell(&finding.deed())?;
    let detail = finding.detail.as_deref();
    let texts = detail.map(|detail| [&detail.field, &detail.typed, &detail.used, &detail.rule]);
    for text in texts.map_or([None; 4], |texts| texts.map(Option::as_deref)) {
        list.cell(text.unwrap_or_default())?;
    }
    let mut also = String::new();
    for other in detail.iter().flat_map(|detail| &detail.related) {
        if !also.is_empty() {
            also.push_str("; ");
        }
        also.extend([names.show(other.at).to_string().as_str(), ": ", &other.what]);
    }
    list.cell(&also)?;
    for text in answer_cells(finding.answer()) {
        list.cell(&text)?;
    }
    Ok(())
}

/// Text, post and date of an answer.
fn answer_cells(answer: Option<&Answer>) -> [Cow<'_, str>; 3] {
    answer.map_or([""; 3].map(Cow::Borrowed), |answer| {
        [answer.text.as_str().into(), answer.post.as_str().into(), answer.date.to_string().into()]
    })
}

/// Writes `answers-to-fill.csv`: a row for each finding that somebody must answer, with the answer if one stands, then
/// the answers that stand beside no finding. Saved as `answers.csv` in the round folder, it is read by the next run, which
/// passes over the last cell of every line: the marking. No cell starts a formula.
///
/// # Errors
///
/// If `out` cannot be written.
pub fn answers_csv(
    findings: &[Finding],
    round: &Round,
    names: Names<'_>,
    marking: &str,
    out: impl Write,
) -> io::Result<()> {
    let mut list = MarkedList::begin(out, &answers::HEADINGS, marking)?;
    let mut written = BTreeSet::new();
    for finding in findings.iter().filter(|finding| finding.asks() || finding.answer().is_some()) {
        let (place, value) =
            (answers::place(finding.at, names.places, names.partners), answers::value(finding));
        let key = [answers::title(finding), place, value];
        if written.contains(&key) {
            continue;
        }
        for cell in
            key.iter().map(AsRef::as_ref).chain(answer_cells(finding.answer()).iter().map(AsRef::as_ref))
        {
            list.cell(cell)?;
        }
        list.end()?;
        written.insert(key);
    }
    for line in answers::left_over(round, findings) {
        let [text, post, date] = answer_cells(Some(&line.answer));
        for cell in [line.finding.as_str(), &line.cell, &line.value, &text, &post, &date] {
            list.cell(cell)?;
        }
        list.end()?;
    }
    list.finish()
}

/// File, sheet, cell and line of a place.
fn place(at: Location, names: Names<'_>) -> [Cow<'_, str>; 4] {
    let places = names.places;
    let none = || Cow::Borrowed("");
    let line = |line: u32| Cow::Owned(line.to_string());
    match at {
        Location::Cell(at) => [
            places.file(at.file).into(),
            places.sheet(at.file, at.sheet).into(),
            at.cell.to_string().into(),
            none(),
        ],
        Location::Sheet(file, sheet) => {
            [places.file(file).into(), places.sheet(file, sheet).into(), none(), none()]
        }
        Location::File(file) => [places.file(file).into(), none(), none(), none()],
        Location::Plan(_, number) => ["plan.csv".into(), none(), none(), line(number)],
        Location::Ledger(number) => ["ledger.csv".into(), none(), none(), line(number)],
        Location::Answer(number) => ["answers.csv".into(), none(), none(), line(number)],
        Location::Own(file, number) => [file.name().into(), none(), none(), line(number)],
        Location::SignOff => ["signoff.toml".into(), none(), none(), none()],
        Location::Partner(_) => ["round.toml".into(), none(), none(), none()],
        Location::Returns => [none(), none(), none(), none()],
    }
}

/// A text that did not fit a cell of the workbook.
#[derive(Debug, Clone, Copy)]
pub struct LongRow<'a> {
    /// Where the workbook shows its beginning.
    pub shown: &'a str,
    /// Where it came from, as shown to people.
    pub place: &'a str,
    /// The field's title.
    pub field: &'a str,
    /// The whole text.
    pub text: &'a str,
}

/// Writes texts that did not fit a cell, whole and with their line ends.
///
/// # Errors
///
/// If `out` cannot be written.
pub fn long_texts_csv<'a>(
    rows: impl IntoIterator<Item = LongRow<'a>>,
    marking: &str,
    out: impl Write,
) -> io::Result<()> {
    let mut list = MarkedList::begin(out, &["In the workbook", "Place", "Field", "Text"], marking)?;
    for row in rows {
        for place in [row.shown, row.place, row.field] {
            list.cell(place)?;
        }
        list.made(&defuse(row.text, clean_lines(row.text)))?;
        list.end()?;
    }
    list.finish()
}

#[cfg(test)]
mod tests {
    use super::super::place::tests::{cell, partners, places};
    use super::*;
    use crate::finding::{Audience, Code, Detail, Effort, Severity};
    use crate::model::PartnerId;

    #[test]
    fn a_finding_is_a_row_that_runs_nothing() {
        let (mut places, partners) = (places(), partners());
        places.files[0].sheets[0] = "=cmd|'/c calc'!A1".into();
        let names = Names { places: &places, partners: &partners };
        let detail =
            Detail { typed: Some("-500\u{202e}".into()), used: Some("@x".into()), ..Detail::default() };
        let finding = Finding {
            code: Code("value-normalised"),
            severity: Severity::Note,
            effort: Effort::LookUp,
            at: cell(0, 0, "D7"),
            partner: Some(PartnerId(0)),
            audience: Audience::Partner,
            message: "Read \"as\" typed,\nand used.".into(),
            help: None,
            detail: Some(Box::new(detail)),
        };
        let mut out = Vec::new();
        findings_csv(&[finding], names, "OFFICIAL", &mut out).expect("memory");
        let text = String::from_utf8(out).expect("text");
        assert_eq!(
            text.strip_prefix('\u{feff}').and_then(|text| text.lines().nth(1)),
            Some(
                "1,note,value-normalised,NHS Herefordshire,nhs.xls,'=cmd|'/c calc'!A1,D7,,\
                 \"Read \"\"as\"\" typed, and used.\",,,'-500,'@x,,,,,,OFFICIAL"
            )
        );
    }

    #[test]
    fn long_texts_keep_their_lines() {
        let mut out = Vec::new();
        let (shown, place) = ("By agency!E7", "nhs.xls › Plan!F9");
        let row = LongRow { shown, place, field: "Update", text: "-one\r\ntwo\u{7}" };
        long_texts_csv([row], "OFFICIAL", &mut out).expect("memory");
        let text = String::from_utf8(out).expect("text");
        assert_eq!(
            text,
            "\u{feff}In the workbook,Place,Field,Text,Marking\nBy agency!E7,nhs.xls › Plan!F9,Update,\"'-one\ntwo\",OFFICIAL\n"
        );
    }
}
