//! The arithmetic of a proposal: exact, in minor units, rounded half to even line by line.

use crate::decimal::{Percent, Quantity};

/// What one line comes to, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineAmounts {
    /// quantity × price × (1 − discount), rounded half to even.
    pub net: i64,
    /// net × VAT rate, rounded half to even.
    pub vat: i64,
}

/// What one line comes to; `None` when the result does not fit 64 bits.
#[must_use]
pub fn line_amounts(
    quantity: Quantity,
    price: i64,
    discount: Percent,
    vat_rate: Percent,
) -> Option<LineAmounts> {
    let rest = Percent::HUNDRED.units().checked_sub(discount.units())?;
    let net = i128::from(quantity.units())
        .checked_mul(price.into())?
        .checked_mul(rest.into())?;
    let whole = i128::from(Quantity::SCALE) * i128::from(Percent::HUNDRED.units());
    let net = i64::try_from(round_half_even(net, whole)).ok()?;
    let vat = i128::from(net) * i128::from(vat_rate.units());
    let vat = round_half_even(vat, Percent::HUNDRED.units().into());
    Some(LineAmounts {
        net,
        vat: i64::try_from(vat).ok()?,
    })
}

/// The sums of rounded lines; `None` when one does not fit 64 bits.
pub fn sum(lines: impl IntoIterator<Item = LineAmounts>) -> Option<LineAmounts> {
    (lines.into_iter()).try_fold(LineAmounts::default(), |sum, line| {
        Some(LineAmounts {
            net: sum.net.checked_add(line.net)?,
            vat: sum.vat.checked_add(line.vat)?,
        })
    })
}

/// Divides and rounds to the nearest whole number; a half goes to the even one. `by` is above zero.
const fn round_half_even(number: i128, by: i128) -> i128 {
    let whole = number.div_euclid(by);
    let rest = number.rem_euclid(by);
    let twice = rest * 2;
    if twice > by || twice == by && whole % 2 != 0 {
        whole + 1
    } else {
        whole
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(quantity: &str, price: i64, discount: &str, vat: &str) -> Option<(i64, i64)> {
        let amounts = line_amounts(
            quantity.parse().unwrap(),
            price,
            discount.parse().unwrap(),
            vat.parse().unwrap(),
        );
        amounts.map(|a| (a.net, a.vat))
    }

    #[test]
    fn worked_examples() {
        // 3 × 19.99 less 10 % = 53.973 → 53.97; 20 % of it = 10.794 → 10.79
        assert_eq!(line("3", 1999, "10", "20"), Some((5397, 1079)));
        // 0.5 × 0.01 = 0.005: the half goes to the even 0.00; 1.5 × 0.01 = 0.015 to 0.02
        assert_eq!(line("0.5", 1, "0", "0"), Some((0, 0)));
        assert_eq!(line("1.5", 1, "0", "0"), Some((2, 0)));
        assert_eq!(line("2.5", 1, "0", "0"), Some((2, 0)));
        // VAT is taken of the rounded net: 12.5 % of 0.20 = 0.025 → 0.02, of 0.60 = 0.075 → 0.08
        assert_eq!(line("1", 20, "0", "12.5"), Some((20, 2)));
        assert_eq!(line("1", 60, "0", "12.5"), Some((60, 8)));
        // yen have no decimals, dinars three
        assert_eq!(line("3", 333, "33.33", "10"), Some((666, 67)));
        assert_eq!(
            line("0.3333", 1_234_567, "12.34", "5"),
            Some((360_704, 18_035))
        );
        assert_eq!(line("7", 100_000, "100", "20"), Some((0, 0)));
    }

    #[test]
    fn what_does_not_fit_is_told_and_nothing_overflows() {
        assert_eq!(line("1", i64::MAX, "0", "0"), Some((i64::MAX, 0)));
        assert_eq!(line("1.0001", i64::MAX, "0", "0"), None);
        assert_eq!(line("922337203685477.5807", i64::MAX, "0", "100"), None);
        let huge = LineAmounts {
            net: i64::MAX,
            vat: 0,
        };
        assert_eq!(sum([huge, huge]), None);
    }

    /// The same by whole numbers only, digit by digit.
    fn slow(number: i128, by: i128) -> i128 {
        let (low, high) = (number.div_euclid(by), number.div_euclid(by) + 1);
        let (to_low, to_high) = (number - low * by, high * by - number);
        match to_low.cmp(&to_high) {
            std::cmp::Ordering::Less => low,
            std::cmp::Ordering::Greater => high,
            std::cmp::Ordering::Equal if low % 2 == 0 => low,
            std::cmp::Ordering::Equal => high,
        }
    }

    proptest! {
        #[test]
        fn a_line_is_rounded_once_and_its_vat_once(
            quantity in 0_i64..10_000_000_000, price in 0_i64..1_000_000_000,
            discount in 0_i64..=10_000, vat_rate in 0_i64..=10_000,
        ) {
            let amounts = line_amounts(
                Quantity::from_units(quantity), price,
                Percent::from_units(discount), Percent::from_units(vat_rate),
            ).unwrap();
            let exact = i128::from(quantity) * i128::from(price) * i128::from(10_000 - discount);
            prop_assert_eq!(i128::from(amounts.net), slow(exact, 100_000_000));
            let vat = i128::from(amounts.net) * i128::from(vat_rate);
            prop_assert_eq!(i128::from(amounts.vat), slow(vat, 10_000));
            prop_assert!(amounts.vat <= amounts.net);
        }

        #[test]
        fn no_input_overflows(quantity: i64, price: i64, discount: i64, vat_rate: i64) {
            let _ = line_amounts(
                Quantity::from_units(quantity), price,
                Percent::from_units(discount), Percent::from_units(vat_rate),
            );
        }
    }
}
