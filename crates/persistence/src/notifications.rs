//! Notifications: what the product tells a person, once, in the app and, if wanted, by e-mail.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text, Timestamp};
use etalon_domain::error::{Error as DomainError, ErrorCode, FieldCode};
use etalon_domain::id::{NotificationId, Ref, UserId};
use etalon_domain::notification::{
    Notification, NotificationFilter, NotificationKind, NotificationSubject, SnoozeNotification,
};
use etalon_domain::page::{Page, Totals};
use etalon_domain::policy::Actor;
use etalon_domain::time::{Instant, from_naive, to_naive};
use etalon_domain::user::Language;
use serde_json::{Value, json};

use crate::connection::Tx;
use crate::context::new_id;
use crate::error::Result;
use crate::page::{Cursor, decode, encode, limit};
use crate::schema::{notifications, user_preferences, users};

/// Kind of the job that sends a notification by e-mail; its payload names it.
pub const MAIL_JOB: &str = "mail";

/// How long a notification may be put off.
const LONGEST_SNOOZE_DAYS: i64 = 366;

/// Something to tell a person.
#[derive(Clone, Debug)]
pub struct NewNotification<'a> {
    /// Whom.
    pub user_id: &'a UserId,
    /// What.
    pub kind: NotificationKind,
    /// The kind of record that it is about.
    pub entity: NotificationSubject,
    /// Identifier of that record.
    pub id: &'a str,
    /// Its name.
    pub title: &'a str,
    /// What else belongs to it.
    pub data: Value,
    /// Names the occasion: for one occasion a person is told once, however many servers notice it.
    pub dedupe_key: String,
}

/// Tells a person something, in the caller's transaction, and puts the e-mail into the queue when the
/// person wants one. Returns whether it is news: not when the same occasion was told before.
///
/// # Errors
/// When the database cannot be written.
pub fn notify(tx: &mut Tx<'_>, news: &NewNotification<'_>, now: Instant) -> Result<bool> {
    // Both databases know this form, which leaves the transaction usable when the key is taken.
    const INSERT: &str = "INSERT INTO notifications \
         (id, user_id, kind, entity, entity_id, title, data, dedupe_key, created_at, shows_at, \
         read_at, mailed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
         ON CONFLICT (dedupe_key) DO NOTHING";
    let id = new_id();
    let inserted = diesel::sql_query(INSERT)
        .bind::<Text, _>(&id)
        .bind::<Text, _>(news.user_id.as_str())
        .bind::<Text, _>(news.kind.as_str())
        .bind::<Nullable<Text>, _>(Some(news.entity.as_str()))
        .bind::<Nullable<Text>, _>(Some(news.id))
        .bind::<Text, _>(news.title)
        .bind::<Text, _>(news.data.to_string())
        .bind::<Text, _>(&news.dedupe_key)
        .bind::<Timestamp, _>(to_naive(now))
        .bind::<Timestamp, _>(to_naive(now))
        .bind::<Nullable<Timestamp>, _>(None::<NaiveDateTime>)
        .bind::<Nullable<Timestamp>, _>(None::<NaiveDateTime>)
        .execute(tx.conn)?;
    if inserted == 0 {
        return Ok(false);
    }
    if wants_mail(tx, news.user_id)? {
        crate::jobs::enqueue(tx, MAIL_JOB, &json!({"notification": id}), now, now)?;
    }
    Ok(true)
}

/// Whether a person has an address and has not switched e-mail off.
fn wants_mail(tx: &mut Tx<'_>, user: &UserId) -> Result<bool> {
    let found: Option<(bool, Option<String>, Option<bool>)> = users::table
        .left_join(user_preferences::table.on(user_preferences::user_id.eq(users::id)))
        .filter(users::id.eq(user.as_str()))
        .select((
            users::active,
            users::email,
            user_preferences::mail.nullable(),
        ))
        .first(tx.conn)
        .optional()?;
    Ok(found.is_some_and(|(active, email, mail)| active && email.is_some() && mail != Some(false)))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = notifications)]
