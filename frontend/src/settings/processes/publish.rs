use etalon_domain::endpoint::PublishProcess;
use etalon_domain::error::{ErrorCode, FieldError};
use etalon_domain::process::{Definition, ProcessVersion};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::changes::{difference_list, sentences};
use super::words::version;
use super::{KINDS, USED_BY};
use crate::api;
use crate::i18n::{arguments, t, t_count, t_with};
use crate::query::invalidate;
use crate::ui::{Button, Dialog, Look, toast};

/// What is about to be published.
#[derive(Clone)]
pub(super) struct Publishing {
    /// The process.
    pub process: String,
    /// The version of the draft that the person has seen.
    pub version: i64,
    /// The number that it will have.
    pub number: i64,
    /// What is in use now.
    pub before: Option<Definition>,
    /// The draft.
    pub after: Definition,
    /// How many open deals follow the process.
    pub deals: i64,
    /// Learns why the server refuses it.
    pub refused: Callback<Vec<FieldError>>,
}

/// Says what publishing means and changes, and does it.
#[component]
pub(super) fn PublishDialog(
    /// What is published.
    publishing: Publishing,
    /// It is in use.
    done: Callback<ProcessVersion>,
    /// Leaves.
    on_close: Callback<()>,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    let Publishing {
        process,
        version: expected,
        number,
        before,
        after,
        deals,
        refused,
    } = publishing;
    let title = t_with("process-publish-title", &arguments! { "number" => number });
    let stay = (deals > 0).then(|| t_count("process-publish-stay", deals));
    let found = before.as_ref().map(|before| sentences(before, &after));
    let differences = found.map(|found| {
        let heading = if found.is_empty() {
            t("process-publish-same")
        } else {
            t("process-publish-changes")
        };
        view! {
            <p class="font-medium">{heading}</p>
            {difference_list(found)}
        }
    });
    let publish = move |()| {
        busy.set(true);
        let call = PublishProcess {
            id: process.clone(),
            version: Some(expected),
        };
        spawn_local(async move {
            let outcome = api::call(call).await;
            busy.try_set(false);
            match outcome {
                Ok(made) => {
                    let text = t_with(
                        "process-published",
                        &arguments! { "version" => version(made.number) },
                    );
                    toast::done(text);
                    done.run(made);
                    invalidate(USED_BY);
                }
                Err(failure) if failure.is(ErrorCode::InvalidFields) => {
                    on_close.run(());
                    refused.run(failure.fields().to_vec());
                }
                Err(failure) => {
                    toast::failed(&failure);
                    if failure.is(ErrorCode::StaleVersion) {
                        on_close.run(());
                        invalidate(KINDS);
                    }
                }
            }
        });
    };
    view! {
        <Dialog title on_close>
            <div class="dialog-body form-stack">
                <p>{t("process-publish-text")}</p>
                {stay.map(|stay| view! { <p>{stay}</p> })}
                {differences}
            </div>
            <footer class="dialog-foot">
                <Button on_press=move |()| on_close.run(())>{t("cancel")}</Button>
                <Button look=Look::Primary busy on_press=publish>
                    {t("process-publish")}
                </Button>
            </footer>
        </Dialog>
    }
    .into_any()
}
