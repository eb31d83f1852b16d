use etalon_domain::endpoint::{Create, GetRecord, Patch, Users};
use etalon_domain::error::{FieldCode, FieldError, validate};
use etalon_domain::policy;
use etalon_domain::user::{Role, User, UserDraft};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::json;

use super::profile::{language_field, languages};
use crate::api;
use crate::i18n::{arguments, format, language, t, t_with, words};
use crate::query::{invalidate, use_query};
use crate::records::{Edited, edit_form};
use crate::session;
use crate::ui::{
    Checkbox, Choice, ErrorState, Form, FormPanel, Panel, PasswordField, PickerField, PickerSource,
    SelectField, SkeletonRows, TextField, TimeZoneField, toast,
};

/// The lists that show people or name them.
const KINDS: &[&str] = &["users", "departments", "deals", "accounts", "contacts"];

/// The panel of a new person.
#[component]
pub(super) fn NewPerson(
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let own = session::me().map(|me| me.user);
    let form = Form::new(UserDraft {
        name: String::new(),
        email: None,
        role: Role::Manager,
        department_id: own.as_ref().and_then(|user| user.department_id.clone()),
        manager_id: None,
        active: true,
        language: language(),
        time_zone: own
            .as_ref()
            .map_or_else(format::browser_time_zone, |user| user.time_zone.clone()),
        password: None,
    });
    let submit = move |()| {
        let send = |draft| api::call(Create::<Users>(draft));
        form.submit(check, send, move |user: User| {
            invalidate(KINDS);
            toast::done(t_with("person-added", &arguments! { "name" => user.name }));
            on_close.run(());
        });
    };
    let department = own.and_then(|user| user.department_name);
    view! {
        <FormPanel title=t("person-new") form submit=t("person-add") on_submit=submit on_close>
            {fields(form, department, None, false)}
        </FormPanel>
    }
    .into_any()
}

/// The panel that changes a person, read by identifier.
#[component]
pub(super) fn PersonEditor(
    /// Identifier of the person.
    id: String,
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let query = use_query(move || Some(GetRecord::<Users>::new(id.clone())));
    let is_there = Memo::new(move |_| query.data.with(Option::is_some));
    move || {
        if is_there.get() {
            let user = query.data.get_untracked();
            return user.map(|user| editor(user, on_close));
        }
        let content = move || match query.failure.get() {
            Some(failure) => {
                view! { <ErrorState failure on_retry=move |()| query.retry() /> }.into_any()
            }
            None => view! { <SkeletonRows rows=6 /> }.into_any(),
        };
        let panel = view! {
            <Panel title=t("person-edit") on_close>
                <div class="dialog-body">{content}</div>
            </Panel>
        };
        Some(panel.into_any())
    }
}

fn editor(user: User, on_close: Callback<()>) -> AnyView {
    let form = Form::new(UserDraft::from(&user));
    let is_me = session::me().is_some_and(|me| me.user.id == user.id);
    let done = move |_| {
        invalidate(KINDS);
        toast::done(t("saved"));
        on_close.run(());
        if is_me {
            spawn_local(session::resume());
        }
    };
    let id = user.id.to_string();
    let Edited { submit, dialog } = edit_form::<Users>(form, id, user.version, check, done);
    let manager = user.manager_id.as_ref().map(ToString::to_string);
    view! {
        <FormPanel title=user.name form submit=t("save") on_submit=submit on_close>
            {fields(form, user.department_name, manager, user.can_sign_in)}
        </FormPanel>
        {dialog}
    }
    .into_any()
}

fn check(draft: &UserDraft) -> Vec<FieldError> {
    let mut errors = validate(draft);
    let may = session::may(|actor| {
        policy::may_manage_user(actor, draft.department_id.as_ref(), draft.role)
    });
    if !may {
        let field = if draft.role == Role::Admin {
            "role"
        } else {
            "department_id"
        };
        errors.push(FieldError::new(field, FieldCode::NotAllowed, ""));
    }
    errors
}

fn fields(
    form: Form<UserDraft>,
    department: Option<String>,
    manager: Option<String>,
    has_password: bool,
) -> AnyView {
    form.call("name", "field-person-name");
    form.call("password", "field-password");
    let name = form.field("name", |d: &UserDraft| d.name.clone(), |d, v| d.name = v);
    let email = form.optional_text("email", |d| &d.email, |d, v| d.email = v);
    let role = form.field(
        "role",
        |d: &UserDraft| d.role.to_string(),
        |d, v| d.role = v.parse().unwrap_or(Role::Manager),
    );
    let roles: Vec<Choice> = Role::ALL
        .iter()
        .filter(|role| **role != Role::Admin || session::may(policy::may_manage_company))
        .map(|role| Choice::new(role.as_str(), words::role(*role)))
        .collect();
    let department_id = form.field(
        "department_id",
        |d: &UserDraft| d.department_id.as_ref().map(ToString::to_string),
        |d, v| d.department_id = v.map(Into::into),
    );
    let manager_id = form.field(
        "manager_id",
        |d: &UserDraft| d.manager_id.as_ref().map(ToString::to_string),
        |d, v| d.manager_id = v.map(Into::into),
    );
    let password = form.optional_text("password", |d| &d.password, |d, v| d.password = v);
    let active = form.field("active", |d: &UserDraft| d.active, |d, v| d.active = v);
    let zone = form.field(
        "time_zone",
        |d: &UserDraft| d.time_zone.clone(),
        |d, v| d.time_zone = v,
    );
    let spoken = language_field(form, |d| d.language, |d, language| d.language = language);
    let (password_label, password_help) = if has_password {
        (t("field-new-password"), t("person-password-keep"))
    } else {
        (t("field-password"), t("person-password-none"))
    };
    let head = manager.map(|id| PickerSource::Users.name_of(id));
    let head_field = move || {
        // The name comes a moment after the form.
        let name = head.and_then(|name| name.get());
        view! {
            <PickerField
                bound=manager_id.clone()
                label=t("field-manager-id")
                source=PickerSource::Users
                name
                help=t("person-manager-help")
            />
        }
    };
    view! {
        <TextField bound=name label=t("field-person-name") required=true autofocus=true />
        <TextField bound=email label=t("field-email") kind="email" help=t("person-email-help") />
        <div class="form-pair">
            <SelectField bound=role label=t("field-role") choices=roles />
            <PickerField
                bound=department_id
                label=t("field-department-id")
                source=PickerSource::Departments
                name=department
            />
        </div>
        {head_field}
        <PasswordField
            bound=password
            label=password_label
            help=password_help
            autocomplete="new-password"
            optional=true
        />
        <div class="form-pair">
            <SelectField bound=spoken label=t("field-language") choices=languages() />
            <TimeZoneField bound=zone label=t("field-time-zone") />
        </div>
        <Checkbox bound=active label=t("person-active") help=t("person-active-help") />
    }
    .into_any()
}

/// Lets a person sign in again, or not any more; the way back is offered.
pub(super) fn set_active(user: User, active: bool) {
    let id = user.id.to_string();
    spawn_local(async move {
        let patch = Patch::<Users>::new(id, Some(user.version), json!({ "active": active }));
        match api::call(patch).await {
            Ok(changed) => {
                invalidate(KINDS);
                let text = if active {
                    "person-activated"
                } else {
                    "person-deactivated"
                };
                let text = t_with(text, &arguments! { "name" => changed.name.clone() });
                toast::done_with_undo(text, move || set_active(changed.clone(), !active));
            }
            Err(failure) => toast::failed(&failure),
        }
    });
}
