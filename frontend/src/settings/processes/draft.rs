//! A draft that is being written: what is entered, what is stored, what is wrong with it.

use etalon_domain::endpoint::{GetProcessVersion, ReplaceProcessDraft};
use etalon_domain::error::{ErrorCode, FieldCode, FieldError};
use etalon_domain::process::{Bilingual, Definition, ProcessVersion, check};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::KINDS;
use super::place::Place;
use crate::api;
use crate::i18n::{t, words};
use crate::query::invalidate;
use crate::records::Writing;
use crate::ui::{Bound, dom, toast};

/// The state of a draft. It is saved when the person says so; until then nothing is lost by looking
/// elsewhere in the app.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    /// What is entered.
    pub definition: RwSignal<Definition>,
    /// Whether something is not saved yet.
    pub dirty: Memo<bool>,
    /// What keeps it from being published.
    pub errors: Memo<Vec<FieldError>>,
    /// Whether it is being saved.
    pub busy: RwSignal<bool>,
    /// What somebody else stored meanwhile.
    pub stale: RwSignal<Option<ProcessVersion>>,
    /// What was last done, for those who do not see it.
    pub told: RwSignal<String>,
    /// Counts how often it began anew: inputs are made anew with it, also those that hold no value.
    pub round: RwSignal<u32>,
    id: StoredValue<String>,
    process: StoredValue<String>,
    stored: RwSignal<Definition>,
    version: RwSignal<i64>,
    refused: RwSignal<Vec<FieldError>>,
    unread: RwSignal<Vec<(String, FieldCode)>>,
}

impl Draft {
    /// The draft of a version, with what was written on it before and not saved.
    pub(super) fn new(version: &ProcessVersion) -> Self {
        let (id, number) = (version.id.to_string(), version.version);
        let writing = Writing {
            id: id.clone(),
            version: number,
        };
        let kept = writing.kept::<Definition>();
        let definition = RwSignal::new(kept.unwrap_or_else(|| version.definition.clone()));
        let stored = RwSignal::new(version.definition.clone());
        let refused = RwSignal::new(Vec::<FieldError>::new());
        let unread = RwSignal::new(Vec::<(String, FieldCode)>::new());
        let draft = Self {
            definition,
            dirty: Memo::new(move |_| {
                definition.with(|d| stored.with(|s| d != s)) || !unread.with(Vec::is_empty)
            }),
            errors: Memo::new(move |_| {
                let mut errors = definition.with(check);
                let known = |error: &FieldError| errors.iter().any(|e| e.field == error.field);
                let more: Vec<_> = (refused.get().into_iter())
                    .filter(|error| !known(error))
                    .collect();
                errors.extend(more);
                errors
            }),
            busy: RwSignal::new(false),
            stale: RwSignal::new(None),
            told: RwSignal::new(String::new()),
            round: RwSignal::new(0),
            process: StoredValue::new(version.process_id.to_string()),
            id: StoredValue::new(id),
            stored,
            version: RwSignal::new(number),
            refused,
            unread,
        };
        draft.keep_unsaved();
        draft
    }

    fn keep_unsaved(self) {
        Effect::new(move |_| {
            let writing = Writing {
                id: self.id.get_value(),
                version: self.version.get(),
            };
            if self.dirty.get() {
                writing.keep(self.definition.get());
            } else {
                writing.forget();
            }
        });
        let warn = window_event_listener(ev::beforeunload, move |event| {
            if self.dirty.get_untracked() {
                event.prevent_default();
            }
        });
        let keys = window_event_listener(ev::keydown, move |event| {
            let is_save = event.key() == "s" && (event.ctrl_key() || event.meta_key());
            if is_save && !dom::has_dialog() {
                event.prevent_default();
                if self.dirty.get_untracked() {
                    self.save(None);
                }
            }
        });
        on_cleanup(move || {
            warn.remove();
            keys.remove();
        });
    }

    /// The number of changes of what is stored, for `If-Match`.
    pub(super) fn version(self) -> i64 {
        self.version.get_untracked()
    }

    /// Somebody else stored something newer, and nothing is lost by showing that.
    pub(super) fn take(self, version: &ProcessVersion) {
        if version.version > self.version.get_untracked() && !self.dirty.get_untracked() {
            self.begin(version);
        }
    }

    /// Goes on with what is stored.
    pub(super) fn begin(self, version: &ProcessVersion) {
        self.version.set(version.version);
        self.stored.set(version.definition.clone());
        self.unread.set(Vec::new());
        self.definition.set(version.definition.clone());
        self.round.update(|round| *round += 1);
        self.stale.set(None);
    }

    /// Keeps what is entered although somebody else stored something newer.
    pub(super) fn keep_mine(self, theirs: &ProcessVersion) {
        self.version.set(theirs.version);
        self.stored.set(theirs.definition.clone());
        self.stale.set(None);
        self.save(None);
    }

    /// Goes back to what is stored.
    pub(super) fn discard(self) {
        self.unread.set(Vec::new());
        self.refused.set(Vec::new());
        self.definition.set(self.stored.get_untracked());
        self.round.update(|round| *round += 1);
    }

