//! Chooses a record: searches as one types, goes by keyboard, creates in place.

mod list;
mod source;

pub use list::PickerList;
pub use source::{Picked, PickerSource};

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::i18n::{arguments, t, t_with};
use crate::ui::fields::{described_by, frame};
use crate::ui::{Bound, icon, toast};

/// What was meant before the answer to what is typed was there.
#[derive(Clone, Copy, PartialEq)]
enum Early {
    /// The first of what will be found.
    First,
    /// A new record.
    New,
}

/// An input that chooses a record.
#[component]
pub fn Picker(
    /// Of what kind the records are.
    source: PickerSource,
    /// Identifier of the input.
    #[prop(into)]
    id: String,
    /// What is chosen, read aloud; empty when a label names the input.
    #[prop(optional, into)]
    label: Option<String>,
    /// Name of the present choice.
    #[prop(into)]
    value: Signal<String>,
    /// Takes a choice; `None` when it is emptied.
    #[prop(into)]
    on_pick: Callback<Option<Picked>>,
    /// What is wrong with the choice.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether the input is emptied after each choice, to make another.
    #[prop(optional)]
    clear_after: bool,
) -> impl IntoView {
    let typed = RwSignal::new(None::<String>);
    let text = RwSignal::new(String::new());
    let open = RwSignal::new(false);
    let marked = RwSignal::new(0usize);
    let creating = RwSignal::new(false);
    let found = RwSignal::new(None::<Signal<Option<Vec<Picked>>>>);
    let owner = Owner::current();
    // Nothing is asked before somebody looks.
    let start = move || {
        if found.with_untracked(Option::is_none)
            && let Some(owner) = &owner
        {
            found.set(Some(owner.with(|| source.search(text.into()))));
        }
    };
    let answer = Memo::new(move |_| found.get().and_then(|found| found.get()));
    // What was offered stays until the next answer, so that nothing flickers while one types.
    let options = Memo::new(move |before: Option<&Vec<Picked>>| {
        answer.get().or_else(|| before.cloned()).unwrap_or_default()
    });
    let is_settled = move || {
        let is_searched = typed.with(|t| t.as_ref().is_none_or(|t| *t == text.get()));
        is_searched && answer.with(Option::is_some)
    };
    // Whether there is such a record already is known with the answer: before the first one, nothing new
    // is offered.
    let new_name = Memo::new(move |before: Option<&Option<String>>| {
        let name = typed
            .get()
            .map(|t| t.trim().to_owned())
            .filter(|t| !t.is_empty())?;
        let folded = etalon_domain::text::fold(&name);
        let exists = options.with(|all| {
            all.iter()
                .any(|o| etalon_domain::text::fold(&o.name) == folded)
        });
        let is_offered = before.is_some_and(Option::is_some);
        (source.can_create() && !exists && (is_offered || is_settled())).then_some(name)
    });
    let finish = move |picked: Option<Picked>| {
        typed.set(clear_after.then(String::new));
        if clear_after {
            text.set(String::new());
        }
        open.set(false);
        on_pick.run(picked);
    };
    let create = move |name: String| {
        if creating.get_untracked() {
            return;
        }
        creating.set(true);
        spawn_local(async move {
            let outcome = source.create(name).await;
            creating.try_set(false);
            match outcome {
                Ok(picked) => finish(Some(picked)),
                Err(failure) => toast::failed(&failure),
            }
        });
    };
    let choose = move |at: usize| {
        let picked = options.with_untracked(|all| all.get(at).cloned());
        match (picked, new_name.get_untracked()) {
            (Some(picked), _) => finish(Some(picked)),
            (None, Some(name)) => create(name),
            (None, None) => {}
        }
    };
    // Enter means what is typed, not what was offered before, and nothing is made that may be there: both
    // wait for the answer.
    let early = RwSignal::new(None::<Early>);
    Effect::new(move |_| {
        let Some(wanted) = early.get().filter(|_| is_settled()) else {
            return;
        };
        early.set(None);
        match (wanted, new_name.get_untracked()) {
            (Early::First, _) => choose(0),
            (Early::New, Some(name)) => create(name),
            (Early::New, None) => {}
        }
    });
    let count = move || {
        options.with_untracked(Vec::len) + usize::from(new_name.with_untracked(Option::is_some))
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let last = count().saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" if !open.get_untracked() => open.set(true),
            "ArrowDown" => marked.update(|at| *at = if *at >= last { 0 } else { *at + 1 }),
            "ArrowUp" => marked.update(|at| *at = if *at == 0 { last } else { *at - 1 }),
            "Enter" if open.get_untracked() && !untrack(is_settled) => {
                early.set(Some(Early::First));
            }
            // With nothing to choose, too: it must not send the form off.
            "Enter" if open.get_untracked() => choose(marked.get_untracked()),
            "Escape" if open.get_untracked() => {
                open.set(false);
                typed.set(None);
                event.stop_propagation();
            }
            _ => return,
        }
        event.prevent_default();
    };
    let list_id = format!("{id}-list");
    let option_id = {
        let id = id.clone();
        move |at: usize| format!("{id}-option-{at}")
    };
    let pending = StoredValue::new(0u32);
    let on_input = {
        let start = start.clone();
        move |event| {
            let value = event_target_value(&event);
            typed.set(Some(value.clone()));
            marked.set(0);
            open.set(true);
            early.set(None);
            start();
            let ticket = pending.get_value() + 1;
            pending.set_value(ticket);
            set_timeout(
                move || {
                    if pending.try_get_value() == Some(ticket) {
                        text.set(value);
                    }
                },
                Duration::from_millis(120),
            );
        }
    };
    let leave = move |_| {
        // An element that goes loses the focus when its signals are gone already.
        let Some(last) = typed.try_get_untracked() else {
            return;
        };
        open.set(false);
        early.set(None);
        let emptied = last.is_some_and(|t| t.trim().is_empty());
        if emptied && !clear_after && !value.with_untracked(String::is_empty) {
            on_pick.run(None);
        }
        typed.set(clear_after.then(String::new));
    };
    let active = {
        let option_id = option_id.clone();
        move || open.get().then(|| option_id(marked.get()))
    };
    let described = described_by(&id, false, error);
    let rows = move || {
        let mut rows: Vec<AnyView> = options
            .get()
            .into_iter()
            .enumerate()
            .map(|(at, option)| {
                let content = view! {
                    <span class="truncate">{option.name.clone()}</span>
                    <span class="picker-hint">{option.hint.clone()}</span>
                };
                let press = move || finish(Some(option.clone()));
                row(option_id(at), at, marked, content.into_any(), press)
            })
            .collect();
        if let Some(name) = new_name.get() {
            let at = rows.len();
            let content = view! {
                {icon!("plus")}
                <span class="truncate">
                    {t_with("picker-create", &arguments! { "name" => name.clone() })}
                </span>
            };
            let press = move || {
                if untrack(is_settled) {
                    create(name.clone());
                } else {
                    early.set(Some(Early::New));
                }
            };
            rows.push(row(option_id(at), at, marked, content.into_any(), press));
        }
        if rows.is_empty() {
            let text = if answer.with(Option::is_none) {
                t("loading")
            } else {
                t("picker-nothing")
            };
            rows.push(view! { <div class="picker-nothing">{text}</div> }.into_any());
        }
        rows
    };
    view! {
        <div class="picker">
            <input
                id=id
                type="text"
                class="input"
                role="combobox"
                autocomplete="off"
                placeholder=t("picker-search")
                aria-label=label.clone()
                aria-autocomplete="list"
                aria-expanded=move || open.get().to_string()
                aria-controls=list_id.clone()
                aria-activedescendant=active
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
                prop:value=move || typed.get().unwrap_or_else(|| value.get())
                on:focus=move |event| {
                    start();
                    event_target::<web_sys::HtmlInputElement>(&event).select();
                }
                on:click=move |_| open.set(true)
                on:input=on_input
                on:keydown=on_key
                on:blur=leave
            />
            <div
                class="picker-list"
                id=list_id
                role="listbox"
                aria-label=label.unwrap_or_else(|| t("picker-results"))
                class:hidden=move || !open.get()
            >
                {rows}
            </div>
        </div>
    }
    .into_any()
}

