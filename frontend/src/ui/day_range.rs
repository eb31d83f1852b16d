//! A range of days, with the usual periods.

use chrono::{Datelike, Days, Months, NaiveDate};
use leptos::prelude::*;

use crate::i18n::{arguments, format, t, t_with};

/// The first and the last day; either may be open.
pub type DayRange = (Option<NaiveDate>, Option<NaiveDate>);

/// Chooses a range of days: by one press on a usual period, or day by day.
#[component]
pub fn DayRangeEditor(
    /// The present range.
    #[prop(into)]
    value: Signal<DayRange>,
    /// Takes another one.
    #[prop(into)]
    on_change: Callback<DayRange>,
) -> impl IntoView {
    let presets = periods(format::today())
        .into_iter()
        .map(|(label, from, to)| {
            view! {
                <button
                    type="button"
                    class="btn btn-plain"
                    on:click=move |_| on_change.run((Some(from), Some(to)))
                >
                    {t(label)}
                </button>
            }
        })
        .collect_view();
    let text = |day: Option<NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
    view! {
        <div class="preset-row">{presets}</div>
        <div class="form-pair">
            <label class="field">
                <span class="field-label">{t("range-since")}</span>
                <input
                    type="date"
                    class="input"
                    prop:value=move || text(value.get().0)
                    on:change=move |event| {
                        let from = event_target_value(&event).parse().ok();
                        on_change.run((from, value.get_untracked().1));
                    }
                />
            </label>
            <label class="field">
                <span class="field-label">{t("range-until")}</span>
                <input
                    type="date"
                    class="input"
                    prop:value=move || text(value.get().1)
                    on:change=move |event| {
                        let to = event_target_value(&event).parse().ok();
                        on_change.run((value.get_untracked().0, to));
                    }
                />
            </label>
        </div>
    }
    .into_any()
}

/// A range in words: "from 1", "to 2", "1 – 2".
pub fn range_text(from: Option<String>, to: Option<String>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("{from} – {to}"),
        (Some(from), None) => t_with("range-from", &arguments! { "value" => from }),
        (None, Some(to)) => t_with("range-to", &arguments! { "value" => to }),
        (None, None) => "…".to_owned(),
    }
}

/// The usual periods around a day.
fn periods(today: NaiveDate) -> Vec<(&'static str, NaiveDate, NaiveDate)> {
    let month = |day: NaiveDate| {
        let first = day.with_day(1)?;
        let last = first
            .checked_add_months(Months::new(1))?
            .checked_sub_days(Days::new(1))?;
        Some((first, last))
    };
    let quarter = || {
        let first = today.with_day(1)?.with_month0(today.month0() / 3 * 3)?;
        let last = first
            .checked_add_months(Months::new(3))?
            .checked_sub_days(Days::new(1))?;
        Some((first, last))
    };
    let year = || {
        let first = NaiveDate::from_ymd_opt(today.year(), 1, 1)?;
        Some((first, NaiveDate::from_ymd_opt(today.year(), 12, 31)?))
    };
    let next_month = || month(today.with_day(1)?.checked_add_months(Months::new(1))?);
    [
        ("period-month", month(today)),
        ("period-next-month", next_month()),
        ("period-quarter", quarter()),
        ("period-year", year()),
    ]
    .into_iter()
    .filter_map(|(label, days)| days.map(|(from, to)| (label, from, to)))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_surround_the_day() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let periods = periods(day(2024, 2, 29));
        assert_eq!(
            periods[0],
            ("period-month", day(2024, 2, 1), day(2024, 2, 29))
        );
        assert_eq!(
            periods[1],
            ("period-next-month", day(2024, 3, 1), day(2024, 3, 31))
        );
        assert_eq!(
            periods[2],
            ("period-quarter", day(2024, 1, 1), day(2024, 3, 31))
        );
        assert_eq!(
            periods[3],
            ("period-year", day(2024, 1, 1), day(2024, 12, 31))
        );
    }
}
