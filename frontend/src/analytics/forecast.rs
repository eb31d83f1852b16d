//! The forecast: three lines against the target.

use etalon_domain::analytics::{
    Dimension, Forecast, ForecastLine, PastForecast, Period, RowsPart, RowsQuery, RowsReport, Step,
};
use etalon_domain::endpoint::{GetForecast, ReportQuery, StepOptions};
use etalon_domain::money::Money as Amount;
use leptos::prelude::*;

use super::bar::ScopeBar;
use super::chart::{Chart, Form, Plot, Point, Unit};
use super::frame::Report;
use super::parts::{
    Definition, Segments, attainment_bar, figure, own_note, rate, sum, target, unconverted_note,
};
use super::scope::{
    about_period, as_of, days_name, manager_href, month_name, narrowed, over, rows_text, use_report,
};
use crate::address::use_value;
use crate::i18n::{arguments, format, t, t_count, t_with, words};
use crate::query::use_query;
use crate::records::answered;
use crate::routes::paths;
use crate::ui::TableFrame;

/// The forecast of a period, as a whole, by parts of it, by person and department, and as it stood.
#[component]
pub(super) fn ForecastPage() -> impl IntoView {
    let report = use_report();
    let wanted = use_value("step");
    let step = Memo::new(move |_| match wanted.get().as_deref() {
        Some("quarter") => Step::Quarter,
        _ => Step::Month,
    });
    let query = use_query(move || {
        Some(GetForecast {
            report: report.get(),
            options: StepOptions {
                step: Some(step.get()),
            },
        })
    });
    let steps = [Step::Month, Step::Quarter];
    let steps = steps.map(|step| (step.as_str(), words::word("step", step.as_str())));
    let content = answered(query, 8, move |forecast: Forecast| {
        body(&forecast, &report.get_untracked(), step.get_untracked())
    });
    view! {
        <Report path=paths::FORECAST>
            <ScopeBar />
            <div class="report-row">
                <Segments
                    label=t("steps")
                    name="step"
                    choices=steps.into()
                    present=Signal::derive(move || step.get().as_str())
                />
                <Definition text=t("forecast-definition") />
            </div>
            {content}
        </Report>
    }
    .into_any()
}

/// The rows behind a line of a forecast.
pub(super) fn rows_of(part: RowsPart) -> RowsQuery {
    RowsQuery {
        report: Some(RowsReport::Forecast),
        part: Some(part),
        ..RowsQuery::default()
    }
}

/// The three lines of a forecast and its target as large numbers.
pub(super) fn figures(line: &ForecastLine, report: &ReportQuery) -> AnyView {
    let deals = |count| t_count("deals-count", count).into_any();
    let gap = line.target.map(|target| {
        let left = target.minor - line.towards_target.unwrap_or(line.closed).minor;
        if left <= 0 {
            t("forecast-target-met")
        } else {
            let left = Amount::new(left, target.currency);
            t_with(
                "forecast-left",
                &arguments! { "amount" => format::money(left) },
            )
        }
    });
    let of_target = format!("{} {}", rate(line.attainment), t("forecast-of-target"));
    view! {
        {figure(
            t("forecast-closed"),
            sum(Some(line.closed), report, rows_of(RowsPart::Closed)),
            deals(line.closed_deals),
            "",
        )}
        {figure(
            t("forecast-commit-line"),
            sum(Some(line.commit), report, rows_of(RowsPart::Commit)),
            deals(line.commit_deals),
            "",
        )}
        {figure(
            t("forecast-weighted"),
            sum(Some(line.weighted), report, rows_of(RowsPart::Weighted)),
            deals(line.weighted_deals),
            "",
        )}
        {figure(
            t("forecast-target"),
            target(line.target, report),
            gap.map_or_else(|| t("forecast-no-target"), |gap| format!("{of_target} · {gap}"))
                .into_any(),
            "",
        )}
    }
    .into_any()
}

fn body(forecast: &Forecast, report: &ReportQuery, step: Step) -> AnyView {
    let parts = Signal::stored(parts_plot(forecast, report, step));
    let history = Signal::stored(history_plot(forecast, report));
    let owners = people(&forecast.owners, report, "field-owner-id", Dimension::Owner);
    let departments = people(
        &forecast.departments,
        report,
        "field-department-id",
        Dimension::Department,
    );
    view! {
        <dl class="figures">{figures(&forecast.total, report)}</dl>
        {own_note(forecast.total.target, report)}
        {unconverted_note(forecast.unconverted)}
        <div class="report-cards">
            <section class="card-box">
                <Chart title=words::word("forecast-by", step.as_str()) plot=parts />
            </section>
            <section class="card-box">
                <Chart title=t("forecast-history") plot=history>
                    <Definition text=t("forecast-history-definition") />
                </Chart>
            </section>
        </div>
        {owners}
        {departments}
    }
    .into_any()
}

/// The name of a part of the period.
fn part_name(period: Period, step: Step) -> String {
    match step {
        Step::Month => month_name(period.from),
        _ => days_name(period),
    }
}

