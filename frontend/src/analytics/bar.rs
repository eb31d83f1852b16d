//! The bar that all reports share: period, day, filters. What it says stands in the address.

use chrono::NaiveDate;
use etalon_domain::analytics::{PeriodQuery, Preset};
use etalon_domain::deal::DealCategory;
use etalon_domain::endpoint::from_query;
use leptos::prelude::*;

use super::scope::{as_of_name, days_name, days_of, period_name};
use crate::address::{Changes, use_changes, use_pairs};
use crate::i18n::{format, t, words};
use crate::ui::{Choice, FilterBar, FilterKind, ListFilter, PickerSource, Popover, icon};

/// Which periods a report offers.
const PRESETS: &[Preset] = Preset::ALL;

/// By what a report can be narrowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Filters {
    /// All that the reports know.
    #[default]
    All,
    /// Those that the registry of deals has, too.
    Registry,
    /// Those of people and departments.
    People,
    /// None.
    Nothing,
}

/// Period, day as of which things are told, and filters.
#[component]
pub(super) fn ScopeBar(
    /// Whether the report is of a period.
    #[prop(default = true)]
    period: bool,
    /// Whether the report knows a day as of which it is told.
    #[prop(default = true)]
    as_of: bool,
    /// By what the report can be narrowed.
    #[prop(optional)]
    filters: Filters,
    /// What stands before the filters besides.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let pairs = use_pairs();
    let changes = use_changes();
    let present = Memo::new(move |_| pairs.with(|pairs| from_query::<PeriodQuery>(pairs)));
    let filters = match filters {
        Filters::All => [of_people(), of_deals(), of_reports()].concat(),
        Filters::Registry => [of_people(), of_deals()].concat(),
        Filters::People => of_people(),
        Filters::Nothing => Vec::new(),
    };
    view! {
        <FilterBar filters>
            {children.map(|children| children())}
            {period.then(|| view! { <PeriodMenu period=present changes /> })}
            {as_of.then(|| view! { <AsOfMenu period=present changes /> })}
        </FilterBar>
    }
    .into_any()
}

fn filter(name: &'static str, label: &str, kind: FilterKind) -> ListFilter {
    ListFilter {
        name,
        label: t(label),
        kind,
    }
}

fn of_people() -> Vec<ListFilter> {
    vec![
        filter(
            "owner_id",
            "field-owner-id",
            FilterKind::Records(PickerSource::Users),
        ),
        filter(
            "department_id",
            "field-department-id",
            FilterKind::Records(PickerSource::Departments),
        ),
    ]
}

fn of_deals() -> Vec<ListFilter> {
    let sizes = DealCategory::ALL
        .iter()
        .map(|size| Choice::new(size.as_str(), words::category(*size)));
    vec![
        filter("source", "field-source", FilterKind::Words),
        filter(
            "category",
            "field-category",
            FilterKind::Choices(sizes.collect()),
        ),
        filter(
            "product_id",
            "field-product-id",
            FilterKind::Records(PickerSource::Products),
        ),
    ]
}

/// What the registry has no filters for.
fn of_reports() -> Vec<ListFilter> {
    vec![
        filter("industry", "field-industry", FilterKind::Words),
        filter(
            "process_id",
            "analytics-process",
            FilterKind::Records(PickerSource::Processes),
        ),
    ]
}

