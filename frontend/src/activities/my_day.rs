//! What the reader has to do today: what is overdue first.

use chrono::{Days, NaiveDate};
use etalon_domain::activity::{Activity, DealToMove, GuidedDeal, LeadToWork, MyDay, MyDayQuery};
use etalon_domain::endpoint::{GetMyDay, ListVisas, encode_component};
use etalon_domain::policy::Actor;
use etalon_domain::visa::{Visa, VisaDocument, VisaFilter};
use leptos::ev;
use leptos::prelude::*;

use super::actions::stay_fresh;
use super::panel::panels;
use super::row::{About, activity_row};
use super::wins::wins;
use crate::address::{use_changes, use_value};
use crate::deals::use_stages;
use crate::i18n::{arguments, format, t, t_count, t_with, words};
use crate::layout::{PageHead, set_trail};
use crate::query::use_query;
use crate::routes::paths;
use crate::session;
use crate::ui::{
    Badge, Button, EmptyState, ErrorState, LinkButton, Look, Money, SkeletonRows, Tone, dom, icon,
};

/// My day.
#[component]
pub(super) fn MyDayPage() -> impl IntoView {
    set_trail(vec![(t("nav-my-day"), None)]);
    stay_fresh();
    let chosen = use_value("day");
    let day = Memo::new(move |_| chosen.get().and_then(|day| day.parse::<NaiveDate>().ok()));
    let query = use_query(move || Some(GetMyDay(MyDayQuery { day: day.get() })));
    let changes = use_changes();
    let create = Callback::new(move |()| changes.apply(&[("new", Some("activity"))]));
    let may_create = session::may(Actor::writes);
    let keys = window_event_listener(ev::keydown, move |event| {
        if event.key() == "n" && may_create && !dom::is_typing(&event) && !dom::has_dialog() {
            event.prevent_default();
            create.run(());
        }
    });
    on_cleanup(move || keys.remove());
    let shown = Memo::new(move |_| day.get().unwrap_or_else(format::today));
    let to = move |step: i64| {
        Signal::derive(move || {
            let day = shown.get();
            let next = if step < 0 {
                day - Days::new(1)
            } else {
                day + Days::new(1)
            };
            let is_today = next == format::today();
            let text = next.to_string();
            changes.href(&[("day", (!is_today).then_some(text.as_str()))])
        })
    };
    let title = Signal::derive(move || {
        let name = t("nav-my-day");
        format!("{name} · {}", format::full_day(shown.get()))
    });
    let content = move || match (query.data.get(), query.failure.get(), query.slow.get()) {
        (Some(day), ..) => body(day),
        (None, Some(failure), _) => {
            view! { <ErrorState failure on_retry=move |()| query.retry() /> }.into_any()
        }
        (None, None, true) => view! { <SkeletonRows rows=6 /> }.into_any(),
        (None, None, false) => ().into_any(),
    };
    view! {
        <PageHead title>
            <div class="head-steps">
            <LinkButton href=to(-1)>{icon!("chevron-left")} <span class="sr-only">{t("calendar-before")}</span></LinkButton>
            <LinkButton href=to(1)>{icon!("chevron-right")} <span class="sr-only">{t("calendar-after")}</span></LinkButton>
            </div>
            {may_create
                .then(|| {
                    view! {
                        <Button look=Look::Primary on_press=create>
                            {icon!("plus")}
                            {t("create-activity")}
                        </Button>
                    }
                })}
        </PageHead>
        <div class="day-columns">{content}</div>
        {panels(None)}
    }
    .into_any()
}

fn body(day: MyDay) -> AnyView {
    let nothing = day.overdue.is_empty() && day.today.is_empty() && day.guided.is_empty();
    let empty = (nothing && day.done.is_empty()).then(|| {
        view! {
            <EmptyState picture=icon!("calendar") title=t("my-day-empty-title") text=t("my-day-empty-text") />
        }
    });
    let more = day.overdue_count - day.overdue.len() as i64;
    let more =
        (more > 0).then(|| view! { <p class="text-soft">{t_count("my-day-more", more)}</p> });
    view! {
        <div class="day-main">
            {visas()} {section("my-day-overdue", day.overdue_count, day.overdue)} {more}
            {section("my-day-today", day.today.len() as i64, day.today)} {guided(day.guided)} {empty}
            {section("my-day-done", day.done.len() as i64, day.done)}
        </div>
        <div class="day-side">
            {section("my-day-upcoming", day.upcoming.len() as i64, day.upcoming)}
            {deals(day.deals)} {leads(day.leads)} {wins()}
        </div>
    }
    .into_any()
}

