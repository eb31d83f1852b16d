use etalon_domain::account::{Account, AccountDraft, AccountKind};
use etalon_domain::endpoint::{Accounts, Create};
use etalon_domain::error::validate;
use leptos::prelude::*;

use super::actions::KINDS;
use super::kind_name;
use crate::address::use_go;
use crate::api;
use crate::i18n::{arguments, t, t_with};
use crate::query::invalidate;
use crate::records::{Edited, edit_form};
use crate::routes::paths;
use crate::session;
use crate::ui::{
    Choice, Form, FormPanel, MoneyField, NumberField, PickerField, PickerSource, SelectField,
    TextArea, TextField, toast,
};

/// The panel of a new account.
#[component]
pub(super) fn NewAccount(
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let me = session::me();
    let form = Form::new(AccountDraft {
        owner_id: me.as_ref().map(|me| me.user.id.clone()),
        ..AccountDraft::named("")
    });
    let go = use_go();
    let submit = move |()| {
        let send = |draft| api::call(Create::<Accounts>(draft));
        form.submit(validate, send, move |account: Account| {
            invalidate(KINDS);
            let name = account.name;
            toast::done(t_with("account-created", &arguments! { "name" => name }));
            go.replace(paths::account(account.id.as_str()));
        });
    };
    let owner = me.map(|me| me.user.name);
    view! {
        <FormPanel title=t("create-account") form submit=t("account-create") on_submit=submit on_close>
            {fields(form, None, owner)}
        </FormPanel>
    }
}

/// The panel that changes an account.
#[component]
pub(super) fn AccountEditor(
    /// The account.
    account: Account,
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let form = Form::new(AccountDraft::from(&account));
    let done = move |_| {
        invalidate(KINDS);
        toast::done(t("saved"));
        on_close.run(());
    };
    let id = account.id.to_string();
    let Edited { submit, dialog } =
        edit_form::<Accounts>(form, id, account.version, validate, done);
    view! {
        <FormPanel title=account.name form submit=t("save") on_submit=submit on_close>
            {fields(form, account.parent_name, account.owner_name)}
        </FormPanel>
        {dialog}
    }
}

fn fields(form: Form<AccountDraft>, parent: Option<String>, owner: Option<String>) -> AnyView {
    let name = form.field("name", |d: &AccountDraft| d.name.clone(), |d, v| d.name = v);
    let kind = form.field(
        "kind",
        |d: &AccountDraft| d.kind.to_string(),
        |d, v| d.kind = v.parse().unwrap_or(AccountKind::Customer),
    );
    let kinds: Vec<Choice> = AccountKind::ALL
        .iter()
        .map(|kind| Choice::new(kind.as_str(), kind_name(*kind)))
        .collect();
    let industry = form.optional_text("industry", |d| &d.industry, |d, v| d.industry = v);
    let owner_id = form.field(
        "owner_id",
        |d: &AccountDraft| d.owner_id.as_ref().map(ToString::to_string),
        |d, v| d.owner_id = v.map(Into::into),
    );
    let parent_id = form.field(
        "parent_id",
        |d: &AccountDraft| d.parent_id.as_ref().map(ToString::to_string),
        |d, v| d.parent_id = v.map(Into::into),
    );
    let description =
        form.optional_text("description", |d| &d.description, |d, v| d.description = v);
    view! {
        <TextField bound=name label=t("field-name") required=true autofocus=true />
        <div class="form-pair">
            <SelectField bound=kind label=t("field-kind") choices=kinds />
            <TextField bound=industry label=t("field-industry") />
        </div>
        <PickerField bound=owner_id label=t("field-owner-id") source=PickerSource::Users name=owner />
        {reach(form)}
        {size(form)}
        <PickerField
            bound=parent_id
            label=t("field-parent-id")
            source=PickerSource::Accounts
            name=parent
        />
        <TextArea bound=description label=t("field-description") />
    }
    .into_any()
}

/// How to reach the company.
fn reach(form: Form<AccountDraft>) -> AnyView {
    let website = form.optional_text("website", |d| &d.website, |d, v| d.website = v);
    let phone = form.optional_text("phone", |d| &d.phone, |d, v| d.phone = v);
    let email = form.optional_text("email", |d| &d.email, |d, v| d.email = v);
    let country = form.optional_text("country", |d| &d.country, |d, v| d.country = v);
    let city = form.optional_text("city", |d| &d.city, |d, v| d.city = v);
    let address = form.optional_text("address", |d| &d.address, |d, v| d.address = v);
    view! {
        <div class="form-pair">
            <TextField bound=phone label=t("field-phone") kind="tel" />
            <TextField bound=email label=t("field-email") kind="email" />
        </div>
        <TextField bound=website label=t("field-website") kind="url" />
        <div class="form-pair">
            <TextField bound=country label=t("field-country") />
            <TextField bound=city label=t("field-city") />
        </div>
        <TextField bound=address label=t("field-address") />
    }
    .into_any()
}

/// How large it is, and its number.
fn size(form: Form<AccountDraft>) -> AnyView {
    let tax = form.optional_text("tax_number", |d| &d.tax_number, |d, v| d.tax_number = v);
    let employees = form.field(
        "employees",
        |d: &AccountDraft| d.employees,
        |d, v| d.employees = v,
    );
    let founded = form.field(
        "founded_year",
        |d: &AccountDraft| d.founded_year.map(i64::from),
        |d, v| d.founded_year = v.map(|year| i32::try_from(year).unwrap_or(i32::MAX)),
    );
    let revenue = form.field(
        "annual_revenue",
        |d: &AccountDraft| d.annual_revenue,
        |d, v| d.annual_revenue = v,
    );
    view! {
        <div class="form-pair">
            <TextField bound=tax label=t("field-tax-number") />
            <NumberField bound=founded label=t("field-founded-year") />
        </div>
        <div class="form-pair">
            <NumberField bound=employees label=t("field-employees") />
            <MoneyField bound=revenue label=t("field-annual-revenue") />
        </div>
    }
    .into_any()
}