/// Chooses a period: one that moves with the calendar, or days.
#[component]
fn PeriodMenu(
    /// The present one.
    period: Memo<PeriodQuery>,
    /// Changes the address.
    changes: Changes,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let days = move || days_name(days_of(&period.get()));
    let trigger = view! {
        <button
            type="button"
            class="filter-chip scope-chip"
            aria-expanded=move || open.get().to_string()
            title=days
            on:click=move |_| open.update(|open| *open = !*open)
        >
            {icon!("calendar-range")}
            <span class="sr-only">{t("analytics-period")}</span>
            <span class="truncate">{move || period_name(&period.get())}</span>
            <span class="scope-days">{move || preset_days(&period.get())}</span>
            {icon!("chevron-down")}
        </button>
    }
    .into_any();
    let choose = move |preset: Preset| {
        open.set(false);
        changes.apply(&[
            ("period", Some(preset.as_str())),
            ("from", None),
            ("to", None),
        ]);
    };
    let presets = move || {
        let is_present = move |preset: Preset| {
            let period = period.get();
            period.from.is_none() && period.period.unwrap_or(Preset::ThisQuarter) == preset
        };
        PRESETS
            .iter()
            .map(|preset| {
                let preset = *preset;
                view! {
                    <button
                        type="button"
                        class="preset"
                        aria-pressed=move || is_present(preset).to_string()
                        on:click=move |_| choose(preset)
                    >
                        {words::word("preset", preset.as_str())}
                    </button>
                }
            })
            .collect_view()
    };
    view! {
        <Popover open trigger class="popover-box period-box">
            <div class="preset-grid">{presets()}</div>
            <div class="form-pair">
                {day_input("range-since", move || Some(days_of(&period.get()).from), move |from| {
                    let to = days_of(&period.get_untracked()).to.max(from);
                    set_days(changes, from, to);
                })}
                {day_input("range-until", move || Some(days_of(&period.get()).to), move |to| {
                    let from = days_of(&period.get_untracked()).from.min(to);
                    set_days(changes, from, to);
                })}
            </div>
        </Popover>
    }
    .into_any()
}

/// The days of a period that is told by its name.
fn preset_days(period: &PeriodQuery) -> Option<String> {
    period.from.is_none().then(|| days_name(days_of(period)))
}

fn set_days(changes: Changes, from: NaiveDate, to: NaiveDate) {
    let (from, to) = (from.to_string(), to.to_string());
    changes.apply(&[("period", None), ("from", Some(&from)), ("to", Some(&to))]);
}

/// A day with its label.
pub(super) fn day_input(
    label: &str,
    value: impl Fn() -> Option<NaiveDate> + Send + 'static,
    set: impl Fn(NaiveDate) + 'static,
) -> AnyView {
    view! {
        <label class="field">
            <span class="field-label">{t(label)}</span>
            <input
                type="date"
                class="input"
                prop:value=move || value().map(|day| day.to_string()).unwrap_or_default()
                on:change=move |event| {
                    if let Ok(day) = event_target_value(&event).parse() {
                        set(day);
                    }
                }
            />
        </label>
    }
    .into_any()
}

/// Chooses the day at whose end things are told.
#[component]
fn AsOfMenu(
    /// The present one.
    period: Memo<PeriodQuery>,
    /// Changes the address.
    changes: Changes,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let name = move || as_of_name(&period.get()).unwrap_or_else(|| t("analytics-now"));
    let trigger = view! {
        <button
            type="button"
            class="filter-chip scope-chip"
            aria-expanded=move || open.get().to_string()
            title=t("analytics-as-of-help")
            on:click=move |_| open.update(|open| *open = !*open)
        >
            {icon!("history")}
            <span class="truncate">{name}</span>
            {icon!("chevron-down")}
        </button>
    }
    .into_any();
    let set = move |day: Option<NaiveDate>| {
        let day = day.filter(|day| *day < format::today());
        let day = day.map(|day| day.to_string());
        changes.apply(&[("as_of", day.as_deref())]);
    };
    view! {
        <Popover open trigger class="popover-box">
            <p class="text-soft mb-2">{t("analytics-as-of-help")}</p>
            {day_input(
                "analytics-as-of-day",
                move || Some(period.get().as_of.unwrap_or_else(format::today)),
                move |day| set(Some(day)),
            )}
            <button
                type="button"
                class="btn btn-plain mt-3"
                on:click=move |_| {
                    open.set(false);
                    set(None);
                }
            >
                {t("analytics-now")}
            </button>
        </Popover>
    }
    .into_any()
}