fn section(name: &'static str, count: i64, activities: Vec<Activity>) -> Option<AnyView> {
    if activities.is_empty() {
        return None;
    }
    let rows = activities
        .into_iter()
        .map(|activity| activity_row(activity, About::Everything))
        .collect_view();
    Some(
        view! {
            <section class="card-box activity-section" data-section=name>
                <h2>{t(name)} <span class="count-mark">{format::number(count)}</span></h2>
                <ul class="activity-list">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

/// A card with its name, which also identifies it, how many rows it has, and the rows.
fn counted_card(name: &'static str, count: i64, rows: AnyView) -> AnyView {
    view! {
        <section class="card-box activity-section" aria-labelledby=name>
            <h2 id=name>{t(name)} <span class="count-mark">{format::number(count)}</span></h2>
            <ul class="activity-list">{rows}</ul>
        </section>
    }
    .into_any()
}

/// What others wait for the reader to decide.
fn visas() -> AnyView {
    let query = use_query(move || {
        Some(ListVisas(VisaFilter {
            mine: Some(true),
            ..VisaFilter::default()
        }))
    });
    let view = move || {
        let waiting = query.data.get()?.items;
        let count = waiting.len() as i64;
        let rows = waiting.into_iter().map(visa_row).collect_view();
        (count > 0).then(|| counted_card("my-day-visas", count, rows.into_any()))
    };
    view.into_any()
}

fn visa_row(visa: Visa) -> AnyView {
    let href = match visa.document_kind {
        VisaDocument::Proposal => paths::proposal(&visa.document_id),
        VisaDocument::Contract => {
            let step = visa.document_id.rsplit(':').next().unwrap_or_default();
            let step = encode_component(step);
            format!("{}?step={step}", paths::deal(visa.deal_id.as_str()))
        }
    };
    let name = match visa.document_kind {
        VisaDocument::Proposal => visa.document_name,
        VisaDocument::Contract => t("visa-document-contract"),
    };
    let by = t_with(
        "my-day-visa-by",
        &arguments! { "name" => visa.requested_by.name },
    );
    view! {
        <li class="activity-row">
            <span class="activity-tick">{icon!("file-text")}</span>
            <div class="min-w-0 flex-1">
                <p class="activity-title">
                    <a class="cell-title" href=href>
                        {name} " · " {visa.deal_title}
                    </a>
                </p>
                <p class="activity-under">
                    <span>{by}</span>
                    {visa.amount.map(|amount| view! { <Money value=amount /> })}
                </p>
            </div>
        </li>
    }
    .into_any()
}

/// What the process wants next in own deals: what is overdue, minutes to send, what is due.
fn guided(deals: Vec<GuidedDeal>) -> Option<AnyView> {
    if deals.is_empty() {
        return None;
    }
    let count = deals.len() as i64;
    let rows = deals.into_iter().map(guided_row).collect_view();
    Some(counted_card("my-day-guided", count, rows.into_any()))
}

fn guided_row(deal: GuidedDeal) -> AnyView {
    let page = paths::deal(deal.id.as_str());
    let next = deal.next_step;
    let href = match &next.step_id {
        Some(step) => format!("{page}?step={}", encode_component(step)),
        None => page,
    };
    let due = next.due_on.map(|day| {
        let is_late = day < format::today();
        view! {
            <span class="activity-due" class:is-overdue=is_late title=format::full_day(day)>
                {format::near_day(day)}
            </span>
        }
    });
    let late = (deal.overdue_steps > 0).then(|| {
        view! {
            <Badge tone=Tone::Danger>
                {icon!("clock-alert")} {t_count("mark-overdue", deal.overdue_steps)}
            </Badge>
        }
    });
    let minutes = deal
        .minutes_due
        .then(|| view! { <Badge tone=Tone::Warning>{icon!("mail")} {t("mark-minutes")}</Badge> });
    view! {
        <li class="activity-row">
            <div class="min-w-0 flex-1">
                <a class="cell-title" href=href>
                    {next.title}
                </a>
                <p class="activity-under">
                    {due} <span class="truncate">{deal.title}</span>
                    {deal.account_name.map(|name| view! { <span class="truncate">{name}</span> })}
                </p>
            </div>
            <span class="guided-marks">{late} {minutes}</span>
        </li>
    }
    .into_any()
}

fn deals(deals: Vec<DealToMove>) -> Option<AnyView> {
    if deals.is_empty() {
        return None;
    }
    let stages = use_stages();
    let rows = deals
        .into_iter()
        .map(|deal| {
            let is_late = deal.next_step_on < format::today();
            let stage = deal.stage.clone();
            let name = move || stages.with(|all| all.get(&stage).map(words::stage));
            view! {
                <li class="activity-row">
                    <div class="min-w-0 flex-1">
                        <a class="cell-title" href=paths::deal(deal.id.as_str())>{deal.title}</a>
                        <p class="activity-under" class:is-overdue=is_late>
                            <span class="activity-due">{format::near_day(deal.next_step_on)}</span>
                            {deal.account_name.map(|name| view! { <span class="truncate">{name}</span> })}
                        </p>
                    </div>
                    <span class="text-soft">{name}</span>
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <section class="card-box activity-section">
                <h2>{t("my-day-deals")}</h2>
                <ul class="activity-list">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

fn leads(leads: Vec<LeadToWork>) -> Option<AnyView> {
    if leads.is_empty() {
        return None;
    }
    let rows = leads
        .into_iter()
        .map(|lead| {
            let ask = (lead.next_question).map(|item| words::word("my-day-ask", item.as_str()));
            view! {
                <li class="activity-row">
                    <div class="min-w-0 flex-1">
                        <a class="cell-title" href=format!("/leads/{}", lead.id)>{lead.title}</a>
                        <p class="activity-under">
                            {lead.company_name.map(|name| view! { <span class="truncate">{name}</span> })}
                            {ask.map(|text| view! { <span>{text}</span> })}
                        </p>
                    </div>
                    <span class="text-soft tabular-nums">{format::percent(lead.score)}</span>
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <section class="card-box activity-section">
                <h2>{t("my-day-leads")}</h2>
                <ul class="activity-list">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}
