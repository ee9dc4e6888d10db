//! Amounts of money: exact decimals in pounds, with the unit they were given to.

use rust_decimal::Decimal;
use std::fmt;

/// An exact amount in pounds and the coarsest unit it may have been rounded to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// Pounds.
    pub pounds: Decimal,
    /// The power of ten of the unit it was given to: −2 pennies, 0 whole pounds, 3 thousands.
    pub unit: i8,
}

impl Money {
    /// An amount exact to the penny.
    #[must_use]
    pub const fn exact(pounds: Decimal) -> Self {
        Self { pounds, unit: -2 }
    }

    /// Nothing, exactly.
    pub const ZERO: Self = Self::exact(Decimal::ZERO);

    /// Half of the unit: how far the true amount may lie to either side, in pounds. Zero for pennies.
    #[must_use]
    pub fn slack(self) -> Decimal {
        if self.unit <= -2 {
            return Decimal::ZERO;
        }
        let mut unit = Decimal::ONE;
        for _ in 0..self.unit.unsigned_abs() {
            unit *= if self.unit > 0 { Decimal::TEN } else { Decimal::new(1, 1) };
        }
        unit / Decimal::TWO
    }

    /// The amount in whole pennies if it is a whole number of them.
    #[must_use]
    pub fn pennies(self) -> Option<i128> {
        let pennies = self.pounds * Decimal::ONE_HUNDRED;
        pennies.is_integer().then(|| pennies.trunc().mantissa() / 10i128.pow(pennies.trunc().scale()))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&pounds(self.pounds))
    }
}

/// Pounds with thousands separators: `£1,234.50`, `−£20`, pennies only where there are some.
#[must_use]
pub fn pounds(amount: Decimal) -> String {
    let sign = if amount.is_sign_negative() && !amount.is_zero() { "\u{2212}" } else { "" };
    let amount = amount.abs().normalize();
    let scale = if amount.scale() == 0 { 0 } else { amount.scale().max(2) };
    let text = format!("{amount:.*}", scale as usize);
    let (whole, part) = text.split_once('.').map_or((text.as_str(), None), |(w, p)| (w, Some(p)));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match part {
        Some(part) => format!("{sign}£{grouped}.{part}"),
        None => format!("{sign}£{grouped}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_pounds_as_people_write_them() {
        let shown = |text: &str| pounds(text.parse().expect("a decimal"));
        assert_eq!(shown("147016"), "£147,016");
        assert_eq!(shown("11300.75"), "£11,300.75");
        assert_eq!(shown("-20.5"), "−£20.50");
        assert_eq!(shown("0.00"), "£0");
        assert_eq!(shown("1.005"), "£1.005");
    }

    #[test]
    fn slack_is_half_the_unit() {
        let whole = Money { pounds: Decimal::ONE, unit: 0 };
        assert_eq!(whole.slack(), Decimal::new(5, 1));
        let thousands = Money { pounds: Decimal::ONE_THOUSAND, unit: 3 };
        assert_eq!(thousands.slack(), Decimal::new(500, 0));
        assert_eq!(Money::ZERO.slack(), Decimal::ZERO);
    }
}
