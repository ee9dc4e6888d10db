//! Unique pupil numbers.
//!
//! Source: Department for Education, *Unique pupil numbers, a guide*: a letter and twelve digits, or eleven and a letter for
//! a temporary one; characters after the first are weighted 2 to 13, letters counting by their place in an alphabet without
//! I, O and S, and the sum's remainder of 23 gives the first letter.

use super::plain::words;
use crate::model::{PersonalKind, Sure, Suspect};

const LENGTH: usize = 13;
const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPQRTUVWXYZ";

/// A pupil number in a text: a word, or a few that follow one another.
pub(super) fn found(text: &str) -> Option<Suspect> {
    let all: Vec<&str> = words(text).collect();
    let any = (0..all.len()).any(|first| {
        let mut joined = String::new();
        all.iter().skip(first).take(7).any(|word| {
            // Only the last character may be a letter beside the first.
            joined.push_str(word);
            joined.len() == LENGTH && is_upn(&joined)
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
