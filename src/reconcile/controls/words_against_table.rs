//! R45: an amount in words beside a partner's name is what the ledger has for that partner.

use super::rows::{self, Amount};
use crate::model::{Money, Partner, PartnerId, Side, Value};
use crate::reconcile::scene::{Results, Scene};
use crate::schema::Given;
use regex::Regex;
use rust_decimal::Decimal;
use std::cell::LazyCell;
use std::sync::LazyLock;

/// Longest text that is looked through, characters.
const LONGEST: usize = 20_000;
/// A sentence that does not speak of paying says nothing of a contribution.
const OF_PAYING: [&str; 5] = ["contribut", "paid", "pays", "paying", "payment"];

#[expect(clippy::expect_used, reason = "it is written here")]
static AMOUNT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"£\s?([0-9][0-9,]*(?:\.[0-9]{1,2})?)\s?(k\b|m\b)?").expect("it is sound"));

/// Tests every amount in a sentence that names one partner with a line in the ledger and speaks of paying. It differs if
/// it is none of that partner's amounts, nor all of them, nor anything that its own row states.
pub(super) fn test(scene: &Scene<'_>, given: &Given, results: &mut Results) {
    let (Some(ledger), Some(column)) = (given.words("ledger"), given.words("column")) else { return };
    let lines = |partner: PartnerId| -> Vec<(u32, Decimal)> {
        let own = scene.round.ledger.of(ledger, Some(partner));
        own.filter_map(|(_, line)| Some((line.line, *line.amounts.get(column)?))).collect()
    };
    let nobody = scene.round.ledger.by_partner(ledger).is_none_or(|own| own.keys().all(Option::is_none));
    // Most returns have no amount in words.
    let named: LazyCell<Vec<(PartnerId, Vec<String>)>, _> =
        LazyCell::new(|| scene.round.partners().map(|(id, partner)| (id, names(partner))).collect());
    for record in rows::ours(scene) {
        for &field in given.fields("texts") {
            let Some(cell) = record.cells.get(field) else { continue };
            let Some(Value::Text(text)) = cell.value().filter(|_| !nobody) else { continue };
            if text.len() > LONGEST || !text.contains('£') {
                continue;
            }
            let own: Vec<Decimal> = (0..record.cells.len())
                .filter_map(|field| rows::amount(record, field))
                .map(Amount::pounds)
                .collect();
            for (partner, pounds) in said(text, &named) {
                let lines = lines(partner);
                let Some(expected) = known(&lines) else { continue };
                let fits = own.contains(&pounds)
                    || expected.amount == Some(pounds)
                    || lines.iter().any(|(_, amount)| *amount == pounds);
                if fits {
                    results.agrees();
                } else {
                    let stated = Amount { money: Money::exact(pounds), at: cell.at };
                    results.row(rows::differs(scene, scene.line(record, field), stated, expected));
                }
            }
        }
    }
}

/// All that the ledger has for a partner.
fn known(own: &[(u32, Decimal)]) -> Option<Side> {
    let (line, _) = own.first()?;
    let all = own.iter().fold(Decimal::ZERO, |sum, (_, amount)| sum.saturating_add(*amount));
    Some(Side { amount: Some(all), at: None, ledger_line: Some(*line) })
}

/// What a partner is called, folded; abbreviations are too short to be told from other words.
fn names(partner: &Partner) -> Vec<String> {
    let all = [&partner.name].into_iter().chain(&partner.aliases).chain(&partner.formerly);
    all.map(|name| spaced(name)).filter(|name| name.len() > 5).collect()
}

/// A text as words in small letters with one space before and after each.
fn spaced(text: &str) -> String {
    let letters = text.chars().filter(|letter| !matches!(letter, '\'' | '\u{2019}'));
    let plain: String = letters.map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    let words: Vec<String> = plain.split_whitespace().map(str::to_lowercase).collect();
    format!(" {} ", words.join(" "))
}

/// The amounts of a text with the partner that their sentence names, where it names one only.
fn said(text: &str, names: &[(PartnerId, Vec<String>)]) -> Vec<(PartnerId, Decimal)> {
    let mut found = Vec::new();
    for sentence in sentences(text) {
        let words = spaced(sentence);
        if !OF_PAYING.iter().any(|word| words.contains(word)) {
            continue;
        }
        let told = names.iter().filter(|(_, names)| names.iter().any(|name| words.contains(name.as_str())));
        let [(partner, _)] = told.collect::<Vec<_>>()[..] else { continue };
        let mut amounts = AMOUNT.captures_iter(sentence);
        // Two amounts in one sentence may be of anything.
        if let (Some(amount), None) = (amounts.next(), amounts.next()) {
            found.extend(pounds(&amount).map(|pounds| (*partner, pounds)));
        }
    }
    found
}

/// Sentences: they end with a full stop and a space, a semicolon or a new line.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', ';']).flat_map(|line| line.split(". "))
}

fn pounds(amount: &regex::Captures<'_>) -> Option<Decimal> {
    let number: Decimal = amount.get(1)?.as_str().replace(',', "").parse().ok()?;
    let times = match amount.get(2).map(|unit| unit.as_str()) {
        Some("k") => 1_000,
        Some("m") => 1_000_000,
        _ => 1,
    };
    number.checked_mul(Decimal::from(times))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_told_with_the_partner_of_their_sentence() {
        let names = vec![
            (PartnerId(0), vec![" herefordshire council ".to_owned()]),
            (PartnerId(1), vec![" cafcass ".to_owned()]),
        ];
        let said = |text: &str| {
            super::said(text, &names).into_iter().map(|(p, d)| (p.0, d.to_string())).collect::<Vec<_>>()
        };
        assert_eq!(
            said("Herefordshire Council contributed £147,016. CAFCASS paid £0.55k; the rest is £3."),
            [(0, "147016".to_owned()), (1, "550.00".to_owned())]
        );
        assert_eq!(said("Herefordshire Council and CAFCASS paid £20."), []);
        assert_eq!(said("Herefordshire Council will train for £500."), []);
        assert_eq!(said("CAFCASS paid £5 of £6."), []);
    }
}
