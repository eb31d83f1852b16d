//! How one manager sells, beside the department.

use etalon_domain::analytics::{ManagerCard, RowsPart, RowsQuery, RowsReport, StagePace};
use etalon_domain::endpoint::{GetManagerCard, ReportQuery};
use etalon_domain::id::UserId;
use etalon_domain::page::Any;
use leptos::prelude::*;

use super::activity_rows::{ActivityRowsPanel, activities_link};
use super::bar::{Filters, ScopeBar};
use super::chart::{Chart, Form, Plot, Point, Unit};
use super::forecast;
use super::frame::Report;
use super::parts::{
    Definition, count, days, figure, interval_bar, interval_text, linked, rate, unconverted_note,
};
use super::scope::{about_period, as_of_name, rows_text, use_report};
use crate::i18n::{arguments, format, t, t_with};
use crate::query::use_query;
use crate::records::answered;
use crate::routes::paths;
use crate::ui::{LinkButton, TableFrame, icon};

/// Conversion and pace by stage against the department's, win rate, cycle, forecast, activities.
#[component]
pub(super) fn ManagerPage(
    /// Who it is.
    id: String,
) -> impl IntoView {
    let report = use_report();
    let person = UserId::new(id);
    let whose = person.clone();
    let own = Memo::new(move |_| {
        let mut own = report.get();
        own.filter.owner_id = Any::one(whose.clone());
        own.filter.department_id = Any::default();
        own
    });
    let query = use_query(move || {
        Some(GetManagerCard {
            id: person.clone(),
            report: report.get(),
        })
    });
    let title = Signal::derive(move || {
        let name = query
            .data
            .with(|card| card.as_ref().map(|c| c.person.name.clone()));
        name.unwrap_or_else(|| t("report-manager"))
    });
    let content = answered(query, 8, move |card: ManagerCard| {
        body(&card, &own.get_untracked())
    });
    let back = || {
        view! {
            <LinkButton href=paths::LEADERBOARD.to_owned()>
                {icon!("trophy")} {t("report-leaderboard")}
            </LinkButton>
        }
        .into_any()
    };
    view! {
        <Report path=paths::LEADERBOARD title actions=ViewFn::from(back)>
            <ScopeBar filters=Filters::Nothing />
            {content}
        </Report>
        <ActivityRowsPanel report=own />
    }
    .into_any()
}

fn body(card: &ManagerCard, report: &ReportQuery) -> AnyView {
    let department = card.department.as_ref().map(|d| d.name.clone());
    let department = department.unwrap_or_else(|| t("field-department-id"));
    let plot = Signal::stored(plot(card, report, &department));
    let rows = (card.stages.iter())
        .map(|stage| row(stage, report))
        .collect_view();
    view! {
        <dl class="figures">{forecast::figures(&card.forecast, report)}</dl>
        <dl class="figures figures-more">{results(card, report, &department)}</dl>
        {unconverted_note(card.forecast.unconverted)}
        <div class="report-cards">
            <section class="card-box">
                <Chart title=t("manager-conversion") plot>
                    <Definition text=t("manager-conversion-definition") />
                </Chart>
            </section>
        </div>
        <div class="report-table">
            <TableFrame label=t("manager-pace")>
                <thead>
                    <tr>
                        <th scope="col" rowspan="2">{t("field-stage")}</th>
                        <th scope="col" rowspan="2" class="cell-number">{t("rows-part-entered")}</th>
                        <th scope="colgroup" colspan="2" class="cell-group">{t("flow-conversion")}</th>
                        <th scope="colgroup" colspan="3" class="cell-group">{t("manager-days")}</th>
                    </tr>
                    <tr class="head-second">
                        <th scope="col" class="cell-number cell-first">{t("manager-own")}</th>
                        <th scope="col" class="cell-number">{department.clone()}</th>
                        <th scope="col" class="cell-number cell-first">{t("mean")}</th>
                        <th scope="col" class="cell-number">{t("p90")}</th>
                        <th scope="col" class="cell-number">{department}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </TableFrame>
        </div>
    }
    .into_any()
}

