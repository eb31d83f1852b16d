use etalon_domain::analytics::{
    Fullness, Funnel, FunnelMode, RowsQuery, RowsReport, StageShortfall,
};
use etalon_domain::endpoint::ReportQuery;
use leptos::prelude::*;

use crate::analytics::parts::{Definition, rate, sum};
use crate::i18n::{arguments, format, t, t_with};
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
            <p class="report-lead">{sentence(fullness)}</p>
        </section>
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

/// The numbers in one sentence.
fn sentence(fullness: &Fullness) -> String {
    let money = |money| format::money(money);
    match fullness.target {
        None => t("fullness-no-target"),
        Some(target) if fullness.won.minor >= target.minor => t_with(
            "fullness-met",
            &arguments! { "target" => money(target), "won" => money(fullness.won) },
        ),
        Some(target) => t_with(
            "fullness-sentence",
            &arguments! {
                "target" => money(target),
                "won" => money(fullness.won),
                "open" => money(fullness.open_amount),
            },
        ),
    }
}

fn row(stage: &StageShortfall, funnel: &Funnel, report: &ReportQuery) -> AnyView {
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
            <td class="cell-number">{rate(stage.win_probability)}</td>
            <td class="cell-number">{shortfall}</td>
        </tr>
    }
    .into_any()
}
