//! Words of a code list: labels, values, letters, synonyms; two in one cell; `G (was A)`.

use super::cell::Got;
use crate::model::{ChangeKind, Misread, Rgb, Value, fold};
use crate::schema::CodeList;
use std::collections::BTreeMap;

/// Longer texts are not a word of a list.
const LONGEST: usize = 400;

/// A code list, ready to be looked up.
pub(super) struct Codes<'a> {
    list: &'a CodeList,
    /// Labels and values in lower case: reading them changes nothing.
    own: Vec<(String, u16)>,
    /// Synonyms and letters in lower case.
    others: BTreeMap<String, u16>,
    /// All of them folded.
    folded: BTreeMap<String, u16>,
    /// The colours that stand for categories.
    colours: Vec<(Rgb, u16)>,
}

impl<'a> Codes<'a> {
    pub(super) fn new(list: &'a CodeList) -> Self {
        let colours = (0_u16..)
            .zip(&list.categories)
            .filter_map(|(index, category)| Some((Rgb::parse(category.colour.as_deref()?)?, index)));
        let mut codes = Self {
            list,
            own: Vec::new(),
            others: BTreeMap::new(),
            folded: BTreeMap::new(),
            colours: colours.collect(),
        };
        let categories = || (0_u16..).zip(&list.categories);
        for (index, category) in categories() {
            for word in [&category.label, &category.value] {
                codes.own.push((word.trim().to_lowercase(), index));
                codes.fold(word, index);
            }
        }
        for (index, category) in categories() {
            for word in category.synonyms.iter().chain(&category.letter) {
                codes.others.entry(word.trim().to_lowercase()).or_insert(index);
                codes.fold(word, index);
            }
        }
        codes
    }

    fn fold(&mut self, word: &str, index: u16) {
        let folded = fold(word);
        if !folded.is_empty() {
            self.folded.entry(folded).or_insert(index);
        }
    }

    /// The category that a whole text names, and whether in other words than the list's own.
    pub(super) fn find(&self, text: &str) -> Option<(u16, bool)> {
        let text = text.trim();
        // The list's own words as written are by far the most frequent.
        for (index, category) in (0_u16..).zip(&self.list.categories) {
            if text == category.label {
                return Some((index, false));
            }
        }
        if text.is_empty() || text.len() > LONGEST {
            return None;
        }
        let lower = text.to_lowercase();
        if let Some((_, index)) = self.own.iter().find(|(word, _)| *word == lower) {
            return Some((*index, false));
        }
        let other = self.others.get(&lower).or_else(|| self.folded.get(&fold(text)));
        other.map(|index| (*index, true))
    }

    /// The label nearest to a text, if one is near.
    pub(super) fn nearest(&self, text: &str) -> Option<String> {
        let folded: String = crate::model::Folded::new(text).take(60).collect();
        let near = |(word, index): (&String, &u16)| {
            let likeness = strsim::normalized_levenshtein(&folded, word);
            (likeness >= 0.6).then_some((likeness, *index))
        };
        let best =
            self.folded.iter().filter_map(near).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        self.list.categories.get(usize::from(best.1)).map(|category| category.label.clone())
    }

    /// The colours that stand for categories.
    pub(super) fn colours(&self) -> &[(Rgb, u16)] {
        &self.colours
    }

    /// What a category is called.
    pub(super) fn label(&self, code: u16) -> &str {
        self.list.categories.get(usize::from(code)).map_or("", |category| category.label.as_str())
    }

    /// The more cautious of several categories, if the list says that that is meant.
    pub(super) fn worst(&self, codes: &[u16]) -> Option<u16> {
        (self.list.ordered && self.list.combine_worst).then(|| codes.iter().copied().min()).flatten()
    }
}

