//! Whether somebody has signed in in this browser and not signed out. It is no proof of anything: the
//! refresh cookie is, and no script can see that.

const KEY: &str = "signed-in";

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// Whether it is worth asking the server. In a browser that keeps nothing it always is.
pub(super) fn is_set() -> bool {
    storage().is_none_or(|s| s.get_item(KEY).ok().flatten().is_some())
}

/// Somebody has signed in.
pub(super) fn set() {
    if let Some(storage) = storage() {
        // Without it the next visit begins at the door.
        let _ = storage.set_item(KEY, "yes");
    }
}

/// Nobody is signed in any more.
pub(super) fn clear() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(KEY);
    }
}
