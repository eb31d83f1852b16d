use etalon_domain::endpoint::CreateProcess;
use etalon_domain::process::{Process, ProcessDraft, VersionStatus};
use leptos::prelude::*;

use super::KINDS;
use super::add::{Named, names};
use super::words::{local, version};
use crate::address::use_go;
use crate::api;
use crate::i18n::{arguments, t, t_with};
use crate::query::invalidate;
use crate::routes::paths;
use crate::ui::{Choice, Form, FormPanel, SelectField, toast};

/// The panel of a new process, which begins as a copy of a version of another.
#[component]
pub(super) fn NewProcess(
    /// What there is to copy.
    processes: Vec<Process>,
    /// Leaves.
    on_close: Callback<()>,
) -> impl IntoView {
    let usual = processes.iter().find(|process| process.is_default);
    let form = Form::new(Named {
        choice: usual
            .and_then(|process| process.current_version_id.as_ref())
            .map(ToString::to_string)
            .unwrap_or_default(),
        ..Named::default()
    });
    let copy = form.field("copy_of", |d: &Named| d.choice.clone(), |d, v| d.choice = v);
    let choices: Vec<Choice> = processes.iter().flat_map(to_copy).collect();
    let go = use_go();
    let submit = move |()| {
        let send = |draft: Named| {
            let copy_of = (!draft.choice.is_empty()).then(|| draft.choice.clone().into());
            let name = draft.name();
            api::call(CreateProcess {
                draft: ProcessDraft { name, copy_of },
            })
        };
        form.submit(Named::check, send, move |made: Process| {
            invalidate(KINDS);
            let name = local(&made.name);
            toast::done(t_with("process-added", &arguments! { "name" => name }));
            go.to(paths::process(made.id.as_str()));
        });
    };
    view! {
        <FormPanel title=t("process-new") form submit=t("process-add") on_submit=submit on_close>
            <p class="text-soft">{t("process-new-text")}</p>
            {names(form, ["process-field-name-en", "process-field-name-ru"])}
            <SelectField bound=copy label=t("process-copy-of") choices help=t("process-copy-help") />
        </FormPanel>
    }
    .into_any()
}

fn to_copy(process: &Process) -> Vec<Choice> {
    let name = local(&process.name);
    let published = (process.versions.iter()).filter(|v| v.status == VersionStatus::Published);
    published
        .map(|v| Choice::new(v.id.as_str(), format!("{name}, {}", version(v.number))))
        .collect()
}
