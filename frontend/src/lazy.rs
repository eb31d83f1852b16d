//! Screens whose code is fetched when they are first shown.

use std::future::Future;

use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;
use leptos_router::ChooseView;

use crate::api::Failure;
use crate::ui::ErrorState;

/// The view of a route, made by a function whose code lies in a file of its own. Until that is there,
/// the screen before stays; when it cannot be fetched, the reader is told so and may reload the page.
#[derive(Clone)]
pub struct Lazy<F>(pub F);

impl<F, Made> ChooseView for Lazy<F>
where
    F: Fn() -> Made + Send + Clone + 'static,
    Made: Future<Output = Result<AnyView, SplitLoaderError>>,
{
    async fn choose(self) -> AnyView {
        (self.0)().await.unwrap_or_else(|_| {
            let reload = |()| {
                let _ = window().location().reload();
            };
            view! { <ErrorState failure=Failure::Offline on_retry=reload /> }.into_any()
        })
    }

    async fn preload(&self) {}
}
