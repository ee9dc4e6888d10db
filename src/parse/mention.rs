//! A quarter mentioned in running words: `Q3`, `Quarter 3 2013-14`, `third quarter`.

use crate::model::{Mention, Origin, Period};

/// Longer texts are no titles.
const LONGEST: usize = 200;

/// The one quarter that a text mentions; none if it mentions several.
#[must_use]
pub(super) fn quarter(text: &str, at: Option<Origin>) -> Option<Mention> {
    if text.len() > LONGEST {
        return None;
    }
    let text = text.to_lowercase().replace(['\u{2013}', '\u{2014}', '\u{2011}', '/'], "-");
    let words: Vec<&str> = text
        .split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .map(|word| word.trim_matches('-'))
        .filter(|word| !word.is_empty())
        .collect();
    let mut quarters = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let next = words.get(place + 1).copied().unwrap_or_default();
        quarters.extend(match *word {
            "quarter" | "qtr" => digit(next),
            "first" | "1st" if next == "quarter" => Some(1),
            "second" | "2nd" if next == "quarter" => Some(2),
            "third" | "3rd" if next == "quarter" => Some(3),
            "fourth" | "4th" if next == "quarter" => Some(4),
            // A file's name may run them together: `2013-14-q4`.
            word => word
                .split('-')
                .find_map(|part| digit(part.strip_prefix("qtr").or_else(|| part.strip_prefix('q'))?)),
        });
    }
    let years = words.iter().filter_map(|word| Period::parse(word)).map(|period| period.year);
    let years: Vec<i16> = years.collect();
    quarters.dedup();
    match (quarters.as_slice(), years.as_slice()) {
        ([quarter], []) => Some(Mention { quarter: *quarter, year: None, at }),
        ([quarter], [year]) => Some(Mention { quarter: *quarter, year: Some(*year), at }),
        _ => None,
    }
}

fn digit(text: &str) -> Option<u8> {
    let number: u8 = text.parse().ok()?;
    (text.len() == 1 && (1..=4).contains(&number)).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(u8, Option<i16>)> {
        quarter(text, None).map(|found| (found.quarter, found.year))
    }

    #[test]
    fn one_quarter_is_found_in_titles_and_names() {
        assert_eq!(read("Monitoring return, Q3 2013/14"), Some((3, Some(2013))));
        assert_eq!(read("NHS_Q4_final (2)"), Some((4, None)));
        assert_eq!(read("Quarter 2: progress"), Some((2, None)));
        assert_eq!(read("Third quarter 2013-14"), Some((3, Some(2013))));
        assert_eq!(read("2013-14-q4 nhs"), Some((4, None)));
    }

    #[test]
    fn none_or_several_are_nothing() {
        for text in ["Monitoring return", "Q3 and Q4", "Q5", "Q12", "FAQ 3", "quarterly report 3", "IQ4"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
