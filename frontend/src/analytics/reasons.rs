//! Why deals ended, where they came from, against whom.

use etalon_domain::analytics::{
    CompetitorRow, Dimension, Interval, ReasonRow, Reasons, RowsPart, RowsQuery, RowsReport,
    WinRateRow,
};
use etalon_domain::endpoint::{GetReasons, ReportQuery};
use leptos::prelude::*;

use super::bar::ScopeBar;
use super::chart::{Chart, Form, Plot, Point, Unit};
use super::frame::Report;
use super::parts::{
    Definition, count, interval_text, key_name, rate, rate_cells, rate_heads, unconverted_note,
};
use super::results::rows_of;
use super::scope::{about_period, narrowed, rows_text, use_report};
use crate::i18n::{arguments, format, t, t_count, t_with};
use crate::query::use_query;
use crate::records::answered;
use crate::routes::paths;
use crate::ui::{EmptyState, TableFrame, icon};

/// Reasons of loss and rejection, sources and competitors.
#[component]
pub(super) fn ReasonsPage() -> impl IntoView {
    let report = use_report();
    let query = use_query(move || {
        Some(GetReasons {
            report: report.get(),
        })
    });
    let content = answered(query, 8, move |reasons: Reasons| {
        let nothing = reasons.lost.is_empty()
            && reasons.rejected.is_empty()
            && reasons.sources.is_empty()
            && reasons.competitors.is_empty();
        if nothing {
            return view! {
                <EmptyState
                    picture=icon!("search-x")
                    title=t("reasons-empty-title")
                    text=t("reasons-empty-text")
                />
            }
            .into_any();
        }
        body(&reasons, &report.get_untracked())
    });
    view! {
        <Report path=paths::REASONS>
            <ScopeBar />
            {content}
        </Report>
    }
    .into_any()
}

fn body(reasons: &Reasons, report: &ReportQuery) -> AnyView {
    let pictures = [
        ("reasons-lost", &reasons.lost, RowsPart::Lost, "bad"),
        (
            "reasons-rejected",
            &reasons.rejected,
            RowsPart::Rejected,
            "2",
        ),
    ]
    .into_iter()
    .filter(|(_, rows, ..)| !rows.is_empty())
    .map(|(title, rows, part, color)| {
        let plot = Signal::stored(reasons_plot(rows, report, part, color));
        view! {
            <section class="card-box">
                <Chart title=t(title) plot />
            </section>
        }
    })
    .collect_view();
    let unconverted = (reasons.lost.iter().chain(&reasons.rejected))
        .map(|row| row.unconverted)
        .sum();
    view! {
        {unconverted_note(unconverted)}
        <div class="report-cards">
            {pictures} {rate_card("sources-title", sources_plot(&reasons.sources, report))}
            {rate_card("competitors-title", competitors_plot(&reasons.competitors, report))}
        </div>
        {sources(&reasons.sources, report)}
        {competitors(&reasons.competitors, report)}
    }
    .into_any()
}

/// How many bars a picture has at most.
const SHOWN: usize = 12;

fn reasons_plot(
    rows: &[ReasonRow],
    report: &ReportQuery,
    part: RowsPart,
    color: &'static str,
) -> Plot {
    let shown = &rows[..rows.len().min(SHOWN)];
    let name = |row: &ReasonRow| row.reason.clone().unwrap_or_else(|| t("not-set"));
    let others = &rows[shown.len()..];
    let mut points: Vec<Point> = shown
        .iter()
        .map(|row| {
            let query = RowsQuery {
                report: Some(RowsReport::Reasons),
                part: Some(part),
                reason: Some(row.reason.clone().unwrap_or_else(|| "none".to_owned())),
                ..RowsQuery::default()
            };
            let mut point = Point::count(row.deals).behind(rows_text(report, &query));
            if let Some(share) = row.share {
                point.shown = format!("{} · {}", point.shown, format::share(share, 0));
            }
            point.exact = format!("{} · {}", point.exact, format::money(row.amount));
            point
        })
        .collect();
    let mut names: Vec<String> = shown.iter().map(name).collect();
    if !others.is_empty() {
        names.push(t_count("reasons-others", others.len() as i64));
        points.push(Point::count(others.iter().map(|row| row.deals).sum()));
    }
    let mut plot = Plot::new(t("field-reason"), names, Unit::Count)
        .about(about_period(report))
        .with(t("funnel-deals"), Form::Bars, color, points);
    plot.lying = true;
    if let Some(first) = shown.first() {
        plot.summary = t_with(
            "reasons-summary",
            &arguments! {
                "reason" => name(first),
                "share" => rate(first.share),
            },
        );
    }
    plot
}

/// A win rate of one group.
struct Rate {
    name: String,
    won: i64,
    lost: i64,
    by_count: Option<f64>,
    interval: Option<Interval>,
    rows: String,
}

