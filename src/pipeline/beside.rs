//! What stands beside the cells' values of a sheet, kept for the checks when the sheet itself is let go.

use crate::model::{Beside, CellRef, MOST_BESIDE, Mentioned, Origin, Raw, Sheet, Shown, WorkbookFacts};
use crate::parse;
use crate::round::ended_mark;
use std::collections::BTreeSet;

/// Cells that are looked at for lying under merged ones.
const MOST_LOOKS: usize = 20_000_000;
/// Cells under merged ones that are counted.
const MOST_COVERED: usize = 100_000;

/// What checks may speak of.
pub(super) fn of(sheet: &Sheet, workbook: &WorkbookFacts) -> Beside {
    let facts = &sheet.facts;
    let suspected = facts.suspected.iter().map(|one| (one.at.map(|at| sheet.origin(at)), *one));
    let commented = || facts.comments.iter().filter(|comment| !comment.ours).map(|comment| comment.at);
    Beside {
        hidden_rows: facts.hidden_rows.clone(),
        hidden_columns: facts.hidden_columns.clone(),
        filtered: facts.filter.is_some_and(|filter| filter.active),
        struck: looking(sheet, |look| look.struck, |_| true).into_iter().map(|at| sheet.origin(at)).collect(),
        comments: (commented().take(MOST_BESIDE).collect(), commented().count()),
        suspected: (suspected.collect(), facts.suspected_more),
        text_boxes: facts.text_boxes.iter().map(|text| sheet.origin(text.near)).take(MOST_BESIDE).collect(),
        linked: linked(sheet, workbook),
        covered: covered(sheet),
        old_marks: old_marks(sheet),
        printed_mark: facts.header_footer.iter().find_map(|text| printed_mark(text)),
        amounts: amounts(sheet),
        pennies_hidden: looking(sheet, |look| look.shown == Shown::WholePounds, has_pennies),
    }
}

/// Rows in which a mark may stand above a table.
const MARKED_ROWS: u32 = 40;

/// Cells near the top that are a marking which has ended, and nothing else.
fn old_marks(sheet: &Sheet) -> Vec<(Origin, &'static str)> {
    let top = sheet.cells().iter().take_while(|cell| cell.at.row < MARKED_ROWS);
    let found = top.filter_map(|cell| match sheet.raw(cell) {
        Raw::Text(text) => Some((sheet.origin(cell.at), ended_mark(text)?)),
        _ => None,
    });
    found.take(MOST_BESIDE).collect()
}

/// Such a mark as a part of a header or footer: `&L&8Plan&C&"Arial,Bold"RESTRICTED`.
fn printed_mark(text: &str) -> Option<&'static str> {
    let mut words = String::new();
    let mut parts = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '&' {
            words.push(letter);
            continue;
        }
        match letters.next() {
            Some('L' | 'C' | 'R') => parts.push(std::mem::take(&mut words)),
            Some('"') => while letters.next().is_some_and(|letter| letter != '"') {},
            Some('0'..='9') => while letters.next_if(char::is_ascii_digit).is_some() {},
            Some('K') => letters.by_ref().take(6).for_each(drop),
            _ => {}
        }
    }
    parts.push(words);
    parts.iter().find_map(|part| ended_mark(part))
}

