use etalon_domain::deal::DealFilter;
use etalon_domain::endpoint::{Deals, List};
use leptos::prelude::*;

use super::{ListBody, status_of};
use crate::address::{use_changes, use_value};
use crate::deals::{DealRows, RegistryState};
use crate::i18n::t;
use crate::query::use_pages;
use crate::ui::{EmptyState, LinkButton, icon};

/// The deals of an account or a contact: every one that the reader may see, with totals. The order is
/// kept in the address.
pub fn deals_tab(filter: DealFilter) -> AnyView {
    let order = use_value("sort");
    let changes = use_changes();
    let registry = RegistryState::of(filter.clone()).href();
    let sort = Signal::derive(move || order.get().unwrap_or_else(|| "-created_at".to_owned()));
    let pages = use_pages(move |cursor, limit| {
        let mut filter = filter.clone();
        filter.sort = sort.get().parse().ok();
        filter.totals = cursor.is_none().then_some(true);
        filter.limit = Some(limit);
        filter.cursor = cursor;
        List::<Deals>(filter)
    });
    let on_sort = Callback::new(move |order: String| changes.apply(&[("sort", Some(&order))]));
    let empty = || {
        view! {
            <EmptyState
                picture=icon!("briefcase-business")
                title=t("record-deals-empty-title")
                text=t("record-deals-empty-text")
            />
        }
    };
    view! {
        <div class="tab-tools">
            <LinkButton href=registry>{icon!("list-filter")} {t("open-in-registry")}</LinkButton>
        </div>
        <ListBody status=status_of(pages) empty>
            <DealRows pages sort on_sort />
        </ListBody>
    }
    .into_any()
}
