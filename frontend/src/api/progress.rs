//! Uploads that tell how far they are, which `fetch` cannot.

use etalon_domain::endpoint::BASE_PATH;
use etalon_domain::error::{ErrorCode, Problem};
use js_sys::Promise;
use leptos::prelude::{Callable, Callback};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{FormData, ProgressEvent, XmlHttpRequest};

use super::{Failure, random_key, read, token, transport};

/// Sends a form with files to a path below the base path and reads the answer. `on_progress` gets
/// the share that is sent, 0 to 1.
pub async fn upload_with_progress<T: serde::de::DeserializeOwned>(
    path: &str,
    form: FormData,
    on_progress: Callback<f64>,
) -> Result<T, Failure> {
    if token::access().is_none() {
        transport::renew().await?;
    }
    let key = random_key();
    match send(path, &form, &key, on_progress).await {
        Err(failure) if failure.is(ErrorCode::Unauthenticated) => {
            transport::renew().await?;
            read(&send(path, &form, &key, on_progress).await?)
        }
        outcome => read(&outcome?),
    }
}

async fn send(
    path: &str,
    form: &FormData,
    key: &str,
    on_progress: Callback<f64>,
) -> Result<String, Failure> {
    let request = start(path, key).map_err(|_| Failure::Unreadable)?;
    let progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.length_computable() && event.total() > 0.0 {
            on_progress.run(event.loaded() / event.total());
        }
    });
    let upload = request.upload().map_err(|_| Failure::Unreadable)?;
    upload.set_onprogress(Some(progress.as_ref().unchecked_ref()));
    let ended = Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
    request
        .send_with_opt_form_data(Some(form))
        .map_err(|_| Failure::Offline)?;
    let _ = JsFuture::from(ended).await;
    let text = request.response_text().ok().flatten().unwrap_or_default();
    match request.status().unwrap_or(0) {
        200..300 => Ok(text),
        0 | 502.. => Err(Failure::Offline),
        _ => Err(match serde_json::from_str::<Problem>(&text) {
            Ok(problem) => Failure::Refused(Box::new(problem)),
            Err(_) => Failure::Unreadable,
        }),
    }
}

fn start(path: &str, key: &str) -> Result<XmlHttpRequest, JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open("POST", &format!("{BASE_PATH}{path}"))?;
    request.set_request_header("accept", "application/json")?;
    request.set_request_header("idempotency-key", key)?;
    if let Some(access) = token::access() {
        request.set_request_header("authorization", &format!("Bearer {access}"))?;
    }
    Ok(request)
}