fn results(card: &ManagerCard, report: &ReportQuery, department: &str) -> AnyView {
    let own = &card.win_rate;
    let part = |report, part| RowsQuery {
        report: Some(report),
        part: Some(part),
        ..RowsQuery::default()
    };
    let theirs = card.department_win_rate.as_ref().map(|theirs| {
        let found = rate(theirs.by_count);
        view! { <p>{department.to_owned()} ": " {found}</p> }
    });
    let win_rate = view! {
        {rate(own.by_count)}
        {interval_bar(own.by_count, own.interval)}
    };
    let note = view! {
        <p>{t("interval-range")} ": " {interval_text(own.interval)}</p>
        {theirs}
    };
    let p90 = card.cycle.p90_days.map(|p90| {
        t_with(
            "manager-p90",
            &arguments! { "days" => format::decimal(p90, 0) },
        )
    });
    let closed = RowsReport::WinRate;
    let lost = t_with(
        "manager-lost",
        &arguments! { "count" => format::number(own.lost.deals) },
    );
    let lost = match own.lost.deals {
        0 => lost.into_any(),
        _ => linked(lost, report, part(closed, RowsPart::Lost)),
    };
    // What was planned on a past day is not known.
    let ahead = as_of_name(&report.period).is_none().then(|| {
        view! {
            {figure(
                t("activities-planned"),
                activities_link("planned", card.activities.planned),
                t("pulse-until-period-end").into_any(),
                "",
            )}
            {figure(
                t("activities-overdue"),
                activities_link("overdue", card.activities.overdue),
                ().into_any(),
                "",
            )}
        }
    });
    view! {
        {figure(t("win-rate"), win_rate.into_any(), note.into_any(), "interval-definition")}
        {figure(
            t("rows-part-won"),
            count(own.won.deals, report, part(closed, RowsPart::Won)),
            lost,
            "",
        )}
        {figure(
            t("cycle-median"),
            days(card.cycle.median_days).into_any(),
            p90.into_any(),
            "cycle-definition",
        )}
        {figure(
            t("activities-done"),
            activities_link("done", card.activities.done),
            t("pulse-in-period").into_any(),
            "",
        )}
        {ahead}
    }
    .into_any()
}

fn rows_of(stage: &StagePace, part: RowsPart) -> RowsQuery {
    RowsQuery {
        report: Some(RowsReport::Funnel),
        mode: Some(etalon_domain::analytics::FunnelMode::Flow),
        stage: Some(stage.stage.clone()),
        part: Some(part),
        ..RowsQuery::default()
    }
}

fn plot(card: &ManagerCard, report: &ReportQuery, department: &str) -> Plot {
    let names = card.stages.iter().map(|s| s.name.clone()).collect();
    let own = card.stages.iter().map(|stage| {
        let rows = rows_text(report, &rows_of(stage, RowsPart::Advanced));
        Point::share(stage.conversion).behind(rows)
    });
    let theirs = (card.stages.iter()).map(|stage| Point::share(stage.department_conversion));
    let mut plot = Plot::new(t("field-stage"), names, Unit::Share)
        .about(format!("{} · {}", card.person.name, about_period(report)))
        .with(card.person.name.clone(), Form::Bars, "1", own.collect())
        .with(department.to_owned(), Form::Bars, "3", theirs.collect());
    plot.lying = true;
    plot.summary = (card.stages.iter())
        .map(|stage| {
            let (own, theirs) = (stage.conversion, stage.department_conversion);
            format!("{}: {} / {}", stage.name, rate(own), rate(theirs))
        })
        .collect::<Vec<_>>()
        .join("; ");
    plot
}

fn row(stage: &StagePace, report: &ReportQuery) -> AnyView {
    let stays = |found| linked(days(found), report, rows_of(stage, RowsPart::Stayed));
    view! {
        <tr>
            <th scope="row" class="cell-main font-medium">
                <span class="block truncate">{stage.name.clone()}</span>
            </th>
            <td class="cell-number">
                {count(stage.entered, report, rows_of(stage, RowsPart::Entered))}
            </td>
            <td class="cell-number cell-first">{rate(stage.conversion)}</td>
            <td class="cell-number">{rate(stage.department_conversion)}</td>
            <td class="cell-number cell-first">{stays(stage.average_days)}</td>
            <td class="cell-number">{stays(stage.p90_days)}</td>
            <td class="cell-number">{days(stage.department_average_days)}</td>
        </tr>
    }
    .into_any()
}
