use etalon_domain::analytics::{
    Fullness, Funnel, FunnelMode, RowsPart, RowsQuery, RowsReport, StageShortfall,
};
use etalon_domain::endpoint::ReportQuery;
use etalon_domain::money::Money as Amount;
use leptos::prelude::*;

use crate::analytics::forecast::rows_of;
use crate::analytics::parts::{Definition, figure, linked, rate, sum, target, unconverted_note};
use crate::analytics::results;
use crate::analytics::scope::{counts_own, over_a_year, towards_target};
use crate::i18n::t;
use crate::ui::{Money, TableFrame};

/// Whether enough is open to meet the target, and what each stage lacks.
pub(super) fn section(fullness: &Fullness, funnel: &Funnel, report: &ReportQuery) -> AnyView {
    let rows = (fullness.stages.iter())
        .map(|stage| row(stage, funnel, report))
        .collect_view();
    view! {
        <section class="report-section">
            <header class="report-section-head">
                <h2>{t("fullness-title")}</h2>
                <Definition text=t("shortfall-definition") />
            </header>
            {lead(fullness)}
            {counts_own(fullness.target, report).then(|| view! { <p class="report-lead">{t("target-own")}</p> })}
        </section>
        {unconverted_note(fullness.unconverted)}
        {parts(fullness, report)}
        <div class="report-table">
            <TableFrame label=t("fullness-title")>
                <thead>
                    <tr>
                        <th scope="col">{t("field-stage")}</th>
                        <th scope="col" class="cell-number">{t("shortfall-open")}</th>
                        <th scope="col" class="cell-number">{t("shortfall-probability")}</th>
                        <th scope="col" class="cell-number">{t("shortfall")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </TableFrame>
        </div>
    }
    .into_any()
}

/// What there is to say when nothing is missing to a target.
fn lead(fullness: &Fullness) -> Option<AnyView> {
    let text = match fullness.target {
        None => t("fullness-no-target"),
        Some(target) if fullness.won.minor >= target.minor => t("fullness-met"),
        Some(_) => return None,
    };
    Some(view! { <p class="report-lead">{text}</p> }.into_any())
}

/// What the fullness is made of, each with its rows.
fn parts(fullness: &Fullness, report: &ReportQuery) -> Option<AnyView> {
    let goal = fullness.target?;
    let missing = Amount::new((goal.minor - fullness.won.minor).max(0), goal.currency);
    let of_target = target(Some(goal), report);
    let report = towards_target(report);
    let part = |amount, part| sum(Some(amount), &report, rows_of(part));
    let money = |amount| view! { <Money value=Some(amount) compact=true /> }.into_any();
    let nothing = || ().into_any();
    Some(
        view! {
            <dl class="figures figures-more">
                {figure(t("forecast-target"), of_target, nothing(), "")}
                {figure(
                    t("forecast-closed"),
                    part(fullness.won, RowsPart::Closed),
                    nothing(),
                    "",
                )}
                {figure(t("fullness-missing"), money(missing), nothing(), "")}
                {figure(
                    t("fullness-open"),
                    part(fullness.open_amount, RowsPart::Open),
                    nothing(),
                    "",
                )}
            </dl>
        }
        .into_any(),
    )
}

fn row(stage: &StageShortfall, funnel: &Funnel, report: &ReportQuery) -> AnyView {
    let report = &towards_target(report);
    let closed = RowsQuery {
        stage: Some(stage.stage.clone()),
        ..results::rows_of(RowsPart::Closed)
    };
    let chance = linked(rate(stage.win_probability), &over_a_year(report), closed);
    let rows = RowsQuery {
        report: Some(RowsReport::Funnel),
        mode: Some(FunnelMode::Snapshot),
        stage: Some(stage.stage.clone()),
        ..RowsQuery::default()
    };
    let known = funnel.stages.iter().find(|each| each.stage == stage.stage);
    let name = known.map_or_else(|| stage.stage.clone(), |each| each.name.clone());
    let shortfall = match stage.shortfall {
        Some(money) if money.minor <= 0 => {
            view! { <span class="mark mark-success">{t("fullness-enough")}</span> }.into_any()
        }
        other => view! { <Money value=other compact=true /> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row" class="cell-main font-medium">
                <span class="block truncate">{name}</span>
            </th>
            <td class="cell-number">{sum(Some(stage.open_amount), report, rows)}</td>
            <td class="cell-number">{chance}</td>
            <td class="cell-number">{shortfall}</td>
        </tr>
    }
    .into_any()
}
