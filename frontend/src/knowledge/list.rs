//! The list of materials: searched, narrowed, sorted.

use etalon_domain::endpoint::{List, ListMaterialLabels, Materials, from_query};
use etalon_domain::material::{
    LabelCount, Material, MaterialFilter, MaterialLabels, MaterialStatus,
};
use etalon_domain::policy;
use leptos::prelude::*;

use super::cards::{card, language_name, status_name};
use super::editor::NewMaterial;
use super::page::restore_button;
use crate::address::{use_changes, use_pairs, use_value};
use crate::i18n::{t, t_count};
use crate::layout::{PageHead, set_trail};
use crate::query::{use_pages, use_query};
use crate::records::{BinTabs, ListBody, empty_bin, list_keys, row_title, status_of};
use crate::routes::paths;
use crate::session;
use crate::ui::{
    Button, Choice, EmptyState, FilterBar, FilterKind, LinkButton, ListFilter, LoadMore, Look,
    PickerSource, icon,
};

/// The knowledge base, or a new material when the address asks for one.
#[component]
pub(super) fn MaterialList() -> impl IntoView {
    let new = use_value("new");
    let may_write = session::may(policy::may_write_materials);
    let is_writing = Memo::new(move |_| may_write && new.get().as_deref() == Some("material"));
    move || {
        if is_writing.get() {
            view! { <NewMaterial /> }.into_any()
        } else {
            view! { <Registry may_write /> }.into_any()
        }
    }
}

#[component]
fn Registry(may_write: bool) -> impl IntoView {
    set_trail(vec![(t("nav-knowledge"), None)]);
    let pairs = use_pairs();
    let changes = use_changes();
    let filter = Memo::new(move |_| pairs.with(|pairs| from_query::<MaterialFilter>(pairs)));
    let pages = use_pages(move |cursor, limit| {
        let mut filter = filter.get();
        filter.totals = cursor.is_none().then_some(true);
        filter.limit = Some(limit);
        filter.cursor = cursor;
        List::<Materials>(filter)
    });
    let create = Callback::new(move |()| changes.apply(&[("new", Some("material"))]));
    let create = may_write.then_some(create);
    list_keys(create);
    let is_bin = Memo::new(move |_| filter.with(|f| f.deleted == Some(true)));
    let is_narrowed = move || {
        filter.with(|f| {
            let (sort, deleted) = (f.sort, f.deleted);
            *f != MaterialFilter {
                sort,
                deleted,
                ..MaterialFilter::default()
            }
        })
    };
    let empty = move || {
        if is_narrowed() {
            nothing_found()
        } else if is_bin.get() {
            empty_bin()
        } else {
            nothing_yet(create)
        }
    };
    let count = move || {
        let totals = pages.totals.get();
        totals.map(|totals| t_count("materials-count", totals.count))
    };
    view! {
        <PageHead title=t("nav-knowledge")>{create.map(create_button)}</PageHead>
        <BinTabs is_bin />
        <Filters />
        <div class="material-list-head">
            <p class="text-soft" role="status">
                {count}
            </p>
            <Order filter />
        </div>
        <ListBody status=status_of(pages) empty>
            <ul class="material-list" class:is-stale=move || pages.loading.get()>
                <For
                    each=move || pages.items.get()
                    key=|m| (m.id.clone(), m.version, m.usage.deals, m.usage.won, m.files)
                    children=entry
                />
            </ul>
            <LoadMore pages />
        </ListBody>
    }
    .into_any()
}

fn entry(material: Material) -> AnyView {
    let is_deleted = material.deleted_at.is_some();
    let href = (!is_deleted).then(|| paths::material(material.id.as_str()));
    let title = row_title(material.title.clone(), href);
    let restore = is_deleted.then(|| restore_button(&material)).flatten();
    card(&material, title, restore, None)
}

fn create_button(create: Callback<()>) -> AnyView {
    view! {
        <Button look=Look::Primary on_press=create>
            {icon!("plus")}
            {t("create-material")}
        </Button>
    }
    .into_any()
}

