use etalon_domain::error::{FieldCode, FieldError, validate};
use etalon_domain::process::{MinutesItem, Side, StepInput};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::Work;
use super::minutes_row::row;
use super::parts::by_line;
use crate::i18n::{arguments, format, t, t_with, words};
use crate::ui::{Badge, Button, ErrorSummary, Form, Look, Tone, icon, toast};

/// The minutes of a meeting: who promised what until when. They stay a draft until they are sent; then
/// what we promised becomes tasks.
pub(super) fn show(work: Work) -> AnyView {
    let record = work.step.record.clone();
    let sent = record.as_ref().and_then(|r| r.sent_at);
    let items = record.map(|r| r.items).unwrap_or_default();
    if sent.is_some() || !work.may_do {
        let flag = match sent {
            Some(at) => {
                let text = t_with(
                    "work-sent-at",
                    &arguments! { "when" => format::instant(at) },
                );
                view! { <Badge tone=Tone::Success>{icon!("check")} {text}</Badge> }.into_any()
            }
            None => not_sent(),
        };
        let rows = items.iter().map(read_only).collect_view();
        let copied = items.clone();
        return view! {
            <p>{flag}</p>
            <ul class="minutes-read">{rows}</ul>
            {by_line(&work)}
            <div class="work-foot">
                {(!copied.is_empty()).then(|| copy_button(work.deal.title.clone(), move || copied.clone()))}
            </div>
        }
        .into_any();
    }
    editor(work, items)
}

fn not_sent() -> AnyView {
    view! { <Badge tone=Tone::Warning>{icon!("mail")} {t("work-not-sent")}</Badge> }.into_any()
}

fn read_only(item: &MinutesItem) -> AnyView {
    let due = item.due_on.map(format::near_day);
    view! {
        <li>
            <span class="minutes-side">{words::word("side", item.side.as_str())}</span>
            <span class="min-w-0">{item.text.clone()}</span>
            <span class="text-soft">{due}</span>
        </li>
    }
    .into_any()
}

/// An agreement that was not written yet.
pub(super) fn blank(side: Side) -> MinutesItem {
    MinutesItem {
        text: String::new(),
        side,
        due_on: None,
    }
}

/// What is wrong with the minutes; to be sent they need an agreement.
fn check(items: &[MinutesItem], sends: bool) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if sends && items.is_empty() {
        errors.push(FieldError::required("items"));
    }
    for (at, item) in items.iter().enumerate() {
        let field = format!("items.{at}.text");
        if item.text.trim().is_empty() {
            errors.push(FieldError::required(&field));
        } else if !validate(item).is_empty() {
            errors.push(FieldError::new(field, FieldCode::TooLong, ""));
        }
    }
    errors
}

fn editor(work: Work, items: Vec<MinutesItem>) -> AnyView {
    let is_saved = !items.is_empty();
    let first = if is_saved {
        items
    } else {
        vec![blank(Side::Ours)]
    };
    let form = Form::new(first);
    let count = Memo::new(move |_| form.draft.with(Vec::len));
    let add = Callback::new(move |side: Side| {
        form.draft.update(|items| items.push(blank(side)));
        let id = form.id_of("items");
        let at = form.draft.with_untracked(Vec::len) - 1;
        request_animation_frame(move || crate::ui::dom::focus(&format!("{id}-{at}")));
    });
    let submit = {
        let work = work.clone();
        Callback::new(move |sends: bool| {
            let sender = work.clone();
            let told = if sends { "work-minutes-sent" } else { "saved" };
            form.submit(
                move |items| check(items, sends),
                move |items| {
                    sender.send(StepInput {
                        items: Some(items),
                        sent: sends.then_some(true),
                        ..StepInput::default()
                    })
                },
                work.finish(told),
            );
        })
    };
    let copied = move || form.draft.get_untracked();
    view! {
        <form
            class="work-form"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                submit.run(false);
            }
        >
            <p class="minutes-flag">{not_sent()} <span class="text-soft">{t("work-minutes-help")}</span></p>
            <ErrorSummary form />
            <ul class="minutes-edit" id=form.id_of("items") tabindex="-1">
                <For each=move || 0..count.get() key=|at| *at children=move |at| row(form, at) />
            </ul>
            <div class="work-foot">
                <Button on_press=move |()| add.run(Side::Ours)>{icon!("plus")} {t("work-add-ours")}</Button>
                <Button on_press=move |()| add.run(Side::Theirs)>
                    {icon!("plus")}
                    {t("work-add-theirs")}
                </Button>
            </div>
            <footer class="work-foot">
                <Button look=Look::Primary busy=form.busy on_press=move |()| submit.run(true)>
                    {icon!("send")}
                    {t("work-mark-sent")}
                </Button>
                <Button submit=true busy=form.busy>
                    {t("work-save-draft")}
                </Button>
                {copy_button(work.deal.title, copied)}
            </footer>
        </form>
    }
    .into_any()
}

/// Copies the minutes as text, to be pasted into a mail.
fn copy_button(title: String, items: impl Fn() -> Vec<MinutesItem> + 'static) -> AnyView {
    let copy = move |()| {
        let text = as_text(&title, &items());
        spawn_local(async move {
            let written = window().navigator().clipboard().write_text(&text);
            match JsFuture::from(written).await {
                Ok(_) => toast::done(t("work-copied")),
                Err(_) => toast::done(t("web-form-not-copied")),
            }
        });
    };
    let copy = leptos::callback::UnsyncCallback::new(copy);
    view! {
        <button type="button" class="btn btn-plain" on:click=move |_| copy.run(())>
            {icon!("copy")}
            {t("work-copy")}
        </button>
    }
    .into_any()
}

fn as_text(title: &str, items: &[MinutesItem]) -> String {
    let mut text = t_with(
        "work-minutes-of",
        &arguments! { "deal" => title.to_owned() },
    );
    for side in Side::ALL {
        let mine: Vec<_> = items.iter().filter(|item| item.side == *side).collect();
        if mine.is_empty() {
            continue;
        }
        text.push_str(&format!("\n\n{}:", words::word("side", side.as_str())));
        for item in mine {
            text.push_str(&format!("\n– {}", item.text.trim()));
            if let Some(day) = item.due_on {
                text.push_str(&format!(" ({})", format::full_day(day)));
            }
        }
    }
    text.push('\n');
    text
}
