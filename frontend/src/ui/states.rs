//! Nothing there, not there yet, and something went wrong.

use etalon_domain::error::ErrorCode;
use leptos::prelude::*;

use super::{Button, LinkButton, dom, icon};
use crate::api::Failure;
use crate::i18n::{t, words};

/// An empty list: what it is for and the first step.
#[component]
pub fn EmptyState(
    /// Its icon.
    picture: AnyView,
    /// What is not there.
    #[prop(into)]
    title: String,
    /// What it is for.
    #[prop(into)]
    text: String,
    /// The first step.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            <span class="empty-picture">{picture}</span>
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| view! { <div class="empty-actions">{children()}</div> })}
        </div>
    }
    .into_any()
}

/// Why something cannot be shown, what to do, and the request's name for the administrator.
#[component]
pub fn ErrorState(
    /// What happened.
    failure: Failure,
    /// Tries again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    let request = failure.request_id();
    let (title, texts) = explained(&failure);
    // What the address asked for in vain is asked for no more.
    let anew = (!failure.fields().is_empty())
        .then(dom::bare_address)
        .flatten();
    let texts = texts.into_iter().map(|text| view! { <p>{text}</p> });
    let texts = texts.collect_view();
    view! {
        <div class="empty-state" role="alert">
            <span class="empty-picture text-error">{icon!("circle-alert")}</span>
            <h2>{title}</h2>
            {texts}
            <div class="empty-actions">
                {anew.map(|path| view! { <LinkButton href=path>{t("filters-clear")}</LinkButton> })}
                <Button on_press=move |()| on_retry.run(())>
                    {icon!("rotate-cw")}
                    {t("try-again")}
                </Button>
            </div>
            {request.map(|id| view! { <p class="request-id">{t("request-id")} " " {id}</p> })}
        </div>
    }
    .into_any()
}

/// What happened, and what there is to say about it. Where something is only shown nothing was typed: what
/// is not valid there was asked for.
fn explained(failure: &Failure) -> (String, Vec<String>) {
    let wrong: Vec<String> = (failure.fields().iter())
        .map(|error| {
            let name = words::parameter(error);
            format!("{name}: {}", words::field_error(error.code))
        })
        .collect();
    if !wrong.is_empty() {
        return (t("error-asked"), wrong);
    }
    let text = match failure.code() {
        Some(ErrorCode::NotFound) => t("error-not-found-help"),
        _ => t("error-kept"),
    };
    (failure.message(), vec![text])
}

/// A gray bar in place of a text that is still on its way.
#[component]
pub fn Skeleton(
    /// Its size, by utility classes.
    #[prop(default = "h-4 w-32")]
    class: &'static str,
) -> impl IntoView {
    view! { <span class=format!("bone {class}") aria-hidden="true"></span> }.into_any()
}

/// Rows of gray bars in place of a list that is still on its way.
#[component]
pub fn SkeletonRows(
    /// How many.
    #[prop(default = 10)]
    rows: usize,
) -> impl IntoView {
    let rows = (0..rows)
        .map(|row| {
            let width = 30 + (row * 37) % 40;
            view! {
                <div class="bone-row">
                    <span class="bone h-3" style=format!("width: {width}%")></span>
                    <span class="bone h-3 w-16"></span>
                    <span class="bone h-3 w-20"></span>
                </div>
            }
        })
        .collect_view();
    view! {
        <div role="status" aria-label=t("loading")>
            {rows}
        </div>
    }
    .into_any()
}
