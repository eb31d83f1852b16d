//! The dialogs before a move: what is not met, and why a deal goes back.

use etalon_domain::deal::Deal;
use etalon_domain::endpoint::{Deals, GetRecord};
use etalon_domain::error::{ErrorCode, FieldCode, FieldError};
use etalon_domain::process::Guide;
use etalon_domain::text::non_empty;
use leptos::prelude::*;

use super::{Asked, Question, Unmet, send, tell, use_way};
use crate::api::Failure;
use crate::deals::stages;
use crate::i18n::{arguments, t, t_count, t_with};
use crate::query::use_query;
use crate::ui::{
    Button, Dialog, ErrorState, ErrorSummary, Form, FormPanel, FormPlace, Look, SkeletonRows,
    TextArea, icon,
};

/// How long a reason may be.
const MAX_REASON: usize = 2000;

#[derive(Clone, Debug, Default, PartialEq)]
struct Reason {
    text: String,
}

fn check(reason: &Reason, field: &str, required: bool) -> Vec<FieldError> {
    let text = reason.text.trim();
    if required && text.is_empty() {
        vec![FieldError::required(field)]
    } else if text.chars().count() > MAX_REASON {
        vec![FieldError::new(field, FieldCode::TooLong, "")]
    } else {
        Vec::new()
    }
}

/// Asks what is to be asked.
pub(super) fn show(asked: Asked) -> AnyView {
    let on_close = Callback::new(|()| super::asked().set(None));
    match asked.question {
        Question::Unmet => view! { <UnmetDialog asked on_close /> }.into_any(),
        Question::Return => view! { <ReturnDialog asked on_close /> }.into_any(),
    }
}

/// The deal as it is now: when somebody else changes it while the dialog is open, the next attempt is
/// made with what it is then.
fn use_present(deal: &Deal) -> Signal<Deal> {
    let id = deal.id.to_string();
    let query = use_query(move || Some(GetRecord::<Deals>::new(id.clone())));
    let asked = deal.clone();
    Signal::derive(move || query.data.get().unwrap_or_else(|| asked.clone()))
}

/// A deal goes back to a stage: recorded as a return, with the reason when one is given.
#[component]
fn ReturnDialog(asked: Asked, on_close: Callback<()>) -> impl IntoView {
    let Asked {
        deal,
        stage,
        stages,
        ..
    } = asked;
    let form = Form::new(Reason::default());
    let reason = form.field("reason", |r: &Reason| r.text.clone(), |r, v| r.text = v);
    let name = stages::name_of(&stages, &stage);
    let title = t_with("move-back-title", &arguments! { "stage" => name });
    let text = deal.title.clone();
    let present = use_present(&deal);
    let submit = move |()| {
        let before = present.get_untracked();
        let (deal, stage, stages) = (before.clone(), stage.clone(), stages.clone());
        let send = move |reason: Reason| async move {
            let reason = non_empty(Some(reason.text));
            send(&deal, &stage, reason, None).await
        };
        form.submit(
            |r| check(r, "reason", false),
            send,
            move |after| {
                on_close.run(());
                tell(&before, &after, &stages);
            },
        );
    };
    view! {
        <FormPanel
            title
            form
            submit=t("move-back")
            on_submit=submit
            on_close
            place=FormPlace::Dialog
        >
            <p class="text-faint">{text}</p>
            <p>{t("move-back-text")}</p>
            <TextArea
                bound=reason
                label=t("field-reason")
                help=t("move-back-help")
                autofocus=true
            />
        </FormPanel>
    }
    .into_any()
}

/// What may be done about the requirements of a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// All is met meanwhile.
    Free,
    /// What is not met only warns: a reason is enough.
    Warned,
    /// The reader may pass what is not met, with a reason.
    Override,
    /// The reader may not.
    Held,
}

impl Way {
    const fn of(guide: &Guide) -> Self {
        match (guide.blocked, guide.may_override, guide.needs_override) {
            (false, ..) => Self::Free,
            (true, true, false) => Self::Warned,
            (true, true, true) => Self::Override,
            (true, false, _) => Self::Held,
        }
    }
}

