//! Buttons and links that look like them.

use leptos::prelude::*;

/// How loud a button is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// With a border: the usual one.
    #[default]
    Plain,
    /// The one next thing to do.
    Primary,
    /// Takes something away.
    Danger,
}

impl Look {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "btn btn-plain",
            Self::Primary => "btn btn-primary",
            Self::Danger => "btn btn-danger",
        }
    }
}

/// A button. While `busy` it shows so and does nothing.
#[component]
pub fn Button(
    /// How loud it is.
    #[prop(optional)]
    look: Look,
    /// Whether its work is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Whether it can do nothing now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Whether it submits its form.
    #[prop(optional)]
    submit: bool,
    /// What it does.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// Its icon and label.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=look.class()
            aria-busy=move || busy.get().then_some("true")
            disabled=move || disabled.get()
            on:click=move |event| {
                if busy.get_untracked() {
                    event.prevent_default();
                } else if let Some(press) = on_press {
                    press.run(());
                }
            }
        >
            {move || busy.get().then(|| view! { <span class="spinner" aria-hidden="true"></span> })}
            {children()}
        </button>
    }
    .into_any()
}

/// A button that is only an icon; its label is read aloud and shown as a tooltip.
#[component]
pub fn IconButton(
    /// What it does, in words.
    #[prop(into)]
    label: Signal<String>,
    /// What it does.
    #[prop(into)]
    on_press: Callback<()>,
    /// Its icon.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="btn btn-ghost btn-square"
            aria-label=move || label.get()
            title=move || label.get()
            on:click=move |_| on_press.run(())
        >
            {children()}
        </button>
    }
    .into_any()
}

/// A link that looks like a button.
#[component]
pub fn LinkButton(
    /// Where it leads.
    #[prop(into)]
    href: Signal<String>,
    /// How loud it is.
    #[prop(optional)]
    look: Look,
    /// Its icon and label.
    children: Children,
) -> impl IntoView {
    view! {
        <a href=move || href.get() class=look.class()>
            {children()}
        </a>
    }
    .into_any()
}
