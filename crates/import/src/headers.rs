//! Which field a header means.

mod synonyms;

use std::collections::HashMap;
use std::sync::LazyLock;

use etalon_domain::import::{ImportField, ImportKind};
use etalon_domain::text::normalize_name;

/// A field that a header may mean, and how well: the smaller, the better.
pub type Match = (ImportField, usize);

/// Normalized header → field, per kind of file.
static MEANINGS: LazyLock<HashMap<ImportKind, HashMap<String, Match>>> = LazyLock::new(|| {
    let mut meanings = HashMap::new();
    for kind in ImportKind::ORDER {
        let mut of_kind: HashMap<String, Match> = HashMap::new();
        for (field, names) in synonyms::of_kind(kind) {
            for (rank, name) in names.split('|').enumerate() {
                of_kind
                    .entry(normalize_name(name))
                    .or_insert((*field, rank));
            }
        }
        for field in kind.fields() {
            of_kind
                .entry(normalize_name(field.as_str()))
                .or_insert((*field, 0));
        }
        meanings.insert(kind, of_kind);
    }
    meanings
});

/// The field of a kind that a header means. Case, blanks and punctuation make no difference; what
/// stands in brackets (`Revenue (M)`) or before a colon (`Deal: Budget`) is left out when the whole
/// header means nothing.
#[must_use]
pub fn meaning(kind: ImportKind, header: &str) -> Option<Match> {
    let names = MEANINGS.get(&kind)?;
    let find = |text: &str| names.get(normalize_name(text).as_str()).copied();
    find(header)
        .or_else(|| find(before_brackets(header)))
        .or_else(|| find(header.rsplit_once(':')?.1))
}

/// By what the amounts of a column are multiplied, as its header says: `Revenue, thousands`,
/// `Выручка (млн)`.
#[must_use]
pub fn scale(header: &str) -> i64 {
    let folded = header.to_lowercase();
    let mut words = folded.split(|c: char| !c.is_alphabetic());
    words
        .find_map(|word| match word {
            "m" | "mm" | "mln" | "million" | "millions" | "млн" | "миллион" | "миллионы"
            | "миллионов" => Some(1_000_000),
            "k" | "thousand" | "thousands" | "тыс" | "тысяч" | "тысячи" => {
                Some(1_000)
            }
            _ => None,
        })
        .unwrap_or(1)
}

fn before_brackets(header: &str) -> &str {
    header.split(['(', '[', ',']).next().unwrap_or(header)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ImportField as F;
    use ImportKind as K;

    #[test]
    fn headers_of_the_usual_systems() {
        for (kind, header, field) in [
            (K::Deals, "opportunity_id", F::ExternalId),
            (K::Deals, "sales_agent", F::Owner),
            (K::Deals, "Название сделки", F::Title),
            (K::Deals, "Этап сделки", F::Stage),
            (K::Deals, "Бюджет", F::Amount),
            (K::Deals, "Deal - Organization", F::Account),
            (K::Deals, "Opportunity Owner", F::Owner),
            (K::Deals, "Сделка: Сумма", F::Amount),
            (K::Deals, "Amount (USD)", F::Amount),
            (K::People, "regional_office", F::Department),
            (K::People, "sales_agent", F::Name),
            (K::Accounts, "ИНН", F::TaxNumber),
            (K::Accounts, "office_location", F::Country),
            (K::Accounts, "Revenue (M)", F::AnnualRevenue),
            (K::Contacts, "Рабочий e-mail", F::Email),
            (K::Products, "sales_price", F::Price),
        ] {
            assert_eq!(meaning(kind, header).map(|m| m.0), Some(field), "{header}");
        }
        assert_eq!(meaning(K::Deals, "Shoe size"), None);
        assert_eq!(meaning(K::Unknown, "name"), None);
    }

    #[test]
    fn the_field_names_of_the_product_itself_are_headers() {
        for kind in K::ORDER {
            for field in kind.fields() {
                let found = meaning(kind, field.as_str()).map(|m| m.0);
                assert_eq!(found, Some(*field), "{kind} {field}");
            }
        }
    }

    #[test]
    fn synonyms_lead_to_fields_of_their_kind() {
        for kind in K::ORDER {
            for (field, _) in synonyms::of_kind(kind) {
                assert!(kind.fields().contains(field), "{kind} {field}");
            }
        }
    }

    #[test]
    fn scales() {
        assert_eq!(scale("Выручка, млн руб."), 1_000_000);
        assert_eq!(scale("Revenue (k)"), 1_000);
        assert_eq!(scale("Market revenue"), 1);
    }
}
