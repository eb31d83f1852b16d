//! Deals: the registry and the page of one deal.
use leptos::prelude::*;
/// Registry.
#[component]
pub fn Registry() -> impl IntoView {}
/// Page.
#[component]
pub fn DealPage() -> impl IntoView {}
