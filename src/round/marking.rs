//! Protective markings: what is printed on every page.

use crate::finding::Finding;
use std::fmt;

/// The marking of a pack. An officer chooses it in `round.toml`; the program neither raises nor lowers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Marking {
    /// May go where the board's papers go.
    Official,
    /// Only for those who need to know.
    OfficialSensitive,
}

/// Marks that ended on 2 April 2014. *Confidential* was one too, but is an everyday word.
const ENDED: [&str; 3] = ["NOT PROTECTIVELY MARKED", "RESTRICTED", "PROTECT"];

/// What may stand after an old mark: `PROTECT - PERSONAL`.
const ENDED_WITH: [&str; 9] = [
    "PERSONAL",
    "PRIVATE",
    "STAFF",
    "POLICY",
    "COMMERCIAL",
    "INVESTIGATIONS",
    "APPOINTMENTS",
    "MANAGEMENT",
    "LOCAL GOVERNMENT",
];

/// A mark with the words that stop an output from going round before it.
#[must_use]
pub fn stopped(marking: &str) -> String {
    format!("NOT FOR CIRCULATION · {marking}")
}

impl Marking {
    /// The words that are printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Official => "OFFICIAL",
            Self::OfficialSensitive => "OFFICIAL-SENSITIVE",
        }
    }

    /// The words on what must not go round while a return appears to identify a person.
    #[must_use]
    pub fn with_state(self, findings: &[Finding]) -> String {
        let stop = findings.iter().any(Finding::forbids_circulation);
        if stop { stopped(self.as_str()) } else { self.as_str().to_owned() }
    }

    /// The marking that a text is, whatever its case and dashes.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        match plain(text).as_str() {
            "OFFICIAL" => Some(Self::Official),
            "OFFICIAL SENSITIVE" => Some(Self::OfficialSensitive),
            _ => None,
        }
    }

    /// Reads a marking of `round.toml`; what is said if it is none, and what to write.
    pub(super) fn parse(text: &str) -> Result<Self, (String, String)> {
        Self::named(text).ok_or_else(|| {
            let said = match ended_mark(text) {
                Some(old) => format!("The mark {old} ended on 2 April 2014."),
                None => format!("\"{text}\" is not a marking."),
            };
            (said, "Write \"OFFICIAL\" or \"OFFICIAL-SENSITIVE\".".to_owned())
        })
    }
}

impl fmt::Display for Marking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The old mark that a text is, and nothing else: `Protect – Personal` is *PROTECT*, `restricted access` is none.
#[must_use]
pub fn ended_mark(text: &str) -> Option<&'static str> {
    // No mark is as long as that, and texts of partners can be. Most hold no such word at all.
    let holds = |word: &str| {
        let letters = text.as_bytes().windows(word.len());
        letters.into_iter().any(|letters| letters.eq_ignore_ascii_case(word.as_bytes()))
    };
    if text.len() > 80 || !(holds("PROTECT") || holds("RESTRICTED")) {
        return None;
    }
    let words = plain(text);
    let words = ["PROTECTIVE MARKING ", "MARKING ", "CLASSIFICATION "]
        .into_iter()
        .find_map(|lead| words.strip_prefix(lead))
        .unwrap_or(&words);
    ENDED.into_iter().find(|mark| {
        let after = words.strip_prefix(mark).map(str::trim_start);
        after.is_some_and(|after| after.is_empty() || ENDED_WITH.contains(&after))
    })
}

/// The words in capitals, with a space between them: letters alone, so that dashes, brackets and colons do not count.
fn plain(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty());
    words.map(str::to_uppercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marking_is_one_of_two() {
        assert_eq!(Marking::parse("OFFICIAL"), Ok(Marking::Official));
        assert_eq!(Marking::parse("Official - Sensitive"), Ok(Marking::OfficialSensitive));
        let (said, hint) = Marking::parse("RESTRICTED").expect_err("it ended");
        assert_eq!(said, "The mark RESTRICTED ended on 2 April 2014.");
        assert_eq!(hint, "Write \"OFFICIAL\" or \"OFFICIAL-SENSITIVE\".");
        assert_eq!(Marking::parse("").expect_err("blank").0, "\"\" is not a marking.");
        assert_eq!(Marking::parse("SECRET").expect_err("not ours").0, "\"SECRET\" is not a marking.");
    }

    #[test]
    fn an_old_mark_is_told_from_words_that_hold_one() {
        for (text, mark) in [
            ("RESTRICTED", "RESTRICTED"),
            ("Protect – Personal", "PROTECT"),
            ("[PROTECT]", "PROTECT"),
            ("Marking: Restricted (Staff)", "RESTRICTED"),
            ("NOT PROTECTIVELY MARKED", "NOT PROTECTIVELY MARKED"),
        ] {
            assert_eq!(ended_mark(text), Some(mark), "{text}");
        }
        for text in [
            "restricted access to the flat",
            "Protect children",
            "OFFICIAL",
            "",
            "We protect",
            "Personal",
            "Confidential",
        ] {
            assert_eq!(ended_mark(text), None, "{text}");
        }
    }
}
