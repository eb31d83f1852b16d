//! Contacts: one shared base that everybody who signs in sees.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::contact::{Contact, ContactDraft, ContactFilter, ContactSort};
use etalon_domain::error::{ErrorCode, FieldError, validate};
use etalon_domain::event::{EventKind, diff, initial};
use etalon_domain::id::{AccountId, ContactId, ImportId, UserId};
use etalon_domain::page::{Page, Sort, Totals};
use etalon_domain::policy::{may_delete_base, may_edit_base};
use etalon_domain::record::{Origin, RecordCommand};
use etalon_domain::text::{non_empty, normalize_name};
use etalon_domain::time::{from_naive, to_naive};

use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::deals::row::fold_lines;
use crate::error::Result;
use crate::page::{decode, encode, keyset, limit};
use crate::portable::{backend, search, search_in};
use crate::record::{name_change, note, refuse_invalid, refuse_stale};
use crate::schema::{accounts, contacts, users};
use crate::timeline::Entity;

#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = contacts, treat_none_as_null = true)]
struct Values {
    id: String,
    name: String,
    name_key: String,
    search_text: String,
    account_id: Option<String>,
    position: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    owner_id: Option<String>,
    description: Option<String>,
    external_id: Option<String>,
    import_id: Option<String>,
    deleted_at: Option<NaiveDateTime>,
    version: i64,
    created_at: NaiveDateTime,
    created_by: Option<String>,
    updated_at: NaiveDateTime,
    updated_by: Option<String>,
}

#[derive(Queryable)]
struct Row {
    values: Values,
    owner_name: Option<String>,
    account_name: Option<String>,
    account_key: Option<String>,
}

macro_rules! joined {
    () => {
        contacts::table
            .left_join(users::table.on(users::id.nullable().eq(contacts::owner_id)))
            .left_join(accounts::table.on(accounts::id.nullable().eq(contacts::account_id)))
            .select((
                Values::as_select(),
                users::name.nullable(),
                accounts::name.nullable(),
                accounts::search_text.nullable(),
            ))
            .into_boxed()
    };
}

impl Row {
    fn into_contact(self) -> Contact {
        let v = self.values;
        Contact {
            id: ContactId::new(v.id),
            name: v.name,
            account_id: v.account_id.map(AccountId::new),
            account_name: self.account_name,
            position: v.position,
            email: v.email,
            phone: v.phone,
            owner_id: v.owner_id.map(UserId::new),
            owner_name: self.owner_name,
            description: v.description,
            external_id: v.external_id,
            import_id: v.import_id.map(ImportId::new),
            deleted_at: v.deleted_at.map(from_naive),
            version: v.version,
            created_at: from_naive(v.created_at),
            updated_at: from_naive(v.updated_at),
        }
    }
}

