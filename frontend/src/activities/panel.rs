//! The panels of activities, opened by the address: `activity=<id>` shows one, `new=activity` begins
//! one.

use chrono::{NaiveDate, NaiveTime};
use etalon_domain::activity::{
    Activity, ActivityDraft, ActivityKind, ActivityOrigin, ActivityStatus,
};
use etalon_domain::endpoint::{Activities, GetRecord};
use etalon_domain::id::Ref;
use leptos::prelude::*;

use super::form::{ActivityEditor, NewActivity};
use super::{actions, when};
use crate::address::{use_changes, use_value};
use crate::i18n::{format, t, words};
use crate::query::use_query;
use crate::routes::paths;
use crate::ui::{
    Badge, Bound, Button, ErrorState, Fact, Facts, Look, Panel, Skeleton, TextArea, Tone, icon,
    link_fact, text_fact,
};

/// Whatever panel of an activity the address asks for. A new one belongs to `deal`, when there is one.
pub(super) fn panels(deal: Option<Ref>) -> AnyView {
    let (new, shown, edit) = (use_value("new"), use_value("activity"), use_value("mode"));
    let (day, time, kind) = (use_value("on"), use_value("at"), use_value("kind"));
    let changes = use_changes();
    let close = Callback::new(move |()| {
        let gone = ["new", "activity", "mode", "on", "at", "kind"].map(|name| (name, None));
        changes.apply(&gone);
    });
    let fresh = move || {
        let wanted = new.get()?;
        let is_logged = wanted == "done";
        if wanted != "activity" && !is_logged {
            return None;
        }
        let day = (day.get_untracked()).and_then(|day| day.parse::<NaiveDate>().ok());
        let time =
            (time.get_untracked()).and_then(|at| NaiveTime::parse_from_str(&at, "%H:%M").ok());
        let kind = (kind.get_untracked()).and_then(|kind| kind.parse().ok());
        let mut draft = ActivityDraft::new(kind.unwrap_or(ActivityKind::Call), "");
        draft.deal_id = deal.as_ref().map(|d| d.id.clone().into());
        let day = day.unwrap_or_else(format::today);
        match time {
            Some(time) => draft.starts_at = Some(format::instant_at(day, time)),
            None => draft.due_on = Some(day),
        }
        if is_logged {
            let now = format::now();
            draft.due_on = None;
            draft.starts_at = Some(now);
            draft.done_at = Some(now);
        }
        let deal = deal.clone();
        Some(view! { <NewActivity draft deal on_close=close /> }.into_any())
    };
    let one = move || {
        let id = shown.get()?;
        let query = use_query(move || Some(GetRecord::<Activities>::new(id.clone())));
        let content = move || match (query.data.get(), query.failure.get()) {
            (Some(activity), _) if edit.get().as_deref() == Some("edit") => {
                view! { <ActivityEditor activity on_close=close /> }.into_any()
            }
            (Some(activity), _) => details(activity, close),
            (None, Some(failure)) => view! {
                <Panel title=t("field-activity") on_close=close>
                    <ErrorState failure on_retry=move |()| query.retry() />
                </Panel>
            }
            .into_any(),
            (None, None) => view! {
                <Panel title=t("loading") on_close=close>
                    <div class="dialog-body form-stack"><Skeleton class="h-4 w-1/2" /></div>
                </Panel>
            }
            .into_any(),
        };
        Some(content.into_any())
    };
    view! {
        {fresh}
        {one}
    }
    .into_any()
}

