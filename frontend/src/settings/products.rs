use etalon_domain::endpoint::{Delete, List, Patch, Products, from_query};
use etalon_domain::error::ErrorCode;
use etalon_domain::policy;
use etalon_domain::product::{Product, ProductFilter};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::json;

use super::frame::SettingsHead;
use super::product_form::{NewProduct, ProductEditor};
use crate::address::{Changes, use_changes, use_pairs, use_value};
use crate::api;
use crate::i18n::{arguments, format, t, t_with};
use crate::query::{Pages, invalidate, use_pages};
use crate::records::{ListBody, list_keys, or_dash, status_of};
use crate::routes::paths;
use crate::session;
use crate::ui::{
    Badge, Button, Choice, EmptyState, FilterBar, FilterKind, LinkButton, ListFilter, LoadMore,
    Look, Menu, MenuItem, Money, TableFrame, Tone, icon, toast, walk_rows,
};

/// The lists that show products or name them.
pub(super) const KINDS: &[&str] = &["products", "deals", "analytics"];

/// The products.
#[component]
pub fn ProductsPage() -> impl IntoView {
    let pairs = use_pairs();
    let changes = use_changes();
    let opened = use_value("product");
    let filter = Memo::new(move |_| pairs.with(|pairs| from_query::<ProductFilter>(pairs)));
    let pages = use_pages(move |cursor, limit| {
        List::<Products>(ProductFilter {
            limit: Some(limit),
            cursor,
            ..filter.get()
        })
    });
    let may_edit = session::may(policy::may_edit_base);
    let add = Callback::new(move |()| changes.apply(&[("product", Some("new"))]));
    list_keys(may_edit.then_some(add));
    let close = Callback::new(move |()| changes.apply(&[("product", None)]));
    let panel = move || {
        let id = opened.get()?;
        if id == "new" {
            return Some(view! { <NewProduct on_close=close /> }.into_any());
        }
        may_edit.then(|| view! { <ProductEditor id on_close=close /> }.into_any())
    };
    let is_narrowed = move || filter.with(|f| *f != ProductFilter::default());
    let empty = move || {
        if is_narrowed() {
            nothing_found()
        } else {
            nothing_yet(may_edit.then_some(add))
        }
    };
    let active = [("true", "product-active"), ("false", "product-inactive")];
    let filters = vec![ListFilter {
        name: "active",
        label: t("field-active"),
        kind: FilterKind::Choice(
            active
                .map(|(value, label)| Choice::new(value, t(label)))
                .into(),
        ),
    }];
    view! {
        <SettingsHead path=paths::PRODUCTS>
            {may_edit
                .then(|| {
                    view! {
                        <Button look=Look::Primary on_press=add>
                            {icon!("plus")}
                            {t("product-add")}
                        </Button>
                    }
                })}
        </SettingsHead>
        <FilterBar placeholder=t("products-search") filters />
        <ListBody status=status_of(pages) empty>
            <Rows pages may_edit />
        </ListBody>
        {panel}
    }
    .into_any()
}

fn nothing_found() -> AnyView {
    view! {
        <EmptyState
            picture=icon!("search-x")
            title=t("products-none-title")
            text=t("products-none-text")
        >
            <LinkButton href=paths::PRODUCTS.to_owned()>{t("filters-clear")}</LinkButton>
        </EmptyState>
    }
    .into_any()
}

fn nothing_yet(add: Option<Callback<()>>) -> AnyView {
    view! {
        <EmptyState
            picture=icon!("package")
            title=t("products-empty-title")
            text=t("products-empty-text")
        >
            {add
                .map(|add| {
                    view! {
                        <Button look=Look::Primary on_press=add>
                            {icon!("plus")}
                            {t("product-add")}
                        </Button>
                    }
                })}
        </EmptyState>
    }
    .into_any()
}