fn parts_plot(forecast: &Forecast, report: &ReportQuery, step: Step) -> Plot {
    let names = (forecast.parts.iter())
        .map(|part| part_name(part.period, step))
        .collect();
    let points = |value: fn(&ForecastLine) -> Amount, part: RowsPart| {
        (forecast.parts.iter())
            .map(|line| {
                let rows = rows_text(&over(report, line.period), &rows_of(part));
                Point::money(Some(value(line))).behind(rows)
            })
            .collect::<Vec<_>>()
    };
    let closed = points(|line| line.closed, RowsPart::Closed);
    let commit = points(|line| line.commit, RowsPart::Commit);
    let weighted = points(|line| line.weighted, RowsPart::Weighted);
    let targets = forecast.parts.iter().map(|part| Point::money(part.target));
    let mut plot = Plot::new(t("analytics-period"), names, Unit::Money)
        .about(about_period(report))
        .with(t("forecast-closed"), Form::Bars, "1", closed)
        .with(t("forecast-commit-line"), Form::Bars, "2", commit)
        .with(t("forecast-weighted"), Form::Bars, "3", weighted);
    if forecast.parts.iter().any(|part| part.target.is_some()) {
        plot = plot.with(
            t("forecast-target"),
            Form::Mark,
            "strong",
            targets.collect(),
        );
    }
    plot.days = (forecast.parts.iter())
        .map(|part| part.period.from)
        .collect();
    plot.summary = summary(&forecast.total);
    plot
}

/// The whole in one sentence, for those who do not see the picture.
fn summary(line: &ForecastLine) -> String {
    t_with(
        "forecast-summary",
        &arguments! {
            "closed" => format::money(line.closed),
            "commit" => format::money(line.commit),
            "weighted" => format::money(line.weighted),
            "target" => line.target.map_or_else(|| "–".to_owned(), format::money),
        },
    )
}

/// The same forecast as it stood some weeks ago, oldest first, and as it stands.
fn history_plot(forecast: &Forecast, report: &ReportQuery) -> Plot {
    let mut past: Vec<_> = forecast.history.iter().collect();
    past.sort_by_key(|past| std::cmp::Reverse(past.weeks_ago));
    let mut names: Vec<String> = (past.iter())
        .map(|past| t_count("weeks-ago", past.weeks_ago))
        .collect();
    names.push(format::day(forecast.as_of));
    let total = &forecast.total;
    let days = over(report, total.period);
    let line = |of_past: fn(&PastForecast) -> Amount, now, part| {
        let mut points: Vec<Point> = (past.iter())
            .map(|past| {
                let rows = rows_text(&as_of(&days, past.as_of), &rows_of(part));
                Point::money(Some(of_past(past))).behind(rows)
            })
            .collect();
        points.push(Point::money(Some(now)).behind(rows_text(&days, &rows_of(part))));
        points
    };
    let mut plot = Plot::new(t("analytics-as-of-day"), names, Unit::Money)
        .about(about_period(report))
        .with(
            t("forecast-closed"),
            Form::Line,
            "1",
            line(|past| past.closed, total.closed, RowsPart::Closed),
        )
        .with(
            t("forecast-commit-line"),
            Form::Line,
            "2",
            line(|past| past.commit, total.commit, RowsPart::Commit),
        )
        .with(
            t("forecast-weighted"),
            Form::Line,
            "3",
            line(|past| past.weighted, total.weighted, RowsPart::Weighted),
        );
    let first = past.first();
    plot.summary = first.map_or_else(String::new, |first| {
        t_with(
            "forecast-history-summary",
            &arguments! {
                "ago" => t_count("weeks-ago", first.weeks_ago),
                "before" => format::money(first.weighted),
                "now" => format::money(total.weighted),
            },
        )
    });
    plot
}

/// The forecast of each person or department.
fn people(
    lines: &[ForecastLine],
    report: &ReportQuery,
    head: &'static str,
    split: Dimension,
) -> Option<AnyView> {
    if lines.is_empty() {
        return None;
    }
    let rows = lines
        .iter()
        .map(|line| {
            let report = narrowed(report, split, line.id.as_deref());
            let name = line.name.clone().unwrap_or_else(|| t("not-set"));
            let name = match &line.id {
                Some(id) if line.opens_card => {
                    view! { <a class="link-quiet" href=manager_href(id, &report)>{name}</a> }
                        .into_any()
                }
                _ => name.into_any(),
            };
            let cell = |money, part| sum(Some(money), &report, rows_of(part));
            view! {
                <tr>
                    <th scope="row" class="cell-main font-medium">
                        <span class="block truncate">{name}</span>
                    </th>
                    <td class="cell-number">{cell(line.closed, RowsPart::Closed)}</td>
                    <td class="cell-number">{cell(line.commit, RowsPart::Commit)}</td>
                    <td class="cell-number">{cell(line.weighted, RowsPart::Weighted)}</td>
                    <td class="cell-number max-md:hidden">{cell(line.open, RowsPart::Open)}</td>
                    <td class="cell-number">{target(line.target, &report)}</td>
                    <td>{attainment_bar(line.attainment)}</td>
                </tr>
            }
        })
        .collect_view();
    let label = words::word("by", split.as_str());
    Some(
        view! {
            <section class="report-section">
                <h2>{label.clone()}</h2>
            </section>
            <div class="report-table">
                <TableFrame label>
                    <thead>
                        <tr>
                            <th scope="col">{t(head)}</th>
                            <th scope="col" class="cell-number">{t("forecast-closed")}</th>
                            <th scope="col" class="cell-number">{t("forecast-commit-line")}</th>
                            <th scope="col" class="cell-number">{t("forecast-weighted")}</th>
                            <th scope="col" class="cell-number max-md:hidden">
                                {t("forecast-open")}
                            </th>
                            <th scope="col" class="cell-number">{t("forecast-target")}</th>
                            <th scope="col">{t("forecast-attainment")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </TableFrame>
            </div>
        }
        .into_any(),
    )
}
