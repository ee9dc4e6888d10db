//! One name alone: a surname beside a word of a family, and the whole name of somebody where nothing but it stands.

use super::Rules;
use super::lists::{is_forename, is_of_sheets, is_with_family};
use super::names::{PLACES, Word, bare, is_capital, is_family, is_in_capitals, is_name, is_of_ward, split};
use crate::model::{PersonalKind, Sure, Suspect};

/// Words that may stand between a word of a family and the name.
const BETWEEN: &[&str] = &["of", "called", "named", "name", "is", "surname"];
/// Words for one who is not spoken of as *Hereford's child protection*.
const RELATIVES: &[&str] =
    &["mother", "father", "mum", "dad", "sister", "brother", "son", "daughter", "sibling"];
/// Words after which somebody was spoken of, and no group, unit or plan.
const VERBS: &[&str] = &[
    "was", "is", "has", "had", "were", "have", "who", "whose", "attends", "attended", "lives", "lived",
    "moved", "moves", "aged", "remains", "remained", "did", "does", "will", "would", "told", "said",
];
/// Endings of words that are no surnames.
const ENDINGS: &[&str] = &[
    "ence", "ism", "able", "ible", "ical", "ual", "ous", "ive", "ful", "cide", "graphy", "ancy", "ency",
    "ated",
];
/// The fewest letters of a name in capitals: shorter words in capitals are abbreviations.
const LONGEST_ABBREVIATION: usize = 5;

/// True for *Baby Whitlock*, *mother of Whitlock*, *Whitlock's mother* and *the Whitlock family*.
pub(super) fn beside_family(text: &str, words: &[Word<'_>], rules: &Rules<'_>) -> bool {
    let beside = Beside { text, words, rules };
    (0..words.len()).any(|place| {
        let word = bare(words[place].text);
        is_family(word) && (beside.after(place) || beside.possessed(place)) || beside.the_name(place)
    })
}

/// The whole name of somebody, where nothing but it stands: *Tyler Placeholder* as the name of a sheet.
pub(super) fn whole(text: &str, rules: &Rules<'_>) -> Option<Suspect> {
    let words = split(text);
    let [first, .., last] = words.as_slice() else { return None };
    let letters = text.chars().all(|letter| letter.is_alphabetic() || " ,.'-\u{2019}".contains(letter));
    let forename = |word: &Word<'_>| is_forename(&word.text.to_lowercase());
    let name = |word: &Word<'_>| {
        let lower = word.text.to_lowercase();
        (is_capital(word.text) || is_in_capitals(word.text))
            && (forename(word) || is_name(word.text, rules))
            && !rules.is_of_body(&lower)
            && !(PLACES.contains(&lower.as_str()) || is_of_sheets(&lower) || is_with_family(&lower))
    };
    let initial =
        |word: &Word<'_>| word.text.len() == 1 && word.text.bytes().all(|byte| byte.is_ascii_uppercase());
    let between = words.get(1..words.len() - 1).unwrap_or_default();
    let is = letters
        && words.len() <= 3
        && (name(first) && name(last) && between.iter().all(|word| initial(word) || name(word)))
        && (forename(first) || forename(last));
    is.then_some(Suspect { kind: PersonalKind::ChildName, sure: Sure::Medium })
}

/// A text and its words.
struct Beside<'a> {
    text: &'a str,
    words: &'a [Word<'a>],
    rules: &'a Rules<'a>,
}

impl Beside<'_> {
    /// What stands between a word and the next.
    fn gap(&self, place: usize) -> Option<&str> {
        let (word, next) = (self.words.get(place)?, self.words.get(place + 1)?);
        self.text.get(word.start + word.text.len()..next.start)
    }

    /// True if nothing but a blank stands between a word and the next.
    fn joins(&self, place: usize) -> bool {
        self.gap(place).is_some_and(|gap| !gap.is_empty() && gap.chars().all(|letter| letter == ' '))
    }

    fn word(&self, place: usize) -> &str {
        self.words.get(place).map_or("", |word| word.text)
    }

    /// True if a word may be a surname and nothing else.
    fn is_surname(&self, place: usize) -> bool {
        let word = bare(self.word(place));
        let lower = word.to_lowercase();
        let capitals = is_in_capitals(word) && word.chars().count() > LONGEST_ABBREVIATION;
        (is_capital(word) || capitals)
            && is_name(word, self.rules)
            && word.chars().count() > 2
            && !word.contains('-')
            && !(PLACES.contains(&lower.as_str()) || is_with_family(&lower))
            && !ENDINGS.iter().any(|end| lower.ends_with(end))
    }

    /// True if another word with a capital follows: then both are a name, or the title of something.
    fn goes_on(&self, place: usize) -> bool {
        self.joins(place) && is_capital(self.word(place + 1))
    }

    /// *Baby Whitlock*, *the child Whitlock*, *mother of Whitlock*, *child's name: Whitlock*.
    fn after(&self, place: usize) -> bool {
        let family = self.word(place);
        // All in capitals is a heading.
        if is_in_capitals(family) || is_of_ward(self.words, place, 2) {
            return false;
        }
        let mut at = place;
        let mut named = bare(family) == family;
        while at < place + 3 {
            let colon = self.word(at).ends_with("name") && self.gap(at).is_some_and(|gap| gap.trim() == ":");
            if !self.joins(at) && !colon {
                return false;
            }
            at += 1;
            let word = self.word(at);
            if !BETWEEN.contains(&word) {
                break;
            }
            named |= word.ends_with("name");
        }
        named && self.is_surname(at) && !self.goes_on(at)
    }

    /// *Whitlock's mother*, *Whitlock's baby was seen*.
    fn possessed(&self, place: usize) -> bool {
        let Some(before) = place.checked_sub(1) else { return false };
        let owner = self.word(before);
        bare(owner) != owner && self.joins(before) && self.is_surname(before) && self.stands(place)
    }

    /// *the Whitlock family*, *the Whitlock baby was seen*.
    fn the_name(&self, place: usize) -> bool {
        let Some(the) = place.checked_sub(2) else { return false };
        let group = is_family(self.word(place)) || matches!(self.word(place), "family" | "children");
        group
            && self.word(the).eq_ignore_ascii_case("the")
            && self.joins(the)
            && self.joins(the + 1)
            && self.is_surname(the + 1)
            && self.stands(place)
    }

    /// True if a word of a family stands for somebody, and not before what is done for families.
    fn stands(&self, place: usize) -> bool {
        let next = self.word(place + 1);
        let relative = RELATIVES.contains(&self.word(place)) && !["and", "or"].contains(&next);
        let ends = !self.joins(place) && !self.gap(place).is_some_and(|gap| gap.contains(['&', '-', '/']));
        ends || VERBS.contains(&next)
            || relative && next.chars().next().is_some_and(char::is_lowercase) && !COMPOUND.contains(&next)
    }
}

/// What follows a word for a relative where a group is meant.
const COMPOUND: &[&str] =
    &["group", "groups", "figures", "figure", "unit", "units", "boards", "board", "services", "tongue"];
