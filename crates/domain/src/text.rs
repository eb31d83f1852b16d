//! Text rules shared by every record: normalization for search and for finding duplicates, and
//! checks of addresses.

/// A text that is none of the words of a closed set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownWord(pub String);

impl std::fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "unknown value '{}'", self.0)
    }
}

impl std::error::Error for UnknownWord {}

/// Folds a text for substring search: lower case, `ё` as `е`, white space collapsed to one blank.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        for c in word.chars().flat_map(char::to_lowercase) {
            folded.push(if c == 'ё' { 'е' } else { c });
        }
    }
    folded
}

/// Normalizes a name for comparison: letters and digits only, folded. `GTX Pro` equals `GTXPro`.
#[must_use]
pub fn normalize_name(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The legal forms that stand before or after the name of a company, folded.
const LEGAL_FORMS: [&str; 22] = [
    "ag", "bv", "co", "corp", "gmbh", "inc", "kg", "limited", "llc", "llp", "ltd", "nv", "oy",
    "plc", "sa", "sarl", "spa", "srl", "ао", "зао", "ооо", "пао",
];

/// The normalized names under which a company may be known: as it is written, without its legal
/// form, and with every usual one before or after. `Northwind GmbH` meets `northwind`.
#[must_use]
pub fn company_names(name: &str) -> Vec<String> {
    let spaced: String = fold(name)
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let bare: String = spaced
        .split_whitespace()
        .filter(|word| !LEGAL_FORMS.contains(word))
        .collect();
    let mut names = vec![normalize_name(name)];
    if !bare.is_empty() {
        names.push(bare.clone());
        for form in LEGAL_FORMS {
            names.push(format!("{form}{bare}"));
            names.push(format!("{bare}{form}"));
        }
    }
    names.retain(|name| !name.is_empty());
    names.sort();
    names.dedup();
    names
}

/// A phone number as it is compared: its digits, without the signs of an international call, and
/// Russian numbers with the country's 7 instead of the long-distance 8. `None` for what has too few
/// digits to tell anybody.
#[must_use]
pub fn phone_key(phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let key = match digits.strip_prefix("00") {
        Some(abroad) => abroad.to_owned(),
        None if digits.len() == 11 && digits.starts_with('8') => format!("7{}", &digits[1..]),
        None => digits,
    };
    (key.len() >= 5).then_some(key)
}

/// A tax number as it is compared: letters and digits, folded. `None` for what has none.
#[must_use]
pub fn tax_key(number: &str) -> Option<String> {
    Some(normalize_name(number)).filter(|key| !key.is_empty())
}

/// Trims a text and turns an empty one into `None`.
#[must_use]
pub fn non_empty(text: Option<String>) -> Option<String> {
    text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty())
}

/// Whether a text looks like an e-mail address: one `@`, something before it, a dotted or local
/// domain after it, no blanks.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    !local.is_empty()
        && !domain.is_empty()
        && !domain.contains('@')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_ignores_case_yo_and_spaces() {
        assert_eq!(fold("  ООО  «Ёлка» "), "ооо «елка»");
    }

    #[test]
    fn normalized_names_meet_despite_blanks_and_quotes() {
        assert_eq!(normalize_name("GTX Pro"), normalize_name("GTXPro"));
        assert_eq!(normalize_name("ООО «Вектор»"), normalize_name("ооо вектор"));
    }

    #[test]
    fn companies_meet_whatever_their_legal_form() {
        let meets = |a: &str, b: &str| company_names(a).contains(&normalize_name(b));
        assert!(meets("northwind  foods", "Northwind Foods GmbH"));
        assert!(meets("Northwind Foods Ltd.", "Northwind Foods, Inc."));
        assert!(meets("ООО «Вектор»", "Вектор, ПАО"));
        assert!(!meets("Northwind", "Northwind Foods"));
        assert_eq!(company_names(" – "), Vec::<String>::new());
        assert_eq!(company_names("AG"), ["ag"]);
    }

    #[test]
    fn phones_and_tax_numbers_meet_however_they_are_written() {
        let key = Some("74951234567".to_owned());
        for phone in ["+7 (495) 123-45-67", "8 495 123 45 67", "007.495.123.4567"] {
            assert_eq!(phone_key(phone), key, "{phone}");
        }
        assert_eq!(phone_key("ext. 12"), None);
        assert_eq!(tax_key("DE 123-456.789"), tax_key("de123456789"));
        assert_eq!(tax_key(" - "), None);
    }

    #[test]
    fn addresses() {
        assert!(is_email("a@b.c"));
        assert!(is_email("иван@пример.рф"));
        for bad in ["", "a", "@b", "a@", "a@b@c", "a b@c.d", "a@.c"] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
