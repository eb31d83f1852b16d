//! A material to be read beside something else.

use etalon_domain::endpoint::{GetRecord, Materials};
use etalon_domain::material::Material;
use leptos::prelude::*;

use super::cards::{labels, meta, state_mark};
use super::markdown::markdown;
use crate::query::use_query;
use crate::records::answered;

/// The text of a material, fetched first.
pub(super) fn text_of(id: String) -> AnyView {
    let query = use_query(move || Some(GetRecord::<Materials>::new(id.clone())));
    answered(query, 4, |material: Material| markdown(&material.body))
}

/// A material with its title, what it is about and its text.
pub(super) fn whole(material: Material) -> AnyView {
    let text = markdown(&material.body);
    let (labels, meta) = (labels(&material), meta(&material));
    view! {
        <article class="material-reading">
            <h3 class="material-reading-title">{material.title} {state_mark(material.status)}</h3>
            {material.summary.map(|text| view! { <p class="material-summary">{text}</p> })}
            {labels}
            {meta}
            {text}
        </article>
    }
    .into_any()
}
