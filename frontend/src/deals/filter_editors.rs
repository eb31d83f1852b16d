//! What opens below a filter chip to change its value.

use chrono::NaiveDate;
use etalon_domain::deal::{DealCategory, DealFilter, DealStatus, DealType, ForecastCategory};
use etalon_domain::page::Any;
use leptos::prelude::*;

use crate::deals::filter_row::Narrowing;
use crate::i18n::{t, words};
use crate::ui::chosen::{chosen_checks, chosen_records};
use crate::ui::{Choice, DayRange, DayRangeEditor, PickerSource};

/// The editor of a filter.
pub(in crate::deals) fn editor(
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
        Narrowing::Rows => view! { <p>{t("filter-rows-help")}</p> }.into_any(),
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

/// Where a filter keeps a range of days.
type DayParts = fn(&mut DealFilter) -> (&mut Option<NaiveDate>, &mut Option<NaiveDate>);

fn days(filter: Memo<DealFilter>, update: Callback<DealFilter>, parts: DayParts) -> AnyView {
    let value = Signal::derive(move || {
        let mut filter = filter.get();
        let (from, to) = parts(&mut filter);
        (*from, *to)
    });
    let change = move |(from, to): DayRange| {
        let mut next = filter.get_untracked();
        let (old_from, old_to) = parts(&mut next);
        (*old_from, *old_to) = (from, to);
        update.run(next);
    };
    view! { <DayRangeEditor value on_change=change /> }.into_any()
}

fn choices<T: Copy + ToString>(all: &[T], name: fn(T) -> String) -> Vec<Choice> {
    all.iter()
        .map(|each| Choice::new(each.to_string(), name(*each)))
        .collect()
}

/// The values of a part of the filter as texts, and what writes them there.
fn part_of<T>(
    filter: Memo<DealFilter>,
    update: Callback<DealFilter>,
    part: fn(&mut DealFilter) -> &mut Any<T>,
    read: fn(String) -> Option<T>,
) -> (Signal<Vec<String>>, Callback<Vec<String>>)
where
    T: ToString + 'static,
{
    let chosen = Memo::new(move |_| {
        let mut present = filter.get();
        let values = part(&mut present).0.iter().map(ToString::to_string);
        values.collect::<Vec<_>>()
    });
    let choose = Callback::new(move |values: Vec<String>| {
        let mut next = filter.get_untracked();
        part(&mut next).0 = values.into_iter().filter_map(read).collect();
        update.run(next);
    });
    (chosen.into(), choose)
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
    let (chosen, choose) = part_of(filter, update, part, |text| text.parse().ok());
    chosen_checks(choices, chosen, choose)
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
    let (chosen, choose) = part_of(filter, update, part, |id| Some(id.into()));
    chosen_records(source, &t("picker-search"), chosen, choose, None)
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
