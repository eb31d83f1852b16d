//! What came of the deals closed in a period: win rate, cycle and velocity, as a whole and by group.

use etalon_domain::analytics::{
    Cycle, CycleRow, Dimension, Ended, RowsPart, RowsQuery, RowsReport, Velocity, WinRate,
    WinRateRow,
};
use etalon_domain::deal::DealCategory;
use etalon_domain::endpoint::{GetCycle, GetVelocity, GetWinRate, ReportQuery, SplitOptions};
use leptos::prelude::*;

use super::bar::ScopeBar;
use super::frame::Report;
use super::parts::{
    Segments, choices, count, days, figure, interval_bar, interval_text, key_name, linked, rate,
    rate_cells, rate_heads, sum, unconverted_note,
};
use super::scope::{narrowed, use_report};
use crate::address::use_choice;
use crate::i18n::{arguments, format, t, t_with, words};
use crate::query::use_query;
use crate::records::answered;
use crate::routes::paths;
use crate::ui::TableFrame;

/// How many of the closed deals were won, and how long it took.
#[component]
pub(super) fn ResultsPage() -> impl IntoView {
    let report = use_report();
    let split = use_choice("by", Dimension::Owner);
    let options = move || SplitOptions {
        group_by: Some(split.get()),
    };
    let rates = use_query(move || {
        let (report, options) = (report.get(), options());
        Some(GetWinRate { report, options })
    });
    let cycles = use_query(move || {
        let (report, options) = (report.get(), options());
        Some(GetCycle { report, options })
    });
    let velocity = use_query(move || {
        Some(GetVelocity {
            report: report.get(),
        })
    });
    let whole = answered(rates, 3, move |found: WinRate| {
        ends(&found.total, &report.get_untracked())
    });
    let pace = answered(cycles, 1, move |found: Cycle| {
        cycle(&found, &report.get_untracked())
    });
    let speed = answered(velocity, 1, move |found: Velocity| {
        per_day(&found, &report.get_untracked())
    });
    let groups = answered(rates, 5, move |found: WinRate| {
        let medians = cycles.data;
        table(
            found.groups,
            split.get_untracked(),
            &report.get_untracked(),
            move |key| medians.with(|cycle| median_of(cycle.as_ref(), key)),
        )
    });
    view! {
        <Report path=paths::RESULTS>
            <ScopeBar />
            {whole}
            <div class="report-pair">
                {pace}
                {speed}
            </div>
            <div class="report-row">
                <Segments
                    label=t("results-by")
                    name="by"
                    choices=choices(Dimension::ALL, Dimension::as_str, "results-by")
                    present=Signal::derive(move || split.get().as_str())
                />
            </div>
            {groups}
        </Report>
    }
    .into_any()
}

/// The rows behind a win rate.
pub(super) fn rows_of(part: RowsPart) -> RowsQuery {
    RowsQuery {
        report: Some(RowsReport::WinRate),
        part: Some(part),
        ..RowsQuery::default()
    }
}

fn ends(total: &WinRateRow, report: &ReportQuery) -> AnyView {
    let end = |ended: Ended, part: RowsPart, definition: &'static str| {
        let label = words::word("rows-part", part.as_str());
        let value = count(ended.deals, report, rows_of(part));
        figure(
            label,
            value,
            sum(Some(ended.amount), report, rows_of(part)),
            definition,
        )
    };
    let closed = |share| linked(rate(share), report, rows_of(RowsPart::Closed));
    let by_count = view! {
        {closed(total.by_count)}
        {interval_bar(total.by_count, total.interval)}
    };
    let interval = format!("{}: {}", t("interval-range"), interval_text(total.interval));
    let all = [total.won, total.lost, total.rejected, total.rerouted];
    let unconverted = all.iter().map(|ended| ended.unconverted).sum();
    view! {
        <dl class="figures">
            {figure(t("win-rate"), by_count.into_any(), interval.into_any(), "results-rate-definition")}
            {figure(
                t("results-by-value"),
                closed(total.by_value),
                t("results-by-value-note").into_any(),
                "",
            )}
            {end(total.won, RowsPart::Won, "")}
            {end(total.lost, RowsPart::Lost, "")}
            {end(total.rejected, RowsPart::Rejected, "results-apart-definition")}
            {end(total.rerouted, RowsPart::Rerouted, "results-apart-definition")}
        </dl>
        {unconverted_note(unconverted)}
    }
    .into_any()
}

