//! Lines of the ledger, found again without going through all of them: a round of many partners has very many.

use super::{Ledger, LedgerLine};
use crate::model::PartnerId;
use crate::schema::{ControlKind, Schema};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Where lines are, worked out when it is first asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    partners: OnceLock<BTreeMap<String, ByPartner>>,
    amounts: OnceLock<BTreeMap<(String, String), ByAmount>>,
}

/// Places of the lines of one table by whose they are.
pub type ByPartner = BTreeMap<Option<PartnerId>, Vec<usize>>;
/// Places of the lines of one table by what a column has for them, pounds without trailing noughts.
pub type ByAmount = BTreeMap<Decimal, Vec<usize>>;

impl From<Vec<LedgerLine>> for Ledger {
    fn from(lines: Vec<LedgerLine>) -> Self {
        Self { lines, index: Index::default() }
    }
}

impl Ledger {
    /// Adds a line at the end.
    pub fn push(&mut self, line: LedgerLine) {
        self.lines.push(line);
        self.index = Index::default();
    }

    /// Places of the lines of a table by whose they are; `None` if it has no lines.
    #[must_use]
    pub fn by_partner(&self, table: &str) -> Option<&ByPartner> {
        let make = || {
            let mut found: BTreeMap<String, ByPartner> = BTreeMap::new();
            for (place, line) in self.lines.iter().enumerate() {
                if !found.contains_key(&line.table) {
                    found.insert(line.table.clone(), ByPartner::new());
                }
                if let Some(own) = found.get_mut(&line.table) {
                    own.entry(line.partner).or_default().push(place);
                }
            }
            found
        };
        self.index.partners.get_or_init(make).get(table)
    }

    /// Lines of a table that are this partner's (or nobody's in particular), with their places.
    pub fn of(&self, table: &str, partner: Option<PartnerId>) -> impl Iterator<Item = (usize, &LedgerLine)> {
        let places = self.by_partner(table).and_then(|lines| lines.get(&partner));
        let places = places.map_or(&[] as &[usize], Vec::as_slice);
        places.iter().filter_map(|&place| Some((place, self.lines.get(place)?)))
    }

    /// Places of lines that name a partner by the amounts of a column; only for tables and columns in which a control of the
    /// kind *coupled-line* looks for them.
    #[must_use]
    pub fn by_amount(&self, schema: &Schema, table: &str, column: &str) -> Option<&ByAmount> {
        let make = || {
            let mut found: BTreeMap<(String, String), ByAmount> = BTreeMap::new();
            for control in &schema.controls {
                let ControlKind::Named(given) = &control.kind else { continue };
                let (Some(table), Some(column)) = (given.words("ledger"), given.words("column")) else {
                    continue;
                };
                if given.kind == "coupled-line" {
                    let key = (table.to_owned(), column.to_owned());
                    found.entry(key).or_insert_with(|| self.amounts(table, column));
                }
            }
            found
        };
        self.index.amounts.get_or_init(make).get(&(table.to_owned(), column.to_owned()))
    }

    fn amounts(&self, table: &str, column: &str) -> ByAmount {
        let mut found = ByAmount::new();
        for (place, line) in self.lines.iter().enumerate() {
            let amount = line.amounts.get(column).filter(|amount| !amount.is_zero());
            let named = line.table == table && line.partner.is_some();
            if let Some(amount) = amount.filter(|_| named) {
                found.entry(amount.normalize()).or_default().push(place);
            }
        }
        found
    }
}
