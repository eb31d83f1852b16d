//! Who works on a lead.

use diesel::prelude::*;
use etalon_domain::error::ErrorCode;
use etalon_domain::id::{DepartmentId, Ref, UserId};
use etalon_domain::user::Role;

use crate::connection::Tx;
use crate::departments;
use crate::error::Result;
use crate::schema::users;

/// Identifier, name, role, whether active, department.
type Found = (String, String, String, bool, Option<String>);

/// Who works on a lead of a person: that person, or, when he has left or may only read, the head of the
/// department (the person's own when none is named) or of the nearest one above that has a head, or else
/// an administrator. Of several it is the one who is here for longest.
pub(crate) fn worker(
    tx: &mut Tx<'_>,
    owner: &UserId,
    department: Option<&DepartmentId>,
) -> Result<Ref> {
    let found: Option<Found> = users::table
        .filter(users::id.eq(owner.as_str()))
        .select((
            users::id,
            users::name,
            users::role,
            users::active,
            users::department_id,
        ))
        .first(tx.conn)
        .optional()?;
    let (id, name, role, active, own) = found.ok_or(ErrorCode::Internal)?;
    if active && role != Role::Viewer.as_str() {
        return Ok(Ref { id, name });
    }
    let tree = departments::tree(tx)?;
    let mut at = department.cloned().or(own.map(DepartmentId::new));
    // There are no more departments above one than there are in all.
    for _ in 0..tree.len() {
        let Some(here) = at else { break };
        if let Some(head) = longest_here(tx, Role::Head, Some(&here))? {
            return Ok(head);
        }
        let above = tree.iter().find(|(id, _)| *id == here);
        at = above.and_then(|(_, above)| above.clone());
    }
    let admin = longest_here(tx, Role::Admin, None)?;
    Ok(admin.ok_or(ErrorCode::Internal)?)
}

/// Of the active people with a role, in a department when one is named, the one who is here for longest.
fn longest_here(
    tx: &mut Tx<'_>,
    role: Role,
    department: Option<&DepartmentId>,
) -> Result<Option<Ref>> {
    let mut people = users::table
        .filter(users::role.eq(role.as_str()))
        .filter(users::active.eq(true))
        .order((users::created_at, users::id))
        .select((users::id, users::name))
        .into_boxed();
    if let Some(department) = department {
        people = people.filter(users::department_id.eq(department.as_str()));
    }
    let found: Option<(String, String)> = people.first(tx.conn).optional()?;
    Ok(found.map(|(id, name)| Ref { id, name }))
}
