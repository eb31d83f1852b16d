//! The only way to change a person.

use diesel::prelude::*;
use etalon_domain::auth::ProfileDraft;
use etalon_domain::error::{ErrorCode, FieldCode, FieldError, validate};
use etalon_domain::event::{EventKind, FieldChange, Via, diff, initial};
use etalon_domain::id::UserId;
use etalon_domain::policy::{Actor, Reach, may_manage_user};
use etalon_domain::record::{Origin, RecordCommand};
use etalon_domain::time::to_naive;
use etalon_domain::user::{Role, User, UserDraft};

use super::row::{Values, normalized, values_of};
use super::{by_email, exists, get};
use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::error::Result;
use crate::portable::{Lock, lock};
use crate::record::{name_change, note, refuse_invalid, refuse_stale};
use crate::schema::{departments, users};
use crate::timeline::Entity;

/// A change of a person. A password arrives here as its hash.
#[derive(Clone, Debug)]
pub struct UserChange {
    /// What is to happen; the draft's own password is not looked at.
    pub command: RecordCommand<UserDraft>,
    /// Hash of a new password in PHC form.
    pub password_hash: Option<String>,
}

/// Carries out a command on a person: the only function that adds or changes one. Call
/// [`crate::Db::people_changed`] after the commit.
///
/// # Errors
/// `not_found`, `forbidden`, `stale_version`, `last_admin`, invalid fields, or that the database
/// failed.
pub fn execute(
    tx: &mut Tx<'_>,
    context: &Context,
    id: Option<&UserId>,
    expected_version: Option<i64>,
    change: &UserChange,
) -> Result<User> {
    let hash = change.password_hash.as_deref();
    if let RecordCommand::Create { draft, origin } = &change.command {
        return create(tx, context, draft, origin.as_ref(), hash);
    }
    let current = get(tx, id.ok_or(ErrorCode::NotFound)?)?;
    if !may_manage_user(&context.actor, current.department_id.as_ref(), current.role) {
        return Err(ErrorCode::Forbidden.into());
    }
    refuse_stale(current.version, expected_version)?;
    match &change.command {
        RecordCommand::Edit(draft) => edit(tx, context, &current, draft, hash),
        RecordCommand::Delete => {
            let draft = UserDraft {
                active: false,
                ..UserDraft::from(&current)
            };
            edit(tx, context, &current, &draft, None)
        }
        RecordCommand::Create { .. } | RecordCommand::Restore => Err(ErrorCode::NotDeleted.into()),
    }
}

/// Changes the own profile.
///
/// # Errors
/// `stale_version`, invalid fields, or that the database failed.
pub fn update_profile(
    tx: &mut Tx<'_>,
    context: &Context,
    expected_version: Option<i64>,
    profile: &ProfileDraft,
) -> Result<User> {
    let current = get(tx, &context.actor.user_id)?;
    refuse_stale(current.version, expected_version)?;
    let draft = normalized(&UserDraft {
        name: profile.name.clone(),
        language: profile.language,
        time_zone: profile.time_zone.clone(),
        ..UserDraft::from(&current)
    });
    check(tx, Some(&current), &draft)?;
    write(tx, context, &current, &draft, None)
}

/// Sets the own password's hash.
///
/// # Errors
/// When the database cannot be written.
pub fn set_own_password(tx: &mut Tx<'_>, context: &Context, hash: &str) -> Result<()> {
    let current = get(tx, &context.actor.user_id)?;
    let draft = UserDraft::from(&current);
    write(tx, context, &current, &draft, Some(hash)).map(|_| ())
}

/// Adds an administrator without asking who does it: the first one, or one made on the server's own
/// command line.
///
/// # Errors
/// Invalid fields, or that the database failed.
pub fn create_admin(tx: &mut Tx<'_>, draft: &UserDraft, password_hash: &str) -> Result<User> {
    let actor = Actor {
        user_id: UserId::new(new_id()),
        name: draft.name.clone(),
        role: Role::Admin,
        department_id: None,
        reach: Reach::All,
        time_zone: draft.time_zone.clone(),
    };
    let context = Context::new(actor, Via::System, None);
    create(tx, &context, draft, None, Some(password_hash))
}

fn create(
    tx: &mut Tx<'_>,
    context: &Context,
    draft: &UserDraft,
    origin: Option<&Origin>,
    hash: Option<&str>,
) -> Result<User> {
    let draft = normalized(draft);
    if !may_manage_user(&context.actor, draft.department_id.as_ref(), draft.role) {
        return Err(ErrorCode::Forbidden.into());
    }
    check(tx, None, &draft)?;
    let values = Values {
        id: new_id(),
        external_id: origin.and_then(|o| o.external_id.clone()),
        import_id: origin.map(|o| o.import_id.as_str().to_owned()),
        password_hash: hash.map(str::to_owned),
        version: 1,
        created_at: to_naive(context.now),
        updated_at: to_naive(context.now),
        ..values_of(&draft)
    };
    diesel::insert_into(users::table)
        .values(&values)
        .execute(tx.conn)?;
    let user = get(tx, &UserId::new(values.id))?;
    let mut changes = initial(&UserDraft {
        password: None,
        ..draft
    });
    name_change(
        &mut changes,
        "department_id",
        None,
        user.department_name.as_deref(),
    );
    note(
        tx.conn,
        context,
        Entity::User,
        user.id.as_str(),
        EventKind::Created,
        &changes,
    )?;
    Ok(user)
}

