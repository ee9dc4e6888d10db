//! Which table stands where: headings of every sheet against every table, the best first.

use super::continued;
use super::fit;
use super::headings::{self, Head};
use super::row;
use super::words::{TableWords, Vocabulary};
use crate::model::{Raw, RawCell, Sheet, SheetId, Visibility, Workbook, fold};
use crate::schema::{LayoutKind, Schema};
use std::collections::BTreeSet;

/// Heading rows of one sheet that are looked at closely; a sheet with more is no return.
const MOST_CANDIDATES: usize = 200;
/// Rows of headings that are joined.
const MOST_DEPTH: usize = 3;

/// A table whose headings were found.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    /// Which table.
    pub table: usize,
    /// Which sheet, by its place in the workbook.
    pub sheet: usize,
    /// First and last row of the headings.
    pub rows: (u32, u32),
    /// The headings.
    pub heads: Vec<Head>,
    /// False if the table's words were not found above its headings.
    pub above: bool,
    /// Other places that would fit too, in words.
    pub others: Vec<String>,
    /// Other visible sheets that would fit too and have rows.
    pub unused: Vec<Elsewhere>,
    /// The sheet whose list goes on here.
    pub continues: Option<SheetId>,
    /// Headings elsewhere on the sheet under which another such list may stand.
    pub second: Vec<Again>,
}

/// Headings of a table on a sheet that is not its own.
#[derive(Debug, Clone)]
pub(super) struct Elsewhere {
    /// The sheet.
    pub id: SheetId,
    /// The same by its place in the workbook.
    pub sheet: usize,
    /// First and last row of the headings.
    pub rows: (u32, u32),
    /// The headings.
    pub heads: Vec<Head>,
}

/// Headings of a table that stand once more on its sheet.
#[derive(Debug, Clone)]
pub(super) struct Again {
    /// First and last row of the headings.
    pub rows: (u32, u32),
    /// The headings.
    pub heads: Vec<Head>,
    /// True if they can be nothing else than the table's, whatever stands under them.
    pub sure: bool,
}

/// One table at one place, weighed.
struct Pair {
    table: usize,
    sheet: usize,
    rows: (u32, u32),
    heads: Vec<Head>,
    weight: Weight,
}

/// What makes a place better than another, most important first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Weight {
    visible: bool,
    /// 2 if the words above the headings are the table's, 1 if it has none declared, 0 if they are missing.
    above: u8,
    named: bool,
    /// Share of the asked fields that have a heading, percent.
    share: usize,
    matched: usize,
}

/// Finds where each table in rows stands.
pub(super) fn tables(workbook: &Workbook, schema: &Schema, words: &Vocabulary<'_>) -> Vec<Placed> {
    let mut pairs = Vec::new();
    let sheets = workbook.sheets.iter().enumerate();
    for (index, sheet) in sheets.filter(|(_, sheet)| !words.is_ours(sheet)) {
        for candidate in candidates(sheet, schema, words) {
            weigh(index, sheet, schema, words, &candidate, &mut pairs);
        }
    }
    // The sort is stable: of equal places the earlier sheet and row come first.
    pairs.sort_by_key(|pair| std::cmp::Reverse(pair.weight));
    choose(workbook, schema, words, pairs)
}

fn choose(workbook: &Workbook, schema: &Schema, words: &Vocabulary<'_>, pairs: Vec<Pair>) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::new();
    for pair in pairs {
        let Some(table) = schema.tables.get(pair.table) else { continue };
        let clash = placed.iter().any(|other| other.sheet == pair.sheet && meet(other.rows, pair.rows));
        if clash {
            continue;
        }
        let elsewhere = placed.iter_mut().find(|other| {
            other.table == pair.table && (!table.repeat || other.sheet == pair.sheet || !pair.weight.visible)
        });
        if let Some(other) = elsewhere {
            fits_too(workbook, schema, words, other, pair);
            continue;
        }
        placed.push(Placed {
            table: pair.table,
            sheet: pair.sheet,
            rows: pair.rows,
            heads: pair.heads,
            above: pair.weight.above > 0,
            others: Vec::new(),
            unused: Vec::new(),
            continues: None,
            second: Vec::new(),
        });
    }
    drop_used(workbook, &mut placed);
    continued::add(workbook, schema, words, &mut placed);
    placed
}

