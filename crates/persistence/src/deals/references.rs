use diesel::prelude::*;
use etalon_domain::deal::{Deal, DealCommand, DealDraft, Place, References};
use etalon_domain::id::{DepartmentId, Ref, UserId};
use etalon_domain::process::Published;

use crate::connection::Tx;
use crate::context::Context;
use crate::error::Result;
use crate::schema::{accounts, contacts, departments, products, users};

/// Looks up the records that a command names. What an edit leaves as it is is not looked up again.
pub(super) fn find(
    tx: &mut Tx<'_>,
    context: &Context,
    current: Option<&Deal>,
    command: &DealCommand,
) -> Result<References> {
    match command {
        DealCommand::Create(draft) | DealCommand::Convert(draft) | DealCommand::Edit(draft) => {
            of_draft(tx, context, current, draft)
        }
        DealCommand::Import(import) => of_draft(tx, context, current, &import.draft),
        DealCommand::Close(close) => Ok(References {
            winner: match &close.winner_account_id {
                Some(id) => account(tx, id.as_str())?,
                None => None,
            },
            beaten: match &close.beaten_account_id {
                Some(id) => account(tx, id.as_str())?,
                None => None,
            },
            ..References::default()
        }),
        DealCommand::Follow(to) => Ok(References {
            process: crate::process::find(tx, &to.process_version_id)?
                .map(|found| Published::clone(&found)),
            ..References::default()
        }),
        DealCommand::Move(_)
        | DealCommand::Undo(_)
        | DealCommand::Reopen(_)
        | DealCommand::Delete
        | DealCommand::Restore => Ok(References::default()),
    }
}

fn of_draft(
    tx: &mut Tx<'_>,
    context: &Context,
    current: Option<&Deal>,
    draft: &DealDraft,
) -> Result<References> {
    let mut found = References::default();
    let owner_id = draft
        .owner_id
        .as_ref()
        .or(current.map(|deal| &deal.owner_id))
        .unwrap_or(&context.actor.user_id);
    found.owner = match current {
        Some(deal)
            if deal.owner_id == *owner_id
                && deal.department_id.is_some()
                && draft.department_id == deal.department_id =>
        {
            Some(Place {
                user_id: deal.owner_id.clone(),
                name: deal.owner_name.clone(),
                department: None,
                active: true,
            })
        }
        _ => owner(tx, owner_id)?,
    };
    if let Some(id) = &draft.department_id
        && current.is_none_or(|deal| deal.department_id.as_ref() != Some(id))
    {
        found.department = department(tx, id.as_str())?;
    }
    if let Some(id) = &draft.account_id
        && current.is_none_or(|deal| deal.account_id.as_ref() != Some(id))
    {
        found.account = account(tx, id.as_str())?;
    }
    if let Some(id) = &draft.contact_id
        && current.is_none_or(|deal| deal.contact_id.as_ref() != Some(id))
    {
        found.contact = contact(tx, id.as_str())?;
    }
    if let Some(id) = &draft.product_id
        && current.is_none_or(|deal| deal.product_id.as_ref() != Some(id))
    {
        found.product = products::table
            .filter(products::id.eq(id.as_str()))
            .select((products::id, products::name))
            .first(tx.conn)
            .optional()?
            .map(reference);
    }
    Ok(found)
}

fn reference((id, name): (String, String)) -> Ref {
    Ref { id, name }
}

/// An account that is not in the bin.
pub(crate) fn account(tx: &mut Tx<'_>, id: &str) -> Result<Option<Ref>> {
    Ok(accounts::table
        .filter(accounts::id.eq(id))
        .filter(accounts::deleted_at.is_null())
        .select((accounts::id, accounts::name))
        .first(tx.conn)
        .optional()?
        .map(reference))
}

/// A contact that is not in the bin.
pub(crate) fn contact(tx: &mut Tx<'_>, id: &str) -> Result<Option<Ref>> {
    Ok(contacts::table
        .filter(contacts::id.eq(id))
        .filter(contacts::deleted_at.is_null())
        .select((contacts::id, contacts::name))
        .first(tx.conn)
        .optional()?
        .map(reference))
}

/// A department.
pub(crate) fn department(tx: &mut Tx<'_>, id: &str) -> Result<Option<Ref>> {
    Ok(departments::table
        .filter(departments::id.eq(id))
        .select((departments::id, departments::name))
        .first(tx.conn)
        .optional()?
        .map(reference))
}

/// A person with the department.
pub(crate) fn owner(tx: &mut Tx<'_>, id: &UserId) -> Result<Option<Place>> {
    type Found = (String, String, bool, Option<String>, Option<String>);
    let found: Option<Found> = users::table
        .left_join(departments::table.on(departments::id.nullable().eq(users::department_id)))
        .filter(users::id.eq(id.as_str()))
        .select((
            users::id,
            users::name,
            users::active,
            departments::id.nullable(),
            departments::name.nullable(),
        ))
        .first(tx.conn)
        .optional()?;
    Ok(
        found.map(|(id, name, active, department, department_name)| Place {
            user_id: UserId::new(id),
            name,
            active,
            department: department
                .zip(department_name)
                .map(|(id, name)| (DepartmentId::new(id), name)),
        }),
    )
}
