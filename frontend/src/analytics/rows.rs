//! The rows behind a number: the panel that lists them, and the links that open it.

use etalon_domain::analytics::{FunnelMode, RowDeal, Rows, RowsPart, RowsQuery, RowsReport};
use etalon_domain::deal::{DealFilter, DealStatus};
use etalon_domain::endpoint::{GetRows, ReportQuery, from_query};
use etalon_domain::page::DEFAULT_LIMIT;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::scope::{as_of_name, period_name, report_of};
use super::shares::owner_shares;
use crate::address::{pairs_of, use_changes, use_value};
use crate::api;
use crate::deals::{RegistryState, use_stages};
use crate::i18n::{arguments, format, t, t_count, t_with, words};
use crate::query::use_query;
use crate::records::answered;
use crate::routes::paths;
use crate::ui::{Avatar, Badge, Button, LinkButton, Money, Panel, Tone, icon, toast};

/// A number that opens the rows it was computed from.
#[component]
pub(super) fn RowsLink(
    /// The query of the rows.
    #[prop(into)]
    rows: String,
    /// The number.
    children: Children,
) -> impl IntoView {
    let changes = use_changes();
    view! {
        <a class="rows-link" href=move || changes.href(&[("rows", Some(&rows))])>
            {children()}
        </a>
    }
    .into_any()
}

/// The panel that lists the rows which the address asks for.
#[component]
pub(super) fn RowsPanel() -> impl IntoView {
    let wanted = use_value("rows");
    let changes = use_changes();
    let close = move |()| changes.apply(&[("rows", None)]);
    move || {
        wanted.get().map(|text| {
            let pairs = pairs_of(&text);
            let rows: RowsQuery = from_query(&pairs);
            let report = report_of(&pairs);
            let title = words::word("report", rows.report.unwrap_or(RowsReport::Funnel).as_str());
            view! {
                <Panel title on_close=close>
                    <div class="dialog-body rows-panel">{list(text, rows, report)}</div>
                </Panel>
            }
        })
    }
}

