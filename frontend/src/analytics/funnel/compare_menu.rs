use chrono::NaiveDate;
use etalon_domain::analytics::{Period, PeriodQuery, Preset};
use leptos::prelude::*;

use super::compare::{By, Comparison, MOST, days_of, write_days};
use crate::address::{Changes, use_changes};
use crate::analytics::bar::day_input;
use crate::analytics::scope::{days_name, period_name};
use crate::i18n::{arguments, t, t_with, words};
use crate::ui::chosen::{chosen_records, chosen_row};
use crate::ui::{Button, PickerSource, Popover, icon};

/// Chooses what stands side by side.
#[component]
pub(super) fn CompareMenu(
    /// What does now.
    comparison: Memo<Option<Comparison>>,
) -> impl IntoView {
    let changes = use_changes();
    let open = RwSignal::new(false);
    let by = RwSignal::new(By::Department);
    Effect::new(move |_| {
        // The editor stays, and the focus in it, while more of the same kind is chosen.
        if let Some(present) = comparison.get()
            && present.by != by.get_untracked()
        {
            by.set(present.by);
        }
    });
    let values = Memo::new(move |_| {
        let by = by.get();
        let present = comparison.get().filter(|present| present.by == by);
        present.map(|present| present.values).unwrap_or_default()
    });
    let set = Callback::new(move |values: Vec<String>| {
        let text = Comparison::write(by.get_untracked(), &values);
        changes.apply(&[("compare", text.as_deref())]);
    });
    let trigger = view! {
        <button
            type="button"
            class="btn btn-plain"
            aria-expanded=move || open.get().to_string()
            on:click=move |_| open.update(|open| *open = !*open)
        >
            {icon!("columns-2")}
            {t("compare")}
        </button>
    }
    .into_any();
    let records = move |source| {
        let search = t("picker-search");
        chosen_records(source, &search, values.into(), set, Some(MOST))
    };
    let editor = move || match by.get() {
        By::Owner => records(PickerSource::Users),
        By::Department => records(PickerSource::Departments),
        By::Period => periods(values, set),
    };
    view! {
        <Popover open trigger class="popover-box compare-box" end=true>
            <div class="compare-kinds" role="radiogroup" aria-label=t("compare-by")>
                {kinds(by, changes, comparison)}
            </div>
            {editor}
            <p class="field-help">{t("compare-help")}</p>
        </Popover>
        <Show when=move || comparison.with(Option::is_some)>
            <button
                type="button"
                class="btn btn-ghost"
                on:click=move |_| changes.apply(&[("compare", None)])
            >
                {t("compare-end")}
            </button>
        </Show>
    }
    .into_any()
}

fn kinds(by: RwSignal<By>, changes: Changes, comparison: Memo<Option<Comparison>>) -> AnyView {
    By::ALL
        .iter()
        .map(|kind| {
            let kind = *kind;
            let choose = move |_| {
                by.set(kind);
                if comparison.with_untracked(Option::is_some) {
                    changes.apply(&[("compare", None)]);
                }
            };
            view! {
                <label class="check-row">
                    <input
                        type="radio"
                        class="radio radio-sm"
                        name="compare-by"
                        prop:checked=move || by.get() == kind
                        on:change=choose
                    />
                    <span>{words::word("compare-by", kind.as_str())}</span>
                </label>
            }
        })
        .collect_view()
        .into_any()
}

fn periods(values: Memo<Vec<String>>, set: Callback<Vec<String>>) -> AnyView {
    let rows = Preset::ALL
        .iter()
        .map(|preset| {
            let code = preset.as_str();
            let is_chosen = move || values.with(|v| v.iter().any(|each| each == code));
            let name = period_name(&PeriodQuery {
                period: Some(*preset),
                ..PeriodQuery::default()
            });
            let toggle = move |event| {
                let mut next = values.get_untracked();
                next.retain(|each| each != code);
                if event_target_checked(&event) && next.len() < MOST {
                    next.push(code.to_owned());
                }
                set.run(next);
            };
            let is_full = move || values.with(Vec::len) >= MOST && !is_chosen();
            view! {
                <label class="check-row">
                    <input
                        type="checkbox"
                        class="checkbox"
                        prop:checked=is_chosen
                        disabled=is_full
                        on:change=toggle
                    />
                    <span>{name}</span>
                </label>
            }
        })
        .collect_view();
    let is_full = move || values.with(Vec::len) >= MOST;
    view! {
        <div class="editor-list">{rows}</div>
        {own_days(values, set)}
        <Show when=move || !is_full()>{add_days(values, set)}</Show>
    }
    .into_any()
}

/// The periods that were entered day by day, each of which can be taken away.
fn own_days(values: Memo<Vec<String>>, set: Callback<Vec<String>>) -> AnyView {
    let rows = move || {
        let all = values.get().into_iter();
        all.filter_map(|value| Some((days_of(&value)?, value)))
            .map(|(days, value)| {
                let name = days_name(days);
                let label = t_with("filter-remove", &arguments! { "name" => name.clone() });
                chosen_row(name, label, move || {
                    let mut next = values.get_untracked();
                    next.retain(|each| *each != value);
                    set.run(next);
                })
            })
            .collect_view()
    };
    view! { <ul class="editor-list">{rows}</ul> }.into_any()
}

/// Adds a period that no word stands for.
fn add_days(values: Memo<Vec<String>>, set: Callback<Vec<String>>) -> AnyView {
    let from = RwSignal::new(None::<NaiveDate>);
    let to = RwSignal::new(None::<NaiveDate>);
    let days = move || {
        let (from, to) = (from.get()?, to.get()?);
        (from <= to).then_some(Period { from, to })
    };
    let add = move |()| {
        let Some(days) = untrack(days) else { return };
        let value = write_days(days);
        let mut next = values.get_untracked();
        if !next.contains(&value) {
            next.push(value);
            set.run(next);
        }
        from.set(None);
        to.set(None);
    };
    view! {
        <div class="form-pair">
            {day_input("range-since", move || from.get(), move |day| from.set(Some(day)))}
            {day_input("range-until", move || to.get(), move |day| to.set(Some(day)))}
        </div>
        <Button disabled=Signal::derive(move || days().is_none()) on_press=add>
            {t("compare-add-days")}
        </Button>
    }
    .into_any()
}
