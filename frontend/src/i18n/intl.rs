//! The browser's `Intl` formatters, made once per language and kind.

use std::cell::RefCell;
use std::collections::HashMap;

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    static FORMATTERS: RefCell<HashMap<String, Option<JsValue>>> = RefCell::new(HashMap::new());
}

/// A formatter of class `Intl.<class>`; `None` when the browser refuses the options.
fn formatter(class: &str, locale: &str, options: &[(&str, &str)]) -> Option<JsValue> {
    let mut key = format!("{class}|{locale}");
    for (name, value) in options {
        key.push_str(&format!("|{name}={value}"));
    }
    FORMATTERS.with_borrow_mut(|known| {
        known
            .entry(key)
            .or_insert_with(|| create(class, locale, options).ok())
            .clone()
    })
}

fn create(class: &str, locale: &str, options: &[(&str, &str)]) -> Result<JsValue, JsValue> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into())?;
    let constructor: Function = Reflect::get(&intl, &class.into())?.dyn_into()?;
    let bag = Object::new();
    for (name, value) in options {
        let value = value
            .parse::<f64>()
            .map_or_else(|_| JsValue::from_str(value), JsValue::from_f64);
        Reflect::set(&bag, &(*name).into(), &value)?;
    }
    Reflect::construct(&constructor, &Array::of2(&locale.into(), &bag))
}

fn call(formatter: &JsValue, arguments: &Array) -> Option<String> {
    let format: Function = Reflect::get(formatter, &"format".into())
        .ok()?
        .dyn_into()
        .ok()?;
    format.apply(formatter, arguments).ok()?.as_string()
}

/// A number by `Intl.NumberFormat`.
pub(super) fn number(locale: &str, value: f64, options: &[(&str, &str)]) -> String {
    formatter("NumberFormat", locale, options)
        .and_then(|f| call(&f, &Array::of1(&value.into())))
        .unwrap_or_else(|| value.to_string())
}

/// An instant, in milliseconds since 1970, by `Intl.DateTimeFormat`. An unknown time zone is read as
/// the browser's own.
pub(super) fn date(locale: &str, milliseconds: f64, options: &[(&str, &str)]) -> String {
    let format = |options: &[(&str, &str)]| {
        formatter("DateTimeFormat", locale, options)
            .and_then(|f| call(&f, &Array::of1(&milliseconds.into())))
    };
    format(options)
        .or_else(|| {
            let without_zone: Vec<_> = options
                .iter()
                .filter(|(name, _)| *name != "timeZone")
                .copied()
                .collect();
            format(&without_zone)
        })
        .unwrap_or_default()
}

/// A distance in time by `Intl.RelativeTimeFormat`: "yesterday", "in 3 days".
pub(super) fn relative(locale: &str, value: i64, unit: &str) -> String {
    formatter("RelativeTimeFormat", locale, &[("numeric", "auto")])
        .and_then(|f| call(&f, &Array::of2(&(value as f64).into(), &unit.into())))
        .unwrap_or_else(|| value.to_string())
}

/// The browser's own time zone.
pub(super) fn time_zone() -> Option<String> {
    let formatter = formatter("DateTimeFormat", "en", &[])?;
    let options: Function = Reflect::get(&formatter, &"resolvedOptions".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let options = options.call0(&formatter).ok()?;
    Reflect::get(&options, &"timeZone".into()).ok()?.as_string()
}

/// The name of a currency by `Intl.DisplayNames`.
pub(super) fn currency_name(locale: &str, code: &str) -> Option<String> {
    let names = formatter("DisplayNames", locale, &[("type", "currency")])?;
    let of: Function = Reflect::get(&names, &"of".into()).ok()?.dyn_into().ok()?;
    of.call1(&names, &code.into()).ok()?.as_string()
}