/// A code field.
pub(super) fn read(codes: &Codes<'_>, text: &str) -> Got {
    if let Some((code, other)) = codes.find(text) {
        return Got::Value(Value::Code(code), other.then_some(ChangeKind::Synonym));
    }
    if text.len() > LONGEST {
        return unknown(codes, text);
    }
    if let Some(got) = now_and_before(codes, text)
        .or_else(|| several(codes, text))
        .or_else(|| led_by(codes, text))
        .or_else(|| labelled(codes, text))
    {
        return got;
    }
    unknown(codes, text)
}

pub(super) fn unknown(codes: &Codes<'_>, text: &str) -> Got {
    Got::Held(Misread::Unknown { nearest: codes.nearest(text) })
}

/// `G (was A)`, `Green, previously Amber`: the one now.
fn now_and_before(codes: &Codes<'_>, text: &str) -> Option<Got> {
    let lower = text.to_ascii_lowercase();
    if let Some((now, rest)) = lower.split_once('(')
        && ["last quarter)", "last time)", "last year)", "before)", "previously)"]
            .iter()
            .any(|end| rest.ends_with(end))
        && let Some((code, _)) = codes.find(now)
    {
        return Some(Got::Value(Value::Code(code), Some(ChangeKind::Synonym)));
    }
    let before = ["(was", " was ", "(previously", "previously", "(prev", "(last", "(from"]
        .iter()
        .filter_map(|word| lower.find(word))
        .min()?;
    let now = text.get(..before)?.trim_end_matches([' ', ',', ';', '-', '(']);
    let (code, _) = codes.find(now)?;
    Some(Got::Value(Value::Code(code), Some(ChangeKind::Synonym)))
}

/// `Amber/Green`, `A-G`, `red & amber`: the more cautious, or two values.
fn several(codes: &Codes<'_>, text: &str) -> Option<Got> {
    const SINGLE: [char; 10] = ['/', '\\', '-', '\u{2013}', '&', '+', ',', ';', '|', '\n'];
    let spaced: String =
        text.replace(" and ", "/").replace(" to ", "/").replace(" or ", "/").replace("->", "/");
    let letters = letters_of(codes, text);
    let found = letters.or_else(|| {
        [&SINGLE[..], &[' ']].iter().find_map(|marks| {
            let parts = spaced.split(*marks).map(str::trim).filter(|part| !part.is_empty());
            let found: Option<Vec<u16>> = parts.map(|part| codes.find(part).map(|(code, _)| code)).collect();
            found.filter(|found| found.len() >= 2)
        })
    })?;
    let first = *found.first()?;
    if found.iter().all(|code| *code == first) {
        return Some(Got::Value(Value::Code(first), Some(ChangeKind::Synonym)));
    }
    Some(match codes.worst(&found) {
        Some(code) => Got::Value(Value::Code(code), Some(ChangeKind::MoreCautious)),
        None => Got::Held(Misread::TwoValues),
    })
}

/// `RA`, `AG`: two letters that each stand for a category.
fn letters_of(codes: &Codes<'_>, text: &str) -> Option<Vec<u16>> {
    let letters: Vec<char> = text.chars().collect();
    let both = matches!(letters.as_slice(), [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase());
    let code = |letter: &char| {
        let of = |category: &crate::schema::Category| {
            category.letter.as_deref().is_some_and(|own| own.chars().eq([*letter]))
        };
        codes.list.categories.iter().position(of).and_then(|place| u16::try_from(place).ok())
    };
    if both { letters.iter().map(code).collect() } else { None }
}

/// `DA1: Improving …`, `Green (on track)`: a word of the list, a mark, and words that hold no other of its words.
fn led_by(codes: &Codes<'_>, text: &str) -> Option<Got> {
    let at = text.find([':', '(', '\n']).or_else(|| text.find(" - ")).or_else(|| text.find(" \u{2013} "))?;
    let (head, rest) = text.split_at_checked(at)?;
    let (code, _) = codes.find(head)?;
    let another = rest
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.len() > 1)
        .any(|word| codes.find(word).is_some_and(|(other, _)| other != code));
    let rest = rest.to_ascii_lowercase().replace("no change", "");
    let says =
        |known: &[&str]| rest.split(|letter: char| !letter.is_alphabetic()).any(|word| known.contains(&word));
    // What is not done or not there makes the most cautious word no better.
    let worst = code == 0 && codes.list.ordered && codes.list.combine_worst;
    let negated = says(&["but", "was", "unless", "except"])
        || says(&["not", "no"]) && (!worst || says(&["longer", "more", "now", "any"]));
    (!another && !negated).then_some(Got::Value(Value::Code(code), Some(ChangeKind::Synonym)))
}

