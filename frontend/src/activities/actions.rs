//! What one does with an activity without a form.

use std::time::Duration;

use chrono::Days;
use etalon_domain::activity::{Activity, CancelActivity, CompleteActivity};
use etalon_domain::endpoint::{
    Activities, CancelActivityEndpoint, CompleteActivityEndpoint, Endpoint, Patch,
    ReopenActivityEndpoint,
};
use leptos::task::spawn_local;
use serde_json::json;

use super::when;
use crate::api;
use crate::i18n::{arguments, format, t_with};
use crate::query::{invalidate, keep_fresh};
use crate::ui::toast;

/// What shows activities or what follows from them.
pub(super) fn changed() {
    invalidate(&["activities", "my-day", "deals", "leads", "notifications"]);
}

fn run<E>(endpoint: E, said: &'static str, undo: Option<fn(&Activity)>)
where
    E: Endpoint<Answer = Activity> + 'static,
{
    spawn_local(async move {
        match api::call(endpoint).await {
            Ok(activity) => {
                changed();
                let text = t_with(said, &arguments! { "name" => activity.title.clone() });
                match undo {
                    Some(undo) => toast::done_with_undo(text, move || undo(&activity)),
                    None => toast::done(text),
                }
            }
            Err(failure) => {
                toast::failed(&failure);
                changed();
            }
        }
    });
}

/// Marks an activity as done.
pub(super) fn complete(activity: &Activity, result: Option<String>) {
    let endpoint = CompleteActivityEndpoint {
        id: activity.id.to_string(),
        version: Some(activity.version),
        body: CompleteActivity {
            result,
            ..CompleteActivity::default()
        },
    };
    run(endpoint, "activity-done", Some(reopen));
}

/// Calls an activity off.
pub(super) fn cancel(activity: &Activity) {
    let endpoint = CancelActivityEndpoint {
        id: activity.id.to_string(),
        version: Some(activity.version),
        body: CancelActivity::default(),
    };
    run(endpoint, "activity-cancelled", Some(reopen));
}

/// Plans an activity again.
pub(super) fn reopen(activity: &Activity) {
    let endpoint = ReopenActivityEndpoint {
        id: activity.id.to_string(),
        version: Some(activity.version),
        body: (),
    };
    run(endpoint, "activity-reopened", None);
}

/// Moves an activity to a later day, counted from today, at the time that it has.
pub(super) fn move_to(activity: &Activity, days: u64) {
    let day = format::today() + Days::new(days);
    let mut draft = etalon_domain::activity::ActivityDraft::from(activity);
    when::set_day(&mut draft, Some(day));
    let change = json!({
        "due_on": draft.due_on,
        "starts_at": draft.starts_at,
        "remind_at": draft.remind_at,
    });
    let endpoint =
        Patch::<Activities>::new(activity.id.to_string(), Some(activity.version), change);
    run(endpoint, "activity-moved", None);
}

/// Renews what the screen shows every minute, as long as it is there.
pub(super) fn stay_fresh() {
    keep_fresh(Duration::from_secs(60), || {
        invalidate(&["activities", "my-day"])
    });
}