/// The win rates of the groups with the most deals, as one picture.
fn rates_plot(head: &str, rates: Vec<Rate>, report: &ReportQuery) -> Option<Plot> {
    let rates: Vec<Rate> = (rates.into_iter())
        .filter(|rate| rate.by_count.is_some())
        .take(SHOWN)
        .collect();
    if rates.is_empty() {
        return None;
    }
    let names = rates.iter().map(|rate| rate.name.clone()).collect();
    let points: Vec<Point> = (rates.iter())
        .map(|rate| {
            let mut point = Point::share(rate.by_count);
            let (won, all) = (rate.won, rate.won + rate.lost);
            let of = format!("{} / {}", format::number(won), format::number(all));
            let range = interval_text(rate.interval);
            point.shown = format!("{} · {of}", point.shown);
            point.exact = format!("{} ({range}) · {of}", point.exact);
            point.behind(rate.rows.clone())
        })
        .collect();
    let mut plot = Plot::new(t(head), names, Unit::Share)
        .about(about_period(report))
        .with(t("win-rate"), Form::Bars, "good", points);
    plot.lying = true;
    plot.sum_up();
    Some(plot)
}

fn rate_card(title: &'static str, plot: Option<Plot>) -> Option<AnyView> {
    let plot = Signal::stored(plot?);
    Some(
        view! {
            <section class="card-box">
                <Chart title=t(title) plot>
                    <Definition text=t("interval-definition") />
                </Chart>
            </section>
        }
        .into_any(),
    )
}

fn sources_plot(rows: &[WinRateRow], report: &ReportQuery) -> Option<Plot> {
    let rates = rows.iter().map(|row| Rate {
        name: key_name(row),
        won: row.won.deals,
        lost: row.lost.deals,
        by_count: row.by_count,
        interval: row.interval,
        rows: rows_text(
            &narrowed(report, Dimension::Source, row.key.as_deref()),
            &rows_of(RowsPart::Closed),
        ),
    });
    rates_plot("field-source", rates.collect(), report)
}

fn competitors_plot(rows: &[CompetitorRow], report: &ReportQuery) -> Option<Plot> {
    let rates = rows.iter().map(|row| Rate {
        name: row.account.name.clone(),
        won: row.won.deals,
        lost: row.lost.deals,
        by_count: row.by_count,
        interval: row.interval,
        rows: rows_text(report, &competitor_rows(row, RowsPart::Closed)),
    });
    rates_plot("competitor-who", rates.collect(), report)
}

fn competitor_rows(row: &CompetitorRow, part: RowsPart) -> RowsQuery {
    RowsQuery {
        report: Some(RowsReport::Reasons),
        part: Some(part),
        competitor_id: Some(row.account.id.clone().into()),
        ..RowsQuery::default()
    }
}

fn heads(first: &str) -> AnyView {
    view! {
        <thead>
            <tr>
                <th scope="col">{t(first)}</th>
                {rate_heads()}
            </tr>
        </thead>
    }
    .into_any()
}

fn section(title: &'static str, head: &'static str, rows: Vec<AnyView>) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    Some(
        view! {
            <section class="report-section">
                <header class="report-section-head">
                    <h2>{t(title)}</h2>
                    <Definition text=t("interval-definition") />
                </header>
            </section>
            <div class="report-table">
                <TableFrame label=t(title)>
                    {heads(head)}
                    <tbody>{rows}</tbody>
                </TableFrame>
            </div>
        }
        .into_any(),
    )
}

fn sources(rows: &[WinRateRow], report: &ReportQuery) -> Option<AnyView> {
    let rows = rows.iter().map(|row| {
        let report = narrowed(report, Dimension::Source, row.key.as_deref());
        view! {
            <tr>
                <th scope="row" class="cell-main font-medium">
                    <span class="block truncate">{key_name(row)}</span>
                </th>
                {rate_cells(
                    count(row.won.deals, &report, rows_of(RowsPart::Won)),
                    count(row.lost.deals, &report, rows_of(RowsPart::Lost)),
                    row.by_count,
                    row.interval,
                )}
            </tr>
        }
        .into_any()
    });
    section("sources-title", "field-source", rows.collect())
}

fn competitors(rows: &[CompetitorRow], report: &ReportQuery) -> Option<AnyView> {
    let rows = rows.iter().map(|row| {
        let lost_to_it = (row.lost_to_it > 0).then(|| {
            t_with(
                "competitors-lost-to-it",
                &arguments! { "count" => format::number(row.lost_to_it) },
            )
        });
        view! {
            <tr>
                <th scope="row" class="cell-main font-normal">
                    <a class="cell-title" href=paths::account(&row.account.id)>
                        {row.account.name.clone()}
                    </a>
                    <span class="cell-under">{lost_to_it}</span>
                </th>
                {rate_cells(
                    count(row.won.deals, report, competitor_rows(row, RowsPart::Won)),
                    count(row.lost.deals, report, competitor_rows(row, RowsPart::Lost)),
                    row.by_count,
                    row.interval,
                )}
            </tr>
        }
        .into_any()
    });
    section("competitors-title", "competitor-who", rows.collect())
}