struct Row {
    id: String,
    kind: String,
    entity: Option<String>,
    entity_id: Option<String>,
    title: String,
    data: String,
    created_at: NaiveDateTime,
    shows_at: NaiveDateTime,
    read_at: Option<NaiveDateTime>,
}

impl Row {
    fn into_notification(self, now: NaiveDateTime) -> Result<Notification> {
        Ok(Notification {
            id: NotificationId::new(self.id),
            kind: self.kind.parse()?,
            entity: self.entity.map(|entity| entity.parse()).transpose()?,
            subject: self.entity_id.map(|id| Ref {
                id,
                name: self.title,
            }),
            data: serde_json::from_str(&self.data)?,
            created_at: from_naive(self.created_at),
            read_at: self.read_at.map(from_naive),
            snoozed_until: (self.shows_at > now).then(|| from_naive(self.shows_at)),
        })
    }
}

/// A page of what the actor was told, newest first; what was put off comes back when its time has
/// come.
///
/// # Errors
/// `invalid_fields` when a filter is not valid, or the database cannot be read.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    filter: &NotificationFilter,
    now: Instant,
) -> Result<Page<Notification>> {
    const ORDER: &str = "-shows_at";
    let wanted = limit(filter.limit)?;
    let cursor: Option<Cursor<NaiveDateTime>> = decode(ORDER, filter.cursor.as_deref())?;
    let now = to_naive(now);
    macro_rules! narrow {
        ($query:expr) => {{
            let mut query = $query
                .filter(notifications::user_id.eq(actor.user_id.as_str()))
                .filter(notifications::shows_at.le(now));
            if filter.unread == Some(true) {
                query = query.filter(notifications::read_at.is_null());
            }
            query
        }};
    }
    let mut query = narrow!(notifications::table.select(Row::as_select()).into_boxed());
    if let Some(Cursor {
        value: Some(at),
        id,
    }) = cursor
    {
        query = query
            .filter(notifications::shows_at.le(at))
            .filter(notifications::shows_at.lt(at).or(notifications::id.lt(id)));
    }
    let mut rows: Vec<Row> = query
        .order((notifications::shows_at.desc(), notifications::id.desc()))
        .limit(wanted as i64 + 1)
        .load(tx.conn)?;
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let next_cursor = rows
        .last()
        .filter(|_| more)
        .map(|row| encode(ORDER, Some(&row.shows_at), &row.id));
    let totals = match filter.totals {
        Some(true) => {
            let query = notifications::table
                .select(diesel::dsl::count_star())
                .into_boxed();
            Some(Totals {
                count: narrow!(query).first(tx.conn)?,
                amount: None,
                weighted: None,
                unconverted: 0,
                stages: Vec::new(),
            })
        }
        _ => None,
    };
    Ok(Page {
        items: (rows.into_iter())
            .map(|row| row.into_notification(now))
            .collect::<Result<_>>()?,
        next_cursor,
        totals,
    })
}

/// How many notifications a person has not read, without those that were put off.
///
/// # Errors
/// When the database cannot be read.
pub fn unread(tx: &mut Tx<'_>, user: &UserId, now: Instant) -> Result<i64> {
    Ok(notifications::table
        .filter(notifications::user_id.eq(user.as_str()))
        .filter(notifications::read_at.is_null())
        .filter(notifications::shows_at.le(to_naive(now)))
        .count()
        .get_result(tx.conn)?)
}

fn get(tx: &mut Tx<'_>, actor: &Actor, id: &NotificationId, now: Instant) -> Result<Notification> {
    let row: Option<Row> = notifications::table
        .filter(notifications::id.eq(id.as_str()))
        .filter(notifications::user_id.eq(actor.user_id.as_str()))
        .select(Row::as_select())
        .first(tx.conn)
        .optional()?;
    row.ok_or(ErrorCode::NotFound)?
        .into_notification(to_naive(now))
}

