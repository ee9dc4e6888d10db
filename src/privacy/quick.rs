//! The first look at a text: one pass over its bytes that nearly every text leaves without a mark.

/// Marks of what a text may hold, and how many digits it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Flags {
    marks: u16,
    digits: u32,
}

/// Six digits or more.
pub(super) const DIGITS: u16 = 1;
/// A digit and two letters that end a word, as a postcode does.
pub(super) const POSTCODE: u16 = 2;
/// An @.
pub(super) const AT: u16 = 4;
/// A word for a birth, and a digit.
pub(super) const BIRTH: u16 = 8;
/// A word for an age, and a digit.
pub(super) const AGE: u16 = 16;
/// One or two digits in brackets.
pub(super) const BRACKET: u16 = 32;
/// A word for one of a family.
pub(super) const PERSON: u16 = 64;
/// A word that a heading may have; only short texts are headings.
pub(super) const HEADING: u16 = 128;
/// A word that longer headings may have too: those that say what a number or day is.
const SAYS: u16 = 256 | HEADING;

/// The longest heading that is looked at, in bytes.
const LONGEST_HEADING: usize = 40;
/// The longest that has one of the words that say what a number or day is.
const LONGEST_OF_ALL: usize = 100;

/// The letters of a word that are looked at: one more than the longest of those below has.
const LONGEST_WORD: usize = 14;

/// Words that mark a text, in the order of the alphabet, with what they are a mark of.
const WORDS: &[(&str, u16)] = &[
    ("adult", PERSON),
    ("age", AGE),
    ("aged", AGE),
    ("aunt", PERSON),
    ("auntie", PERSON),
    ("baby", PERSON),
    ("birth", BIRTH | SAYS),
    ("birthdate", BIRTH | SAYS),
    ("birthday", BIRTH | SAYS),
    ("born", BIRTH | SAYS),
    ("boy", PERSON),
    ("brother", PERSON | HEADING),
    ("brothers", PERSON),
    ("carer", HEADING),
    ("case", HEADING),
    ("chi", HEADING),
    ("child", PERSON | HEADING),
    ("children", PERSON | HEADING),
    ("childs", PERSON | HEADING),
    ("cousin", PERSON),
    ("cousins", PERSON),
    ("crime", HEADING),
    ("d", BIRTH | HEADING),
    ("dad", PERSON | HEADING),
    ("daughter", PERSON | HEADING),
    ("daughters", PERSON | HEADING),
    ("dob", BIRTH | SAYS),
    ("family", PERSON),
    ("father", PERSON | HEADING),
    ("fathers", PERSON | HEADING),
    ("forename", HEADING),
    ("forenames", HEADING),
    ("girl", PERSON),
    ("grandad", PERSON),
    ("grandchild", PERSON),
    ("granddad", PERSON),
    ("granddaughter", PERSON),
    ("grandfather", PERSON),
    ("grandma", PERSON),
    ("grandmother", PERSON),
    ("grandparent", PERSON),
    ("grandparents", PERSON),
    ("grandson", PERSON),
    ("infant", PERSON),
    ("initials", HEADING),
    ("insurance", SAYS),
    ("lcs", HEADING),
    ("mother", PERSON | HEADING),
    ("mothers", PERSON | HEADING),
    ("mum", PERSON | HEADING),
    ("n", HEADING),
    ("name", HEADING),
    ("names", HEADING),
    ("nat", HEADING),
    ("national", HEADING),
    ("nephew", PERSON),
    ("nephews", PERSON),
    ("nhs", SAYS),
    ("nhsno", SAYS),
    ("nhsnumber", SAYS),
    ("ni", SAYS),
    ("niece", PERSON),
    ("nieces", PERSON),
    ("nino", SAYS),
    ("parent", HEADING),
    ("parents", HEADING),
    ("person", PERSON | HEADING),
    ("pupil", PERSON | HEADING),
    ("pupils", HEADING),
    ("sibling", PERSON | HEADING),
    ("siblings", PERSON | HEADING),
    ("sister", PERSON | HEADING),
    ("sisters", PERSON),
    ("son", PERSON | HEADING),
    ("sons", PERSON | HEADING),
    ("stepbrother", PERSON),
    ("stepdad", PERSON),
    ("stepdaughter", PERSON),
    ("stepfather", PERSON),
    ("stepmother", PERSON),
    ("stepmum", PERSON),
    ("stepsister", PERSON),
    ("stepson", PERSON),
    ("surname", HEADING),
    ("surnames", HEADING),
    ("teenager", PERSON),
    ("toddler", PERSON),
    ("triplets", PERSON),
    ("twin", PERSON),
    ("twins", PERSON),
    ("uncle", PERSON),
    ("unique", HEADING),
    ("upn", SAYS),
    ("victim", PERSON | HEADING),
    ("victims", PERSON | HEADING),
    ("year", AGE),
    ("years", AGE),
    ("yo", AGE),
    ("yp", PERSON | HEADING),
    ("yr", AGE),
    ("yrs", AGE),
];

