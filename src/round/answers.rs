//! `answers.csv`: what was answered to what an earlier run found, and to which findings it still belongs.

use super::Round;
use super::csv::{self, Csv, Row};
use super::sign_off::sha256;
use crate::error::{Error, Mistake};
use crate::finding::{Answer, Finding, Location, OwnFile};
use crate::model::{Comparison, Partner, Places, Side};
use crate::schema::{Control, words};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The headings of `answers.csv`.
pub const HEADINGS: [&str; 6] = ["finding", "cell", "value", "text", "post", "date"];

/// What the schema is called in findings about its texts, whatever its files are.
pub const SCHEMA: &str = "The schema";

/// Characters of a value that are written out; of a longer one its beginning and a fingerprint.
const LONGEST: usize = 400;

/// One line of `answers.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerLine {
    /// The finding, as it was written: the check, and the rule or control in brackets.
    pub finding: String,
    /// The place, as it was written.
    pub cell: String,
    /// The value that the answer is for, as it was written.
    pub value: String,
    /// What was answered.
    pub answer: Answer,
}

/// What became of a line of `answers.csv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It stands beside its finding.
    Stands,
    /// The finding is still there, but for another value: its place among the findings.
    Lapsed(usize),
    /// There is no such finding.
    Unused,
}

/// Reads `answers.csv`, if it is there. A line without text, post and date has not been answered yet.
pub(super) fn load(
    folder: &Path,
    checks: &[&str],
    last_day: Option<Date>,
    mistakes: &mut Vec<Mistake>,
) -> Result<Vec<AnswerLine>, Error> {
    let Some(csv) = csv::read_if_there(&folder.join("answers.csv"), mistakes)? else {
        return Ok(Vec::new());
    };
    let missing: Vec<&str> = HEADINGS.into_iter().filter(|heading| csv.column(heading).is_none()).collect();
    for heading in &missing {
        let message = format!("There is no column {heading}.");
        mistakes.push(csv.at_heading(None, message, words::hint(heading, &csv.known())));
    }
    let columns: Vec<usize> = HEADINGS.iter().filter_map(|heading| csv.column(heading)).collect();
    let Ok(columns) = <[usize; 6]>::try_from(columns) else { return Ok(Vec::new()) };
    let mut lines: Vec<AnswerLine> = Vec::new();
    let mut seen: BTreeMap<[String; 3], u32> = BTreeMap::new();
    for row in &csv.rows {
        let Some(line) = line(&csv, row, columns, checks, mistakes) else { continue };
        if last_day.is_some_and(|last_day| line.answer.date > last_day) {
            let message = format!("{} is still to come.", row.cell(columns[5]));
            let hint = Some("Write the day on which it was answered.".to_owned());
            mistakes.push(csv.at(row, columns[5], message, hint));
        }
        let key = [plain(&line.finding), plain(&line.cell), plain(&line.value)];
        if let Some(before) = seen.get(&key) {
            let message = format!("Line {before} answers the same finding.");
            let hint = Some("Leave the answer that holds, and take the other out.".to_owned());
            mistakes.push(csv.at(row, columns[0], message, hint));
        }
        seen.insert(key, row.line);
        lines.push(line);
    }
    Ok(lines)
}

