//! Text as people paste it, repaired.

use crate::model::{escape_length, is_space};
use std::borrow::Cow;

/// UTF-8 that was once read as Windows-1252, longest first.
const MISREAD: [(&str, &str); 9] = [
    ("â€™", "\u{2019}"),
    ("â€˜", "\u{2018}"),
    ("â€œ", "\u{201c}"),
    ("â€\u{9d}", "\u{201d}"),
    ("â€“", "–"),
    ("â€”", "—"),
    ("â€¦", "…"),
    ("Â£", "£"),
    ("Â\u{a0}", " "),
];

/// A text without the stray white space, control characters and escapes that copying leaves, and whether letters were
/// repaired too (`Â£`). Line breaks stay, as `\n`. A text that needs nothing is borrowed.
pub(super) fn repair(text: &str) -> (Cow<'_, str>, bool) {
    if is_clean(text) {
        return (Cow::Borrowed(text), false);
    }
    let mut letters_changed = false;
    let mut source = Cow::Borrowed(text);
    if source.contains(['Â', 'â']) {
        for (wrong, right) in MISREAD {
            if source.contains(wrong) {
                source = Cow::Owned(source.replace(wrong, right));
                letters_changed = true;
            }
        }
    }
    let kept = strip(&source);
    (Cow::Owned(kept), letters_changed)
}

/// True for text of ordinary printable characters that neither begins nor ends with a space and holds no escape.
fn is_clean(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ends = |byte: Option<&u8>| byte.is_none_or(|byte| *byte > b' ');
    ends(bytes.first())
        && ends(bytes.last())
        && bytes.iter().all(|byte| (b' '..0x7f).contains(byte) && *byte != b'_' || *byte == b'\n')
}

fn strip(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if letter == '_'
            && let Some(length) = escape_length(rest)
            && let Some(escaped) = escaped(rest)
        {
            if !escaped.is_control() {
                kept.push(escaped);
            }
            rest = rest.get(length..).unwrap_or_default();
            continue;
        }
        rest = rest.get(letter.len_utf8()..).unwrap_or_default();
        match letter {
            '\r' if rest.starts_with('\n') => {}
            '\n' | '\r' => kept.push('\n'),
            '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            '\t' => kept.push(' '),
            _ if letter.is_control() => {}
            _ if is_space(letter) => kept.push(' '),
            _ => kept.push(letter),
        }
    }
    kept.trim().to_owned()
}

/// The character that an escape such as `_x000D_` stands for. Escapes of printable characters are text.
fn escaped(text: &str) -> Option<char> {
    let code = u32::from_str_radix(text.get(2..6)?, 16).ok()?;
    char::from_u32(code).filter(|letter| letter.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str) -> String {
        repair(text).0.into_owned()
    }

    #[test]
    fn white_space_and_escapes_are_repaired() {
        assert_eq!(repaired("\u{a0}On\u{a0}track \u{200b}"), "On track");
        assert_eq!(repaired("one_x000D_\ntwo\r\nthree\rfour"), "one\ntwo\nthree\nfour");
        assert_eq!(repaired("snake_case and _x0041_"), "snake_case and _x0041_");
        assert_eq!(repaired("a\tb\u{7}c"), "a bc");
        assert_eq!(repaired("  "), "");
    }

    #[test]
    fn misread_letters_are_told() {
        assert_eq!(repair("Â£500"), (Cow::Owned("£500".to_owned()), true));
        assert_eq!(repair("Itâ€™s done"), (Cow::Owned("It\u{2019}s done".to_owned()), true));
        assert_eq!(repair("£500").0, "£500");
        assert!(!repair("Âge").1);
    }

    #[test]
    fn clean_text_is_borrowed() {
        assert!(matches!(repair("Staff trained, two lines\nand more."), (Cow::Borrowed(_), false)));
    }
}
