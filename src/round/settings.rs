//! `round.toml` to the parts of a [`Round`].

use super::raw::{RawFile, RawPartner, RawRound, Status};
use super::{Ledger, Marking, Register, Round};
use crate::error::Mistake;
use crate::finding::{Code, Severity};
use crate::model::{self, Partner, Period};
use crate::schema::document::{self, At, Document};
use crate::schema::{self, Scalar, Schema, parse_tolerance, words};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A schema that a round names, and what is said if it cannot be read.
pub(super) struct Named {
    /// Its path as written.
    pub(super) path: String,
    /// What is said if it cannot be read; the message is filled in then.
    pub(super) mistake: Mistake,
}

/// `round.toml`, looked through.
pub(super) struct Settings {
    document: Document,
    raw: RawFile,
    period: Option<Period>,
    partners: Vec<Partner>,
    marking: Marking,
    extract_marking: Marking,
    /// The schema named.
    pub(super) schema: Option<Named>,
}

/// Reads `round.toml`; `None` if it is no TOML at all.
pub(super) fn read(
    path: &Path,
    text: &str,
    checks: &[&str],
    mistakes: &mut Vec<Mistake>,
) -> Option<Settings> {
    let (document, raw) = document::read::<RawFile>(path, text, mistakes)?;
    let root = document.root();
    schema::check(&raw, root, mistakes);
    let empty = RawRound::default();
    let round = raw.round.as_ref().unwrap_or(&empty);
    let at = root.get("round");
    let period = round.period.as_deref().and_then(|text| period(text, at.get("period"), mistakes));
    let partners = partners(&raw, root, mistakes);
    severities(&raw.severity, root.get("severity"), checks, mistakes);
    let schema = round.schema.clone().map(|path| Named {
        path,
        mistake: at.get("schema").mistake("", Some("The path starts from this file's folder.".to_owned())),
    });
    let dates =
        [("deadline", &round.deadline), ("correctionsBy", &round.corrections_by), ("asAt", &round.as_at)];
    for (name, value) in dates {
        if value.as_ref().is_some_and(|value| day(value).is_none()) {
            mistakes.push(at.get(name).mistake(
                "A date is needed here.",
                Some("Write it as 2014-04-18, without quotes.".to_owned()),
            ));
        }
    }
    let [due, corrections] = [&round.deadline, &round.corrections_by].map(|date| date.as_ref().and_then(day));
    if due.zip(corrections).is_some_and(|(due, corrections)| corrections < due) {
        let message = "Corrections are wanted before returns are due.";
        let hint = "Write the day that you ask partners to answer by, after the deadline.".to_owned();
        mistakes.push(at.get("correctionsBy").mistake(message, Some(hint)));
    }
    let [marking, extract_marking] = markings(round, at, mistakes);
    Some(Settings { document, raw, period, partners, marking, extract_marking, schema })
}

fn day(value: &Scalar) -> Option<Date> {
    value.0.parse().ok()
}

/// The marks of the pack and of the extract, as an officer chose them; where none was chosen, the careful one for the pack.
fn markings(round: &RawRound, at: At<'_>, mistakes: &mut Vec<Mistake>) -> [Marking; 2] {
    let mut read = |property: &str, written: Option<&String>, unless_said: Marking| match written {
        None => unless_said,
        Some(text) => Marking::parse(text).unwrap_or_else(|(message, hint)| {
            mistakes.push(at.get(property).mistake(message, Some(hint)));
            unless_said
        }),
    };
    [
        read("marking", round.marking.as_ref(), Marking::OfficialSensitive),
        read("extractMarking", round.extract_marking.as_ref(), Marking::Official),
    ]
}

fn period(text: &str, at: At<'_>, mistakes: &mut Vec<Mistake>) -> Option<Period> {
    let period = Period::parse(text);
    if period.is_none() {
        let hint = Some("Write it as \"2013-14 Q4\", or \"2013-14\" for a whole year.".to_owned());
        mistakes.push(at.mistake(format!("\"{text}\" is not a quarter or a year."), hint));
    }
    period
}

/// The partners. No two may share a code or a name of any kind.
fn partners(raw: &RawFile, root: At<'_>, mistakes: &mut Vec<Mistake>) -> Vec<Partner> {
    if raw.partner.is_empty() && !root.is_reported("partner") {
        let hint = Some("Add a part [[partner]] for each body that sends a return.".to_owned());
        mistakes.push(root.get("round").mistake("The round has no partners.", hint));
    }
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let list = root.get("partner");
    for (index, partner) in raw.partner.iter().enumerate() {
        let at = list.item(index);
        if let Some(code) = &partner.code {
            legal_code(code, raw.partner.get(..index).unwrap_or_default(), at.get("code"), mistakes);
        }
        names_once(partner, at, &mut names, mistakes);
    }
    let bodies = root.get("body");
    for (index, name) in raw.body.iter().enumerate().filter_map(|(i, body)| Some((i, body.name.as_ref()?))) {
        if let Some(owner) = names.get(&model::fold(name)) {
            let message = format!("\"{name}\" is a name of the partner {owner} already.");
            mistakes.push(bodies.item(index).get("name").mistake(message, None));
        }
    }
    raw.partner.iter().map(partner).collect()
}

fn partner(raw: &RawPartner) -> Partner {
    Partner {
        code: raw.code.clone().unwrap_or_default(),
        name: raw.name.clone().unwrap_or_default(),
        aliases: raw.aliases.clone(),
        abbreviations: raw.abbreviations.clone(),
        formerly: raw.formerly.clone(),
        note: raw.note.clone(),
        contact: raw.contact.clone(),
        email: raw.email.clone(),
        sends: raw.sends.unwrap_or(true),
    }
}

