//! Exact numbers and days as the numbers that a cell can hold.

use jiff::civil::{Date, date};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

/// The result of a formula as text: the number in its shortest form.
pub(crate) fn result(number: Decimal) -> String {
    if number.is_zero() { "0".to_owned() } else { float(number).to_string() }
}

/// The nearest number that a cell can hold; amounts up to 90 million million pounds are exact to the penny.
pub(crate) fn float(number: Decimal) -> f64 {
    number.to_f64().unwrap_or(0.0)
}

/// A whole number as a cell holds it.
pub(super) fn whole(number: i64) -> f64 {
    float(Decimal::from(number))
}

/// Excel's number of a day; `None` for days that its calendar lacks or has wrong (before March 1900).
pub(crate) fn serial(day: Date) -> Option<i32> {
    let days = day.since(date(1899, 12, 30)).ok()?.get_days();
    (days > 60 && day.year() <= 9999).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_numbered_as_excel_numbers_them() {
        assert_eq!(serial(date(2014, 3, 31)), Some(41_729));
        assert_eq!(serial(date(1900, 3, 1)), Some(61));
        assert_eq!(serial(date(1900, 2, 28)), None);
        assert_eq!(serial(date(1066, 10, 14)), None);
    }

    #[test]
    fn results_are_the_shortest_form_of_the_number() {
        let shown = |text: &str| result(text.parse().unwrap());
        assert_eq!(shown("16931.00"), "16931");
        assert_eq!(shown("-0.10"), "-0.1");
        assert_eq!(shown("-0.00"), "0");
        assert_eq!(shown("225122.05"), "225122.05");
    }
}
