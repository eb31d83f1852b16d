//! Tables: a frame that scrolls, heads that sort, money that lines up.

use etalon_domain::money::Money as Amount;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::{Button, icon};
use crate::i18n::{format, t};
use crate::query::Pages;

/// A table that scrolls in its own frame, with a sticky head, first column and foot. While `stale` its
/// rows are those of the filter before.
#[component]
pub fn TableFrame(
    /// What the table shows, read aloud.
    #[prop(into)]
    label: String,
    /// Whether new rows are on their way.
    #[prop(optional, into)]
    stale: Signal<bool>,
    /// `thead`, `tbody`, `tfoot`.
    children: Children,
) -> impl IntoView {
    view! {
        <div
            class="table-frame"
            class:is-stale=move || stale.get()
            tabindex="0"
            role="region"
            aria-label=label.clone()
        >
            <table class="data-table" aria-label=label.clone()>
                {children()}
            </table>
        </div>
    }
    .into_any()
}

/// A column's head that sorts. `sort` is the present order, such as `-amount`; choosing the same
/// field again turns the order round.
#[component]
pub fn SortHeader(
    /// Name of the column.
    #[prop(into)]
    label: String,
    /// Name of the field to sort by.
    field: &'static str,
    /// The present order.
    #[prop(into)]
    sort: Signal<String>,
    /// Chooses an order.
    #[prop(into)]
    on_sort: Callback<String>,
    /// Class of the cell, such as `cell-number`.
    #[prop(default = "")]
    class: &'static str,
    /// Whether the first click shows the largest first.
    #[prop(optional)]
    descending_first: bool,
) -> impl IntoView {
    let direction = move || {
        sort.with(|sort| match sort.strip_prefix('-') {
            Some(name) if name == field => Some("descending"),
            None if sort == field => Some("ascending"),
            _ => None,
        })
    };
    let choose = move |_| {
        let descending = match direction() {
            Some(present) => present == "ascending",
            None => descending_first,
        };
        on_sort.run(if descending {
            format!("-{field}")
        } else {
            field.to_owned()
        });
    };
    view! {
        <th scope="col" class=class aria-sort=direction>
            <button type="button" class="sort-button" on:click=choose>
                <span class="truncate">{label}</span>
                {move || match direction() {
                    Some("descending") => icon!("arrow-down"),
                    Some(_) => icon!("arrow-up"),
                    None => view! { <span class="icon" aria-hidden="true"></span> }.into_any(),
                }}
            </button>
        </th>
    }
    .into_any()
}

/// An amount with its currency in small letters; nothing becomes a dash.
#[component]
pub fn Money(
    /// The amount.
    #[prop(into)]
    value: Option<Amount>,
    /// Whether it is written in a few characters, with the exact amount as the tooltip.
    #[prop(optional)]
    compact: bool,
) -> impl IntoView {
    let Some(money) = value else {
        return view! { <span class="text-faint">"–"</span> }.into_any();
    };
    let shown = if compact {
        format::compact_amount(money)
    } else {
        format::amount(money)
    };
    let exact = compact.then(|| format::money(money));
    view! {
        <span class="money" title=exact>
            {shown}
            <span class="money-currency">{money.currency.code()}</span>
        </span>
    }
    .into_any()
}

/// The end of a list that grows: reads the next page when it comes into view, or by a press.
#[component]
pub fn LoadMore<T: Send + Sync + 'static>(
    /// The list.
    pages: Pages<T>,
) -> impl IntoView {
    let end = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(end) = end.get() {
            watch(&end, move || pages.more());
        }
    });
    view! {
        <Show when=move || pages.ready.get() && pages.next.with(Option::is_some)>
            <div class="load-more" node_ref=end>
                <Button busy=pages.loading on_press=move |()| pages.more()>
                    {t("load-more")}
                </Button>
            </div>
        </Show>
    }
    .into_any()
}

/// Calls back whenever an element comes into view; ends with the element's component.
fn watch(element: &web_sys::Element, seen: impl Fn() + 'static) {
    let callback = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let is_seen = entries.iter().any(|entry| {
            entry
                .unchecked_into::<web_sys::IntersectionObserverEntry>()
                .is_intersecting()
        });
        if is_seen {
            seen();
        }
    });
    let Ok(observer) = web_sys::IntersectionObserver::new(callback.as_ref().unchecked_ref()) else {
        return;
    };
    observer.observe(element);
    let kept = StoredValue::new_local((observer, callback));
    on_cleanup(move || {
        kept.try_with_value(|(observer, _)| observer.disconnect());
    });
}
