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
    cut: bool,
}

impl<'a> Pieces<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text, cut: false }
    }

    /// True if the page ended inside a tag, a comment or an element that is passed over.
    pub(super) fn is_cut(&self) -> bool {
        self.cut
    }

    /// Takes all up to the end of this mark, or the whole rest if the mark is not there.
    fn take_past(&mut self, ends: Option<usize>) {
        self.cut |= ends.is_none();
        self.take(ends.unwrap_or(usize::MAX));
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
        let rest = after.get(close..).and_then(|rest| rest.strip_prefix('>'));
        self.cut |= rest.is_none();
        self.rest = rest.unwrap_or_default();
        let name = lower(name);
        if end.is_some() {
            return Some(Piece::End(name));
        }
        let tag = after.get(..close).unwrap_or_default();
        // One that ends itself holds nothing.
        if matches!(&*name, "script" | "style" | "noscript" | "template" | "title" | "xml")
            && !ends_itself(tag)
        {
            self.pass_over(&name);
        }
        Some(Piece::Start(name, tag))
    }

    /// Goes on behind the end of an element whose words are not the page's, or to the end of the page.
    fn pass_over(&mut self, name: &str) {
        for (at, _) in self.rest.match_indices("</") {
            let after = self.rest.as_bytes().get(at + 2..).unwrap_or_default();
            let named =
                after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
            let whole = after.get(name.len()).is_none_or(|next| !next.is_ascii_alphanumeric());
            if named && whole {
                self.take(at);
                return;
            }
        }
        self.take_past(None);
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        while !self.rest.is_empty() {
            if self.rest.starts_with("<!--") {
                self.take_past(comment_end(self.rest));
            } else if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
                self.take_past(self.rest.find('>').map(|at| at + 1));
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

/// How long the comment is with which a text begins: it ends at `-->` or `--!>`, and `<!-->` is one too, and an empty one.
fn comment_end(text: &str) -> Option<usize> {
    const OPENING: usize = "<!".len();
    let body = text.get(OPENING..)?;
    let ends = |at: usize| {
        let before = body.as_bytes().get(..at).unwrap_or_default();
        // The two marks of its beginning may be those of `-->`, and not those of `--!>`.
        before.ends_with(b"--") || before.ends_with(b"--!") && at >= "----!".len()
    };
    body.match_indices('>').find(|(at, _)| ends(*at)).map(|(at, _)| OPENING + at + 1)
}

/// True for the rest of a tag such as `<br/>`.
pub(super) fn ends_itself(tag: &str) -> bool {
    tag.ends_with('/')
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

/// True if words hold a letter or a digit.
pub(super) fn holds_words(words: &str) -> bool {
    let mut text = String::new();
    add_words(&mut text, words);
    text.chars().any(char::is_alphanumeric)
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
    fn what_ends_a_comment_or_a_passage_is_met_and_a_missing_end_is_known() {
        let words = |page: &'static str| {
            let mut pieces = Pieces::new(page);
            let words: String = pieces
                .by_ref()
                .filter_map(|piece| if let Piece::Words(words) = piece { Some(words) } else { None })
                .collect();
            (words, pieces.is_cut())
        };
        for page in [
            "a<!-- x --!>b",
            "a<!-->b",
            "a<!--->b",
            "a<!---->b",
            "a<!-- x --->b",
            "a<!-- -- --! > <td> -->b",
            "a<title/>b",
            "a<script src='x' />b",
            "a<NOSCRIPT>x</Noscript >b",
            "a<title>x</titles></title>b",
            "a<br/>b",
        ] {
            assert_eq!(words(page), ("ab".to_owned(), false), "{page}");
        }
        for page in
            ["a<!-- b", "a<!--!>b", "a<noscript>b", "a<script>b</scripts>", "a<td", "a<!DOCTYPE", "a<?xml"]
        {
            assert_eq!(words(page), ("a".to_owned(), true), "{page}");
        }
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
