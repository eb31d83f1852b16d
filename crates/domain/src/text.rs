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
    fn addresses() {
        assert!(is_email("a@b.c"));
        assert!(is_email("иван@пример.рф"));
        for bad in ["", "a", "@b", "a@", "a@b@c", "a b@c.d", "a@.c"] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
