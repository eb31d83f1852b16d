use std::time::Duration;

use etalon_domain::import::ImportStatus;
use leptos::prelude::*;

use super::editing::Editing;
use super::wording;
use crate::i18n::{arguments, format, t, t_with};
use crate::query::invalidate;
use crate::ui::{ProgressBar, icon};

/// How often a running import is looked at.
const PERIOD: Duration = Duration::from_secs(1);

/// While a run is under way: how far it is. When it stopped: why.
#[component]
pub(super) fn RunStatus(
    /// The import.
    editing: Editing,
) -> impl IntoView {
    follow(editing);
    let is_running = Memo::new(move |_| editing.is_running());
    let share = Signal::derive(move || {
        editing.import.with(|import| {
            let progress = import.progress;
            let begun = import.status == ImportStatus::Running && progress.total > 0;
            begun.then(|| progress.done as f64 / progress.total as f64)
        })
    });
    let text = move || {
        editing.import.with(|import| {
            if import.status == ImportStatus::Queued {
                return t("import-queued");
            }
            let id = if import.dry_run {
                "import-checking"
            } else {
                "import-running"
            };
            t_with(
                id,
                &arguments! {
                    "done" => format::number(import.progress.done),
                    "total" => format::number(import.progress.total),
                },
            )
        })
    };
    let failure = move || {
        editing.import.with(|import| {
            (import.status == ImportStatus::Failed).then(|| {
                view! {
                    <div class="notice notice-error" role="alert">
                        {icon!("circle-alert")}
                        <div>
                            <p class="font-medium">{t("import-stopped")}</p>
                            <p>{wording::stopped(import.error_code)}</p>
                        </div>
                    </div>
                }
            })
        })
    };
    view! {
        <Show when=move || is_running.get()>
            <section class="card-box" aria-label=t("import-progress")>
                <p class="import-progress">{text}</p>
                <ProgressBar label=t("import-progress") done=share />
            </section>
        </Show>
        {failure}
    }
    .into_any()
}

/// Looks at the import every second while it runs; after it, everything that it may have written is
/// read again.
fn follow(editing: Editing) {
    let is_running = Memo::new(move |_| editing.is_running());
    Effect::new(move |before: Option<bool>| {
        let runs = is_running.get();
        if runs {
            let timer = set_interval_with_handle(move || editing.refresh(), PERIOD);
            on_cleanup(move || {
                if let Ok(timer) = timer {
                    timer.clear();
                }
            });
        } else if before == Some(true) {
            invalidate(&[
                "deals",
                "accounts",
                "contacts",
                "products",
                "users",
                "departments",
                "analytics",
                "imports",
            ]);
        }
        runs
    });
}
