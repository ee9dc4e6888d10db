//! The names of months.

/// The months in English, January first.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The month that a name or its first three letters stand for, 1 to 12; `Sept` too, and any case.
#[must_use]
pub fn month(word: &str) -> Option<i8> {
    let is = |name: &&str| {
        word.eq_ignore_ascii_case(name)
            || word.len() == 3 && name.get(..3).is_some_and(|short| word.eq_ignore_ascii_case(short))
    };
    if word.eq_ignore_ascii_case("sept") {
        return Some(9);
    }
    MONTHS.iter().position(is).and_then(|index| i8::try_from(index + 1).ok())
}

/// True for a word in small letters that begins like the name of a month.
#[must_use]
pub fn begins_like_a_month(word: &str) -> bool {
    MONTHS.iter().filter_map(|name| name.get(..3)).any(|short| word.starts_with(short))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_by_their_names_and_beginnings() {
        assert_eq!(
            [month("May"), month("SEPT"), month("dec"), month("Decem"), month("")],
            [Some(5), Some(9), Some(12), None, None]
        );
        assert!(begins_like_a_month("junior") && !begins_like_a_month("ma"));
    }
}