/// `RAG: Red`: the column's name before the word.
fn labelled(codes: &Codes<'_>, text: &str) -> Option<Got> {
    let (label, word) = text.split_once(':')?;
    let label = ["rag", "brag", "rating", "ragrating", "ragstatus", "status"].contains(&fold(label).as_str());
    let (code, _) = codes.find(word).filter(|_| label)?;
    Some(Got::Value(Value::Code(code), Some(ChangeKind::Synonym)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Category;

    pub(in crate::parse) fn rating() -> CodeList {
        let category = |value: &str, label: &str, letter: &str, synonyms: &[&str]| Category {
            value: value.to_owned(),
            label: label.to_owned(),
            letter: Some(letter.to_owned()),
            synonyms: synonyms.iter().map(|&word| word.to_owned()).collect(),
            ..Category::default()
        };
        CodeList {
            name: "rating".to_owned(),
            ordered: true,
            combine_worst: true,
            categories: vec![
                category("red", "Red", "R", &["off track"]),
                category("amber", "Amber", "A", &["yellow"]),
                category("green", "Green", "G", &["→"]),
            ],
            ..CodeList::default()
        }
    }

    #[test]
    fn words_of_the_list_are_read() {
        let list = rating();
        let codes = Codes::new(&list);
        let code = |text: &str| match read(&codes, text) {
            Got::Value(Value::Code(code), change) => Some((code, change)),
            _ => None,
        };
        assert_eq!(code("Red"), Some((0, None)));
        assert_eq!(code("RED"), Some((0, None)));
        let synonym = Some(ChangeKind::Synonym);
        for (text, wanted) in [
            ("g", 2),
            ("Off-track", 0),
            ("→", 2),
            ("G (was A)", 2),
            ("Green (on course)", 2),
            ("Amber: see notes", 1),
            ("R/Red", 0),
            ("Red (Amber last quarter)", 0),
            ("Red - not started", 0),
            ("Green (no change)", 2),
            ("RAG: Amber", 1),
        ] {
            assert_eq!(code(text), Some((wanted, synonym)), "{text}");
        }
        let cautious = Some(ChangeKind::MoreCautious);
        for (text, wanted) in
            [("Amber/Green", 1), ("A/G", 1), ("R-A", 0), ("green and amber", 1), ("Red Amber", 0), ("RA", 0)]
        {
            assert_eq!(code(text), Some((wanted, cautious)), "{text}");
        }
    }

    #[test]
    fn what_is_not_on_the_list_is_held() {
        let list = CodeList { combine_worst: false, ..rating() };
        let codes = Codes::new(&list);
        assert_eq!(read(&codes, "Amber/Green"), Got::Held(Misread::TwoValues));
        assert_eq!(read(&codes, "Gren"), Got::Held(Misread::Unknown { nearest: Some("Green".into()) }));
        assert_eq!(read(&codes, "blue"), Got::Held(Misread::Unknown { nearest: None }));
        assert!(matches!(read(&codes, "Green - not yet"), Got::Held(_)));
        assert!(matches!(read(&codes, "Green (red for training)"), Got::Held(_)));
        assert!(matches!(read(&codes, "Red - not any more"), Got::Held(_)));
        assert!(matches!(read(&codes, "Lead: Red"), Got::Held(_)));
    }
}
