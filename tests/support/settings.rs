//! The settings of a case as a [`Round`].

use super::notation::Settings;
use quarterday::model::Period;
use quarterday::round::{self, Earlier, EarlierAnswer, EarlierEntry, Round, fate};
use std::collections::BTreeMap;
use std::fs;

const SCHEMA: &str = include_str!("default-schema.toml");
const ROUND: &str = include_str!("default-round.toml");

/// Loads the settings from a folder made for the purpose; what a case leaves out is `default-schema.toml` and
/// `default-round.toml` beside this file.
///
/// # Errors
///
/// The mistakes in them, one a line.
pub fn load(settings: &Settings) -> Result<Round, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let write = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).map_err(|error| format!("{name}: {error}"))
    };
    let round = settings.round.as_deref().unwrap_or(ROUND);
    let names_schema = round.lines().any(|line| line.trim_start().starts_with("schema"));
    let round = if names_schema {
        round.to_owned()
    } else {
        round.replacen("[round]", "[round]\nschema = \"schema.toml\"", 1)
    };
    write("schema.toml", settings.schema.as_deref().unwrap_or(SCHEMA))?;
    write("round.toml", &round)?;
    if let Some(plan) = &settings.plan {
        write("plan.csv", plan)?;
    }
    if let Some(ledger) = &settings.ledger {
        write("ledger.csv", ledger)?;
    }
    if let Some(answers) = &settings.answers {
        write("answers.csv", answers)?;
    }
    if let Some(recommendations) = &settings.recommendations {
        write("recommendations.csv", recommendations)?;
    }
    if let Some(sign_off) = &settings.sign_off {
        write("signoff.toml", sign_off)?;
    }
    let mut round = round::load(folder.path()).map_err(|error| error.to_string())?;
    round.earlier = settings.earlier.as_deref().map(|text| earlier(&round, text)).transpose()?;
    Ok(round)
}

fn earlier(round: &Round, text: &str) -> Result<Earlier, String> {
    let mut answers = BTreeMap::new();
    let mut amounts = BTreeMap::new();
    let mut plan = Vec::new();
    let columns = round.schema.register_table().map(|(_, table)| &table.columns);
    let has_reasons = columns.is_some_and(|columns| columns.reason.is_some());
    let mut period = Period { year: 2013, quarter: Some(3) };
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        if let Some(named) = line.strip_prefix("period ") {
            period = Period::parse(named).ok_or_else(|| line.to_owned())?;
            continue;
        }
        if let ["plan", number, key, title, decision, next, reason, open] = parts[..] {
            let table = round.schema.register_table().map(|(_, table)| table);
            let table = table.ok_or_else(|| line.to_owned())?;
            plan.push(EarlierEntry {
                line: number.parse().map_err(|_| line.to_owned())?,
                key: key.to_owned(),
                title: title.to_owned(),
                decision: decision.to_owned(),
                fate: fate(&round.schema, table, decision),
                next: next.to_owned(),
                reason: reason.to_owned(),
                left_open: open == "open",
            });
            continue;
        }
        let code = parts[0];
        let (partner, _) =
            round.partners().find(|(_, partner)| partner.code == code).ok_or_else(|| line.to_owned())?;
        if let [_, table, row, figures] = parts[..] {
            let figure = |figure: &str| {
                let (field, amount) = figure.split_once('=')?;
                Some((field.trim().to_owned(), amount.trim().parse().ok()?))
            };
            let figures: Option<BTreeMap<_, _>> = figures.split(';').map(figure).collect();
            let figures = figures.ok_or_else(|| line.to_owned())?;
            amounts.insert((partner, table.to_owned(), row.to_owned()), figures);
            continue;
        }
        let [_, key, rating, status, update] = parts[..] else { return Err(line.to_owned()) };
        let said = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let answer = EarlierAnswer { update: said(update), rating: said(rating), status: said(status) };
        answers.insert((partner, key.to_owned()), answer);
    }
    Ok(Earlier { period, answers, amounts, plan, has_reasons })
}
