//! Currencies and decimal texts.

use etalon_domain::money::Currency;

/// Reads a currency: a code in any case, a symbol or a usual name.
#[must_use]
pub fn currency(text: &str) -> Option<Currency> {
    let folded = text.trim().to_uppercase();
    let code = match folded.trim_end_matches('.') {
        "$" | "US$" | "DOLLAR" | "ДОЛЛАР" | "ДОЛЛАР США" => "USD",
        "€" | "EURO" | "ЕВРО" => "EUR",
        "£" => "GBP",
        "₽" | "РУБ" | "Р" | "РУБЛЬ" | "РУБЛЕЙ" | "RUR" | "РОССИЙСКИЙ РУБЛЬ" => {
            "RUB"
        }
        "₸" | "ТГ" | "ТЕНГЕ" => "KZT",
        "₴" | "ГРН" => "UAH",
        code => return Currency::from_code(code),
    };
    Currency::from_code(code)
}

/// Multiplies a plain decimal by 1, 1000 or 1000000, exactly.
#[must_use]
pub fn scaled(decimal: &str, scale: i64) -> String {
    let places = match scale {
        1_000 => 3,
        1_000_000 => 6,
        _ => return decimal.to_owned(),
    };
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let padded = format!("{fraction:0<places$}");
    let (moved, rest) = padded.split_at(places);
    let joined = format!("{whole}{moved}");
    if rest.is_empty() {
        joined
    } else {
        format!("{joined}.{rest}")
    }
}

/// Rounds a plain decimal to a number of places, half to even.
#[must_use]
pub fn rounded(decimal: &str, places: usize) -> String {
    let (sign, digits) = match decimal.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", decimal),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if fraction.len() <= places {
        return decimal.to_owned();
    }
    let (kept, cut) = fraction.split_at(places);
    let mut digits: Vec<u8> = format!("0{whole}{kept}").into_bytes();
    let odd = digits.last().is_some_and(|d| (d - b'0') % 2 == 1);
    let half = cut.trim_end_matches('0');
    let up = half > "5" || (half == "5" && odd);
    if up {
        for digit in digits.iter_mut().rev() {
            if *digit == b'9' {
                *digit = b'0';
            } else {
                *digit += 1;
                break;
            }
        }
    }
    let text: String = digits.into_iter().map(char::from).collect();
    let (whole, fraction) = text.split_at(text.len() - places);
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if places == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn currencies_by_code_symbol_and_name() {
        for (text, code) in [
            ("usd", "USD"),
            ("€", "EUR"),
            ("руб.", "RUB"),
            ("RUR", "RUB"),
        ] {
            assert_eq!(currency(text).map(Currency::code), Some(code), "{text}");
        }
        assert_eq!(currency("doubloons"), None);
    }

    #[test]
    fn scaling_is_exact() {
        assert_eq!(scaled("1100.04", 1_000_000), "1100040000");
        assert_eq!(scaled("4.5478901", 1_000_000), "4547890.1");
        assert_eq!(scaled("7", 1_000), "7000");
        assert_eq!(scaled("7.5", 1), "7.5");
    }

    #[test]
    fn rounding_is_half_to_even() {
        for (text, places, expected) in [
            ("1.005", 2, "1.00"),
            ("1.015", 2, "1.02"),
            ("1.0051", 2, "1.01"),
            ("9.999", 2, "10.00"),
            ("-0.125", 2, "-0.12"),
            ("2.5", 0, "2"),
            ("3.50", 0, "4"),
            ("1.2", 2, "1.2"),
        ] {
            assert_eq!(rounded(text, places), expected, "{text}");
        }
    }
}
