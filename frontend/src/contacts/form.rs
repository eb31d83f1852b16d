use etalon_domain::contact::{Contact, ContactDraft};
use etalon_domain::endpoint::{Contacts, Create};
use etalon_domain::error::validate;
use etalon_domain::id::AccountId;
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

/// The panel of a new contact.
#[component]
pub fn NewContact(
    /// The company that the contact belongs to: identifier and name. With one, the page stays; else
    /// it becomes that of the contact.
    account: Option<(AccountId, String)>,
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let me = session::me();
    let stays = account.is_some();
    let (account_id, account_name) = account.unzip();
    let form = Form::new(ContactDraft {
        owner_id: me.as_ref().map(|me| me.user.id.clone()),
        account_id,
        ..ContactDraft::default()
    });
    let go = use_go();
    let submit = move |()| {
        let send = |draft| api::call(Create::<Contacts>(draft));
        form.submit(validate, send, move |contact: Contact| {
            invalidate(KINDS);
            let name = contact.name;
            toast::done(t_with("contact-created", &arguments! { "name" => name }));
            if stays {
                on_close.run(());
            } else {
                go.replace(paths::contact(contact.id.as_str()));
            }
        });
    };
    let owner = me.map(|me| me.user.name);
    view! {
        <FormPanel title=t("create-contact") form submit=t("contact-create") on_submit=submit on_close>
            {fields(form, account_name, owner)}
        </FormPanel>
    }
}

/// The panel that changes a contact.
#[component]
pub(super) fn ContactEditor(
    /// The contact.
    contact: Contact,
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let form = Form::new(ContactDraft::from(&contact));
    let done = move |_| {
        invalidate(KINDS);
        toast::done(t("saved"));
        on_close.run(());
    };
    let id = contact.id.to_string();
    let Edited { submit, dialog } =
        edit_form::<Contacts>(form, id, contact.version, validate, done);
    view! {
        <FormPanel title=contact.name form submit=t("save") on_submit=submit on_close>
            {fields(form, contact.account_name, contact.owner_name)}
        </FormPanel>
        {dialog}
    }
}

fn fields(form: Form<ContactDraft>, account: Option<String>, owner: Option<String>) -> AnyView {
    form.call("name", "field-person-name");
    let name = form.field("name", |d: &ContactDraft| d.name.clone(), |d, v| d.name = v);
    let account_id = form.field(
        "account_id",
        |d: &ContactDraft| d.account_id.as_ref().map(ToString::to_string),
        |d, v| d.account_id = v.map(Into::into),
    );
    let owner_id = form.field(
        "owner_id",
        |d: &ContactDraft| d.owner_id.as_ref().map(ToString::to_string),
        |d, v| d.owner_id = v.map(Into::into),
    );
    let position = form.optional_text("position", |d| &d.position, |d, v| d.position = v);
    let phone = form.optional_text("phone", |d| &d.phone, |d, v| d.phone = v);
    let email = form.optional_text("email", |d| &d.email, |d, v| d.email = v);
    let description =
        form.optional_text("description", |d| &d.description, |d, v| d.description = v);
    view! {
        <TextField bound=name label=t("field-person-name") required=true autofocus=true />
        <PickerField
            bound=account_id
            label=t("field-account-id")
            source=PickerSource::Accounts
            name=account
        />
        <TextField bound=position label=t("field-position") />
        <div class="form-pair">
            <TextField bound=phone label=t("field-phone") kind="tel" />
            <TextField bound=email label=t("field-email") kind="email" />
        </div>
        <PickerField bound=owner_id label=t("field-owner-id") source=PickerSource::Users name=owner />
        <TextArea bound=description label=t("field-description") />
    }
    .into_any()
}
