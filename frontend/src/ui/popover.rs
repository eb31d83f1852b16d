//! What floats below a button until one looks elsewhere.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::dom;

/// A box that floats below its trigger while `open`. It closes by Escape and by a press elsewhere.
/// The trigger is what `trigger` draws; it toggles `open` itself.
#[component]
pub fn Popover(
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// What it hangs on.
    trigger: AnyView,
    /// What it is, for `class`.
    #[prop(default = "popover-box")]
    class: &'static str,
    /// Whether it is aligned to the trigger's right edge.
    #[prop(optional)]
    end: bool,
    /// What it holds, drawn anew at each opening.
    children: ChildrenFn,
) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    let outside = window_event_listener(ev::pointerdown, move |event| {
        if open.get_untracked()
            && root
                .get_untracked()
                .is_some_and(|root| !dom::is_inside(&event, &root))
        {
            open.set(false);
        }
    });
    let close_by_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.prevent_default();
            event.stop_propagation();
            open.set(false);
            if let Some(root) = root.get_untracked()
                && let Some(trigger) = dom::first(&root, "button")
            {
                let _ = trigger.focus();
            }
        }
    };
    // What had the focus may be gone: then keys come from the page as a whole.
    let astray = window_event_listener(ev::keydown, move |event| {
        if dom::focused().is_none_or(|element| element.tag_name() == "BODY") {
            close_by_key(event);
        }
    });
    on_cleanup(move || {
        outside.remove();
        astray.remove();
    });
    let floating = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(floating) = floating.get() {
            keep_inside_window(&floating);
            if let Some(first) = dom::first(&floating, "input, select, textarea") {
                let _ = first.focus();
            }
        }
    });
    view! {
        <div class="popover-root" node_ref=root on:keydown=close_by_key>
            {trigger}
            <Show when=move || open.get()>
                <div class=class class:popover-end=end node_ref=floating>
                    {children()}
                </div>
            </Show>
        </div>
    }
    .into_any()
}

/// Moves a floating box sideways as far as it would stand out of the window.
fn keep_inside_window(floating: &web_sys::HtmlElement) {
    const MARGIN: f64 = 8.0;
    let Some(width) = web_sys::window().and_then(|w| w.inner_width().ok()?.as_f64()) else {
        return;
    };
    let rectangle = floating.get_bounding_client_rect();
    let over = rectangle.right() - (width - MARGIN);
    let shift = if over > 0.0 {
        -over.min(rectangle.left() - MARGIN)
    } else if rectangle.left() < MARGIN {
        MARGIN - rectangle.left()
    } else {
        return;
    };
    let element: &web_sys::HtmlElement = floating.unchecked_ref();
    let _ = element
        .style()
        .set_property("transform", &format!("translateX({shift}px)"));
}