/// A page of the contacts that the filter selects.
///
/// # Errors
/// `invalid_fields` when a filter is not valid, or the database cannot be read.
pub fn list(tx: &mut Tx<'_>, filter: &ContactFilter) -> Result<Page<Contact>> {
    let wanted = limit(filter.limit)?;
    let sort = filter.sort.unwrap_or(Sort {
        field: ContactSort::Name,
        descending: false,
    });
    let order = sort.to_string();
    let cursor = filter.cursor.as_deref();
    let found = search(backend(tx.conn), "contacts", "seq", filter.q.as_deref());
    macro_rules! narrow {
        ($query:expr) => {{
            let mut query = $query;
            query = if filter.deleted == Some(true) {
                query.filter(contacts::deleted_at.is_not_null())
            } else {
                query.filter(contacts::deleted_at.is_null())
            };
            if !filter.account_id.is_empty() {
                let ids: Vec<&str> = filter.account_id.0.iter().map(|id| id.as_str()).collect();
                query = query.filter(contacts::account_id.eq_any(ids));
            }
            if !filter.owner_id.is_empty() {
                let ids: Vec<&str> = filter.owner_id.0.iter().map(|id| id.as_str()).collect();
                query = query.filter(contacts::owner_id.eq_any(ids));
            }
            if let Some(import) = &filter.import_id {
                query = query.filter(contacts::import_id.eq(import.as_str()));
            }
            search_in!(query, &found)
        }};
    }
    macro_rules! by {
        ($type:ty, $column:expr, $value:expr) => {{
            let cursor = decode::<$type>(&order, cursor)?;
            let mut rows: Vec<Row> = keyset!(
                tx.conn,
                narrow!(joined!()),
                $column,
                contacts::id,
                cursor,
                sort.descending,
                wanted + 1
            );
            let more = rows.len() > wanted;
            rows.truncate(wanted);
            let value: fn(&Row) -> Option<$type> = $value;
            let next = rows
                .last()
                .filter(|_| more)
                .map(|row| encode(&order, value(row).as_ref(), &row.values.id));
            (rows, next)
        }};
    }
    let (rows, next_cursor) = match sort.field {
        ContactSort::Name => {
            by!(String, contacts::search_text, |r| Some(
                r.values.search_text.clone()
            ))
        }
        ContactSort::Account => {
            by!(String, accounts::search_text.nullable(), |r| r
                .account_key
                .clone())
        }
        ContactSort::CreatedAt => {
            by!(NaiveDateTime, contacts::created_at, |r| Some(
                r.values.created_at
            ))
        }
        ContactSort::UpdatedAt => {
            by!(NaiveDateTime, contacts::updated_at, |r| Some(
                r.values.updated_at
            ))
        }
    };
    let totals = if filter.totals == Some(true) {
        let query = contacts::table
            .select(diesel::dsl::count_star())
            .into_boxed();
        Some(Totals {
            count: narrow!(query).first(tx.conn)?,
            amount: None,
            weighted: None,
            unconverted: 0,
            stages: Vec::new(),
        })
    } else {
        None
    };
    Ok(Page {
        items: rows.into_iter().map(Row::into_contact).collect(),
        next_cursor,
        totals,
    })
}

/// A contact that is not in the bin.
///
/// # Errors
/// `not_found`.
pub fn get(tx: &mut Tx<'_>, id: &ContactId) -> Result<Contact> {
    load(tx, id)?
        .filter(|contact| contact.deleted_at.is_none())
        .ok_or_else(|| ErrorCode::NotFound.into())
}

/// The contact with this identifier of another system, or else with this normalized name at this
/// account, that is not in the bin. For imports.
///
/// # Errors
/// When the database cannot be read.
pub fn find(
    tx: &mut Tx<'_>,
    external_id: Option<&str>,
    name: &str,
    account: Option<&AccountId>,
) -> Result<Option<Contact>> {
    let mut found: Option<String> = None;
    if let Some(external_id) = external_id {
        found = contacts::table
            .filter(contacts::external_id.eq(external_id))
            .select(contacts::id)
            .first(tx.conn)
            .optional()?;
    }
    if found.is_none() {
        let mut query = contacts::table
            .filter(contacts::name_key.eq(normalize_name(name)))
            .filter(contacts::deleted_at.is_null())
            .order(contacts::seq)
            .select(contacts::id)
            .into_boxed();
        query = match account {
            Some(account) => query.filter(contacts::account_id.eq(account.as_str())),
            None => query.filter(contacts::account_id.is_null()),
        };
        found = query.first(tx.conn).optional()?;
    }
    match found {
        Some(id) => load(tx, &ContactId::new(id)),
        None => Ok(None),
    }
}

fn load(tx: &mut Tx<'_>, id: &ContactId) -> Result<Option<Contact>> {
    Ok(joined!()
        .filter(contacts::id.eq(id.as_str()))
        .first::<Row>(tx.conn)
        .optional()?
        .map(Row::into_contact))
}

