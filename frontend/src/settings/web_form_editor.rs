use etalon_domain::endpoint::{Create, LeadForms};
use etalon_domain::error::{FieldError, validate};
use etalon_domain::lead_form::{LeadForm, LeadFormDraft};
use leptos::prelude::*;

use super::web_forms::KINDS;
use crate::address::use_changes;
use crate::api;
use crate::i18n::{arguments, t, t_with};
use crate::query::invalidate;
use crate::records::{Edited, edit_form};
use crate::session;
use crate::ui::{Checkbox, Form, FormPanel, PickerField, PickerSource, TextArea, TextField, toast};

/// The panel of a new web form.
#[component]
pub(super) fn NewWebForm(
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let me = session::me();
    let form = Form::new(LeadFormDraft {
        owner_id: me.as_ref().map(|me| me.user.id.clone()),
        source: Some(t("web-form-source")),
        ..LeadFormDraft::default()
    });
    let changes = use_changes();
    let submit = move |()| {
        let send = |draft: LeadFormDraft| api::call(Create::<LeadForms>(draft.normalized()));
        form.submit(check, send, move |made: LeadForm| {
            invalidate(KINDS);
            let name = made.name;
            toast::done(t_with("web-form-added", &arguments! { "name" => name }));
            changes.apply(&[("form", None)]);
        });
    };
    view! {
        <FormPanel title=t("web-form-new") form submit=t("web-form-add") on_submit=submit on_close>
            {fields(form, me.map(|me| me.user.name))}
        </FormPanel>
    }
    .into_any()
}

/// The panel that changes a web form.
#[component]
pub(super) fn WebFormEditor(
    /// The form.
    form: LeadForm,
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let draft = Form::new(LeadFormDraft::from(&form));
    let done = move |_| {
        invalidate(KINDS);
        toast::done(t("saved"));
        on_close.run(());
    };
    let id = form.id.to_string();
    let Edited { submit, dialog } = edit_form::<LeadForms>(draft, id, form.version, check, done);
    view! {
        <FormPanel title=form.name form=draft submit=t("save") on_submit=submit on_close>
            {fields(draft, Some(form.owner_name))}
        </FormPanel>
        {dialog}
    }
    .into_any()
}

fn check(draft: &LeadFormDraft) -> Vec<FieldError> {
    validate(&draft.clone().normalized())
}

fn fields(form: Form<LeadFormDraft>, owner: Option<String>) -> AnyView {
    let name = form.field(
        "name",
        |d: &LeadFormDraft| d.name.clone(),
        |d, v| d.name = v,
    );
    let source = form.optional_text("source", |d| &d.source, |d, v| d.source = v);
    let owner_id = form.field(
        "owner_id",
        |d: &LeadFormDraft| d.owner_id.as_ref().map(ToString::to_string),
        |d, v| d.owner_id = v.map(Into::into),
    );
    let origins = form.field(
        "allowed_origins",
        |d: &LeadFormDraft| d.allowed_origins.join("\n"),
        |d, v| d.allowed_origins = v.split('\n').map(str::to_owned).collect(),
    );
    let redirect = form.optional_text(
        "redirect_url",
        |d| &d.redirect_url,
        |d, v| d.redirect_url = v,
    );
    let active = form.field("active", |d: &LeadFormDraft| d.active, |d, v| d.active = v);
    view! {
        <TextField bound=name label=t("field-name") help=t("web-form-name-help") required=true autofocus=true />
        <PickerField
            bound=owner_id
            label=t("web-form-owner")
            source=PickerSource::Users
            name=owner
            help=t("web-form-owner-help")
        />
        <TextField bound=source label=t("field-source") />
        <TextArea
            bound=origins
            label=t("field-allowed-origins")
            help=t("web-form-origins-help")
        />
        <TextField
            bound=redirect
            label=t("field-redirect-url")
            help=t("web-form-redirect-help")
            kind="url"
        />
        <Checkbox bound=active label=t("web-form-active") help=t("web-form-active-help") />
    }
    .into_any()
}
