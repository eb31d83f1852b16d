//! The form of an activity: a new one, one that is logged as done, or a change.

use etalon_domain::activity::{Activity, ActivityDraft, ActivityKind};
use etalon_domain::endpoint::{Activities, Create};
use etalon_domain::error::{FieldError, validate};
use etalon_domain::id::Ref;
use leptos::prelude::*;

use super::actions::changed;
use super::when;
use crate::api;
use crate::i18n::{arguments, t, t_with, words};
use crate::records::{Edited, edit_form};
use crate::ui::{
    Bound, Choice, DateField, Form, FormPanel, NumberField, PickerField, PickerList, PickerSource,
    SelectField, TextArea, TextField, icon, toast,
};

fn check(draft: &ActivityDraft) -> Vec<FieldError> {
    let mut errors = validate(draft);
    errors.extend(draft.due().err());
    errors
}

/// The panel of a new activity.
#[component]
pub(super) fn NewActivity(
    /// What it begins with.
    draft: ActivityDraft,
    /// The deal that it belongs to, when that is settled.
    #[prop(into)]
    deal: Option<Ref>,
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let is_logged = draft.done_at.is_some();
    let form = Form::new(draft);
    let submit = move |()| {
        let send = |draft| api::call(Create::<Activities>(draft));
        form.submit(check, send, move |activity: Activity| {
            changed();
            let name = activity.title;
            let said = if is_logged {
                "activity-done"
            } else {
                "activity-planned"
            };
            toast::done(t_with(said, &arguments! { "name" => name }));
            on_close.run(());
        });
    };
    let (title, verb) = if is_logged {
        ("activity-log", "save")
    } else {
        ("create-activity", "activity-plan")
    };
    view! {
        <FormPanel title=t(title) form submit=t(verb) on_submit=submit on_close>
            {fields(form, deal.as_ref().map(|d| d.name.clone()), deal.is_some(), is_logged)}
        </FormPanel>
    }
}

/// The panel that changes an activity.
#[component]
pub(super) fn ActivityEditor(
    /// The activity.
    activity: Activity,
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let form = Form::new(ActivityDraft::from(&activity));
    let done = move |_| {
        changed();
        toast::done(t("saved"));
        on_close.run(());
    };
    let id = activity.id.to_string();
    let Edited { submit, dialog } =
        edit_form::<Activities>(form, id, activity.version, check, done);
    let is_done = activity.done_at.is_some();
    let fixed = activity.step_id.is_some();
    view! {
        <FormPanel title=activity.title form submit=t("save") on_submit=submit on_close>
            {fields(form, activity.deal_title, fixed, is_done)}
        </FormPanel>
        {dialog}
    }
}

fn fields(
    form: Form<ActivityDraft>,
    deal: Option<String>,
    deal_is_fixed: bool,
    is_done: bool,
) -> AnyView {
    let title = form.field(
        "title",
        |d: &ActivityDraft| d.title.clone(),
        |d, v| d.title = v,
    );
    let day = form.field("due_on", when::day_of, when::set_day);
    let time = form.field("starts_at", when::time_of, when::set_time);
    let minutes = form.field(
        "duration_minutes",
        |d: &ActivityDraft| d.duration_minutes.map(i64::from),
        |d, v| d.duration_minutes = v.map(|v| v.clamp(-1, 100_000) as i32),
    );
    let deal_id = form.field(
        "deal_id",
        |d: &ActivityDraft| d.deal_id.as_ref().map(ToString::to_string),
        |d, v| d.deal_id = v.map(Into::into),
    );
    let contacts = form.field(
        "contact_ids",
        |d: &ActivityDraft| d.contact_ids.iter().map(ToString::to_string).collect(),
        |d, ids: Vec<String>| d.contact_ids = ids.into_iter().map(Into::into).collect(),
    );
    let colleagues = form.field(
        "participant_ids",
        |d: &ActivityDraft| d.participant_ids.iter().map(ToString::to_string).collect(),
        |d, ids: Vec<String>| d.participant_ids = ids.into_iter().map(Into::into).collect(),
    );
    let note = form.optional_text("note", |d| &d.note, |d, v| d.note = v);
    let result = form.optional_text("result", |d| &d.result, |d, v| d.result = v);
    let deal_field = if deal_is_fixed {
        deal.map(|name| {
            view! { <p class="activity-for">{icon!("briefcase-business")} {name}</p> }.into_any()
        })
    } else {
        let label = t("field-deal-id");
        Some(
            view! { <PickerField bound=deal_id label source=PickerSource::Deals name=deal /> }
                .into_any(),
        )
    };
    view! {
        <SelectField bound=kind_field(form) label=t("field-activity-kind") choices=kinds() />
        <TextField bound=title label=t("field-title") required=true autofocus=true />
        {deal_field}
        <div class="form-pair">
            <DateField bound=day label=t("activity-day") />
            {time_field(time)}
        </div>
        <div class="form-pair">
            <NumberField bound=minutes label=t("field-duration-minutes") />
            {(!is_done)
                .then(|| {
                    let bound = form.field("remind_at", when::reminder_of, when::set_reminder);
                    view! { <SelectField bound label=t("field-remind-at") choices=reminders(form) /> }
                })}
        </div>
        <PickerList
            bound=contacts
            label=t("field-contact-ids")
            source=PickerSource::Contacts(Signal::stored(None))
        />
        <PickerList
            bound=colleagues
            label=t("field-participant-ids")
            source=PickerSource::Users
        />
        {is_done.then(|| view! { <TextArea bound=result label=t("field-result") /> })}
        <TextArea bound=note label=t("field-note") />
    }
    .into_any()
}

fn kind_field(form: Form<ActivityDraft>) -> Bound<String> {
    form.field(
        "kind",
        |d: &ActivityDraft| d.kind.to_string(),
        |d, v| d.kind = v.parse().unwrap_or(d.kind),
    )
}

fn kinds() -> Vec<Choice> {
    ActivityKind::ALL
        .iter()
        .map(|kind| {
            let word = kind.as_str();
            Choice::new(word, words::word("activity-kind", word))
        })
        .collect()
}

/// The usual reminders, and the present one when it is another.
fn reminders(form: Form<ActivityDraft>) -> Signal<Vec<Choice>> {
    Signal::derive(move || {
        let present = form.draft.with(when::reminder_of);
        let mut choices: Vec<Choice> = [
            ("", "remind-never"),
            ("0", "remind-at-start"),
            ("15", "remind-15"),
            ("60", "remind-60"),
            ("1440", "remind-1440"),
        ]
        .into_iter()
        .map(|(value, text)| Choice::new(value, t(text)))
        .collect();
        if choices.iter().all(|choice| choice.value != present) {
            let label = t_with(
                "remind-before",
                &arguments! { "minutes" => present.clone() },
            );
            choices.push(Choice::new(present, label));
        }
        choices
    })
}

fn time_field(bound: Bound<String>) -> AnyView {
    let Bound { id, get, set, .. } = bound;
    view! {
        <div class="field">
            <label for=id.clone() class="field-label">{t("activity-time")}</label>
            <input
                id=id
                type="time"
                class="input"
                step="300"
                prop:value=move || get.get()
                on:change=move |event| set.run(event_target_value(&event))
            />
        </div>
    }
    .into_any()
}