/// A line of the list. Pressed, it means what it says, whatever has been found in the meantime.
fn row(
    id: String,
    at: usize,
    marked: RwSignal<usize>,
    content: AnyView,
    press: impl Fn() + 'static,
) -> AnyView {
    view! {
        <div
            id=id
            role="option"
            class="picker-option"
            aria-selected=move || (marked.get() == at).to_string()
            on:mousemove=move |_| marked.set(at)
            on:mousedown=move |event| {
                event.prevent_default();
                press();
            }
        >
            {content}
        </div>
    }
    .into_any()
}

/// A field of a form that names a record.
#[component]
pub fn PickerField(
    /// The field: the identifier of the record.
    bound: Bound<Option<String>>,
    /// Its label.
    #[prop(into)]
    label: String,
    /// Of what kind the records are.
    source: PickerSource,
    /// Name of the record that the form begins with.
    #[prop(into)]
    name: Option<String>,
    /// What helps to choose.
    #[prop(optional, into)]
    help: Option<String>,
) -> impl IntoView {
    let Bound {
        id,
        get,
        set,
        error,
        ..
    } = bound;
    let shown = RwSignal::new(name.unwrap_or_default());
    let value = Signal::derive(move || match get.get() {
        Some(_) => shown.get(),
        None => String::new(),
    });
    let pick = move |picked: Option<Picked>| {
        shown.set(picked.as_ref().map(|p| p.name.clone()).unwrap_or_default());
        set.run(picked.map(|p| p.id));
    };
    let control = view! { <Picker source id=id.clone() value on_pick=pick error /> }.into_any();
    frame(&id, label, help, false, error, control)
}
