//! Period and filters of the reports, as the address says them.

use chrono::{Datelike, NaiveDate};
use etalon_domain::analytics::{
    AnalyticsFilter, Dimension, Period, PeriodQuery, Preset, RowsQuery,
};
use etalon_domain::endpoint::{ReportQuery, from_query, to_query};
use etalon_domain::money::Money;
use etalon_domain::page::Any;
use etalon_domain::policy::Reach;
use leptos::prelude::*;

use crate::address::{href_with, use_pairs};
use crate::i18n::{arguments, format, t_with, words};
use crate::routes::paths;
use crate::session;

/// What stands in the address for every report, and goes along from one to another.
const SHARED: [&str; 12] = [
    "period",
    "from",
    "to",
    "as_of",
    "owner_id",
    "department_id",
    "subtree",
    "source",
    "category",
    "product_id",
    "industry",
    "process_id",
];

/// The period and the filters that an address says.
pub(super) fn report_of(pairs: &[(String, String)]) -> ReportQuery {
    ReportQuery {
        period: from_query::<PeriodQuery>(pairs),
        filter: from_query::<AnalyticsFilter>(pairs),
    }
}

/// The period and the filters of the present address. Tracked.
pub(super) fn use_report() -> Memo<ReportQuery> {
    let pairs = use_pairs();
    Memo::new(move |_| pairs.with(|pairs| report_of(pairs)))
}

/// The address of another report with the same period and filters.
pub(super) fn href_of(path: &str, pairs: &[(String, String)]) -> String {
    let shared: Vec<_> = pairs
        .iter()
        .filter(|(name, _)| SHARED.contains(&name.as_str()))
        .cloned()
        .collect();
    href_with(path, &shared, &[])
}

/// The address of another report with a period and filters.
pub(super) fn report_href(path: &str, report: &ReportQuery) -> String {
    let parts = [to_query(&report.period), to_query(&report.filter)];
    let filled: Vec<&str> = (parts.iter().map(String::as_str))
        .filter(|part| !part.is_empty())
        .collect();
    let mark = if filled.is_empty() { "" } else { "?" };
    format!("{path}{mark}{}", filled.join("&"))
}

/// The address of how somebody sells in a period.
pub(super) fn manager_href(id: &str, report: &ReportQuery) -> String {
    let period = ReportQuery {
        period: report.period,
        ..ReportQuery::default()
    };
    report_href(&paths::manager(id), &period)
}

/// The query of the rows behind a number of a report.
pub(super) fn rows_text(report: &ReportQuery, rows: &RowsQuery) -> String {
    let parts = [
        to_query(rows),
        to_query(&report.period),
        to_query(&report.filter),
    ];
    let filled: Vec<&str> = (parts.iter().map(String::as_str))
        .filter(|part| !part.is_empty())
        .collect();
    filled.join("&")
}

/// The same report over the deals of one group.
pub(super) fn narrowed(report: &ReportQuery, split: Dimension, key: Option<&str>) -> ReportQuery {
    let mut report = report.clone();
    let key = key.unwrap_or("none");
    let filter = &mut report.filter;
    match split {
        Dimension::Owner => filter.owner_id = Any::one(key.to_owned().into()),
        Dimension::Department => {
            filter.department_id = Any::one(key.to_owned().into());
            filter.subtree = Some(false);
        }
        Dimension::Source => filter.source = Any::one(key.to_owned()),
        Dimension::Category => {
            if let Ok(category) = key.parse() {
                filter.category = Any::one(category);
            }
        }
        Dimension::Product => filter.product_id = Any::one(key.to_owned().into()),
        Dimension::Industry => filter.industry = Any::one(key.to_owned()),
    }
    report
}

/// The same report over other days.
pub(super) fn over(report: &ReportQuery, period: Period) -> ReportQuery {
    let mut report = report.clone();
    report.period.period = None;
    report.period.from = Some(period.from);
    report.period.to = Some(period.to);
    report
}

/// The same report over the deals that count towards the target: without a filter by person or department
/// those of whom the target is, where the reader sees others too.
pub(super) fn towards_target(report: &ReportQuery) -> ReportQuery {
    let mut report = report.clone();
    let filter = &mut report.filter;
    if !filter.owner_id.is_empty() || !filter.department_id.is_empty() {
        return report;
    }
    match session::me().map(|me| (me.actor.reach, me.actor.user_id)) {
        Some((Reach::Own, me)) => filter.owner_id = Any::one(me),
        Some((Reach::Departments { departments }, _)) => {
            filter.department_id = Any(departments);
            filter.subtree = Some(false);
        }
        Some((Reach::All, _)) | None => {}
    }
    report
}

