//! The fields of a material.

use etalon_domain::endpoint::ListMaterialLabels;
use etalon_domain::material::{LabelCount, MaterialDraft, MaterialLabels};
use leptos::prelude::*;

use super::cards::{LANGUAGES, language_name};
use crate::i18n::t;
use crate::query::use_query;
use crate::ui::{
    Choice, Form, PickerList, PickerSource, SelectField, TextArea, TextField, WordsField,
};

/// The fields of a material.
pub(super) fn fields(form: Form<MaterialDraft>) -> AnyView {
    let title = form.field(
        "title",
        |d: &MaterialDraft| d.title.clone(),
        |d, v| d.title = v,
    );
    let summary = form.optional_text("summary", |d| &d.summary, |d, v| d.summary = v);
    form.call("body", "material-text");
    let body = form.field(
        "body",
        |d: &MaterialDraft| d.body.clone(),
        |d, v| d.body = v,
    );
    view! {
        <TextField bound=title label=t("field-title") required=true autofocus=true />
        <TextArea bound=summary label=t("field-summary") rows=2 />
        <TextArea bound=body label=t("material-text") help=t("material-text-help") rows=16 />
        {about(form)}
    }
    .into_any()
}

/// What the material is about: by this it is found, and suggested in deals.
fn about(form: Form<MaterialDraft>) -> AnyView {
    let known = use_query(|| Some(ListMaterialLabels));
    let names = move |of: fn(MaterialLabels) -> Vec<LabelCount>| {
        Signal::derive(move || {
            let labels = of(known.data.get().unwrap_or_default());
            labels.into_iter().map(|label| label.name).collect()
        })
    };
    let tags = form.field(
        "tags",
        |d: &MaterialDraft| d.tags.clone(),
        |d, v| d.tags = v,
    );
    let products = form.field(
        "product_ids",
        |d: &MaterialDraft| d.product_ids.iter().map(ToString::to_string).collect(),
        |d, ids: Vec<String>| d.product_ids = ids.into_iter().map(Into::into).collect(),
    );
    let industries = form.field(
        "industries",
        |d: &MaterialDraft| d.industries.clone(),
        |d, v| d.industries = v,
    );
    let needs = form.field(
        "need_types",
        |d: &MaterialDraft| d.need_types.clone(),
        |d, v| d.need_types = v,
    );
    let language = form.field(
        "language",
        |d: &MaterialDraft| d.language.clone(),
        |d, v| d.language = v,
    );
    let languages = Signal::derive(move || {
        let present = form.draft.with(|d| d.language.clone());
        let mut codes = LANGUAGES.map(str::to_owned).to_vec();
        if !codes.contains(&present) {
            codes.push(present);
        }
        let choice = |code: String| Choice::new(code.clone(), language_name(&code));
        codes.into_iter().map(choice).collect::<Vec<_>>()
    });
    view! {
        <WordsField bound=tags label=t("field-tags") known=names(|labels| labels.tags) />
        <PickerList
            bound=products
            label=t("field-products")
            source=PickerSource::Products
            help=t("material-about-help")
        />
        <WordsField
            bound=industries
            label=t("field-industries")
            known=names(|labels| labels.industries)
        />
        <WordsField
            bound=needs
            label=t("field-need-types")
            known=names(|labels| labels.need_types)
        />
        <SelectField bound=language label=t("field-language") choices=languages />
    }
    .into_any()
}
