//! Plan years and quarters.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use std::fmt;

/// A plan year, or one quarter of it. Years start in the month that the schema says, April by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The calendar year in which the plan year starts: 2013 for 2013-14.
    pub year: i16,
    /// The quarter, 1 to 4; `None` for the whole year.
    pub quarter: Option<u8>,
}

impl Period {
    /// Reads `2013-14 Q4`, `2013/14 Q4`, `Q4 2013-14`, `2013-14`; `None` if it is not one of these.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().replace(['/', '\u{2013}', '\u{2014}', '\u{2011}'], "-").to_lowercase();
        let mut year = None;
        let mut quarter = None;
        let text = text.replace("quarter ", "q");
        for word in text.split([' ', ',', '\u{a0}']).filter(|word| !word.is_empty()) {
            if let Some(digit) = word.strip_prefix('q') {
                let number: u8 = digit.parse().ok()?;
                if !(1..=4).contains(&number) || quarter.replace(number).is_some() {
                    return None;
                }
            } else {
                let (from, to) = word.split_once('-')?;
                if !from.bytes().chain(to.bytes()).all(|byte| byte.is_ascii_digit()) {
                    return None;
                }
                let start: i16 = match from.len() {
                    4 => from.parse().ok()?,
                    2 => 2000 + from.parse::<i16>().ok()?,
                    _ => return None,
                };
                let end: i16 = match to.len() {
                    4 => to.parse().ok()?,
                    2 => start - start % 100 + to.parse::<i16>().ok()? + if to == "00" { 100 } else { 0 },
                    _ => return None,
                };
                if end != start + 1 || year.replace(start).is_some() {
                    return None;
                }
            }
        }
        Some(Self { year: year?, quarter })
    }

    /// The first day, for years that start in `first_month` (1 to 12).
    #[must_use]
    pub fn start(self, first_month: i8) -> Date {
        let first = date(self.year, first_month.clamp(1, 12), 1);
        let months = i32::from(self.quarter.unwrap_or(1) - 1) * 3;
        first.saturating_add(months.months())
    }

    /// The last day, for years that start in `first_month` (1 to 12).
    #[must_use]
    pub fn end(self, first_month: i8) -> Date {
        let months = if self.quarter.is_some() { 3 } else { 12 };
        self.start(first_month).saturating_add(months.months()).saturating_sub(1.day())
    }

    /// The whole year that the quarter lies in.
    #[must_use]
    pub fn whole_year(self) -> Self {
        Self { quarter: None, ..self }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.year, (self.year + 1).rem_euclid(100))?;
        match self.quarter {
            Some(quarter) => write!(f, " Q{quarter}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_ways_a_period_is_written() {
        let q4 = Period { year: 2013, quarter: Some(4) };
        for text in ["2013-14 Q4", "2013/14 q4", "Q4 2013-14", "Quarter 4 2013/2014", " 13-14  Q4 "] {
            assert_eq!(Period::parse(text), Some(q4), "{text}");
        }
        for text in ["", "Q4", "2013", "2013-15", "Q5 2013-14", "2013-14 Q4 Q3"] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
        assert_eq!(q4.to_string(), "2013-14 Q4");
        assert_eq!(Period::parse("1999-00").map(|p| p.to_string()), Some("1999-00".to_owned()));
    }

    #[test]
    fn quarters_end_where_the_year_says() {
        let q4 = Period { year: 2013, quarter: Some(4) };
        assert_eq!(q4.start(4), date(2014, 1, 1));
        assert_eq!(q4.end(4), date(2014, 3, 31));
        assert_eq!(q4.whole_year().end(4), date(2014, 3, 31));
        assert_eq!(Period { year: 2024, quarter: Some(2) }.end(4), date(2024, 9, 30));
    }
}
