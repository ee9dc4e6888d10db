//! What was answered, beside what it answers.

use super::cells::Item;
use super::context::Context;
use crate::finding::{Answer, Code, Location};
use crate::model::{Comparison, Origin, Outcome, PartnerId, Scope};
use crate::round::answers;
use std::collections::BTreeMap;

/// Text, post and date of an answer; blank where there is none.
pub(super) fn answer_items(answer: Option<&Answer>) -> [Item<'_>; 3] {
    match answer {
        Some(answer) => [Item::Text(&answer.text), Item::Text(&answer.post), Item::Date(answer.date)],
        None => [Item::Blank, Item::Blank, Item::Blank],
    }
}

/// The answers to comparisons.
pub(super) struct Answers<'a> {
    /// By where each is told and its figures.
    own: BTreeMap<(Location, &'a str, &'a str), &'a Answer>,
    /// Answers to what is wrong with the very cell: its formula, its sign.
    at_cells: BTreeMap<Origin, &'a Answer>,
    /// Answers to why nothing of a partner is used.
    of_partners: BTreeMap<PartnerId, &'a Answer>,
}

impl<'a> Answers<'a> {
    pub(super) fn new(cx: &Context<'a>) -> Self {
        let mut answers =
            Self { own: BTreeMap::new(), at_cells: BTreeMap::new(), of_partners: BTreeMap::new() };
        for finding in cx.findings {
            let Some(answer) = finding.answer() else { continue };
            let detail = finding.detail.as_deref();
            let figures =
                detail.and_then(|detail| Some((detail.rule.as_deref()?, detail.figures.as_deref()?)));
            match (figures, finding.at, finding.partner) {
                (Some((rule, figures)), at, _) => {
                    answers.own.insert((at, rule, figures), answer);
                }
                (None, Location::Cell(at), _) if finding.code != Code::PERSONS => {
                    answers.at_cells.entry(at).or_insert(answer);
                }
                (None, Location::File(_) | Location::Partner(_), Some(partner))
                    if Code::NOTHING_CAME.contains(&finding.code) =>
                {
                    answers.of_partners.entry(partner).or_insert(answer);
                }
                _ => {}
            }
        }
        answers
    }

    /// The answer to a comparison that does not agree: its own; else that to what is wrong with its cell; else, where nothing of
    /// the partner came, that to why.
    pub(super) fn of(&self, cx: &Context<'_>, comparison: &Comparison) -> Option<&'a Answer> {
        if matches!(comparison.outcome, Outcome::Agrees) {
            return None;
        }
        let control = cx.round.schema.controls.get(comparison.control)?;
        let figures = answers::figures(control, comparison);
        let own = self.own.get(&(Location::of(comparison), control.name.as_str(), figures.as_str()));
        let beside = || match (comparison.stated.at, comparison.scope) {
            (Some(at), _) => self.at_cells.get(&at),
            (None, Scope::Partner(partner)) => self.of_partners.get(&partner),
            (None, Scope::Round) => None,
        };
        own.or_else(beside).copied()
    }
}
