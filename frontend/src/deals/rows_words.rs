//! From which number of a report deals come, in words.

use chrono::NaiveDate;
use etalon_domain::analytics::{RowsPart, RowsReport};
use etalon_domain::stage::Stages;

use super::stages::name_of;
use crate::address::{pairs_of, value_of};
use crate::i18n::{arguments, format, t_with, words};

/// From which number of which report the deals come.
pub(super) fn report_in_words(rows: &str, stages: &Stages) -> String {
    let pairs = pairs_of(rows);
    let word = |name: &str, prefix: &str| {
        let value = value_of(&pairs, name)?;
        Some(words::word(prefix, value))
    };
    let stage = value_of(&pairs, "stage").map(|code| name_of(stages, code));
    let as_of = past_day(&pairs)
        .map(|day| t_with("analytics-as-of", &arguments! { "day" => format::day(day) }));
    let parts = [
        word("report", "report"),
        word("mode", "funnel-mode"),
        stage,
        part(&pairs),
        as_of,
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Which of the numbers of its report it is.
fn part(pairs: &[(String, String)]) -> Option<String> {
    let report: RowsReport = value_of(pairs, "report")?.parse().ok()?;
    let part: RowsPart = value_of(pairs, "part")?.parse().ok()?;
    Some(words::rows_part(report, part))
}

/// The day before today as of which the number was told.
fn past_day(pairs: &[(String, String)]) -> Option<NaiveDate> {
    let day: NaiveDate = value_of(pairs, "as_of")?.parse().ok()?;
    (day < format::today()).then_some(day)
}