    /// Shows why the server did not publish it.
    pub(super) fn refuse(self, errors: Vec<FieldError>) {
        self.refused.set(errors);
    }

    /// Changes what is entered.
    pub(super) fn change(self, change: impl FnOnce(&mut Definition)) {
        if self.refused.with_untracked(|all| !all.is_empty()) {
            self.refused.set(Vec::new());
        }
        // A way back may be offered longer than the draft is open.
        self.definition.try_update(change);
    }

    /// Saves what is entered, then goes on.
    pub(super) fn save(self, then: Option<Callback<()>>) {
        if self.busy.get_untracked() {
            return;
        }
        if let Some((input, _)) = self.unread.with_untracked(|all| all.first().cloned()) {
            dom::focus(&input);
            return;
        }
        self.busy.set(true);
        let call = ReplaceProcessDraft {
            id: self.process.get_value(),
            version: Some(self.version.get_untracked()),
            definition: self.definition.get_untracked(),
        };
        spawn_local(async move {
            let outcome = api::call(call).await;
            // The page may have been left meanwhile; what was saved is told all the same.
            let is_here = self.busy.try_set(false).is_none();
            match outcome {
                Ok(saved) => {
                    toast::done(t("process-draft-saved"));
                    if is_here {
                        self.version.set(saved.version);
                        self.stored.set(saved.definition);
                    }
                    invalidate(KINDS);
                    if let Some(then) = then.filter(|_| is_here) {
                        then.run(());
                    }
                }
                Err(failure) if failure.is(ErrorCode::StaleVersion) && is_here => {
                    self.show_theirs().await;
                }
                Err(failure) => toast::failed(&failure),
            }
        });
    }

    async fn show_theirs(self) {
        let id = self.id.get_value();
        match api::call(GetProcessVersion { id }).await {
            Ok(theirs) => {
                self.stale.try_set(Some(theirs));
            }
            Err(failure) => toast::failed(&failure),
        }
    }

    /// One field of a part of the draft, by how to read and how to write it.
    pub(super) fn field<P: Place, T: Clone + PartialEq + Default + Send + Sync + 'static>(
        self,
        place: &P,
        name: &'static str,
        get: impl Fn(&P::Part) -> T + Send + Sync + 'static,
        set: impl Fn(&mut P::Part, T) + Send + Sync + 'static,
    ) -> Bound<T> {
        let id = place.input(name);
        let (read, write, wrong) = (place.clone(), place.clone(), place.clone());
        let (unread_id, error_id, gone_id) = (id.clone(), id.clone(), id.clone());
        on_cleanup(move || {
            self.unread
                .try_update(|all| all.retain(|(input, _)| *input != gone_id));
        });
        Bound {
            name,
            id,
            get: Memo::new(move |_| {
                let value = self.definition.with(|d| read.find(d).map(&get));
                value.unwrap_or_default()
            })
            .into(),
            set: Callback::new(move |value: T| {
                self.change(|d| {
                    if let Some(part) = write.find_mut(d) {
                        set(part, value);
                    }
                });
            }),
            error: Signal::derive(move || self.error_of(&wrong, name, &error_id)),
            unreadable: Callback::new(move |code: Option<FieldCode>| {
                self.unread.update(|all| {
                    all.retain(|(input, _)| *input != unread_id);
                    all.extend(code.map(|code| (unread_id.clone(), code)));
                });
            }),
        }
    }

    /// A text in both languages: English, then Russian.
    pub(super) fn both<P: Place>(
        self,
        place: &P,
        names: [&'static str; 2],
        get: fn(&P::Part) -> &Bilingual,
        get_mut: fn(&mut P::Part) -> &mut Bilingual,
    ) -> [Bound<String>; 2] {
        let english = self.field(
            place,
            names[0],
            move |part| get(part).en.clone(),
            move |part, text| get_mut(part).en = text,
        );
        let russian = self.field(
            place,
            names[1],
            move |part| get(part).ru.clone(),
            move |part, text| get_mut(part).ru = text,
        );
        [english, russian]
    }

    fn error_of<P: Place>(self, place: &P, name: &str, input: &str) -> Option<String> {
        let unread = self.unread.with(|all| {
            let found = all.iter().find(|(id, _)| id == input);
            found.map(|(_, code)| *code)
        });
        let wrong = || {
            let path = self.definition.with(|d| place.path(d))?;
            let path = format!("{path}{name}");
            self.errors.with(|errors| {
                let is_it = |error: &&FieldError| {
                    (error.field.strip_prefix(path.as_str()))
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
                };
                errors.iter().find(is_it).map(|error| error.code)
            })
        };
        unread.or_else(wrong).map(words::field_error)
    }

    /// How many things are wrong in a part. Tracked.
    pub(super) fn errors_in<P: Place>(self, place: &P) -> usize {
        let Some(path) = self.definition.with(|d| place.path(d)) else {
            return 0;
        };
        self.errors
            .with(|errors| errors.iter().filter(|e| e.field.starts_with(&path)).count())
    }
}
