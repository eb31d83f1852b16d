//! Targets: a grid of months, edited cell by cell.

mod cell;
mod grid;
mod saving;

use chrono::{Datelike, NaiveDate};
use etalon_domain::analytics::{AnalyticsFilter, PeriodQuery};
use etalon_domain::endpoint::{GetTargets, ReportQuery};
use etalon_domain::id::{DepartmentId, UserId};
use etalon_domain::money::Money;
use etalon_domain::target::TargetRow;
use leptos::prelude::*;

use super::bar::{Filters, ScopeBar};
use super::frame::Report;
use super::parts::Definition;
use super::scope::{period_name, use_report};
use crate::address::{use_changes, use_value};
use crate::api::Failure;
use crate::i18n::{arguments, format, t, t_with};
use crate::query::use_query;
use crate::routes::paths;
use crate::ui::{EmptyState, ErrorState, LinkButton, SkeletonRows, icon};
use grid::Grid;

/// The targets of a year: that of the address, else the one in which its period ends. Filters, like the
/// reports, by people and departments.
#[component]
pub(super) fn TargetsPage() -> impl IntoView {
    let wanted = use_value("year");
    let report = use_report();
    let changes = use_changes();
    let year = Memo::new(move |_| {
        let year = wanted.with(|year| year.as_deref()?.parse::<i32>().ok());
        let of_period = || {
            let period = report.with(|report| report.period.resolve(format::today()));
            period
                .map_or_else(|_| format::today(), |period| period.to)
                .year()
        };
        year.filter(|year| (1990..=2200).contains(year))
            .unwrap_or_else(of_period)
    });
    let query = use_query(move || {
        let day = |month, day| NaiveDate::from_ymd_opt(year.get(), month, day);
        let period = PeriodQuery {
            from: day(1, 1),
            to: day(12, 31),
            ..PeriodQuery::default()
        };
        let filter = report.with(|report| AnalyticsFilter {
            owner_id: report.filter.owner_id.clone(),
            department_id: report.filter.department_id.clone(),
            subtree: report.filter.subtree,
            ..AnalyticsFilter::default()
        });
        let report = ReportQuery { period, filter };
        Some(GetTargets { report })
    });
    // Whole months that are fewer than the year has.
    let meant = Memo::new(move |_| {
        let asked = report.with(|report| report.period);
        let is_named = asked.period.is_some() || asked.from.is_some();
        let period = asked.resolve(format::today()).ok()?;
        let next = period.to.succ_opt()?;
        let is_whole = period.from.day() == 1 && next.day() == 1;
        let is_year = period.from.month() == 1 && next.month() == 1;
        (is_named && is_whole && !is_year).then_some(period)
    });
    let sum = move || {
        let period = meant.get()?;
        let sum = query.data.with(|grid| {
            let cells = grid.as_ref()?.totals.iter();
            let of_period = cells.filter(|cell| period.contains(cell.month));
            let sums: Vec<Money> = of_period.filter_map(|cell| cell.effective).collect();
            let currency = sums.first()?.currency;
            Some(Money::new(sums.iter().map(|sum| sum.minor).sum(), currency))
        })?;
        let name = period_name(&report.with(|report| report.period));
        let sum = format::money(sum);
        let text = t_with(
            "targets-of-period",
            &arguments! { "period" => name, "sum" => sum },
        );
        Some(view! { <p class="targets-sum">{text}</p> })
    };
    let href = move |step: i32| {
        Signal::derive(move || {
            let text = (year.get() + step).to_string();
            changes.href(&[("year", Some(text.as_str()))])
        })
    };
    // The grid stays while its numbers are read anew, so that nobody is thrown out of a cell.
    let shape = Memo::new(move |_| {
        query.data.with(|grid| match grid {
            Some(grid) if grid.rows.is_empty() => Shape::Empty,
            Some(grid) => {
                let whose = |row: &TargetRow| (row.owner_id.clone(), row.department_id.clone());
                let months = grid.months.first().copied();
                Shape::Rows(grid.rows.iter().map(whose).collect(), months)
            }
            None => query.failure.get().map_or(Shape::Waiting, Shape::Failed),
        })
    });
    let content = move || match shape.get() {
        Shape::Rows(..) => view! { <Grid query meant /> }.into_any(),
        Shape::Empty => view! {
            <EmptyState
                picture=icon!("target")
                title=t("targets-empty-title")
                text=t("targets-empty-text")
            />
        }
        .into_any(),
        Shape::Failed(failure) => {
            view! { <ErrorState failure on_retry=move |()| query.retry() /> }.into_any()
        }
        Shape::Waiting => view! {
            <Show when=move || query.slow.get()>
                <SkeletonRows />
            </Show>
        }
        .into_any(),
    };
    view! {
        <Report path=paths::TARGETS>
            <ScopeBar period=false as_of=false filters=Filters::People>
                <LinkButton href=href(-1)>
                    {icon!("chevron-left")} <span class="sr-only">{t("targets-year-before")}</span>
                </LinkButton>
                <strong class="targets-year">{move || year.get().to_string()}</strong>
                <LinkButton href=href(1)>
                    {icon!("chevron-right")} <span class="sr-only">{t("targets-year-after")}</span>
                </LinkButton>
                <Definition text=t("targets-definition") />
                {sum}
            </ScopeBar>
            {content}
        </Report>
    }
    .into_any()
}

/// Whose a row is: a person's, or a department's.
type Whose = (Option<UserId>, Option<DepartmentId>);

/// Which screen stands there. Changed numbers are no other screen.
#[derive(Clone, PartialEq)]
enum Shape {
    Waiting,
    Failed(Failure),
    Empty,
    Rows(Vec<Whose>, Option<NaiveDate>),
}