/// The rows behind a cycle.
fn cycle_rows(part: RowsPart) -> RowsQuery {
    RowsQuery {
        report: Some(RowsReport::Cycle),
        ..rows_of(part)
    }
}

fn cycle(found: &Cycle, report: &ReportQuery) -> AnyView {
    let told = |label: &str, row: &CycleRow, part, definition: &'static str| {
        let p90 = row.p90_days.map(|p90| {
            let p90 = format::decimal(p90, 0);
            t_with("manager-p90", &arguments! { "days" => p90 })
        });
        figure(
            t(label),
            linked(days(row.median_days), report, cycle_rows(part)),
            p90.into_any(),
            definition,
        )
    };
    view! {
        <dl class="figures figures-more">
            {told("cycle-median", &found.won, RowsPart::Won, "cycle-definition")}
            {told("results-cycle-lost", &found.lost, RowsPart::Lost, "")}
        </dl>
    }
    .into_any()
}

fn per_day(found: &Velocity, report: &ReportQuery) -> AnyView {
    let rows = |part| RowsQuery {
        report: Some(RowsReport::Velocity),
        part,
        ..RowsQuery::default()
    };
    let cycle = t_with(
        "results-mean-cycle",
        &arguments! { "days" => days(found.average_cycle_days) },
    );
    view! {
        <dl class="figures figures-more">
            {figure(
                t("results-velocity"),
                sum(found.per_day, report, rows(None)),
                t("results-velocity-note").into_any(),
                "results-velocity-definition",
            )}
            {figure(
                t("rows-part-open"),
                count(found.open_deals, report, rows(None)),
                t("results-open-note").into_any(),
                "",
            )}
            {figure(
                t("results-average-won"),
                sum(found.average_won, report, rows(Some(RowsPart::Won))),
                cycle.into_any(),
                "",
            )}
        </dl>
    }
    .into_any()
}

/// The median of a group among those won.
fn median_of(cycle: Option<&Cycle>, key: Option<&str>) -> Option<f64> {
    let mut groups = cycle?.groups.iter();
    groups.find(|row| row.key.as_deref() == key)?.median_days
}

/// The name of a group.
fn group_name(split: Dimension, row: &WinRateRow) -> String {
    let category = || row.key.as_deref()?.parse::<DealCategory>().ok();
    match (split, category()) {
        (Dimension::Category, Some(category)) => words::category(category),
        _ => key_name(row),
    }
}

fn table(
    groups: Vec<WinRateRow>,
    split: Dimension,
    report: &ReportQuery,
    median: impl Fn(Option<&str>) -> Option<f64> + Copy + Send + 'static,
) -> AnyView {
    if groups.is_empty() {
        return view! { <p class="analytics-note">{t("results-none")}</p> }.into_any();
    }
    let rows = groups
        .into_iter()
        .map(|row| {
            let report = narrowed(report, split, row.key.as_deref());
            // A size that nobody named cannot be asked for by itself.
            let opens = split != Dimension::Category || row.key.is_some();
            let number = |ended: Ended, part| match opens {
                true => count(ended.deals, &report, rows_of(part)),
                false => format::number(ended.deals).into_any(),
            };
            let own = report.clone();
            let told = move |text: String, rows| match opens {
                true => linked(text, &own, rows),
                false => text.into_any(),
            };
            let name = group_name(split, &row);
            let key = row.key.clone();
            view! {
                <tr>
                    <th scope="row" class="cell-main font-medium">
                        <span class="block truncate">{name}</span>
                    </th>
                    {rate_cells(
                        number(row.won, RowsPart::Won),
                        number(row.lost, RowsPart::Lost),
                        row.by_count,
                        row.interval,
                    )}
                    <td class="cell-number">{told(rate(row.by_value), rows_of(RowsPart::Closed))}</td>
                    <td class="cell-number">
                        {move || told(days(median(key.as_deref())), cycle_rows(RowsPart::Won))}
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="report-table">
            <TableFrame label=t("report-results")>
                <thead>
                    <tr>
                        <th scope="col">{words::word("results-by", split.as_str())}</th>
                        {rate_heads()}
                        <th scope="col" class="cell-number">{t("results-by-value")}</th>
                        <th scope="col" class="cell-number">{t("cycle-median")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </TableFrame>
        </div>
    }
    .into_any()
}
