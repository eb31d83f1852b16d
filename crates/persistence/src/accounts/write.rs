//! The only way to change an account.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::account::{Account, AccountDraft};
use etalon_domain::error::{ErrorCode, FieldError, validate};
use etalon_domain::event::{EventKind, diff, initial};
use etalon_domain::id::AccountId;
use etalon_domain::policy::{may_delete_base, may_edit_base};
use etalon_domain::record::{Origin, RecordCommand};
use etalon_domain::text::non_empty;
use etalon_domain::time::to_naive;

use super::list::count_open_deals;
use super::load;
use super::row::{Values, values_of};
use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::deals::row::search_text as deal_search_text;
use crate::deals::versions::change_industry;
use crate::error::Result;
use crate::record::{name_change, note, refuse_invalid, refuse_stale};
use crate::schema::{accounts, contacts, deals};
use crate::timeline::{self, Entity, Entry};

/// Carries out a command on an account: the only function that writes one.
///
/// # Errors
/// `not_found`, `forbidden`, `stale_version`, invalid fields, or that the database failed.
pub fn execute(
    tx: &mut Tx<'_>,
    context: &Context,
    id: Option<&AccountId>,
    expected_version: Option<i64>,
    command: &RecordCommand<AccountDraft>,
) -> Result<Account> {
    let mut account = apply(tx, context, id, expected_version, command)?;
    count_open_deals(tx, &context.actor, std::slice::from_mut(&mut account))?;
    Ok(account)
}

fn apply(
    tx: &mut Tx<'_>,
    context: &Context,
    id: Option<&AccountId>,
    expected_version: Option<i64>,
    command: &RecordCommand<AccountDraft>,
) -> Result<Account> {
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
    draft: &AccountDraft,
    origin: Option<&Origin>,
) -> Result<Account> {
    if !may_edit_base(&context.actor) {
        return Err(ErrorCode::Forbidden.into());
    }
    let draft = normalized(draft);
    check(tx, None, &draft)?;
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
        ..values_of(&draft)
    };
    diesel::insert_into(accounts::table)
        .values(&values)
        .execute(tx.conn)?;
    let account = load(tx, &AccountId::new(values.id))?.ok_or(ErrorCode::Internal)?;
    let mut changes = initial(&draft);
    name_change(
        &mut changes,
        "parent_id",
        None,
        account.parent_name.as_deref(),
    );
    name_change(
        &mut changes,
        "owner_id",
        None,
        account.owner_name.as_deref(),
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
        Entity::Account,
        account.id.as_str(),
        &entry,
    )?;
    Ok(account)
}

pub(super) fn edit(
    tx: &mut Tx<'_>,
    context: &Context,
    current: &Account,
    draft: &AccountDraft,
) -> Result<Account> {
    let draft = normalized(draft);
    check(tx, Some(current), &draft)?;
    let before = AccountDraft::from(current);
    let mut changes = diff(&before, &draft);
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
        created_by: accounts::table
            .filter(accounts::id.eq(current.id.as_str()))
            .select(accounts::created_by)
            .first(tx.conn)?,
        ..values_of(&draft)
    };
    let row = accounts::table
        .filter(accounts::id.eq(current.id.as_str()))
        .filter(accounts::version.eq(current.version));
    if diesel::update(row).set(&values).execute(tx.conn)? == 0 {
        return Err(ErrorCode::StaleVersion.into());
    }
    if current.name != draft.name {
        rename_in_search(tx, &current.id, &draft.name)?;
    }
    if current.industry != draft.industry {
        let industry = draft.industry.as_deref();
        change_industry(tx, current.id.as_str(), industry, to_naive(context.now))?;
    }
    let account = load(tx, &current.id)?.ok_or(ErrorCode::Internal)?;
    name_change(
        &mut changes,
        "parent_id",
        current.parent_name.as_deref(),
        account.parent_name.as_deref(),
    );
    name_change(
        &mut changes,
        "owner_id",
        current.owner_name.as_deref(),
        account.owner_name.as_deref(),
    );
    note(
        tx.conn,
        context,
        Entity::Account,
        account.id.as_str(),
        EventKind::Updated,
        &changes,
    )?;
    Ok(account)
}

pub(super) fn mark(
    tx: &mut Tx<'_>,
    context: &Context,
    current: &Account,
    deleted_at: Option<NaiveDateTime>,
    kind: EventKind,
) -> Result<Account> {
    let row = accounts::table
        .filter(accounts::id.eq(current.id.as_str()))
        .filter(accounts::version.eq(current.version));
    let changed = diesel::update(row)
        .set((
            accounts::deleted_at.eq(deleted_at),
            accounts::version.eq(current.version + 1),
            accounts::updated_at.eq(to_naive(context.now)),
            accounts::updated_by.eq(Some(context.actor.user_id.as_str())),
        ))
        .execute(tx.conn)?;
    if changed == 0 {
        return Err(ErrorCode::StaleVersion.into());
    }
    note(
        tx.conn,
        context,
        Entity::Account,
        current.id.as_str(),
        kind,
        &[],
    )?;
    load(tx, &current.id)?.ok_or_else(|| ErrorCode::Internal.into())
}

/// Writes the new name into the search texts of the account's deals and contacts.
pub(super) fn rename_in_search(tx: &mut Tx<'_>, id: &AccountId, name: &str) -> Result<()> {
    let found: Vec<(i64, String)> = deals::table
        .filter(deals::account_id.eq(id.as_str()))
        .select((deals::number, deals::title))
        .load(tx.conn)?;
    for (number, title) in found {
        diesel::update(deals::table.filter(deals::number.eq(number)))
            .set(deals::search_text.eq(deal_search_text(&title, Some(name))))
            .execute(tx.conn)?;
    }
    let found: Vec<String> = contacts::table
        .filter(contacts::account_id.eq(id.as_str()))
        .select(contacts::id)
        .load(tx.conn)?;
    for contact in found {
        crate::contacts::refresh_search(tx, &contact, Some(name))?;
    }
    Ok(())
}

pub(super) fn check(
    tx: &mut Tx<'_>,
    current: Option<&Account>,
    draft: &AccountDraft,
) -> Result<()> {
    let mut errors = validate(draft);
    if let Some(parent) = &draft.parent_id
        && current.is_none_or(|c| c.parent_id.as_ref() != Some(parent))
    {
        let found = load(tx, parent)?.filter(|a| a.deleted_at.is_none());
        if found.is_none() || current.is_some_and(|c| c.id == *parent) {
            errors.push(FieldError::unknown("parent_id"));
        }
    }
    if let Some(owner) = &draft.owner_id
        && current.is_none_or(|c| c.owner_id.as_ref() != Some(owner))
        && !crate::users::exists(tx, owner)?
    {
        errors.push(FieldError::unknown("owner_id"));
    }
    refuse_invalid(errors)
}

pub(super) fn normalized(draft: &AccountDraft) -> AccountDraft {
    let d = draft.clone();
    AccountDraft {
        name: d.name.trim().to_owned(),
        tax_number: non_empty(d.tax_number),
        industry: non_empty(d.industry),
        website: non_empty(d.website),
        phone: non_empty(d.phone),
        email: non_empty(d.email),
        country: non_empty(d.country),
        city: non_empty(d.city),
        address: non_empty(d.address),
        description: non_empty(d.description),
        ..d
    }
}
