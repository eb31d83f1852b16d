use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::ui::{Button, icon, save_as, toast};

/// A button that fetches a file, as the person who is signed in, and hands it to the browser.
#[component]
pub(super) fn DownloadButton(
    /// Where the file lies, below the base path.
    path: String,
    /// The name under which the browser keeps it.
    name: String,
    /// What it holds.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    let fetch = move |()| {
        let (path, name) = (path.clone(), name.clone());
        busy.set(true);
        spawn_local(async move {
            let outcome = api::download(&path).await;
            busy.try_set(false);
            match outcome {
                Ok(blob) => save_as(&blob.0, &name),
                Err(failure) => toast::failed(&failure),
            }
        });
    };
    view! {
        <Button busy on_press=fetch>
            {icon!("download")}
            {label}
        </Button>
    }
    .into_any()
}
