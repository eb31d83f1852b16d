use etalon_domain::lead::{BantItem, BantState, Lead};
use leptos::prelude::*;

use crate::address::use_changes;
use crate::i18n::{arguments, format, t, t_with};
use crate::leads::cells::state_class;
use crate::leads::words;
use crate::ui::icon;

/// The four answers in four lines. What is missing leads to its card.
pub(super) fn known(lead: &Lead, on_close: Callback<()>) -> AnyView {
    let rows = BantItem::ALL
        .iter()
        .map(|item| row(lead, *item, on_close))
        .collect_view();
    view! {
        <section aria-label=t("bant")>
            <ul class="known-list">{rows}</ul>
        </section>
    }
    .into_any()
}

fn row(lead: &Lead, item: BantItem, on_close: Callback<()>) -> AnyView {
    let changes = use_changes();
    let state = lead.bant.state(item);
    let class = format!("bant-letter {}", state_class(state));
    let letter = item.as_str().get(..1).unwrap_or_default().to_uppercase();
    let name = words::item(item);
    let value = match said(lead, item) {
        Some(value) => view! {
            <span class="truncate">{value}</span>
            <span class="text-soft">{words::state(state)}</span>
        }
        .into_any(),
        None => {
            let label = t_with("fill-field", &arguments! { "field" => name.clone() });
            let fill = move |event: leptos::ev::MouseEvent| {
                event.prevent_default();
                on_close.run(());
                changes.apply(&[("do", None), ("bant", Some(item.as_str()))]);
            };
            let href = changes.href(&[("do", None), ("bant", Some(item.as_str()))]);
            view! {
                <a class="missing-link" href=href on:click=fill>
                    {icon!("plus")}
                    {label}
                </a>
            }
            .into_any()
        }
    };
    view! {
        <li class:is-missing=state == BantState::Unknown>
            <span class=class data-letter=letter aria-hidden="true"></span>
            <span class="known-name">{name}</span>
            {value}
        </li>
    }
    .into_any()
}

/// An answer in one line.
fn said(lead: &Lead, item: BantItem) -> Option<String> {
    let bant = &lead.bant;
    match item {
        BantItem::Budget => bant.budget.value.map(format::money),
        BantItem::Timing => bant.timing.value.map(format::day),
        BantItem::Need => {
            let need = bant.need.value.as_ref()?;
            Some(match &need.kind {
                Some(kind) => format!("{kind}: {}", need.text),
                None => need.text.clone(),
            })
        }
        BantItem::Authority => {
            let people = bant.authority.value.as_ref()?;
            let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
            Some(names.join(", "))
        }
    }
}
