//! Chooses a time zone among those that the browser knows.

use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Bound, Choice, SelectField};

/// A time zone, by its IANA name.
#[component]
pub fn TimeZoneField(
    /// The field.
    bound: Bound<String>,
    /// Its label.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let choices = choices(&bound.get.get_untracked());
    view! { <SelectField bound label choices required=true /> }.into_any()
}

/// The zones of the browser, with the present one even if the browser does not name it so.
pub fn choices(present: &str) -> Vec<Choice> {
    let mut names = known().unwrap_or_default();
    for name in ["UTC", present] {
        if !name.is_empty() && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names.sort();
    names
        .into_iter()
        .map(|name| {
            let label = name.replace('_', " ");
            Choice::new(name, label)
        })
        .collect()
}

fn known() -> Option<Vec<String>> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let supported: Function = Reflect::get(&intl, &"supportedValuesOf".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let names: Array = supported
        .call1(&intl, &"timeZone".into())
        .ok()?
        .dyn_into()
        .ok()?;
    Some(names.iter().filter_map(|name| name.as_string()).collect())
}
