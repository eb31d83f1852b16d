use etalon_domain::endpoint::{Create, Leads};
use etalon_domain::error::{FieldError, validate};
use etalon_domain::lead::{Lead, LeadDraft};
use etalon_domain::policy;
use leptos::prelude::*;

use super::actions::KINDS;
use crate::address::use_go;
use crate::api;
use crate::i18n::{arguments, t, t_with};
use crate::query::invalidate;
use crate::records::{Edited, edit_form};
use crate::routes::paths;
use crate::session;
use crate::ui::{Form, FormPanel, PickerField, PickerSource, TextArea, TextField, toast};

/// The panel of a new lead.
#[component]
pub(super) fn NewLead(
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let me = session::me();
    let form = Form::new(LeadDraft {
        owner_id: me.as_ref().map(|me| me.user.id.clone()),
        ..LeadDraft::default()
    });
    let names = Names {
        owner: me.map(|me| me.user.name),
        ..Names::default()
    };
    let go = use_go();
    let submit = move |()| {
        let send = |draft: LeadDraft| api::call(Create::<Leads>(draft.normalized()));
        form.submit(check, send, move |lead: Lead| {
            invalidate(KINDS);
            toast::done(t_with("lead-created", &arguments! { "name" => lead.title }));
            go.replace(paths::lead(lead.id.as_str()));
        });
    };
    view! {
        <FormPanel title=t("create-lead") form submit=t("lead-create") on_submit=submit on_close>
            {fields(form, names)}
        </FormPanel>
    }
    .into_any()
}

/// The panel that changes a lead.
#[component]
pub(super) fn LeadEditor(
    /// The lead.
    lead: Lead,
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let form = Form::new(LeadDraft::from(&lead));
    let done = move |_| {
        invalidate(KINDS);
        toast::done(t("saved"));
        on_close.run(());
    };
    let id = lead.id.to_string();
    let Edited { submit, dialog } = edit_form::<Leads>(form, id, lead.version, check, done);
    let names = Names {
        account: lead.account_name,
        contact: lead.contact_name,
        owner: Some(lead.owner_name),
        department: lead.department_name,
    };
    view! {
        <FormPanel title=lead.title form submit=t("save") on_submit=submit on_close>
            {fields(form, names)}
        </FormPanel>
        {dialog}
    }
    .into_any()
}

fn check(draft: &LeadDraft) -> Vec<FieldError> {
    validate(&draft.clone().normalized())
}

/// The names of the records that a draft names by identifier.
#[derive(Clone, Default)]
struct Names {
    account: Option<String>,
    contact: Option<String>,
    owner: Option<String>,
    department: Option<String>,
}

fn fields(form: Form<LeadDraft>, names: Names) -> AnyView {
    let title = form.field("title", |d: &LeadDraft| d.title.clone(), |d, v| d.title = v);
    let company = form.optional_text(
        "company_name",
        |d| &d.company_name,
        |d, v| d.company_name = v,
    );
    let person = form.optional_text("person_name", |d| &d.person_name, |d, v| d.person_name = v);
    let email = form.optional_text("email", |d| &d.email, |d, v| d.email = v);
    let phone = form.optional_text("phone", |d| &d.phone, |d, v| d.phone = v);
    let tax = form.optional_text("tax_number", |d| &d.tax_number, |d, v| d.tax_number = v);
    let message = form.optional_text("message", |d| &d.message, |d, v| d.message = v);
    let source = form.optional_text("source", |d| &d.source, |d, v| d.source = v);
    let account = form.field(
        "account_id",
        |d: &LeadDraft| d.account_id.as_ref().map(ToString::to_string),
        |d, v| d.account_id = v.map(Into::into),
    );
    let contact = form.field(
        "contact_id",
        |d: &LeadDraft| d.contact_id.as_ref().map(ToString::to_string),
        |d, v| d.contact_id = v.map(Into::into),
    );
    let of_account = account.get;
    view! {
        <TextField bound=title label=t("field-title") help=t("lead-title-help") required=true autofocus=true />
        <div class="form-pair">
            <TextField bound=company label=t("field-company-name") />
            <TextField bound=person label=t("lead-person") />
        </div>
        <div class="form-pair">
            <TextField bound=email label=t("field-email") kind="email" />
            <TextField bound=phone label=t("field-phone") kind="tel" />
        </div>
        <div class="form-pair">
            <TextField bound=source label=t("field-source") />
            <TextField bound=tax label=t("field-tax-number") />
        </div>
        <TextArea bound=message label=t("field-message") />
        <PickerField
            bound=account
            label=t("field-account-id")
            source=PickerSource::Accounts
            name=names.account.clone()
            help=t("lead-account-help")
        />
        <PickerField
            bound=contact
            label=t("lead-contact")
            source=PickerSource::Contacts(of_account)
            name=names.contact.clone()
        />
        {ownership(form, &names)}
    }
    .into_any()
}

/// Owner and department, for those who may give leads to others.
fn ownership(form: Form<LeadDraft>, names: &Names) -> Option<AnyView> {
    session::may(policy::may_reassign).then(|| {
        let owner = form.field(
            "owner_id",
            |d: &LeadDraft| d.owner_id.as_ref().map(ToString::to_string),
            |d, v| d.owner_id = v.map(Into::into),
        );
        let department = form.field(
            "department_id",
            |d: &LeadDraft| d.department_id.as_ref().map(ToString::to_string),
            |d, v| d.department_id = v.map(Into::into),
        );
        view! {
            <div class="form-pair">
                <PickerField
                    bound=owner
                    label=t("field-owner-id")
                    source=PickerSource::Users
                    name=names.owner.clone()
                />
                <PickerField
                    bound=department
                    label=t("field-department-id")
                    source=PickerSource::Departments
                    name=names.department.clone()
                />
            </div>
        }
        .into_any()
    })
}