fn list(text: String, rows: RowsQuery, report: ReportQuery) -> AnyView {
    let about = subject(&rows);
    let as_of = as_of_name(&report.period);
    let is_past = as_of.is_some() || tells_of_what_was(&rows);
    let period = if tells_of_a_day(&rows) {
        as_of.unwrap_or_else(|| t("analytics-now"))
    } else {
        let period = [Some(period_name(&report.period)), as_of];
        period.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let asked = GetRows {
        report,
        options: RowsQuery {
            limit: Some(DEFAULT_LIMIT),
            ..rows
        },
    };
    let first = {
        let asked = asked.clone();
        use_query(move || Some(asked.clone()))
    };
    let registry = RegistryState::of(DealFilter {
        rows: Some(text),
        ..DealFilter::default()
    })
    .href();
    let content = answered(first, 8, move |answer: Rows| {
        found(answer, asked.clone(), registry.clone(), is_past)
    });
    view! {
        <p class="rows-about">
            {move || about.get()}
            <span class="text-soft">{period}</span>
        </p>
        {content}
    }
    .into_any()
}

/// Whether the number is of deals as they were at several moments of the period.
fn tells_of_what_was(rows: &RowsQuery) -> bool {
    match rows.report.unwrap_or(RowsReport::Funnel) {
        RowsReport::Funnel => rows.mode == Some(FunnelMode::Flow),
        RowsReport::Dynamics => rows.part == Some(RowsPart::Open),
        _ => false,
    }
}

/// Whether the number tells how things stand on a day, whatever the period.
fn tells_of_a_day(rows: &RowsQuery) -> bool {
    match rows.report.unwrap_or(RowsReport::Funnel) {
        RowsReport::Funnel => rows.mode.unwrap_or(FunnelMode::Snapshot) == FunnelMode::Snapshot,
        RowsReport::Stalling => true,
        RowsReport::Velocity => {
            matches!(rows.part, None | Some(RowsPart::Open | RowsPart::Weighted))
        }
        RowsReport::Pulse => matches!(rows.part, Some(RowsPart::Overdue | RowsPart::Rotting)),
        _ => false,
    }
}

/// What the number counts, in words.
fn subject(rows: &RowsQuery) -> Signal<String> {
    let stages = use_stages();
    let rows = rows.clone();
    Signal::derive(move || {
        let stage = rows
            .stage
            .as_ref()
            .map(|code| stages.with(|s| s.get(code).map_or_else(|| code.clone(), words::stage)));
        let mode = rows
            .mode
            .map(|mode| words::word("funnel-mode", mode.as_str()));
        let report = rows.report.unwrap_or(RowsReport::Funnel);
        let part = rows.part.map(|part| words::rows_part(report, part));
        let reason = rows.reason.clone().map(|reason| match reason.as_str() {
            "none" => t("not-set"),
            _ => reason,
        });
        let parts: Vec<String> = [mode, stage, part, reason].into_iter().flatten().collect();
        parts.join(" · ")
    })
}

fn found(answer: Rows, asked: GetRows, registry: String, is_past: bool) -> AnyView {
    let rows = RowsQuery {
        limit: None,
        ..asked.options.clone()
    };
    let shares = owner_shares(&answer.owners, answer.count, &asked.report, &rows);
    if answer.count == 0 {
        return view! { <p class="rows-none">{t("rows-none")}</p> }.into_any();
    }
    let report = asked.options.report.unwrap_or(RowsReport::Funnel);
    let items = RwSignal::new(answer.items);
    let next = RwSignal::new(answer.next_cursor);
    let busy = RwSignal::new(false);
    let more = move |()| {
        let Some(cursor) = next.get_untracked().filter(|_| !busy.get_untracked()) else {
            return;
        };
        let mut asked = asked.clone();
        asked.options.cursor = Some(cursor);
        busy.set(true);
        spawn_local(async move {
            let outcome = api::call(asked).await;
            busy.try_set(false);
            match outcome {
                Ok(page) => {
                    items.try_update(|items| items.extend(page.items));
                    next.try_set(page.next_cursor);
                }
                Err(failure) => toast::failed(&failure),
            }
        });
    };
    let more = Callback::new(more);
    let unconverted = (answer.unconverted > 0).then(|| {
        view! { <p class="text-soft">{t_count("totals-unconverted", answer.unconverted)}</p> }
    });
    let differs = answer.sum != answer.amount;
    let amount = differs.then(|| {
        view! {
            <div>
                <dt>{t("field-amount")}</dt>
                <dd><Money value=answer.amount /></dd>
            </div>
        }
    });
    view! {
        <dl class="rows-sums">
            <div>
                <dt>{t("funnel-deals")}</dt>
                <dd>{format::number(answer.count)}</dd>
            </div>
            <div>
                <dt>{if differs { t("weighted") } else { t("rows-sum") }}</dt>
                <dd><Money value=answer.sum /></dd>
            </div>
            {amount}
        </dl>
        {unconverted}
        {shares}
        <div class="rows-head">
            <h3>{t("nav-deals")}</h3>
            <LinkButton href=registry>{icon!("table-2")} {t("rows-registry")}</LinkButton>
        </div>
        {is_past.then(|| view! { <p class="text-soft">{t("rows-registry-today")}</p> })}
        <ul class="rows-list">
            <For each=move || items.get() key=|row| row.deal_id.clone() children=move |deal| row(deal, report) />
        </ul>
        <Show when=move || next.with(Option::is_some)>
            <div class="load-more">
                <Button busy on_press=more>{t("load-more")}</Button>
            </div>
        </Show>
    }
    .into_any()
}

fn row(row: RowDeal, report: RowsReport) -> AnyView {
    let stages = use_stages();
    // A forecast is made of categories: they are set in the form of the deal.
    let category = (report == RowsReport::Forecast
        && row.status == DealStatus::Open
        && !row.deleted)
        .then(|| {
            let form = format!(
                "{}?edit=forecast_category",
                paths::deal(row.deal_id.as_str())
            );
            view! {
                <a class="link-quiet" href=form title=t("field-forecast-category")>
                    {words::forecast(row.forecast_category)}
                </a>
            }
        });
    let code = row.stage.clone();
    let stage = move || stages.with(|s| s.get(&code).map_or_else(|| code.clone(), words::stage));
    let title = if row.deleted {
        view! { <span class="cell-title">{row.title.clone()}</span> }.into_any()
    } else {
        view! {
            <a class="cell-title" href=paths::deal(row.deal_id.as_str())>
                {row.title.clone()}
            </a>
        }
        .into_any()
    };
    let bin = row
        .deleted
        .then(|| view! { <Badge tone=Tone::Warning>{t("in-bin")}</Badge> });
    let account = row.account_name.clone().unwrap_or_else(|| t("no-account"));
    let close = closing(&row);
    view! {
        <li class="rows-item">
            <Avatar name=row.owner_name.clone() />
            <div class="min-w-0 flex-1">
                {title}
                <p class="cell-under">{row.number.clone()} " · " {account} {bin}</p>
                <p class="rows-facts">
                    <span>{stage}</span>
                    {close}
                    {category}
                </p>
            </div>
            <div class="rows-value">
                <Money value=row.value />
                <span class="text-soft">{format::percent(row.probability)}</span>
            </div>
        </li>
    }
    .into_any()
}

/// The day on which a deal was closed; of an open one the day on which that is expected, if any.
fn closing(row: &RowDeal) -> Option<AnyView> {
    let (day, exact) = if row.status == DealStatus::Open {
        let day = format::day(row.expected_close_on?);
        (t_with("rows-expected", &arguments! { "day" => day }), None)
    } else {
        let day = format::day(format::local_day(row.since));
        (day, Some(format::instant(row.since)))
    };
    Some(view! { <span title=exact>{icon!("calendar")} {day}</span> }.into_any())
}