/// What holds a deal up, and how to go on.
#[component]
fn UnmetDialog(asked: Asked, on_close: Callback<()>) -> impl IntoView {
    let Asked {
        deal,
        stage,
        stages,
        ..
    } = asked;
    let name = stages::name_of(&stages, &stage);
    let title = t_with("move-unmet-title", &arguments! { "stage" => name.clone() });
    let to = stage.clone();
    let query = use_way(&deal, Signal::derive(move || Some(to.clone())));
    let present = use_present(&deal);
    let way = Memo::new(move |_| query.data.with(|guide| guide.as_ref().map(Way::of)));
    let form = Form::new(Reason::default());
    let field = "override_reason";
    let reason = form.field(field, |r: &Reason| r.text.clone(), |r, v| r.text = v);
    let text = deal.title.clone();
    let list = {
        let (deal, stages) = (deal.clone(), stages.clone());
        move || {
            let guide = query.data.get()?;
            let unmet = guide.requirements.iter().filter(|r| !r.met).count() as i64;
            let (deal, stages) = (deal.clone(), stages.clone());
            (unmet > 0).then(|| {
                view! {
                    <p>{t_count("unmet-intro", unmet)}</p>
                    <Unmet deal requirements=guide.requirements stages on_leave=on_close />
                }
            })
        }
    };
    let trouble = move || match (query.failure.get(), query.slow.get(), way.get()) {
        (Some(failure), _, None) => {
            Some(view! { <ErrorState failure on_retry=move |()| query.retry() /> }.into_any())
        }
        (None, true, None) => Some(view! { <SkeletonRows rows=3 /> }.into_any()),
        _ => None,
    };
    let answer = move || {
        let reason = reason.clone();
        let label = t("field-override-reason");
        way.get().map(|way| match way {
            Way::Free => view! { <p>{t("move-free-text")}</p> }.into_any(),
            Way::Held => view! {
                <div class="notice">
                    {icon!("lock")} <p>{t("move-held-text")}</p>
                </div>
            }
            .into_any(),
            Way::Warned => {
                view! { <TextArea bound=reason label help=t("move-warned-help") required=true /> }
                    .into_any()
            }
            Way::Override => {
                view! { <TextArea bound=reason label help=t("move-override-help") required=true /> }
                    .into_any()
            }
        })
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(way) = way.get_untracked().filter(|way| *way != Way::Held) else {
            return;
        };
        let before = present.get_untracked();
        let (stage, stages) = (stage.clone(), stages.clone());
        let moved = before.clone();
        let send = move |reason: Reason| async move {
            let answer = send(&moved, &stage, None, non_empty(Some(reason.text))).await;
            if answer.as_ref().is_err_and(is_unmet) {
                query.retry();
            }
            answer
        };
        form.submit(
            |r| check(r, field, way != Way::Free),
            send,
            move |after| {
                on_close.run(());
                tell(&before, &after, &stages);
            },
        );
    };
    let foot = move || {
        let verb = match way.get() {
            None | Some(Way::Held) => {
                return view! {
                    <Button on_press=move |()| on_close.run(())>{t("close")}</Button>
                }
                .into_any();
            }
            Some(Way::Free) => t_with("move-to", &arguments! { "stage" => name.clone() }),
            Some(Way::Warned | Way::Override) => t("move-anyway"),
        };
        view! {
            <Button on_press=move |()| on_close.run(())>{t("cancel")}</Button>
            <Button look=Look::Primary submit=true busy=form.busy>
                {verb}
            </Button>
        }
        .into_any()
    };
    view! {
        <Dialog title on_close>
            <form class="dialog-form" novalidate on:submit=submit>
                <div class="dialog-body form-stack">
                    <ErrorSummary form />
                    <p class="text-faint">{text}</p>
                    {trouble}
                    {list}
                    {answer}
                </div>
                <footer class="dialog-foot">{foot}</footer>
            </form>
        </Dialog>
    }
    .into_any()
}

fn is_unmet(failure: &Failure) -> bool {
    failure.is(ErrorCode::StageRequirementsUnmet)
}
