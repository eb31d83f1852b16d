use etalon_domain::deal::{Deal, DealFilter, DealStatus};
use etalon_domain::endpoint::{Deals, List, ListDealCompetitors, ListKeyContacts};
use etalon_domain::id::AccountId;
use etalon_domain::key_contact::DecisionRole;
use etalon_domain::page::Any;
use leptos::prelude::*;

use crate::deals::RegistryState;
use crate::i18n::{format, t, t_count};
use crate::query::use_query;
use crate::ui::{Fact, Facts, Money, link_fact, text_fact};

/// What is known when it is decided whether to pursue a deal: the four answers, the history with the
/// client, who else is after it.
pub(super) fn known(deal: &Deal) -> AnyView {
    let budget = deal.budget.or(deal.amount);
    let budget = budget.map(|value| view! { <Money value /> }.into_any());
    let need = deal.need.as_ref().map(|need| need.text.clone());
    let timing = deal.decision_on.or(deal.expected_close_on).map(format::day);
    let account = deal.account_id.clone();
    let (authority, rivals) = (authority(deal), competitors(deal));
    view! {
        <div class="work-known">
            <Facts>
                <Fact label=t("field-budget") value=budget />
                {authority}
                <Fact label=t("field-need") value=text_fact(need) />
                <Fact label=t("field-decision-on") value=text_fact(timing) />
                {account.map(history)}
                {rivals}
            </Facts>
        </div>
    }
    .into_any()
}

/// Who decides at the client, as far as it is known.
fn authority(deal: &Deal) -> AnyView {
    let id = deal.id.to_string();
    let contacts = use_query(move || Some(ListKeyContacts { id: id.clone() }));
    let view = move || {
        let all = contacts.data.get().map(|all| all.items).unwrap_or_default();
        let names: Vec<_> = (all.into_iter())
            .filter(|each| each.role == Some(DecisionRole::DecisionMaker))
            .map(|each| each.contact_name)
            .collect();
        let names = Some(names.join(", ")).filter(|names| !names.is_empty());
        view! { <Fact label=t("work-authority") value=text_fact(names) /> }
    };
    view.into_any()
}

/// How many deals with the client were won and lost, each a link to just those.
fn history(account: AccountId) -> AnyView {
    let of = |status: DealStatus| DealFilter {
        account_id: Any::one(account.clone()),
        status: Any::one(status),
        ..DealFilter::default()
    };
    let rows = [
        (DealStatus::Won, "work-won-before"),
        (DealStatus::Lost, "work-lost-before"),
    ]
    .map(|(status, label)| {
        let filter = of(status);
        let href = RegistryState::of(filter.clone()).href();
        let found = use_query(move || {
            Some(List::<Deals>(DealFilter {
                totals: Some(true),
                limit: Some(1),
                ..filter.clone()
            }))
        });
        move || {
            let count = found
                .data
                .get()
                .and_then(|page| page.totals)
                .map(|totals| totals.count);
            let value = match count {
                Some(0) => text_fact(Some(t("never"))),
                Some(count) => Some(link_fact(href.clone(), t_count("deals-count", count))),
                None => None,
            };
            view! { <Fact label=t(label) value /> }
        }
    });
    rows.into_iter().collect_view().into_any()
}

fn competitors(deal: &Deal) -> AnyView {
    let id = deal.id.to_string();
    let found = use_query(move || Some(ListDealCompetitors { id: id.clone() }));
    let view = move || {
        let all = found.data.get().map(|page| page.items).unwrap_or_default();
        let names: Vec<_> = all.into_iter().map(|each| each.account_name).collect();
        let names = Some(names.join(", ")).filter(|names| !names.is_empty());
        view! { <Fact label=t("work-competitors") value=text_fact(names) /> }
    };
    view.into_any()
}
