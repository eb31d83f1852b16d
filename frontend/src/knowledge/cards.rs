//! Materials in a few lines, as lists show them.

use etalon_domain::material::{Material, MaterialStatus, MaterialUsage, SuggestionReason};
use leptos::prelude::*;

use crate::i18n::{arguments, t, t_count, t_with, words};
use crate::ui::{Badge, Tone, icon};

/// The languages that we have names for, the usual ones first.
pub(super) const LANGUAGES: [&str; 12] = [
    "en", "ru", "de", "fr", "es", "it", "pt", "pl", "tr", "kk", "uz", "zh",
];

/// The name of a language; its code when we have no name for it.
pub(super) fn language_name(code: &str) -> String {
    if LANGUAGES.contains(&code) {
        words::word("language", code)
    } else {
        code.to_uppercase()
    }
}

/// The name of a state.
pub(super) fn status_name(status: MaterialStatus) -> String {
    words::word("material-status", status.as_str())
}

/// The state of a material, unless it is simply there.
pub(super) fn state_mark(status: MaterialStatus) -> Option<AnyView> {
    let tone = match status {
        MaterialStatus::Published => return None,
        MaterialStatus::Draft => Tone::Warning,
        MaterialStatus::Archived => Tone::Neutral,
    };
    Some(view! { <Badge tone>{status_name(status)}</Badge> }.into_any())
}

/// Tags, branches, needs and products as labels.
pub(super) fn labels(material: &Material) -> AnyView {
    let products = material.products.iter().map(|product| &product.name);
    let words: Vec<&String> = (material.tags.iter())
        .chain(&material.industries)
        .chain(&material.need_types)
        .chain(products)
        .collect();
    let marks = words
        .iter()
        .map(|word| view! { <li class="mark">{(*word).clone()}</li> })
        .collect_view();
    (!words.is_empty())
        .then(|| view! { <ul class="material-labels">{marks}</ul> })
        .into_any()
}

/// How often a material was shown.
pub(super) fn usage_text(usage: MaterialUsage) -> String {
    if usage.deals == 0 {
        return t("material-unused");
    }
    let deals = t_count("material-used-deals", usage.deals);
    let won = t_count("material-used-won", usage.won);
    t_with(
        "material-used",
        &arguments! { "deals" => deals, "won" => won },
    )
}

/// Language, files and use in one line.
pub(super) fn meta(material: &Material) -> AnyView {
    let files = (material.files > 0).then(|| {
        view! {
            <span class="material-fact">
                {icon!("paperclip")} {t_count("material-files", material.files)}
            </span>
        }
    });
    view! {
        <p class="material-meta">
            <span class="material-fact">
                {icon!("languages")} {language_name(&material.language)}
            </span>
            {files}
            <span class="material-fact">
                {icon!("chart-column")} {usage_text(material.usage)}
            </span>
        </p>
    }
    .into_any()
}

/// Why a material fits, in words.
pub(super) fn reasons_text(reasons: &[SuggestionReason]) -> String {
    let names = (reasons.iter()).map(|reason| words::word("fits", reason.as_str()));
    t_with(
        "material-fits",
        &arguments! { "reasons" => names.collect::<Vec<_>>().join(", ") },
    )
}

/// A material as an entry of a list: `title` leads to it, `more` stands at the end of the entry,
/// `below` under it.
pub(super) fn card(
    material: &Material,
    title: AnyView,
    more: Option<AnyView>,
    below: Option<AnyView>,
) -> AnyView {
    let summary = material.summary.clone();
    view! {
        <li class="material-card">
            <div class="material-card-main">
                <p class="material-title">{title} {state_mark(material.status)}</p>
                {summary.map(|text| view! { <p class="material-summary">{text}</p> })}
                {labels(material)} {meta(material)}
            </div>
            {more.map(|more| view! { <div class="material-choose">{more}</div> })}
            {below}
        </li>
    }
    .into_any()
}