fn line(
    csv: &Csv,
    row: &Row,
    columns: [usize; 6],
    checks: &[&str],
    mistakes: &mut Vec<Mistake>,
) -> Option<AnswerLine> {
    let cell = |number: usize| unguarded(row.cell(columns[number])).to_owned();
    let [finding, place, value, text, post, date] = [0, 1, 2, 3, 4, 5].map(cell);
    if text.is_empty() && post.is_empty() && date.is_empty() {
        return None;
    }
    let before = mistakes.len();
    let mut told = |number: usize, message: String, hint: Option<String>| {
        mistakes.push(csv.at(row, columns[number], message, hint));
    };
    let check = name(&finding).0;
    if check.is_empty() {
        let hint = "Copy the first three cells from out/answers-to-fill.csv.".to_owned();
        told(0, "This line does not say what it answers.".to_owned(), Some(hint));
    } else if !checks.is_empty() && !checks.contains(&check) {
        let near =
            words::nearest(check, checks.iter().copied()).map(|near| format!("Did you mean `{near}`?"));
        told(0, format!("There is no check {check}."), near);
    }
    if place.is_empty() {
        told(1, "This line does not say where the finding is.".to_owned(), None);
    }
    if text.is_empty() {
        let hint =
            "Nothing is closed without words. Leave text, post and date blank if there is no answer yet.";
        told(3, "The text of this answer is blank.".to_owned(), Some(hint.to_owned()));
    }
    post_is_sound(&post, "answers").unwrap_or_else(|(message, hint)| told(4, message, hint));
    let day = day(&date);
    if day.is_none() {
        let message = if date.is_empty() {
            "This answer has no date.".to_owned()
        } else {
            format!("{date} is not a date.")
        };
        told(5, message, Some("Write it as 22/04/2014 or 2014-04-22.".to_owned()));
    }
    let date = day.filter(|_| mistakes.len() == before)?;
    let answer = Answer { line: row.line, text, post, date };
    Some(AnswerLine { finding, cell: place, value, answer })
}

/// A post answers and signs, never a named person. `does` says what it did.
pub(super) fn post_is_sound(post: &str, does: &str) -> Result<(), (String, Option<String>)> {
    const TITLES: [&str; 7] = ["mr", "mrs", "ms", "miss", "dr", "prof", "cllr"];
    if post.is_empty() {
        let hint = format!("Write the post that {does}, such as Head of Finance.");
        let what = if does == "answers" { "The post of this answer is blank." } else { "The post is blank." };
        return Err((what.to_owned(), Some(hint)));
    }
    let first = post.split([' ', '.']).next().unwrap_or_default().to_lowercase();
    if post.contains('@') || TITLES.contains(&first.as_str()) {
        let hint = "Write the post, such as Head of Finance; no names are kept.".to_owned();
        return Err((format!("{post} is a person, not a post."), Some(hint)));
    }
    Ok(())
}