/// Whether there is a target towards which the deals of colleagues, that the reader sees too, do not count.
pub(super) fn counts_own(target: Option<Money>, report: &ReportQuery) -> bool {
    let is_alone = session::me().is_some_and(|me| matches!(me.actor.reach, Reach::Own));
    is_alone && target.is_some() && towards_target(report) != *report
}

/// The same report over the twelve months before the day as of which it is told.
pub(super) fn over_a_year(report: &ReportQuery) -> ReportQuery {
    over(report, Period::of(Preset::Last12Months, told_on(report)))
}

/// The same report as it stood at the end of a day.
pub(super) fn as_of(report: &ReportQuery, day: NaiveDate) -> ReportQuery {
    let mut report = report.clone();
    report.period.as_of = Some(day);
    report
}

/// The days of a period as they are seen today; when they make no period, those that were asked for, else
/// those of the quarter.
pub(super) fn days_of(period: &PeriodQuery) -> Period {
    let today = format::today();
    period
        .resolve(today)
        .unwrap_or_else(|_| match (period.from, period.to) {
            (Some(from), Some(to)) => Period { from, to },
            _ => Period::of(Preset::ThisQuarter, today),
        })
}

/// A period in words: the name of a preset, or its days.
pub(super) fn period_name(period: &PeriodQuery) -> String {
    if period.from.is_some() {
        return days_name(days_of(period));
    }
    words::word(
        "preset",
        period.period.unwrap_or(Preset::ThisQuarter).as_str(),
    )
}

/// The name of a month on an axis, with its year only when that is another than the present one.
pub(super) fn month_name(day: NaiveDate) -> String {
    if day.year() == format::today().year() {
        format::short_month(day)
    } else {
        format!("{} {}", format::short_month(day), day.year())
    }
}

/// The days of a period in words.
pub(super) fn days_name(period: Period) -> String {
    if period.from == period.to {
        return format::day(period.from);
    }
    format!("{} – {}", format::day(period.from), format::day(period.to))
}

/// As of when things are told, when that is not now.
pub(super) fn as_of_name(period: &PeriodQuery) -> Option<String> {
    let day = period.as_of.filter(|day| *day < format::today())?;
    Some(t_with(
        "analytics-as-of",
        &arguments! { "day" => format::day(day) },
    ))
}

/// Of which days a report tells, for a picture that is read elsewhere and later.
pub(super) fn about_period(report: &ReportQuery) -> String {
    let days = dated_days(days_of(&report.period));
    let days = if report.period.from.is_some() {
        days
    } else {
        format!("{} ({days})", period_name(&report.period))
    };
    format!("{days} · {}", about_day(report))
}

/// The day as of which a report is told.
fn told_on(report: &ReportQuery) -> NaiveDate {
    let today = format::today();
    report.period.as_of.map_or(today, |day| day.min(today))
}

/// As of which day a report is told, for the same.
pub(super) fn about_day(report: &ReportQuery) -> String {
    t_with(
        "analytics-as-of",
        &arguments! { "day" => format::dated(told_on(report)) },
    )
}

/// The days of a period, each with its year.
pub(super) fn dated_days(period: Period) -> String {
    format!(
        "{} – {}",
        format::dated(period.from),
        format::dated(period.to)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::pairs_of;
    use etalon_domain::analytics::{RowsPart, RowsReport};

    #[test]
    fn the_address_of_another_report_keeps_period_and_filters_only() {
        let pairs = pairs_of("?period=last_month&owner_id=u1&mode=flow&rows=report%3Dfunnel");
        assert_eq!(
            href_of("/analytics/forecast", &pairs),
            "/analytics/forecast?period=last_month&owner_id=u1"
        );
    }

    #[test]
    fn the_query_of_rows_says_report_period_and_filters() {
        let report = report_of(&pairs_of("?period=this_year&source=Web"));
        let rows = RowsQuery {
            report: Some(RowsReport::Dynamics),
            part: Some(RowsPart::Won),
            ..RowsQuery::default()
        };
        let text = rows_text(&report, &rows);
        let pairs = pairs_of(&text);
        assert_eq!(report_of(&pairs), report);
        assert_eq!(from_query::<RowsQuery>(&pairs), rows);
    }

    #[test]
    fn a_group_without_a_name_is_asked_for_as_none() {
        let report = ReportQuery::default();
        let found = narrowed(&report, Dimension::Source, None);
        assert_eq!(found.filter.source.0, ["none"]);
        let found = narrowed(&report, Dimension::Department, Some("d1"));
        assert_eq!(found.filter.subtree, Some(false));
    }
}
