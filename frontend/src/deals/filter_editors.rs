//! What opens below a filter chip to change its value.

use chrono::{Datelike, Days, Months, NaiveDate};
use etalon_domain::deal::{DealCategory, DealFilter, DealStatus, DealType, ForecastCategory};
use etalon_domain::page::Any;
use leptos::prelude::*;

use super::filter_row::Narrowing;
use crate::i18n::{arguments, format, t, t_with, words};
use crate::ui::{Choice, Picked, Picker, PickerSource, icon};

/// The editor of a filter.
pub(super) fn editor(
    kind: Narrowing,
    filter: Memo<DealFilter>,
    update: Callback<DealFilter>,
) -> AnyView {
    match kind {
        Narrowing::Owner => records(filter, update, PickerSource::Users, |f| &mut f.owner_id),
        Narrowing::Department => records(filter, update, PickerSource::Departments, |f| {
            &mut f.department_id
        }),
        Narrowing::Account => records(filter, update, PickerSource::Accounts, |f| {
            &mut f.account_id
        }),
        Narrowing::Contact => {
            let any = PickerSource::Contacts(Signal::stored(None));
            records(filter, update, any, |f| &mut f.contact_id)
        }
        Narrowing::Product => records(filter, update, PickerSource::Products, |f| {
            &mut f.product_id
        }),
        Narrowing::Stage => {
            let choices = super::use_stages().get_untracked();
            let choices = choices.all().iter();
            let choices = choices
                .map(|s| Choice::new(s.code.clone(), words::stage(s)))
                .collect();
            checks(choices, filter, update, |f| &mut f.stage)
        }
        Narrowing::Status => checks(
            choices(DealStatus::ALL, words::status),
            filter,
            update,
            |f| &mut f.status,
        ),
        Narrowing::Type => checks(
            choices(DealType::ALL, words::deal_type),
            filter,
            update,
            |f| &mut f.deal_type,
        ),
        Narrowing::Category => {
            let choices = choices(DealCategory::ALL, words::category);
            checks(choices, filter, update, |f| &mut f.category)
        }
        Narrowing::Forecast => {
            let choices = choices(ForecastCategory::ALL, words::forecast);
            checks(choices, filter, update, |f| &mut f.forecast_category)
        }
        Narrowing::Amount => amounts(filter, update),
        Narrowing::ExpectedClose => days(filter, update, |f| {
            (&mut f.expected_close_from, &mut f.expected_close_to)
        }),
        Narrowing::Created => days(filter, update, |f| (&mut f.created_from, &mut f.created_to)),
        Narrowing::Closed => days(filter, update, |f| (&mut f.closed_from, &mut f.closed_to)),
        Narrowing::Source => source(filter, update),
        Narrowing::Overdue => {
            let choices = vec![Choice::new("true", t("yes"))];
            let get = move || filter.get().overdue.is_some();
            view! {
                <label class="check-row">
                    <input
                        type="checkbox"
                        class="checkbox"
                        prop:checked=get
                        on:change=move |event| {
                            let mut next = filter.get_untracked();
                            next.overdue = event_target_checked(&event).then_some(true);
                            update.run(next);
                        }
                    />
                    {choices.into_iter().map(|c| c.label).collect_view()}
                </label>
            }
            .into_any()
        }
    }
}

/// A range in words: "from 1", "to 2", "1 – 2".
pub(super) fn range(from: Option<String>, to: Option<String>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("{from} – {to}"),
        (Some(from), None) => t_with("range-from", &arguments! { "value" => from }),
        (None, Some(to)) => t_with("range-to", &arguments! { "value" => to }),
        (None, None) => "…".to_owned(),
    }
}

/// The names of chosen records, looked up one by one.
pub(super) fn chosen_names(ids: Signal<Vec<String>>, source: PickerSource) -> Signal<Vec<Picked>> {
    type Known = Vec<(String, Signal<Option<String>>)>;
    let owner = Owner::current();
    let known = StoredValue::new(Known::new());
    let names = Memo::new(move |_| {
        let ids = ids.get();
        for id in &ids {
            let is_new = known.with_value(|known| known.iter().all(|(k, _)| k != id));
            if let Some(owner) = owner.as_ref().filter(|_| is_new) {
                let name = if id == "none" {
                    Signal::stored(Some(t("not-set")))
                } else {
                    owner.with(|| source.name_of(id.clone()))
                };
                known.update_value(|known| known.push((id.clone(), name)));
            }
        }
        ids.into_iter()
            .map(|id| {
                let name = known.with_value(|known| {
                    known
                        .iter()
                        .find(|(k, _)| *k == id)
                        .and_then(|(_, name)| name.get())
                });
                Picked {
                    name: name.unwrap_or_else(|| "…".to_owned()),
                    id,
                    hint: None,
                }
            })
            .collect::<Vec<_>>()
    });
    names.into()
}