/// By what the list is sorted: a search shows what fits best, anything else what is newest.
#[component]
fn Order(filter: Memo<MaterialFilter>) -> impl IntoView {
    let changes = use_changes();
    let is_search = Memo::new(move |_| filter.with(|f| f.q.is_some()));
    let present = Memo::new(move |_| {
        let order = filter.with(|f| f.sort.map(|sort| sort.to_string()));
        let order = order.unwrap_or_default();
        if order == NEWEST && !is_search.get() {
            String::new()
        } else {
            order
        }
    });
    let options = move || {
        let mut orders = vec![
            ("", "sort-newest"),
            ("title", "sort-title"),
            ("-used", "sort-used"),
        ];
        if is_search.get() {
            orders[0] = ("", "sort-best");
            orders.insert(1, (NEWEST, "sort-newest"));
        }
        orders
            .into_iter()
            .map(|(value, label)| {
                view! {
                    <option value=value selected=move || present.with(|order| order == value)>
                        {t(label)}
                    </option>
                }
            })
            .collect_view()
    };
    let choose = move |event| {
        let order = event_target_value(&event);
        changes.apply(&[(
            "sort",
            Some(order.as_str()).filter(|order| !order.is_empty()),
        )]);
    };
    view! {
        <label class="inline-field">
            <span>{t("sort-by")}</span>
            <select class="select" prop:value=move || present.get() on:change=choose>
                {options}
            </select>
        </label>
    }
    .into_any()
}

const NEWEST: &str = "-updated_at";

/// Search and filters. They wait for the words that materials are marked with, so that a chip can name
/// its value.
#[component]
fn Filters() -> impl IntoView {
    let known = use_query(|| Some(ListMaterialLabels));
    let filters = Memo::new(move |_| {
        let is_known = known.data.with(Option::is_some) || known.failure.with(Option::is_some);
        is_known.then(|| filters(&known.data.get().unwrap_or_default()))
    });
    move || match filters.get() {
        Some(filters) => {
            view! { <FilterBar placeholder=t("materials-search") filters /> }.into_any()
        }
        None => view! { <div class="filter-row material-filters"></div> }.into_any(),
    }
}

fn filters(known: &MaterialLabels) -> Vec<ListFilter> {
    let named = |labels: &[LabelCount], name: fn(&str) -> String| {
        let choices = labels
            .iter()
            .map(|label| Choice::new(label.name.clone(), name(&label.name)));
        FilterKind::Choices(choices.collect())
    };
    let states = (MaterialStatus::ALL.iter())
        .map(|status| Choice::new(status.as_str(), status_name(*status)));
    let filter = |name, label, kind| ListFilter {
        name,
        label: t(label),
        kind,
    };
    vec![
        filter("tag", "field-tags", named(&known.tags, str::to_owned)),
        filter(
            "product_id",
            "field-product-id",
            FilterKind::Records(PickerSource::Products),
        ),
        filter(
            "industry",
            "field-industry",
            named(&known.industries, str::to_owned),
        ),
        filter(
            "need_type",
            "field-need-type",
            named(&known.need_types, str::to_owned),
        ),
        filter(
            "language",
            "field-language",
            named(&known.languages, language_name),
        ),
        filter(
            "status",
            "field-status",
            FilterKind::Choices(states.collect()),
        ),
    ]
}

fn nothing_found() -> AnyView {
    view! {
        <EmptyState
            picture=icon!("search-x")
            title=t("materials-none-title")
            text=t("materials-none-text")
        >
            <LinkButton href=paths::KNOWLEDGE.to_owned()>{t("filters-clear")}</LinkButton>
        </EmptyState>
    }
    .into_any()
}

fn nothing_yet(create: Option<Callback<()>>) -> AnyView {
    view! {
        <EmptyState
            picture=icon!("book-open")
            title=t("materials-empty-title")
            text=t("materials-empty-text")
        >
            {create.map(create_button)}
        </EmptyState>
    }
    .into_any()
}
