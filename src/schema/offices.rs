//! Postcodes of offices, as settings list them.

use super::document::At;
use crate::error::Mistake;

/// Postcodes in capitals and without spaces; one that has not a postcode's shape is a mistake.
pub(crate) fn offices(listed: &[String], at: At<'_>, mistakes: &mut Vec<Mistake>) -> Vec<String> {
    let mut found = Vec::new();
    for (index, postcode) in listed.iter().enumerate() {
        if let Some(packed) = packed(postcode) {
            found.push(packed);
        } else {
            let hint = Some("Write it as HR4 0LE.".to_owned());
            let message = format!("\"{postcode}\" is not a postcode.");
            mistakes.push(at.get("officePostcodes").item(index).mistake(message, hint));
        }
    }
    found
}

fn packed(postcode: &str) -> Option<String> {
    let packed: String = postcode.split_whitespace().collect::<String>().to_ascii_uppercase();
    let (outward, inward) = packed.split_at_checked(packed.len().checked_sub(3)?)?;
    let letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_uppercase());
    let (digit, end) = inward.split_at_checked(1)?;
    let is = (2..=4).contains(&outward.len())
        && outward.starts_with(|letter: char| letter.is_ascii_uppercase())
        && outward.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && digit.bytes().all(|byte| byte.is_ascii_digit())
        && letters(end);
    is.then_some(packed)
}
