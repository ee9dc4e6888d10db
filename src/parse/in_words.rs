//! Amounts of money that stand among words.

use super::amount;
use rust_decimal::Decimal;

/// The amounts with a pound sign in a text that is more than an amount: `inc £20k A&HW` has one of £20,000. Pounds.
pub(super) fn amounts(text: &str) -> Vec<Decimal> {
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    if letters < 3 {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (at, sign) in text.match_indices('£') {
        let rest = text[at + sign.len()..].trim_start_matches(' ');
        let digits = rest.find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, ',' | '.'));
        let (digits, after) = rest.split_at(digits.unwrap_or(rest.len()));
        let digits = digits.trim_end_matches([',', '.']);
        let unit: String = after.chars().take_while(|letter| letter.is_alphabetic()).collect();
        let unit = if unit.len() <= 2 { unit.as_str() } else { "" };
        let read = |unit: &str| amount::read(&format!("£{digits}{unit}")).ok().and_then(pounds);
        found.extend(read(unit).or_else(|| read("")));
    }
    found
}

fn pounds(written: amount::Written) -> Option<Decimal> {
    let power = u32::from(written.multiplier.unwrap_or(0).unsigned_abs());
    let amount = written.digits.value.checked_mul(Decimal::from(10u64.checked_pow(power)?))?;
    Some(amount.normalize()).filter(|amount| !amount.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_found_among_words() {
        let shown = |text: &str| amounts(text).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        assert_eq!(shown("inc £20k A&HW"), "20000");
        assert_eq!(shown("of which £1,234.50, and £3m later"), "1234.5 3000000");
        assert_eq!(shown("£20,000"), "");
        assert_eq!(shown("about 20k for adults"), "");
        assert_eq!(shown("the £ sign alone"), "");
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,40}", amount in "[0-9,.]{0,40}") {
            let _ = amounts(&text);
            let _ = amounts(&format!("words £{amount}k"));
        }
    }
}