fn choices<T: Copy + ToString>(all: &[T], name: fn(T) -> String) -> Vec<Choice> {
    all.iter()
        .map(|each| Choice::new(each.to_string(), name(*each)))
        .collect()
}

fn checks<T>(
    choices: Vec<Choice>,
    filter: Memo<DealFilter>,
    update: Callback<DealFilter>,
    part: fn(&mut DealFilter) -> &mut Any<T>,
) -> AnyView
where
    T: ToString + std::str::FromStr + 'static,
{
    let rows = choices
        .into_iter()
        .map(|Choice { value, label }| {
            let known = value.clone();
            let is_chosen = move || {
                let mut present = filter.get();
                part(&mut present).0.iter().any(|each| each.to_string() == known)
            };
            let toggle = move |event| {
                let mut next = filter.get_untracked();
                let chosen = &mut part(&mut next).0;
                chosen.retain(|each| each.to_string() != value);
                if event_target_checked(&event) {
                    chosen.extend(value.parse().ok());
                }
                update.run(next);
            };
            view! {
                <label class="check-row">
                    <input type="checkbox" class="checkbox" prop:checked=is_chosen on:change=toggle />
                    <span>{label}</span>
                </label>
            }
        })
        .collect_view();
    view! { <div class="editor-list">{rows}</div> }.into_any()
}

fn records<T>(
    filter: Memo<DealFilter>,
    update: Callback<DealFilter>,
    source: PickerSource,
    part: fn(&mut DealFilter) -> &mut Any<T>,
) -> AnyView
where
    T: ToString + From<String> + 'static,
{
    let ids = Memo::new(move |_| {
        let mut present = filter.get();
        part(&mut present)
            .0
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    });
    let names = chosen_names(ids.into(), source);
    let remove = move |id: &str| {
        let mut next = filter.get_untracked();
        part(&mut next).0.retain(|each| each.to_string() != id);
        update.run(next);
    };
    let pick = move |picked: Option<Picked>| {
        if let Some(picked) = picked {
            let mut next = filter.get_untracked();
            let chosen = &mut part(&mut next).0;
            if chosen.iter().all(|each| each.to_string() != picked.id) {
                chosen.push(picked.id.into());
            }
            update.run(next);
        }
    };
    let rows = move || {
        names
            .get()
            .into_iter()
            .map(|Picked { id, name, .. }| {
                let label = t_with("filter-remove", &arguments! { "name" => name.clone() });
                view! {
                    <li class="chosen-row">
                        <span class="truncate">{name}</span>
                        <button
                            type="button"
                            class="btn btn-ghost btn-square"
                            aria-label=label
                            on:click=move |_| remove(&id)
                        >
                            {icon!("x")}
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <ul class="editor-list">{rows}</ul>
        <Picker
            source
            id="filter-picker"
            label=t("picker-search")
            value=Signal::stored(String::new())
            on_pick=pick
            clear_after=true
        />
    }
    .into_any()
}

fn amounts(filter: Memo<DealFilter>, update: Callback<DealFilter>) -> AnyView {
    let input = move |label: &'static str, part: fn(&mut DealFilter) -> &mut Option<String>| {
        let value = move || part(&mut filter.get()).clone().unwrap_or_default();
        let set = move |event| {
            let text: String = event_target_value(&event)
                .chars()
                .filter(|c| !c.is_whitespace())
                .map(|c| if c == ',' { '.' } else { c })
                .collect();
            let mut next = filter.get_untracked();
            let is_number = text.parse::<f64>().is_ok_and(f64::is_finite);
            *part(&mut next) = is_number.then_some(text);
            update.run(next);
        };
        view! {
            <label class="field">
                <span class="field-label">{t(label)}</span>
                <input
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    class="input tabular-nums"
                    prop:value=value
                    on:change=set
                />
            </label>
        }
    };
    view! {
        <div class="form-pair">
            {input("range-least", |f| &mut f.amount_min)} {input("range-most", |f| &mut f.amount_max)}
        </div>
    }
    .into_any()
}

type DayRange = fn(&mut DealFilter) -> (&mut Option<NaiveDate>, &mut Option<NaiveDate>);

fn days(filter: Memo<DealFilter>, update: Callback<DealFilter>, part: DayRange) -> AnyView {
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

fn source(filter: Memo<DealFilter>, update: Callback<DealFilter>) -> AnyView {
    view! {
        <label class="field">
            <span class="field-label">{t("field-source")}</span>
            <input
                type="text"
                class="input"
                autocomplete="off"
                prop:value=move || filter.get().source.0.join(", ")
                on:change=move |event| {
                    let mut next = filter.get_untracked();
                    next.source = Any(
                        event_target_value(&event)
                            .split(',')
                            .map(|part| part.trim().to_owned())
                            .filter(|part| !part.is_empty())
                            .collect(),
                    );
                    update.run(next);
                }
            />
            <span class="field-help">{t("filter-source-help")}</span>
        </label>
    }
    .into_any()
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
