//! Where files are dropped or chosen.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{File, FileList};

use super::icon;

/// A box that takes files: dropped on it, or chosen by its button.
#[component]
pub fn DropZone(
    /// What to do, in one sentence.
    #[prop(into)]
    text: String,
    /// Which files are taken, in one sentence.
    #[prop(into)]
    hint: String,
    /// The verb of the button.
    #[prop(into)]
    choose: String,
    /// Endings and types that the browser offers.
    accept: &'static str,
    /// Whether files can be taken now.
    #[prop(into)]
    disabled: Signal<bool>,
    /// Takes the files, at least one.
    #[prop(into)]
    on_files: Callback<Vec<File>>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    // Children of the box tell their own entering and leaving.
    let depth = RwSignal::new(0i32);
    let take = move |files: Option<FileList>| {
        let files = files_of(files);
        if !files.is_empty() && !disabled.get_untracked() {
            on_files.run(files);
        }
    };
    let on_drop = move |event: ev::DragEvent| {
        event.prevent_default();
        depth.set(0);
        take(event.data_transfer().and_then(|data| data.files()));
    };
    let on_change = move |_| {
        if let Some(input) = input.get_untracked() {
            take(input.files());
            // Choosing the same file again is a choice, too.
            input.set_value("");
        }
    };
    let press = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    view! {
        <div
            class="drop-zone"
            class:drop-over=move || depth.get() != 0
            on:dragenter=move |event: ev::DragEvent| {
                event.prevent_default();
                depth.update(|depth| *depth += 1);
            }
            on:dragleave=move |_| depth.update(|depth| *depth -= 1)
            on:dragover=move |event: ev::DragEvent| event.prevent_default()
            on:drop=on_drop
        >
            <span class="empty-picture">{icon!("file-up")}</span>
            <p class="font-medium">{text}</p>
            <p class="text-soft">{hint}</p>
            <button
                type="button"
                class="btn btn-primary"
                disabled=move || disabled.get()
                on:click=press
            >
                {choose.clone()}
            </button>
            <input
                node_ref=input
                type="file"
                class="hidden"
                multiple
                accept=accept
                aria-label=choose
                tabindex="-1"
                on:change=on_change
            />
        </div>
    }
    .into_any()
}

/// The files of a list.
pub fn files_of(list: Option<FileList>) -> Vec<File> {
    let Some(list) = list else {
        return Vec::new();
    };
    (0..list.length())
        .filter_map(|at| list.item(at)?.dyn_into().ok())
        .collect()
}
