//! Menus: a button and a list of things to do.

use leptos::context::Provider;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::{Popover, dom};

#[derive(Clone, Copy)]
struct Closes(RwSignal<bool>);

/// A button that opens a menu. Arrow keys go through it, Escape leaves it.
#[component]
pub fn Menu(
    /// What the menu offers, read aloud and shown as a tooltip.
    #[prop(into)]
    label: String,
    /// Class of the button.
    #[prop(default = "btn btn-ghost btn-square")]
    class: &'static str,
    /// Whether it is aligned to the button's right edge.
    #[prop(optional)]
    end: bool,
    /// What the button shows.
    trigger: AnyView,
    /// The entries.
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let list = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(list) = list.get()
            && let Some(first) = dom::first(&list, "[role=menuitem]")
        {
            let _ = first.focus();
        }
    });
    let walk = move |event: ev::KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            "Tab" => {
                open.set(false);
                return;
            }
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        let Some(list) = list.get_untracked() else {
            return;
        };
        let items = dom::all(&list, "[role=menuitem]");
        let here = dom::focused();
        let at = items.iter().position(|item| Some(item) == here.as_ref());
        let next = (at.map_or(0, |at| at as i64 + step)).rem_euclid(items.len().max(1) as i64);
        if let Some(item) = items.get(next as usize) {
            let _ = item.focus();
        }
    };
    let button = view! {
        <button
            type="button"
            class=class
            aria-haspopup="menu"
            aria-expanded=move || open.get().to_string()
            aria-label=label.clone()
            title=label.clone()
            on:click=move |_| open.update(|open| *open = !*open)
        >
            {trigger}
        </button>
    }
    .into_any();
    let children = StoredValue::new(children);
    // Of several menus in one view, each has its own: a context without an owner of its own would be
    // that of the last one.
    view! {
        <Provider value=Closes(open)>
            <Popover open trigger=button end class="menu-box">
                <div role="menu" aria-label=label.clone() node_ref=list on:keydown=walk>
                    {children.with_value(|children| children())}
                </div>
            </Popover>
        </Provider>
    }
    .into_any()
}

/// An entry that does something.
#[component]
pub fn MenuItem(
    /// What it does.
    #[prop(into)]
    on_select: Callback<()>,
    /// Whether it is the present choice among its neighbors.
    #[prop(optional, into)]
    chosen: Option<Signal<bool>>,
    /// Icon and label.
    children: Children,
) -> impl IntoView {
    let closes = use_context::<Closes>();
    view! {
        <button
            type="button"
            role="menuitem"
            class="menu-entry"
            aria-current=move || chosen.is_some_and(|c| c.get()).then_some("true")
            on:click=move |_| {
                if let Some(Closes(open)) = closes {
                    open.set(false);
                }
                on_select.run(());
            }
        >
            {children()}
        </button>
    }
    .into_any()
}

/// An entry that leads somewhere.
#[component]
pub fn MenuLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// Icon and label.
    children: Children,
) -> impl IntoView {
    let closes = use_context::<Closes>();
    view! {
        <a
            role="menuitem"
            class="menu-entry"
            href=href
            on:click=move |_| {
                if let Some(Closes(open)) = closes {
                    open.set(false);
                }
            }
        >
            {children()}
        </a>
    }
    .into_any()
}