/// Marks a notification of the actor as read.
///
/// # Errors
/// `not_found`, or that the database failed.
pub fn read(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: &NotificationId,
    now: Instant,
) -> Result<Notification> {
    let found = get(tx, actor, id, now)?;
    if found.read_at.is_none() {
        diesel::update(notifications::table.filter(notifications::id.eq(id.as_str())))
            .set(notifications::read_at.eq(to_naive(now)))
            .execute(tx.conn)?;
    }
    get(tx, actor, id, now)
}

/// Marks everything as read that the actor sees now; what was put off stays.
///
/// # Errors
/// When the database cannot be written.
pub fn read_all(tx: &mut Tx<'_>, actor: &Actor, now: Instant) -> Result<()> {
    let at = to_naive(now);
    let seen = notifications::table
        .filter(notifications::user_id.eq(actor.user_id.as_str()))
        .filter(notifications::read_at.is_null())
        .filter(notifications::shows_at.le(at));
    diesel::update(seen)
        .set(notifications::read_at.eq(at))
        .execute(tx.conn)?;
    Ok(())
}

/// Puts a notification of the actor off: it comes back unread.
///
/// # Errors
/// `not_found`, `invalid_fields` when the time is not after now and within a year, or that the
/// database failed.
pub fn snooze(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: &NotificationId,
    snooze: SnoozeNotification,
    now: Instant,
) -> Result<Notification> {
    get(tx, actor, id, now)?;
    let longest = now + Duration::days(LONGEST_SNOOZE_DAYS);
    if snooze.until <= now || snooze.until > longest {
        let message = "must lie after now and within a year";
        return Err(DomainError::field("until", FieldCode::OutOfRange, message).into());
    }
    diesel::update(notifications::table.filter(notifications::id.eq(id.as_str())))
        .set((
            notifications::shows_at.eq(to_naive(snooze.until)),
            notifications::read_at.eq(None::<NaiveDateTime>),
        ))
        .execute(tx.conn)?;
    get(tx, actor, id, now)
}

/// A notification to be sent by e-mail, and to whom.
#[derive(Clone, Debug)]
pub struct Letter {
    /// What is told.
    pub notification: Notification,
    /// Address of the reader.
    pub email: String,
    /// Name of the reader.
    pub name: String,
    /// Language of the reader.
    pub language: Language,
    /// IANA name of the reader's time zone.
    pub time_zone: String,
}

/// The notification that a job is to send.
#[must_use]
pub fn of_job(payload: &str) -> Option<NotificationId> {
    let payload: Value = serde_json::from_str(payload).ok()?;
    payload["notification"].as_str().map(NotificationId::new)
}

/// A notification as a letter; `None` when it needs none any more: it was sent or read, or the reader
/// wants no e-mail.
///
/// # Errors
/// When the database cannot be read.
pub fn letter(tx: &mut Tx<'_>, id: &NotificationId, now: Instant) -> Result<Option<Letter>> {
    let found: Option<(Row, String)> = notifications::table
        .filter(notifications::id.eq(id.as_str()))
        .filter(notifications::mailed_at.is_null())
        .filter(notifications::read_at.is_null())
        .select((Row::as_select(), notifications::user_id))
        .first(tx.conn)
        .optional()?;
    let Some((row, user)) = found else {
        return Ok(None);
    };
    let user = UserId::new(user);
    if !wants_mail(tx, &user)? {
        return Ok(None);
    }
    let user = crate::users::get(tx, &user)?;
    let notification = row.into_notification(to_naive(now))?;
    Ok(user.email.map(|email| Letter {
        notification,
        email,
        name: user.name,
        language: user.language,
        time_zone: user.time_zone,
    }))
}

/// Notes that a notification was sent by e-mail.
///
/// # Errors
/// When the database cannot be written.
pub fn mailed(tx: &mut Tx<'_>, id: &NotificationId, now: Instant) -> Result<()> {
    diesel::update(notifications::table.filter(notifications::id.eq(id.as_str())))
        .set(notifications::mailed_at.eq(to_naive(now)))
        .execute(tx.conn)?;
    Ok(())
}
