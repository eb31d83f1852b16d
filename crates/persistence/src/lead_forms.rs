//! Forms on other sites that make leads. Administrators see and change them; anybody who knows the key
//! of an active one may send it.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::error::{ErrorCode, FieldCode, FieldError, validate};
use etalon_domain::event::{EventKind, FieldChange, Via, diff, initial};
use etalon_domain::id::{LeadFormId, Ref, UserId};
use etalon_domain::lead::{Lead, LeadCommand, LeadOrigin};
use etalon_domain::lead_form::{FormSubmission, LeadForm, LeadFormDraft};
use etalon_domain::notification::NotificationKind;
use etalon_domain::policy::{Actor, may_manage_company};
use etalon_domain::record::RecordCommand;
use etalon_domain::time::{from_naive, to_naive};
use serde_json::Value;

use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::error::Result;
use crate::record::{name_change, note, refuse_invalid, refuse_stale};
use crate::schema::{lead_forms, leads, users};
use crate::timeline::Entity;
use crate::{leads as lead_base, users as people};

#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = lead_forms, treat_none_as_null = true)]
struct Values {
    id: String,
    name: String,
    key: String,
    source: Option<String>,
    owner_id: String,
    active: bool,
    allowed_origins: String,
    redirect_url: Option<String>,
    version: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

type Row = (Values, String, bool);

macro_rules! joined {
    () => {
        lead_forms::table
            .inner_join(users::table.on(users::id.eq(lead_forms::owner_id)))
            .select((Values::as_select(), users::name, users::active))
    };
}

/// All forms, by name.
///
/// # Errors
/// `forbidden` for whoever is no administrator, or that the database cannot be read.
pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<LeadForm>> {
    require_admin(actor)?;
    let rows: Vec<Row> = joined!()
        .order((lead_forms::name, lead_forms::id))
        .load(tx.conn)?;
    rows.into_iter().map(|row| form(tx, row)).collect()
}

/// A form.
///
/// # Errors
/// `forbidden` for whoever is no administrator, `not_found`.
pub fn get(tx: &mut Tx<'_>, actor: &Actor, id: &LeadFormId) -> Result<LeadForm> {
    require_admin(actor)?;
    load(tx, id)
}

/// The active form with a key.
///
/// # Errors
/// `not_found`, also for one that is not active.
pub fn by_key(tx: &mut Tx<'_>, key: &str) -> Result<LeadForm> {
    let row: Option<Row> = joined!()
        .filter(lead_forms::key.eq(key))
        .filter(lead_forms::active.eq(true))
        .first(tx.conn)
        .optional()?;
    form(tx, row.ok_or(ErrorCode::NotFound)?)
}

/// Carries out a command on a form: with [`renew_key`] the only function that writes one.
///
/// # Errors
/// `forbidden`, `not_found`, `stale_version`, `in_use` for a removal, which would leave its leads
/// without their origin: a form is deactivated instead. Invalid fields, or that the database failed.
pub fn execute(
    tx: &mut Tx<'_>,
    context: &Context,
    id: Option<&LeadFormId>,
    expected_version: Option<i64>,
    command: &RecordCommand<LeadFormDraft>,
) -> Result<LeadForm> {
    require_admin(&context.actor)?;
    if let RecordCommand::Create { draft, .. } = command {
        return create(tx, context, draft);
    }
    let current = load(tx, id.ok_or(ErrorCode::NotFound)?)?;
    refuse_stale(current.version, expected_version)?;
    match command {
        RecordCommand::Edit(draft) => edit(tx, context, &current, draft),
        RecordCommand::Delete => Err(ErrorCode::InUse.into()),
        RecordCommand::Create { .. } | RecordCommand::Restore => Err(ErrorCode::NotDeleted.into()),
    }
}

/// Gives a form another key: what is sent with the one before finds nothing any more.
///
/// # Errors
/// `forbidden`, `not_found`, `stale_version`, or that the database failed.
pub fn renew_key(
    tx: &mut Tx<'_>,
    context: &Context,
    id: &LeadFormId,
    expected_version: Option<i64>,
) -> Result<LeadForm> {
    require_admin(&context.actor)?;
    let current = load(tx, id)?;
    refuse_stale(current.version, expected_version)?;
    let values = Values {
        key: new_key(),
        version: current.version + 1,
        updated_at: to_naive(context.now),
        ..stored(&current)?
    };
    let change = FieldChange {
        field: "key".into(),
        from: Value::from(current.key),
        to: Value::from(values.key.clone()),
    };
    update(tx, context, current.version, &values, &[change])
}

/// Makes a lead of what a visitor has sent to a form, and tells whoever works on it: the form's owner, or
/// somebody else when he has left or may only read.
///
/// # Errors
/// The invalid fields, or that the database failed.
pub fn submit(
    tx: &mut Tx<'_>,
    form: &LeadForm,
    submission: &FormSubmission,
    request_id: Option<String>,
) -> Result<Lead> {
    let mut draft = submission.lead(form)?;
    let worker = lead_base::worker(tx, &form.owner_id, None)?;
    draft.owner_id = Some(UserId::new(worker.id));
    let command = LeadCommand::Create {
        draft,
        origin: Some(LeadOrigin::Form(Ref {
            id: form.id.as_str().to_owned(),
            name: form.name.clone(),
        })),
    };
    let context = Context::new(Actor::system("UTC"), Via::Form, request_id);
    let lead = lead_base::execute(tx, &context, None, None, &command)?;
    lead_base::tell_owner(tx, &lead, NotificationKind::LeadNew, context.now)?;
    Ok(lead)
}

fn require_admin(actor: &Actor) -> Result<()> {
    if may_manage_company(actor) {
        Ok(())
    } else {
        Err(ErrorCode::Forbidden.into())
    }
}

fn load(tx: &mut Tx<'_>, id: &LeadFormId) -> Result<LeadForm> {
    let row: Option<Row> = joined!()
        .filter(lead_forms::id.eq(id.as_str()))
        .first(tx.conn)
        .optional()?;
    form(tx, row.ok_or(ErrorCode::NotFound)?)
}

fn form(tx: &mut Tx<'_>, (values, owner_name, owner_active): Row) -> Result<LeadForm> {
    let (count, last): (i64, Option<NaiveDateTime>) = leads::table
        .filter(leads::form_id.eq(&values.id))
        .filter(leads::deleted_at.is_null())
        .select((
            diesel::dsl::count_star(),
            diesel::dsl::max(leads::created_at),
        ))
        .first(tx.conn)?;
    Ok(LeadForm {
        id: LeadFormId::new(values.id),
        name: values.name,
        key: values.key,
        source: values.source,
        owner_id: UserId::new(values.owner_id),
        owner_name,
        owner_active,
        active: values.active,
        allowed_origins: serde_json::from_str(&values.allowed_origins)?,
        redirect_url: values.redirect_url,
        leads: count,
        last_lead_at: last.map(from_naive),
        version: values.version,
        created_at: from_naive(values.created_at),
        updated_at: from_naive(values.updated_at),
    })
}

/// The columns of a form as it is.
fn stored(form: &LeadForm) -> Result<Values> {
    Ok(Values {
        id: form.id.as_str().into(),
        key: form.key.clone(),
        version: form.version,
        created_at: to_naive(form.created_at),
        updated_at: to_naive(form.updated_at),
        ..values_of(&LeadFormDraft::from(form), &form.owner_id)?
    })
}

fn values_of(draft: &LeadFormDraft, owner: &UserId) -> Result<Values> {
    Ok(Values {
        id: String::new(),
        name: draft.name.clone(),
        key: String::new(),
        source: draft.source.clone(),
        owner_id: owner.as_str().into(),
        active: draft.active,
        allowed_origins: serde_json::to_string(&draft.allowed_origins)?,
        redirect_url: draft.redirect_url.clone(),
        version: 1,
        created_at: NaiveDateTime::default(),
        updated_at: NaiveDateTime::default(),
    })
}

/// The key of a form. It stands in the site's source, so it need not be a secret; only nobody else's.
fn new_key() -> String {
    new_id().replace('-', "")
}

fn create(tx: &mut Tx<'_>, context: &Context, draft: &LeadFormDraft) -> Result<LeadForm> {
    let mut draft = draft.clone().normalized();
    let owner = (draft.owner_id.take()).unwrap_or_else(|| context.actor.user_id.clone());
    draft.owner_id = Some(owner.clone());
    check(tx, None, &draft, &owner)?;
    let values = Values {
        id: new_id(),
        key: new_key(),
        created_at: to_naive(context.now),
        updated_at: to_naive(context.now),
        ..values_of(&draft, &owner)?
    };
    diesel::insert_into(lead_forms::table)
        .values(&values)
        .execute(tx.conn)?;
    let made = load(tx, &LeadFormId::new(values.id))?;
    let mut changes = initial(&draft);
    name_change(&mut changes, "owner_id", None, Some(&made.owner_name));
    let id = made.id.as_str();
    note(
        tx.conn,
        context,
        Entity::LeadForm,
        id,
        EventKind::Created,
        &changes,
    )?;
    Ok(made)
}

fn edit(
    tx: &mut Tx<'_>,
    context: &Context,
    current: &LeadForm,
    draft: &LeadFormDraft,
) -> Result<LeadForm> {
    let mut draft = draft.clone().normalized();
    let owner = (draft.owner_id.take()).unwrap_or_else(|| current.owner_id.clone());
    draft.owner_id = Some(owner.clone());
    check(tx, Some(current), &draft, &owner)?;
    let mut changes = diff(&LeadFormDraft::from(current), &draft);
    if changes.is_empty() {
        return Ok(current.clone());
    }
    let named = people::get(tx, &owner)?.name;
    name_change(
        &mut changes,
        "owner_id",
        Some(&current.owner_name),
        Some(&named),
    );
    let values = Values {
        id: current.id.as_str().into(),
        key: current.key.clone(),
        version: current.version + 1,
        created_at: to_naive(current.created_at),
        updated_at: to_naive(context.now),
        ..values_of(&draft, &owner)?
    };
    update(tx, context, current.version, &values, &changes)
}

fn update(
    tx: &mut Tx<'_>,
    context: &Context,
    version: i64,
    values: &Values,
    changes: &[FieldChange],
) -> Result<LeadForm> {
    let row = lead_forms::table
        .filter(lead_forms::id.eq(&values.id))
        .filter(lead_forms::version.eq(version));
    if diesel::update(row).set(values).execute(tx.conn)? == 0 {
        return Err(ErrorCode::StaleVersion.into());
    }
    let kind = EventKind::Updated;
    note(
        tx.conn,
        context,
        Entity::LeadForm,
        &values.id,
        kind,
        changes,
    )?;
    load(tx, &LeadFormId::new(values.id.clone()))
}

/// Leads go to somebody who works on them. An owner who has left meanwhile may stay.
fn check(
    tx: &mut Tx<'_>,
    current: Option<&LeadForm>,
    draft: &LeadFormDraft,
    owner: &UserId,
) -> Result<()> {
    let mut errors = validate(draft);
    if current.is_none_or(|form| form.owner_id != *owner) {
        match people::actor(tx, owner)? {
            None => errors.push(FieldError::unknown("owner_id")),
            Some(actor) if !actor.writes() => {
                let message = "only reads and cannot work on leads";
                errors.push(FieldError::new("owner_id", FieldCode::NotAllowed, message));
            }
            Some(_) => {}
        }
    }
    refuse_invalid(errors)
}
