//! A text in plain signs, and the groups of digits in it.

use std::borrow::Cow;

/// A text with one kind of space and dash, and digits and letters of full width as ordinary ones. Letters of other kinds
/// stay.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let plain = text.chars().map(|letter| match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' | '\u{fe58}' | '\u{fe63}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{2bc}' => '\'',
        '\u{b7}' | '\u{2022}' | '\u{2024}' => '.',
        '\u{2044}' | '\u{2215}' => '/',
        letter if letter.is_whitespace() && letter != '\n' => ' ',
        letter => letter,
    });
    Cow::Owned(plain.collect())
}

/// Groups of digits that follow one another, a few separating marks between them at most.
#[derive(Debug)]
pub(super) struct Token<'t> {
    /// The groups: the digits of each, and where it begins.
    pub(super) groups: Vec<(usize, &'t str)>,
}

/// Marks that people, and programs they copy from, put between groups of digits.
fn separates(letter: u8) -> bool {
    letter.is_ascii_whitespace() || matches!(letter, b'-' | b'.' | b'_')
}

/// The groups of digits of a plain text.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    groups(text, 3, separates)
}

/// The same with any marks between the groups, and more of them: only where words say what the number is.
pub(super) fn loose_tokens(text: &str) -> Vec<Token<'_>> {
    groups(text, 8, |letter| separates(letter) || b"/|:;,()+\\".contains(&letter))
}

fn groups(text: &str, most_marks: usize, separates: impl Fn(u8) -> bool) -> Vec<Token<'_>> {
    let bytes = text.as_bytes();
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let (mut open, mut place, mut ended) = (false, 0, 0);
    while place < bytes.len() {
        if !bytes[place].is_ascii_digit() {
            open = open && separates(bytes[place]) && place - ended < most_marks;
            place += 1;
            continue;
        }
        let end =
            bytes[place..].iter().position(|byte| !byte.is_ascii_digit()).map_or(bytes.len(), |n| place + n);
        let group = (place, text.get(place..end).unwrap_or_default());
        match tokens.last_mut().filter(|_| open) {
            Some(token) => token.groups.push(group),
            None => tokens.push(Token { groups: vec![group] }),
        }
        (open, place, ended) = (true, end, end);
    }
    tokens
}

/// Some bytes of a text before a place, in small letters.
pub(super) fn before(text: &str, place: usize, reach: usize) -> String {
    let start = place.saturating_sub(reach);
    lower(text.as_bytes().get(start..place))
}

/// Some bytes of a text from a place on, in small letters.
pub(super) fn after(text: &str, place: usize, reach: usize) -> String {
    let end = (place + reach).min(text.len());
    lower(text.as_bytes().get(place..end))
}

fn lower(bytes: Option<&[u8]>) -> String {
    String::from_utf8_lossy(bytes.unwrap_or_default()).to_ascii_lowercase()
}

/// The words of a text: runs of letters and digits.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// True if one of these words stands in a text in small letters.
pub(super) fn has_word(lower: &str, any_of: &[&str]) -> bool {
    words(lower).any(|word| any_of.contains(&word))
}

/// Words of money and orders, whose numbers are nobody's.
pub(super) const OF_MONEY: &[&str] = &[
    "invoice",
    "invoices",
    "order",
    "orders",
    "po",
    "purchase",
    "payment",
    "grant",
    "contract",
    "charity",
    "company",
    "journal",
    "ledger",
    "cost",
    "budget",
    "receipt",
    "bank",
    "cheque",
    "recharge",
    "tender",
    "account",
    "sort",
    "vat",
    "isbn",
    "issn",
    "iso",
    "barcode",
    "asset",
    "serial",
    "version",
    "voucher",
    "requisition",
    "supplier",
    "vendor",
    "creditor",
    "debtor",
    "bacs",
    "transaction",
    "licence",
    "quote",
    "quotation",
    "funding",
    "bid",
    "project",
    "website",
    "file",
    "version",
    "doi",
];
