use etalon_domain::deal::{Deal, DealStatus};
use etalon_domain::endpoint::{Accounts, Contacts, GetRecord};
use leptos::prelude::*;

use crate::address::use_changes;
use crate::deals::actions;
use crate::i18n::{arguments, format, t, t_count, t_with, words};
use crate::query::use_query;
use crate::routes::paths;
use crate::ui::{Money, icon};

/// The right column: how complete the record is, what follows from it, account and contact.
#[component]
pub(super) fn Facts(
    /// The deal.
    deal: Deal,
) -> impl IntoView {
    view! {
        {completeness(&deal)}
        {figures(&deal)}
        {account(&deal)}
        {contact(&deal)}
    }
    .into_any()
}

fn completeness(deal: &Deal) -> Option<AnyView> {
    if deal.status != DealStatus::Open {
        return None;
    }
    let changes = use_changes();
    let share = deal.derived.completeness;
    let may_edit = actions::is_changeable(deal);
    let missing = deal
        .derived
        .missing_fields
        .iter()
        .map(|field| {
            let name = words::field(field);
            let target = field.clone();
            if may_edit {
                let label = t_with("fill-field", &arguments! { "field" => name.clone() });
                let href = move || changes.href(&[("edit", Some(&target))]);
                view! {
                    <li>
                        <a class="missing-link" href=href title=label>
                            {icon!("plus")}
                            {name}
                        </a>
                    </li>
                }
                .into_any()
            } else {
                view! { <li class="text-faint">{name}</li> }.into_any()
            }
        })
        .collect_view();
    Some(
        view! {
            <section class="card-box">
                <h2 class="flex justify-between">
                    {t("completeness")}
                    <span class="tabular-nums">{format::percent(share)}</span>
                </h2>
                <div
                    class="meter"
                    role="progressbar"
                    aria-label=t("completeness")
                    aria-valuenow=share
                    aria-valuemin="0"
                    aria-valuemax="100"
                >
                    <span style=format!("width: {share}%")></span>
                </div>
                <ul class="missing-list">{missing}</ul>
            </section>
        }
        .into_any(),
    )
}

fn figures(deal: &Deal) -> AnyView {
    let derived = &deal.derived;
    let probability = format::percent(deal.probability);
    let touch = deal
        .last_touch_at
        .map_or_else(|| t("never"), format::near_instant);
    let base = deal
        .amount_base
        .filter(|base| deal.amount.is_some_and(|a| a.currency != base.currency));
    let mut rows = vec![
        (t("fact-age"), t_count("days", derived.age_days).into_any()),
        (t("field-probability"), probability.into_any()),
        (
            t("field-forecast-category"),
            words::forecast(deal.forecast_category).into_any(),
        ),
        (t("column-last-touch"), touch.into_any()),
    ];
    if let Some(base) = base {
        let value = view! { <Money value=base /> }.into_any();
        rows.insert(0, (t("fact-amount-base"), value));
    }
    if deal.pushes > 0 {
        let text = format!(
            "{}, {}",
            t_count("pushes", deal.pushes.into()),
            t_count("days", derived.slipped_days)
        );
        rows.push((t("fact-pushes"), text.into_any()));
    }
    if let Some(department) = &deal.department_name {
        rows.push((t("field-department-id"), department.clone().into_any()));
    }
    rows.push((
        t("fact-created"),
        format::near_instant(deal.created_at).into_any(),
    ));
    if deal.status != DealStatus::Open {
        if let Some(reason) = &deal.close_reason {
            rows.push((t("field-close-reason"), reason.clone().into_any()));
        }
        if let Some(winner) = &deal.winner_account_name {
            rows.push((t("field-winner-account-id"), winner.clone().into_any()));
        }
        if let Some(target) = &deal.rerouted_to {
            rows.push((t("field-rerouted-to"), target.clone().into_any()));
        }
        if let Some(on) = deal.next_contact_on {
            rows.push((t("field-next-contact-on"), format::near_day(on).into_any()));
        }
    }
    let rows = rows
        .into_iter()
        .map(|(label, value)| {
            view! {
                <div>
                    <dt>{label}</dt>
                    <dd>{value}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="card-box">
            <h2>{t("deal-facts")}</h2>
            <dl class="fact-list">{rows}</dl>
        </section>
    }
    .into_any()
}

fn account(deal: &Deal) -> Option<AnyView> {
    let id = deal.account_id.clone()?.into_string();
    let href = paths::account(&id);
    let name = deal.account_name.clone().unwrap_or_default();
    let query = use_query(move || Some(GetRecord::<Accounts>::new(id.clone())));
    let details = move || {
        query.data.get().map(|account| {
            let place: Vec<String> = [account.industry, account.city]
                .into_iter()
                .flatten()
                .collect();
            let deals = account.open_deals;
            view! {
                <p class="text-soft">{place.join(" · ")}</p>
                <p class="text-soft">{t_count("open-deals-count", deals)}</p>
            }
        })
    };
    Some(
        view! {
            <section class="card-box">
                <h2>{t("field-account-id")}</h2>
                <a class="link font-medium" href=href>
                    {name}
                </a>
                {details}
            </section>
        }
        .into_any(),
    )
}

fn contact(deal: &Deal) -> Option<AnyView> {
    let id = deal.contact_id.clone()?.into_string();
    let href = paths::contact(&id);
    let name = deal.contact_name.clone().unwrap_or_default();
    let query = use_query(move || Some(GetRecord::<Contacts>::new(id.clone())));
    let details = move || {
        query.data.get().map(|contact| {
            view! {
                {contact.position.map(|p| view! { <p class="text-soft">{p}</p> })}
                {contact
                    .phone
                    .map(|phone| {
                        let href = format!("tel:{phone}");
                        view! { <p><a class="link inline-block py-0.5" href=href>{phone}</a></p> }
                    })}
                {contact
                    .email
                    .map(|email| {
                        let href = format!("mailto:{email}");
                        view! { <p class="truncate"><a class="link inline-block py-0.5" href=href>{email}</a></p> }
                    })}
            }
        })
    };
    Some(
        view! {
            <section class="card-box">
                <h2>{t("field-contact-id")}</h2>
                <a class="link font-medium" href=href>
                    {name}
                </a>
                {details}
            </section>
        }
        .into_any(),
    )
}
