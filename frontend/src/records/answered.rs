use leptos::prelude::*;

use crate::query::Query;
use crate::ui::{ErrorState, SkeletonRows};

/// What is made of an answer of the server; while it is on its way gray bars, and when there is none
/// why, with a way to ask again. An answer that could not be renewed stays.
pub fn answered<T>(
    query: Query<T>,
    rows: usize,
    show: impl Fn(T) -> AnyView + Send + 'static,
) -> AnyView
where
    T: Clone + Send + Sync + 'static,
{
    let content = move || {
        if let Some(answer) = query.data.get() {
            return show(answer);
        }
        match query.failure.get() {
            Some(failure) => {
                view! { <ErrorState failure on_retry=move |()| query.retry() /> }.into_any()
            }
            None => view! {
                <Show when=move || query.slow.get()>
                    <SkeletonRows rows />
                </Show>
            }
            .into_any(),
        }
    };
    content.into_any()
}
