//! A range of days, with the usual periods.

use chrono::{Datelike, Days, Months, NaiveDate};
use etalon_domain::deal::DealFilter;
use leptos::prelude::*;

use crate::i18n::{format, t};

pub(super) type DayRange = fn(&mut DealFilter) -> (&mut Option<NaiveDate>, &mut Option<NaiveDate>);

pub(super) fn days(
    filter: Memo<DealFilter>,
    update: Callback<DealFilter>,
    part: DayRange,
) -> AnyView {
    let set = move |from: Option<NaiveDate>, to: Option<NaiveDate>| {
        let mut next = filter.get_untracked();
        let (old_from, old_to) = part(&mut next);
        (*old_from, *old_to) = (from, to);
        update.run(next);
    };
    let present = move || {
        let mut filter = filter.get();
        let (from, to) = part(&mut filter);
        (*from, *to)
    };
    let presets = periods(format::today())
        .into_iter()
        .map(|(label, from, to)| {
            view! {
                <button type="button" class="btn btn-plain" on:click=move |_| set(Some(from), Some(to))>
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
                    prop:value=move || text(present().0)
                    on:change=move |event| {
                        set(event_target_value(&event).parse().ok(), untrack(present).1);
                    }
                />
            </label>
            <label class="field">
                <span class="field-label">{t("range-until")}</span>
                <input
                    type="date"
                    class="input"
                    prop:value=move || text(present().1)
                    on:change=move |event| {
                        set(untrack(present).0, event_target_value(&event).parse().ok());
                    }
                />
            </label>
        </div>
    }
    .into_any()
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
