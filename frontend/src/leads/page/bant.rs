use etalon_domain::id::Ref;
use etalon_domain::lead::{BantItem, BantState, Lead};
use etalon_domain::time::Instant;
use leptos::prelude::*;

use super::authority::authority_editor;
use super::editors::{budget_editor, need_editor, timing_editor};
use super::item_history::ItemHistory;
use crate::address::use_changes;
use crate::address::use_value;
use crate::i18n::{arguments, format, t, t_with};
use crate::leads::cells::{state_class, state_mark};
use crate::leads::{actions, words};
use crate::process::{NeedTypes, use_need_types};
use crate::ui::{Button, IconButton, Money, icon};

/// The four questions: what is known, how sure it is, and what to ask next. Each is answered in its
/// place; the one that is being answered stands in the address.
#[component]
pub(super) fn BantCards(
    /// The lead.
    lead: RwSignal<Lead>,
) -> impl IntoView {
    let cards = BantItem::ALL
        .iter()
        .map(|item| view! { <Card lead item=*item /> })
        .collect_view();
    view! {
        <section class="bant-cards" aria-label=t("bant")>
            {cards}
        </section>
    }
    .into_any()
}

#[component]
fn Card(lead: RwSignal<Lead>, item: BantItem) -> impl IntoView {
    let changes = use_changes();
    let asked = use_value("bant");
    let may_answer = Memo::new(move |_| lead.with(actions::is_changeable));
    let is_editing =
        Memo::new(move |_| may_answer.get() && asked.get().as_deref() == Some(item.as_str()));
    let is_next = Memo::new(move |_| lead.with(|lead| lead.next_question == Some(item)));
    let state = Memo::new(move |_| lead.with(|lead| lead.bant.state(item)));
    let shows_history = RwSignal::new(false);
    let close = Callback::new(move |()| changes.apply(&[("bant", None)]));
    let open = Callback::new(move |()| changes.apply(&[("bant", Some(item.as_str()))]));
    let title = format!("bant-{item}");
    let heading = title.clone();
    let letter = move || {
        let class = format!("bant-letter {}", state_class(state.get()));
        let letter = item.as_str().get(..1).unwrap_or_default().to_uppercase();
        view! { <span class=class data-letter=letter aria-hidden="true"></span> }
    };
    let body = move || {
        if is_editing.get() {
            let lead = lead.get_untracked();
            match item {
                BantItem::Budget => budget_editor(&lead, close),
                BantItem::Authority => authority_editor(&lead, close),
                BantItem::Need => need_editor(&lead, close),
                BantItem::Timing => timing_editor(&lead, close),
            }
        } else {
            shown(
                lead,
                item,
                state.get(),
                is_next.get(),
                may_answer.get(),
                open,
            )
        }
    };
    let toggle = move |()| shows_history.update(|shown| *shown = !*shown);
    let history_label = t_with("bant-history", &arguments! { "item" => words::item(item) });
    let is_touched = move || lead.with(|lead| set_by(lead, item).is_some());
    view! {
        <article
            class="bant-card"
            class:is-next=move || is_next.get()
            aria-labelledby=title.clone()
        >
            <header class="bant-card-head">
                {letter}
                <h2 id=heading>{words::item(item)}</h2>
                {move || state_mark(state.get())}
                <Show when=is_touched>
                    <IconButton label=history_label.clone() on_press=toggle>
                        {icon!("history")}
                    </IconButton>
                </Show>
            </header>
            {body}
            <Show when=move || shows_history.get()>
                <ItemHistory lead=lead.with_untracked(|lead| lead.id.to_string()) item />
            </Show>
        </article>
    }
    .into_any()
}

/// Who set an answer, and when.
fn set_by(lead: &Lead, item: BantItem) -> Option<(Ref, Instant)> {
    let bant = &lead.bant;
    let (by, at) = match item {
        BantItem::Budget => (&bant.budget.set_by, bant.budget.set_at),
        BantItem::Authority => (&bant.authority.set_by, bant.authority.set_at),
        BantItem::Need => (&bant.need.set_by, bant.need.set_at),
        BantItem::Timing => (&bant.timing.set_by, bant.timing.set_at),
    };
    by.clone().zip(at)
}

fn shown(
    lead: RwSignal<Lead>,
    item: BantItem,
    state: BantState,
    is_next: bool,
    may_answer: bool,
    open: Callback<()>,
) -> AnyView {
    let verb = match state {
        BantState::Unknown => t("bant-answer"),
        BantState::Claimed if is_next => t("bant-confirm"),
        _ => t("edit"),
    };
    let label = format!("{}: {verb}", words::item(item));
    let button = may_answer.then(|| {
        view! {
            <div class="bant-card-foot">
                <Button on_press=open>
                    <span class="sr-only">{label}</span>
                    <span aria-hidden="true">{verb}</span>
                </Button>
            </div>
        }
    });
    let question = (is_next || state == BantState::Unknown).then(|| {
        view! {
            <p class="bant-question">
                {is_next
                    .then(|| view! { <span class="bant-next">{icon!("arrow-right")} {t("bant-next")}</span> })}
                {words::question(item)}
            </p>
        }
    });
    let by = move || {
        let (by, at) = lead.with(|lead| set_by(lead, item))?;
        let arguments = arguments! { "name" => by.name, "when" => format::near_instant(at) };
        let exact = format::instant(at);
        Some(view! { <p class="bant-by" title=exact>{t_with("bant-set-by", &arguments)}</p> })
    };
    let kinds = use_need_types();
    view! {
        {move || value(&lead.get(), item, kinds)}
        {question}
        {by}
        {button}
    }
    .into_any()
}

/// The answer itself.
fn value(lead: &Lead, item: BantItem, kinds: NeedTypes) -> Option<AnyView> {
    let bant = &lead.bant;
    Some(match item {
        BantItem::Budget => {
            let budget = bant.budget.value?;
            view! {
                <p class="bant-value">
                    <Money value=budget />
                </p>
            }
            .into_any()
        }
        BantItem::Timing => {
            let day = bant.timing.value?;
            view! { <p class="bant-value" title=format::near_day(day)>{format::day(day)}</p> }
                .into_any()
        }
        BantItem::Need => {
            let need = bant.need.value.clone()?;
            view! {
                {need
                    .kind
                    .map(|kind| {
                        view! { <p class="bant-value">{move || kinds.name_of(&kind)}</p> }
                    })}
                <p class="bant-text">{need.text}</p>
            }
            .into_any()
        }
        BantItem::Authority => {
            let people = bant.authority.value.clone()?;
            let people = people
                .into_iter()
                .map(|person| {
                    let role = words::role(person.role);
                    let name = match person.contact_id {
                        Some(id) => {
                            let href = crate::routes::paths::contact(id.as_str());
                            view! { <a class="link" href=href>{person.name}</a> }.into_any()
                        }
                        None => person.name.into_any(),
                    };
                    view! {
                        <li>
                            <span class="font-medium">{name}</span>
                            <span class="text-soft">" " {role}</span>
                        </li>
                    }
                })
                .collect_view();
            view! { <ul class="bant-people">{people}</ul> }.into_any()
        }
    })
}
