use leptos::prelude::*;

/// A placeholder for the moment of compiling the foundation.
#[component]
pub fn SummaryPage() -> impl IntoView {}