#[component]
fn Rows(pages: Pages<Product>, may_edit: bool) -> impl IntoView {
    let changes = use_changes();
    let body = NodeRef::<html::Tbody>::new();
    view! {
        <TableFrame label=t("settings-products") stale=pages.loading>
            <thead>
                <tr>
                    <th scope="col">{t("field-name")}</th>
                    <th scope="col" class="max-md:hidden">
                        {t("field-sku")}
                    </th>
                    <th scope="col" class="max-md:hidden">
                        {t("field-series")}
                    </th>
                    <th scope="col" class="cell-number">
                        {t("field-price")}
                    </th>
                    <th scope="col" class="max-lg:hidden">
                        {t("field-unit")}
                    </th>
                    <th scope="col" class="cell-number max-md:hidden">
                        {t("field-vat-rate")}
                    </th>
                    <th scope="col" class="max-md:hidden">
                        {t("field-active")}
                    </th>
                    <th scope="col" class="cell-action">
                        <span class="sr-only">{t("more-actions")}</span>
                    </th>
                </tr>
            </thead>
            <tbody node_ref=body on:keydown=walk_rows(body)>
                <For
                    each=move || pages.items.get()
                    key=|product| (product.id.clone(), product.version)
                    children=move |product| row(product, may_edit, changes)
                />
            </tbody>
        </TableFrame>
        <LoadMore pages />
    }
    .into_any()
}

fn row(product: Product, may_edit: bool, changes: Changes) -> AnyView {
    let id = product.id.to_string();
    let name = product.name.clone();
    let title = if may_edit {
        let id = id.clone();
        let href = move || changes.href(&[("product", Some(&id))]);
        view! {
            <a class="cell-title" href=href>
                {name}
            </a>
        }
        .into_any()
    } else {
        view! { <span class="cell-title">{name}</span> }.into_any()
    };
    let state = if product.active {
        view! { <Badge tone=Tone::Success>{t("product-active")}</Badge> }.into_any()
    } else {
        view! { <Badge>{t("product-inactive")}</Badge> }.into_any()
    };
    let (category, price) = (product.category.clone(), product.price);
    let (sku, unit) = (product.sku.clone(), product.unit.clone());
    let vat = product.vat_rate.map(format::exact_percent);
    let menu = may_edit.then(|| menu(product, id, changes));
    view! {
        <tr>
            <th scope="row" class="cell-main font-normal">
                {title}
            </th>
            <td class="max-md:hidden">{or_dash(sku)}</td>
            <td class="max-md:hidden">{or_dash(category)}</td>
            <td class="cell-number">
                <Money value=price />
            </td>
            <td class="max-lg:hidden">{or_dash(unit)}</td>
            <td class="cell-number max-md:hidden">{or_dash(vat)}</td>
            <td class="max-md:hidden">{state}</td>
            <td class="cell-action">{menu}</td>
        </tr>
    }
    .into_any()
}

fn menu(product: Product, id: String, changes: Changes) -> AnyView {
    let is_active = product.active;
    let product = StoredValue::new(product);
    view! {
        <Menu label=t("more-actions") end=true trigger=icon!("ellipsis")>
            <MenuItem on_select={
                let id = id.clone();
                move |()| changes.apply(&[("product", Some(&id))])
            }>{icon!("pencil")} {t("edit")}</MenuItem>
            <MenuItem on_select=move |()| {
                set_active(product.get_value(), !is_active);
            }>
                {if is_active { icon!("archive") } else { icon!("archive-restore") }}
                {if is_active { t("product-deactivate") } else { t("product-activate") }}
            </MenuItem>
            <MenuItem on_select=move |()| remove(product.get_value())>
                <span class="menu-danger flex items-center gap-2">
                    {icon!("trash-2")} {t("product-remove")}
                </span>
            </MenuItem>
        </Menu>
    }
    .into_any()
}

fn set_active(product: Product, active: bool) {
    spawn_local(async move {
        let id = product.id.to_string();
        let changes = json!({ "active": active });
        match api::call(Patch::<Products>::new(id, Some(product.version), changes)).await {
            Ok(changed) => {
                invalidate(KINDS);
                toast::done_with_undo(t("saved"), move || set_active(changed.clone(), !active));
            }
            Err(failure) => toast::failed(&failure),
        }
    });
}

fn remove(product: Product) {
    spawn_local(async move {
        let name = product.name;
        match api::call(Delete::<Products>::new(product.id.into_string())).await {
            Ok(()) => {
                invalidate(KINDS);
                toast::done(t_with("product-removed", &arguments! { "name" => name }));
            }
            Err(failure) if failure.is(ErrorCode::InUse) => {
                let text = t_with("product-in-use", &arguments! { "name" => name });
                toast::refused(text, &failure);
            }
            Err(failure) => toast::failed(&failure),
        }
    });
}