/// Keeps what is to be said of headings of a table that was found elsewhere already.
fn fits_too(workbook: &Workbook, schema: &Schema, words: &Vocabulary<'_>, other: &mut Placed, pair: Pair) {
    let (Some(table), Some(known)) = (schema.tables.get(pair.table), words.tables.get(pair.table)) else {
        return;
    };
    let place = workbook.sheets.get(pair.sheet);
    let repeats = other.sheet == pair.sheet && same_heads(&other.heads, &pair.heads);
    // A partner's own sheet may have few of the template's columns; a second one has nearly all of those.
    let (here, there) = (pair.weight.matched, fit::count(known, &other.heads));
    // One that bears the same name may leave more of them out.
    let first = workbook.sheets.get(other.sheet).filter(|_| other.sheet != pair.sheet);
    let same =
        first.zip(place).is_some_and(|(first, second)| continued::says_the_same(&first.name, &second.name));
    let alike = here * 10 >= there * 8 || same && here * 2 >= there;
    if other.sheet == pair.sheet {
        let heads = pair.heads.clone();
        let (fields, key) = (table.fields.len(), &table.primary_key);
        let above = pair.rows.1 < other.rows.0;
        let sure = above && pair.weight.share >= 50 || fit::is_whole(known, fields, &heads, key);
        if above || fit::is_moved(known, fields, &other.heads, &heads, key) {
            other.second.push(Again { rows: pair.rows, heads, sure });
        }
    }
    if !repeats && (pair.weight.share >= 50 || alike) {
        let name = place.map_or("", |sheet| sheet.name.as_str());
        other.others.push(format!(
            "Headings that fit too stand on sheet {name} in row {}; they were not used.",
            pair.rows.0 + 1
        ));
        let seen = place.is_none_or(|sheet| other.unused.iter().any(|one| one.id == sheet.id()));
        if let Some(sheet) = place.filter(|_| !seen && other.sheet != pair.sheet)
            && sheet.visibility == Visibility::Visible
            && has_rows_under(sheet, pair.rows.1)
        {
            let (id, rows) = (sheet.id(), pair.rows);
            other.unused.push(Elsewhere { id, sheet: pair.sheet, rows, heads: pair.heads });
        }
    }
}

/// Headings may fit two tables: those that were taken for another one in the end are in use.
fn drop_used(workbook: &Workbook, placed: &mut [Placed]) {
    let place = |table: &Placed| Some((workbook.sheets.get(table.sheet)?.id(), table.rows));
    let used: Vec<(SheetId, (u32, u32))> = placed.iter().filter_map(place).collect();
    let sheets: Vec<Option<SheetId>> =
        placed.iter().map(|table| Some(workbook.sheets.get(table.sheet)?.id())).collect();
    for (table, sheet) in placed.iter_mut().zip(sheets) {
        table
            .second
            .retain(|again| !used.iter().any(|(other, at)| Some(*other) == sheet && meet(*at, again.rows)));
        table.unused.retain(|one| !used.iter().any(|(other, at)| *other == one.id && meet(*at, one.rows)));
    }
}

/// True if two ranges of rows have one in common.
const fn meet(a: (u32, u32), b: (u32, u32)) -> bool {
    a.0 <= b.1 && b.0 <= a.1
}

/// True if anything stands under a row.
fn has_rows_under(sheet: &Sheet, row: u32) -> bool {
    sheet.cells().iter().rev().take_while(|cell| cell.at.row > row).any(|cell| !sheet.raw(cell).is_blank())
}

fn same_heads(a: &[Head], b: &[Head]) -> bool {
    let texts =
        |heads: &[Head]| heads.iter().map(|head| (head.at.column, fold(&head.own))).collect::<Vec<_>>();
    texts(a) == texts(b)
}

/// A row that may be the lowest of a table's heading rows, with the neighbouring filled rows above it.
struct Candidate<'a> {
    /// Up to three rows, the lowest last.
    rows: Vec<(u32, &'a [RawCell])>,
    /// Folded words of the rows just above, for each depth.
    above: Vec<Vec<String>>,
}

fn candidates<'a>(sheet: &'a Sheet, schema: &Schema, words: &Vocabulary<'_>) -> Vec<Candidate<'a>> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut recent: Vec<(u32, &[RawCell], usize)> = Vec::new();
    for (number, cells) in sheet.rows() {
        let beyond = number >= schema.header_rows;
        if beyond && found.is_empty() || found.len() >= MOST_CANDIDATES {
            break;
        }
        let hits = words.hits(sheet, cells, beyond);
        if recent.len() > 64 {
            recent.drain(..56);
        }
        recent.push((number, cells, hits));
        if hits == 0 {
            continue;
        }
        let near = recent.len().saturating_sub(MOST_DEPTH);
        let near: usize = recent.iter().skip(near).map(|(_, _, hits)| hits).sum();
        let above = || words_above(sheet, &recent);
        if near < 2 && !single_column(words) {
            continue;
        }
        // A heading row repeated on every page is looked at once, unless words above it can tell tables apart.
        let again = !seen.insert(row::fingerprint(sheet, cells));
        if again && !words.tables.iter().any(|table| !table.above.is_empty()) {
            continue;
        }
        found.push(Candidate { rows: adjacent(&recent), above: above() });
    }
    found
}

