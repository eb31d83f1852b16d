use etalon_domain::account::{Account, AccountFilter, AccountKind};
use etalon_domain::endpoint::{Accounts, List, from_query};
use etalon_domain::policy;
use leptos::html;
use leptos::prelude::*;

use super::form::NewAccount;
use super::{actions, kind_name};
use crate::address::{Go, use_changes, use_go, use_pairs, use_value};
use crate::i18n::{format, t, t_count};
use crate::layout::{PageHead, set_trail};
use crate::query::{Pages, use_pages};
use crate::records::{
    BinTabs, ListBody, empty_bin, list_keys, or_dash, person, row_title, status_of,
};
use crate::routes::paths;
use crate::session;
use crate::ui::{
    Button, Choice, EmptyState, FilterBar, FilterKind, LinkButton, ListFilter, LoadMore, Look,
    Money, PickerSource, SortHeader, TableFrame, icon, open_row, walk_rows,
};

/// The list of accounts.
#[component]
pub fn AccountList() -> impl IntoView {
    set_trail(vec![(t("nav-accounts"), None)]);
    let pairs = use_pairs();
    let changes = use_changes();
    let creating = use_value("new");
    let filter = Memo::new(move |_| pairs.with(|pairs| from_query::<AccountFilter>(pairs)));
    let may_create = session::may(policy::may_edit_base);
    let create = Callback::new(move |()| changes.apply(&[("new", Some("account"))]));
    list_keys(may_create.then_some(create));
    let pages = use_pages(move |cursor, limit| {
        let mut filter = filter.get();
        filter.totals = cursor.is_none().then_some(true);
        filter.limit = Some(limit);
        filter.cursor = cursor;
        List::<Accounts>(filter)
    });
    let is_bin = Memo::new(move |_| filter.with(|f| f.deleted == Some(true)));
    let is_narrowed = move || {
        filter.with(|f| {
            let (sort, deleted) = (f.sort, f.deleted);
            *f != AccountFilter {
                sort,
                deleted,
                ..AccountFilter::default()
            }
        })
    };
    let empty = move || {
        if is_bin.get() && !is_narrowed() {
            empty_bin()
        } else if is_narrowed() {
            nothing_found()
        } else {
            nothing_yet(may_create.then_some(create))
        }
    };
    view! {
        <PageHead title=t("nav-accounts")>
            {may_create
                .then(|| {
                    view! {
                        <Button look=Look::Primary on_press=create>
                            {icon!("plus")}
                            {t("create-account")}
                        </Button>
                    }
                })}
        </PageHead>
        <BinTabs is_bin />
        <FilterBar placeholder=t("accounts-search") filters=filters() />
        <ListBody status=status_of(pages) empty>
            <Rows pages filter />
        </ListBody>
        <Show when=move || creating.get().as_deref() == Some("account")>
            <NewAccount on_close=move |()| changes.apply(&[("new", None)]) />
        </Show>
    }
    .into_any()
}

fn filters() -> Vec<ListFilter> {
    let kinds = AccountKind::ALL
        .iter()
        .map(|kind| Choice::new(kind.as_str(), kind_name(*kind)));
    let filter = |name, label: &str, kind| ListFilter {
        name,
        label: t(label),
        kind,
    };
    vec![
        filter("kind", "field-kind", FilterKind::Choices(kinds.collect())),
        filter("industry", "field-industry", FilterKind::Words),
        filter(
            "owner_id",
            "field-owner-id",
            FilterKind::Records(PickerSource::Users),
        ),
    ]
}

fn nothing_found() -> AnyView {
    view! {
        <EmptyState
            picture=icon!("search-x")
            title=t("accounts-none-title")
            text=t("accounts-none-text")
        >
            <LinkButton href=paths::ACCOUNTS.to_owned()>{t("filters-clear")}</LinkButton>
        </EmptyState>
    }
    .into_any()
}

