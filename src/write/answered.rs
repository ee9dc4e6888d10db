//! What was answered, beside what it answers.

use super::cells::Item;
use super::context::Context;
use crate::finding::{Answer, Finding, Location};
use crate::model::{Comparison, Outcome};
use crate::round::answers;
use std::collections::BTreeMap;

/// Text, post and date of an answer; blank where there is none.
pub(super) fn answer_items(answer: Option<&Answer>) -> [Item<'_>; 3] {
    match answer {
        Some(answer) => [Item::Text(&answer.text), Item::Text(&answer.post), Item::Date(answer.date)],
        None => [Item::Blank, Item::Blank, Item::Blank],
    }
}

/// The answers to comparisons, by where each is told and its figures.
pub(super) struct Answers<'a>(BTreeMap<(Location, &'a str, &'a str), &'a Answer>);

impl<'a> Answers<'a> {
    pub(super) fn new(cx: &Context<'a>) -> Self {
        let entry = |finding: &'a Finding| {
            let detail = finding.detail.as_deref()?;
            let key = (finding.at, detail.rule.as_deref()?, detail.figures.as_deref()?);
            Some((key, detail.answer.as_ref()?))
        };
        Self(cx.findings.iter().filter_map(entry).collect())
    }

    /// The answer to a comparison that does not agree.
    pub(super) fn of(&self, cx: &Context<'_>, comparison: &Comparison) -> Option<&'a Answer> {
        if self.0.is_empty() || matches!(comparison.outcome, Outcome::Agrees) {
            return None;
        }
        let control = cx.round.schema.controls.get(comparison.control)?;
        let figures = answers::figures(control, comparison);
        self.0.get(&(Location::of(comparison), control.name.as_str(), figures.as_str())).copied()
    }
}
