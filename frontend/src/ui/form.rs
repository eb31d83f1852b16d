//! The state of a form: a draft of the domain, its errors, and what became of sending it.

use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering};

use etalon_domain::error::{ErrorCode, FieldCode, FieldError};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{dom, icon};
use crate::api::Failure;
use crate::i18n::{arguments, t, t_count, t_with, words};

static FORMS: AtomicU32 = AtomicU32::new(0);

/// The state of one form over a draft of the domain.
pub struct Form<D: Send + Sync + 'static> {
    /// What the person has entered.
    pub draft: RwSignal<D>,
    /// What is wrong, field by field.
    pub errors: RwSignal<Vec<FieldError>>,
    /// Why the server refused it, when no field is to blame.
    pub failure: RwSignal<Option<Failure>>,
    /// Whether it is being sent.
    pub busy: RwSignal<bool>,
    initial: StoredValue<D>,
    unreadable: RwSignal<Vec<FieldError>>,
    names: StoredValue<Vec<(&'static str, &'static str)>>,
    number: u32,
}

impl<D: Send + Sync> Clone for Form<D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<D: Send + Sync> Copy for Form<D> {}

/// One field of a form: its value, how to change it, and what is wrong with it.
pub struct Bound<T: Send + Sync + 'static> {
    /// Name of the field in the API.
    pub name: &'static str,
    /// Identifier of its input on the page.
    pub id: String,
    /// The present value.
    pub get: Signal<T>,
    /// Changes the value.
    pub set: Callback<T>,
    /// What is wrong, in the reader's language.
    pub error: Signal<Option<String>>,
    /// Tells that the entered text is no value at all, or that it is one again.
    pub unreadable: Callback<Option<FieldCode>>,
}

impl<T: Send + Sync> Clone for Bound<T> {
    fn clone(&self) -> Self {
        Self {
            name: self.name,
            id: self.id.clone(),
            get: self.get,
            set: self.set,
            error: self.error,
            unreadable: self.unreadable,
        }
    }
}

impl<T: Clone + Send + Sync + 'static> Bound<T> {
    /// A field outside of a form, by the identifier of its input: every change counts at once.
    pub fn at_once(
        name: &'static str,
        id: impl Into<String>,
        get: impl Into<Signal<T>>,
        set: impl Fn(T) + Send + Sync + 'static,
    ) -> Self {
        Self {
            name,
            id: id.into(),
            get: get.into(),
            set: Callback::new(set),
            error: Signal::stored(None),
            unreadable: Callback::new(|_| ()),
        }
    }
}

impl<D: Clone + PartialEq + Send + Sync> Form<D> {
    /// A form that begins with a draft.
    pub fn new(draft: D) -> Self {
        Self {
            initial: StoredValue::new(draft.clone()),
            draft: RwSignal::new(draft),
            errors: RwSignal::new(Vec::new()),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
            unreadable: RwSignal::new(Vec::new()),
            names: StoredValue::new(Vec::new()),
            number: FORMS.fetch_add(1, Ordering::Relaxed),
        }
    }

    /// Calls a field by the text of an identifier where its usual name would be wrong: people have a
    /// name, things a title.
    pub fn call(&self, field: &'static str, text: &'static str) {
        self.names.update_value(|names| names.push((field, text)));
    }

    fn name_of(&self, field: &str) -> String {
        let called = self.names.with_value(|names| {
            let found = names.iter().find(|(name, _)| *name == field);
            found.map(|(_, text)| t(text))
        });
        called.unwrap_or_else(|| match line_of(field) {
            Some((line, name)) => {
                let arguments = arguments! { "field" => words::field(name), "line" => line + 1 };
                t_with("line-field", &arguments)
            }
            None => words::field(field),
        })
    }

    /// The identifier of a field's input on the page.
    pub fn id_of(&self, name: &str) -> String {
        format!("form{}-{name}", self.number)
    }

    /// One field of the draft, by how to read and how to write it.
    pub fn field<T: Clone + PartialEq + Send + Sync>(
        &self,
        name: &'static str,
        get: fn(&D) -> T,
        set: fn(&mut D, T),
    ) -> Bound<T> {
        let form = *self;
        Bound {
            name,
            id: self.id_of(name),
            get: Memo::new(move |_| form.draft.with(get)).into(),
            set: Callback::new(move |value: T| {
                form.clear(name);
                form.draft.update(|draft| set(draft, value));
            }),
            error: Signal::derive(move || form.error_of(name)),
            unreadable: Callback::new(move |code: Option<FieldCode>| {
                form.unreadable.update(|all| {
                    all.retain(|error| error.field != name);
                    all.extend(code.map(|code| FieldError::new(name, code, "")));
                });
                if code.is_none() {
                    form.clear(name);
                }
            }),
        }
    }

    /// A text of the draft that may be absent.
    pub fn optional_text(
        &self,
        name: &'static str,
        get: fn(&D) -> &Option<String>,
        set: fn(&mut D, Option<String>),
    ) -> Bound<String> {
        let form = *self;
        let plain = self.field(name, |_| String::new(), |_, _| {});
        Bound {
            get: Memo::new(move |_| form.draft.with(|d| get(d).clone().unwrap_or_default())).into(),
            set: Callback::new(move |text: String| {
                form.clear(name);
                let text = (!text.is_empty()).then_some(text);
                form.draft.update(|draft| set(draft, text));
            }),
            ..plain
        }
    }

