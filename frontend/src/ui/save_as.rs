//! Handing a fetched file to the browser.

use wasm_bindgen::JsCast;
use web_sys::HtmlAnchorElement;

use super::dom;

/// Lets the browser save under a name what an object URL holds, and gives the URL back.
pub fn save_as(url: &str, name: &str) {
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
