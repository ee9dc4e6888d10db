//! Recommendations that entries of the plan name.

use crate::model::fold;
use crate::round::{Recommendation, RegisterEntry, Round};

/// A recommendation that an entry names.
pub(in crate::checks) struct Named<'r> {
    /// The entry.
    pub(in crate::checks) entry: &'r RegisterEntry,
    /// As it is written there.
    pub(in crate::checks) reference: String,
    /// Who made it: blank if the plan does not say so there, `None` if it has no column for it.
    source: Option<&'r str>,
}

impl<'r> Named<'r> {
    /// Every recommendation that the plan names, in file order.
    pub(in crate::checks) fn of(round: &'r Round) -> Vec<Self> {
        let table = round.schema.register_table();
        let column = |name: &Option<String>| round.plan.heading(name.as_deref()?);
        let Some(columns) = table.map(|(_, table)| &table.columns) else { return Vec::new() };
        let Some(reference) = column(&columns.recommendation) else { return Vec::new() };
        let source = column(&columns.source);
        let cell = |entry: &'r RegisterEntry, at: usize| entry.cells.get(at).map_or("", String::as_str);
        let of_entry = move |entry: &'r RegisterEntry| {
            let source = source.map(|at| cell(entry, at));
            let names = cell(entry, reference).split(';').map(str::trim).filter(|name| !name.is_empty());
            let several = names.flat_map(move |name| several(round, name, source));
            several.map(move |reference| Self { entry, reference, source })
        };
        round.plan.entries.iter().flat_map(of_entry).collect()
    }

    /// True if it is this one: whatever stands in brackets behind either.
    pub(in crate::checks) fn is(&self, known: &Recommendation) -> bool {
        is_called(known, &self.reference) && is_from(known, self.source)
    }

    /// True if it should be in the list because this one is: the same body made both. Where the list says who made what, an
    /// action that does not say so may answer anybody.
    pub(in crate::checks) fn belongs_with(&self, known: &Recommendation) -> bool {
        let says_who = known.source.is_empty() || self.source.is_none_or(|source| !source.is_empty());
        says_who && is_from(known, self.source)
    }
}

fn is_called(known: &Recommendation, reference: &str) -> bool {
    fold(reference) == fold(&known.reference)
        || fold(without_brackets(reference)) == fold(without_brackets(&known.reference))
}

/// True if the same body made both, as far as that is said.
fn is_from(known: &Recommendation, source: Option<&str>) -> bool {
    let source = source.unwrap_or_default();
    known.source.is_empty() || source.is_empty() || fold(source) == fold(&known.source)
}

/// The recommendations that a name stands for: itself, or several between which “,”, “&” or “and” stands, if one of them at
/// least is known. A number alone has the words of the one before it: “Ofsted 21 and 24”.
fn several(round: &Round, name: &str, source: Option<&str>) -> Vec<String> {
    let is_known = |name: &str| {
        round.recommendations.iter().any(|known| is_called(known, name) && is_from(known, source))
    };
    if is_known(name) {
        return vec![name.to_owned()];
    }
    let mut parts: Vec<String> = Vec::new();
    for part in name.split([',', '&']).flat_map(|part| part.split(" and ")) {
        let part = part.trim();
        let part = part.strip_prefix("and ").unwrap_or(part).trim();
        let words = parts.last().and_then(|last| last.rsplit_once(' ')).map(|(words, _)| words);
        match words.filter(|_| part.starts_with(|c: char| c.is_ascii_digit())) {
            Some(words) if !is_known(part) => parts.push(format!("{words} {part}")),
            _ => parts.push(part.to_owned()),
        }
    }
    parts.retain(|part| !part.is_empty());
    if parts.iter().any(|part| is_known(part)) { parts } else { vec![name.to_owned()] }
}

/// The text without what stands in brackets at its end.
fn without_brackets(text: &str) -> &str {
    let text = text.trim();
    let open = text.strip_suffix(')').and_then(|inside| inside.rfind('('));
    open.and_then(|at| text.get(..at)).map_or(text, str::trim).trim()
}
