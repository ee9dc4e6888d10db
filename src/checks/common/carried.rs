//! What of the plan before stands in this one: by reference or by wording.

use crate::model::{fold, folds_alike};
use crate::round::{EarlierEntry, Register, says_nothing};
use std::collections::BTreeSet;

/// Keys of the old entries that the new plan has under the same wording: the same words first, then most of them. A new entry
/// stands for one old one only.
pub(in crate::checks) fn same_wording<'r>(
    sought: &[&'r EarlierEntry],
    mut titles: Vec<&str>,
) -> BTreeSet<&'r str> {
    let mut found = BTreeSet::new();
    let same: fn(&str, &str) -> bool = folds_alike;
    for alike in [same, most_words_alike] {
        for entry in sought {
            if entry.title.trim().is_empty() || found.contains(entry.key.as_str()) {
                continue;
            }
            if let Some(place) = titles.iter().position(|title| alike(&entry.title, title)) {
                titles.remove(place);
                found.insert(entry.key.as_str());
            }
        }
    }
    found
}

/// True if two thirds of the words of either text, or more, are in the other. Words of up to three letters do not count.
fn most_words_alike(a: &str, b: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
        words.map(fold).collect()
    };
    let (a, b) = (words(a), words(b));
    let both = a.intersection(&b).count();
    both > 0 && both * 3 >= a.len().max(b.len()) * 2
}

/// References in a cell, with `;` or `,` between them. Marks that say nothing are left out.
pub(in crate::checks) fn parts(cell: &str) -> impl Iterator<Item = &str> {
    let parts = if says_nothing(cell) { "" } else { cell }.split([';', ',']).map(str::trim);
    parts.filter(|part| !says_nothing(part))
}

/// The same, with “and”, `&` or `/` between them as well.
pub(in crate::checks) fn pieces(cell: &str) -> impl Iterator<Item = &str> {
    let pieces = parts(cell).flat_map(|part| part.split(['&', '/'])).flat_map(|part| part.split(" and "));
    let pieces = pieces.map(str::trim).map(|piece| piece.strip_prefix("and ").unwrap_or(piece));
    pieces.filter(|piece| !says_nothing(piece))
}

/// References in a cell that a plan has no entry of, nor entries of an area of that reference.
pub(in crate::checks) fn missing<'c>(register: &Register, cell: &'c str) -> Vec<&'c str> {
    let has = |next: &str| {
        let inside = format!("{next}.");
        let mut from = register.by_key.range(inside.clone()..);
        register.by_key.contains_key(next) || from.next().is_some_and(|(key, _)| key.starts_with(&inside))
    };
    if has(cell.trim()) {
        return Vec::new();
    }
    let parts = parts(cell).filter(|part| !has(part));
    parts.flat_map(pieces).filter(|piece| !has(piece)).collect()
}
