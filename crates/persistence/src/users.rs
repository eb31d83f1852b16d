//! People: everybody who signs in sees their names; admins and heads manage them.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::auth::ProfileDraft;
use etalon_domain::department::subtree;
use etalon_domain::error::{Error as DomainError, ErrorCode, FieldCode, FieldError, validate};
use etalon_domain::event::{EventKind, diff, initial};
use etalon_domain::id::{DepartmentId, UserId};
use etalon_domain::page::Page;
use etalon_domain::policy::{Actor, Reach, may_manage_user};
use etalon_domain::record::{Origin, RecordCommand};
use etalon_domain::text::{fold, non_empty, normalize_name};
use etalon_domain::time::{from_naive, to_naive};
use etalon_domain::user::{Role, User, UserDraft, UserFilter};

use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::deals::row::fold_lines;
use crate::error::Result;
use crate::page::{decode, encode, keyset, limit};
use crate::record::{name_change, note, refuse_invalid, refuse_stale};
use crate::schema::{departments, users};
use crate::timeline::Entity;

#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = users, treat_none_as_null = true)]
struct Values {
    id: String,
    name: String,
    search_text: String,
    email: Option<String>,
    password_hash: Option<String>,
    role: String,
    department_id: Option<String>,
    manager_id: Option<String>,
    active: bool,
    language: String,
    time_zone: String,
    external_id: Option<String>,
    import_id: Option<String>,
    version: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

#[derive(Queryable)]
struct Row {
    values: Values,
    department_name: Option<String>,
}

macro_rules! joined {
    () => {
        users::table
            .left_join(departments::table.on(departments::id.nullable().eq(users::department_id)))
            .select((Values::as_select(), departments::name.nullable()))
            .into_boxed()
    };
}

/// A person with what is needed to sign in.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The person.
    pub user: User,
    /// Hash of the password in PHC form; `None` when the person cannot sign in.
    pub password_hash: Option<String>,
}

impl Row {
    fn into_credentials(self) -> Result<Credentials> {
        let v = self.values;
        Ok(Credentials {
            user: User {
                id: UserId::new(v.id),
                name: v.name,
                can_sign_in: v.active && v.email.is_some() && v.password_hash.is_some(),
                email: v.email,
                role: v.role.parse()?,
                department_id: v.department_id.map(DepartmentId::new),
                department_name: self.department_name,
                manager_id: v.manager_id.map(UserId::new),
                active: v.active,
                language: v.language.parse()?,
                time_zone: v.time_zone,
                version: v.version,
                created_at: from_naive(v.created_at),
                updated_at: from_naive(v.updated_at),
            },
            password_hash: v.password_hash,
        })
    }
}

/// A page of people, by name.
///
/// # Errors
/// `invalid_fields` when a filter is not valid, or the database cannot be read.
pub fn list(tx: &mut Tx<'_>, filter: &UserFilter) -> Result<Page<User>> {
    const ORDER: &str = "name";
    let wanted = limit(filter.limit)?;
    let cursor = decode::<String>(ORDER, filter.cursor.as_deref())?;
    let pattern = filter.q.as_deref().map(fold).filter(|q| !q.is_empty());
    let narrow = || {
        let mut query = joined!();
        if let Some(q) = &pattern {
            let escaped = q
                .replace('\\', "\\\\")
                .replace('%', "\\%")
                .replace('_', "\\_");
            query = query.filter(users::search_text.like(format!("%{escaped}%")).escape('\\'));
        }
        if !filter.department_id.is_empty() {
            let ids: Vec<String> = filter
                .department_id
                .0
                .iter()
                .map(ToString::to_string)
                .collect();
            query = query.filter(users::department_id.eq_any(ids));
        }
        if !filter.role.is_empty() {
            let roles: Vec<String> = filter.role.0.iter().map(ToString::to_string).collect();
            query = query.filter(users::role.eq_any(roles));
        }
        if let Some(active) = filter.active {
            query = query.filter(users::active.eq(active));
        }
        query
    };
    let mut rows: Vec<Row> = keyset!(
        tx.conn,
        narrow(),
        users::search_text,
        users::id,
        cursor,
        false,
        wanted + 1
    );
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let next_cursor = rows
        .last()
        .filter(|_| more)
        .map(|row| encode(ORDER, Some(&row.values.search_text), &row.values.id));
    let items = rows
        .into_iter()
        .map(|row| row.into_credentials().map(|c| c.user))
        .collect::<Result<_>>()?;
    Ok(Page {
        items,
        next_cursor,
        totals: None,
    })
}