/// For each first letter of a word, the second letters that one of the words has; bit 26 for words of one letter.
const PAIRS: [u32; 26] = pairs();

const fn pairs() -> [u32; 26] {
    let mut table = [0; 26];
    let mut place = 0;
    while place < WORDS.len() {
        let word = WORDS[place].0.as_bytes();
        let second = if word.len() > 1 { word[1] - b'a' } else { 26 };
        table[(word[0] - b'a') as usize] |= 1 << second;
        place += 1;
    }
    table
}

/// Where the words of each first letter begin in the list; the last is its end.
const FIRST: [usize; 27] = firsts();

const fn firsts() -> [usize; 27] {
    let mut table = [0; 27];
    let mut letter = 0;
    let mut first = b'a';
    let mut place = 0;
    while letter < 26 {
        table[letter] = place;
        while place < WORDS.len() && WORDS[place].0.as_bytes()[0] == first {
            place += 1;
        }
        letter += 1;
        first += 1;
    }
    table[26] = place;
    table
}

impl Flags {
    /// True if nothing was marked but that it may be a heading.
    pub(super) fn is_empty(self) -> bool {
        self.marks & !HEADING == 0
    }

    /// True if nothing was marked at all.
    pub(super) fn is_blank(self) -> bool {
        self.marks == 0
    }

    /// True if any of these marks is there.
    pub(super) fn has(self, marks: u16) -> bool {
        self.marks & marks != 0
    }

    /// How many digits there are; those of full width count as six each.
    pub(super) fn digits(self) -> u32 {
        self.digits
    }
}

/// The marks of a text.
pub(super) fn flags(text: &str) -> Flags {
    let bytes = text.as_bytes();
    let mut marks = 0;
    let mut digits = 0_u32;
    let mut place = 0;
    // True where the byte before is part of a word.
    let mut inside = false;
    while let Some(&byte) = bytes.get(place) {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {
                if !inside && starts(bytes, place) {
                    marks |= word(bytes, place);
                }
                inside = true;
            }
            b'0'..=b'9' => {
                digits += 1;
                inside = false;
                if ends_postcode(bytes, place) {
                    marks |= POSTCODE;
                }
            }
            b'@' => {
                marks |= AT;
                inside = false;
            }
            b'(' => {
                marks |= bracket(bytes, place);
                inside = false;
            }
            // Digits of full width count as others do.
            0xEF if bytes.get(place + 1) == Some(&0xBC) => {
                digits += 6;
                marks |= POSTCODE;
                inside = false;
            }
            0x80.. => inside = true,
            _ => inside = false,
        }
        place += 1;
    }
    if digits >= 6 {
        marks |= DIGITS;
    }
    if digits == 0 {
        marks &= !(BIRTH | AGE);
    }
    let longest = if marks & SAYS == SAYS { LONGEST_OF_ALL } else { LONGEST_HEADING };
    if bytes.len() > longest {
        marks &= !SAYS;
    } else {
        marks &= !SAYS | HEADING;
    }
    Flags { marks, digits }
}

