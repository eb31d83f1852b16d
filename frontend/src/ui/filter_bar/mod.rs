//! Search and filter chips of a list. What they say stands in the address.

mod editors;

use leptos::prelude::*;

use self::editors::{editor, shown_value};
use super::{Choice, FilterChip, Menu, MenuItem, PickerSource, SearchField, dom, icon};
use crate::address::{href_with, use_changes, use_go, use_pairs, value_of};
use crate::i18n::t;

/// Identifier of the search of the list on the page.
pub const SEARCH_ID: &str = "list-search";

/// What the filters of the page say, one text for each that is set.
pub fn said_by_filters() -> Vec<String> {
    let Some(body) = dom::document().and_then(|document| document.document_element()) else {
        return Vec::new();
    };
    dom::all(&body, ".filter-row [data-said]")
        .iter()
        .filter_map(|chip| chip.get_attribute("data-said"))
        .collect()
}

/// What a list can be narrowed by.
#[derive(Clone, PartialEq)]
pub struct ListFilter {
    /// Name in the address and in the API.
    pub name: &'static str,
    /// Name for people.
    pub label: String,
    /// How it is chosen.
    pub kind: FilterKind,
}

/// How the values of a filter are chosen.
#[derive(Clone, PartialEq)]
pub enum FilterKind {
    /// Some of a few words.
    Choices(Vec<Choice>),
    /// One of a few words.
    Choice(Vec<Choice>),
    /// Among records.
    Records(PickerSource),
    /// By typing them.
    Words,
    /// A range of days; the filter's own name is that of the first one.
    Days {
        /// Name of the last day in the address and in the API.
        to: &'static str,
    },
    /// By following a link only; said in these words.
    Given(String),
}

impl ListFilter {
    /// What stands in the address when the filter holds these values; without values, what clears it.
    fn written(&self, values: &[String]) -> Vec<(&'static str, Option<String>)> {
        let text = |value: Option<&String>| value.filter(|text| !text.is_empty()).cloned();
        match self.kind {
            FilterKind::Days { to } => {
                vec![(self.name, text(values.first())), (to, text(values.get(1)))]
            }
            _ => vec![(self.name, text(Some(&values.join(","))))],
        }
    }

    /// Its values in the address; of a range of days always two, which may be empty.
    fn read(&self, pairs: &[(String, String)]) -> Vec<String> {
        match self.kind {
            FilterKind::Days { to } => {
                let days = [self.name, to].map(|name| value_of(pairs, name).unwrap_or_default());
                days.map(str::to_owned).into()
            }
            _ => values_of(pairs, self.name),
        }
    }

    fn is_set(&self, pairs: &[(String, String)]) -> bool {
        self.read(pairs).iter().any(|value| !value.is_empty())
    }
}

