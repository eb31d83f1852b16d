use etalon_domain::deal::Deal;
use etalon_domain::endpoint::{AddKeyContact, ListKeyContacts, RemoveKeyContact};
use etalon_domain::key_contact::{KeyContact, KeyContactDraft, KeyContacts};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::contact_form::ContactForm;
use super::standing::standing_view;
use crate::address::{Changes, use_changes, use_value};
use crate::api;
use crate::deals::actions;
use crate::i18n::{arguments, format, t, t_with, words};
use crate::query::use_query;
use crate::records::{answered, or_dash};
use crate::routes::paths;
use crate::ui::{Badge, Button, EmptyState, IconButton, Look, TableFrame, Tone, icon, toast};

/// The people at the customer who matter to a deal: who decides, how much each word counts, how they
/// stand to us. The one who is being written stands in the address.
#[component]
pub fn KeyContactsOf(
    /// The deal.
    deal: Deal,
) -> impl IntoView {
    let changes = use_changes();
    let chosen = use_value("contact");
    let may_change = actions::is_changeable(&deal);
    let id = deal.id.to_string();
    let asked = id.clone();
    let query = use_query(move || Some(ListKeyContacts { id: asked.clone() }));
    let add = Callback::new(move |()| changes.apply(&[("contact", Some("new"))]));
    let list = answered(query, 4, move |all: KeyContacts| {
        if all.items.is_empty() {
            return nothing(may_change.then_some(add));
        }
        let standing = standing_view(&all);
        let rows = all.items.iter();
        let rows = rows
            .map(|each| row(&id, each, may_change, changes))
            .collect_view();
        view! {
            {may_change
                .then(|| {
                    view! {
                        <div class="tab-tools">
                            <Button on_press=add>{icon!("plus")} {t("key-contact-add")}</Button>
                        </div>
                    }
                })}
            {standing}
            <TableFrame label=t("tab-key-contacts")>
                <thead>
                    <tr>
                        <th scope="col">{t("field-name")}</th>
                        <th scope="col" class="max-md:hidden">{t("key-contact-role")}</th>
                        <th scope="col" class="max-md:hidden">{t("field-influence")}</th>
                        <th scope="col" class="max-md:hidden">{t("field-loyalty")}</th>
                        <th scope="col" class="max-lg:hidden">{t("field-motivators")}</th>
                        <th scope="col" class="max-lg:hidden">{t("key-contact-met")}</th>
                        <th scope="col" class="cell-action">
                            <span class="sr-only">{t("more-actions")}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </TableFrame>
        }
        .into_any()
    });
    let close = Callback::new(move |()| changes.apply(&[("contact", None)]));
    let dialog = move || {
        let chosen = chosen.get().filter(|_| may_change)?;
        let all = query.data.get()?.items;
        let present = all
            .iter()
            .find(|each| each.contact_id.as_str() == chosen)
            .cloned();
        let deal = deal.clone();
        (chosen == "new" || present.is_some())
            .then(|| view! { <ContactForm deal present others=all on_close=close /> })
    };
    view! {
        <div class="key-contacts">{list} {dialog}</div>
    }
    .into_any()
}

fn nothing(add: Option<Callback<()>>) -> AnyView {
    view! {
        <EmptyState
            picture=icon!("users")
            title=t("key-contacts-empty-title")
            text=t("key-contacts-empty-text")
        >
            {add
                .map(|add| {
                    view! {
                        <Button look=Look::Primary on_press=add>
                            {icon!("plus")}
                            {t("key-contact-add")}
                        </Button>
                    }
                })}
        </EmptyState>
    }
    .into_any()
}

