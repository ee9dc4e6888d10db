//! Postcodes.
//!
//! Source: Office for National Statistics and Royal Mail, *Postcode format*: A9, A99, AA9, AA99, A9A or AA9A, a digit and two
//! letters; Q, V and X are not first, I, J and Z not second; the letter at the end of the first half is of one list or
//! another; C, I, K, M, O and V are not in the second half; and GIR 0AA.

use super::Rules;
use super::plain::{before, has_word};
use crate::model::{PersonalKind, Sure, Suspect};

/// How near before it a word of an address makes it one, in bytes.
const NEAR: usize = 60;
/// Words of addresses.
const ADDRESS: &[&str] = &[
    "address",
    "addresses",
    "lives",
    "lived",
    "living",
    "live",
    "moved",
    "home",
    "flat",
    "house",
    "street",
    "road",
    "lane",
    "avenue",
    "close",
    "drive",
    "crescent",
    "grove",
    "gardens",
    "terrace",
    "court",
    "resides",
    "resident",
    "residing",
    "placed",
    "postcode",
    "st",
    "rd",
    "ave",
];
/// Words of offices.
const OFFICE: &[&str] = &[
    "board",
    "directorate",
    "department",
    "headquarters",
    "hq",
    "office",
    "offices",
    "trust",
    "constabulary",
    "unit",
    "centre",
    "surgery",
    "school",
    "hospital",
    "nhs",
    "team",
    "floor",
    "po",
    "service",
    "services",
    "station",
    "college",
];
/// Words of somebody who lives somewhere.
const PERSON: &[&str] = &[
    "child", "mother", "mum", "father", "family", "lives", "lived", "living", "moved", "resides", "residing",
    "placed", "home", "victim", "son", "daughter",
];
/// Areas that are written in small letters too; in capitals the shape alone counts.
const AREAS: &str = "ab al b ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy e ec en ex fk \
    fy g gl gu ha hd hg hp hr hs hu hx ig im ip iv ka kt kw ky l la ld le ll ln ls lu m me mk ml n ne ng nn np nr nw \
    ol ox pa pe ph pl po pr rg rh rm s sa se sg sk sl sm sn so sp sr ss st sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn \
    wr ws wv yo ze";

/// The surest postcode of a text that is not that of a known office.
pub(super) fn found(text: &str, rules: &Rules<'_>) -> Option<Suspect> {
    let all: Vec<(usize, &str)> = words(text);
    let one = all.iter().filter_map(|(at, word)| Some((*at, joined(word)?)));
    let two = all.windows(2).filter_map(|pair| {
        let [(at, outward), (next, inward)] = pair else { return None };
        let between = text.get(at + outward.len()..*next)?;
        let close = between.len() <= 3 && between.bytes().all(|b| matches!(b, b' ' | b'-' | b'.' | b'\n'));
        Some((*at, whole(outward, inward).filter(|_| close)?))
    });
    let sure = one
        .chain(two)
        .filter(|(_, code)| !rules.is_office(code))
        .map(|(at, _)| {
            let near = before(text, at, NEAR);
            let has = |words: &[&str]| has_word(&near, words);
            // A letterhead says whose office it is.
            let is_address = has(ADDRESS) && (has(PERSON) || !has_word(&before(text, at, 2 * NEAR), OFFICE));
            if is_address { Sure::Medium } else { Sure::Weak }
        })
        .max()?;
    Some(Suspect { kind: PersonalKind::Postcode, sure })
}

fn words(text: &str) -> Vec<(usize, &str)> {
    let start = text.as_ptr().addr();
    super::plain::words(text).map(|word| (word.as_ptr().addr() - start, word)).collect()
}

/// Both halves in one word.
fn joined(word: &str) -> Option<String> {
    let cut = word.len().checked_sub(3)?;
    let (outward, inward) = (word.get(..cut)?, word.get(cut..)?);
    whole(outward, inward)
}

/// A postcode of its halves, in capitals and without a space.
fn whole(outward: &str, inward: &str) -> Option<String> {
    let (upper, end) = (outward.to_ascii_uppercase(), inward.to_ascii_uppercase());
    let is = upper == "GIR" && end == "0AA" || is_outward(upper.as_bytes()) && is_inward(end.as_bytes());
    let small = outward.bytes().any(|byte| byte.is_ascii_lowercase());
    let ordinal = matches!(inward, "1st" | "2nd" | "3rd");
    let area: String = outward.chars().take_while(char::is_ascii_alphabetic).collect();
    let known = || AREAS.split_whitespace().any(|known| known.eq_ignore_ascii_case(&area)) || upper == "GIR";
    (is && !ordinal && (!small || known())).then(|| upper + &end)
}

fn is_outward(code: &[u8]) -> bool {
    let first = |byte: u8| byte.is_ascii_uppercase() && !b"QVX".contains(&byte);
    let second = |byte: u8| byte.is_ascii_uppercase() && !b"IJZ".contains(&byte);
    let digit = |byte: u8| byte.is_ascii_digit();
    match *code {
        [a, b] => first(a) && digit(b),
        [a, b, c] if digit(b) => first(a) && (digit(c) || b"ABCDEFGHJKPSTUW".contains(&c)),
        [a, b, c] => first(a) && second(b) && digit(c),
        [a, b, c, d] => first(a) && second(b) && digit(c) && (digit(d) || b"ABEHMNPRVWXY".contains(&d)),
        _ => false,
    }
}

fn is_inward(code: &[u8]) -> bool {
    let letter = |byte: u8| byte.is_ascii_uppercase() && !b"CIKMOV".contains(&byte);
    matches!(*code, [digit, a, b] if digit.is_ascii_digit() && letter(a) && letter(b))
}
