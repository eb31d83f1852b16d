//! What an import writes by itself into records, in the language of the importing person.

use etalon_domain::user::Language;

/// A deal of which nothing is known.
pub(super) const fn deal(language: Language) -> &'static str {
    match language {
        Language::En => "Deal",
        Language::Ru => "Сделка",
    }
}

/// Why a deal is closed when the former system does not say it.
pub(super) fn closed_there(language: Language, source: Option<&str>) -> String {
    match (language, source) {
        (Language::En, Some(source)) => format!("Closed in {source}"),
        (Language::En, None) => "Closed in the former system".to_owned(),
        (Language::Ru, Some(source)) => format!("Закрыта в {source}"),
        (Language::Ru, None) => "Закрыта в прежней системе".to_owned(),
    }
}

/// To whom a deal is rerouted when the former system does not say it.
pub(super) const fn rerouted_to_somebody(language: Language) -> &'static str {
    match language {
        Language::En => "Not named in the former system",
        Language::Ru => "В прежней системе не указано",
    }
}

/// Why a deal passes requirements that are not met.
pub(super) fn imported_from(language: Language, source: Option<&str>) -> String {
    match (language, source) {
        (Language::En, Some(source)) => format!("Imported from {source}"),
        (Language::En, None) => "Imported from the former system".to_owned(),
        (Language::Ru, Some(source)) => format!("Импортировано из {source}"),
        (Language::Ru, None) => "Импортировано из прежней системы".to_owned(),
    }
}
