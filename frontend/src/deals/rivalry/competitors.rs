use etalon_domain::competitor::{DealCompetitor, DealCompetitorDraft, Threat};
use etalon_domain::deal::Deal;
use etalon_domain::endpoint::{AddDealCompetitor, ListDealCompetitors, RemoveDealCompetitor};
use etalon_domain::page::Page;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::competitor_form::CompetitorForm;
use crate::address::{Changes, use_changes, use_value};
use crate::api;
use crate::deals::actions;
use crate::i18n::{arguments, t, t_with, words};
use crate::query::use_query;
use crate::records::answered;
use crate::routes::paths;
use crate::ui::{
    Badge, Button, EmptyState, Fact, Facts, IconButton, Money, Tone, icon, text_fact, toast,
};

/// We and the competitors in a deal, side by side. The one that is being written stands in the address.
pub(super) fn competitors(deal: Signal<Deal>, may_change: Memo<bool>) -> AnyView {
    let changes = use_changes();
    let chosen = use_value("competitor");
    let id = deal.with_untracked(|deal| deal.id.to_string());
    let asked = id.clone();
    let query = use_query(move || Some(ListDealCompetitors { id: asked.clone() }));
    let add = Callback::new(move |()| changes.apply(&[("competitor", Some("new"))]));
    let own = id.clone();
    let list = answered(query, 3, move |page: Page<DealCompetitor>| {
        let may_change = may_change.get();
        let has_rivals = !page.items.is_empty();
        let ours = move || {
            deal.with(|deal| {
                let says = deal.own_strengths.is_some() || deal.own_weaknesses.is_some();
                (has_rivals || says).then(|| our_card(deal, may_change, changes))
            })
        };
        let cards = page
            .items
            .into_iter()
            .map(|each| card(&own, each, may_change, changes));
        view! {
            <ul class="rival-cards">{ours} {cards.collect_view()}</ul>
            {(!has_rivals).then(nothing)}
        }
        .into_any()
    });
    let button = move || {
        may_change
            .get()
            .then(|| view! { <Button on_press=add>{icon!("plus")} {t("competitor-add")}</Button> })
    };
    let close = Callback::new(move |()| changes.apply(&[("competitor", None)]));
    let dialog = move || {
        let chosen = chosen.get().filter(|_| may_change.get_untracked())?;
        let present = query
            .data
            .get()?
            .items
            .into_iter()
            .find(|each| each.id == chosen);
        let deal = id.clone();
        (chosen == "new" || present.is_some())
            .then(|| view! { <CompetitorForm deal present on_close=close /> })
    };
    view! {
        <section class="rivalry-part" aria-labelledby="competitors-title">
            <header class="rivalry-head">
                <h2 id="competitors-title" class="section-title">{t("work-competitors")}</h2>
                {button}
            </header>
            {list}
            {dialog}
        </section>
    }
    .into_any()
}

fn nothing() -> AnyView {
    view! {
        <EmptyState
            picture=icon!("swords")
            title=t("competitors-empty-title")
            text=t("competitors-empty-text")
        />
    }
    .into_any()
}

/// What we set against them.
fn our_card(deal: &Deal, may_change: bool, changes: Changes) -> AnyView {
    let price = deal
        .amount
        .map(|value| view! { <Money value /> }.into_any());
    let edit = move |()| changes.apply(&[("edit", Some("own_strengths"))]);
    let action = may_change.then(|| {
        view! {
            <span class="row-actions">
                <IconButton label=t("rivalry-edit-ours") on_press=edit>
                    {icon!("pencil")}
                </IconButton>
            </span>
        }
    });
    let product = text_fact(deal.product_name.clone());
    let strengths = text_fact(deal.own_strengths.clone());
    let weaknesses = text_fact(deal.own_weaknesses.clone());
    view! {
        <li class="rival-card rival-ours">
            <header class="rival-head">
                <span class="cell-title min-w-0 truncate">{t("rivalry-we")}</span>
                {action}
            </header>
            <Facts>
                <Fact label=t("field-product") value=product />
                <Fact label=t("field-offered-price") value=price />
                <Fact label=t("field-strengths") value=strengths />
                <Fact label=t("field-weaknesses") value=weaknesses />
            </Facts>
        </li>
    }
    .into_any()
}

fn card(deal: &str, each: DealCompetitor, may_change: bool, changes: Changes) -> AnyView {
    let threat = each.threat.map(|threat| {
        let tone = match threat {
            Threat::High => Tone::Danger,
            Threat::Medium => Tone::Warning,
            Threat::Low => Tone::Neutral,
        };
        let name = words::word("threat", threat.as_str());
        view! { <Badge tone>{name}</Badge> }
    });
    let won = each
        .won
        .then(|| view! { <Badge tone=Tone::Danger>{t("competitor-won")}</Badge> });
    let name = each.account_name.clone();
    let price = each.price.map(|value| view! { <Money value /> }.into_any());
    let unassessed = (!each.is_assessed() && may_change)
        .then(|| view! { <p class="field-help">{icon!("triangle-alert")} {t("competitor-unassessed")}</p> });
    let href = paths::account(each.account_id.as_str());
    let strengths = text_fact(each.strengths.clone());
    let weaknesses = text_fact(each.weaknesses.clone());
    let product = text_fact(each.product.clone());
    let actions = may_change.then(|| actions_of(deal, &each, changes));
    view! {
        <li class="rival-card">
            <header class="rival-head">
                <a class="cell-title min-w-0 truncate" href=href>
                    {name}
                </a>
                {threat}
                {won}
                {actions}
            </header>
            <Facts>
                <Fact label=t("field-product") value=product />
                <Fact label=t("field-offered-price") value=price />
                <Fact label=t("field-strengths") value=strengths />
                <Fact label=t("field-weaknesses") value=weaknesses />
            </Facts>
            {unassessed}
        </li>
    }
    .into_any()
}

fn actions_of(deal: &str, each: &DealCompetitor, changes: Changes) -> AnyView {
    let name = arguments! { "name" => each.account_name.clone() };
    let (edit_label, remove_label) = (t_with("item-edit", &name), t_with("item-remove", &name));
    let id = each.id.clone();
    let edit = move |()| changes.apply(&[("competitor", Some(&id))]);
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

fn remove(deal: String, gone: DealCompetitor) {
    spawn_local(async move {
        let call = RemoveDealCompetitor {
            id: deal.clone(),
            entry_id: gone.id.clone(),
        };
        match api::call(call).await {
            Ok(()) => {
                actions::changed();
                let name = gone.account_name.clone();
                let text = t_with("competitor-removed", &arguments! { "name" => name });
                toast::done_with_undo(text, move || bring_back(deal.clone(), &gone));
            }
            Err(failure) => toast::failed(&failure),
        }
    });
}

fn bring_back(deal: String, gone: &DealCompetitor) {
    let draft = DealCompetitorDraft::from(gone);
    spawn_local(async move {
        match api::call(AddDealCompetitor { id: deal, draft }).await {
            Ok(_) => actions::changed(),
            Err(failure) => toast::failed(&failure),
        }
    });
}
