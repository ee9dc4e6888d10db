//! Names beside words of a family, and letters in place of names.

use super::lists::{PARTS, is_common};
use super::{Rules, lone};
use crate::model::{PersonalKind, Sure, Suspect};

/// Words beside which two others with capitals are a name.
const FAMILY: &[&str] = &[
    "child",
    "son",
    "daughter",
    "sibling",
    "mother",
    "father",
    "victim",
    "brother",
    "sister",
    "mum",
    "dad",
    "baby",
    "boy",
    "girl",
    "pupil",
    "siblings",
    "sons",
    "daughters",
    "brothers",
    "sisters",
    "uncle",
    "aunt",
    "auntie",
    "nephew",
    "nephews",
    "niece",
    "nieces",
    "cousin",
    "cousins",
    "grandmother",
    "grandfather",
    "grandma",
    "grandad",
    "granddad",
    "grandson",
    "granddaughter",
    "grandparent",
    "grandparents",
    "grandchild",
    "stepmother",
    "stepfather",
    "stepmum",
    "stepdad",
    "stepson",
    "stepdaughter",
    "stepbrother",
    "stepsister",
];
/// Words for an age, which schools and groups are called by as well: only what stands behind them is a name.
const STAGES: &[&str] = &["infant", "toddler", "teenager", "twin", "twins", "triplets"];
/// What stands before a word of a family with a hyphen.
const STEPS: &[&str] = &["step", "half", "grand", "great", "foster"];
/// Words that may stand between a name and a word of a family, and not the other way round.
const POSSESSIVE: &[&str] = &["her", "his", "their"];
/// What staff do.
const OFFICES: &[&str] = &[
    "chairs",
    "chaired",
    "leads",
    "led",
    "presented",
    "presents",
    "reported",
    "reports",
    "trained",
    "trains",
    "represents",
    "represented",
    "manages",
    "managed",
    "sits",
];
/// Words that may stand between the two.
const BETWEEN: &[&str] = &[
    "called", "named", "is", "was", "of", "to", "name", "and", "for", "a", "the", "with", "are", "initials",
];
/// Words that a letter follows which stands for a name.
const LETTERED: &[&str] = &[
    "child", "family", "baby", "sibling", "mother", "father", "adult", "pupil", "boy", "girl", "yp", "person",
];

/// Words of places and papers that stand before a number in brackets.
pub(super) const PLACES: &[&str] = &[
    "wye",
    "valley",
    "golden",
    "telford",
    "wrekin",
    "north",
    "rural",
    "hill",
    "park",
    "green",
    "farm",
    "bridge",
    "castle",
    "court",
    "abbey",
    "lakes",
    "dale",
    "hampton",
    "bishops",
    "trinity",
    "riverside",
    "limited",
    "ltd",
    "plc",
    "excellent",
    "satisfactory",
    "completed",
    "attended",
    "inadequate",
    "total",
    "appendix",
    "annex",
    "graded",
    "inset",
    "tbc",
    "ongoing",
];

/// A word, where it is, and whether a sentence ends before it.
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
    after_stop: bool,
    /// True if all that ends a sentence before it is a colon.
    after_colon: bool,
}

/// True for a word of a family.
pub(super) fn is_family(word: &str) -> bool {
    let is = |list: &[&str], word: &str| list.iter().any(|known| known.eq_ignore_ascii_case(word));
    let stepped = || word.rsplit_once('-').is_some_and(|(step, rest)| is(STEPS, step) && is(FAMILY, rest));
    is(FAMILY, word) || is(STAGES, word) || word.contains('-') && stepped()
}

