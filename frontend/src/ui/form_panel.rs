//! A form in a panel or dialog that asks before something typed is lost.

use leptos::prelude::*;

use super::{Button, Confirm, Dialog, ErrorSummary, Form, Look, Panel};
use crate::i18n::t;

/// Where a form lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FormPlace {
    /// Over the right third of the page.
    #[default]
    Panel,
    /// In the middle of it.
    Dialog,
}

/// A form in a panel. Enter submits; Escape, the cross and *Cancel* leave, and ask first when
/// something was typed.
#[component]
pub fn FormPanel<D: Clone + PartialEq + Send + Sync + 'static>(
    /// What it is about.
    #[prop(into)]
    title: String,
    /// The form.
    form: Form<D>,
    /// The verb of the button that submits.
    #[prop(into)]
    submit: Signal<String>,
    /// Submits.
    #[prop(into)]
    on_submit: Callback<()>,
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
    /// Where it lies.
    #[prop(optional)]
    place: FormPlace,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let asking = RwSignal::new(false);
    let leave = Callback::new(move |()| {
        if form.is_dirty() {
            asking.set(true);
        } else {
            on_close.run(());
        }
    });
    let content = view! {
        <form
            class="dialog-form"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                on_submit.run(());
            }
        >
            <div class="dialog-body form-stack">
                <ErrorSummary form />
                {children()}
            </div>
            <footer class="dialog-foot">
                <Button on_press=move |()| leave.run(())>{t("cancel")}</Button>
                <Button look=Look::Primary submit=true busy=form.busy>
                    {move || submit.get()}
                </Button>
            </footer>
        </form>
        <Show when=move || asking.get()>
            <Confirm
                title=t("leave-title")
                text=t("leave-text")
                confirm=t("leave-confirm")
                on_confirm=move |()| on_close.run(())
                on_close=move |()| asking.set(false)
            />
        </Show>
    }
    .into_any();
    match place {
        FormPlace::Panel => view! {
            <Panel title on_close=leave>
                {content}
            </Panel>
        }
        .into_any(),
        FormPlace::Dialog => view! {
            <Dialog title on_close=leave>
                {content}
            </Dialog>
        }
        .into_any(),
    }
}
