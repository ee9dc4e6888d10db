//! What was found taken apart from what is asked, so that a list says neither twice.

/// How sentences begin that ask for something.
const ASKING: [&str; 61] = [
    "Add ",
    "Agree ",
    "Answer ",
    "Ask ",
    "Change ",
    "Check ",
    "Choose ",
    "Clear ",
    "Close ",
    "Compare ",
    "Complete ",
    "Confirm ",
    "Copy ",
    "Correct ",
    "Delete ",
    "Describe ",
    "Did ",
    "Do ",
    "Does ",
    "Enter ",
    "Fill ",
    "Find ",
    "Format ",
    "Give ",
    "Have ",
    "If it ",
    "If this is how ",
    "Is ",
    "Leave ",
    "Look ",
    "Make ",
    "Mark ",
    "Mend ",
    "Move ",
    "Name ",
    "Open ",
    "Please ",
    "Put ",
    "Remove ",
    "Rename ",
    "Replace ",
    "Save ",
    "Say ",
    "Send ",
    "Set ",
    "Shorten ",
    "Should ",
    "Show ",
    "Sign ",
    "Spell ",
    "Split ",
    "State ",
    "Take ",
    "Tell us ",
    "Type ",
    "Unhide ",
    "Unmerge ",
    "Use ",
    "Which ",
    "Work ",
    "Write ",
];

/// How a sentence begins that goes with what is asked before it.
const WITH_IT: [&str; 1] = ["We have not copied "];

/// What is said where nothing is asked in particular.
const DEFAULT: &str = "Please correct it, or tell us why it is so.";

/// True if one of the sentences of what to do asks for something.
pub(crate) fn asks(how: &str) -> bool {
    sentences(how).into_iter().any(is_asking)
}

/// True if what was found goes on to ask for something. Its first sentence may begin with a column's title, which is no
/// deed whatever it is called.
pub(crate) fn goes_on_asking(what: &str) -> bool {
    let sentences = sentences(what);
    what.trim_end().ends_with('?') || sentences.into_iter().skip(1).any(is_asking)
}

fn is_asking(sentence: &str) -> bool {
    ASKING.iter().any(|start| sentence.starts_with(start)) || sentence.trim_end().ends_with('?')
}

/// What was found, and what is asked at the end of it.
pub(crate) fn split(what: &str) -> (String, String) {
    let sentences = sentences(what);
    let goes_over =
        |sentence: &&&str| is_asking(sentence) || WITH_IT.iter().any(|start| sentence.starts_with(start));
    let tail = sentences.iter().rev().take_while(goes_over).count();
    // Something must be left that was found.
    let (found, asked) = sentences.split_at(sentences.len() - tail.min(sentences.len().saturating_sub(1)));
    (found.concat().trim_end().to_owned(), asked.concat().trim_end().to_owned())
}

/// Takes what is asked at the end of what was found over into what to do; where that says the same already, it goes.
pub(crate) fn apart(what: &str, how: &str) -> (String, String) {
    let (found, asked) = split(what);
    if asked.is_empty() {
        let how = if how.is_empty() { DEFAULT } else { how };
        return (found, how.to_owned());
    }
    if how.is_empty() {
        let answer = if asked.ends_with('?') { " Please tell us, or correct it." } else { "" };
        return (found, format!("{asked}{answer}"));
    }
    let first = |text: &str| text.split(' ').next().unwrap_or_default().to_owned();
    if asked.ends_with('?') {
        (what.to_owned(), how.to_owned())
    } else if first(&asked) == first(how) {
        (found, how.to_owned())
    } else {
        (found, format!("{asked} {how}"))
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
            ("Say why.", "", "Say why.", DEFAULT),
        ] {
            assert_eq!(apart(what, how), (found.to_owned(), asked.to_owned()), "{what}");
        }
    }
}
