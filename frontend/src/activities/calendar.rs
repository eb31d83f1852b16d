//! The calendar: a day, a week or a month of what the reader does. A press on an empty place plans
//! something there.

use std::collections::HashMap;

use chrono::{Datelike as _, NaiveDate, NaiveTime};
use etalon_domain::activity::{Activity, ActivityFilter, ActivityOrigin, ActivityStatus};
use etalon_domain::endpoint::{Activities, List};
use etalon_domain::page::{Any, MAX_LIMIT};
use etalon_domain::policy::Actor;
use leptos::ev;
use leptos::prelude::*;

use super::actions::stay_fresh;
use super::days::Span;
use super::panel::panels;
use super::time_grid::places;
use super::when;
use crate::address::{Changes, use_changes, use_go, use_value};
use crate::i18n::{arguments, format, t, t_count, t_with};
use crate::layout::{PageHead, set_trail};
use crate::query::use_query;
use crate::session;
use crate::ui::{Button, ErrorState, LinkButton, Look, Tab, Tabs, dom, icon};

/// The hours that the grid of a day shows at least.
const HOURS: (u32, u32) = (7, 20);
/// How many activities a day of the month shows.
const OF_MONTH: usize = 4;

/// The calendar.
#[component]
pub(super) fn CalendarPage() -> impl IntoView {
    set_trail(vec![(t("nav-calendar"), None)]);
    stay_fresh();
    let (view, chosen) = (use_value("view"), use_value("day"));
    let span = Memo::new(move |_| Span::of(view.get().as_deref()));
    let day = Memo::new(move |_| {
        let day = chosen.get().and_then(|day| day.parse::<NaiveDate>().ok());
        day.unwrap_or_else(format::today)
    });
    let days = Memo::new(move |_| span.get().days(day.get()));
    let me = session::me().map(|me| me.user.id);
    let query = use_query(move || {
        let (from, to) = days.with(|days| (days.first().copied(), days.last().copied()));
        Some(List::<Activities>(ActivityFilter {
            person_id: me.clone(),
            status: Any(vec![ActivityStatus::Planned, ActivityStatus::Done]),
            from,
            to,
            limit: Some(MAX_LIMIT),
            ..ActivityFilter::default()
        }))
    });
    let changes = use_changes();
    let go = use_go();
    let may_create = session::may(Actor::writes);
    let on_day = move |day: NaiveDate| {
        let text = day.to_string();
        let is_today = day == format::today();
        changes.href(&[("day", (!is_today).then_some(text.as_str()))])
    };
    let create = Callback::new(move |()| {
        let on = day.get_untracked().to_string();
        changes.apply(&[("new", Some("activity")), ("on", Some(&on))]);
    });
    let keys = window_event_listener(ev::keydown, move |event| {
        if dom::is_typing(&event) || dom::has_dialog() || event.ctrl_key() || event.meta_key() {
            return;
        }
        let (at, by) = (day.get_untracked(), span.get_untracked());
        let target = match event.key().as_str() {
            "ArrowLeft" => untrack(|| on_day(by.step(at, false))),
            "ArrowRight" => untrack(|| on_day(by.step(at, true))),
            "t" => untrack(|| on_day(format::today())),
            "d" => untrack(|| changes.href(&[("view", Some("day"))])),
            "w" => untrack(|| changes.href(&[("view", None)])),
            "m" => untrack(|| changes.href(&[("view", Some("month"))])),
            "n" if may_create => {
                event.prevent_default();
                create.run(());
                return;
            }
            _ => return,
        };
        event.prevent_default();
        go.to(target);
    });
    on_cleanup(move || keys.remove());
    let title = Signal::derive(move || match span.get() {
        Span::Day => format::full_day(day.get()),
        Span::Week => days.with(|days| match (days.first(), days.last()) {
            (Some(first), Some(last)) => {
                format!("{} – {}", format::day(*first), format::day(*last))
            }
            _ => String::new(),
        }),
        Span::Month => format::month(day.get()),
    });
    let tabs = Span::ALL
        .map(|each| {
            let word = (each != Span::Week).then_some(each.as_str());
            let href = Signal::derive(move || changes.href(&[("view", word)]));
            let active = Signal::derive(move || span.get() == each);
            view! { <Tab href active>{t(&format!("calendar-{}", each.as_str()))}</Tab> }
        })
        .into_iter()
        .collect_view();
    let content = move || {
        if let (None, Some(failure)) = (query.data.get(), query.failure.get()) {
            return view! { <ErrorState failure on_retry=move |()| query.retry() /> }.into_any();
        }
        let page = query.data.get();
        let is_cut = page.as_ref().is_some_and(|page| page.next_cursor.is_some());
        let mut by_day = HashMap::<NaiveDate, Vec<Activity>>::new();
        for activity in page.map(|page| page.items).unwrap_or_default() {
            if let Some(day) = when::day(&activity) {
                by_day.entry(day).or_default().push(activity);
            }
        }
        let cut = is_cut.then(|| {
            view! { <p class="text-soft px-4">{t_count("calendar-cut", MAX_LIMIT.into())}</p> }
        });
        let shown = days.get();
        let grid = match span.get() {
            Span::Month => month(&shown, day.get(), &mut by_day, changes, may_create),
            _ => hours(&shown, &mut by_day, changes, may_create),
        };
        view! { {cut} {grid} }.into_any()
    };
    view! {
        <PageHead title>
            <div class="head-steps">
            <LinkButton href=Signal::derive(move || on_day(span.get().step(day.get(), false)))>
                {icon!("chevron-left")} <span class="sr-only">{t("calendar-before")}</span>
            </LinkButton>
            <LinkButton href=Signal::derive(move || on_day(format::today()))>{t("calendar-today")}</LinkButton>
            <LinkButton href=Signal::derive(move || on_day(span.get().step(day.get(), true)))>
                {icon!("chevron-right")} <span class="sr-only">{t("calendar-after")}</span>
            </LinkButton>
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
        <div class="px-4"><Tabs label=t("calendar-views")>{tabs}</Tabs></div>
        {content}
        {panels(None)}
    }
    .into_any()
}

