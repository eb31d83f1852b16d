//! When an activity is due, as a form edits it and a list shows it: a day, perhaps a time.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use etalon_domain::activity::{Activity, ActivityDraft, ActivityKind};

use crate::i18n::format;

/// The hour at which a day without a time reminds.
const MORNING: u32 = 9;

/// The day of a draft in the reader's time zone.
pub(super) fn day_of(draft: &ActivityDraft) -> Option<NaiveDate> {
    draft
        .due_on
        .or_else(|| draft.starts_at.map(format::local_day))
}

/// The time of a draft, `HH:MM`; empty when it is due on a day as a whole.
pub(super) fn time_of(draft: &ActivityDraft) -> String {
    draft.starts_at.map(format::local_time).unwrap_or_default()
}

/// Moves a draft to a day, at the time that it has.
pub(super) fn set_day(draft: &mut ActivityDraft, day: Option<NaiveDate>) {
    let time = time_of(draft);
    place(draft, day, &time);
}

/// Moves a draft to a time of its day; an empty text makes it due on the day as a whole.
pub(super) fn set_time(draft: &mut ActivityDraft, time: String) {
    let day = day_of(draft);
    place(draft, day, &time);
}

fn place(draft: &mut ActivityDraft, day: Option<NaiveDate>, time: &str) {
    let lead = reminder_of(draft);
    let at = time
        .get(..5)
        .and_then(|t| NaiveTime::parse_from_str(t, "%H:%M").ok());
    match (day, at) {
        (Some(day), Some(at)) => {
            draft.starts_at = Some(format::instant_at(day, at));
            draft.due_on = None;
        }
        (day, _) => {
            draft.due_on = day;
            draft.starts_at = None;
        }
    }
    set_reminder(draft, lead);
}

/// When a draft begins: of a day as a whole the morning.
fn begins(draft: &ActivityDraft) -> Option<DateTime<Utc>> {
    let morning = NaiveTime::from_hms_opt(MORNING, 0, 0)?;
    (draft.starts_at).or_else(|| draft.due_on.map(|day| format::instant_at(day, morning)))
}

/// How many minutes before its beginning a draft reminds; empty when it does not.
pub(super) fn reminder_of(draft: &ActivityDraft) -> String {
    begins(draft)
        .zip(draft.remind_at)
        .map(|(begins, at)| (begins - at).num_minutes().to_string())
        .unwrap_or_default()
}

/// Makes a draft remind so many minutes before its beginning.
pub(super) fn set_reminder(draft: &mut ActivityDraft, minutes: String) {
    let lead = minutes.parse().ok().map(Duration::minutes);
    draft.remind_at = begins(draft).zip(lead).map(|(begins, lead)| begins - lead);
}

/// When an activity is due, in words: `today 10:30`, `3 days ago`.
pub(super) fn words(activity: &Activity) -> String {
    match (activity.starts_at, activity.due_on) {
        (Some(at), _) => {
            let day = format::near_day(format::local_day(at));
            format!("{day}, {}", format::local_time(at))
        }
        (None, Some(day)) => format::near_day(day),
        (None, None) => String::new(),
    }
}

/// The day of an activity in the reader's time zone.
pub(super) fn day(activity: &Activity) -> Option<NaiveDate> {
    activity
        .due_on
        .or_else(|| activity.starts_at.map(format::local_day))
}

/// The icon of a kind.
pub(super) fn kind_icon(kind: ActivityKind) -> leptos::prelude::AnyView {
    use crate::ui::icon;
    match kind {
        ActivityKind::Call => icon!("phone"),
        ActivityKind::Meeting => icon!("users"),
        ActivityKind::Task => icon!("list-checks"),
        ActivityKind::Email => icon!("mail"),
    }
}
