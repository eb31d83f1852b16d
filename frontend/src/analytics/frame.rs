//! The frame of every report: title, the way to the others, the panel of rows.

use leptos::prelude::*;

use super::rows::RowsPanel;
use super::scope::href_of;
use crate::address::use_pairs;
use crate::i18n::t;
use crate::layout::{PageHead, set_trail};
use crate::routes::paths;
use crate::ui::{Tab, Tabs};

/// The reports: address and name.
const REPORTS: [(&str, &str); 10] = [
    (paths::ANALYTICS, "report-pulse"),
    (paths::FUNNEL, "report-funnel"),
    (paths::FORECAST, "report-forecast"),
    (paths::TARGETS, "report-targets"),
    (paths::LEADERBOARD, "report-leaderboard"),
    (paths::DYNAMICS, "report-dynamics"),
    (paths::RESULTS, "report-results"),
    (paths::REASONS, "report-reasons"),
    (paths::STALLING, "report-stalling"),
    (paths::SUMMARY, "report-summary"),
];

/// A report in its frame.
#[component]
pub(super) fn Report(
    /// Address of the report.
    path: &'static str,
    /// Title, where it is another than the report's name.
    #[prop(optional, into)]
    title: Option<Signal<String>>,
    /// What one can do there.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    /// The report.
    children: Children,
) -> impl IntoView {
    let label = REPORTS
        .iter()
        .find(|(href, _)| *href == path)
        .map_or("nav-analytics", |(_, label)| label);
    let name = title.unwrap_or_else(|| Signal::stored(t(label)));
    Effect::new(move |_| {
        set_trail(vec![
            (t("nav-analytics"), Some(paths::ANALYTICS.to_owned())),
            (name.get(), None),
        ]);
    });
    let pairs = use_pairs();
    let tabs = REPORTS
        .into_iter()
        .map(|(href, label)| {
            let target = Signal::derive(move || pairs.with(|pairs| href_of(href, pairs)));
            view! {
                <Tab href=target active=Signal::stored(href == path)>
                    {t(label)}
                </Tab>
            }
        })
        .collect_view();
    let actions = move || actions.map(|actions| actions.run());
    view! {
        <PageHead title=name>{actions()}</PageHead>
        <Tabs label=t("analytics-reports")>{tabs}</Tabs>
        {children()}
        <RowsPanel />
    }
    .into_any()
}