/// An activity as a chip that opens it.
fn chip(activity: &Activity, changes: Changes, with_time: bool) -> AnyView {
    let id = activity.id.to_string();
    let href = move || changes.href(&[("activity", Some(&id))]);
    let time = with_time
        .then(|| activity.starts_at.map(format::local_time))
        .flatten();
    let hint = activity
        .deal_title
        .clone()
        .or_else(|| activity.account_name.clone());
    let (title, tip) = (activity.title.clone(), activity.title.clone());
    view! {
        <a
            class="calendar-chip"
            href=href
            title=tip
            data-status=activity.status.as_str()
            class:by-process=activity.origin == ActivityOrigin::Process
            class:is-overdue=activity.overdue
        >
            {when::kind_icon(activity.kind)}
            {time.map(|time| view! { <span class="tabular-nums">{time}</span> })}
            <span class="truncate">{title}</span>
            {hint.map(|hint| view! { <span class="calendar-hint truncate">{hint}</span> })}
        </a>
    }
    .into_any()
}

fn month(
    days: &[NaiveDate],
    around: NaiveDate,
    by_day: &mut HashMap<NaiveDate, Vec<Activity>>,
    changes: Changes,
    may_create: bool,
) -> AnyView {
    let names = days
        .iter()
        .take(7)
        .map(|day| view! { <div class="calendar-weekday">{format::weekday(*day)}</div> })
        .collect_view();
    let cells = days
        .iter()
        .map(|day| {
            let day = *day;
            let found = by_day.remove(&day).unwrap_or_default();
            let more = found.len().saturating_sub(OF_MONTH);
            let chips = (found.iter().take(OF_MONTH))
                .map(|activity| chip(activity, changes, true))
                .collect_view();
            let text = day.to_string();
            let open = move || changes.href(&[("view", Some("day")), ("day", Some(&text))]);
            let label = format!("{}: {}", format::full_day(day), t_count("calendar-count", found.len() as i64));
            let on = day.to_string();
            let plan = move |_| changes.apply(&[("new", Some("activity")), ("on", Some(&on))]);
            view! {
                <div
                    class="calendar-cell"
                    class:is-other=day.month() != around.month()
                    class:is-today=day == format::today()
                >
                    <a class="calendar-number" href=open aria-label=label>
                        {day.day()}
                        {(!found.is_empty()).then(|| view! { <span class="calendar-dot" aria-hidden="true"></span> })}
                    </a>
                    <div class="calendar-chips">
                        {chips}
                        {(more > 0).then(|| view! { <span class="text-soft">{t_count("calendar-more", more as i64)}</span> })}
                    </div>
                    {may_create.then(|| view! { <button type="button" class="calendar-free" tabindex="-1" aria-label=plan_label(day, None) on:click=plan></button> })}
                </div>
            }
        })
        .collect_view();
    view! { <div class="calendar-month">{names} {cells}</div> }.into_any()
}

