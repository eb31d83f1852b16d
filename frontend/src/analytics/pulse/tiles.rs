//! The tiles at a desk.

use etalon_domain::analytics::{
    ActivityCounts, Ended, Fullness, FunnelMode, FunnelStage, RowsPart, RowsQuery, RowsReport, Step,
};
use etalon_domain::endpoint::ReportQuery;
use leptos::prelude::*;

use super::State;
use super::compared::Compared;
use super::lists::{changes_list, leaders_list, top_list};
use crate::analytics::activity_rows::activities_link;
use crate::analytics::chart::{Chart, Form, Plot, Point, Unit};
use crate::analytics::dynamics::counts_plot;
use crate::analytics::forecast;
use crate::analytics::parts::{Definition, count, figure, own_note, sum, times, unconverted_note};
use crate::analytics::scope::{about_day, days_name, over, report_href, rows_text};
use crate::i18n::{arguments, format, t, t_count, t_with};
use crate::routes::paths;

/// All tiles.
pub(super) fn tiles(state: State) -> AnyView {
    let funnel = state.part(|pulse| pulse.funnel.clone());
    let report = state.report;
    let funnel_plot = Memo::new(move |_| {
        let stages = funnel.get().unwrap_or_default();
        funnel_plot(&stages, &report.get())
    });
    let weeks = state.part(|pulse| pulse.weeks.clone());
    let weeks_plot = Memo::new(move |_| {
        let weeks = weeks.get().unwrap_or_default();
        counts_plot(&weeks, &report.get(), Step::Week)
    });
    view! {
        <dl class="figures">
            {state.show(|pulse| pulse.forecast.clone(), |line, report| forecast::figures(&line, report))}
            {state
                .show(
                    |pulse| (pulse.won_before, Compared::of(pulse)),
                    |(before, compared), report| won_before(before, &compared, report),
                )}
            {state.show(|pulse| pulse.fullness.clone(), fullness)}
        </dl>
        {state
            .show(|pulse| pulse.forecast.target, |target, report| own_note(target, report).into_any())}
        <dl class="figures figures-more">
            {state
                .show(|pulse| pulse.overdue, |ended, report| attention("pulse-overdue", ended, RowsPart::Overdue, report))}
            {state
                .show(|pulse| pulse.rotting, |ended, report| attention("pulse-rotting", ended, RowsPart::Rotting, report))}
            {state.show(|pulse| pulse.activities, |counts, _| activities(counts))}
        </dl>
        {state.show(|pulse| pulse.unconverted, |deals, _| unconverted_note(deals).into_any())}
        <div class="report-cards pulse-cards">
            <section class="card-box">
                <Chart title=t("pulse-funnel") plot=funnel_plot>
                    <Definition text=t("funnel-definition-snapshot") />
                </Chart>
            </section>
            <section class="card-box">
                <Chart title=t("pulse-weeks") plot=weeks_plot />
            </section>
            <section class="card-box pulse-tall">
                {state.show(|pulse| pulse.top_deals.clone(), |deals, report| top_list(&deals, report))}
            </section>
            <section class="card-box">
                {state.show(|pulse| pulse.leaders.clone(), |leaders, report| leaders_list(&leaders, report))}
            </section>
            <section class="card-box">
                {changes_list(state.part(|pulse| pulse.changes.clone()), state.part(|pulse| pulse.at))}
            </section>
        </div>
    }
    .into_any()
}

/// The rows of a stage as of now.
pub(super) fn stage_rows(stage: &FunnelStage) -> RowsQuery {
    RowsQuery {
        report: Some(RowsReport::Funnel),
        mode: Some(FunnelMode::Snapshot),
        stage: Some(stage.stage.clone()),
        ..RowsQuery::default()
    }
}

/// The rows of a tile.
pub(super) fn tile_rows(part: RowsPart) -> RowsQuery {
    RowsQuery {
        report: Some(RowsReport::Pulse),
        part: Some(part),
        ..RowsQuery::default()
    }
}

fn funnel_plot(stages: &[FunnelStage], report: &ReportQuery) -> Plot {
    let open = || stages.iter().filter(|stage| stage.stage != "won");
    let points = open()
        .map(|stage| {
            let mut point = Point::count(stage.deals);
            let amount = format::compact_amount(stage.amount);
            point.shown = format!("{} · {amount}", point.shown);
            point.exact = format!("{} · {}", point.exact, format::money(stage.amount));
            point.behind(rows_text(report, &stage_rows(stage)))
        })
        .collect();
    let names = open().map(|stage| stage.name.clone()).collect();
    let mut plot = Plot::new(t("field-stage"), names, Unit::Count)
        .about(about_day(report))
        .with(t("funnel-deals"), Form::Bars, "1", points);
    plot.lying = true;
    plot.summary = open()
        .map(|stage| format!("{}: {}", stage.name, format::number(stage.deals)))
        .collect::<Vec<_>>()
        .join("; ");
    plot
}

fn won_before(before: Ended, compared: &Compared, report: &ReportQuery) -> AnyView {
    let closed = || forecast::rows_of(RowsPart::Closed);
    let days = compared.period.before();
    let value = sum(Some(before.amount), &over(report, days), closed());
    let change = compared.change();
    let so_far = compared.so_far;
    let days = so_far.period.days();
    let text = match (compared.is_part(), change) {
        (true, Some(change)) => t_with(
            "pulse-change-so-far",
            &arguments! { "change" => change, "count" => days, "shown" => format::number(days) },
        ),
        (true, None) => t_count("pulse-so-far", days),
        (false, Some(change)) => t_with("pulse-change", &arguments! { "change" => change }),
        (false, None) => t_count("deals-count", before.deals),
    };
    let then = compared.is_part().then(|| {
        let then = sum(Some(so_far.amount), &over(report, so_far.period), closed());
        view! { <span title=days_name(so_far.period)>" " {then}</span> }
    });
    let unconverted = before.unconverted;
    let unconverted =
        (unconverted > 0).then(|| format!(" · {}", t_count("totals-unconverted", unconverted)));
    let note = view! {
        {text}
        {then}
        {unconverted}
    }
    .into_any();
    figure(
        t("pulse-won-before"),
        value,
        note,
        "pulse-before-definition",
    )
}

fn fullness(found: Option<Fullness>, report: &ReportQuery) -> AnyView {
    let value = found.as_ref().and_then(|found| found.value);
    let required = found.as_ref().and_then(|found| found.required);
    let note = t_with(
        "fullness-required",
        &arguments! { "required" => times(required) },
    );
    let value =
        view! { <a class="rows-link" href=report_href(paths::FUNNEL, report)>{times(value)}</a> };
    figure(
        t("fullness"),
        value.into_any(),
        note.into_any(),
        "fullness-definition",
    )
}

fn attention(label: &'static str, ended: Ended, part: RowsPart, report: &ReportQuery) -> AnyView {
    let value = count(ended.deals, report, tile_rows(part));
    let money = sum(Some(ended.amount), report, tile_rows(part));
    figure(t(label), value, money, "")
}

fn activities(counts: ActivityCounts) -> AnyView {
    view! {
        {figure(
            t("activities-done"),
            activities_link("done", counts.done),
            t("pulse-in-period").into_any(),
            "",
        )}
        {figure(
            t("activities-planned"),
            activities_link("planned", counts.planned),
            t("pulse-until-period-end").into_any(),
            "",
        )}
        {figure(t("activities-overdue"), activities_link("overdue", counts.overdue), ().into_any(), "")}
    }
    .into_any()
}
