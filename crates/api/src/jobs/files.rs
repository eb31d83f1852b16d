//! Takes contents out of the store that nobody needs any more.

use std::time::Duration;

use chrono::Utc;
use etalon_persistence::files;
use tokio::runtime::Handle;

use crate::state::State;

/// How long an upload may take.
const UNFINISHED: Duration = Duration::from_secs(24 * 3600);

/// Removes uploads that never ended and contents that no file has needed for a day.
pub(super) async fn clean_up(state: &State) {
    if let Err(error) = state.storage().remove_unfinished(UNFINISHED).await {
        log::error!("cannot remove unfinished uploads: {error}");
    }
    let (storage, runtime) = (state.storage().clone(), Handle::current());
    let done = state
        .write(move |tx| {
            files::clean_up(tx, Utc::now(), |sha256| {
                runtime.block_on(storage.remove(sha256))
            })
        })
        .await;
    if let Err(error) = done {
        log::error!("cannot remove contents without files: {error}");
    }
}
