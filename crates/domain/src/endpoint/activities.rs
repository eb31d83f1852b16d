//! What one does with activities beyond the usual verbs, *my day*, and notifications.

use super::{Endpoint, Method, encode_component, json, to_query};
use crate::activity::{Activity, CancelActivity, CompleteActivity, MyDay, MyDayQuery};
use crate::notification::{Notification, NotificationFilter, SnoozeNotification};
use crate::page::Page;

macro_rules! actions {
    ($( $(#[$meta:meta])* $name:ident: $suffix:literal, $body:ty; )+) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $name {
            /// Identifier of the activity.
            pub id: String,
            /// The version that the person has seen.
            pub version: Option<i64>,
            /// What is to happen.
            pub body: $body,
        }

        impl Endpoint for $name {
            type Answer = Activity;
            const METHOD: Method = Method::Post;

            fn path(&self) -> String {
                format!(concat!("/activities/{}/", $suffix), encode_component(&self.id))
            }

            fn body(&self) -> Option<String> {
                json(&self.body)
            }

            fn version(&self) -> Option<i64> {
                self.version
            }
        }
    )+ };
}

actions! {
    /// Marks an activity as done.
    CompleteActivityEndpoint: "complete", CompleteActivity;
    /// Calls an activity off.
    CancelActivityEndpoint: "cancel", CancelActivity;
    /// Plans an activity again.
    ReopenActivityEndpoint: "reopen", ();
}

/// What the person has to do on a day.
#[derive(Clone, Copy, Debug)]
pub struct GetMyDay(
    /// Which day.
    pub MyDayQuery,
);

impl Endpoint for GetMyDay {
    type Answer = MyDay;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        "/my-day".to_owned()
    }

    fn query(&self) -> String {
        to_query(&self.0)
    }
}

/// What the person was told, newest first.
#[derive(Clone, Debug)]
pub struct ListNotifications(
    /// Filters and page.
    pub NotificationFilter,
);

impl Endpoint for ListNotifications {
    type Answer = Page<Notification>;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        "/notifications".to_owned()
    }

    fn query(&self) -> String {
        to_query(&self.0)
    }
}

/// Marks a notification as read.
#[derive(Clone, Debug)]
pub struct ReadNotification(
    /// Identifier of the notification.
    pub String,
);

impl Endpoint for ReadNotification {
    type Answer = Notification;
    const METHOD: Method = Method::Post;

    fn path(&self) -> String {
        format!("/notifications/{}/read", encode_component(&self.0))
    }
}

/// Puts a notification off.
#[derive(Clone, Debug)]
pub struct SnoozeNotificationEndpoint {
    /// Identifier of the notification.
    pub id: String,
    /// Until when.
    pub body: SnoozeNotification,
}

impl Endpoint for SnoozeNotificationEndpoint {
    type Answer = Notification;
    const METHOD: Method = Method::Post;

    fn path(&self) -> String {
        format!("/notifications/{}/snooze", encode_component(&self.id))
    }

    fn body(&self) -> Option<String> {
        json(&self.body)
    }
}

/// Marks all notifications as read.
#[derive(Clone, Copy, Debug)]
pub struct ReadAllNotifications;

impl Endpoint for ReadAllNotifications {
    type Answer = ();
    const METHOD: Method = Method::Post;

    fn path(&self) -> String {
        "/notifications/read-all".to_owned()
    }
}
