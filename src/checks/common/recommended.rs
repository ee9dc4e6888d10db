//! Recommendations that entries of the plan name.

use crate::model::fold;
use crate::round::{Recommendation, RegisterEntry, Round};

/// A recommendation that an entry names.
pub(in crate::checks) struct Named<'r> {
    /// The entry.
    pub(in crate::checks) entry: &'r RegisterEntry,
    /// As it is written there.
    pub(in crate::checks) reference: &'r str,
    /// Who made it, if the plan says so.
    source: &'r str,
}

impl<'r> Named<'r> {
    /// Every recommendation that the plan names, in file order.
    pub(in crate::checks) fn of(round: &'r Round) -> Vec<Self> {
        let table = round.schema.tables.iter().find(|table| table.register.is_some());
        let column = |name: &Option<String>| round.plan.heading(name.as_deref()?);
        let Some(columns) = table.map(|table| &table.columns) else { return Vec::new() };
        let Some(reference) = column(&columns.recommendation) else { return Vec::new() };
        let source = column(&columns.source);
        let cell = |entry: &'r RegisterEntry, at: usize| entry.cells.get(at).map_or("", String::as_str);
        let of_entry = move |entry: &'r RegisterEntry| {
            let source = source.map_or("", |at| cell(entry, at));
            let names = cell(entry, reference).split(';').map(str::trim).filter(|name| !name.is_empty());
            names.map(move |reference| Self { entry, reference, source })
        };
        round.plan.entries.iter().flat_map(of_entry).collect()
    }

    /// True if it is this one: whatever stands in brackets behind either.
    pub(in crate::checks) fn is(&self, known: &Recommendation) -> bool {
        let alike = fold(self.reference) == fold(&known.reference)
            || fold(without_brackets(self.reference)) == fold(without_brackets(&known.reference));
        alike && self.is_from(known)
    }

    /// True if the same body made both, as far as that is said.
    pub(in crate::checks) fn is_from(&self, known: &Recommendation) -> bool {
        known.source.is_empty() || self.source.is_empty() || fold(self.source) == fold(&known.source)
    }
}

/// The text without what stands in brackets at its end.
fn without_brackets(text: &str) -> &str {
    let text = text.trim();
    let open = text.strip_suffix(')').and_then(|inside| inside.rfind('('));
    open.and_then(|at| text.get(..at)).map_or(text, str::trim).trim()
}