    /// Whether anything would be lost by leaving.
    pub fn is_dirty(&self) -> bool {
        let initial = self.initial.get_value();
        self.draft.with_untracked(|draft| *draft != initial)
            || self.unreadable.with_untracked(|all| !all.is_empty())
    }

    /// Takes the present draft as the one to compare with.
    pub fn settle(&self, draft: D) {
        self.initial.set_value(draft.clone());
        self.draft.set(draft);
        self.errors.set(Vec::new());
        self.failure.set(None);
    }

    /// Checks the draft and, if it is valid, sends it. What is wrong is shown at the fields and the
    /// focus goes to the first of them.
    pub fn submit<R: 'static, F>(
        &self,
        check: impl FnOnce(&D) -> Vec<FieldError>,
        send: impl FnOnce(D) -> F,
        done: impl FnOnce(R) + 'static,
    ) where
        F: Future<Output = Result<R, Failure>> + 'static,
    {
        if self.busy.get_untracked() {
            return;
        }
        let mut errors = self.unreadable.get_untracked();
        let unread: Vec<String> = errors.iter().map(|e| e.field.clone()).collect();
        let found = self.draft.with_untracked(check);
        errors.extend(found.into_iter().filter(|e| !unread.contains(&e.field)));
        self.failure.set(None);
        if !errors.is_empty() {
            self.show_errors(errors);
            return;
        }
        self.errors.set(Vec::new());
        self.busy.set(true);
        let sending = send(self.draft.get_untracked());
        let form = *self;
        spawn_local(async move {
            let outcome = sending.await;
            if form.busy.try_set(false).is_some() {
                return;
            }
            match outcome {
                Ok(answer) => done(answer),
                Err(failure) if failure.is(ErrorCode::InvalidFields) => {
                    form.show_errors(failure.fields().to_vec());
                }
                Err(failure) => form.failure.set(Some(failure)),
            }
        });
    }

    /// Shows errors and moves the focus to the first field that has one.
    pub fn show_errors(&self, errors: Vec<FieldError>) {
        let id = errors.first().map(|e| self.id_of(root_of(&e.field)));
        self.errors.set(errors);
        if let Some(id) = id {
            request_animation_frame(move || dom::focus(&id));
        }
    }

    fn error_of(&self, name: &str) -> Option<String> {
        self.errors.with(|errors| {
            errors
                .iter()
                .find(|e| e.field == name || root_of(&e.field) == name)
                .map(|e| words::field_error(e.code))
        })
    }

    fn clear(&self, name: &str) {
        if self.errors.with_untracked(|all| !all.is_empty()) {
            self.errors
                .update(|all| all.retain(|e| root_of(&e.field) != name && e.field != name));
        }
    }
}

/// The field of the form that an error of a nested one belongs to: `amount.currency` → `amount`.
/// Fields of `need` and of lines have inputs of their own.
fn root_of(field: &str) -> &str {
    if field.starts_with("need.") || line_of(field).is_some() {
        field
    } else {
        field.split('.').next().unwrap_or(field)
    }
}

/// The line, from 0, and the field in it of an error such as `lines.2.quantity`.
fn line_of(field: &str) -> Option<(i32, &str)> {
    let (line, name) = field.strip_prefix("lines.")?.split_once('.')?;
    Some((line.parse().ok()?, name))
}

/// What keeps a form from being saved: the server's reason, or links to the fields that are wrong.
#[component]
pub fn ErrorSummary<D: Clone + PartialEq + Send + Sync + 'static>(
    /// The form.
    form: Form<D>,
) -> impl IntoView {
    let failure = move || {
        form.failure.get().map(|failure| {
            view! {
                <div class="notice notice-error" role="alert">
                    {icon!("circle-alert")}
                    <div>
                        <p>{failure.message()}</p>
                        {failure.request_id().map(|id| view! { <p class="request-id">{id}</p> })}
                    </div>
                </div>
            }
        })
    };
    let fields = move || {
        let errors = form.errors.get();
        (!errors.is_empty()).then(|| {
            let links = errors
                .into_iter()
                .map(|error| {
                    let id = form.id_of(root_of(&error.field));
                    let text = format!(
                        "{}: {}",
                        form.name_of(&error.field),
                        words::field_error(error.code)
                    );
                    view! {
                        <li>
                            <button type="button" class="link-quiet" on:click=move |_| dom::focus(&id)>
                                {text}
                            </button>
                        </li>
                    }
                })
                .collect_view();
            let count = form.errors.with_untracked(Vec::len) as i64;
            view! {
                <div class="notice notice-error" role="alert">
                    {icon!("circle-alert")}
                    <div>
                        <p class="font-medium">{t_count("form-errors", count)}</p>
                        <ul>{links}</ul>
                    </div>
                </div>
            }
        })
    };
    view! {
        {failure}
        {fields}
    }
    .into_any()
}

/// The word for a field that may stay empty.
pub fn not_set() -> String {
    t("not-set")
}
