use leptos::prelude::*;

use crate::api::Failure;
use crate::query::Pages;
use crate::ui::{ErrorState, SkeletonRows};

/// Where a list stands, whatever it lists.
#[derive(Clone, Copy)]
pub struct ListStatus {
    ready: RwSignal<bool>,
    slow: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
    is_empty: Signal<bool>,
    retry: Callback<()>,
}

/// Where a list stands.
pub fn status_of<T: Send + Sync + 'static>(pages: Pages<T>) -> ListStatus {
    ListStatus {
        ready: pages.ready,
        slow: pages.slow,
        failure: pages.failure,
        is_empty: Signal::derive(move || pages.items.with(Vec::is_empty)),
        retry: Callback::new(move |()| pages.retry()),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Shape {
    Waiting,
    Failed,
    Empty,
    Rows,
}

/// The rows of a list, or what stands in their place: gray bars while they are on their way, why they
/// cannot be read, what to do when there are none.
#[component]
pub fn ListBody(
    /// Where the list stands.
    status: ListStatus,
    /// What stands there when the list is empty.
    #[prop(into)]
    empty: ViewFn,
    /// The rows.
    children: ChildrenFn,
) -> impl IntoView {
    // Rows change without the table being built anew; only these are other screens.
    let shape = Memo::new(move |_| {
        if status.ready.get() {
            if status.is_empty.get() {
                Shape::Empty
            } else {
                Shape::Rows
            }
        } else if status.failure.with(Option::is_some) {
            Shape::Failed
        } else {
            Shape::Waiting
        }
    });
    move || match shape.get() {
        Shape::Waiting => view! {
            <Show when=move || status.slow.get()>
                <SkeletonRows />
            </Show>
        }
        .into_any(),
        Shape::Failed => (move || {
            let retry = status.retry;
            status
                .failure
                .get()
                .map(|failure| view! { <ErrorState failure on_retry=retry /> })
        })
        .into_any(),
        Shape::Empty => empty.run(),
        Shape::Rows => children().into_any(),
    }
}
