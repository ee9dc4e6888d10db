//! Numbers as they are stored, and the decimals that they stand for.

use rust_decimal::Decimal;

/// The decimal that Excel shows for a stored number: fifteen significant digits. `None` if it is not finite or has more
/// digits than a decimal holds.
#[must_use]
pub fn stored_decimal(number: f64) -> Option<Decimal> {
    whole_pennies(number).or_else(|| from_digits(number))
}

/// Numbers that are the nearest stored form of whole pennies, which nearly all amounts are. The division gives the
/// nearest stored form of the pennies; if that is the number, its fifteen digits are the pennies.
#[expect(
    clippy::float_arithmetic,
    reason = "only asks whether a stored number is the nearest one to whole pennies"
)]
fn whole_pennies(number: f64) -> Option<Decimal> {
    const MOST: f64 = 1e14;
    let pennies = (number * 100.0).round();
    if !number.is_finite() || pennies.abs() >= MOST || (pennies / 100.0).to_bits() != number.to_bits() {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "below 1e14 in size and whole")]
    let pennies = pennies as i64;
    let (pounds, rest) = (pennies / 100, pennies % 100);
    Some(match (rest, rest % 10) {
        (0, _) => Decimal::from(pounds),
        (_, 0) => Decimal::new(pennies / 10, 1),
        _ => Decimal::new(pennies, 2),
    })
}

fn from_digits(number: f64) -> Option<Decimal> {
    if !number.is_finite() {
        return None;
    }
    let shown = Decimal::from_scientific(&format!("{number:.14e}")).ok();
    // Residue of a calculation may be smaller than fifteen digits of a decimal reach: kept as far as a decimal goes.
    let residue = || Decimal::from_str_exact(&format!("{number:.28}")).ok().filter(|_| number.abs() < 1e-9);
    shown.or_else(residue).map(|value| value.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn stored_numbers_are_what_excel_shows() {
        for (number, shown) in [
            (0.1 + 0.2, "0.3"),
            (1.005, "1.005"),
            (2.675, "2.675"),
            (11300.75, "11300.75"),
            (-4612.0, "-4612"),
            (0.645, "0.645"),
            (1e13, "10000000000000"),
            (1.454_999_999_999_999_8, "1.455"),
            (123_456_789_012_345.0, "123456789012345"),
            (0.0, "0"),
            (-0.0, "0"),
        ] {
            assert_eq!(stored_decimal(number), Some(decimal(shown)), "{number}");
        }
        assert_eq!(stored_decimal(f64::NAN), None);
        assert_eq!(stored_decimal(f64::INFINITY), None);
        assert_eq!(stored_decimal(1e300), None);
        assert_eq!(stored_decimal(5.5e-12), Some(decimal("0.0000000000055")));
    }

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    proptest! {
        #[test]
        fn both_ways_agree(pennies in -99_999_999_999_999_i64..99_999_999_999_999) {
            let number: f64 = Decimal::new(pennies, 2).to_string().parse().expect("a number");
            prop_assert_eq!(stored_decimal(number), Some(Decimal::new(pennies, 2)));
            prop_assert_eq!(from_digits(number), Some(Decimal::new(pennies, 2)));
        }

        #[test]
        fn the_quick_way_never_differs(bits in any::<u64>()) {
            let number = f64::from_bits(bits);
            if let Some(quick) = whole_pennies(number) {
                prop_assert_eq!(Some(quick), from_digits(number));
            }
        }

        #[test]
        fn nearly_whole_pennies_keep_their_fraction(pennies in 1_i64..1_000_000_000, steps in 1_u64..4_000_000) {
            let near = f64::from_bits(Decimal::new(pennies, 2).to_string().parse::<f64>().expect("a number").to_bits() + steps);
            prop_assert_eq!(stored_decimal(near), from_digits(near));
        }
    }
}
