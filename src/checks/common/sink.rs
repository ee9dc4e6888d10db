//! Where checks put what they find.

use crate::checks::{Meta, find};
use crate::finding::{Audience, Code, Detail, Difference, Effort, Finding, Location, Related, Severity};
use crate::model::PartnerId;
use crate::round::Round;
use std::collections::{BTreeMap, BTreeSet};

/// Takes findings; their name, severity and effort are those of the check that is running.
#[derive(Debug)]
pub struct Findings<'a> {
    round: &'a Round,
    partner: Option<PartnerId>,
    code: Code,
    severity: Severity,
    effort: Effort,
    /// True if the round sets the severity, which then nothing changes.
    fixed: bool,
    list: Vec<Finding>,
}

impl<'a> Findings<'a> {
    pub(in crate::checks) fn new(round: &'a Round, partner: Option<PartnerId>) -> Self {
        let (severity, effort) = (Severity::Query, Effort::LookUp);
        Self { round, partner, code: Code(""), severity, effort, fixed: false, list: Vec::new() }
    }

    /// Says which check is running.
    pub(in crate::checks) fn of(&mut self, meta: &Meta) -> &mut Self {
        self.code = Code(meta.name);
        let set = self.round.severity.get(meta.name);
        self.severity = set.copied().unwrap_or(meta.severity);
        self.effort = meta.effort;
        self.fixed = set.is_some();
        self
    }

    /// Adds a finding: the place, and one sentence about it with the figures in it.
    pub(in crate::checks) fn add(&mut self, at: Location, message: impl Into<Box<str>>) -> Told<'_> {
        self.list.push(Finding {
            code: self.code,
            severity: self.severity,
            effort: self.effort,
            at,
            partner: self.partner,
            audience: if at.is_of_business_unit() { Audience::BusinessUnit } else { Audience::Partner },
            message: message.into(),
            help: None,
            detail: None,
        });
        let last = self.list.len() - 1;
        Told { finding: &mut self.list[last], fixed: self.fixed }
    }

    /// How many there are so far.
    pub(in crate::checks) fn count(&self) -> usize {
        self.list.len()
    }

    /// Takes findings out again, from one of them on, whose place does not pass.
    pub(in crate::checks) fn retain_from(&mut self, first: usize, passes: impl Fn(Location) -> bool) {
        let kept = self.list.split_off(first.min(self.list.len())).into_iter();
        self.list.extend(kept.filter(|finding| passes(finding.at)));
    }

    /// Says more of what to do wherever somebody must answer about one of these places; gives the places where that is so.
    pub(in crate::checks) fn add_help(
        &mut self,
        places: &BTreeSet<Location>,
        help: &str,
    ) -> BTreeSet<Location> {
        let mut told = BTreeSet::new();
        let list = if places.is_empty() { &mut [] } else { self.list.as_mut_slice() };
        for finding in list {
            if finding.severity == Severity::Note || !places.contains(&finding.at) {
                continue;
            }
            told.insert(finding.at);
            let deed = deed(finding.code).filter(|_| !finding.says_what_to_do());
            let before = deed.or(finding.help.take()).map(|before| format!("{before} ")).unwrap_or_default();
            finding.help = Some(format!("{before}{help}").into());
        }
        told
    }

    /// Everything found, in the order of places. What somebody must answer and does not say what to do has that from the
    /// page of its check.
    pub(in crate::checks) fn into_sorted(mut self) -> Vec<Finding> {
        let mut deeds: BTreeMap<Code, Option<Box<str>>> = BTreeMap::new();
        for finding in &mut self.list {
            if finding.severity == Severity::Note || finding.says_what_to_do() {
                continue;
            }
            let Some(deed) = deeds.entry(finding.code).or_insert_with(|| deed(finding.code)) else {
                continue;
            };
            finding.help = Some(match &finding.help {
                Some(help) => format!("{deed} {help}").into(),
                None => deed.clone(),
            });
        }
        self.list.sort_by(|a, b| (a.at, a.code, &a.message).cmp(&(b.at, b.code, &b.message)));
        self.list
    }
}

/// What to do, from the page of a check.
fn deed(code: Code) -> Option<Box<str>> {
    find(code.as_str()).map(|meta| meta.deed().into())
}

/// A finding just made, to which more can be said.
pub(in crate::checks) struct Told<'f> {
    finding: &'f mut Finding,
    fixed: bool,
}

impl Told<'_> {
    /// What to do.
    pub(in crate::checks) fn help(self, help: impl Into<Box<str>>) -> Self {
        self.finding.help = Some(help.into());
        self
    }

    /// What it was and what it is used as.
    pub(in crate::checks) fn change(mut self, typed: &str, used: &str) -> Self {
        let detail = self.detail();
        detail.typed = Some(typed.to_owned());
        detail.used = Some(used.to_owned());
        self
    }

    /// What it was; nothing is used in its place.
    pub(in crate::checks) fn typed(mut self, typed: &str) -> Self {
        self.detail().typed = Some(typed.to_owned());
        self
    }

    /// The field's title.
    pub(in crate::checks) fn field(mut self, field: &str) -> Self {
        self.detail().field = Some(field.to_owned());
        self
    }

    /// The constraint, rule or control, by name.
    pub(in crate::checks) fn rule(mut self, rule: &str) -> Self {
        self.detail().rule = Some(rule.to_owned());
        self
    }

    /// The line of a comparison and its two figures, in words.
    pub(in crate::checks) fn figures(mut self, figures: String) -> Self {
        self.detail().figures = Some(figures);
        self
    }

    /// By how much they differ.
    pub(in crate::checks) fn difference(mut self, difference: Option<Difference>) -> Self {
        self.detail().difference = difference;
        self
    }

    /// Other places.
    pub(in crate::checks) fn related(mut self, places: impl IntoIterator<Item = (Location, String)>) -> Self {
        let related = places.into_iter().take(super::MOST_RELATED).map(|(at, what)| Related { at, what });
        self.detail().related.extend(related);
        self
    }

    /// How much it matters, where a rule or control says so and the round does not.
    pub(in crate::checks) fn severity(self, severity: Severity) -> Self {
        if !self.fixed {
            self.finding.severity = severity;
        }
        self
    }

    /// How much it matters at least; the round may only say that it matters more.
    pub(in crate::checks) fn at_least(self, severity: Severity) -> Self {
        let set = if self.fixed { self.finding.severity } else { severity };
        self.finding.severity = severity.max(set);
        self
    }

    /// Whom it is about, where that is not the sender of the return.
    pub(in crate::checks) fn partner(self, partner: Option<PartnerId>) -> Self {
        self.finding.partner = partner;
        self
    }

    /// How much of it that partner may be told.
    pub(in crate::checks) fn audience(self, audience: Audience) -> Self {
        self.finding.audience = audience;
        self
    }

    fn detail(&mut self) -> &mut Detail {
        self.finding.detail.get_or_insert_default()
    }
}
