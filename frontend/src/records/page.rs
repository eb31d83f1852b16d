use etalon_domain::endpoint::Endpoint;
use etalon_domain::error::ErrorCode;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::api::Failure;
use crate::i18n::t;
use crate::layout::set_trail;
use crate::query::{Query, use_query};
use crate::ui::{EmptyState, ErrorState, LinkButton, Skeleton, icon};

/// Where the page of a record lies.
#[derive(Clone, Copy)]
pub struct Section {
    /// Name of the section, as an identifier of a text.
    pub label: &'static str,
    /// Address of the section.
    pub href: &'static str,
}

/// The page of one record, named by the address: gray bars while it is on its way, why it cannot be
/// read, or what `body` makes of it. A changed record flows into the body; another one makes it anew.
pub fn record_page<E>(
    section: Section,
    endpoint: fn(String) -> E,
    name: fn(&E::Answer) -> String,
    body: fn(RwSignal<E::Answer>, Query<E::Answer>) -> AnyView,
) -> AnyView
where
    E: Endpoint + 'static,
    E::Answer: Clone + PartialEq + Send + Sync + 'static,
{
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id")).unwrap_or_default());
    let query = use_query(move || Some(endpoint(id.get())));
    Effect::new(move |_| {
        let last = query.data.with(|d| d.as_ref().map(name));
        set_trail(vec![
            (t(section.label), Some(section.href.to_owned())),
            (last.unwrap_or_else(|| "…".to_owned()), None),
        ]);
    });
    let shape = Memo::new(move |_| {
        let is_there = query.data.with(Option::is_some);
        let failure = query.failure.get().filter(|_| !is_there);
        (id.get(), is_there, failure, query.slow.get())
    });
    let view = move || match shape.get() {
        (_, true, _, _) => {
            let first = query.data.get_untracked();
            first.map(|first| {
                let record = RwSignal::new(first);
                Effect::new(move |_| {
                    if let Some(next) = query.data.get()
                        && record.with_untracked(|present| *present != next)
                    {
                        record.set(next);
                    }
                });
                body(record, query)
            })
        }
        (_, false, Some(failure), _) => Some(trouble(section, failure, move || query.retry())),
        (_, false, None, true) => Some(skeleton()),
        (_, false, None, false) => None,
    };
    view.into_any()
}

fn trouble(
    section: Section,
    failure: Failure,
    retry: impl Fn() + Send + Sync + 'static,
) -> AnyView {
    if !failure.is(ErrorCode::NotFound) {
        return view! { <ErrorState failure on_retry=move |()| retry() /> }.into_any();
    }
    view! {
        <EmptyState picture=icon!("compass") title=t("not-found-title") text=failure.message()>
            <LinkButton href=section.href.to_owned()>{t(section.label)}</LinkButton>
        </EmptyState>
    }
    .into_any()
}

fn skeleton() -> AnyView {
    view! {
        <div class="deal-page" role="status" aria-label=t("loading")>
            <div class="deal-head">
                <Skeleton class="h-7 w-72" />
            </div>
            <div class="form-stack px-4 py-4">
                <Skeleton class="h-4 w-1/2" />
                <Skeleton class="h-4 w-2/3" />
                <Skeleton class="h-4 w-1/3" />
            </div>
        </div>
    }
    .into_any()
}