/// The values of a filter in the address.
fn values_of(pairs: &[(String, String)], name: &str) -> Vec<String> {
    value_of(pairs, name)
        .unwrap_or_default()
        .split(',')
        .filter(|value| !value.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Search, one chip for every filter that is set, and a menu of those that are not.
#[component]
pub fn FilterBar(
    /// What is searched; without it there is no search.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// What the list can be narrowed by.
    filters: Vec<ListFilter>,
    /// Names and values in the address that a tab above the list says already.
    #[prop(optional)]
    presets: Vec<(&'static str, &'static str)>,
    /// What stands before the filters.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let pairs = use_pairs();
    let changes = use_changes();
    let go = use_go();
    let path = leptos_router::hooks::use_location().pathname;
    let filters = StoredValue::new(filters);
    let adding = RwSignal::new(None::<&'static str>);
    let shown = Memo::new(move |_| {
        let added = adding.get();
        pairs.with(|pairs| {
            filters.with_value(|filters| {
                let is_preset = |name| {
                    let value = value_of(pairs, name);
                    presets.iter().any(|(n, v)| *n == name && value == Some(*v))
                };
                (filters.iter())
                    .filter(|f| f.is_set(pairs) && !is_preset(f.name) || added == Some(f.name))
                    .map(|f| f.name)
                    .collect::<Vec<_>>()
            })
        })
    });
    let query = Signal::derive(move || {
        pairs.with(|pairs| value_of(pairs, "q").unwrap_or_default().to_owned())
    });
    let search = move |text: String| {
        let q = Some(text.as_str()).filter(|text| !text.is_empty());
        let pairs = pairs.get_untracked();
        go.replace(href_with(&path.get_untracked(), &pairs, &[("q", q)]));
    };
    let chip = move |name: &'static str| {
        let Some(filter) = filters.with_value(|all| all.iter().find(|f| f.name == name).cloned())
        else {
            return ().into_any();
        };
        let open = RwSignal::new(adding.get_untracked() == Some(name));
        Effect::new(move |before: Option<bool>| {
            let is_open = open.get();
            if before == Some(true) && !is_open && adding.get_untracked() == Some(name) {
                adding.set(None);
            }
            is_open
        });
        let write = StoredValue::new(filter.clone());
        let read = write;
        let chosen =
            Memo::new(move |_| pairs.with(|pairs| read.with_value(|filter| filter.read(pairs))));
        let choose = Callback::new(move |values: Vec<String>| {
            let written = write.with_value(|filter| filter.written(&values));
            let written: Vec<_> = written.iter().map(|(n, v)| (*n, v.as_deref())).collect();
            changes.apply(&written);
        });
        let remove = move |()| {
            adding.set(None);
            choose.run(Vec::new());
        };
        let value = shown_value(&filter.kind, chosen.into());
        let (kind, label) = (filter.kind, filter.label.clone());
        view! {
            <FilterChip label=filter.label value open on_remove=remove>
                {editor(&kind, &label, chosen.into(), choose)}
            </FilterChip>
        }
        .into_any()
    };
    let clear_all = move |_| {
        adding.set(None);
        let mut removed: Vec<(&str, Option<&str>)> = vec![("q", None)];
        let present = shown.get_untracked();
        filters.with_value(|all| {
            let shown = all.iter().filter(|filter| present.contains(&filter.name));
            removed.extend(
                shown
                    .flat_map(|f| f.written(&[]))
                    .map(|(name, _)| (name, None)),
            );
        });
        changes.apply(&removed);
    };
    let is_narrowed = move || shown.with(|s| !s.is_empty()) || query.with(|q| !q.is_empty());
    let add_trigger = view! {
        {icon!("list-filter")}
        <span class="max-md:hidden">{t("filter-add")}</span>
    }
    .into_any();
    let additions = move || {
        let present = shown.get();
        filters
            .get_value()
            .into_iter()
            .filter(|filter| !present.contains(&filter.name))
            .filter(|filter| !matches!(filter.kind, FilterKind::Given(_)))
            .map(|filter| {
                view! {
                    <MenuItem on_select=move |()| adding.set(Some(filter.name))>
                        {filter.label}
                    </MenuItem>
                }
            })
            .collect_view()
    };
    let all_shown = move || {
        filters.with_value(|all| {
            let mut addable = all
                .iter()
                .filter(|f| !matches!(f.kind, FilterKind::Given(_)));
            shown.with(|shown| addable.all(|filter| shown.contains(&filter.name)))
        })
    };
    view! {
        <search class="filter-row" aria-label=t("filters")>
            {placeholder
                .map(|label| view! { <SearchField id=SEARCH_ID label value=query on_search=search /> })}
            {children.map(|children| children())}
            <For each=move || shown.get() key=|name| *name children=chip />
            <div class:hidden=all_shown>
                <Menu label=t("filter-add") class="btn btn-ghost filter-add" trigger=add_trigger>
                    {additions}
                </Menu>
            </div>
            <Show when=is_narrowed>
                <button type="button" class="btn btn-ghost" on:click=clear_all>
                    {t("filters-clear")}
                </button>
            </Show>
        </search>
    }
    .into_any()
}