fn legal_code(code: &str, before: &[RawPartner], at: At<'_>, mistakes: &mut Vec<Mistake>) {
    if code.eq_ignore_ascii_case("all") {
        mistakes.push(at.mistake("The code all stands for every partner; choose another.", None));
    } else if code.trim() != code || code.contains([';', ',', '\n']) {
        mistakes.push(at.mistake("A code has no ; or , in it and no blanks around it.", None));
    } else if before.iter().any(|other| other.code.as_ref().is_some_and(|o| o.eq_ignore_ascii_case(code))) {
        mistakes.push(at.mistake(format!("Two partners have the code {code}."), None));
    }
}

/// Tells names that another partner has already.
fn names_once(
    partner: &RawPartner,
    at: At<'_>,
    names: &mut BTreeMap<String, String>,
    mistakes: &mut Vec<Mistake>,
) {
    let owner = partner.code.clone().or_else(|| partner.name.clone()).unwrap_or_default();
    let name = partner.name.iter().map(|name| (name, at.get("name")));
    let others = [
        ("aliases", &partner.aliases),
        ("abbreviations", &partner.abbreviations),
        ("formerly", &partner.formerly),
    ];
    let others = others.into_iter().flat_map(|(property, names)| {
        names.iter().enumerate().map(move |(index, name)| (name, at.get(property).item(index)))
    });
    let all: Vec<(&String, At<'_>)> = name.chain(others).collect();
    for (name, place) in all {
        let folded = model::fold(name);
        if folded.is_empty() {
            mistakes.push(place.mistake("A name needs at least one letter.", None));
            continue;
        }
        match names.get(&folded) {
            Some(other) if *other != owner => {
                let message = format!("\"{name}\" is a name of the partner {other} already.");
                let hint = Some("A return that used it could not be told from theirs.".to_owned());
                mistakes.push(place.mistake(message, hint));
            }
            _ => {
                names.insert(folded, owner.clone());
            }
        }
    }
}

/// Every check named is one that there is, where the checks are known.
fn severities(
    severities: &BTreeMap<String, Severity>,
    at: At<'_>,
    checks: &[&str],
    mistakes: &mut Vec<Mistake>,
) {
    if severities.get(Code::PERSONS.as_str()).is_some_and(|severity| *severity != Severity::Error) {
        let message = "What may identify a person cannot be made to matter less.";
        let hint = "Take this line out, and answer what was found in answers.csv.";
        mistakes.push(at.get(Code::PERSONS.as_str()).mistake(message, Some(hint.to_owned())));
    }
    if checks.is_empty() {
        return;
    }
    for name in severities.keys().filter(|name| !checks.contains(&name.as_str())) {
        let hint = words::nearest(name, checks.iter().copied()).map(|near| format!("Did you mean `{near}`?"));
        mistakes.push(at.name(name).mistake(format!("There is no check `{name}`."), hint));
    }
}

impl Settings {
    /// The round without its plan and ledger. Tolerances set for it replace those of the schema's controls.
    pub(super) fn round(self, mut schema: Schema, mistakes: &mut Vec<Mistake>) -> Round {
        let at = self.document.root().get("tolerance");
        for (name, value) in &self.raw.tolerance {
            let tolerance = parse_tolerance(&value.0);
            if tolerance.is_none() {
                let hint = Some("Write \"interval\", or an amount such as \"1.00\".".to_owned());
                let message = "A tolerance is an amount of 0 or more, or interval.";
                mistakes.push(at.get(name).mistake(message, hint));
            }
            if let Some(control) = schema.controls.iter_mut().find(|control| control.name == *name) {
                control.tolerance = tolerance.unwrap_or(control.tolerance);
                continue;
            }
            let known: Vec<&str> = schema.controls.iter().map(|control| control.name.as_str()).collect();
            let message = format!("The schema has no control `{name}`.");
            mistakes.push(at.name(name).mistake(message, words::hint(name, &known)));
        }
        let raw = self.raw.round.unwrap_or_default();
        let period = self.period.unwrap_or(Period { year: 1, quarter: None });
        Round {
            board: raw.board.unwrap_or_default(),
            code: raw.code.unwrap_or_default(),
            period,
            deadline: raw.deadline.as_ref().and_then(day),
            corrections_by: raw.corrections_by.as_ref().and_then(day),
            as_at: raw.as_at.as_ref().and_then(day).unwrap_or_else(|| period.end(schema.year_start)),
            is_final: raw.status == Some(Status::Final),
            annual_report_line: u32::try_from(
                self.document.root().get("round").name("annualReport").mistake("", None).position().0,
            )
            .unwrap_or(1),
            annual_report_is_final: raw.annual_report.map(|status| status == Status::Final),
            marking: self.marking,
            extract_marking: self.extract_marking,
            contact: raw.contact,
            partners: self.partners,
            offices: schema::offices(&raw.office_postcodes, self.document.root().get("round"), mistakes),
            bodies: self.raw.body.into_iter().filter_map(|body| body.name).collect(),
            severity: self.raw.severity,
            plan: Register::default(),
            ledger: Ledger::default(),
            recommendations: Vec::new(),
            earlier_folder: raw.previous.map(PathBuf::from),
            earlier: None,
            answers: Vec::new(),
            sign_off: None,
            stamps: Vec::new(),
            earlier_stamps: Vec::new(),
            suspected: Vec::new(),
            schema,
        }
    }
}
