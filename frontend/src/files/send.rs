//! Where files are dropped, and how far they are.

use std::collections::VecDeque;

use etalon_domain::endpoint::files_path;
use etalon_domain::error::ErrorCode;
use etalon_domain::file::{File as StoredFile, FileOwner};
use etalon_domain::id::FileId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{File, FormData};

use super::KINDS;
use crate::api::{self, Failure};
use crate::i18n::{arguments, t, t_count, t_with};
use crate::query::invalidate;
use crate::ui::{DropZone, ProgressBar, toast};

/// The file that is being sent.
#[derive(Clone)]
struct Sent {
    name: String,
    /// The share that the server has, 0 to 1.
    share: f64,
    /// How many wait behind it.
    waiting: usize,
}

/// A box that takes files and sends them one after the other; more may be dropped meanwhile.
#[component]
pub fn SendFiles(
    /// The record that they are added to.
    owner: FileOwner,
    /// Told of each file that is there.
    #[prop(optional)]
    on_sent: Option<Callback<FileId>>,
) -> impl IntoView {
    let sent = RwSignal::new(None::<Sent>);
    let queue = StoredValue::new_local(VecDeque::<File>::new());
    let take = move |files: Vec<File>| {
        queue.update_value(|queue| queue.extend(files));
        if sent.with_untracked(Option::is_some) {
            let waiting = queue.with_value(VecDeque::len);
            sent.update(|sent| {
                if let Some(sent) = sent {
                    sent.waiting = waiting;
                }
            });
            return;
        }
        // What was taken is sent even when the reader goes elsewhere meanwhile.
        let mut left = std::mem::take(&mut *queue.write_value());
        let owner = owner.clone();
        spawn_local(async move {
            while let Some(file) = left.pop_front() {
                let name = file.name();
                sent.try_set(Some(Sent {
                    name: name.clone(),
                    share: 0.0,
                    waiting: left.len(),
                }));
                let progress = Callback::new(move |share: f64| {
                    sent.try_update(|sent| {
                        if let Some(sent) = sent {
                            sent.share = share;
                        }
                    });
                });
                match send(&owner, &file, progress).await {
                    Ok(stored) => {
                        done(&stored);
                        if let Some(on_sent) = on_sent {
                            on_sent.try_run(stored.id);
                        }
                    }
                    Err(failure) => refused(&name, &failure),
                }
                queue.try_update_value(|queue| left.extend(queue.drain(..)));
                invalidate(KINDS);
            }
            sent.try_set(None);
        });
    };
    view! {
        <DropZone
            text=t("files-drop")
            hint=t("files-drop-hint")
            choose=t("files-choose")
            accept=""
            disabled=false
            on_files=take
        />
        <Show when=move || sent.with(Option::is_some)>
            <div class="upload-row" role="status">
                <p class="truncate">{move || sent.get().map(|sent| under_way(&sent))}</p>
                <ProgressBar
                    label=t("files-upload")
                    done=Signal::derive(move || {
                        sent.get().map(|sent| sent.share).filter(|share| *share < 1.0)
                    })
                />
            </div>
        </Show>
    }
    .into_any()
}

fn under_way(sent: &Sent) -> String {
    let text = t_with("files-sending", &arguments! { "name" => sent.name.clone() });
    match sent.waiting {
        0 => text,
        waiting => format!("{text} · {}", t_count("files-waiting", waiting as i64)),
    }
}

async fn send(
    owner: &FileOwner,
    file: &File,
    progress: Callback<f64>,
) -> Result<StoredFile, Failure> {
    let form = FormData::new().map_err(|_| Failure::Unreadable)?;
    form.append_with_blob_and_filename("file", file, &file.name())
        .map_err(|_| Failure::Unreadable)?;
    api::upload_with_progress(&files_path(owner), form, progress).await
}

fn done(file: &StoredFile) {
    let text = if file.version > 1 {
        let (name, version) = (file.name.clone(), i64::from(file.version));
        t_with(
            "file-added-version",
            &arguments! { "name" => name, "version" => version },
        )
    } else {
        t_with("file-added", &arguments! { "name" => file.name.clone() })
    };
    toast::done(text);
}

fn refused(name: &str, failure: &Failure) {
    let text = if failure.is(ErrorCode::TooLarge) {
        "file-too-large"
    } else {
        "file-not-added"
    };
    let (name, reason) = (name.to_owned(), failure.message());
    let text = t_with(text, &arguments! { "name" => name, "reason" => reason });
    toast::refused(text, failure);
}
