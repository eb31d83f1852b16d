//! People: everybody who signs in sees their names; admins and heads manage them.

mod list;
mod row;
mod write;

pub use list::list;
pub use write::{UserChange, create_admin, execute, set_own_password, update_profile};

use chrono_tz::Tz;
use diesel::prelude::*;
use etalon_domain::department::subtree;
use etalon_domain::error::ErrorCode;
use etalon_domain::id::UserId;
use etalon_domain::policy::{Actor, Reach};
use etalon_domain::user::{Language, Role, User};
use row::{Row, joined};

use crate::connection::Tx;
use crate::error::Result;
use crate::schema::{departments, users};
use crate::zone::zone;

/// A person with what is needed to sign in.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The person.
    pub user: User,
    /// Hash of the password in PHC form; `None` when the person cannot sign in.
    pub password_hash: Option<String>,
}

/// A person.
///
/// # Errors
/// `not_found`.
pub fn get(tx: &mut Tx<'_>, id: &UserId) -> Result<User> {
    Ok(credentials(tx, id)?.ok_or(ErrorCode::NotFound)?.user)
}

/// In which language a person reads; English when the person is not there.
///
/// # Errors
/// When the database cannot be read.
pub(crate) fn language_of(tx: &mut Tx<'_>, id: &UserId) -> Result<Language> {
    let language: Option<String> = users::table
        .filter(users::id.eq(id.as_str()))
        .select(users::language)
        .first(tx.conn)
        .optional()?;
    Ok(match language {
        Some(language) => language.parse()?,
        None => Language::En,
    })
}

/// The time zone in which a person's days begin; UTC when the person is not there.
///
/// # Errors
/// When the database cannot be read.
pub(crate) fn zone_of(tx: &mut Tx<'_>, id: &UserId) -> Result<Tz> {
    let name: Option<String> = users::table
        .filter(users::id.eq(id.as_str()))
        .select(users::time_zone)
        .first(tx.conn)
        .optional()?;
    Ok(name.map_or(Tz::UTC, |name| zone(&name)))
}

/// A person with the password's hash.
///
/// # Errors
/// When the database cannot be read.
pub fn credentials(tx: &mut Tx<'_>, id: &UserId) -> Result<Option<Credentials>> {
    joined!()
        .filter(users::id.eq(id.as_str()))
        .first::<Row>(tx.conn)
        .optional()?
        .map(Row::into_credentials)
        .transpose()
}

/// The person who signs in with an address, regardless of case.
///
/// # Errors
/// When the database cannot be read.
pub fn by_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<Credentials>> {
    joined!()
        .filter(users::email.eq(email.trim().to_lowercase()))
        .first::<Row>(tx.conn)
        .optional()?
        .map(Row::into_credentials)
        .transpose()
}

/// Whether there is such an active person.
pub(crate) fn exists(tx: &mut Tx<'_>, id: &UserId) -> Result<bool> {
    let found: Option<bool> = users::table
        .filter(users::id.eq(id.as_str()))
        .select(users::active)
        .first(tx.conn)
        .optional()?;
    Ok(found == Some(true))
}

/// Whether nobody has been added yet.
///
/// # Errors
/// When the database cannot be read.
pub fn is_empty(tx: &mut Tx<'_>) -> Result<bool> {
    let count: i64 = users::table.count().get_result(tx.conn)?;
    Ok(count == 0)
}

/// The person as an actor: with the departments whose deals the person sees. `None` for people who
/// do not exist or are inactive.
///
/// # Errors
/// When the database cannot be read.
pub fn actor(tx: &mut Tx<'_>, id: &UserId) -> Result<Option<Actor>> {
    let Some(found) = credentials(tx, id)?.filter(|c| c.user.active) else {
        return Ok(None);
    };
    actor_of(tx, &found.user).map(Some)
}

/// The actor that a person is.
///
/// # Errors
/// When the database cannot be read.
pub fn actor_of(tx: &mut Tx<'_>, user: &User) -> Result<Actor> {
    let reach = match (user.role, &user.department_id) {
        (Role::Admin, _) => Reach::All,
        (Role::Head | Role::Viewer, Some(department)) => Reach::Departments {
            departments: subtree(department, &crate::departments::tree(tx)?),
        },
        (Role::Manager, Some(department)) => {
            let shared: Option<bool> = departments::table
                .filter(departments::id.eq(department.as_str()))
                .select(departments::share_deals)
                .first(tx.conn)
                .optional()?;
            match shared {
                Some(true) => Reach::Departments {
                    departments: vec![department.clone()],
                },
                _ => Reach::Own,
            }
        }
        (_, None) => Reach::Own,
    };
    Ok(Actor {
        user_id: user.id.clone(),
        name: user.name.clone(),
        role: user.role,
        department_id: user.department_id.clone(),
        reach,
        time_zone: user.time_zone.clone(),
    })
}