/// Carries out a command on a contact: the only function that writes one.
///
/// # Errors
/// `not_found`, `forbidden`, `stale_version`, invalid fields, or that the database failed.
pub fn execute(
    tx: &mut Tx<'_>,
    context: &Context,
    id: Option<&ContactId>,
    expected_version: Option<i64>,
    command: &RecordCommand<ContactDraft>,
) -> Result<Contact> {
    if let RecordCommand::Create { draft, origin } = command {
        return create(tx, context, draft, origin.as_ref());
    }
    let current = match id {
        Some(id) => load(tx, id)?,
        None => None,
    };
    let current = current.ok_or(ErrorCode::NotFound)?;
    if current.deleted_at.is_some() && !matches!(command, RecordCommand::Restore) {
        return Err(ErrorCode::NotFound.into());
    }
    let allowed = match command {
        RecordCommand::Delete | RecordCommand::Restore => {
            may_delete_base(&context.actor, current.owner_id.as_ref())
        }
        _ => may_edit_base(&context.actor),
    };
    if !allowed {
        return Err(ErrorCode::Forbidden.into());
    }
    refuse_stale(current.version, expected_version)?;
    match command {
        RecordCommand::Create { .. } => Err(ErrorCode::Internal.into()),
        RecordCommand::Edit(draft) => edit(tx, context, &current, draft),
        RecordCommand::Delete => mark(
            tx,
            context,
            &current,
            Some(to_naive(context.now)),
            EventKind::Deleted,
        ),
        RecordCommand::Restore if current.deleted_at.is_none() => Err(ErrorCode::NotDeleted.into()),
        RecordCommand::Restore => mark(tx, context, &current, None, EventKind::Restored),
    }
}

fn create(
    tx: &mut Tx<'_>,
    context: &Context,
    draft: &ContactDraft,
    origin: Option<&Origin>,
) -> Result<Contact> {
    if !may_edit_base(&context.actor) {
        return Err(ErrorCode::Forbidden.into());
    }
    let draft = normalized(draft);
    let account = check(tx, None, &draft)?;
    let by = Some(context.actor.user_id.as_str().to_owned());
    let values = Values {
        id: new_id(),
        external_id: origin.and_then(|o| o.external_id.clone()),
        import_id: origin.map(|o| o.import_id.as_str().to_owned()),
        version: 1,
        created_at: to_naive(context.now),
        created_by: by.clone(),
        updated_at: to_naive(context.now),
        updated_by: by,
        ..values_of(&draft, account.as_deref())
    };
    diesel::insert_into(contacts::table)
        .values(&values)
        .execute(tx.conn)?;
    let contact = load(tx, &ContactId::new(values.id))?.ok_or(ErrorCode::Internal)?;
    let mut changes = initial(&draft);
    name_change(
        &mut changes,
        "account_id",
        None,
        contact.account_name.as_deref(),
    );
    name_change(
        &mut changes,
        "owner_id",
        None,
        contact.owner_name.as_deref(),
    );
    note(
        tx.conn,
        context,
        Entity::Contact,
        contact.id.as_str(),
        EventKind::Created,
        &changes,
    )?;
    Ok(contact)
}

fn edit(
    tx: &mut Tx<'_>,
    context: &Context,
    current: &Contact,
    draft: &ContactDraft,
) -> Result<Contact> {
    let draft = normalized(draft);
    let account = check(tx, Some(current), &draft)?;
    let mut changes = diff(&ContactDraft::from(current), &draft);
    if changes.is_empty() {
        return Ok(current.clone());
    }
    let values = Values {
        id: current.id.as_str().into(),
        external_id: current.external_id.clone(),
        import_id: current.import_id.as_ref().map(|id| id.as_str().into()),
        version: current.version + 1,
        created_at: to_naive(current.created_at),
        updated_at: to_naive(context.now),
        updated_by: Some(context.actor.user_id.as_str().into()),
        created_by: contacts::table
            .filter(contacts::id.eq(current.id.as_str()))
            .select(contacts::created_by)
            .first(tx.conn)?,
        ..values_of(&draft, account.as_deref())
    };
    let row = contacts::table
        .filter(contacts::id.eq(current.id.as_str()))
        .filter(contacts::version.eq(current.version));
    if diesel::update(row).set(&values).execute(tx.conn)? == 0 {
        return Err(ErrorCode::StaleVersion.into());
    }
    let contact = load(tx, &current.id)?.ok_or(ErrorCode::Internal)?;
    name_change(
        &mut changes,
        "account_id",
        current.account_name.as_deref(),
        contact.account_name.as_deref(),
    );
    name_change(
        &mut changes,
        "owner_id",
        current.owner_name.as_deref(),
        contact.owner_name.as_deref(),
    );
    note(
        tx.conn,
        context,
        Entity::Contact,
        contact.id.as_str(),
        EventKind::Updated,
        &changes,
    )?;
    Ok(contact)
}