fn edit(
    tx: &mut Tx<'_>,
    context: &Context,
    current: &User,
    draft: &UserDraft,
    hash: Option<&str>,
) -> Result<User> {
    let draft = normalized(draft);
    if !may_manage_user(&context.actor, draft.department_id.as_ref(), draft.role) {
        return Err(ErrorCode::Forbidden.into());
    }
    check(tx, Some(current), &draft)?;
    let was_admin = current.role == Role::Admin && current.active;
    if was_admin && (draft.role != Role::Admin || !draft.active) {
        require_other_admin(tx, &current.id)?;
    }
    write(tx, context, current, &draft, hash)
}

/// Refuses to let go the last administrator, also when two let each other go at the same moment.
fn require_other_admin(tx: &mut Tx<'_>, id: &UserId) -> Result<()> {
    lock(tx.conn, Lock::Administrators)?;
    let others: i64 = users::table
        .filter(users::role.eq(Role::Admin.as_str()))
        .filter(users::active.eq(true))
        .filter(users::id.ne(id.as_str()))
        .count()
        .get_result(tx.conn)?;
    if others == 0 {
        return Err(ErrorCode::LastAdmin.into());
    }
    Ok(())
}

fn write(
    tx: &mut Tx<'_>,
    context: &Context,
    current: &User,
    draft: &UserDraft,
    hash: Option<&str>,
) -> Result<User> {
    let plain = UserDraft {
        password: None,
        ..draft.clone()
    };
    let mut changes = diff(&UserDraft::from(current), &plain);
    if hash.is_some() {
        changes.push(FieldChange {
            field: "password".into(),
            from: serde_json::Value::Null,
            to: serde_json::Value::Null,
        });
    }
    if changes.is_empty() {
        return Ok(current.clone());
    }
    let stored: Values = users::table
        .filter(users::id.eq(current.id.as_str()))
        .select(Values::as_select())
        .first(tx.conn)?;
    let values = Values {
        id: stored.id,
        password_hash: hash.map(str::to_owned).or(stored.password_hash),
        external_id: stored.external_id,
        import_id: stored.import_id,
        created_at: stored.created_at,
        version: current.version + 1,
        updated_at: to_naive(context.now),
        ..values_of(draft)
    };
    let row = users::table
        .filter(users::id.eq(current.id.as_str()))
        .filter(users::version.eq(current.version));
    if diesel::update(row).set(&values).execute(tx.conn)? == 0 {
        return Err(ErrorCode::StaleVersion.into());
    }
    if !draft.active || hash.is_some() {
        crate::sessions::revoke_all(tx, &current.id, None, context.now)?;
    }
    let user = get(tx, &current.id)?;
    name_change(
        &mut changes,
        "department_id",
        current.department_name.as_deref(),
        user.department_name.as_deref(),
    );
    note(
        tx.conn,
        context,
        Entity::User,
        user.id.as_str(),
        EventKind::Updated,
        &changes,
    )?;
    Ok(user)
}

fn check(tx: &mut Tx<'_>, current: Option<&User>, draft: &UserDraft) -> Result<()> {
    let mut errors = validate(draft);
    if !crate::zone::is_zone(&draft.time_zone) {
        errors.push(FieldError::new(
            "time_zone",
            FieldCode::InvalidFormat,
            "is not the IANA name of a time zone",
        ));
    }
    if let Some(id) = &draft.department_id {
        let found: i64 = departments::table
            .filter(departments::id.eq(id.as_str()))
            .count()
            .get_result(tx.conn)?;
        if found == 0 {
            errors.push(FieldError::unknown("department_id"));
        }
    }
    if let Some(id) = &draft.manager_id {
        let is_self = current.is_some_and(|c| c.id == *id);
        let kept = current.is_some_and(|c| c.manager_id.as_ref() == Some(id));
        if is_self || !kept && !exists(tx, id)? {
            errors.push(FieldError::unknown("manager_id"));
        }
    }
    if let Some(email) = &draft.email {
        let other = by_email(tx, email)?;
        if other.is_some_and(|o| current.is_none_or(|c| c.id != o.user.id)) {
            errors.push(FieldError::new(
                "email",
                FieldCode::AlreadyUsed,
                "somebody else signs in with this address",
            ));
        }
    }
    refuse_invalid(errors)
}
