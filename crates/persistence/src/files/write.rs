//! Adding files to records and removing them: the only functions that write a file.

use diesel::dsl::max;
use diesel::prelude::*;
use etalon_domain::deal::DealStatus;
use etalon_domain::error::{Error as DomainError, ErrorCode, FieldCode};
use etalon_domain::event::{EventKind, FieldChange};
use etalon_domain::file::{File, FileOwner, StoredFile, clean_media_type, clean_name, name_key};
use etalon_domain::id::FileId;
use etalon_domain::time::to_naive;
use serde_json::{Value, json};

use super::row::Values;
use super::{require_write, visible};
use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::error::Result;
use crate::portable::{Lock, lock};
use crate::record::note;
use crate::schema::{deal_steps, deals, files};
use crate::timeline::Entity;

/// Adds a file to a record, as the next version of its name. The store holds the content, and
/// [`super::keep`] was told so.
///
/// # Errors
/// `not_found`, `forbidden`, `invalid_fields` for a name of nothing, or that the database failed.
pub fn attach(
    tx: &mut Tx<'_>,
    context: &Context,
    owner: &FileOwner,
    file: &StoredFile,
) -> Result<FileId> {
    require_write(tx, context, owner)?;
    let name = clean_name(&file.name).ok_or_else(|| {
        DomainError::field(
            "name",
            FieldCode::InvalidFormat,
            "must be the name of a file",
        )
    })?;
    // Two files of one name must not become the same version.
    lock(tx.conn, Lock::Files)?;
    let key = name_key(&name);
    let last: Option<i32> = files::table
        .filter(files::owner_kind.eq(owner.kind()))
        .filter(files::owner_id.eq(owner.id()))
        .filter(files::name_key.eq(&key))
        .select(max(files::version))
        .first(tx.conn)?;
    let values = Values {
        id: new_id(),
        owner_kind: owner.kind().into(),
        owner_id: owner.id().into(),
        name,
        name_key: key,
        version: last.unwrap_or(0) + 1,
        sha256: file.sha256.clone(),
        size: file.size,
        media_type: clean_media_type(&file.media_type),
        created_at: to_naive(context.now),
        created_by: Some(context.actor.user_id.as_str().into()),
        deleted_at: None,
    };
    diesel::insert_into(files::table)
        .values(&values)
        .execute(tx.conn)?;
    let id = FileId::new(values.id);
    tell(tx, context, owner, EventKind::FileAdded, &id, &values.name)?;
    Ok(id)
}

/// Removes a file; its content stays. Removing what is removed changes nothing.
///
/// # Errors
/// `not_found`, `forbidden`, `in_use` while a step of an open deal names it, or that the database failed.
pub fn remove(tx: &mut Tx<'_>, context: &Context, id: &FileId) -> Result<()> {
    let file = visible(tx, context, id)?;
    require_write(tx, context, &file.owner)?;
    if file.deleted_at.is_some() {
        return Ok(());
    }
    if is_named_by_step(tx, id)? {
        return Err(ErrorCode::InUse.into());
    }
    diesel::update(files::table.filter(files::id.eq(id.as_str())))
        .set(files::deleted_at.eq(Some(to_naive(context.now))))
        .execute(tx.conn)?;
    tell(
        tx,
        context,
        &file.owner,
        EventKind::FileRemoved,
        id,
        &file.name,
    )
}

/// Whether a document of the contract of an open deal is a file.
fn is_named_by_step(tx: &mut Tx<'_>, id: &FileId) -> Result<bool> {
    let found: Option<String> = deal_steps::table
        .inner_join(deals::table.on(deals::id.eq(deal_steps::deal_id)))
        .filter(deal_steps::file_id.eq(id.as_str()))
        .filter(deals::status.eq(DealStatus::Open.as_str()))
        .select(deal_steps::id)
        .first(tx.conn)
        .optional()?;
    Ok(found.is_some())
}

/// Brings a removed file back.
///
/// # Errors
/// `not_found`, `forbidden`, `not_deleted`, or that the database failed.
pub fn restore(tx: &mut Tx<'_>, context: &Context, id: &FileId) -> Result<File> {
    let file = visible(tx, context, id)?;
    require_write(tx, context, &file.owner)?;
    if file.deleted_at.is_none() {
        return Err(ErrorCode::NotDeleted.into());
    }
    diesel::update(files::table.filter(files::id.eq(id.as_str())))
        .set(files::deleted_at.eq(None::<chrono::NaiveDateTime>))
        .execute(tx.conn)?;
    tell(
        tx,
        context,
        &file.owner,
        EventKind::FileAdded,
        id,
        &file.name,
    )?;
    super::get(tx, context, id)
}

/// Writes into the history of the record what happened to a file.
fn tell(
    tx: &mut Tx<'_>,
    context: &Context,
    owner: &FileOwner,
    kind: EventKind,
    id: &FileId,
    name: &str,
) -> Result<()> {
    let named = json!({"id": id, "name": name});
    let (from, to) = if kind == EventKind::FileRemoved {
        (named, Value::Null)
    } else {
        (Value::Null, named)
    };
    let change = FieldChange {
        field: "file".into(),
        from,
        to,
    };
    let entity = match owner {
        FileOwner::Deal(deal) => {
            if kind == EventKind::FileAdded {
                crate::deals::touch(tx, deal, context.now, context.now)?;
            }
            Entity::Deal
        }
        FileOwner::Material(_) => Entity::Material,
    };
    note(tx.conn, context, entity, owner.id(), kind, &[change])
}
