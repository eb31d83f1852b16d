use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlAnchorElement;

use crate::api;
use crate::ui::{Button, dom, icon, toast};

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
                Ok(blob) => keep(&blob.0, &name),
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

fn keep(url: &str, name: &str) {
    let anchor = dom::document()
        .and_then(|document| document.create_element("a").ok())
        .and_then(|element| element.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(anchor) = anchor {
        anchor.set_href(url);
        anchor.set_download(name);
        anchor.click();
    }
    let _ = web_sys::Url::revoke_object_url(url);
}
