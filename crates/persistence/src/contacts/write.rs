//! The only way to change a contact.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::contact::{Contact, ContactDraft};
use etalon_domain::error::{ErrorCode, FieldError, validate};
use etalon_domain::event::{EventKind, diff, initial};
use etalon_domain::id::ContactId;
use etalon_domain::policy::{may_delete_base, may_edit_base};
use etalon_domain::record::{Origin, RecordCommand};
use etalon_domain::text::non_empty;
use etalon_domain::time::to_naive;

use super::load;
use super::row::{Values, values_of};
use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::error::Result;
use crate::record::{name_change, note, refuse_invalid, refuse_stale};
use crate::schema::{accounts, contacts};
use crate::timeline::{self, Entity, Entry};

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

pub(super) fn create(
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
    let created_at = origin.and_then(|o| o.created_at).unwrap_or(context.now);
    let values = Values {
        id: new_id(),
        external_id: origin.and_then(|o| o.external_id.clone()),
        import_id: origin.map(|o| o.import_id.as_str().to_owned()),
        version: 1,
        created_at: to_naive(created_at),
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
    let entry = Entry {
        at: created_at,
        kind: EventKind::Created,
        changes: &changes,
        reason: None,
    };
    timeline::append(
        tx.conn,
        context,
        Entity::Contact,
        contact.id.as_str(),
        &entry,
    )?;
    Ok(contact)
}

pub(super) fn edit(
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

pub(super) fn mark(
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
pub(super) fn check(
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

pub(super) fn normalized(draft: &ContactDraft) -> ContactDraft {
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
