use std::time::Duration;

use etalon_domain::deal::{DealFilter, DealStatus};
use etalon_domain::page::Any;
use leptos::prelude::*;

use super::filter_editors;
use super::rows_words::report_in_words;
use super::state::RegistryState;
use crate::i18n::{format, t, words};
use crate::ui::chosen::chosen_names;
use crate::ui::{FilterChip, Menu, MenuItem, PickerSource, icon, range_text};

/// What deals can be narrowed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Narrowing {
    Owner,
    Department,
    Stage,
    Status,
    Account,
    Contact,
    Product,
    Amount,
    ExpectedClose,
    Created,
    Closed,
    Source,
    Type,
    Category,
    Forecast,
    Overdue,
    Rows,
}

impl Narrowing {
    const ALL: [Self; 17] = [
        Self::Owner,
        Self::Department,
        Self::Stage,
        Self::Status,
        Self::Account,
        Self::Contact,
        Self::Product,
        Self::Amount,
        Self::ExpectedClose,
        Self::Created,
        Self::Closed,
        Self::Source,
        Self::Type,
        Self::Category,
        Self::Forecast,
        Self::Overdue,
        Self::Rows,
    ];

    fn label(self) -> String {
        t(match self {
            Self::Owner => "field-owner-id",
            Self::Department => "field-department-id",
            Self::Stage => "field-stage",
            Self::Status => "field-status",
            Self::Account => "field-account-id",
            Self::Contact => "field-contact-id",
            Self::Product => "field-product-id",
            Self::Amount => "field-amount",
            Self::ExpectedClose => "field-expected-close-on",
            Self::Created => "filter-created",
            Self::Closed => "filter-closed",
            Self::Source => "field-source",
            Self::Type => "field-deal-type",
            Self::Category => "field-category",
            Self::Forecast => "field-forecast-category",
            Self::Overdue => "filter-overdue",
            Self::Rows => "filter-rows",
        })
    }

    /// Whether the filter says something about it that no view tab says.
    fn is_set(self, f: &DealFilter) -> bool {
        match self {
            Self::Owner => !f.owner_id.is_empty(),
            Self::Department => !f.department_id.is_empty(),
            Self::Stage => !f.stage.is_empty(),
            Self::Status => !f.status.is_empty() && !is_preset(&f.status),
            Self::Account => !f.account_id.is_empty(),
            Self::Contact => !f.contact_id.is_empty(),
            Self::Product => !f.product_id.is_empty(),
            Self::Amount => f.amount_min.is_some() || f.amount_max.is_some(),
            Self::ExpectedClose => f.expected_close_from.is_some() || f.expected_close_to.is_some(),
            Self::Created => f.created_from.is_some() || f.created_to.is_some(),
            Self::Closed => f.closed_from.is_some() || f.closed_to.is_some(),
            Self::Source => !f.source.is_empty(),
            Self::Type => !f.deal_type.is_empty(),
            Self::Category => !f.category.is_empty(),
            Self::Forecast => !f.forecast_category.is_empty(),
            Self::Overdue => f.overdue.is_some(),
            Self::Rows => f.rows.is_some(),
        }
    }

    fn clear(self, f: &mut DealFilter) {
        match self {
            Self::Owner => f.owner_id = Any::default(),
            Self::Department => {
                f.department_id = Any::default();
                f.subtree = None;
            }
            Self::Stage => f.stage = Any::default(),
            Self::Status => f.status = Any::default(),
            Self::Account => f.account_id = Any::default(),
            Self::Contact => f.contact_id = Any::default(),
            Self::Product => f.product_id = Any::default(),
            Self::Amount => (f.amount_min, f.amount_max) = (None, None),
            Self::ExpectedClose => (f.expected_close_from, f.expected_close_to) = (None, None),
            Self::Created => (f.created_from, f.created_to) = (None, None),
            Self::Closed => (f.closed_from, f.closed_to) = (None, None),
            Self::Source => f.source = Any::default(),
            Self::Type => f.deal_type = Any::default(),
            Self::Category => f.category = Any::default(),
            Self::Forecast => f.forecast_category = Any::default(),
            Self::Overdue => f.overdue = None,
            Self::Rows => {
                f.rows = None;
                f.status = Any::one(DealStatus::Open);
            }
        }
    }

