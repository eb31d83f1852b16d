//! Writing targets, and what to do when somebody else was faster.

use etalon_domain::endpoint::ReplaceTargets;
use etalon_domain::error::ErrorCode;
use etalon_domain::money::Money;
use etalon_domain::target::{TargetCell, TargetDraft, TargetDrafts, TargetRow};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::i18n::{arguments, format, t, t_with};
use crate::query::invalidate;
use crate::ui::{Button, icon, toast};

/// Targets that could not be written, because somebody else had changed them.
#[derive(Clone, PartialEq)]
pub(super) struct Refused {
    /// What was to be written.
    pub(super) drafts: Vec<TargetDraft>,
    /// Whose target, and of which month, in words.
    pub(super) name: String,
}

/// What is being written.
#[derive(Clone, Copy)]
pub(super) struct Saving {
    busy: RwSignal<bool>,
    refused: RwSignal<Option<Refused>>,
}

impl Saving {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self {
            busy: RwSignal::new(false),
            refused: RwSignal::new(None),
        }
    }

    /// Writes targets, all or none; `name` says what they are.
    pub(super) fn save(self, drafts: Vec<TargetDraft>, name: String) {
        if drafts.is_empty() {
            return;
        }
        self.refused.set(None);
        self.busy.set(true);
        spawn_local(async move {
            let items = drafts.clone();
            let outcome = api::call(ReplaceTargets(TargetDrafts { items })).await;
            self.busy.try_set(false);
            match outcome {
                Ok(()) => {}
                Err(failure) if failure.is(ErrorCode::StaleVersion) => {
                    self.refused.try_set(Some(Refused { drafts, name }));
                }
                Err(failure) => toast::failed(&failure),
            }
            invalidate(&["analytics"]);
        });
    }
}

/// The draft that gives a cell another amount, over the version that was seen.
pub(super) fn draft(row: &TargetRow, cell: &TargetCell, amount: Option<Money>) -> TargetDraft {
    let is_person = row.owner_id.is_some();
    TargetDraft {
        owner_id: row.owner_id.clone(),
        department_id: row.department_id.clone().filter(|_| !is_person),
        month: cell.month,
        amount,
        version: Some(cell.version),
    }
}

/// Says whether targets are being written, and offers to write over what somebody else wrote.
/// `theirs` is what stands in the cell of a draft now.
#[component]
pub(super) fn SavingState(
    /// What is being written.
    saving: Saving,
    /// The present cell of a draft.
    theirs: Callback<TargetDraft, Option<TargetCell>>,
) -> impl IntoView {
    let notice = move || {
        let refused = saving.refused.get()?;
        let first = refused.drafts.first()?.clone();
        let present = theirs.run(first.clone())?;
        let money = |money: Option<Money>| money.map_or_else(|| "–".to_owned(), format::money);
        let text = t_with(
            "targets-changed",
            &arguments! {
                "name" => refused.name.clone(),
                "theirs" => money(present.amount),
                "mine" => money(first.amount),
            },
        );
        let overwrite = move |()| {
            let drafts = refused.drafts.iter().cloned().map(|draft| TargetDraft {
                version: theirs.run(draft.clone()).map(|cell| cell.version),
                ..draft
            });
            saving.save(drafts.collect(), refused.name.clone());
        };
        Some(view! {
            <div class="notice notice-warning targets-notice" role="alert">
                {icon!("users")}
                <div class="flex-1">
                    <p class="font-medium">{t("conflict-title")}</p>
                    <p>{text}</p>
                </div>
                <Button on_press=overwrite>{t("targets-keep-mine")}</Button>
                <Button on_press=move |()| saving.refused.set(None)>
                    {t("targets-keep-theirs")}
                </Button>
            </div>
        })
    };
    view! {
        {notice}
        <p class="sr-only" role="status">
            {move || saving.busy.get().then(|| t("targets-saving"))}
        </p>
    }
    .into_any()
}