/// A day as people or spreadsheets write it: 22/04/2014 or 2014-04-22.
fn day(text: &str) -> Option<Date> {
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    let parts: Vec<&str> = text.split(['/', '.', '-']).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The check that is named, and the rule in brackets after it.
fn name(finding: &str) -> (&str, Option<&str>) {
    match finding.split_once('(') {
        Some((check, rule)) => (check.trim(), Some(rule.trim_end_matches(')').trim())),
        None => (finding.trim(), None),
    }
}

/// How `answers.csv` names a finding: its check, and the rule, control or constraint in brackets.
#[must_use]
pub fn title(finding: &Finding) -> String {
    match rule(finding) {
        Some(rule) => format!("{} ({rule})", finding.code.as_str()),
        None => finding.code.as_str().to_owned(),
    }
}

fn rule(finding: &Finding) -> Option<&str> {
    finding.detail.as_ref()?.rule.as_deref()
}

/// How `answers.csv` names a place: `nhs.xls › Finance!D7`, `ledger.csv line 3`, a partner's name.
#[must_use]
pub fn place(at: Location, places: &Places, partners: &[Partner]) -> String {
    let name = |id: crate::model::PartnerId| partners.get(usize::from(id.0)).map(|known| known.name.as_str());
    match at {
        Location::Cell(at) => places.show(at),
        Location::Sheet(file, sheet) => format!("{} › {}", places.file(file), places.sheet(file, sheet)),
        Location::File(file) => places.file(file).to_owned(),
        Location::Plan(partner, line) => {
            let of = name(partner).map_or_else(String::new, |name| format!(" ({name})"));
            format!("plan.csv line {line}{of}")
        }
        Location::Ledger(line) => format!("ledger.csv line {line}"),
        Location::Answer(line) => format!("answers.csv line {line}"),
        Location::Own(file, line) => format!("{} line {line}", file.name()),
        Location::SignOff => "signoff.toml".to_owned(),
        Location::Partner(partner) => name(partner).unwrap_or("round.toml").to_owned(),
        Location::Returns => "the folder of returns".to_owned(),
    }
}

/// What an answer to a finding is given for: the figures of a comparison, what was typed, else what the finding says and, if
/// it is about a person or something held back, how its file stood.
#[must_use]
pub fn value(finding: &Finding) -> String {
    let detail = finding.detail.as_deref();
    let typed = || detail?.typed.as_ref().filter(|typed| !typed.trim().is_empty());
    let state = detail.and_then(|detail| detail.state.as_ref());
    let said = match (detail.and_then(|detail| detail.figures.as_ref()), typed()) {
        (Some(figures), _) => figures.clone(),
        (None, Some(typed)) if state.is_some() => short(typed),
        (None, Some(typed)) => format!("“{}”", short(typed)),
        (None, None) => short(&finding.message),
    };
    match state {
        // What was held back is repeated nowhere, so that another person's in the same place reads alike.
        Some(state) => format!("{said} (file {state})"),
        None => said,
    }
}

/// Notes beside every finding of what may identify a person, or of what was held back, how its file stood: an answer is for
/// this state alone.
pub fn note_states(round: &Round, places: &Places, findings: &mut [Finding]) {
    for finding in findings.iter_mut().filter(|finding| finding.speaks_of_held()) {
        let file = finding.at.file().and_then(|file| places.files.get(file.0 as usize));
        let sum = match (finding.at.file(), file) {
            (None, _) => of_own(round, finding),
            (Some(_), file) => file.map(|file| file.sha256.clone()),
        };
        let state = sum.and_then(|sum| sum.get(..16).map(str::to_owned));
        if state.is_some() {
            finding.detail.get_or_insert_default().state = state;
        }
    }
}

/// The fingerprint of the round's own file that a finding is about: its words begin with it where its place does not tell.
fn of_own(round: &Round, finding: &Finding) -> Option<String> {
    const OWN: [&str; 5] = ["round.toml", "plan.csv", "ledger.csv", "recommendations.csv", "answers.csv"];
    let named = |name: &str| {
        let stamp = round.stamps.iter().find(|stamp| stamp.name == name);
        stamp.map(|stamp| stamp.sha256.clone())
    };
    match finding.at {
        Location::Plan(..) => named("plan.csv"),
        Location::Ledger(_) => named("ledger.csv"),
        Location::Own(OwnFile::PlanBefore, _) => {
            let stamp = round.earlier_stamps.iter().find(|stamp| stamp.name == "plan.csv");
            stamp.map(|stamp| stamp.sha256.clone())
        }
        Location::Own(file, _) => named(file.name()),
        _ if finding.message.starts_with("plan.csv") => named("plan.csv"),
        _ if finding.message.starts_with(SCHEMA) => {
            let schemas = round.stamps.iter().filter(|stamp| !OWN.contains(&stamp.name.as_str()));
            Some(sha256(schemas.map(|stamp| stamp.sha256.as_str()).collect::<String>().as_bytes()))
        }
        _ => named("round.toml"),
    }
}

/// A long text by its beginning and its fingerprint, because a cell holds no more.
fn short(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('\u{2212}', "-");
    if text.chars().count() <= LONGEST {
        return text;
    }
    let (start, sum) = (text.chars().take(LONGEST).collect::<String>(), sha256(text.as_bytes()));
    format!("{start} ... {}", sum.get(..16).unwrap_or_default())
}

/// The line of a comparison and its two figures, in words.
#[must_use]
pub fn figures(control: &Control, comparison: &Comparison) -> String {
    let measure = control.measure(comparison);
    let shown = |side: &Side| match side.amount {
        None => "nothing".to_owned(),
        Some(amount) => measure.shown(amount),
    };
    let (stated, expected) = (shown(&comparison.stated), shown(&comparison.expected));
    short(&format!("{}: returned {stated}, should be {expected}", comparison.line))
}

/// A text as answers are compared: letters, digits and the signs that change what a figure or a place says. Quotation
/// marks, apostrophes in front of what looks like a formula, and characters that an old code page lacks do not count.
fn plain(text: &str) -> String {
    let text = text.replace('\u{2212}', "-");
    text.chars().filter(|c| c.is_alphanumeric() || ".,-£%!/:()".contains(*c)).collect()
}

/// What a formula starts with, also in the wide letters of East Asian keyboards.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// A cell without the apostrophe that keeps spreadsheets from taking it for a formula.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start().starts_with(FORMULA) => rest,
        _ => cell,
    }
}

