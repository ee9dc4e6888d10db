//! The tags and words of a web page, one after another and without recursion.

use std::borrow::Cow;

/// The longest name of an entity, such as `&hellip;`.
const LONGEST_ENTITY: usize = 10;
/// Attributes of one tag that are looked at.
const MAX_ATTRIBUTES: usize = 64;

/// A piece of a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Words between tags, as they are written.
    Words(&'a str),
    /// The start of an element: its name in lower case, and what else stands in the tag.
    Start(Cow<'a, str>, &'a str),
    /// The end of one.
    End(Cow<'a, str>),
}

/// Goes through a page. Comments, declarations, styles and scripts are passed over.
pub(super) struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Pieces<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// Takes so many bytes; the count ends at a letter's end.
    fn take(&mut self, count: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(count).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// The tag at which the rest begins, if it is one and not a bare `<`.
    fn tag(&mut self) -> Option<Piece<'a>> {
        let inner = self.rest.strip_prefix('<')?;
        let end = inner.strip_prefix('/');
        let named = end.unwrap_or(inner);
        if !named.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            return None;
        }
        let length =
            named.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(named.len());
        let (name, after) = named.split_at(length);
        let close = tag_end(after);
        self.rest = after.get(close..).map_or("", |rest| rest.strip_prefix('>').unwrap_or(rest));
        let name = lower(name);
        if end.is_some() {
            return Some(Piece::End(name));
        }
        if matches!(&*name, "script" | "style" | "noscript" | "template" | "title" | "xml") {
            self.pass_over(&name);
        }
        Some(Piece::Start(name, after.get(..close).unwrap_or_default()))
    }

    /// Goes on behind the end of an element whose words are not the page's, or to the end of the page.
    fn pass_over(&mut self, name: &str) {
        for (at, _) in self.rest.match_indices("</") {
            let after = self.rest.as_bytes().get(at + 2..).unwrap_or_default();
            if after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes())) {
                self.take(at);
                return;
            }
        }
        self.rest = "";
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        while !self.rest.is_empty() {
            let past = |end: &str, at: Option<usize>| at.map_or(usize::MAX, |at| at + end.len());
            if self.rest.starts_with("<!--") {
                // `<!-->` is a comment too, and an empty one.
                let from = self.rest.get(2..).unwrap_or_default();
                self.take(past("-->", from.find("-->")).saturating_add(2));
            } else if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
                self.take(past(">", self.rest.find('>')));
            } else if let Some(tag) = self.tag() {
                return Some(tag);
            } else {
                // The first letter may be a `<` that begins nothing.
                let next = self.rest.bytes().skip(1).position(|byte| byte == b'<');
                let words = self.take(next.map_or(usize::MAX, |next| next + 1));
                return Some(Piece::Words(words));
            }
        }
        None
    }
}

/// Where a tag ends: at the first `>` outside quotation marks; where a mark is never closed, at the first of all.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            // A mark counts only where a value begins.
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    text.find('>').unwrap_or(text.len())
}

fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

/// The value of an attribute; empty if it has none.
pub(super) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    for _ in 0..MAX_ATTRIBUTES {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let length = rest.find(|c: char| c.is_ascii_whitespace() || c == '=').unwrap_or(rest.len());
        let (found, after) = rest.split_at(length);
        let mut value = "";
        rest = after.trim_ascii_start();
        if let Some(given) = rest.strip_prefix('=') {
            let given = given.trim_ascii_start();
            let quote = given.chars().next().filter(|c| matches!(c, '"' | '\''));
            (value, rest) = match quote {
                Some(quote) => given.get(1..)?.split_once(quote).unwrap_or((given.get(1..)?, "")),
                None => given.split_at(given.find(|c: char| c.is_ascii_whitespace()).unwrap_or(given.len())),
            };
        }
        if found.eq_ignore_ascii_case(name) {
            return Some(value);
        }
    }
    None
}

/// Adds words with their entities as letters; a run of white space is one blank, as a browser shows it.
pub(super) fn add_words(to: &mut String, words: &str) {
    let mut rest = words;
    while let Some(letter) = rest.chars().next() {
        let entity = rest.strip_prefix('&').and_then(entity);
        let (letter, after) = entity.unwrap_or((letter, rest.get(letter.len_utf8()..).unwrap_or_default()));
        rest = after;
        // A no-break space is how a page keeps a cell open or an amount together.
        if letter.is_whitespace() || letter.is_control() {
            if !to.is_empty() && !to.ends_with([' ', '\n']) {
                to.push(' ');
            }
        } else {
            to.push(letter);
        }
    }
}

/// The letter of an entity after its `&`, and what follows it.
fn entity(text: &str) -> Option<(char, &str)> {
    let end = text.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';')?;
    let (name, rest) = (text.get(..end)?, text.get(end + 1..)?);
    let letter = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None => NAMED.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((letter, rest))
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(number) => u32::from_str_radix(number, 16),
        None => number.parse(),
    };
    let code = code.ok().filter(|code| *code > 0)?;
    match u8::try_from(code) {
        // Numbers that stand for letters of Windows, not for control characters.
        Ok(byte @ 0x80..=0x9F) => {
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next()
        }
        _ => char::from_u32(code),
    }
}

/// Entities that reports in English use. Others stay as they are written.
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("pound", '£'),
    ("euro", '€'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("minus", '−'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("frac34", '¾'),
    ("deg", '°'),
    ("times", '×'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("uarr", '↑'),
    ("rarr", '→'),
    ("darr", '↓'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_taken_apart() {
        let page = "a<TD x:num='1>0' nowrap>b < c<!-- <td> --><br/><![if x]><script>'<td>'</SCRIPT></td>d";
        let pieces: Vec<Piece<'_>> = Pieces::new(page).collect();
        let start = |name: &'static str, rest| Piece::Start(name.into(), rest);
        assert_eq!(
            pieces,
            [
                Piece::Words("a"),
                start("td", " x:num='1>0' nowrap"),
                Piece::Words("b "),
                Piece::Words("< c"),
                start("br", "/"),
                start("script", ""),
                Piece::End("script".into()),
                Piece::End("td".into()),
                Piece::Words("d"),
            ]
        );
    }

    #[test]
    fn attributes_are_found_however_they_are_written() {
        let tag = " class = xl24 x:num colspan=3 STYLE=\"display:none\" title='a \"b\"'/";
        let find = |name| attribute(tag, name);
        assert_eq!(find("class"), Some("xl24"));
        assert_eq!(find("x:num"), Some(""));
        assert_eq!(find("colspan"), Some("3"));
        assert_eq!(find("style"), Some("display:none"));
        assert_eq!(find("title"), Some("a \"b\""));
        assert_eq!(find("b"), None);
        assert_eq!(attribute(" a=\"b", "a"), Some("b"));
    }

    #[test]
    fn entities_become_letters_and_white_space_one_blank() {
        let read = |words| {
            let mut text = String::new();
            add_words(&mut text, words);
            text
        };
        assert_eq!(
            read("Smith &amp; Co &lt;&gt; &pound;4,612&nbsp; &#163;5 &#xA3;6 &#8211;&#150;"),
            "Smith & Co <> £4,612 £5 £6 ––"
        );
        assert_eq!(read("  a \r\n\t b"), "a b");
        assert_eq!(
            read("R&D &unknown; & &#0; &#xD800; &#x110000; &"),
            "R&D &unknown; & &#0; &#xD800; &#x110000; &"
        );
    }
}
