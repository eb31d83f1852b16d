use etalon_domain::analytics::{Funnel, FunnelMode, FunnelStage, RowsPart, RowsQuery, share};
use etalon_domain::endpoint::ReportQuery;
use leptos::prelude::*;

use super::plot::rows_of;
use crate::analytics::parts::{count, days, linked, rate, sum};
use crate::i18n::{format, t};
use crate::ui::TableFrame;

/// Every number of a funnel; a press on one opens its rows.
pub(super) fn table(funnel: &Funnel, report: &ReportQuery) -> AnyView {
    let heads: &[&str] = match funnel.mode {
        FunnelMode::Snapshot => &[
            "funnel-deals",
            "field-amount",
            "weighted",
            "funnel-average-age",
            "funnel-rotting",
        ],
        FunnelMode::Flow => &[
            "rows-part-entered",
            "rows-part-advanced",
            "rows-part-returned",
            "flow-closed",
            "rows-part-remaining",
            "flow-conversion",
            "field-amount",
            "flow-average-days",
        ],
        FunnelMode::Cohort => &[
            "rows-part-reached",
            "field-amount",
            "cohort-from-previous",
            "cohort-from-first",
            "rows-part-skipped",
            "rows-part-still-open",
        ],
    };
    let heads = heads
        .iter()
        .map(|head| {
            view! {
                <th scope="col" class="cell-number">
                    {t(head)}
                </th>
            }
        })
        .collect_view();
    let rows = funnel
        .stages
        .iter()
        .map(|stage| {
            let cells = cells(funnel, stage, report)
                .into_iter()
                .map(|cell| view! { <td class="cell-number">{cell}</td> })
                .collect_view();
            view! {
                <tr class:is-won=stage.stage == "won">
                    <th scope="row" class="cell-main font-medium">
                        <span class="block truncate">{stage.name.clone()}</span>
                        {(stage.stage == "won" && funnel.mode == FunnelMode::Snapshot)
                            .then(|| view! { <span class="cell-under">{t("funnel-won-ever")}</span> })}
                    </th>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="report-table">
            <TableFrame label=t("funnel-table")>
                <thead>
                    <tr>
                        <th scope="col">{t("field-stage")}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </TableFrame>
        </div>
    }
    .into_any()
}

fn cells(funnel: &Funnel, stage: &FunnelStage, report: &ReportQuery) -> Vec<AnyView> {
    let all = || rows_of(funnel, stage);
    let of = |part: RowsPart| RowsQuery {
        part: Some(part),
        ..all()
    };
    let part = |number: Option<i64>, part: RowsPart| match number {
        Some(number) => count(number, report, of(part)),
        None => rate(None).into_any(),
    };
    let amount = || sum(Some(stage.amount), report, all());
    let weighted = || sum(stage.weighted, report, of(RowsPart::Weighted));
    // What part of those that reached the stage it is.
    let shared = |number: AnyView, of: Option<i64>| {
        let of = of.filter(|of| *of > 0);
        let part = (of.zip(stage.reached)).and_then(|(of, reached)| share(of, reached));
        let part = part.map(|part| {
            view! { <span class="cell-share">{format::share(part, 0)}</span> }
        });
        view! {
            {number}
            {part}
        }
        .into_any()
    };
    match funnel.mode {
        FunnelMode::Snapshot => vec![
            count(stage.deals, report, all()),
            amount(),
            weighted(),
            linked(days(stage.average_days), report, all()),
            part(stage.rotting, RowsPart::Rotting),
        ],
        FunnelMode::Flow => vec![
            part(stage.entered, RowsPart::Entered),
            part(stage.advanced, RowsPart::Advanced),
            part(stage.returned, RowsPart::Returned),
            part(stage.closed, RowsPart::Closed),
            part(stage.remaining, RowsPart::Remaining),
            linked(
                rate(stage.conversion_to_next),
                report,
                of(RowsPart::Advanced),
            ),
            amount(),
            linked(days(stage.average_days), report, all()),
        ],
        FunnelMode::Cohort => vec![
            part(stage.reached, RowsPart::Reached),
            amount(),
            linked(
                rate(stage.conversion_from_previous),
                report,
                of(RowsPart::Reached),
            ),
            linked(
                rate(stage.conversion_from_first),
                report,
                of(RowsPart::Reached),
            ),
            shared(part(stage.skipped, RowsPart::Skipped), stage.skipped),
            shared(
                part(stage.still_open, RowsPart::StillOpen),
                stage.still_open,
            ),
        ],
    }
}
