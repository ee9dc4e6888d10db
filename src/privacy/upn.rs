//! Unique pupil numbers.
//!
//! Source: Department for Education, *Unique pupil numbers, a guide*: a letter and twelve digits, or eleven and a letter for
//! a temporary one; characters after the first are weighted 2 to 13, letters counting by their place in an alphabet without
//! I, O and S, and the sum's remainder of 23 gives the first letter.

use super::plain::words;
use crate::model::{PersonalKind, Sure, Suspect};

const LENGTH: usize = 13;
const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPQRTUVWXYZ";

/// A pupil number in a text: a word, or a few that follow one another with a space or dash between them.
pub(super) fn found(text: &str) -> Option<Suspect> {
    let start = text.as_ptr().addr();
    let place = |word: &str| word.as_ptr().addr() - start;
    let all: Vec<&str> = words(text).collect();
    let named = || {
        words(text)
            .any(|word| ["upn", "pupil", "unique"].iter().any(|known| known.eq_ignore_ascii_case(word)))
    };
    let any = (0..all.len()).any(|first| {
        let mut joined = String::new();
        let mut end = None;
        // A letter alone is followed by the three digits of a local authority.
        let length = |at: usize| all.get(at).map_or(0, |word| word.len());
        let letter_alone = length(first) == 1 && length(first + 1) != 3;
        all.iter().skip(first).take(7).any(|word| {
            let between = end.and_then(|end: usize| text.get(end..place(word))).unwrap_or_default();
            let close =
                between.len() <= 3 && between.bytes().all(|mark| matches!(mark, b' ' | b'-' | b'.' | b'_'));
            if !close || joined.len() > LENGTH {
                // What is longer or further apart is no part of it; nothing later is either.
                joined.push_str("              ");
                return false;
            }
            end = Some(place(word) + word.len());
            // The number may stand right against the word for it.
            let glued =
                joined.is_empty() && word.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("upn"));
            joined.push_str(if glued { &word[3..] } else { word });
            // *Room A 12 03 2014 0930* is none unless it is called so.
            joined.len() == LENGTH && is_upn(&joined) && (!letter_alone || named())
        })
    });
    any.then_some(Suspect { kind: PersonalKind::PupilNumber, sure: Sure::Strong })
}

fn is_upn(word: &str) -> bool {
    let word = word.to_ascii_uppercase();
    let Ok(word): Result<[u8; LENGTH], _> = word.as_bytes().try_into() else { return false };
    let letter = |byte: u8| LETTERS.iter().position(|known| *known == byte);
    let Some(check) = letter(word[0]) else { return false };
    let mut sum = 0;
    for (place, byte) in word.iter().enumerate().skip(1) {
        let value = match byte {
            b'0'..=b'9' => usize::from(byte - b'0'),
            _ if place == LENGTH - 1 => match letter(*byte) {
                Some(value) => value,
                None => return false,
            },
            _ => return false,
        };
        sum += value * (place + 1);
    }
    sum % 23 == check
}
