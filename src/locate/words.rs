//! The schema's headings, ready to be looked up.

use crate::model::{Match, Raw, RawCell, Sheet, fold, fold_hash, heading_unit, is_own_sheet};
use crate::schema::{LayoutKind, Schema, TableSchema};
use std::collections::BTreeMap;

/// What stands between the parts of a joined heading.
pub(super) const JOIN: &str = " › ";
/// Names of one field that may stand in one heading.
const MOST_NAMES: usize = 3;

/// The headings of all tables.
pub(super) struct Vocabulary<'a> {
    /// One entry a table of the schema.
    pub tables: Vec<TableWords<'a>>,
    /// Fold hashes of every heading of a table in rows, sorted.
    hashes: Vec<u64>,
    /// Bytes of the longest heading, with room for spaces and punctuation.
    longest: usize,
}

/// The headings of one table.
pub(super) struct TableWords<'a> {
    exact: BTreeMap<&'a str, (usize, Match)>,
    folded: BTreeMap<String, (usize, Match)>,
    /// Every heading folded, with its field, for near matches.
    pub near: Vec<(usize, String)>,
    /// Fields that a partner is asked for in a column.
    pub asked: usize,
    /// Folded tab names.
    pub sheets: Vec<String>,
    /// Folded words that stand just above its headings.
    pub above: Vec<String>,
}

impl Vocabulary<'_> {
    /// True for a sheet that we put into the workbook and on which nothing is to be found.
    pub(super) fn is_ours(&self, sheet: &Sheet) -> bool {
        is_own_sheet(&sheet.name) && !self.tables.iter().any(|table| table.names_sheet(&sheet.name))
    }
}

impl<'a> Vocabulary<'a> {
    pub(super) fn new(schema: &'a Schema) -> Self {
        let mut hashes = Vec::new();
        let mut longest = 0;
        for table in schema.tables.iter().filter(|table| table.layout == LayoutKind::Rows) {
            for name in table.fields.iter().flat_map(names) {
                longest = longest.max(name.len());
                hashes.extend(name.split('›').map(fold_hash));
            }
        }
        hashes.push(fold_hash(""));
        hashes.sort_unstable();
        hashes.dedup();
        hashes.retain(|hash| *hash != fold_hash(""));
        let tables = schema.tables.iter().map(TableWords::new).collect();
        Self { tables, hashes, longest: longest + 24 }
    }

    /// How many cells of a row hold a heading of some table. Far down a sheet (`far`) a row with anything but text in it is
    /// none, nor is one whose first cells are no headings: nearly all rows of a long table are told so at once.
    pub(super) fn hits(&self, sheet: &Sheet, cells: &[RawCell], far: bool) -> usize {
        const FIRST: usize = 4;
        if far {
            if !cells.iter().all(|cell| matches!(sheet.raw(cell), Raw::Text(_))) {
                return 0;
            }
            if !cells.iter().take(FIRST).any(|cell| self.is_heading(sheet.raw(cell))) {
                return 0;
            }
        }
        cells.iter().filter(|cell| self.is_heading(sheet.raw(cell))).count()
    }

    fn is_heading(&self, raw: Raw<'_>) -> bool {
        let Raw::Text(text) = raw else { return false };
        if text.len() > self.longest * MOST_NAMES {
            return false;
        }
        let known = |text: &str| self.hashes.binary_search(&fold_hash(text)).is_ok();
        if text.contains('/') && !known(text) && several_names(text).is_some_and(|mut names| names.all(known))
        {
            return true;
        }
        if text.len() > self.longest {
            return false;
        }
        let unit = || text.contains("000") || text.contains("£k") || text.contains("£K");
        known(text) || unit() && heading_unit(text).is_some_and(|(rest, _)| known(&rest))
    }
}

impl<'a> TableWords<'a> {
    fn new(table: &'a TableSchema) -> Self {
        let mut words = Self {
            exact: BTreeMap::new(),
            folded: BTreeMap::new(),
            near: Vec::new(),
            asked: 0,
            sheets: table.sheet.iter().map(|name| fold(name)).collect(),
            above: table.heading.iter().map(|name| fold(name)).filter(|name| !name.is_empty()).collect(),
        };
        let fields = || table.fields.iter().enumerate();
        for (index, field) in fields() {
            words.asked += usize::from(!field.computed && table.sheet_field != Some(index));
            words.exact.entry(&field.title).or_insert((index, Match::Exact));
            words.add(&field.title, index, Match::Folded);
        }
        for (index, field) in fields() {
            for alias in &field.aliases {
                words.exact.entry(alias).or_insert((index, Match::Alias));
                words.add(alias, index, Match::Alias);
            }
        }
        for (index, field) in fields() {
            words.add(&field.name, index, Match::Alias);
        }
        words
    }

    fn add(&mut self, name: &str, field: usize, how: Match) {
        let folded = fold(name);
        if folded.is_empty() {
            return;
        }
        self.near.push((field, folded.clone()));
        self.folded.entry(folded).or_insert((field, how));
    }

    /// The field that a heading names, without guessing.
    pub(super) fn find(&self, heading: &str) -> Option<(usize, Match)> {
        if let Some(found) = self.exact.get(heading.trim()) {
            return Some(*found);
        }
        if let Some(found) = self.folded.get(&fold(heading)) {
            return Some(*found);
        }
        let unit = heading_unit(heading).and_then(|(rest, _)| self.folded.get(&fold(&rest)).copied());
        unit.or_else(|| self.find_all(heading))
    }

    /// The field that every name of a heading is one of: `Cyf / Ref`.
    fn find_all(&self, heading: &str) -> Option<(usize, Match)> {
        let mut fields =
            several_names(heading)?.map(|name| self.folded.get(&fold(name)).map(|found| found.0));
        let first = fields.next()??;
        fields.all(|field| field == Some(first)).then_some((first, Match::Alias))
    }

    /// True if this tab name is one of the table's.
    pub(super) fn names_sheet(&self, sheet: &str) -> bool {
        let folded = fold(sheet);
        self.sheets.contains(&folded)
    }
}

/// The names in a heading that has more than one, with strokes between, as in two languages.
fn several_names(heading: &str) -> Option<impl Iterator<Item = &str>> {
    let names = || heading.split('/').map(str::trim);
    let sound = (2..=MOST_NAMES).contains(&names().count()) && names().all(|name| !name.is_empty());
    sound.then(names)
}

fn names(field: &crate::schema::Field) -> impl Iterator<Item = &str> {
    std::iter::once(field.title.as_str())
        .chain(field.aliases.iter().map(String::as_str))
        .chain(std::iter::once(field.name.as_str()))
}

/// How good a match is; lower is better.
pub(super) fn rank(how: Match) -> u8 {
    match how {
        Match::Exact => 0,
        Match::Alias => 1,
        Match::Folded => 2,
        Match::Near(_) => 3,
        Match::Guess(_) => 4,
        Match::Context => 5,
    }
}
