//! References that Excel has changed, put right by the wording of their rows.
//!
//! Source: catalogue items C28 and C29. Excel keeps 4.10 as the number 4.1 and takes 3-4 for 3 April. A row is given another
//! reference only where the plan has it, the row's wording is that entry's, and it is not that of the reference as read.
//! Where both entries are worded much alike, the row must have the very words of the one.

use super::Round;
use crate::model::{Cell, Change, ChangeKind, Misread, Reading, Submission, Value, folds_alike, words_alike};
use crate::schema::TableSchema;

/// Puts the references of a return right.
pub fn rekey(round: &Round, submission: &mut Submission) {
    if round.plan.entries.is_empty() {
        return;
    }
    for table in &mut submission.tables {
        let Some(schema) = round.schema.tables.get(table.table) else { continue };
        let Some(register) = schema.register else { continue };
        for record in &mut table.records {
            if let Some(bare) =
                record.cells.get(register.key).and_then(|cell| planned_without_words(round, cell))
            {
                let cell = &mut record.cells[register.key];
                let typed = typed(cell);
                cell.reading = Reading::Value(Value::Text(bare.into()));
                cell.change = Some(Box::new(Change { typed, kind: ChangeKind::Synonym }));
                continue;
            }
            let title = register.title.and_then(|title| record.cells.get(title)).and_then(Cell::text);
            let Some(found) =
                title.and_then(|title| meant(round, schema, record.cells.get(register.key)?, title))
            else {
                continue;
            };
            let cell = &mut record.cells[register.key];
            let typed = typed(cell);
            cell.reading = Reading::Value(Value::Text(found.into()));
            cell.change = Some(Box::new(Change { typed, kind: ChangeKind::KeyByWording }));
        }
    }
}

fn typed(cell: &Cell) -> String {
    match &cell.reading {
        Reading::Unreadable(held) => held.raw.clone(),
        _ => cell.text().unwrap_or_default().to_owned(),
    }
}

/// A reference that the plan has once words, spaces and a stop are taken off: `Action 2.1.1`, `3.3.2.`, `3. 4. 1`.
fn planned_without_words(round: &Round, cell: &Cell) -> Option<String> {
    const WORDS: [&str; 8] = ["action", "actions", "ref", "reference", "no", "number", "item", "para"];
    let text = cell.text().filter(|text| !round.plan.by_key.contains_key(*text) && text.len() <= 40)?;
    let (words, rest) = text.split_at_checked(text.find(|letter: char| letter.is_ascii_digit())?)?;
    let mut words = words.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    if !words.all(|word| WORDS.iter().any(|known| known.eq_ignore_ascii_case(word))) {
        return None;
    }
    let bare: String = rest.chars().filter(|letter| !letter.is_whitespace()).collect();
    let bare = bare.trim_end_matches(['.', ':', ',']);
    round.plan.by_key.contains_key(bare).then(|| bare.to_owned())
}

/// The reference that was probably typed.
fn meant(round: &Round, schema: &TableSchema, cell: &Cell, title: &str) -> Option<String> {
    let planned = |key: &str| {
        let entry = round.plan.entries.get(*round.plan.by_key.get(key)?)?;
        entry.cells.get(round.plan.title?).map(String::as_str)
    };
    let fits = |key: &str| planned(key).is_some_and(|planned| words_alike(title, planned));
    // Entries of a plan may be worded much alike: then only the very words of one of them tell.
    let is = |key: &str| planned(key).is_some_and(|planned| folds_alike(title, planned));
    let is_key = schema.register.is_some();
    match &cell.reading {
        Reading::Unreadable(held) => match &held.why {
            Misread::DateToConfirm(key) if is_key && fits(key) => Some(key.clone()),
            _ => None,
        },
        Reading::Value(Value::Text(key)) => {
            let number = cell.change.as_ref().is_some_and(|change| change.kind == ChangeKind::NumberToText);
            let longer = format!("{key}0");
            let other = fits(&longer) && !fits(key) || is(&longer) && !is(key);
            (number && key.contains('.') && other).then_some(longer)
        }
        _ => None,
    }
}
