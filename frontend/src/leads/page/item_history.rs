use chrono::NaiveDate;
use etalon_domain::deal::Need;
use etalon_domain::endpoint::{Leads, Timeline};
use etalon_domain::event::{EventKind, TimelineEntry, TimelineFilter};
use etalon_domain::lead::{BantItem, BantState, DecisionPerson};
use etalon_domain::money::Money;
use etalon_domain::page::{Any, MAX_LIMIT};
use leptos::prelude::*;
use serde_json::Value;

use crate::i18n::{format, t};
use crate::leads::words;
use crate::query::use_query;
use crate::ui::{ErrorState, Skeleton};

/// How one answer came to be: newest first.
#[component]
pub(super) fn ItemHistory(
    /// Identifier of the lead.
    lead: String,
    /// The question.
    item: BantItem,
) -> impl IntoView {
    let query = use_query(move || {
        let filter = TimelineFilter {
            kind: Any::one(EventKind::Updated),
            limit: Some(MAX_LIMIT),
            cursor: None,
        };
        Some(Timeline::<Leads>::new(lead.clone(), filter))
    });
    let content = move || {
        if let Some(page) = query.data.get() {
            let rows = (page.items.iter())
                .filter_map(|entry| row(entry, item))
                .collect_view();
            return view! { <ol class="bant-past">{rows}</ol> }.into_any();
        }
        match query.failure.get() {
            Some(failure) => {
                view! { <ErrorState failure on_retry=move |()| query.retry() /> }.into_any()
            }
            None => view! { <Skeleton /> }.into_any(),
        }
    };
    content.into_any()
}

fn row(entry: &TimelineEntry, item: BantItem) -> Option<AnyView> {
    let change = (entry.changes.iter()).find(|change| change.field == item.as_str())?;
    let who = (entry.actor.as_ref()).map_or_else(|| t("actor-system"), |actor| actor.name.clone());
    Some(
        view! {
            <li>
                <span>{said(item, &change.to)}</span>
                <span class="text-soft" title=format::instant(entry.at)>
                    {who}
                    ", "
                    {format::near_instant(entry.at)}
                </span>
            </li>
        }
        .into_any(),
    )
}

/// State and value of an answer in one line.
fn said(item: BantItem, answer: &Value) -> String {
    let state = answer["state"]
        .as_str()
        .and_then(|state| state.parse().ok());
    let state = words::state(state.unwrap_or(BantState::Unknown));
    match value(item, &answer["value"]) {
        Some(value) => format!("{state}: {value}"),
        None => state,
    }
}

fn value(item: BantItem, value: &Value) -> Option<String> {
    let value = value.clone();
    Some(match item {
        BantItem::Budget => format::money(serde_json::from_value::<Money>(value).ok()?),
        BantItem::Timing => format::day(serde_json::from_value::<NaiveDate>(value).ok()?),
        BantItem::Need => {
            let need: Need = serde_json::from_value(value).ok()?;
            match need.kind {
                Some(kind) => format!("{kind}: {}", need.text),
                None => need.text,
            }
        }
        BantItem::Authority => {
            let people: Vec<DecisionPerson> = serde_json::from_value(value).ok()?;
            let people = people
                .into_iter()
                .map(|person| format!("{} ({})", person.name, words::role(person.role)));
            people.collect::<Vec<_>>().join(", ")
        }
    })
}