fn plan_label(day: NaiveDate, hour: Option<u32>) -> String {
    let when = match hour {
        Some(hour) => format!("{}, {hour:02}:00", format::full_day(day)),
        None => format::full_day(day),
    };
    t_with("calendar-plan", &arguments! { "when" => when })
}

fn hours(
    days: &[NaiveDate],
    by_day: &mut HashMap<NaiveDate, Vec<Activity>>,
    changes: Changes,
    may_create: bool,
) -> AnyView {
    let local = |activity: &Activity| {
        let text = activity.starts_at.map(format::local_time)?;
        NaiveTime::parse_from_str(&text, "%H:%M").ok()
    };
    let hour_of = |time: NaiveTime| chrono::Timelike::hour(&time);
    let times = || by_day.values().flatten().filter_map(local).map(hour_of);
    let first = times().min().unwrap_or(HOURS.0).min(HOURS.0);
    let last = times()
        .max()
        .map_or(HOURS.1, |hour| (hour + 1).max(HOURS.1))
        .min(23);
    let scale = (first..=last)
        .map(|hour| view! { <div class="calendar-hour tabular-nums">{format!("{hour:02}:00")}</div> })
        .collect_view();
    let columns = days
        .iter()
        .map(|day| {
            let day = *day;
            let found = by_day.remove(&day).unwrap_or_default();
            let (timed, whole): (Vec<_>, Vec<_>) = found.into_iter().partition(|a| a.starts_at.is_some());
            let spots: Vec<_> = timed
                .iter()
                .map(|a| (local(a).unwrap_or_default(), a.duration_minutes.unwrap_or(0).max(0) as u32))
                .collect();
            let events = timed
                .iter()
                .zip(places(&spots))
                .map(|(activity, place)| {
                    let top = f64::from(place.start.saturating_sub(first * 60)) / 60.0;
                    let height = f64::from(place.end - place.start) / 60.0;
                    let width = 100.0 / place.columns as f64;
                    let left = width * place.column as f64;
                    let style = format!(
                        "top: calc({top} * var(--hour)); height: calc({height} * var(--hour)); \
                         left: {left}%; width: {width}%"
                    );
                    view! { <div class="calendar-event" style=style>{chip(activity, changes, true)}</div> }
                })
                .collect_view();
            let slots = may_create.then(|| {
                (first..=last)
                    .map(|hour| {
                        let (on, at) = (day.to_string(), format!("{hour:02}:00"));
                        let plan = move |_| {
                            changes.apply(&[
                                ("new", Some("activity")),
                                ("on", Some(&on)),
                                ("at", Some(&at)),
                            ]);
                        };
                        view! {
                            <button
                                type="button"
                                class="calendar-slot"
                                tabindex="-1"
                                aria-label=plan_label(day, Some(hour))
                                on:click=plan
                            ></button>
                        }
                    })
                    .collect_view()
            });
            let text = day.to_string();
            let open = move || changes.href(&[("view", Some("day")), ("day", Some(&text))]);
            view! {
                <section class="calendar-day" class:is-today=day == format::today() aria-label=format::full_day(day)>
                    <header class="calendar-head">
                        <a class="calendar-number" href=open>{format::weekday(day)} " " {day.day()}</a>
                    </header>
                    <div class="calendar-whole">
                        {whole.iter().map(|activity| chip(activity, changes, false)).collect_view()}
                    </div>
                    <div class="calendar-hours">{slots} {events}</div>
                </section>
            }
        })
        .collect_view();
    let count = days.len();
    // Where a week is wider than the screen, today is what one sees first.
    let scroll = NodeRef::<leptos::html::Div>::new();
    scroll.on_load(|scroll| {
        request_animation_frame(move || {
            if let Some(today) = dom::first(&scroll, ".is-today") {
                let scale = dom::first(&scroll, ".calendar-scale");
                let before = scale.map_or(0, |scale| scale.offset_width());
                scroll.set_scroll_left(today.offset_left() - scroll.offset_left() - before);
            }
        });
    });
    view! {
        <div
            class="calendar-scroll"
            role="region"
            aria-label=t("nav-calendar")
            tabindex="0"
            node_ref=scroll
        >
            <div class="calendar-week" style=format!("--days: {count}")>
                <div class="calendar-scale" aria-hidden="true">
                    <div class="calendar-head"></div>
                    <div class="calendar-whole"></div>
                    <div class="calendar-hours">{scale}</div>
                </div>
                {columns}
            </div>
        </div>
    }
    .into_any()
}
