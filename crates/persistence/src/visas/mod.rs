//! Visas on documents of deals. Whoever keeps a document asks for its visa, has it decided and voids
//! it here; the hash that binds it is that of the content which was shown.

mod list;
mod row;
mod write;

pub use list::list;
pub use write::{VisaRequest, decide, request, void};

use std::collections::HashMap;

use diesel::prelude::*;
use etalon_domain::id::{DepartmentId, Ref, UserId};
use etalon_domain::user::Role;
use etalon_domain::visa::{Approvers, Head, Visa, VisaDocument};
use sha2::{Digest as _, Sha256};

use crate::connection::Tx;
use crate::error::Result;
use crate::schema::{users, visas};
use row::{Row, into_visas, joined};

/// The hash that a visa binds, of the text that stands for the content of a document.
#[must_use]
pub fn hash(content: &str) -> String {
    let digest = Sha256::digest(content.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The visas that were asked for on a document, newest first. The caller has made sure that the
/// reader may see the document.
///
/// # Errors
/// When the database cannot be read.
pub fn of_document(tx: &mut Tx<'_>, kind: VisaDocument, id: &str) -> Result<Vec<Visa>> {
    let rows: Vec<Row> = joined!()
        .filter(visas::document_kind.eq(kind.as_str()))
        .filter(visas::document_id.eq(id.to_owned()))
        .order((visas::requested_at.desc(), visas::id.desc()))
        .load(tx.conn)?;
    into_visas(tx, rows)
}

/// The last visa of each of these documents.
pub(crate) fn latest(
    tx: &mut Tx<'_>,
    kind: VisaDocument,
    ids: &[String],
) -> Result<HashMap<String, Visa>> {
    let rows: Vec<Row> = joined!()
        .filter(visas::document_kind.eq(kind.as_str()))
        .filter(visas::document_id.eq_any(ids.to_vec()))
        .order((visas::requested_at.asc(), visas::id.asc()))
        .load(tx.conn)?;
    let visas = into_visas(tx, rows)?.into_iter();
    Ok(visas.map(|visa| (visa.document_id.clone(), visa)).collect())
}

/// Whose visa a deal of this owner and department waits for.
///
/// # Errors
/// When the database cannot be read.
pub fn approvers_of(
    tx: &mut Tx<'_>,
    department: Option<&DepartmentId>,
    owner: &UserId,
) -> Result<Vec<Ref>> {
    Ok(approvers(tx)?.nearest(department, owner))
}

/// Everybody who may give visas: active heads and administrators who can sign in.
fn approvers(tx: &mut Tx<'_>) -> Result<Approvers> {
    type Found = (String, String, String, Option<String>);
    let people: Vec<Found> = users::table
        .filter(users::active.eq(true))
        .filter(users::password_hash.is_not_null())
        .filter(users::role.eq_any([Role::Head.as_str(), Role::Admin.as_str()]))
        .order((users::search_text, users::id))
        .select((users::id, users::name, users::role, users::department_id))
        .load(tx.conn)?;
    let mut found = Approvers {
        tree: crate::departments::tree(tx)?,
        ..Approvers::default()
    };
    for (id, name, role, department) in people {
        let user = Ref { id, name };
        match (role.parse()?, department) {
            (Role::Admin, _) => found.admins.push(user),
            (_, Some(department)) => found.heads.push(Head {
                user,
                department_id: DepartmentId::new(department),
            }),
            (_, None) => {}
        }
    }
    Ok(found)
}