/// A person.
///
/// # Errors
/// `not_found`.
pub fn get(tx: &mut Tx<'_>, id: &UserId) -> Result<User> {
    Ok(credentials(tx, id)?.ok_or(ErrorCode::NotFound)?.user)
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

/// The person with this identifier of another system, this address, or else this normalized name.
/// For imports.
///
/// # Errors
/// When the database cannot be read.
pub fn find(
    tx: &mut Tx<'_>,
    external_id: Option<&str>,
    email: Option<&str>,
    name: &str,
) -> Result<Option<User>> {
    if let Some(external_id) = external_id {
        let row: Option<Row> = joined!()
            .filter(users::external_id.eq(external_id.to_owned()))
            .first(tx.conn)
            .optional()?;
        if let Some(row) = row {
            return Ok(Some(row.into_credentials()?.user));
        }
    }
    if let Some(email) = email
        && let Some(found) = by_email(tx, email)?
    {
        return Ok(Some(found.user));
    }
    let key = normalize_name(name);
    let rows: Vec<Row> = joined!()
        .filter(users::search_text.like(format!("{}%", fold(name).replace(['%', '_'], ""))))
        .order(users::id)
        .load(tx.conn)?;
    for row in rows {
        if normalize_name(&row.values.name) == key {
            return Ok(Some(row.into_credentials()?.user));
        }
    }
    Ok(None)
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
/// Invalid fields, or that the database failed.
pub fn update_profile(tx: &mut Tx<'_>, context: &Context, profile: &ProfileDraft) -> Result<User> {
    let current = get(tx, &context.actor.user_id)?;
    let mut errors = validate(profile);
    if !crate::zone::is_zone(&profile.time_zone) {
        errors.push(unknown_zone());
    }
    refuse_invalid(errors)?;
    let draft = UserDraft {
        name: profile.name.trim().to_owned(),
        language: profile.language,
        time_zone: profile.time_zone.clone(),
        ..UserDraft::from(&current)
    };
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
    let context = Context::new(actor, etalon_domain::event::Via::System, None);
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
        let admins: i64 = users::table
            .filter(users::role.eq(Role::Admin.as_str()))
            .filter(users::active.eq(true))
            .count()
            .get_result(tx.conn)?;
        if admins <= 1 {
            return Err(ErrorCode::LastAdmin.into());
        }
    }
    write(tx, context, current, &draft, hash)
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
        changes.push(etalon_domain::event::FieldChange {
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
        let keep = None;
        crate::sessions::revoke_all(tx, &current.id, keep, context.now)?;
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

fn unknown_zone() -> FieldError {
    FieldError::new(
        "time_zone",
        FieldCode::InvalidFormat,
        "is not the IANA name of a time zone",
    )
}

fn check(tx: &mut Tx<'_>, current: Option<&User>, draft: &UserDraft) -> Result<()> {
    let mut errors = validate(draft);
    if !crate::zone::is_zone(&draft.time_zone) {
        errors.push(unknown_zone());
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
    if errors.is_empty() {
        Ok(())
    } else {
        Err(DomainError::Invalid(errors).into())
    }
}

fn normalized(draft: &UserDraft) -> UserDraft {
    let d = draft.clone();
    UserDraft {
        name: d.name.trim().to_owned(),
        email: non_empty(d.email).map(|email| email.to_lowercase()),
        ..d
    }
}

fn values_of(draft: &UserDraft) -> Values {
    let mut words = vec![draft.name.as_str()];
    words.extend(draft.email.as_deref());
    Values {
        id: String::new(),
        name: draft.name.clone(),
        search_text: fold_lines(&words),
        email: draft.email.clone(),
        password_hash: None,
        role: draft.role.as_str().into(),
        department_id: draft.department_id.as_ref().map(|id| id.as_str().into()),
        manager_id: draft.manager_id.as_ref().map(|id| id.as_str().into()),
        active: draft.active,
        language: draft.language.as_str().into(),
        time_zone: draft.time_zone.clone(),
        external_id: None,
        import_id: None,
        version: 0,
        created_at: NaiveDateTime::default(),
        updated_at: NaiveDateTime::default(),
    }
}
