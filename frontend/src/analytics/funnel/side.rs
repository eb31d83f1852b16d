//! Several funnels side by side, on one scale.

use etalon_domain::analytics::{Funnel, FunnelMode, FunnelStage};
use etalon_domain::endpoint::ReportQuery;
use leptos::prelude::*;

use super::asked;
use super::compare::{By, Comparison};
use super::figures::required;
use super::plot::{Measure, drawn, plot, rows_of};
use crate::analytics::chart::Chart;
use crate::analytics::parts::{count, rate, sum, times, unconverted_note};
use crate::analytics::scope::{days_name, period_name};
use crate::i18n::{format, t, words};
use crate::query::{Query, use_query};
use crate::records::answered;
use crate::ui::chosen::chosen_names;
use crate::ui::{PickerSource, TableFrame};

/// One of the funnels.
#[derive(Clone)]
struct Column {
    name: Signal<String>,
    report: ReportQuery,
    query: Query<Funnel>,
}

/// The funnels of a comparison.
#[component]
pub(super) fn SideBySide(
    /// Period and filters.
    report: Memo<ReportQuery>,
    /// What they count.
    mode: Memo<FunnelMode>,
    /// What the pictures show.
    measure: Memo<Measure>,
    /// What is compared.
    comparison: Memo<Option<Comparison>>,
) -> impl IntoView {
    move || {
        let Some(comparison) = comparison.get() else {
            return ().into_any();
        };
        let columns = columns(&comparison, &report.get(), mode.get());
        let all = StoredValue::new(columns.clone());
        let least = Memo::new(move |_| {
            let measure = measure.get();
            all.with_value(|columns| {
                columns
                    .iter()
                    .filter_map(|column| {
                        column
                            .query
                            .data
                            .with(|f| f.as_ref().map(|f| top(f, measure)))
                    })
                    .fold(0.0, f64::max)
            })
        });
        let cards = columns
            .into_iter()
            .map(|column| card(column, measure, least))
            .collect_view();
        view! {
            <div class="funnel-columns">{cards}</div>
            {move || all.with_value(|columns| together(columns))}
        }
        .into_any()
    }
}

fn columns(comparison: &Comparison, report: &ReportQuery, mode: FunnelMode) -> Vec<Column> {
    (comparison.values.iter())
        .map(|value| {
            let report = comparison.report(value, report, mode, format::today());
            let asked = asked(report.clone(), mode);
            Column {
                name: name_of(comparison.by, value, &report),
                report,
                query: use_query(move || Some(asked.clone())),
            }
        })
        .collect()
}

fn name_of(by: By, value: &str, report: &ReportQuery) -> Signal<String> {
    let source = match by {
        By::Owner => PickerSource::Users,
        By::Department => PickerSource::Departments,
        By::Period => return Signal::stored(period_name(&report.period)),
    };
    let names = chosen_names(Signal::stored(vec![value.to_owned()]), source);
    Signal::derive(move || {
        let first = names.get().into_iter().next();
        first.map(|picked| picked.name).unwrap_or_default()
    })
}

/// The longest bar of a funnel.
fn top(funnel: &Funnel, measure: Measure) -> f64 {
    drawn(funnel)
        .filter_map(|stage| measure.point(stage).value)
        .fold(0.0, f64::max)
}

fn card(column: Column, measure: Memo<Measure>, least: Memo<f64>) -> AnyView {
    let Column {
        name,
        report,
        query,
    } = column;
    let content = answered(query, 6, move |funnel: Funnel| {
        let days = days_name(etalon_domain::analytics::Period {
            from: funnel.from,
            to: funnel.to,
        });
        let fullness = funnel.fullness.as_ref().map(|found| {
            view! {
                <p class="text-soft">
                    {t("fullness")} ": " <b>{times(found.value)}</b> " · " {required(found)}
                </p>
            }
        });
        let unconverted = unconverted_note(funnel.unconverted);
        let shown = StoredValue::new((funnel, report.clone()));
        let plot = Signal::derive(move || {
            let mut plot = shown.with_value(|(funnel, report)| plot(funnel, report, measure.get()));
            plot.least = Some(least.get()).filter(|least| *least > 0.0);
            plot
        });
        let title = name.get();
        view! {
            <Chart title plot />
            <p class="text-soft">{days}</p>
            {fullness}
            {unconverted}
        }
        .into_any()
    });
    view! { <section class="card-box funnel-column">{content}</section> }.into_any()
}

/// All numbers in one table, once all funnels are there.
fn together(columns: &[Column]) -> Option<AnyView> {
    let funnels: Vec<(String, ReportQuery, Funnel)> = columns
        .iter()
        .map(|c| Some((c.name.get(), c.report.clone(), c.query.data.get()?)))
        .collect::<Option<_>>()?;
    let first = &funnels.first()?.2;
    let rate_name = t(match first.mode {
        FunnelMode::Snapshot => "funnel-rotting",
        FunnelMode::Flow => "flow-conversion",
        FunnelMode::Cohort => "cohort-from-first",
    });
    let count_name = match first.mode {
        FunnelMode::Snapshot => t("funnel-deals"),
        mode => words::word("funnel-count", mode.as_str()),
    };
    let heads = funnels
        .iter()
        .map(|(name, ..)| {
            view! {
                <th scope="colgroup" colspan="3" class="cell-group">
                    {name.clone()}
                </th>
            }
        })
        .collect_view();
    let parts = funnels
        .iter()
        .map(|_| {
            view! {
                <th scope="col" class="cell-number cell-first">{count_name.clone()}</th>
                <th scope="col" class="cell-number">{t("field-amount")}</th>
                <th scope="col" class="cell-number">{rate_name.clone()}</th>
            }
        })
        .collect_view();
    let rows = first
        .stages
        .iter()
        .enumerate()
        .map(|(at, stage)| {
            let cells = funnels
                .iter()
                .map(|(_, report, funnel)| cells(funnel, funnel.stages.get(at), report))
                .collect_view();
            view! {
                <tr>
                    <th scope="row" class="cell-main font-medium">
                        <span class="block truncate">{stage.name.clone()}</span>
                    </th>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    Some(
        view! {
            <div class="report-table">
                <TableFrame label=t("compare")>
                    <thead>
                        <tr>
                            <th scope="col" rowspan="2">{t("field-stage")}</th>
                            {heads}
                        </tr>
                        <tr class="head-second">{parts}</tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </TableFrame>
            </div>
        }
        .into_any(),
    )
}

fn cells(funnel: &Funnel, stage: Option<&FunnelStage>, report: &ReportQuery) -> AnyView {
    let Some(stage) = stage else {
        return view! { <td colspan="3"></td> }.into_any();
    };
    let rows = || rows_of(funnel, stage);
    let last = match funnel.mode {
        FunnelMode::Snapshot => match stage.rotting {
            Some(rotting) => {
                let mut rows = rows();
                rows.part = Some(etalon_domain::analytics::RowsPart::Rotting);
                count(rotting, report, rows)
            }
            None => rate(None).into_any(),
        },
        FunnelMode::Flow => rate(stage.conversion_to_next).into_any(),
        FunnelMode::Cohort => rate(stage.conversion_from_first).into_any(),
    };
    view! {
        <td class="cell-number cell-first">{count(stage.deals, report, rows())}</td>
        <td class="cell-number">{sum(Some(stage.amount), report, rows())}</td>
        <td class="cell-number">{last}</td>
    }
    .into_any()
}
