use etalon_domain::endpoint::{LeadForms, List, Patch, RenewLeadFormKey};
use etalon_domain::lead_form::LeadForm;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::json;

use super::frame::SettingsHead;
use super::web_form_editor::{NewWebForm, WebFormEditor};
use super::web_form_snippet::Snippet;
use crate::address::{Changes, use_changes, use_value};
use crate::api;
use crate::i18n::{arguments, format, t, t_count, t_with};
use crate::query::{Query, invalidate, use_query};
use crate::records::{list_keys, or_dash, person};
use crate::routes::paths;
use crate::ui::{
    Badge, Button, Confirm, EmptyState, ErrorState, Look, Menu, MenuItem, SkeletonRows, TableFrame,
    Tone, icon, toast,
};

/// The lists that show web forms.
pub(super) const KINDS: &[&str] = &["lead-forms"];

/// The forms on other sites that make leads.
#[component]
pub fn WebFormsPage() -> impl IntoView {
    let changes = use_changes();
    let opened = use_value("form");
    let snippet = use_value("snippet");
    let renewing = RwSignal::new(None::<LeadForm>);
    let query = use_query(|| Some(List::<LeadForms>(())));
    let add = Callback::new(move |()| changes.apply(&[("form", Some("new"))]));
    list_keys(Some(add));
    let close = Callback::new(move |()| changes.apply(&[("form", None), ("snippet", None)]));
    let found = move |id: &str| {
        query.data.with(|page| {
            let items = page.as_ref().map(|page| page.items.iter());
            items.and_then(|mut items| items.find(|form| form.id.as_str() == id).cloned())
        })
    };
    let is_ready = Memo::new(move |_| query.data.with(Option::is_some));
    let panel = move || {
        if !is_ready.get() {
            return None;
        }
        if let Some(id) = snippet.get() {
            let form = untrack(|| found(&id))?;
            return Some(view! { <Snippet form on_close=close /> }.into_any());
        }
        let id = opened.get()?;
        if id == "new" {
            return Some(view! { <NewWebForm on_close=close /> }.into_any());
        }
        let form = untrack(|| found(&id))?;
        Some(view! { <WebFormEditor form on_close=close /> }.into_any())
    };
    let confirm = move || {
        renewing.get().map(|form| {
            let name = form.name.clone();
            let renew = move |()| {
                renewing.set(None);
                renew_key(&form);
            };
            view! {
                <Confirm
                    title=t("web-form-renew-title")
                    text=t_with("web-form-renew-text", &arguments! { "name" => name })
                    confirm=t("web-form-renew")
                    on_confirm=renew
                    on_close=move |()| renewing.set(None)
                />
            }
        })
    };
    view! {
        <SettingsHead path=paths::WEB_FORMS>
            <Button look=Look::Primary on_press=add>
                {icon!("plus")}
                {t("web-form-add")}
            </Button>
        </SettingsHead>
        <div class="settings-body">
            <p class="text-soft">{t("web-forms-text")}</p>
            {move || body(query, add, changes, renewing)}
        </div>
        {panel}
        {confirm}
    }
    .into_any()
}

fn body(
    query: Query<etalon_domain::page::Page<LeadForm>>,
    add: Callback<()>,
    changes: Changes,
    renewing: RwSignal<Option<LeadForm>>,
) -> AnyView {
    let Some(page) = query.data.get() else {
        return match query.failure.get() {
            Some(failure) => {
                view! { <ErrorState failure on_retry=move |()| query.retry() /> }.into_any()
            }
            None if query.slow.get() => view! { <SkeletonRows rows=3 /> }.into_any(),
            None => ().into_any(),
        };
    };
    if page.items.is_empty() {
        return view! {
            <EmptyState
                picture=icon!("text-cursor-input")
                title=t("web-forms-empty-title")
                text=t("web-forms-empty-text")
            >
                <Button look=Look::Primary on_press=add>
                    {icon!("plus")}
                    {t("web-form-add")}
                </Button>
            </EmptyState>
        }
        .into_any();
    }
    let rows = page
        .items
        .into_iter()
        .map(|form| row(form, changes, renewing))
        .collect_view();
    view! {
        <TableFrame label=t("settings-web-forms")>
            <thead>
                <tr>
                    <th scope="col">{t("field-name")}</th>
                    <th scope="col" class="max-md:hidden">
                        {t("field-source")}
                    </th>
                    <th scope="col" class="max-md:hidden">
                        {t("field-owner-id")}
                    </th>
                    <th scope="col">{t("nav-leads")}</th>
                    <th scope="col" class="max-md:hidden">
                        {t("field-active")}
                    </th>
                    <th scope="col" class="cell-action">
                        <span class="sr-only">{t("more-actions")}</span>
                    </th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </TableFrame>
    }
    .into_any()
}

