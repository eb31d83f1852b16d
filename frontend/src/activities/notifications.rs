//! What the product tells the reader: unread first in the eye, put off with one press.

use chrono::Duration;
use etalon_domain::endpoint::{
    Endpoint, ListNotifications, ReadAllNotifications, ReadNotification,
    SnoozeNotificationEndpoint, encode_component,
};
use etalon_domain::notification::{
    Notification, NotificationFilter, NotificationKind, NotificationSubject, SnoozeNotification,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::address::use_go;
use crate::api;
use crate::i18n::{format, t, t_count, words};
use crate::layout::{PageHead, set_trail};
use crate::query::{invalidate, use_pages};
use crate::records::{ListBody, status_of};
use crate::routes::paths;
use crate::ui::{Button, EmptyState, LoadMore, Menu, MenuItem, icon, toast};

/// The notifications.
#[component]
pub(super) fn NotificationsPage() -> impl IntoView {
    set_trail(vec![(t("nav-notifications"), None)]);
    let pages = use_pages(|cursor, limit| {
        ListNotifications(NotificationFilter {
            limit: Some(limit),
            cursor,
            ..NotificationFilter::default()
        })
    });
    let empty = || {
        view! {
            <EmptyState
                picture=icon!("bell")
                title=t("notifications-empty-title")
                text=t("notifications-empty-text")
            />
        }
    };
    view! {
        <PageHead title=t("nav-notifications")>
            <Button on_press=|()| send(ReadAllNotifications)>
                {icon!("check")}
                {t("notifications-read-all")}
            </Button>
        </PageHead>
        <div class="settings-body">
            <ListBody status=status_of(pages) empty>
                <ul class="activity-list card-box">
                    <For
                        each=move || pages.items.get()
                        key=|n: &Notification| (n.id.clone(), n.read_at, n.snoozed_until)
                        children=row
                    />
                </ul>
                <LoadMore pages />
            </ListBody>
        </div>
    }
    .into_any()
}

fn send<E: Endpoint + 'static>(endpoint: E) {
    spawn_local(async move {
        if let Err(failure) = api::call(endpoint).await {
            toast::failed(&failure);
        }
        invalidate(&["notifications", "my-day"]);
    });
}

fn row(notification: Notification) -> AnyView {
    let go = use_go();
    let is_unread = notification.read_at.is_none();
    let id = notification.id.to_string();
    let href = href(&notification);
    let title = title(&notification);
    let kind = notification.kind;
    let name = (notification.subject.clone())
        .filter(|_| kind != NotificationKind::ActivitiesOverdue)
        .map(|subject| subject.name);
    let by = notification.data["by"].as_str();
    let by = by
        .or_else(|| notification.data["step"].as_str())
        .map(str::to_owned);
    let about = notification.data["deal_title"].as_str().map(str::to_owned);
    let open = {
        let (id, href) = (id.clone(), href.clone());
        move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            send(ReadNotification(id.clone()));
            go.to(href.clone());
        }
    };
    let snooze = move |hours: i64| {
        let id = id.clone();
        move |()| {
            let until = format::now() + Duration::hours(hours);
            let body = SnoozeNotification { until };
            send(SnoozeNotificationEndpoint {
                id: id.clone(),
                body,
            });
        }
    };
    let (hour, morning) = (snooze(1), snooze(24));
    let read = {
        let id = notification.id.to_string();
        move |()| send(ReadNotification(id.clone()))
    };
    view! {
        <li class="activity-row" class:is-unread=is_unread>
            <span class="activity-tick">{picture(kind)}</span>
            <div class="min-w-0 flex-1">
                <p class="activity-title">
                    <a class="cell-title" href=href on:click=open>
                        {title} {name.map(|name| format!(": {name}"))}
                    </a>
                    {is_unread.then(|| view! { <span class="mark mark-info">{t("notification-unread")}</span> })}
                </p>
                <p class="activity-under">
                    <time
                        datetime=notification.created_at.to_rfc3339()
                        title=format::instant(notification.created_at)
                    >
                        {format::near_instant(notification.created_at)}
                    </time>
                    {about.map(|about| view! { <span class="truncate">{about}</span> })}
                    {by.map(|by| view! { <span>{by}</span> })}
                </p>
            </div>
            {is_unread
                .then(|| {
                    view! {
                        <Menu label=t("more-actions") end=true trigger=icon!("ellipsis")>
                            <MenuItem on_select=hour.clone()>{icon!("clock")} {t("snooze-hour")}</MenuItem>
                            <MenuItem on_select=morning.clone()>{icon!("clock")} {t("snooze-day")}</MenuItem>
                            <MenuItem on_select=read.clone()>{icon!("check")} {t("notification-read")}</MenuItem>
                        </Menu>
                    }
                })}
        </li>
    }
    .into_any()
}

fn title(notification: &Notification) -> String {
    match notification.kind {
        NotificationKind::ActivitiesOverdue => {
            let count = notification.data["count"].as_i64().unwrap_or(1);
            t_count("notification-activities-overdue", count)
        }
        kind => words::word("notification", kind.as_str()),
    }
}

fn picture(kind: NotificationKind) -> AnyView {
    match kind {
        NotificationKind::Reminder | NotificationKind::ActivitiesOverdue => icon!("bell"),
        NotificationKind::StepOverdue => icon!("clock-alert"),
        NotificationKind::ActivityAssigned => icon!("calendar"),
        NotificationKind::LeadNew
        | NotificationKind::LeadReturned
        | NotificationKind::LeadConverted => icon!("user-plus"),
        NotificationKind::DealAssigned
        | NotificationKind::TeamJoined
        | NotificationKind::DealWon => icon!("briefcase-business"),
        NotificationKind::TacticReview => icon!("route"),
        NotificationKind::MinutesDue => icon!("send"),
        NotificationKind::VisaWanted
        | NotificationKind::VisaDecided
        | NotificationKind::ProposalExpiring => icon!("file-text"),
    }
}

/// Where one sees what a notification is about.
fn href(notification: &Notification) -> String {
    let id = notification.subject.as_ref().map_or("", |s| s.id.as_str());
    let deal = notification.data["deal_id"].as_str();
    match (notification.kind, notification.entity) {
        (NotificationKind::ActivitiesOverdue, _) => paths::MY_DAY.to_owned(),
        (_, Some(NotificationSubject::Activity)) => format!("{}?activity={id}", paths::MY_DAY),
        (_, Some(NotificationSubject::Deal)) => match notification.data["step_id"].as_str() {
            Some(step) => format!("{}?step={}", paths::deal(id), encode_component(step)),
            None => paths::deal(id),
        },
        (_, Some(NotificationSubject::Lead)) => format!("/leads/{id}"),
        (_, Some(NotificationSubject::Proposal)) if !id.is_empty() => paths::proposal(id),
        (_, Some(NotificationSubject::Proposal)) => {
            deal.map_or_else(|| paths::MY_DAY.to_owned(), paths::deal)
        }
        (_, None) => paths::MY_DAY.to_owned(),
    }
}
