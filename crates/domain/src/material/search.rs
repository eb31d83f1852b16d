//! What of a word is looked for, so that a search finds the other forms of the word as well.

use crate::text::fold;

/// How many words of a search count.
const MAX_WORDS: usize = 8;
/// How many letters stay at least.
const MIN_STEM: usize = 4;

/// Endings of Russian words, the longer ones before those that they contain.
const RUSSIAN: [&str; 46] = [
    "иями", "ями", "ами", "иях", "иям", "ием", "ией", "ого", "его", "ому", "ему", "ыми", "ими",
    "ия", "ии", "ию", "ий", "ие", "ый", "ой", "ая", "яя", "ое", "ее", "ые", "ую", "юю", "ым", "им",
    "ом", "ем", "ам", "ям", "ах", "ях", "ов", "ев", "ей", "а", "я", "о", "е", "ы", "и", "у", "ь",
];
/// Endings of English words.
const ENGLISH: [&str; 6] = ["ing", "ies", "ed", "es", "s", "e"];

/// The words of a search without their endings, folded as stored texts are. A material is found when
/// each of them occurs in it. They have letters and digits only.
#[must_use]
pub fn stems(query: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in fold(query)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let stem = stem(word);
        if !found.contains(&stem) {
            found.push(stem);
        }
    }
    found.truncate(MAX_WORDS);
    found
}

fn stem(word: &str) -> String {
    let endings: &[&str] = if word.is_ascii() { &ENGLISH } else { &RUSSIAN };
    endings
        .iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .find(|rest| rest.chars().count() >= MIN_STEM)
        .unwrap_or(word)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_its_other_forms() {
        for (asked, text) in [
            ("внедрение", "этапы внедрения"),
            ("Презентация", "для презентаций"),
            ("ЁМКОСТИ", "емкость склада"),
            ("приёмка", "акты приемки"),
            ("pricing", "what price to ask"),
            ("deliveries", "one delivery"),
            ("API", "rapid"),
        ] {
            let stems = stems(asked);
            assert!(
                !stems.is_empty() && stems.iter().all(|s| text.contains(s)),
                "{asked}: {stems:?}"
            );
        }
    }

    #[test]
    fn a_search_is_words_and_nothing_else() {
        assert_eq!(stems("  50% off'; -- D-12 "), ["50", "off", "d", "12"]);
        assert!(stems("!?").is_empty());
        assert_eq!(stems("дом"), ["дом"]);
    }
}
