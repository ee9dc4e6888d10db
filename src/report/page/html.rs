//! Text that cannot become anything else in a page.

use crate::report::clean;
use sha2::{Digest as _, Sha256};
use std::fmt::{self, Display, Write as _};

/// A text between tags or in an attribute: nothing in it is a tag, a reference, a control character or a mark of writing
/// direction.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'a>(pub(super) &'a str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = clean(self.0);
        let mut rest = &*text;
        while let Some(at) = rest.find(['&', '<', '>', '"', '\'', MINUS]) {
            let (before, from) = rest.split_at(at);
            f.write_str(before)?;
            f.write_str(match from.as_bytes()[0] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                b'\'' => "&#39;",
                // No line ends between a minus and its pounds.
                _ if from[MINUS.len_utf8()..].starts_with('£') => "\u{2212}&#8288;",
                _ => "\u{2212}",
            })?;
            let length = from.chars().next().map_or(1, char::len_utf8);
            rest = &from[length..];
        }
        f.write_str(rest)
    }
}

/// What stands before an amount below nothing.
const MINUS: char = '\u{2212}';

/// The most characters of one text.
const MOST: usize = 1_500;

/// A text that may be very long: what is beyond [`MOST`] characters is left out, and said so.
#[derive(Debug, Clone, Copy)]
pub(super) struct Long<'a>(pub(super) &'a str);

impl Display for Long<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.char_indices().nth(MOST) {
            Some((end, _)) => write!(f, "{} … (findings.csv has the rest)", Text(&self.0[..end])),
            None => Text(self.0).fmt(f),
        }
    }
}

/// What a Content-Security-Policy lets a style or script through by.
pub(super) fn source_hash(text: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(text.as_bytes())))
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let byte = |place: usize| u32::from(three.get(place).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= three.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

/// A text as a string of a style sheet.
pub(super) fn css_string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in clean(text).chars() {
        if letter.is_ascii_alphanumeric() || " -.,".contains(letter) {
            quoted.push(letter);
        } else {
            // Writing to a String cannot fail.
            let _ = write!(quoted, "\\{:x} ", u32::from(letter));
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_in_a_text_is_a_tag() {
        let text = "<script>alert(\"1\")</script> & 'x'\u{202e}\u{7}\n";
        assert_eq!(
            Text(text).to_string(),
            "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39; "
        );
        assert_eq!(Text("£1 – naïve ‹x› 3\u{2212}2").to_string(), "£1 – naïve ‹x› 3\u{2212}2");
        assert_eq!(Text("is \u{2212}£2 out").to_string(), "is \u{2212}&#8288;£2 out");
    }

    #[test]
    fn long_texts_end_with_where_the_rest_is() {
        assert_eq!(Long("short").to_string(), "short");
        let shown = Long(&"é".repeat(MOST + 1)).to_string();
        assert_eq!(shown, format!("{} … (findings.csv has the rest)", "é".repeat(MOST)));
        assert_eq!(Long(&"é".repeat(MOST)).to_string().chars().count(), MOST);
    }

    #[test]
    fn hashes_are_those_that_browsers_make() {
        assert_eq!(source_hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assert_eq!(base64(b"Man"), "TWFu");
        assert_eq!(base64(b"Ma"), "TWE=");
        assert_eq!(base64(b"M"), "TQ==");
    }

    #[test]
    fn a_marking_cannot_leave_its_string() {
        assert_eq!(css_string("OFFICIAL-SENSITIVE"), "\"OFFICIAL-SENSITIVE\"");
        assert_eq!(css_string("\"}</style>\\"), "\"\\22 \\7d \\3c \\2f style\\3e \\5c \"");
    }

    proptest! {
        #[test]
        fn whatever_comes_stays_text(text in "\\PC*|[<>&\"\u{2212}£'\u{202e}\u{0}-\u{1f}]{0,9}") {
            let shown = Text(&text).to_string();
            prop_assert!(!shown.contains(['<', '>', '"', '\'']));
            prop_assert!(!shown.chars().any(char::is_control));
            let plain = shown.replace("&#8288;", "").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
            prop_assert_eq!(plain.replace("&#39;", "'").replace("&amp;", "&"), clean(&text).into_owned());
        }
    }
}
