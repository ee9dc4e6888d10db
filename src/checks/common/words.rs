//! Words and figures in messages.

use rust_decimal::Decimal;

/// The most characters of what somebody typed that a message repeats.
const LONGEST: usize = 60;

/// What somebody typed, in quotation marks, on one line and not too long. Marks inside are made plain, so that what stands
/// between the outer ones can be told from the sentence.
pub(in crate::checks) fn quote(text: &str) -> String {
    let mut quoted = String::from("“");
    let mut blank = false;
    for (count, c) in text.trim().chars().enumerate() {
        if count == LONGEST {
            quoted.push('…');
            break;
        }
        let space = c.is_whitespace() || c.is_control();
        if !(space && blank) {
            quoted.push(if space { ' ' } else { plain_mark(c) });
        }
        blank = space;
    }
    quoted.push('”');
    quoted
}

/// What somebody typed, with plain quotation marks.
pub(in crate::checks) fn plain_marks(text: &str) -> String {
    text.chars().map(plain_mark).collect()
}

const fn plain_mark(letter: char) -> char {
    if matches!(letter, '“' | '”') { '"' } else { letter }
}

/// A count with its noun: `1 row`, `3 rows`.
pub(in crate::checks) fn count(number: usize, one: &str, more: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {more}") }
}

/// `A`, `A and B`, `A, B and C`.
pub(in crate::checks) fn list<S: AsRef<str>>(words: &[S]) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// `A`, `A or B`, `A, B or C`.
pub(in crate::checks) fn either<S: AsRef<str>>(words: &[S]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => {
            let first: Vec<_> = first.iter().map(AsRef::as_ref).collect();
            format!("{} or {}", first.join(", "), last.as_ref())
        }
        words => list(words),
    }
}

/// Letters and digits in lower case, all else left out: how names are compared.
pub(in crate::checks) fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A difference without its sign and the word for its direction: `£27`, `high`.
pub(in crate::checks) fn apart(difference: Decimal) -> (String, &'static str) {
    let word = if difference.is_sign_negative() { "low" } else { "high" };
    (crate::model::pounds(difference.abs()), word)
}

/// `row 12`, `rows 12 to 14`, `rows 12, 15 and 20`: zero-based rows as people number them.
pub(in crate::checks) fn rows(rows: &[u32]) -> String {
    let shown: Vec<String> = rows.iter().take(6).map(|row| (row + 1).to_string()).collect();
    match rows {
        [_] => format!("row {}", shown[0]),
        [first, .., last] if last - first == u32::try_from(rows.len() - 1).unwrap_or(0) => {
            format!("rows {} to {}", first + 1, last + 1)
        }
        _ if rows.len() > shown.len() => format!("rows {} and others", shown.join(", ")),
        _ => format!("rows {}", list(&shown)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_stays_on_one_line() {
        assert_eq!(quote(" a\r\n\tb "), "“a b”");
        assert_eq!(quote("a “b” c”"), "“a \"b\" c\"”");
        assert_eq!(quote(&"x".repeat(61)), format!("“{}…”", "x".repeat(60)));
    }

    #[test]
    fn lists_read_aloud() {
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(either(&["a", "b"]), "a or b");
        assert_eq!(either::<&str>(&[]), "");
        assert_eq!(rows(&[11, 12, 13]), "rows 12 to 14");
        assert_eq!(rows(&[11, 14]), "rows 12 and 15");
        assert_eq!(rows(&[11]), "row 12");
    }
}