fn row(form: LeadForm, changes: Changes, renewing: RwSignal<Option<LeadForm>>) -> AnyView {
    let id = form.id.to_string();
    let href = {
        let id = id.clone();
        move || changes.href(&[("form", Some(&id))])
    };
    let sites = if form.allowed_origins.is_empty() {
        t("web-form-any-site")
    } else {
        form.allowed_origins.join(", ")
    };
    let leads = format!("{}?status=all&form_id={id}", paths::LEADS);
    let last = form.last_lead_at.map(format::near_instant);
    let owner = if form.owner_active {
        person(Some(form.owner_name.clone()))
    } else {
        view! {
            {person(Some(form.owner_name.clone()))}
            <Badge tone=Tone::Warning>{icon!("triangle-alert")} {t("web-form-owner-left")}</Badge>
        }
        .into_any()
    };
    let state = if form.active {
        view! { <Badge tone=Tone::Success>{t("web-form-active")}</Badge> }.into_any()
    } else {
        view! { <Badge>{t("web-form-inactive")}</Badge> }.into_any()
    };
    view! {
        <tr>
            <th scope="row" class="cell-main font-normal">
                <a class="cell-title" href=href>
                    {form.name.clone()}
                </a>
                <span class="cell-under">{sites}</span>
            </th>
            <td class="max-md:hidden">{or_dash(form.source.clone())}</td>
            <td class="max-md:hidden">{owner}</td>
            <td>
                <a class="link" href=leads>
                    {t_count("leads-count", form.leads)}
                </a>
                <span class="cell-under">{last}</span>
            </td>
            <td class="max-md:hidden">{state}</td>
            <td class="cell-action">{menu(form, id, changes, renewing)}</td>
        </tr>
    }
    .into_any()
}

fn menu(
    form: LeadForm,
    id: String,
    changes: Changes,
    renewing: RwSignal<Option<LeadForm>>,
) -> AnyView {
    let is_active = form.active;
    let form = StoredValue::new(form);
    let id = StoredValue::new(id);
    let open = move |what: &'static str| {
        move |()| id.with_value(|id| changes.apply(&[(what, Some(id.as_str()))]))
    };
    view! {
        <Menu label=t("more-actions") end=true trigger=icon!("ellipsis")>
            <MenuItem on_select=open("snippet")>
                {icon!("code")}
                {t("web-form-snippet")}
            </MenuItem>
            <MenuItem on_select=open("form")>{icon!("pencil")} {t("edit")}</MenuItem>
            <MenuItem on_select=move |()| set_active(form.get_value(), !is_active)>
                {if is_active { icon!("archive") } else { icon!("archive-restore") }}
                {if is_active { t("web-form-deactivate") } else { t("web-form-activate") }}
            </MenuItem>
            <MenuItem on_select=move |()| renewing.set(Some(form.get_value()))>
                {icon!("key-round")}
                {t("web-form-renew")}
            </MenuItem>
        </Menu>
    }
    .into_any()
}

fn set_active(form: LeadForm, active: bool) {
    spawn_local(async move {
        let id = form.id.to_string();
        let call = Patch::<LeadForms>::new(id, Some(form.version), json!({ "active": active }));
        match api::call(call).await {
            Ok(changed) => {
                invalidate(KINDS);
                toast::done_with_undo(t("saved"), move || set_active(changed.clone(), !active));
            }
            Err(failure) => toast::failed(&failure),
        }
    });
}

fn renew_key(form: &LeadForm) {
    let call = RenewLeadFormKey {
        id: form.id.to_string(),
        version: Some(form.version),
    };
    spawn_local(async move {
        match api::call(call).await {
            Ok(_) => {
                invalidate(KINDS);
                toast::done(t("web-form-renewed"));
            }
            Err(failure) => toast::failed(&failure),
        }
    });
}
