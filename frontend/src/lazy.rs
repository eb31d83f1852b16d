//! Screens, and parts of them, whose code is fetched when they are first shown.

use std::future::Future;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;
use leptos_router::ChooseView;

use crate::api::Failure;
use crate::ui::{ErrorState, toast};

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

/// How a part of a screen is made of what it is about.
pub type Make<A> = fn(A) -> AnyView;

/// A part of a screen: `code` fetches the function that makes it. Until that is there nothing is shown;
/// when it cannot be fetched, the reader is told so and the part is given up.
pub fn part<A, C>(code: C, about: A, give_up: impl FnOnce() + 'static) -> AnyView
where
    A: Clone + Send + 'static,
    C: Future<Output = Result<Make<A>, SplitLoaderError>> + 'static,
{
    let made = RwSignal::new(None::<Make<A>>);
    spawn_local(async move {
        match code.await {
            Ok(make) => {
                made.try_set(Some(make));
            }
            Err(_) => {
                toast::failed(&Failure::Offline);
                give_up();
            }
        }
    });
    (move || made.get().map(|make| make(about.clone()))).into_any()
}
