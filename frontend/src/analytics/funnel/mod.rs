//! The funnel: one, or several side by side.

mod compare;
mod compare_menu;
mod figures;
mod fullness;
mod plot;
mod side;
mod table;

use etalon_domain::analytics::{Funnel, FunnelMode};
use etalon_domain::endpoint::{FunnelOptions, GetFunnel, ReportQuery};
use leptos::prelude::*;

use super::bar::ScopeBar;
use super::chart::Chart;
use super::frame::Report;
use super::parts::{Definition, Segments, choices, unconverted_note};
use super::scope::use_report;
use crate::address::{use_choice, use_value};
use crate::i18n::{t, words};
use crate::query::use_query;
use crate::records::answered;
use crate::routes::paths;
use crate::ui::{EmptyState, LinkButton, icon};
use compare::Comparison;
use compare_menu::CompareMenu;
use plot::Measure;

/// The funnel in its three definitions.
#[component]
pub(super) fn FunnelPage() -> impl IntoView {
    let report = use_report();
    let mode = use_choice("mode", FunnelMode::Snapshot);
    let wanted = use_value("measure");
    let measure = Memo::new(move |_| Measure::of(wanted.get().as_deref(), mode.get()));
    let wanted = use_value("compare");
    let comparison = Memo::new(move |_| Comparison::read(wanted.get().as_deref()));
    let is_compared = Memo::new(move |_| comparison.with(Option::is_some));
    let content = move || {
        if is_compared.get() {
            view! { <side::SideBySide report mode measure comparison /> }.into_any()
        } else {
            view! { <One report mode measure /> }.into_any()
        }
    };
    let present_mode = Signal::derive(move || mode.get().as_str());
    let present_measure = Signal::derive(move || measure.get().as_str());
    let measures = move || {
        view! {
            <Segments
                label=t("funnel-measure")
                name="measure"
                choices=Measure::choices(mode.get())
                present=present_measure
            />
        }
    };
    let definition = move || {
        let text = words::word("funnel-definition", mode.get().as_str());
        view! { <Definition text /> }
    };
    view! {
        <Report path=paths::FUNNEL>
            <ScopeBar />
            <div class="report-row">
                <Segments
                    label=t("funnel-mode")
                    name="mode"
                    choices=choices(FunnelMode::ALL, FunnelMode::as_str, "funnel-mode")
                    present=present_mode
                />
                {definition}
                {measures}
                <CompareMenu comparison />
            </div>
            {content}
        </Report>
    }
    .into_any()
}

/// The request for a funnel.
fn asked(report: ReportQuery, mode: FunnelMode) -> GetFunnel {
    GetFunnel {
        report,
        options: FunnelOptions { mode: Some(mode) },
    }
}

/// One funnel, with everything that is known of it.
#[component]
fn One(
    /// Period and filters.
    report: Memo<ReportQuery>,
    /// What it counts.
    mode: Memo<FunnelMode>,
    /// What the picture shows.
    measure: Memo<Measure>,
) -> impl IntoView {
    let query = use_query(move || Some(asked(report.get(), mode.get())));
    answered(query, 9, move |funnel: Funnel| {
        if funnel.stages.iter().all(|stage| stage.deals == 0) {
            return nothing();
        }
        let report = report.get_untracked();
        let shown = StoredValue::new((funnel.clone(), report.clone()));
        let plot = Signal::derive(move || {
            let measure = measure.get();
            shown.with_value(|(funnel, report)| plot::plot(funnel, report, measure))
        });
        let title = words::word("funnel-title", funnel.mode.as_str());
        view! {
            {figures::figures(&funnel, &report)}
            {unconverted_note(funnel.unconverted)}
            <div class="report-cards">
                <section class="card-box">
                    <Chart title plot />
                </section>
            </div>
            {table::table(&funnel, &report)}
            {funnel.fullness.as_ref().map(|found| fullness::section(found, &funnel, &report))}
        }
        .into_any()
    })
}

/// What stands in the place of a funnel without deals.
fn nothing() -> AnyView {
    view! {
        <EmptyState picture=icon!("funnel") title=t("funnel-empty-title") text=t("funnel-empty-text")>
            <LinkButton href=paths::FUNNEL.to_owned()>{t("filters-clear")}</LinkButton>
        </EmptyState>
    }
    .into_any()
}