/// Puts every answer beside the findings it was given for; says what became of each line.
#[must_use]
pub fn put(round: &Round, places: &Places, findings: &mut [Finding]) -> Vec<Fate> {
    let asked: BTreeSet<&str> = round.answers.iter().map(|line| name(&line.finding).0).collect();
    let mut by_place: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        if asked.contains(finding.code.as_str()) {
            let at = plain(&place(finding.at, places, &round.partners));
            by_place.entry((finding.code.as_str(), at)).or_default().push(index);
        }
    }
    let mut fates = vec![Fate::Unused; round.answers.len()];
    for (line, fate) in round.answers.iter().zip(&mut fates) {
        let (check, of_rule) = name(&line.finding);
        let there = by_place.get(&(check, plain(&line.cell))).map_or(&[][..], Vec::as_slice);
        let wanted = plain(&line.value);
        for &index in there {
            let Some(finding) = findings.get_mut(index) else { continue };
            if of_rule.is_some() && of_rule != rule(finding) {
                continue;
            }
            if plain(&value(finding)) == wanted {
                finding.detail.get_or_insert_default().answer = Some(line.answer.clone());
                *fate = Fate::Stands;
            } else if *fate == Fate::Unused {
                *fate = Fate::Lapsed(index);
            }
        }
    }
    fates
}

/// The lines that stand beside no finding.
pub fn left_over<'r>(round: &'r Round, findings: &[Finding]) -> impl Iterator<Item = &'r AnswerLine> {
    let standing: BTreeSet<u32> =
        findings.iter().filter_map(Finding::answer).map(|answer| answer.line).collect();
    round.answers.iter().filter(move |line| !standing.contains(&line.answer.line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_and_spreadsheets_write_them() {
        for text in ["2014-04-05", "05/04/2014", "5/4/2014", "5.4.2014", "05-04-2014"] {
            assert_eq!(day(text), Some(jiff::civil::date(2014, 4, 5)), "{text}");
        }
        for text in ["", "5/4/14", "31/02/2014", "4/30/2014", "soon", "2014"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn what_spreadsheets_do_to_a_cell_changes_no_value() {
        for (written, saved) in [
            ("nhs.xls › Finance!D7", "nhs.xls ? Finance!D7"),
            ("“-500”", "\"-500\""),
            ("Grant: returned −£20, should be £20", "'Grant:  returned -£20, should be £20"),
        ] {
            assert_eq!(plain(written), plain(saved));
        }
        for (one, other) in [("“4,612”", "“-4,612”"), ("A1", "A11"), ("“Red”", "“red”"), ("“1.5”", "“15”")]
        {
            assert_ne!(plain(one), plain(other));
        }
    }

    #[test]
    fn a_long_text_is_told_from_another_with_the_same_start() {
        let long = |end: &str| short(&format!("{}{end}", "word ".repeat(5_000)));
        assert_ne!(long("a"), long("b"));
        assert!(long("a").len() < 450);
    }

    #[test]
    fn posts_are_not_people() {
        assert!(post_is_sound("Head of Finance", "answers").is_ok());
        for name in ["", "Mrs Example", "Dr. Example", "someone@example.gov.uk"] {
            assert!(post_is_sound(name, "answers").is_err(), "{name}");
        }
    }
}
