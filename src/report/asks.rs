//! What was found taken apart from what is asked, so that a list says neither twice.

/// How sentences begin that ask for something.
const ASKING: [&str; 41] = [
    "Add ",
    "Ask ",
    "Check ",
    "Choose ",
    "Confirm ",
    "Copy ",
    "Correct ",
    "Delete ",
    "Did ",
    "Do ",
    "Does ",
    "Enter ",
    "Fill ",
    "Give ",
    "If it belongs ",
    "If this is how ",
    "Is ",
    "Please ",
    "Put ",
    "Remove ",
    "Rename ",
    "Save ",
    "Say ",
    "Send ",
    "Should ",
    "Show ",
    "Split ",
    "State ",
    "Take ",
    "Tell us ",
    "Type ",
    "Use ",
    "We have not copied ",
    "Which ",
    "Write ",
    "Spell ",
    "Describe ",
    "Answer ",
    "Make ",
    "Move ",
    "Open ",
];

/// What is said where nothing is asked in particular.
const DEFAULT: &str = "Please correct it, or tell us why it is so.";

/// Takes what is asked at the end of what was found over into what to do; where that says the same already, it goes.
pub(super) fn apart(what: &str, how: &str) -> (String, String) {
    let sentences = sentences(what);
    let asks = |sentence: &&str| ASKING.iter().any(|start| sentence.starts_with(start));
    let tail = sentences.iter().rev().take_while(|sentence| asks(sentence)).count();
    // Something must be left that was found.
    let (found, asked) = sentences.split_at(sentences.len() - tail.min(sentences.len().saturating_sub(1)));
    let (found, asked) = (found.concat(), asked.concat());
    let (found, asked) = (found.trim_end(), asked.trim_end());
    if asked.is_empty() {
        let blank = found.ends_with("is not filled in.");
        let how = match how {
            "" if blank => "Please fill it in, or tell us why it is blank.",
            "" => DEFAULT,
            how => how,
        };
        return (found.to_owned(), how.to_owned());
    }
    if how.is_empty() {
        let answer = if asked.ends_with('?') { " Please tell us, or correct it." } else { "" };
        return (found.to_owned(), format!("{asked}{answer}"));
    }
    let first = |text: &str| text.split(' ').next().unwrap_or_default().to_owned();
    if asked.ends_with('?') {
        (what.to_owned(), how.to_owned())
    } else if first(asked) == first(how) {
        (found.to_owned(), how.to_owned())
    } else {
        (found.to_owned(), format!("{asked} {how}"))
    }
}

/// The sentences of a text, each with the blank behind it. What stands in quotation marks is in one sentence.
fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut start, mut quoted, mut ended) = (0, false, false);
    for (at, letter) in text.char_indices() {
        if ended && letter == ' ' && !quoted {
            found.extend(text.get(start..=at));
            start = at + 1;
        }
        match letter {
            '“' => quoted = true,
            '”' => quoted = false,
            _ => {}
        }
        ended = matches!(letter, '.' | '?' | '!') || ended && letter == '”';
    }
    found.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_said_once_and_under_what_to_do() {
        for (what, how, found, asked) in [
            (
                "“n/a” in Impact. Say why it does not apply.",
                "",
                "“n/a” in Impact.",
                "Say why it does not apply.",
            ),
            (
                "G14 appears to contain a date of birth. Remove it and send the return again. We have not copied it anywhere.",
                "",
                "G14 appears to contain a date of birth.",
                "Remove it and send the return again. We have not copied it anywhere.",
            ),
            (
                "D6 names two: “A. Give B”. Split it so that each is counted.",
                "Split the row, or name one.",
                "D6 names two: “A. Give B”.",
                "Split the row, or name one.",
            ),
            (
                "The update has not changed. Is there any news?",
                "",
                "The update has not changed.",
                "Is there any news? Please tell us, or correct it.",
            ),
            (
                "4.1.1 appears twice. Which is right?",
                "Delete the one that is wrong.",
                "4.1.1 appears twice. Which is right?",
                "Delete the one that is wrong.",
            ),
            ("It is 4 out.", "", "It is 4 out.", DEFAULT),
            (
                "Due is not filled in.",
                "",
                "Due is not filled in.",
                "Please fill it in, or tell us why it is blank.",
            ),
            ("Say why.", "", "Say why.", DEFAULT),
        ] {
            assert_eq!(apart(what, how), (found.to_owned(), asked.to_owned()), "{what}");
        }
    }
}