fn row(deal: &str, each: &KeyContact, may_change: bool, changes: Changes) -> AnyView {
    let named =
        |prefix: &'static str, word: Option<&str>| word.map(|word| words::word(prefix, word));
    let role = named("decision-role", each.role.map(|role| role.as_str()));
    let influence = named("influence", each.influence.map(|i| i.as_str()));
    let loyalty = each.loyalty.map(|loyalty| {
        let tone = match loyalty.value() {
            ..=-2 => Tone::Danger,
            2.. => Tone::Success,
            _ => Tone::Neutral,
        };
        let name = words::word("loyalty", loyalty.as_str());
        view! { <Badge tone>{name}</Badge> }.into_any()
    });
    let small = loyalty
        .is_some()
        .then(|| named("loyalty", each.loyalty.map(|l| l.as_str())));
    let mut motivators: Vec<_> = each
        .motivators
        .iter()
        .map(|m| words::word("motivator", m.as_str()))
        .collect();
    motivators.extend(each.motivator_note.clone());
    let motivators = Some(motivators.join(", ")).filter(|text| !text.is_empty());
    let under: Vec<_> = [each.position.clone(), role.clone()]
        .into_iter()
        .flatten()
        .collect();
    let small = [role.clone(), influence.clone(), small.flatten()];
    let small: Vec<_> = small.into_iter().flatten().collect();
    let met = each.last_met_at.map(format::near_instant);
    let actions = may_change.then(|| actions_of(deal, each, changes));
    view! {
        <tr>
            <th scope="row" class="cell-main font-normal">
                <a class="cell-title" href=paths::contact(each.contact_id.as_str())>
                    {each.contact_name.clone()}
                </a>
                {each.main.then(|| view! { <Badge>{t("key-contact-main")}</Badge> })}
                <span class="cell-under max-md:hidden">{each.position.clone()}</span>
                <span class="cell-under md:hidden">{under.join(" · ")}</span>
                <span class="cell-under md:hidden">{small.get(1..).map(|rest| rest.join(" · "))}</span>
            </th>
            <td class="max-md:hidden">{or_dash(role)}</td>
            <td class="max-md:hidden">{or_dash(influence)}</td>
            <td class="max-md:hidden">
                {loyalty.unwrap_or_else(|| view! { <span class="text-faint">{t("loyalty-unknown")}</span> }.into_any())}
            </td>
            <td class="max-lg:hidden">{or_dash(motivators)}</td>
            <td class="max-lg:hidden text-faint">{or_dash(met)}</td>
            <td class="cell-action">{actions}</td>
        </tr>
    }
    .into_any()
}

fn actions_of(deal: &str, each: &KeyContact, changes: Changes) -> AnyView {
    let name = each.contact_name.clone();
    let edit_label = t_with("item-edit", &arguments! { "name" => name.clone() });
    let remove_label = t_with("item-remove", &arguments! { "name" => name });
    let id = each.contact_id.to_string();
    let edit = move |()| changes.apply(&[("contact", Some(&id))]);
    let (deal, gone) = (deal.to_owned(), each.clone());
    let take_off = move |()| remove(deal.clone(), gone.clone());
    view! {
        <span class="row-actions">
            <IconButton label=edit_label on_press=edit>
                {icon!("pencil")}
            </IconButton>
            <IconButton label=remove_label on_press=take_off>
                {icon!("x")}
            </IconButton>
        </span>
    }
    .into_any()
}

fn remove(deal: String, gone: KeyContact) {
    spawn_local(async move {
        let call = RemoveKeyContact {
            id: deal.clone(),
            contact_id: gone.contact_id.to_string(),
        };
        match api::call(call).await {
            Ok(()) => {
                actions::changed();
                let name = gone.contact_name.clone();
                let text = t_with("key-contact-removed", &arguments! { "name" => name });
                toast::done_with_undo(text, move || bring_back(deal.clone(), &gone));
            }
            Err(failure) => toast::failed(&failure),
        }
    });
}

fn bring_back(deal: String, gone: &KeyContact) {
    let draft = KeyContactDraft::from(gone);
    spawn_local(async move {
        match api::call(AddKeyContact { id: deal, draft }).await {
            Ok(_) => actions::changed(),
            Err(failure) => toast::failed(&failure),
        }
    });
}