    /// The value in words.
    fn value(self, filter: Memo<DealFilter>) -> Signal<String> {
        let days = |from: Option<chrono::NaiveDate>, to: Option<chrono::NaiveDate>| {
            range_text(from.map(format::day), to.map(format::day))
        };
        match self {
            Self::Owner => names(filter, |f| ids(&f.owner_id), PickerSource::Users),
            Self::Department => {
                let named = names(filter, |f| ids(&f.department_id), PickerSource::Departments);
                Signal::derive(move || match filter.get().subtree {
                    Some(false) => format!("{} ({})", named.get(), t("filter-without-subtree")),
                    _ => named.get(),
                })
            }
            Self::Account => names(filter, |f| ids(&f.account_id), PickerSource::Accounts),
            Self::Contact => names(
                filter,
                |f| ids(&f.contact_id),
                PickerSource::Contacts(Signal::stored(None)),
            ),
            Self::Product => names(filter, |f| ids(&f.product_id), PickerSource::Products),
            Self::Stage => {
                let stages = super::use_stages();
                Signal::derive(move || {
                    let codes = filter.get().stage.0;
                    let names = codes
                        .iter()
                        .map(|code| stages.with(|s| super::stages::name_of(s, code)));
                    join(names)
                })
            }
            Self::Status => {
                Signal::derive(move || join(filter.get().status.0.into_iter().map(words::status)))
            }
            Self::Amount => Signal::derive(move || {
                let f = filter.get();
                range_text(f.amount_min, f.amount_max)
            }),
            Self::ExpectedClose => Signal::derive(move || {
                let f = filter.get();
                days(f.expected_close_from, f.expected_close_to)
            }),
            Self::Created => Signal::derive(move || {
                let f = filter.get();
                days(f.created_from, f.created_to)
            }),
            Self::Closed => Signal::derive(move || {
                let f = filter.get();
                days(f.closed_from, f.closed_to)
            }),
            Self::Source => Signal::derive(move || join(filter.get().source.0.into_iter())),
            Self::Type => Signal::derive(move || {
                join(filter.get().deal_type.0.into_iter().map(words::deal_type))
            }),
            Self::Category => Signal::derive(move || {
                join(filter.get().category.0.into_iter().map(words::category))
            }),
            Self::Forecast => Signal::derive(move || {
                join(
                    filter
                        .get()
                        .forecast_category
                        .0
                        .into_iter()
                        .map(words::forecast),
                )
            }),
            Self::Overdue => Signal::derive(move || match filter.get().overdue {
                Some(true) => t("yes"),
                Some(false) => t("no"),
                None => String::new(),
            }),
            Self::Rows => {
                let stages = super::use_stages();
                Signal::derive(move || {
                    let rows = filter.get().rows.unwrap_or_default();
                    stages.with(|stages| report_in_words(&rows, stages))
                })
            }
        }
    }
}

fn is_preset(status: &Any<DealStatus>) -> bool {
    let is_closed =
        status.0.len() == DealStatus::ALL.len() - 1 && !status.0.contains(&DealStatus::Open);
    status.0 == [DealStatus::Open] || is_closed
}

fn ids<T: ToString>(any: &Any<T>) -> Vec<String> {
    any.0.iter().map(ToString::to_string).collect()
}

