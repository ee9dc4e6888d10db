//! Words by which the program knows again what it put into a workbook for partners itself.

use super::{Period, fold};

/// The sheet that says what is to be done and how far it is done.
pub const START_SHEET: &str = "Start here";
/// The sheet with the words of drop-downs and the key to the colours.
pub const WORDS_SHEET: &str = "Words to use";
/// The sheet with what is to be put right.
pub const FIX_SHEET: &str = "Please fix";

/// The sheet with what a partner's file says and the form has no place for.
pub const ALSO_SHEET: &str = "Also in your file";

/// What a column begins with that shows what was said in an earlier round.
const REMINDER: &str = "Last time (";

/// True for the names of sheets that hold nothing of a partner's.
#[must_use]
pub fn is_own_sheet(name: &str) -> bool {
    let name = fold(name);
    [START_SHEET, WORDS_SHEET, FIX_SHEET, ALSO_SHEET].iter().any(|own| fold(own) == name)
}

/// The heading of a column that shows what was said in an earlier round: `Last time (2013-14 Q3): Progress`.
#[must_use]
pub fn reminder(period: Period, title: &str) -> String {
    format!("{REMINDER}{period}): {title}")
}

/// True for such a heading.
#[must_use]
pub fn is_reminder(heading: &str) -> bool {
    let Some(rest) = heading.trim().strip_prefix(REMINDER) else { return false };
    rest.split_once("):").is_some_and(|(period, _)| Period::parse(period).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reminders_are_known_again_and_nothing_else_is() {
        let heading = reminder(Period { year: 2013, quarter: Some(3) }, "Progress this quarter");
        assert_eq!(heading, "Last time (2013-14 Q3): Progress this quarter");
        assert!(is_reminder(&heading));
        for other in
            ["Last time discussed", "Last time (in March): cost", "Progress", "Last time (2013-14 Q3)"]
        {
            assert!(!is_reminder(other), "{other}");
        }
        assert!(is_own_sheet("start HERE "));
        assert!(!is_own_sheet("Start"));
    }
}
