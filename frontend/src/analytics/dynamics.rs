//! What happened, week by week or month by month.

use etalon_domain::analytics::{
    Dynamics, DynamicsPoint, Ended, Period, RowsPart, RowsQuery, RowsReport, Step,
};
use etalon_domain::endpoint::{GetDynamics, ReportQuery, StepOptions};
use leptos::prelude::*;

use super::bar::ScopeBar;
use super::chart::{Chart, Form, Plot, Point, Unit};
use super::frame::Report;
use super::parts::{Segments, count, sum, unconverted_note};
use super::scope::{dated_days, days_name, month_name, over, rows_text, use_report};
use crate::address::use_value;
use crate::i18n::{arguments, format, t, t_with, words};
use crate::query::use_query;
use crate::records::answered;
use crate::routes::paths;
use crate::ui::{EmptyState, Money, TableFrame, icon};

/// New, won and lost deals, and what was open, step by step.
#[component]
pub(super) fn DynamicsPage() -> impl IntoView {
    let report = use_report();
    let wanted = use_value("step");
    let step = Memo::new(move |_| match wanted.get().as_deref() {
        Some("month") => Step::Month,
        _ => Step::Week,
    });
    let query = use_query(move || {
        Some(GetDynamics {
            report: report.get(),
            options: StepOptions {
                step: Some(step.get()),
            },
        })
    });
    let steps = [Step::Week, Step::Month];
    let steps = steps.map(|step| (step.as_str(), words::word("step", step.as_str())));
    let content = answered(query, 8, move |mut dynamics: Dynamics| {
        // What is still to come has nothing to tell.
        dynamics.points.retain(|point| point.open.is_some());
        body(&dynamics, &report.get_untracked(), step.get_untracked())
    });
    view! {
        <Report path=paths::DYNAMICS>
            <ScopeBar />
            <div class="report-row">
                <Segments
                    label=t("steps")
                    name="step"
                    choices=steps.into()
                    present=Signal::derive(move || step.get().as_str())
                />
            </div>
            {content}
        </Report>
    }
    .into_any()
}

fn rows_of(part: RowsPart) -> RowsQuery {
    RowsQuery {
        report: Some(RowsReport::Dynamics),
        part: Some(part),
        ..RowsQuery::default()
    }
}

fn days_of(point: &DynamicsPoint) -> Period {
    Period {
        from: point.from,
        to: point.to,
    }
}

/// New, won and lost deals step by step, counted.
pub(super) fn counts_plot(points: &[DynamicsPoint], report: &ReportQuery, step: Step) -> Plot {
    let series = |value: fn(&DynamicsPoint) -> Ended, part: RowsPart| {
        points
            .iter()
            .map(|point| {
                let rows = rows_text(&over(report, days_of(point)), &rows_of(part));
                Point::count(value(point).deals).behind(rows)
            })
            .collect::<Vec<_>>()
    };
    let mut plot = Plot::new(t("analytics-period"), names(points, step), Unit::Count)
        .about(about(points))
        .with(
            t("rows-part-created"),
            Form::Bars,
            "3",
            series(|point| point.created, RowsPart::Created),
        )
        .with(
            t("rows-part-won"),
            Form::Bars,
            "good",
            series(|point| point.won, RowsPart::Won),
        )
        .with(
            t("rows-part-lost"),
            Form::Bars,
            "bad",
            series(|point| point.lost, RowsPart::Lost),
        );
    let total = |value: fn(&DynamicsPoint) -> Ended| {
        format::number(points.iter().map(|point| value(point).deals).sum())
    };
    plot.days = points.iter().map(|point| point.from).collect();
    plot.summary = t_with(
        "dynamics-summary",
        &arguments! {
            "created" => total(|point| point.created),
            "won" => total(|point| point.won),
            "lost" => total(|point| point.lost),
        },
    );
    plot
}

fn names(points: &[DynamicsPoint], step: Step) -> Vec<String> {
    points
        .iter()
        .map(|point| match step {
            Step::Month => month_name(point.from),
            _ => format::day(point.from),
        })
        .collect()
}

/// From the first day to the last, whatever the period of the report: Pulse shows weeks.
fn about(points: &[DynamicsPoint]) -> String {
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return String::new();
    };
    dated_days(Period {
        from: first.from,
        to: last.to,
    })
}