fn join(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

fn names(
    filter: Memo<DealFilter>,
    ids: fn(&DealFilter) -> Vec<String>,
    source: PickerSource,
) -> Signal<String> {
    let chosen = Memo::new(move |_| filter.with(ids));
    let names = chosen_names(chosen.into(), source);
    Signal::derive(move || join(names.get().into_iter().map(|picked| picked.name)))
}

/// Search and one chip for every filter that is set.
#[component]
pub(super) fn FilterRow(
    /// What is shown.
    state: Memo<RegistryState>,
    /// Shows something else.
    change: Callback<RegistryState>,
) -> impl IntoView {
    let filter = Memo::new(move |_| state.get().filter);
    let adding = RwSignal::new(None::<Narrowing>);
    let chips = Memo::new(move |_| {
        let added = adding.get();
        filter.with(|f| {
            Narrowing::ALL
                .into_iter()
                .filter(|kind| kind.is_set(f) || added == Some(*kind))
                .collect::<Vec<_>>()
        })
    });
    let update = Callback::new(move |next: DealFilter| {
        let present = state.get_untracked();
        if present.filter != next {
            change.run(RegistryState {
                filter: next,
                ..present
            });
        }
    });
    let chip = move |kind: Narrowing| {
        let open = RwSignal::new(adding.get_untracked() == Some(kind));
        Effect::new(move |before: Option<bool>| {
            let is_open = open.get();
            if before == Some(true) && !is_open && adding.get_untracked() == Some(kind) {
                adding.set(None);
            }
            is_open
        });
        let remove = move |()| {
            adding.set(None);
            let mut next = filter.get_untracked();
            kind.clear(&mut next);
            update.run(next);
        };
        view! {
            <FilterChip label=kind.label() value=kind.value(filter) open on_remove=remove>
                {filter_editors::editor(kind, filter, update)}
            </FilterChip>
        }
    };
    let add_trigger = view! {
        {icon!("list-filter")}
        {t("filter-add")}
    }
    .into_any();
    let is_narrowed = move || chips.with(|c| !c.is_empty()) || filter.with(|f| f.q.is_some());
    let clear_all = move |_| {
        adding.set(None);
        let mut next = filter.get_untracked();
        for kind in Narrowing::ALL {
            if kind.is_set(&next) {
                kind.clear(&mut next);
            }
        }
        next.q = None;
        update.run(next);
    };
    view! {
        <search class="filter-row" aria-label=t("filters")>
            <Search filter update />
            <For each=move || chips.get() key=|kind| *kind children=chip />
            <Menu label=t("filter-add") class="btn btn-ghost" trigger=add_trigger>
                {move || {
                    let shown = chips.get();
                    Narrowing::ALL
                        .into_iter()
                        // The rows of a report are reached from it only.
                        .filter(|kind| !shown.contains(kind) && *kind != Narrowing::Rows)
                        .map(|kind| {
                            view! {
                                <MenuItem on_select=move |()| {
                                    if kind == Narrowing::Overdue {
                                        let mut next = filter.get_untracked();
                                        next.overdue = Some(true);
                                        update.run(next);
                                    } else {
                                        adding.set(Some(kind));
                                    }
                                }>{kind.label()}</MenuItem>
                            }
                        })
                        .collect_view()
                }}
            </Menu>
            <Show when=is_narrowed>
                <button type="button" class="btn btn-ghost" on:click=clear_all>
                    {t("filters-clear")}
                </button>
            </Show>
        </search>
    }
    .into_any()
}

/// Text search; the address follows a moment after the typing.
#[component]
fn Search(filter: Memo<DealFilter>, update: Callback<DealFilter>) -> impl IntoView {
    let typed = RwSignal::new(filter.get_untracked().q.unwrap_or_default());
    Effect::new(move |_| {
        let present = filter.with(|f| f.q.clone()).unwrap_or_default();
        if present != typed.get_untracked().trim() {
            typed.set(present);
        }
    });
    let pending = StoredValue::new(0u32);
    let apply = move || {
        let mut next = filter.get_untracked();
        next.q = Some(typed.get_untracked().trim().to_owned()).filter(|q| !q.is_empty());
        update.run(next);
    };
    let on_input = move |event| {
        typed.set(event_target_value(&event));
        let ticket = pending.get_value() + 1;
        pending.set_value(ticket);
        set_timeout(
            move || {
                if pending.try_get_value() == Some(ticket) {
                    apply();
                }
            },
            Duration::from_millis(250),
        );
    };
    view! {
        <div class="filter-search">
            {icon!("search")}
            <input
                id="registry-search"
                type="search"
                class="input"
                autocomplete="off"
                placeholder=t("deals-search")
                aria-label=t("deals-search")
                aria-keyshortcuts="/"
                prop:value=move || typed.get()
                on:input=on_input
            />
        </div>
    }
    .into_any()
}
