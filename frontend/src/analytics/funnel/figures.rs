use etalon_domain::analytics::{
    Fullness, Funnel, FunnelMode, FunnelStage, RowsPart, RowsQuery, RowsReport,
};
use etalon_domain::endpoint::ReportQuery;
use etalon_domain::money::Money as Amount;
use leptos::prelude::*;

use crate::analytics::parts::{count, figure, linked, rate, sum, times};
use crate::analytics::results;
use crate::analytics::scope::{over_a_year, towards_target};
use crate::i18n::{arguments, t, t_with};

/// The numbers above a funnel: what it holds, and whether that is enough.
pub(super) fn figures(funnel: &Funnel, report: &ReportQuery) -> AnyView {
    let whole = whole(funnel, report);
    let fullness = funnel.fullness.as_ref().map(|found| {
        let note = required(found);
        let closed = t("fullness-win-rate-note");
        view! {
            {figure(t("fullness"), times(found.value).into_any(), note, "fullness-definition")}
            {figure(
                t("fullness-win-rate"),
                linked(
                    rate(found.win_rate),
                    &over_a_year(&towards_target(report)),
                    results::rows_of(RowsPart::Closed),
                ),
                closed.into_any(),
                "win-rate-definition",
            )}
        }
    });
    view! {
        <dl class="figures">
            {whole}
            {fullness}
        </dl>
    }
    .into_any()
}

/// What fullness is required, and whether there is enough.
pub(super) fn required(found: &Fullness) -> AnyView {
    let needs = t_with(
        "fullness-required",
        &arguments! { "required" => times(found.required) },
    );
    let mark = found.value.zip(found.required).map(|(value, required)| {
        let (class, text) = if value >= required {
            ("mark mark-success", "fullness-enough")
        } else {
            ("mark mark-warning", "fullness-short")
        };
        view! { <span class=class>{t(text)}</span> }
    });
    view! { {needs} " " {mark} }.into_any()
}

/// What the mode counts as a whole.
fn whole(funnel: &Funnel, report: &ReportQuery) -> AnyView {
    let all = |mode| RowsQuery {
        report: Some(RowsReport::Funnel),
        mode: Some(mode),
        ..RowsQuery::default()
    };
    match funnel.mode {
        FunnelMode::Snapshot => {
            let open = || funnel.stages.iter().filter(|stage| stage.stage != "won");
            let deals: i64 = open().map(|stage| stage.deals).sum();
            let amount = total(open().map(|stage| Some(stage.amount)));
            let weighted = total(open().map(|stage| stage.weighted));
            let rotting: i64 = open().filter_map(|stage| stage.rotting).sum();
            let stalled = RowsQuery {
                report: Some(RowsReport::Stalling),
                ..RowsQuery::default()
            };
            let open_rows = || RowsQuery {
                report: Some(RowsReport::Velocity),
                ..RowsQuery::default()
            };
            let weighted_rows = RowsQuery {
                part: Some(RowsPart::Weighted),
                ..open_rows()
            };
            let note =
                view! { {sum(weighted, report, weighted_rows)} " " {t("funnel-weighted-note")} };
            view! {
                {figure(t("funnel-open"), count(deals, report, open_rows()), ().into_any(), "")}
                {figure(t("field-amount"), sum(amount, report, open_rows()), note.into_any(), "")}
                {figure(
                    t("funnel-rotting"),
                    count(rotting, report, stalled),
                    t("funnel-rotting-note").into_any(),
                    "",
                )}
            }
            .into_any()
        }
        FunnelMode::Flow => {
            let first = funnel.stages.first();
            let won = funnel.stages.last().filter(|stage| stage.stage == "won");
            let stage = |label: &str, stage: Option<&FunnelStage>| {
                let stage = stage?;
                let rows = super::plot::rows_of(funnel, stage);
                let value = count(stage.deals, report, rows.clone());
                let money = sum(Some(stage.amount), report, rows);
                Some(figure(t(label), value, money, ""))
            };
            view! {
                {stage("flow-entered-first", first)}
                {stage("rows-part-won", won)}
            }
            .into_any()
        }
        FunnelMode::Cohort => {
            let won = funnel.stages.last();
            let from_first = won.and_then(|stage| stage.conversion_from_first);
            let open = funnel.stages.first().and_then(|stage| stage.still_open);
            let created = funnel.deals.unwrap_or_default();
            let mut still = all(FunnelMode::Cohort);
            still.stage = funnel.stages.first().map(|stage| stage.stage.clone());
            still.part = Some(RowsPart::StillOpen);
            view! {
                {figure(
                    t("cohort-created"),
                    count(created, report, all(FunnelMode::Cohort)),
                    sum(funnel.amount, report, all(FunnelMode::Cohort)),
                    "",
                )}
                {figure(
                    t("cohort-won"),
                    rate(from_first).into_any(),
                    t("cohort-won-note").into_any(),
                    "",
                )}
                {figure(
                    t("rows-part-still-open"),
                    count(open.unwrap_or_default(), report, still),
                    t("cohort-open-note").into_any(),
                    "",
                )}
            }
            .into_any()
        }
    }
}

/// The sum of some amounts of one currency.
fn total(amounts: impl Iterator<Item = Option<Amount>>) -> Option<Amount> {
    amounts
        .flatten()
        .reduce(|a, b| Amount::new(a.minor + b.minor, a.currency))
}