/// True if a word that begins here may be one of those.
fn starts(bytes: &[u8], place: usize) -> bool {
    let first = (bytes[place] | 0x20) - b'a';
    let second = match bytes.get(place + 1).map(|byte| byte | 0x20) {
        Some(second @ b'a'..=b'z') => second - b'a',
        _ => 26,
    };
    PAIRS[usize::from(first)] >> second & 1 == 1
}

/// What the word that begins here is a mark of.
#[inline(never)]
fn word(bytes: &[u8], place: usize) -> u16 {
    let rest = bytes.get(place..).unwrap_or_default();
    let length = rest.iter().take(LONGEST_WORD).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let whole = rest.get(..length).unwrap_or_default();
    let letter = usize::from((bytes[place] | 0x20) - b'a');
    let of_letter = WORDS.get(FIRST[letter]..FIRST[letter + 1]).unwrap_or_default();
    let known = of_letter.iter().find(|(word, _)| whole.eq_ignore_ascii_case(word.as_bytes()));
    known.map_or(0, |(word, marks)| match *word {
        // Years are in many texts; those of a person stand right behind their number.
        "year" | "years" | "yr" | "yrs" | "yo" => {
            let before = bytes.get(place.saturating_sub(2)..place).unwrap_or_default();
            if before.iter().any(u8::is_ascii_digit) { *marks } else { 0 }
        }
        // So are children; *the Example children* have a name before them.
        "children" if !after_capital(bytes, place) => *marks & !PERSON,
        _ => *marks,
    })
}

/// True if the word before the one that begins here has a capital.
fn after_capital(bytes: &[u8], place: usize) -> bool {
    let Some((b' ', before)) = bytes.get(..place).and_then(<[u8]>::split_last) else { return false };
    let start = before.iter().rposition(|byte| *byte == b' ').map_or(0, |at| at + 1);
    before.get(start).is_some_and(u8::is_ascii_uppercase)
}

/// True if a digit is that of a postcode's second half.
fn ends_postcode(bytes: &[u8], place: usize) -> bool {
    let letter = |ahead: usize| bytes.get(place + ahead).is_some_and(u8::is_ascii_alphabetic);
    letter(1) && letter(2) && !bytes.get(place + 3).is_some_and(u8::is_ascii_alphanumeric)
}

fn bracket(bytes: &[u8], place: usize) -> u16 {
    let rest = bytes.get(place + 1..).unwrap_or_default();
    let digits = rest.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    let ends = rest.get(digits).is_some_and(|byte| matches!(byte, b')' | b' ' | b'y'));
    if (1..=2).contains(&digits) && ends { BRACKET } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_list_leaves_its_mark() {
        assert!(WORDS.is_sorted_by_key(|(word, _)| word));
        for (word, marks) in WORDS {
            // Numbers count for those that need one; years only right behind it.
            let before = if *word == "children" { "Example" } else { "4" };
            let text = format!("{before} {word}");
            assert!(flags(&text).has(*marks), "{word}");
            assert!(flags(&text.to_uppercase()).has(*marks), "{word}");
        }
    }

    #[test]
    fn most_texts_leave_none() {
        for text in ["", "In progress", "Training delivered to staff in May", "£500", "1.2.1", "Q3 2014"] {
            assert!(flags(text).is_empty(), "{text}");
        }
        assert!(flags("Wyevale HR9 9ZZ").has(POSTCODE));
        assert!(flags("a@b").has(AT));
        assert!(flags("JS (14)").has(BRACKET));
        assert!(flags("12 34 56").has(DIGITS));
    }
}