fn single_column(words: &Vocabulary<'_>) -> bool {
    words.tables.iter().any(|table| table.asked == 1)
}

/// The last row and the filled rows that touch it from above, three at most.
fn adjacent<'a>(recent: &[(u32, &'a [RawCell], usize)]) -> Vec<(u32, &'a [RawCell])> {
    let mut rows: Vec<(u32, &[RawCell])> = Vec::new();
    for (number, cells, _) in recent.iter().rev().take(MOST_DEPTH) {
        if rows.last().is_some_and(|(below, _)| number + 1 != *below) {
            break;
        }
        rows.push((*number, cells));
    }
    rows.reverse();
    rows
}

/// For headings of one, two and three rows: the words of the filled rows above them, three at most.
fn words_above(sheet: &Sheet, recent: &[(u32, &[RawCell], usize)]) -> Vec<Vec<String>> {
    (1..=MOST_DEPTH)
        .map(|depth| {
            let mut words = Vec::new();
            for (_, cells, _) in recent.iter().rev().skip(depth).take(3) {
                // Figures are an earlier table's rows; its title is not these headings'.
                if cells.iter().any(|cell| !matches!(sheet.raw(cell), Raw::Text(_))) {
                    break;
                }
                for cell in cells.iter().take(40) {
                    if let Raw::Text(text) = sheet.raw(cell)
                        && text.len() <= 200
                    {
                        words.push(fold(text));
                    }
                }
            }
            words
        })
        .collect()
}

/// Weighs one candidate for every table and keeps the pairs that are possible.
fn weigh(
    index: usize,
    sheet: &Sheet,
    schema: &Schema,
    words: &Vocabulary<'_>,
    candidate: &Candidate<'_>,
    pairs: &mut Vec<Pair>,
) {
    let cells: Vec<&[RawCell]> = candidate.rows.iter().map(|(_, cells)| *cells).collect();
    let depths: Vec<Vec<Head>> = (1..=cells.len())
        .map(|depth| headings::heads(sheet, cells.get(cells.len() - depth..).unwrap_or_default()))
        .collect();
    let mut possible: Vec<(usize, usize, usize)> = Vec::new();
    for (table, known) in words.tables.iter().enumerate() {
        if schema.tables.get(table).is_none_or(|table| table.layout != LayoutKind::Rows) {
            continue;
        }
        // Of equal fits the one with fewer heading rows is taken.
        let mut best = (0, 0);
        for (depth, heads) in depths.iter().enumerate() {
            let matched = fit::count(known, heads);
            if matched > best.1 {
                best = (depth, matched);
            }
        }
        possible.push((table, best.0, best.1));
    }
    let most = possible.iter().map(|(_, _, matched)| *matched).max().unwrap_or(0);
    for (table, depth, matched) in possible {
        let (Some(known), Some(heads)) = (words.tables.get(table), depths.get(depth)) else { continue };
        let above = candidate.above.get(depth).map_or(&[][..], Vec::as_slice);
        let Some(above) = weigh_above(words, table, above) else { continue };
        let named = known.names_sheet(&sheet.name);
        // Headings that are clearly another table's are not this one's, whatever it misses.
        if matched * 10 < most * 7 || !acceptable(known, named, matched, heads.len()) {
            continue;
        }
        let bottom = candidate.rows.last().map_or(0, |(row, _)| *row);
        let top = candidate.rows.len().checked_sub(depth + 1).and_then(|at| candidate.rows.get(at));
        pairs.push(Pair {
            table,
            sheet: index,
            rows: (top.map_or(bottom, |(row, _)| *row), bottom),
            heads: heads.clone(),
            weight: Weight {
                visible: sheet.visibility == Visibility::Visible,
                above,
                named,
                share: matched * 100 / known.asked.max(1),
                matched,
            },
        });
    }
}

/// How the words above fit a table; `None` if they are another table's.
fn weigh_above(words: &Vocabulary<'_>, table: usize, above: &[String]) -> Option<u8> {
    let says = |known: &TableWords<'_>| {
        known.above.iter().any(|word| above.iter().any(|text| text.contains(word.as_str())))
    };
    let known = words.tables.get(table)?;
    if known.above.is_empty() {
        return Some(1);
    }
    if says(known) {
        return Some(2);
    }
    let another = words.tables.iter().enumerate().any(|(other, known)| other != table && says(known));
    (!another).then_some(0)
}

/// True if enough of a table's headings are there.
fn acceptable(table: &TableWords<'_>, named: bool, matched: usize, heads: usize) -> bool {
    let share = matched * 100 / table.asked.max(1);
    if named {
        return matched >= table.asked.clamp(1, 2) && (share >= 20 || matched >= 4 || matched * 2 >= heads);
    }
    matched >= table.asked.clamp(1, 3) && (share >= 50 || matched >= 5 && matched * 10 >= heads * 6)
}
