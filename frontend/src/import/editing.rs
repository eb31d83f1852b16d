use std::collections::VecDeque;

use etalon_domain::endpoint::UpdateImport;
use etalon_domain::error::ErrorCode;
use etalon_domain::import::{
    Import, ImportDraft, ImportFile, ImportFileDraft, ImportOptions, ImportStatus,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::i18n::words;
use crate::query::Query;
use crate::ui::toast;

type Change = Box<dyn FnOnce(&Import) -> ImportDraft>;

/// An import that is being set up. Every change is sent at once, one after the other; the answer
/// shows what the files look like now.
#[derive(Clone, Copy)]
pub(super) struct Editing {
    /// The import as the server knows it.
    pub(super) import: RwSignal<Import>,
    /// Whether a change is on its way.
    pub(super) saving: RwSignal<bool>,
    query: Query<Import>,
    waiting: StoredValue<VecDeque<Change>, LocalStorage>,
}

impl Editing {
    /// Begins with what was read.
    pub(super) fn new(import: RwSignal<Import>, query: Query<Import>) -> Self {
        Self {
            import,
            saving: RwSignal::new(false),
            query,
            waiting: StoredValue::new_local(VecDeque::new()),
        }
    }

    /// Whether options and mappings may be changed now.
    pub(super) fn is_open(&self) -> bool {
        self.import.with(|import| import.status.is_open())
    }

    /// Whether a run is waiting or under way.
    pub(super) fn is_running(&self) -> bool {
        self.import
            .with(|import| matches!(import.status, ImportStatus::Queued | ImportStatus::Running))
    }

    /// Takes over what the server answered.
    pub(super) fn accept(&self, import: Import) {
        self.query.data.set(Some(import.clone()));
        self.import.set(import);
    }

    /// Reads the import again.
    pub(super) fn refresh(&self) {
        self.query.retry();
    }

    /// Changes what holds for all files.
    pub(super) fn set_options(&self, change: impl FnOnce(&mut ImportOptions) + 'static) {
        self.push(Box::new(move |import| {
            let mut options = import.options.clone();
            change(&mut options);
            ImportDraft {
                options,
                files: Vec::new(),
            }
        }));
    }

    /// Changes how one file is understood.
    pub(super) fn set_file(
        &self,
        index: usize,
        change: impl FnOnce(&mut ImportFileDraft) + 'static,
    ) {
        self.push(Box::new(move |import| {
            let file = import.files.get(index).map(|file: &ImportFile| {
                let mut draft = ImportFileDraft::from(file);
                change(&mut draft);
                draft
            });
            ImportDraft {
                options: import.options.clone(),
                files: file.into_iter().collect(),
            }
        }));
    }

    fn push(&self, change: Change) {
        self.waiting
            .update_value(|waiting| waiting.push_back(change));
        if !self.saving.get_untracked() {
            self.saving.set(true);
            spawn_local(self.drain());
        }
    }

    async fn drain(self) {
        loop {
            let next = self.waiting.try_update_value(VecDeque::pop_front).flatten();
            let Some(change) = next else {
                break;
            };
            let call = self.import.with_untracked(|import| UpdateImport {
                id: import.id.to_string(),
                version: Some(import.version),
                draft: change(import),
            });
            match api::call(call).await {
                Ok(import) => {
                    if self.saving.is_disposed() {
                        return;
                    }
                    self.accept(import);
                }
                Err(failure) => {
                    if failure.is(ErrorCode::InvalidFields) {
                        let wrong = failure.fields().iter();
                        let wrong = wrong.map(|error| words::field_error(error.code));
                        toast::refused(wrong.collect::<Vec<_>>().join(", "), &failure);
                    } else {
                        toast::failed(&failure);
                    }
                    if self.saving.is_disposed() {
                        return;
                    }
                    // The inputs show what is stored again.
                    self.import.notify();
                    self.refresh();
                }
            }
        }
        self.saving.try_set(false);
    }
}
