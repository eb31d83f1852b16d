use etalon_domain::endpoint::{Endpoint, Restorable, Timeline};
use etalon_domain::event::{EventKind, FieldChange, TimelineEntry, TimelineFilter, Via};
use etalon_domain::page::Page;
use etalon_domain::stage::Stages;
use leptos::prelude::*;
use serde_json::Value;

use super::timeline_words::{headline, is_told, value_text};
use crate::i18n::{format, t, words};
use crate::query::use_pages;
use crate::ui::{Avatar, ErrorState, LoadMore, SkeletonRows, icon};

/// The history of a record, newest first: who did what and when, with the values before and after.
pub fn history<R: Restorable + 'static>(id: String) -> AnyView
where
    Timeline<R>: Endpoint<Answer = Page<TimelineEntry>>,
{
    let stages = super::use_stages();
    let pages = use_pages(move |cursor, limit| {
        let limit = Some(limit);
        Timeline::<R>::new(
            id.clone(),
            TimelineFilter {
                limit,
                cursor,
                ..Default::default()
            },
        )
    });
    let trouble = move || {
        pages
            .failure
            .get()
            .map(|failure| view! { <ErrorState failure on_retry=move |()| pages.retry() /> })
    };
    view! {
        {trouble}
        <Show when=move || !pages.ready.get() && pages.slow.get()>
            <SkeletonRows rows=4 />
        </Show>
        <ol class="history">
            <For
                each=move || pages.items.get()
                key=|entry| entry.id.clone()
                children=move |entry| show(entry, stages)
            />
        </ol>
        <LoadMore pages />
    }
    .into_any()
}

fn show(entry: TimelineEntry, stages: Memo<Stages>) -> AnyView {
    let picture = match entry.kind {
        EventKind::Created => icon!("plus"),
        EventKind::Updated => icon!("pencil"),
        EventKind::StageAdvanced => icon!("arrow-right"),
        EventKind::StageReturned => icon!("undo-2"),
        EventKind::Closed => icon!("flag"),
        EventKind::Reopened => icon!("rotate-ccw"),
        EventKind::Deleted => icon!("trash-2"),
        EventKind::Restored => icon!("archive-restore"),
        EventKind::StepDone | EventKind::ActivityDone => icon!("check"),
        EventKind::StepReopened => icon!("rotate-ccw"),
        EventKind::VisaAsked => icon!("send"),
        EventKind::VisaVoided => icon!("circle-slash"),
        EventKind::Decided | EventKind::VisaGiven | EventKind::ProposalDecided => {
            icon!("scale")
        }
        EventKind::GateOverridden => icon!("shield-alert"),
        EventKind::ProcessChanged => icon!("route"),
        EventKind::TeamChanged | EventKind::KeyContactChanged => icon!("users"),
        EventKind::CompetitorChanged => icon!("swords"),
        EventKind::ConcessionChanged => icon!("handshake"),
        EventKind::DocumentChanged
        | EventKind::MinutesChanged
        | EventKind::ProposalChanged
        | EventKind::ProposalSubmitted => icon!("file-text"),
        EventKind::MinutesSent | EventKind::ProposalSent => icon!("send"),
        EventKind::MaterialShown => icon!("book-open"),
        EventKind::ActivityPlanned | EventKind::ActivityChanged => icon!("calendar"),
        EventKind::ActivityCancelled => icon!("x"),
        EventKind::FileAdded | EventKind::FileRemoved => icon!("paperclip"),
    };
    let who = match &entry.actor {
        Some(actor) => actor.name.clone(),
        None => t("actor-system"),
    };
    let via = match entry.via {
        Via::Import => Some(t("via-import")),
        Via::Form => Some(t("via-form")),
        Via::Api | Via::System => None,
    };
    let via = via.map(|via| view! { <span class="mark">{via}</span> });
    let title = {
        let entry = entry.clone();
        move || stages.with(|stages| headline(&entry, stages))
    };
    let is_new = entry.kind == EventKind::Created;
    let changes = entry
        .changes
        .iter()
        .filter(|c| !is_told(&entry, &c.field))
        .map(|c| change(c, is_new, stages))
        .collect::<Vec<_>>();
    let changes = (!changes.is_empty()).then(|| view! { <ul class="change-list">{changes}</ul> });
    let reason = entry
        .reason
        .clone()
        .map(|reason| view! { <p class="history-reason">{reason}</p> });
    view! {
        <li class="history-entry">
            <span class="history-mark">{picture}</span>
            <div class="min-w-0 flex-1">
                <p class="history-title">{title}</p>
                {reason}
                {changes}
                <p class="history-meta">
                    <Avatar name=who.clone() />
                    <span>{who}</span>
                    <time datetime=entry.at.to_rfc3339() title=format::instant(entry.at)>
                        {format::near_instant(entry.at)}
                    </time>
                    {via}
                </p>
            </div>
        </li>
    }
    .into_any()
}

fn change(change: &FieldChange, is_new: bool, stages: Memo<Stages>) -> AnyView {
    let shown = |value: &Value| {
        let (field, value) = (change.field.clone(), value.clone());
        move || stages.with(|stages| value_text(&field, &value, stages))
    };
    let (from, to) = (shown(&change.from), shown(&change.to));
    view! {
        <li>
            <span class="change-field">{words::field(&change.field)}</span>
            {(!is_new && !change.from.is_null())
                .then(|| {
                    view! {
                        <span class="change-from">{from}</span>
                        {icon!("arrow-right")}
                    }
                })}
            <span class="change-to">{to}</span>
        </li>
    }
    .into_any()
}