fn details(activity: Activity, close: Callback<()>) -> AnyView {
    let changes = use_changes();
    let is_planned = activity.status == ActivityStatus::Planned;
    let may_change = activity.changeable;
    let deal = activity
        .deal_id
        .clone()
        .zip(activity.deal_title.clone())
        .map(|(id, title)| link_fact(paths::deal(id.as_str()), title));
    let account = activity
        .account_id
        .clone()
        .zip(activity.account_name.clone())
        .map(|(id, name)| link_fact(paths::account(id.as_str()), name));
    let lead = activity.lead_title.clone();
    let names = |list: &[Ref]| {
        let names: Vec<&str> = list.iter().map(|r| r.name.as_str()).collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    let contacts = names(&activity.contacts);
    let colleagues = names(&activity.participants);
    let result = RwSignal::new(activity.result.clone().unwrap_or_default());
    let bound = Bound::at_once("result", "activity-result", result, move |text| {
        result.set(text)
    });
    let status = words::word("activity-status", activity.status.as_str());
    let tone = match activity.status {
        ActivityStatus::Done => Tone::Success,
        _ => Tone::Neutral,
    };
    let due = when::words(&activity);
    let owner = activity.owner_name.clone();
    let (remind, done_at) = (
        activity.remind_at.map(format::instant),
        activity.done_at.map(format::instant),
    );
    let note = activity.note.clone();
    let outcome = activity.result.clone().filter(|_| !is_planned);
    let (kind, picture) = (activity.kind, when::kind_icon(activity.kind));
    let title = activity.title.clone();
    let stored = StoredValue::new(activity.clone());
    let and_close = move |f: fn(&Activity)| {
        move |()| {
            stored.with_value(f);
            close.run(());
        }
    };
    let complete = move |()| {
        let text = Some(result.get_untracked()).filter(|t| !t.trim().is_empty());
        stored.with_value(|activity| actions::complete(activity, text));
        close.run(());
    };
    let overdue = activity
        .overdue
        .then(|| view! { <Badge tone=Tone::Danger>{t("activity-overdue")}</Badge> });
    let by_process = (activity.origin == ActivityOrigin::Process).then(
        || view! { <Badge tone=Tone::Info>{icon!("route")} {t("activity-by-process")}</Badge> },
    );
    view! {
        <Panel title on_close=close>
            <div class="dialog-body form-stack">
                <p class="activity-marks">
                    <span class="activity-kind">{picture}</span>
                    {words::word("activity-kind", kind.as_str())}
                    <Badge tone>{status}</Badge>
                    {overdue} {by_process}
                </p>
                <Facts>
                    <Fact label=t("field-due-on") value=text_fact(Some(due)) />
                    <Fact label=t("field-deal-id") value=deal />
                    {lead.map(|lead| view! { <Fact label=t("field-lead-id") value=text_fact(Some(lead)) /> })}
                    <Fact label=t("field-account-id") value=account />
                    <Fact label=t("field-owner-id") value=text_fact(Some(owner)) />
                    <Fact label=t("field-contact-ids") value=text_fact(contacts) />
                    <Fact label=t("field-participant-ids") value=text_fact(colleagues) />
                    <Fact label=t("field-remind-at") value=text_fact(remind) />
                    {done_at.map(|at| view! { <Fact label=t("field-done-at") value=text_fact(Some(at)) /> })}
                </Facts>
                {note.map(|note| view! { <p class="record-notes">{note}</p> })}
                {(is_planned && may_change)
                    .then(|| view! { <TextArea bound label=t("field-result") autofocus=true /> })}
                {outcome.map(|text| view! { <p class="record-notes">{text}</p> })}
            </div>
            {may_change
                .then(|| {
                    view! {
                        <footer class="dialog-foot">
                            {is_planned
                                .then(|| view! { <Button on_press=and_close(actions::cancel)>{t("activity-cancel")}</Button> })}
                            <Button on_press=move |()| changes.apply(&[("mode", Some("edit"))])>{t("edit")}</Button>
                            {if is_planned {
                                view! { <Button look=Look::Primary on_press=complete>{t("activity-complete")}</Button> }
                            } else {
                                view! { <Button on_press=and_close(actions::reopen)>{t("activity-reopen")}</Button> }
                            }}
                        </footer>
                    }
                })}
        </Panel>
    }
    .into_any()
}
