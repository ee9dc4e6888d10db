//! Breaks text into lines.

use unicode_width::UnicodeWidthStr as _;

/// Breaks a text into lines of at most `width` columns, each after `indent` spaces; a longer word stays whole.
#[must_use]
pub fn wrap(text: &str, indent: usize, width: usize) -> String {
    let margin = " ".repeat(indent);
    let mut lines = String::with_capacity(text.len() + indent);
    let mut used = 0;
    for word in text.split_whitespace() {
        let long = word.width();
        if used > 0 && indent + used + 1 + long <= width {
            lines.push(' ');
            used += 1 + long;
        } else {
            if used > 0 {
                lines.push('\n');
            }
            lines.push_str(&margin);
            used = long;
        }
        lines.push_str(word);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_inside_the_width() {
        assert_eq!(wrap("one two three four", 2, 10), "  one two\n  three\n  four");
        assert_eq!(wrap("extraordinarily long", 0, 5), "extraordinarily\nlong");
        assert_eq!(wrap("", 4, 10), "");
    }
}