/// Filled cells that look so and hold such a value.
fn looking(
    sheet: &Sheet,
    looks: impl Fn(crate::model::Look) -> bool,
    holds: impl Fn(Raw<'_>) -> bool,
) -> Vec<CellRef> {
    let mut found = Vec::new();
    for (column, first, last, look) in sheet.facts.looks.runs() {
        if !looks(look) {
            continue;
        }
        let from = sheet.cells().partition_point(|cell| cell.at.row < first);
        let inside = sheet.cells().iter().skip(from).take_while(|cell| cell.at.row <= last);
        for cell in inside.filter(|cell| cell.at.column == column) {
            let raw = sheet.raw(cell);
            if found.len() < MOST_BESIDE && !raw.is_blank() && holds(raw) {
                found.push(cell.at);
            }
        }
        if found.len() == MOST_BESIDE {
            break;
        }
    }
    found.sort_unstable();
    found
}

/// Filled cells under merged ones: the first of them in sheet order, and how many there are, as far as they are counted.
fn covered(sheet: &Sheet) -> (Vec<Origin>, usize) {
    // Areas that lie over one another, which no program makes, must not cost more than the cells there are.
    let mut looks = MOST_LOOKS;
    let mut found = BTreeSet::new();
    let told = |found: &BTreeSet<CellRef>| {
        (found.iter().take(MOST_BESIDE).map(|at| sheet.origin(*at)).collect(), found.len())
    };
    for (first, last) in &sheet.merged {
        let from = sheet.cells().partition_point(|cell| cell.at < *first);
        for cell in sheet.cells().iter().skip(from).take_while(|cell| cell.at.row <= last.row) {
            let inside = (first.column..=last.column).contains(&cell.at.column);
            if inside && cell.at != *first && !sheet.raw(cell).is_blank() {
                found.insert(cell.at);
            }
            looks -= 1;
            if looks == 0 || found.len() == MOST_COVERED {
                return told(&found);
            }
        }
    }
    told(&found)
}

/// Characters of a text that are kept beside an amount in it.
const LONGEST_WORDS: usize = 60;

/// Amounts of money among words.
fn amounts(sheet: &Sheet) -> Vec<Mentioned> {
    let mut found = Vec::new();
    if !sheet.mentions("£") {
        return found;
    }
    for cell in sheet.cells() {
        let Raw::Text(text) = sheet.raw(cell) else { continue };
        if !text.contains('£') {
            continue;
        }
        for pounds in parse::amounts_in_words(text) {
            if found.len() == MOST_BESIDE {
                break;
            }
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let words = match words.char_indices().nth(LONGEST_WORDS) {
                Some((end, _)) => format!("{}…", words[..end].trim_end()),
                None => words,
            };
            found.push(Mentioned { at: sheet.origin(cell.at), pounds, words });
        }
    }
    found
}

fn has_pennies(raw: Raw<'_>) -> bool {
    matches!(raw, Raw::Number(number) if number.is_finite() && number.fract().abs() > 0.004)
}

/// Formulas that name another workbook, by its number (`[1]Sheet!A1`) or by its name (`'C:\\[book.xlsx]Sheet'!A1`).
fn linked(sheet: &Sheet, workbook: &WorkbookFacts) -> Vec<(Origin, String, String)> {
    let named = |formula: &str| {
        let (_, rest) = formula.split_once('[')?;
        let (inside, after) = rest.split_once(']')?;
        let sheet = after.split(['!', '\'']).next().unwrap_or_default();
        // A table's column stands in such brackets too, but no sheet and mark follow it.
        if sheet.is_empty() || !after.contains('!') || sheet.contains([',', '(', ')', ']']) {
            return None;
        }
        match inside.parse::<usize>() {
            Ok(number) => Some(
                number
                    .checked_sub(1)
                    .and_then(|at| workbook.links.get(at))
                    .map_or_else(|| "another workbook".to_owned(), Clone::clone),
            ),
            Err(_) if inside.contains('.') => Some(inside.to_owned()),
            Err(_) => None,
        }
    };
    let formulas = sheet.formulas().iter().filter_map(|(at, formula)| Some((*at, named(formula)?)));
    formulas
        .take(MOST_BESIDE)
        .map(|(at, name)| {
            (sheet.origin(at), name, sheet.value(at).map(|raw| raw.as_typed()).unwrap_or_default())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_found_between_the_instructions_of_a_header() {
        assert_eq!(printed_mark("&L&8Plan&C&\"Arial,Bold\"&14RESTRICTED&R&P of &N"), Some("RESTRICTED"));
        assert_eq!(printed_mark("&CPROTECT - PERSONAL"), Some("PROTECT"));
        assert_eq!(printed_mark("&C&KFF0000Protect"), Some("PROTECT"));
        assert_eq!(printed_mark("&CRestricted funds&R&P"), None);
        assert_eq!(printed_mark("&"), None);
    }
}
