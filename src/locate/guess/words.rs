//! What the words of a heading say for and against a field.

use crate::locate::words::JOIN;
use crate::schema::{Field, TableSchema};

/// Words that many headings have, and that tell none of them.
const COMMON: [&str; 26] = [
    "date",
    "this",
    "that",
    "what",
    "will",
    "with",
    "when",
    "have",
    "been",
    "name",
    "number",
    "does",
    "make",
    "from",
    "comment",
    "comments",
    "note",
    "notes",
    "quarter",
    "year",
    "agency",
    "rating",
    "reference",
    "other",
    "your",
    "their",
];

/// Words that make another column of one: what stood there before, or will.
const ANOTHER: [&str; 16] = [
    "last",
    "previous",
    "prior",
    "old",
    "former",
    "next",
    "forecast",
    "budget",
    "variance",
    "estimate",
    "estimated",
    "original",
    "planned",
    "proposed",
    "projected",
    "draft",
];

fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn names(field: &Field) -> impl Iterator<Item = &str> {
    std::iter::once(field.title.as_str())
        .chain(field.aliases.iter().map(String::as_str))
        .filter(|name| !name.contains(JOIN))
}

/// True if a heading has a word of a field's names that no other field of the table has.
pub(super) fn shared(heading: &str, table: &TableSchema, field: usize) -> bool {
    let tells = |word: &String| word.chars().count() >= 4 && !COMMON.contains(&word.as_str());
    let heading: Vec<String> = words(heading).into_iter().filter(tells).collect();
    let has = |field: &Field, word: &String| names(field).any(|name| words(name).contains(word));
    let own = |word: &&String| table.fields.get(field).is_some_and(|field| has(field, word));
    let others = |word: &String| {
        table.fields.iter().enumerate().any(|(index, other)| index != field && has(other, word))
    };
    heading.iter().filter(own).any(|word| !others(word))
}

/// True if a heading speaks of another time or figure than the field: *last year*, *Q3*, *budget*.
pub(super) fn speaks_of_another(heading: &str, field: &Field) -> bool {
    let known: Vec<String> = names(field).flat_map(words).collect();
    let other = |word: &String| {
        ANOTHER.contains(&word.as_str()) || word.chars().any(|letter| letter.is_ascii_digit())
    };
    words(heading).iter().any(|word| other(word) && !known.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_year_or_quarter_is_another_column() {
        let field = Field { title: "Annual total".to_owned(), ..Field::default() };
        for heading in ["Last year's total", "2012-13", "Q3 total", "Budget"] {
            assert!(speaks_of_another(heading, &field), "{heading}");
        }
        assert!(!speaks_of_another("Sum for the year", &field));
    }
}