fn open_plot(dynamics: &Dynamics, report: &ReportQuery, step: Step) -> Plot {
    let points: Vec<Point> = (dynamics.points.iter())
        .map(|point| match point.open {
            Some(open) => {
                let rows = rows_text(&over(report, days_of(point)), &rows_of(RowsPart::Open));
                Point::money(Some(open.amount)).behind(rows)
            }
            None => Point::nothing(),
        })
        .collect();
    let known: Vec<_> = (dynamics.points.iter())
        .filter_map(|point| point.open)
        .collect();
    let mut plot = Plot::new(
        t("analytics-period"),
        names(&dynamics.points, step),
        Unit::Money,
    )
    .with(t("dynamics-open"), Form::Bars, "1", points);
    plot.days = dynamics.points.iter().map(|point| point.from).collect();
    if let (Some(first), Some(last)) = (known.first(), known.last()) {
        plot.summary = t_with(
            "dynamics-open-summary",
            &arguments! {
                "first" => format::money(first.amount),
                "last" => format::money(last.amount),
            },
        );
    }
    plot
}

fn body(dynamics: &Dynamics, report: &ReportQuery, step: Step) -> AnyView {
    let is_empty = dynamics.points.iter().all(|point| {
        let deals = point.created.deals + point.won.deals + point.lost.deals;
        deals == 0 && point.open.is_none_or(|open| open.deals == 0)
    });
    if is_empty {
        return view! {
            <EmptyState
                picture=icon!("chart-column")
                title=t("funnel-empty-title")
                text=t("dynamics-empty-text")
            />
        }
        .into_any();
    }
    let counts = Signal::stored(counts_plot(&dynamics.points, report, step));
    let open = Signal::stored(open_plot(dynamics, report, step));
    let rows = (dynamics.points.iter().rev())
        .map(|point| row(point, report))
        .collect_view();
    // Of the same deals there are several points: the most of one says how many deals it is about.
    let unconverted = (dynamics.points.iter())
        .flat_map(|point| {
            [
                Some(point.created),
                Some(point.won),
                Some(point.lost),
                point.open,
            ]
        })
        .flatten()
        .map(|ended| ended.unconverted)
        .max();
    let pair = |label: &str| {
        view! {
            <th scope="col" class="cell-number cell-first">{t(label)}</th>
            <th scope="col" class="cell-number max-md:hidden">{t("field-amount")}</th>
        }
    };
    view! {
        {unconverted_note(unconverted.unwrap_or(0))}
        <div class="report-cards">
            <section class="card-box">
                <Chart title=t("dynamics-counts") plot=counts />
            </section>
            <section class="card-box">
                <Chart title=t("dynamics-open") plot=open />
            </section>
        </div>
        <div class="report-table">
            <TableFrame label=t("report-dynamics")>
                <thead>
                    <tr>
                        <th scope="col">{words::word("step", step.as_str())}</th>
                        {pair("rows-part-created")}
                        {pair("rows-part-won")}
                        {pair("rows-part-lost")}
                        {pair("dynamics-open-deals")}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </TableFrame>
        </div>
    }
    .into_any()
}

fn row(point: &DynamicsPoint, report: &ReportQuery) -> AnyView {
    let days = days_of(point);
    let report = over(report, days);
    let pair = |ended: Option<Ended>, part: RowsPart| {
        let (deals, amount) = match ended {
            Some(ended) => (
                count(ended.deals, &report, rows_of(part)),
                sum(Some(ended.amount), &report, rows_of(part)),
            ),
            None => {
                let dash = || view! { <Money value=None /> }.into_any();
                (dash(), dash())
            }
        };
        view! {
            <td class="cell-number cell-first">{deals}</td>
            <td class="cell-number max-md:hidden">{amount}</td>
        }
    };
    view! {
        <tr>
            <th scope="row" class="font-medium">{days_name(days)}</th>
            {pair(Some(point.created), RowsPart::Created)}
            {pair(Some(point.won), RowsPart::Won)}
            {pair(Some(point.lost), RowsPart::Lost)}
            {pair(point.open, RowsPart::Open)}
        </tr>
    }
    .into_any()
}
