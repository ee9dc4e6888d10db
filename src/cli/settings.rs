//! Settings files on the disk: schemas, rounds, and the round before.

use super::input::FileInput;
use crate::checks;
use crate::discover;
use crate::error::Error;
use crate::finding::{Location, OwnFile};
use crate::model::Sure;
use crate::pipeline::{self, Input, bytes_of};
use crate::privacy::{self, Rules};
use crate::round::{self, EarlierEntry, Round, Stamp, SuspectedText, sha256};
use crate::schema::{self, Schema};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// Loads a round's settings; a severity may be set only for a check that there is.
pub(super) fn round(folder: &Path) -> Result<Round, Error> {
    let checks: Vec<&str> = checks::all().map(|check| check.meta().name).collect();
    let mut round = round::load_knowing(folder, &checks, last_day())?;
    hold(&mut round);
    Ok(round)
}

/// The last day that it can be anywhere: the day after today's, because today's is told without a time zone.
fn last_day() -> Option<Date> {
    let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?;
    let days = i64::try_from(since_1970.as_secs() / 86_400).ok()?;
    date(1970, 1, 1).checked_add((days + 1).days()).ok()
}

/// Takes out of a round what surely identifies a person, and notes where that was and what else may.
fn hold(round: &mut Round) {
    let before = round.clone();
    let rules = pipeline::rules(&before);
    let mut found = Vec::new();
    let mut held = |text: &mut String, at: Location, place: &str| {
        let Some(&suspect) = privacy::look(text, &rules).first().filter(|one| one.sure >= Sure::Medium)
        else {
            return;
        };
        // Who is written to stands in round.toml by intent.
        if at == Location::Returns && !suspect.kind.is_identifier() {
            return;
        }
        let said = said(text, &rules);
        if suspect.sure == Sure::Strong {
            *text = suspect.kind.in_its_place();
        }
        found.push(SuspectedText { at, place: place.to_owned(), suspect, said });
    };
    let in_round = |what: &str| format!("round.toml, {what}");
    held(&mut round.board, Location::Returns, &in_round("the board's name"));
    held(&mut round.code, Location::Returns, &in_round("the board's code"));
    for text in round.contact.iter_mut().chain(&mut round.bodies) {
        held(text, Location::Returns, &in_round("the contact or another body"));
    }
    for (number, partner) in (1..).zip(&mut round.partners) {
        let place = in_round(&format!("partner {number}"));
        let names = partner.aliases.iter_mut().chain(&mut partner.abbreviations).chain(&mut partner.formerly);
        let others = partner.note.iter_mut().chain(&mut partner.contact).chain(&mut partner.email);
        for text in [&mut partner.code, &mut partner.name].into_iter().chain(names).chain(others) {
            held(text, Location::Returns, &place);
        }
    }
    for (place, text) in round.schema.texts_mut() {
        held(text, Location::Returns, &format!("{}, {place}", round::answers::SCHEMA));
    }
    for entry in &mut round.plan.entries {
        let at = entry.agencies.first().map_or(Location::Returns, |first| Location::Plan(*first, entry.line));
        for text in &mut entry.cells {
            held(text, at, &format!("plan.csv, line {}", entry.line));
        }
    }
    round.plan.by_key.retain(|key, _| privacy::sure(key, &rules).is_none());
    for line in &mut round.ledger.lines {
        for text in line.names.values_mut() {
            held(text, Location::Ledger(line.line), &format!("ledger.csv, line {}", line.line));
        }
    }
    for one in &mut round.recommendations {
        let at = Location::Own(OwnFile::Recommendations, one.line);
        for text in [&mut one.reference, &mut one.source, &mut one.words] {
            held(text, at, &format!("recommendations.csv, line {}", one.line));
        }
    }
    found.extend(headings(round));
    found.dedup();
    round.suspected = found;
    answers(round, &rules);
}

/// A text that is likely to identify a person, and those of its parts that are: lists are taken apart where they are used.
fn said(text: &str, rules: &Rules<'_>) -> Vec<String> {
    let surest = |text: &str| privacy::look(text, rules).first().map(|one| one.sure);
    if surest(text) == Some(Sure::Strong) {
        return Vec::new();
    }
    let parts = text.split([';', ',', '\n']).map(str::trim).filter(|part| surest(part) == Some(Sure::Medium));
    std::iter::once(text.trim()).chain(parts).map(|part| part.trim_end_matches('.').to_owned()).collect()
}