/// True for a word of an age, and for the second of *young person*.
fn is_stage(words: &[Word<'_>], place: usize) -> bool {
    let word = bare(words[place].text);
    let young = || place.checked_sub(1).is_some_and(|at| words[at].text.eq_ignore_ascii_case("young"));
    STAGES.iter().any(|known| known.eq_ignore_ascii_case(word))
        || word.eq_ignore_ascii_case("person") && young()
}

/// True for a sister of a ward: what such a one does follows so many words behind.
pub(super) fn is_of_ward(words: &[Word<'_>], place: usize, behind: usize) -> bool {
    words[place].text == "Sister"
        && words.get(place + behind).is_some_and(|verb| OFFICES.contains(&verb.text))
}

/// The name of a child or relative: words with capitals beside one of a family.
pub(super) fn beside_family(text: &str, rules: &Rules<'_>) -> Option<Suspect> {
    let words = split(text);
    let is = (0..words.len()).any(|place| {
        let is_stage = is_stage(&words, place);
        let is_family = is_family(bare(words[place].text)) && !is_of_ward(&words, place, 3);
        (is_family || is_stage) && (!is_stage && ahead(&words, place, rules) || behind(&words, place, rules))
    });
    let is = is || lone::beside_family(text, &words, rules);
    is.then_some(Suspect { kind: PersonalKind::ChildName, sure: Sure::Medium })
}

/// *the child Jane Example*, *daughter of Jane Example*.
fn behind(words: &[Word<'_>], place: usize, rules: &Rules<'_>) -> bool {
    let mut next = place + 1;
    while next <= place + 3 {
        let Some(word) = words.get(next) else { return false };
        // *Young person: Jane Example*.
        if word.after_stop && !(next == place + 1 && word.after_colon) {
            return false;
        }
        if is_capital(word.text) {
            // *twins Ann and Jane Example*.
            let two = || words.get(next + 1).is_some_and(|and| and.text == "and" && !and.after_stop);
            return pair(words, next, rules)
                || is_name(word.text, rules) && two() && pair(words, next + 2, rules);
        }
        if !BETWEEN.contains(&word.text) {
            return false;
        }
        next += 1;
    }
    false
}

/// *Jane Example's mother*, *Jane Example, the victim*.
fn ahead(words: &[Word<'_>], place: usize, rules: &Rules<'_>) -> bool {
    let mut last = place;
    while last > 0 && last + 3 > place {
        if words[last].after_stop {
            return false;
        }
        last -= 1;
        if is_capital(words[last].text) {
            return last > 0 && !words[last].after_stop && pair(words, last - 1, rules);
        }
        if !BETWEEN.contains(&words[last].text) && !POSSESSIVE.contains(&words[last].text) {
            return false;
        }
    }
    false
}

/// True if two words, no more than three of which have capitals in a row, are no words of offices, places or papers.
fn pair(words: &[Word<'_>], first: usize, rules: &Rules<'_>) -> bool {
    let capital = |at: usize| words.get(at).filter(|word| is_capital(word.text));
    let (Some(one), Some(two)) = (capital(first), capital(first + 1)) else { return false };
    let row = |from: usize| {
        (from..words.len())
            .take_while(|at| capital(*at).is_some() && (*at == from || !words[*at].after_stop))
            .count()
    };
    // A row of many is the title of something.
    !two.after_stop && row(first) <= 3 && is_name(one.text, rules) && is_name(two.text, rules)
}

/// True for a word with a capital that is on no list.
pub(super) fn is_name(word: &str, rules: &Rules<'_>) -> bool {
    let bare = bare(word).to_lowercase();
    let known = bare.split(['-', '\'']).any(|part| is_common(part) || rules.is_of_body(part));
    bare.chars().count() > 1 && !known && !PARTS.iter().any(|end| bare.ends_with(end))
}

/// True for `Jane`, `O'Example`, `Example-Sample`; not for `CSE` and `A`.
pub(super) fn is_capital(word: &str) -> bool {
    let word = bare(word);
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && word.chars().filter(|letter| letter.is_lowercase()).count() >= 1
        && letters.all(|letter| letter.is_alphabetic() || matches!(letter, '\'' | '-'))
}

/// True for `JANE`.
pub(super) fn is_in_capitals(word: &str) -> bool {
    word.chars().count() > 2
        && word.chars().all(|letter| letter.is_uppercase() || matches!(letter, '\'' | '-'))
}

/// True for `KB`, `K.B.` and `K B`.
pub(super) fn are_initials(text: &str) -> bool {
    let letters: String = text.chars().filter(|letter| !matches!(letter, '.' | ' ')).collect();
    (2..=4).contains(&letters.len())
        && letters.bytes().all(|byte| byte.is_ascii_uppercase())
        && !matches!(letters.as_str(), "YES" | "NO" | "NA" | "TBC" | "NONE" | "NK" | "NULL" | "ALL")
}

/// True if a text ends in two words of a name: *Jane Example (14)*.
pub(super) fn ends_in_name(text: &str, rules: &Rules<'_>) -> bool {
    let words = split(text);
    let [.., one, two] = words.as_slice() else { return false };
    let other = words
        .len()
        .checked_sub(3)
        .and_then(|at| words.get(at))
        .is_some_and(|word| is_capital(word.text) && !one.after_stop);
    let ends = text.get(two.start + two.text.len()..).is_some_and(|rest| rest.trim().is_empty());
    let name = |word: &Word<'_>| {
        is_capital(word.text)
            && is_name(word.text, rules)
            && !PLACES.contains(&word.text.to_lowercase().as_str())
    };
    ends && !other && !two.after_stop && name(one) && name(two)
}

/// A word without *'s*.
pub(super) fn bare(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).unwrap_or(word)
}

pub(super) fn split(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let (mut stop, mut colon) = (true, false);
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        if letter.is_alphanumeric() || matches!(letter, '\'' | '-') && start.is_some() {
            start.get_or_insert(at);
            continue;
        }
        if let Some(start) = start.take() {
            let text = text.get(start..at).unwrap_or_default();
            words.push(Word { text, start, after_stop: stop, after_colon: colon });
            (stop, colon) = (false, false);
        }
        colon = letter == ':' && !stop || colon && letter == ' ';
        stop |= matches!(letter, '.' | ';' | ':' | '!' | '?' | '\n' | '|' | '/' | '&');
    }
    words
}

/// *Child A*, *Family B*.
pub(super) fn pseudonym(text: &str) -> Option<Suspect> {
    (!letters(text).is_empty()).then_some(Suspect { kind: PersonalKind::Pseudonym, sure: Sure::Weak })
}

/// Where letters end that stand in place of names.
pub(super) fn letters(text: &str) -> Vec<usize> {
    // Hardly any text has a capital that stands alone.
    let alone = |at: usize| !text.as_bytes().get(at).is_some_and(u8::is_ascii_alphanumeric);
    let capital =
        |(at, byte): (usize, u8)| byte.is_ascii_uppercase() && at > 0 && alone(at - 1) && alone(at + 1);
    if !text.bytes().enumerate().any(capital) {
        return Vec::new();
    }
    let words = split(text);
    let pairs = words.windows(2).filter_map(|pair| {
        let [one, two] = pair else { return None };
        let letter =
            two.text.len() == 1 && two.text != "I" && two.text.bytes().all(|b| b.is_ascii_uppercase());
        // *child A* is one, *a child a day* is not.
        let end = two.start + two.text.len();
        let joined =
            text.get(end..).is_some_and(|rest| rest.starts_with(['&', '*']) || rest.starts_with(" &"));
        let is_lettered = LETTERED.iter().any(|known| known.eq_ignore_ascii_case(one.text));
        (letter && is_lettered && !two.after_stop && !joined).then_some(end)
    });
    pairs.collect()
}