fn nothing_yet(create: Option<Callback<()>>) -> AnyView {
    view! {
        <EmptyState
            picture=icon!("building-2")
            title=t("accounts-empty-title")
            text=t("accounts-empty-text")
        >
            {create
                .map(|create| {
                    view! {
                        <Button look=Look::Primary on_press=create>
                            {icon!("plus")}
                            {t("create-account")}
                        </Button>
                    }
                })}
        </EmptyState>
    }
    .into_any()
}

#[component]
fn Rows(pages: Pages<Account>, filter: Memo<AccountFilter>) -> impl IntoView {
    let changes = use_changes();
    let go = use_go();
    let body = NodeRef::<html::Tbody>::new();
    let sort = Signal::derive(move || {
        filter.with(|f| f.sort.map_or_else(|| "name".to_owned(), |s| s.to_string()))
    });
    let on_sort = Callback::new(move |order: String| changes.apply(&[("sort", Some(&order))]));
    let head = move |label: &'static str, field: &'static str, class: &'static str, desc: bool| {
        view! { <SortHeader label=t(label) field sort on_sort class descending_first=desc /> }
    };
    let plain = |label: &str, class: &'static str| {
        view! {
            <th scope="col" class=class>
                {t(label)}
            </th>
        }
    };
    view! {
        <TableFrame label=t("nav-accounts") stale=pages.loading>
            <thead>
                <tr>
                    {head("field-name", "name", "", false)}
                    {plain("field-kind", "max-md:hidden")}
                    {head("field-industry", "industry", "max-md:hidden", false)}
                    {plain("field-owner-id", "max-md:hidden")}
                    {plain("column-open-deals", "cell-number")}
                    {head("field-employees", "employees", "cell-number max-lg:hidden", true)}
                    {plain("field-annual-revenue", "cell-number max-lg:hidden")}
                    {head("column-updated", "updated_at", "max-2xl:hidden", true)}
                </tr>
            </thead>
            <tbody node_ref=body on:keydown=walk_rows(body)>
                <For
                    each=move || pages.items.get()
                    key=|account| (account.id.clone(), account.version, account.open_deals)
                    children=move |account| row(account, go)
                />
            </tbody>
            <tfoot>
                {move || {
                    pages
                        .totals
                        .get()
                        .map(|totals| {
                            view! {
                                <tr>
                                    <th scope="row" colspan="8">
                                        {t_count("accounts-count", totals.count)}
                                    </th>
                                </tr>
                            }
                        })
                }}
            </tfoot>
        </TableFrame>
        <LoadMore pages />
    }
    .into_any()
}

fn row(account: Account, go: Go) -> AnyView {
    let place: Vec<String> = [account.city.clone(), account.country.clone()]
        .into_iter()
        .flatten()
        .collect();
    let is_deleted = account.deleted_at.is_some();
    let name = account.name.clone();
    let deals = (account.open_deals > 0).then(|| format::number(account.open_deals));
    let restored = account.clone();
    let target = (!is_deleted).then(|| paths::account(account.id.as_str()));
    let open = open_row(go, target.clone());
    view! {
        <tr class:row-link=!is_deleted on:click=open>
            <th scope="row" class="cell-main font-normal">
                {row_title(name, target)}
                <span class="cell-under">{place.join(", ")}</span>
            </th>
            <td class="max-md:hidden">{kind_name(account.kind)}</td>
            <td class="max-md:hidden">{or_dash(account.industry)}</td>
            <td class="max-md:hidden">{person(account.owner_name)}</td>
            <td class="cell-number">
                {if is_deleted {
                    view! {
                        <Button on_press=move |()| actions::restore(&restored)>
                            {t("restore")}
                        </Button>
                    }
                        .into_any()
                } else {
                    or_dash(deals)
                }}
            </td>
            <td class="cell-number max-lg:hidden">{or_dash(account.employees.map(format::number))}</td>
            <td class="cell-number max-lg:hidden">
                <Money value=account.annual_revenue compact=true />
            </td>
            <td class="max-2xl:hidden text-faint">{format::near_instant(account.updated_at)}</td>
        </tr>
    }
    .into_any()
}
