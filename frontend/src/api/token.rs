//! The access token. It lives in memory only; the refresh token is a cookie that no script reads.

use std::cell::RefCell;

use etalon_domain::auth::AccessGranted;
use etalon_domain::endpoint::RefreshAccess;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::{Failure, call_public};

thread_local! {
    static ACCESS: RefCell<Option<String>> = const { RefCell::new(None) };
    static RENEWAL: RefCell<Option<js_sys::Promise>> = const { RefCell::new(None) };
    static LAST_FAILURE: RefCell<Option<Failure>> = const { RefCell::new(None) };
}

/// The present access token.
pub(super) fn access() -> Option<String> {
    ACCESS.with_borrow(Clone::clone)
}

/// Keeps what a sign-in granted.
pub fn keep_access(granted: &AccessGranted) {
    ACCESS.set(Some(granted.access_token.clone()));
}

/// Forgets the access token.
pub fn forget_access() {
    ACCESS.set(None);
}

/// Gets a new access token for the refresh cookie. Whoever asks while a renewal is under way waits
/// for that one: a second use of the same refresh token would end the session.
pub async fn renew_access() -> Result<(), Failure> {
    let running = RENEWAL.with_borrow(Clone::clone);
    let renewal = running.unwrap_or_else(|| {
        let started = wasm_bindgen_futures::future_to_promise(async {
            let outcome = call_public(RefreshAccess).await;
            RENEWAL.set(None);
            match outcome {
                Ok(granted) => {
                    keep_access(&granted);
                    Ok(JsValue::TRUE)
                }
                Err(failure) => {
                    if !matches!(failure, Failure::Offline) {
                        forget_access();
                    }
                    LAST_FAILURE.set(Some(failure));
                    Ok(JsValue::FALSE)
                }
            }
        });
        RENEWAL.set(Some(started.clone()));
        started
    });
    match JsFuture::from(renewal).await {
        Ok(value) if value.is_truthy() => Ok(()),
        _ => Err(LAST_FAILURE
            .with_borrow(Clone::clone)
            .unwrap_or(Failure::Offline)),
    }
}
