use etalon_domain::endpoint::{Create, GetRecord, Products};
use etalon_domain::error::validate;
use etalon_domain::product::{Product, ProductDraft};
use leptos::prelude::*;

use super::products::KINDS;
use crate::api;
use crate::i18n::{arguments, t, t_with};
use crate::query::{invalidate, use_query};
use crate::records::{Edited, edit_form};
use crate::ui::{
    Checkbox, DecimalField, ErrorState, Form, FormPanel, MoneyField, Panel, SkeletonRows,
    TextField, toast,
};

/// The panel of a new product.
#[component]
pub(super) fn NewProduct(
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let form = Form::new(ProductDraft::named(""));
    let submit = move |()| {
        let send = |draft| api::call(Create::<Products>(draft));
        form.submit(validate, send, move |product: Product| {
            invalidate(KINDS);
            let name = product.name;
            toast::done(t_with("product-added", &arguments! { "name" => name }));
            on_close.run(());
        });
    };
    view! {
        <FormPanel title=t("product-new") form submit=t("product-add") on_submit=submit on_close>
            {fields(form)}
        </FormPanel>
    }
    .into_any()
}

/// The panel that changes a product, read by identifier.
#[component]
pub(super) fn ProductEditor(
    /// Identifier of the product.
    id: String,
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let query = use_query(move || Some(GetRecord::<Products>::new(id.clone())));
    let is_there = Memo::new(move |_| query.data.with(Option::is_some));
    move || {
        if is_there.get() {
            let product = query.data.get_untracked();
            return product.map(|product| editor(product, on_close));
        }
        let content = move || match query.failure.get() {
            Some(failure) => {
                view! { <ErrorState failure on_retry=move |()| query.retry() /> }.into_any()
            }
            None => view! { <SkeletonRows rows=4 /> }.into_any(),
        };
        let panel = view! {
            <Panel title=t("product-edit") on_close>
                <div class="dialog-body">{content}</div>
            </Panel>
        };
        Some(panel.into_any())
    }
}

fn editor(product: Product, on_close: Callback<()>) -> AnyView {
    let form = Form::new(ProductDraft::from(&product));
    let done = move |_| {
        invalidate(KINDS);
        toast::done(t("saved"));
        on_close.run(());
    };
    let id = product.id.to_string();
    let Edited { submit, dialog } =
        edit_form::<Products>(form, id, product.version, validate, done);
    view! {
        <FormPanel title=product.name form submit=t("save") on_submit=submit on_close>
            {fields(form)}
        </FormPanel>
        {dialog}
    }
    .into_any()
}

fn fields(form: Form<ProductDraft>) -> AnyView {
    form.call("category", "field-series");
    let name = form.field("name", |d: &ProductDraft| d.name.clone(), |d, v| d.name = v);
    let category = form.optional_text("category", |d| &d.category, |d, v| d.category = v);
    let sku = form.optional_text("sku", |d| &d.sku, |d, v| d.sku = v);
    let unit = form.optional_text("unit", |d| &d.unit, |d, v| d.unit = v);
    let cost = form.field("cost", |d: &ProductDraft| d.cost, |d, v| d.cost = v);
    let vat = form.field(
        "vat_rate",
        |d: &ProductDraft| d.vat_rate,
        |d, v| d.vat_rate = v,
    );
    let price = form.field("price", |d: &ProductDraft| d.price, |d, v| d.price = v);
    let active = form.field("active", |d: &ProductDraft| d.active, |d, v| d.active = v);
    view! {
        <TextField bound=name label=t("field-name") required=true autofocus=true />
        <div class="form-pair">
            <TextField bound=sku label=t("field-sku") />
            <TextField bound=unit label=t("field-unit") help=t("product-unit-help") />
        </div>
        <TextField bound=category label=t("field-series") />
        <MoneyField bound=price label=t("field-price") />
        <MoneyField bound=cost label=t("field-cost") help=t("product-cost-help") />
        <DecimalField bound=vat label=t("field-vat-rate") />
        <Checkbox bound=active label=t("product-active") help=t("product-active-help") />
    }
    .into_any()
}
