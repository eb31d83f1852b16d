//! Where deals rot, and since when.

use etalon_domain::analytics::{
    RowsPart, RowsQuery, RowsReport, StalledDeal, Stalling, StallingStage,
};
use etalon_domain::endpoint::{GetStalling, ReportQuery};
use leptos::prelude::*;

use super::bar::ScopeBar;
use super::chart::{Chart, Form, Plot, Point, Unit};
use super::frame::Report;
use super::parts::{Definition, count, days, linked, rate, sum, unconverted_note};
use super::scope::{about_day, rows_text, use_report};
use super::shares::owner_shares;
use crate::i18n::{arguments, format, t, t_count, t_with};
use crate::query::use_query;
use crate::records::{answered, person};
use crate::routes::paths;
use crate::ui::{EmptyState, Money, TableFrame, icon};

/// The deals that nobody has touched for too long.
#[component]
pub(super) fn StallingPage() -> impl IntoView {
    let report = use_report();
    let query = use_query(move || {
        Some(GetStalling {
            report: report.get(),
        })
    });
    let content = answered(query, 8, move |stalling: Stalling| {
        if stalling.stages.iter().all(|stage| stage.rotting == 0) {
            return view! {
                <EmptyState
                    picture=icon!("circle-check")
                    title=t("stalling-empty-title")
                    text=t("stalling-empty-text")
                />
            }
            .into_any();
        }
        body(&stalling, &report.get_untracked())
    });
    view! {
        <Report path=paths::STALLING>
            <ScopeBar period=false />
            {content}
        </Report>
    }
    .into_any()
}

fn rows_of(stage: &StallingStage, part: RowsPart) -> RowsQuery {
    RowsQuery {
        stage: Some(stage.stage.clone()),
        part: Some(part),
        ..all_rotting()
    }
}

/// All rotting deals.
fn all_rotting() -> RowsQuery {
    RowsQuery {
        report: Some(RowsReport::Stalling),
        ..RowsQuery::default()
    }
}

fn plot(stalling: &Stalling, report: &ReportQuery) -> Plot {
    let names = stalling.stages.iter().map(|s| s.name.clone()).collect();
    let rotting = stalling.stages.iter().map(|stage| {
        let rows = rows_text(report, &rows_of(stage, RowsPart::Rotting));
        Point::count(stage.rotting).behind(rows)
    });
    let open = stalling.stages.iter().map(|stage| {
        let rows = rows_text(report, &rows_of(stage, RowsPart::Open));
        Point::count(stage.deals).behind(rows)
    });
    let mut plot = Plot::new(t("field-stage"), names, Unit::Count)
        .about(about_day(report))
        .with(t("funnel-rotting"), Form::Bars, "bad", rotting.collect())
        .with(t("rows-part-open"), Form::Bars, "3", open.collect());
    plot.lying = true;
    let worst = stalling.stages.iter().max_by_key(|stage| stage.rotting);
    plot.summary = worst.map_or_else(String::new, |stage| {
        t_with(
            "stalling-summary",
            &arguments! {
                "stage" => stage.name.clone(),
                "count" => format::number(stage.rotting),
                "of" => format::number(stage.deals),
            },
        )
    });
    plot
}

fn body(stalling: &Stalling, report: &ReportQuery) -> AnyView {
    let picture = Signal::stored(plot(stalling, report));
    let rotting: i64 = stalling.stages.iter().map(|stage| stage.rotting).sum();
    let stages = (stalling.stages.iter())
        .map(|stage| stage_row(stage, report))
        .collect_view();
    let deals = stalling.deals.iter().map(deal_row).collect_view();
    let unconverted = stalling.stages.iter().map(|stage| stage.unconverted).sum();
    view! {
        {unconverted_note(unconverted)}
        <div class="report-cards">
            <section class="card-box">
                <Chart title=t("stalling-title") plot=picture>
                    <Definition text=t("stalling-definition") />
                </Chart>
            </section>
            <section class="card-box">{owner_shares(&stalling.owners, rotting, report, &all_rotting())}</section>
        </div>
        <div class="report-table">
            <TableFrame label=t("stalling-title")>
                <thead>
                    <tr>
                        <th scope="col">{t("field-stage")}</th>
                        <th scope="col" class="cell-number">{t("rows-part-open")}</th>
                        <th scope="col" class="cell-number">{t("funnel-rotting")}</th>
                        <th scope="col" class="cell-number">{t("stalling-share")}</th>
                        <th scope="col" class="cell-number">{t("field-amount")}</th>
                        <th scope="col" class="cell-number max-md:hidden">{t("stalling-days")}</th>
                        <th scope="col" class="max-md:hidden">{t("stalling-since")}</th>
                    </tr>
                </thead>
                <tbody>{stages}</tbody>
            </TableFrame>
        </div>
        <section class="report-section">
            <h2>{t("stalling-longest")}</h2>
        </section>
        <div class="report-table">
            <TableFrame label=t("stalling-longest")>
                <thead>
                    <tr>
                        <th scope="col">{t("column-deal")}</th>
                        <th scope="col" class="max-md:hidden">{t("field-owner-id")}</th>
                        <th scope="col" class="cell-number">{t("field-amount")}</th>
                        <th scope="col" class="cell-number">{t("stalling-untouched")}</th>
                    </tr>
                </thead>
                <tbody>{deals}</tbody>
            </TableFrame>
        </div>
    }
    .into_any()
}

fn stage_row(stage: &StallingStage, report: &ReportQuery) -> AnyView {
    let rotting = || rows_of(stage, RowsPart::Rotting);
    let since = stage.since.map(format::near_instant);
    view! {
        <tr>
            <th scope="row" class="cell-main font-medium">
                <span class="block truncate">{stage.name.clone()}</span>
            </th>
            <td class="cell-number">{count(stage.deals, report, rows_of(stage, RowsPart::Open))}</td>
            <td class="cell-number">{count(stage.rotting, report, rotting())}</td>
            <td class="cell-number">{linked(rate(stage.share), report, rotting())}</td>
            <td class="cell-number">{sum(Some(stage.amount), report, rotting())}</td>
            <td class="cell-number max-md:hidden">
                {linked(days(stage.average_days), report, rotting())}
            </td>
            <td class="max-md:hidden">{since.unwrap_or_else(|| "–".to_owned())}</td>
        </tr>
    }
    .into_any()
}

fn deal_row(stalled: &StalledDeal) -> AnyView {
    let deal = &stalled.deal;
    view! {
        <tr>
            <th scope="row" class="cell-main font-normal">
                <a class="cell-title" href=paths::deal(deal.deal_id.as_str())>{deal.title.clone()}</a>
                <span class="cell-under">
                    {deal.account_name.clone().unwrap_or_else(|| t("no-account"))}
                </span>
            </th>
            <td class="max-md:hidden">{person(Some(deal.owner_name.clone()))}</td>
            <td class="cell-number"><Money value=deal.amount compact=true /></td>
            <td class="cell-number is-past" title=format::instant(stalled.since)>
                {t_count("days", stalled.days)}
            </td>
        </tr>
    }
    .into_any()
}