fn mark(
    tx: &mut Tx<'_>,
    context: &Context,
    current: &Contact,
    deleted_at: Option<NaiveDateTime>,
    kind: EventKind,
) -> Result<Contact> {
    let row = contacts::table
        .filter(contacts::id.eq(current.id.as_str()))
        .filter(contacts::version.eq(current.version));
    let changed = diesel::update(row)
        .set((
            contacts::deleted_at.eq(deleted_at),
            contacts::version.eq(current.version + 1),
            contacts::updated_at.eq(to_naive(context.now)),
            contacts::updated_by.eq(Some(context.actor.user_id.as_str())),
        ))
        .execute(tx.conn)?;
    if changed == 0 {
        return Err(ErrorCode::StaleVersion.into());
    }
    note(
        tx.conn,
        context,
        Entity::Contact,
        current.id.as_str(),
        kind,
        &[],
    )?;
    load(tx, &current.id)?.ok_or_else(|| ErrorCode::Internal.into())
}

/// Writes the search text of a contact anew, after its account was renamed.
pub(crate) fn refresh_search(tx: &mut Tx<'_>, id: &str, account: Option<&str>) -> Result<()> {
    let id = ContactId::new(id);
    if let Some(contact) = load(tx, &id)? {
        let values = values_of(&ContactDraft::from(&contact), account);
        diesel::update(contacts::table.filter(contacts::id.eq(id.as_str())))
            .set(contacts::search_text.eq(values.search_text))
            .execute(tx.conn)?;
    }
    Ok(())
}

/// Refuses invalid forms; returns the name of the account.
fn check(
    tx: &mut Tx<'_>,
    current: Option<&Contact>,
    draft: &ContactDraft,
) -> Result<Option<String>> {
    let mut errors = validate(draft);
    let mut account = None;
    if let Some(id) = &draft.account_id {
        let found: Option<(String, Option<NaiveDateTime>)> = accounts::table
            .filter(accounts::id.eq(id.as_str()))
            .select((accounts::name, accounts::deleted_at))
            .first(tx.conn)
            .optional()?;
        let kept = current.is_some_and(|c| c.account_id.as_ref() == Some(id));
        match found {
            Some((name, deleted)) if kept || deleted.is_none() => account = Some(name),
            _ => errors.push(FieldError::unknown("account_id")),
        }
    }
    if let Some(owner) = &draft.owner_id
        && current.is_none_or(|c| c.owner_id.as_ref() != Some(owner))
        && !crate::users::exists(tx, owner)?
    {
        errors.push(FieldError::unknown("owner_id"));
    }
    refuse_invalid(errors)?;
    Ok(account)
}

fn normalized(draft: &ContactDraft) -> ContactDraft {
    let d = draft.clone();
    ContactDraft {
        name: d.name.trim().to_owned(),
        position: non_empty(d.position),
        email: non_empty(d.email),
        phone: non_empty(d.phone),
        description: non_empty(d.description),
        ..d
    }
}

fn values_of(draft: &ContactDraft, account: Option<&str>) -> Values {
    let parts = [&draft.position, &draft.email, &draft.phone];
    let mut words = vec![draft.name.as_str()];
    words.extend(parts.into_iter().flatten().map(String::as_str));
    words.extend(account);
    Values {
        id: String::new(),
        name: draft.name.clone(),
        name_key: normalize_name(&draft.name),
        search_text: fold_lines(&words),
        account_id: draft.account_id.as_ref().map(|id| id.as_str().into()),
        position: draft.position.clone(),
        email: draft.email.clone(),
        phone: draft.phone.clone(),
        owner_id: draft.owner_id.as_ref().map(|id| id.as_str().into()),
        description: draft.description.clone(),
        external_id: None,
        import_id: None,
        deleted_at: None,
        version: 0,
        created_at: NaiveDateTime::default(),
        created_by: None,
        updated_at: NaiveDateTime::default(),
        updated_by: None,
    }
}