/// What the plan of the round before says that is used in this one, where it may identify a person.
fn of_earlier(earlier: &Round, entries: &[EarlierEntry]) -> Vec<SuspectedText> {
    let rules = pipeline::rules(earlier);
    let mut found = Vec::new();
    for entry in entries {
        let at = Location::Own(OwnFile::PlanBefore, entry.line);
        let place = format!("plan.csv of {}, line {}", earlier.period, entry.line);
        for text in [&entry.title, &entry.decision, &entry.next, &entry.reason] {
            // What was sure was held back when that round was loaded.
            let held = earlier.suspected.iter().find(|one| *text == one.suspect.kind.in_its_place());
            let first = privacy::look(text, &rules).first().copied();
            let suspect = held.map(|one| one.suspect).or(first.filter(|one| one.sure >= Sure::Medium));
            let Some(suspect) = suspect else { continue };
            let said = if held.is_some() { Vec::new() } else { said(text, &rules) };
            found.push(SuspectedText { at, place: place.clone(), suspect, said });
        }
    }
    found.dedup();
    found
}

/// The same for answers.
fn answers(round: &mut Round, rules: &Rules<'_>) {
    // Who answers may repeat what was held back, or the name of a file.
    for line in &mut round.answers {
        let answer = &mut line.answer;
        for text in [&mut answer.text, &mut answer.post, &mut line.value, &mut line.finding, &mut line.cell] {
            if let Some(kind) = privacy::sure(text, rules) {
                *text = kind.in_its_place();
            }
        }
        for text in [&mut answer.post, &mut line.finding, &mut line.cell] {
            if let Some(suspect) = privacy::name(text, rules) {
                *text = suspect.kind.in_its_place();
            }
        }
    }
}

/// Takes what identifies a person out of the headings of `plan.csv` and `ledger.csv`, in which words are joined by `_`.
fn headings(round: &mut Round) -> Vec<SuspectedText> {
    let rules = Rules::default();
    let mut found = Vec::new();
    let mut held = |heading: &str, at: Location, file: &str| {
        let suspect = privacy::name(heading, &rules)?;
        found.push(SuspectedText { at, place: format!("{file}, the headings"), suspect, said: Vec::new() });
        Some(suspect.kind.in_its_place())
    };
    for heading in &mut round.plan.headings {
        if let Some(words) = held(heading, Location::Returns, "plan.csv") {
            *heading = words;
        }
    }
    for line in &mut round.ledger.lines {
        for heading in line.names.keys().cloned().collect::<Vec<_>>() {
            let Some(words) = held(&heading, Location::Ledger(1), "ledger.csv") else { continue };
            let text = line.names.remove(&heading).unwrap_or_default();
            line.names.insert(words, text);
        }
        for heading in line.amounts.keys().cloned().collect::<Vec<_>>() {
            let Some(words) = held(&heading, Location::Ledger(1), "ledger.csv") else { continue };
            if let Some(amount) = line.amounts.remove(&heading) {
                line.amounts.insert(words, amount);
            }
        }
    }
    found.sort_by_key(|one| (one.at, one.suspect));
    found.dedup();
    found
}

/// A round without partners for returns that are held against a schema alone.
pub(super) fn round_for_schema(path: &Path) -> Result<Round, Error> {
    let mut round = round::for_schema(schema(path)?);
    hold(&mut round);
    Ok(round)
}

/// Loads a round's settings and what was said in the round before, if they name one.
pub(super) fn round_with_earlier(folder: &Path) -> Result<Round, Error> {
    let mut loaded = round(folder)?;
    let Some(before) = loaded.earlier_folder.clone() else { return Ok(loaded) };
    let earlier = round(&before)?;
    let (candidates, _) = discover::returns(&before.join("returns"))?;
    let files = FileInput::of(candidates);
    let inputs: Vec<&dyn Input> = files.iter().map(|file| file as &dyn Input).collect();
    let said = pipeline::earlier(&loaded, &earlier, &inputs)?;
    loaded.suspected.extend(of_earlier(&earlier, &said.plan));
    loaded.earlier = Some(said);
    // One that could not be read said nothing.
    let returns = inputs.iter().map(|input| Stamp {
        name: input.name().to_owned(),
        size: input.size(),
        sha256: bytes_of(*input).map_or_else(|_| String::new(), |bytes| sha256(&bytes)),
    });
    loaded.earlier_stamps =
        earlier.stamps.iter().filter(|stamp| stamp.name != "answers.csv").cloned().chain(returns).collect();
    Ok(loaded)
}

/// Loads a schema.
pub(super) fn schema(path: &Path) -> Result<Schema, Error> {
    let text = fs::read_to_string(path).map_err(|source| Error::Io {
        doing: "read",
        path: path.to_owned(),
        source,
    })?;
    schema::load(path, &text, &|other| fs::read_to_string(other)).map_err(Error::Settings)
}
