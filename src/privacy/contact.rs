//! Telephone numbers and e-mail addresses.
//!
//! Source: Ofcom's numbering plan: +44 or 0 and nine or ten digits. A spreadsheet takes the first zero off; what is left then
//! passes for an NHS number nine times in a hundred, which `nhs` tells.

use super::plain::{OF_MONEY, before, has_word};
use crate::model::{PersonalKind, Sure, Suspect};

/// Words of a family, beside which a number is somebody's own.
const FAMILY: &[&str] = &[
    "mum",
    "mother",
    "father",
    "dad",
    "parent",
    "parents",
    "carer",
    "family",
    "child",
    "home",
    "grandmother",
    "aunt",
];

/// The surest telephone number of a text.
pub(super) fn phone(text: &str) -> Option<Suspect> {
    let bytes = text.as_bytes();
    let starts = (0..bytes.len()).filter(|&at| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let glued = before
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '+' | '£' | '#' | '/' | '-' | ','));
        !glued && (bytes[at].is_ascii_digit() || bytes[at] == b'+')
    });
    starts.filter_map(|at| number(text, at)).max()
}

/// The number that begins at a place.
fn number(text: &str, at: usize) -> Option<Suspect> {
    let rest = text.get(at..)?;
    let international = ["+44", "0044"].iter().find_map(|prefix| rest.strip_prefix(prefix));
    let (digits, first, gap) = match international {
        Some(own) => {
            let own = own.trim_start_matches([' ', '-', '.']);
            let own = own.strip_prefix("(0)").unwrap_or(own);
            let (digits, _, _) = groups(own);
            (format!("0{}", digits.trim_start_matches('0')), 5, false)
        }
        None => groups(rest),
    };
    let digits = digits.as_str();
    let zero = digits.starts_with('0');
    let area = digits.as_bytes().get(1).is_some_and(|second| b"123578".contains(second));
    let whole = zero && area && first >= 3 && (10..=11).contains(&digits.len());
    // A zero that was lost: what is left stands alone.
    let lost = !zero && digits.len() == 10 && !gap && matches!(digits.as_bytes()[0], b'1' | b'2' | b'7')
        || digits.len() == 10 && digits.starts_with('7') && first == 4;
    if !(whole || lost) || has_word(&before(text, at, 30), OF_MONEY) {
        return None;
    }
    let near = has_word(&before(text, at, 40), FAMILY);
    let sure = if near { Sure::Medium } else { Sure::Weak };
    Some(Suspect { kind: PersonalKind::Telephone, sure })
}

/// The digits of the groups that a text begins with, as far as they make a number; the length of the first group; and whether
/// there are several.
fn groups(text: &str) -> (String, usize, bool) {
    const MOST: usize = 11;
    let (mut digits, mut first, mut marks, mut several) = (String::new(), 0, 0, false);
    let mut group = 0;
    for letter in text.chars() {
        match letter {
            '0'..='9' => {
                if marks > 0 && digits.len() >= 10 {
                    break;
                }
                several |= marks > 0;
                digits.push(letter);
                (marks, group) = (0, group + 1);
                if !several {
                    first = group;
                }
                if digits.len() > MOST {
                    break;
                }
            }
            ' ' | '-' | '.' | '(' | ')' | '/' | '_' if marks < 3 => marks += 1,
            letter if letter.is_alphabetic() && marks == 0 => return (String::new(), 0, false),
            _ => break,
        }
    }
    (digits, first, several)
}

/// Boxes of offices.
const OFFICES: &[&str] = &[
    "info",
    "enquiries",
    "enquiry",
    "contact",
    "admin",
    "office",
    "training",
    "mail",
    "email",
    "reception",
    "help",
    "helpdesk",
    "lscb",
    "safeguarding",
    "mash",
    "referrals",
    "events",
    "communications",
    "press",
    "noreply",
    "no-reply",
];

/// An e-mail address.
pub(super) fn email(text: &str) -> Option<Suspect> {
    let local = |letter: char| letter.is_alphanumeric() || "._%+-'".contains(letter);
    let mut sure = None;
    for (at, _) in text.match_indices('@') {
        let ahead = text.get(..at).unwrap_or_default();
        let before = ahead.chars().next_back();
        let host: String = text
            .get(at + 1..)
            .unwrap_or_default()
            .chars()
            .take_while(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '-'))
            .collect();
        let host = host.trim_end_matches(['.', '-']);
        let domain = host.rsplit_once('.').is_some_and(|(name, ending)| {
            !name.is_empty() && ending.len() >= 2 && ending.chars().all(char::is_alphabetic)
        });
        if before.is_some_and(local) && domain {
            let name =
                ahead.rsplit(|letter: char| !local(letter)).next().unwrap_or_default().to_ascii_lowercase();
            // A box of an office is nobody's own, and is only listed.
            let own = if OFFICES.contains(&name.as_str()) { Sure::Weak } else { Sure::Medium };
            sure = sure.max(Some(own));
        }
    }
    sure.map(|sure| Suspect { kind: PersonalKind::Email, sure })
}
