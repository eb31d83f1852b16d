//! What a person wants of the product: e-mail, and the secret link to the own calendar.

use diesel::prelude::*;
use etalon_domain::id::UserId;

use crate::connection::Tx;
use crate::error::Result;
use crate::schema::{user_preferences, users};

/// Whether a person wants notifications by e-mail.
///
/// # Errors
/// When the database cannot be read.
pub fn wants_mail(tx: &mut Tx<'_>, user: &UserId) -> Result<bool> {
    let found: Option<bool> = user_preferences::table
        .filter(user_preferences::user_id.eq(user.as_str()))
        .select(user_preferences::mail)
        .first(tx.conn)
        .optional()?;
    Ok(found.unwrap_or(true))
}

/// Says whether a person wants notifications by e-mail.
///
/// # Errors
/// When the database cannot be written.
pub fn set_mail(tx: &mut Tx<'_>, user: &UserId, mail: bool) -> Result<()> {
    ensure(tx, user)?;
    diesel::update(user_preferences::table.filter(user_preferences::user_id.eq(user.as_str())))
        .set(user_preferences::mail.eq(mail))
        .execute(tx.conn)?;
    Ok(())
}

/// The secret of the link to a person's calendar; `None` when there is no such link.
///
/// # Errors
/// When the database cannot be read.
pub fn calendar_secret(tx: &mut Tx<'_>, user: &UserId) -> Result<Option<String>> {
    let found: Option<Option<String>> = user_preferences::table
        .filter(user_preferences::user_id.eq(user.as_str()))
        .select(user_preferences::calendar_secret)
        .first(tx.conn)
        .optional()?;
    Ok(found.flatten())
}

/// Sets the secret of the link to a person's calendar, or removes the link; the old link stops
/// working.
///
/// # Errors
/// When the database cannot be written.
pub fn set_calendar_secret(tx: &mut Tx<'_>, user: &UserId, secret: Option<&str>) -> Result<()> {
    ensure(tx, user)?;
    diesel::update(user_preferences::table.filter(user_preferences::user_id.eq(user.as_str())))
        .set(user_preferences::calendar_secret.eq(secret))
        .execute(tx.conn)?;
    Ok(())
}

/// The active person to whose calendar a secret leads.
///
/// # Errors
/// When the database cannot be read.
pub fn by_calendar_secret(tx: &mut Tx<'_>, secret: &str) -> Result<Option<UserId>> {
    let found: Option<String> = user_preferences::table
        .inner_join(users::table.on(users::id.eq(user_preferences::user_id)))
        .filter(user_preferences::calendar_secret.eq(secret))
        .filter(users::active.eq(true))
        .select(users::id)
        .first(tx.conn)
        .optional()?;
    Ok(found.map(UserId::new))
}

/// Makes sure that there is a row to change, also when two requests do so at once.
fn ensure(tx: &mut Tx<'_>, user: &UserId) -> Result<()> {
    use diesel::sql_types::{Bool, Text};
    diesel::sql_query(
        "INSERT INTO user_preferences (user_id, mail) VALUES ($1, $2) \
         ON CONFLICT (user_id) DO NOTHING",
    )
    .bind::<Text, _>(user.as_str())
    .bind::<Bool, _>(true)
    .execute(tx.conn)?;
    Ok(())
}
