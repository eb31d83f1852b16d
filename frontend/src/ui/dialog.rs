//! What lies over the page: dialogs in the middle, panels over the right third.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::{Button, IconButton, Look, dom, icon};
use crate::i18n::t;

/// A dialog in the middle of the page. It is open as long as it is there; Escape, a click outside and
/// the cross ask `on_close`.
#[component]
pub fn Dialog(
    /// What it is about.
    #[prop(into)]
    title: String,
    /// Asked to close.
    #[prop(into)]
    on_close: Callback<()>,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    modal("dialog-box", title, on_close, children)
}

/// A panel over the right third of the page; on a phone over all of it.
#[component]
pub fn Panel(
    /// What it is about.
    #[prop(into)]
    title: String,
    /// Asked to close.
    #[prop(into)]
    on_close: Callback<()>,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    modal("side-panel", title, on_close, children)
}

fn modal(
    class: &'static str,
    title: String,
    on_close: Callback<()>,
    children: Children,
) -> AnyView {
    let dialog = NodeRef::<html::Dialog>::new();
    let opener = StoredValue::new_local(dom::focused());
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get()
            && !dialog.open()
        {
            // Fails only for a dialog that is open already.
            let _ = dialog.show_modal();
            let field = dom::first(&dialog, "[data-autofocus]")
                .or_else(|| dom::first(&dialog, ".dialog-body :is(input, select, textarea)"));
            if let Some(field) = field {
                let _ = field.focus();
            }
        }
    });
    on_cleanup(move || {
        if let Some(opener) = opener.try_get_value().flatten() {
            let _ = opener.focus();
        }
    });
    let outside = move |event: ev::MouseEvent| {
        let on_backdrop = dialog.get_untracked().is_some_and(|dialog| {
            let dialog: &web_sys::EventTarget = &dialog;
            event.target().as_ref() == Some(dialog)
        });
        if on_backdrop {
            on_close.run(());
        }
    };
    let name = title.clone();
    view! {
        <dialog
            node_ref=dialog
            class=class
            aria-label=name
            on:cancel=move |event: ev::Event| {
                event.prevent_default();
                on_close.run(());
            }
            on:keydown=move |event| {
                if event.key() == "Escape" && !event.default_prevented() {
                    event.prevent_default();
                    on_close.run(());
                }
                event.stop_propagation();
            }
            on:mousedown=outside
        >
            <div class="dialog-frame">
                <header class="dialog-head">
                    <h2>{title}</h2>
                    <IconButton label=t("close") on_press=move |()| on_close.run(())>
                        {icon!("x")}
                    </IconButton>
                </header>
                {children()}
            </div>
        </dialog>
    }
    .into_any()
}

/// Asks before something is lost that cannot be brought back.
#[component]
pub fn Confirm(
    /// The question.
    #[prop(into)]
    title: String,
    /// What would happen.
    #[prop(into)]
    text: String,
    /// The verb that does it.
    #[prop(into)]
    confirm: String,
    /// Does it.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// Leaves everything as it is.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    view! {
        <Dialog title on_close>
            <div class="dialog-body">
                <p>{text}</p>
            </div>
            <footer class="dialog-foot">
                <Button on_press=move |()| on_close.run(())>{t("cancel")}</Button>
                <Button look=Look::Danger on_press=move |()| on_confirm.run(())>
                    {confirm}
                </Button>
            </footer>
        </Dialog>
    }
    .into_any()
}
