use etalon_domain::deal::{Deal, DealFilter, DealStatus};
use etalon_domain::endpoint::{Deals, Leads, List, ListDealCompetitors, ListKeyContacts};
use etalon_domain::id::AccountId;
use etalon_domain::key_contact::DecisionRole;
use etalon_domain::lead::{BantItem, Lead, LeadFilter, LeadStatus};
use etalon_domain::page::{Any, MAX_LIMIT};
use leptos::prelude::*;

use crate::deals::RegistryState;
use crate::i18n::{arguments, format, t, t_count, t_with, words};
use crate::leads::state_mark;
use crate::process::use_need_types_of;
use crate::query::use_query;
use crate::routes::paths;
use crate::ui::{Fact, Facts, Money, link_fact, text_fact};

/// What is known when it is decided whether to pursue a deal: the four answers and how sure the lead was
/// of each, the history with the client, who else is after it.
pub(super) fn known(deal: &Deal) -> AnyView {
    let lead = lead_of(deal);
    let account = deal.account_id.clone();
    let answers = [
        budget(deal, lead),
        authority(deal, lead),
        need(deal, lead),
        timing(deal, lead),
    ];
    let rivals = competitors(deal);
    view! {
        <div class="work-known">
            <Facts>
                {answers.into_iter().collect_view()} {origin(lead)} {account.map(history)} {rivals}
            </Facts>
        </div>
    }
    .into_any()
}

/// The lead that became the deal, if there is one that the reader may see.
fn lead_of(deal: &Deal) -> Memo<Option<Lead>> {
    let (id, account, owner) = (
        deal.id.clone(),
        deal.account_id.clone(),
        deal.owner_id.clone(),
    );
    let found = use_query(move || {
        let filter = LeadFilter {
            status: Any::one(LeadStatus::Qualified),
            limit: Some(MAX_LIMIT),
            ..LeadFilter::default()
        };
        // Converting gives the lead the account of its deal, when there is one.
        Some(List::<Leads>(match account.clone() {
            Some(account) => LeadFilter {
                account_id: Any::one(account),
                ..filter
            },
            None => LeadFilter {
                owner_id: Any::one(owner.clone()),
                ..filter
            },
        }))
    });
    Memo::new(move |_| {
        let all = found.data.get()?.items;
        all.into_iter()
            .find(|lead| lead.deal_id.as_ref() == Some(&id))
    })
}

/// One of the four answers with the state that the lead left it in.
fn answer(item: BantItem, value: Option<AnyView>, lead: Option<&Lead>) -> AnyView {
    let mark = lead.map(|lead| state_mark(lead.bant.state(item)));
    let value = match (value, mark) {
        (value, None) => value,
        (None, Some(mark)) => Some(mark),
        (Some(value), Some(mark)) => {
            Some(view! { <span class="known-answer"><span>{value}</span> {mark}</span> }.into_any())
        }
    };
    view! { <Fact label=words::word("bant", item.as_str()) value /> }.into_any()
}

fn budget(deal: &Deal, lead: Memo<Option<Lead>>) -> AnyView {
    let of_deal = deal.budget.or(deal.amount);
    let view = move || {
        lead.with(|lead| {
            let value = of_deal.or(lead.as_ref().and_then(|lead| lead.bant.budget.value));
            let value = value.map(|value| view! { <Money value /> }.into_any());
            answer(BantItem::Budget, value, lead.as_ref())
        })
    };
    view.into_any()
}

/// Who decides at the client, as far as it is known.
fn authority(deal: &Deal, lead: Memo<Option<Lead>>) -> AnyView {
    let id = deal.id.to_string();
    let contacts = use_query(move || Some(ListKeyContacts { id: id.clone() }));
    let view = move || {
        let all = contacts.data.get().map(|all| all.items).unwrap_or_default();
        let names: Vec<_> = (all.into_iter())
            .filter(|each| each.role == Some(DecisionRole::DecisionMaker))
            .map(|each| each.contact_name)
            .collect();
        let names = Some(names.join(", ")).filter(|names| !names.is_empty());
        lead.with(|lead| {
            let of_lead = || lead.as_ref()?.bant.authority.value.clone();
            let told = || {
                let people: Vec<_> = of_lead()?.into_iter().map(|each| each.name).collect();
                Some(people.join(", ")).filter(|names| !names.is_empty())
            };
            let names = names.clone().or_else(told);
            answer(BantItem::Authority, text_fact(names), lead.as_ref())
        })
    };
    view.into_any()
}

fn need(deal: &Deal, lead: Memo<Option<Lead>>) -> AnyView {
    let kinds = use_need_types_of(&deal.process_version_id);
    let of_deal = deal.need.clone();
    let view = move || {
        lead.with(|lead| {
            let of_lead = || lead.as_ref()?.bant.need.value.clone();
            let text = of_deal.clone().or_else(of_lead).map(|need| {
                let kind = need.kind.map(|kind| kinds.name_of(&kind));
                let parts = [kind, Some(need.text).filter(|text| !text.is_empty())];
                parts.into_iter().flatten().collect::<Vec<_>>().join(": ")
            });
            let text = text.filter(|text| !text.is_empty());
            answer(BantItem::Need, text_fact(text), lead.as_ref())
        })
    };
    view.into_any()
}

fn timing(deal: &Deal, lead: Memo<Option<Lead>>) -> AnyView {
    let of_deal = deal.decision_on.or(deal.expected_close_on);
    let view = move || {
        lead.with(|lead| {
            let day = of_deal.or(lead.as_ref().and_then(|lead| lead.bant.timing.value));
            answer(
                BantItem::Timing,
                text_fact(day.map(format::day)),
                lead.as_ref(),
            )
        })
    };
    view.into_any()
}

/// Where the deal comes from: its lead, how much was known of it, and why it became a deal before all
/// was known.
fn origin(lead: Memo<Option<Lead>>) -> AnyView {
    let view = move || {
        let lead = lead.get()?;
        let href = paths::lead(lead.id.as_str());
        let score = t_with(
            "work-lead-score",
            &arguments! { "score" => i64::from(lead.score) },
        );
        let link = view! {
            <span class="known-answer">
                {link_fact(href, lead.title)} <span class="text-soft">{score}</span>
            </span>
        };
        let overridden = lead.override_reason.map(|reason| {
            view! { <Fact label=t("work-lead-override") value=text_fact(Some(reason)) /> }
        });
        Some(view! {
            <Fact label=t("work-lead") value=Some(link.into_any()) />
            {overridden}
        })
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
