//! Takes out of a text what could hide or change what stands beside it.

use std::borrow::Cow;

/// Takes out control characters and marks of writing direction; line ends and tabs become spaces.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    strip(text, false)
}

/// Like [`clean`], but keeps line ends and tabs.
#[must_use]
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    strip(text, true)
}

/// A cleaned text as a `.csv` cell that no spreadsheet program takes for a formula: one that starts like a formula
/// gets an apostrophe in front.
#[must_use]
pub fn defused(text: &str) -> Cow<'_, str> {
    defuse(text, clean(text))
}

/// Puts an apostrophe before `cleaned` if `raw`, the text that it was made from, starts like a formula.
pub(super) fn defuse<'a>(raw: &str, cleaned: Cow<'a, str>) -> Cow<'a, str> {
    let starts_like_formula = |text: &str| {
        text.trim_start().starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
    };
    if raw.starts_with(['\t', '\r']) || starts_like_formula(&cleaned) {
        Cow::Owned(format!("'{cleaned}"))
    } else {
        cleaned
    }
}

fn strip(text: &str, keep_lines: bool) -> Cow<'_, str> {
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) || text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' if keep_lines => kept.push(c),
            '\r' if keep_lines => {}
            '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
                if !kept.ends_with(' ') =>
            {
                kept.push(' ');
            }
            c if is_plain(c) => kept.push(c),
            _ => {}
        }
    }
    Cow::Owned(kept)
}

/// False for control characters, marks of writing direction and characters without a width of their own that pasted
/// text carries.
fn is_plain(c: char) -> bool {
    !c.is_control()
        && !matches!(c,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn leaves_ordinary_text_alone() {
        for text in ["", "Finance", "£1,234 – naïve ‹x›", "日本"] {
            assert!(matches!(clean(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn takes_out_what_could_mislead() {
        assert_eq!(clean("a\u{202e}fdp.exe\u{2069}"), "afdp.exe");
        assert_eq!(clean("red\u{1b}[31m\u{7}"), "red[31m");
        assert_eq!(clean("one\r\ntwo\tthree"), "one two three");
        assert_eq!(clean_lines("one\r\ntwo\tthree\u{0}"), "one\ntwo\tthree");
    }

    #[test]
    fn a_cell_never_starts_like_a_formula() {
        assert_eq!(defused("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(defused("-500"), "'-500");
        assert_eq!(defused("\t=1+1"), "' =1+1");
        assert_eq!(defused("\u{202e}@sum"), "'@sum");
        assert_eq!(defused("a=b"), "a=b");
    }

    proptest! {
        #[test]
        fn whatever_comes_is_defused(text in "\\PC*|[=+@\t\r -]{0,4}.*") {
            let cell = defused(&text);
            prop_assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']));
            prop_assert!(!cell.chars().any(char::is_control));
        }
    }
}
