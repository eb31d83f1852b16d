//! What of the knowledge base is chosen for a deal and shown in it. Both stand in the deal's history.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::deal::{Deal, DealStatus};
use etalon_domain::error::{Error as DomainError, ErrorCode, FieldCode, FieldError};
use etalon_domain::event::{EventKind, FieldChange};
use etalon_domain::id::{ActivityId, DealId, MaterialId, Ref};
use etalon_domain::material::{DealMaterial, Material, MaterialStatus, ShownMaterial};
use etalon_domain::policy::require_deal_write;
use etalon_domain::time::{from_naive, to_naive};
use serde_json::{Value, json};

use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::error::Result;
use crate::record::{note, refuse_invalid};
use crate::schema::{activities, contacts, deal_materials, materials, users};
use crate::timeline::Entity;

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = deal_materials)]
struct Use {
    id: String,
    deal_id: String,
    material_id: String,
    edition: i32,
    step_id: Option<String>,
    activity_id: Option<String>,
    contact_ids: String,
    chosen_at: Option<NaiveDateTime>,
    shown_at: Option<NaiveDateTime>,
    created_at: NaiveDateTime,
    created_by: Option<String>,
}

impl Use {
    fn new(context: &Context, deal: &DealId, material: &Material) -> Self {
        Self {
            id: new_id(),
            deal_id: deal.as_str().into(),
            material_id: material.id.as_str().into(),
            edition: material.number,
            step_id: None,
            activity_id: None,
            contact_ids: "[]".into(),
            chosen_at: None,
            shown_at: None,
            created_at: to_naive(context.now),
            created_by: Some(context.actor.user_id.as_str().into()),
        }
    }
}

/// The materials that were chosen for a deal or shown in it, the latest first. The caller has made
/// sure that the reader may see the deal.
///
/// # Errors
/// When the database cannot be read.
pub fn of_deal(tx: &mut Tx<'_>, deal: &DealId) -> Result<Vec<DealMaterial>> {
    type Row = (Use, String, String, String, i32, Option<String>);
    let rows: Vec<Row> = deal_materials::table
        .inner_join(materials::table.on(materials::id.eq(deal_materials::material_id)))
        .left_join(users::table.on(users::id.nullable().eq(deal_materials::created_by)))
        .filter(deal_materials::deal_id.eq(deal.as_str()))
        .order((deal_materials::created_at.desc(), deal_materials::id.desc()))
        .select((
            Use::as_select(),
            materials::title,
            materials::language,
            materials::status,
            materials::edition,
            users::name.nullable(),
        ))
        .load(tx.conn)?;
    let mut all: Vec<String> = Vec::new();
    for (row, ..) in &rows {
        all.extend(serde_json::from_str::<Vec<String>>(&row.contact_ids)?);
    }
    let names: Vec<(String, String)> = contacts::table
        .filter(contacts::id.eq_any(all))
        .select((contacts::id, contacts::name))
        .load(tx.conn)?;
    rows.into_iter()
        .map(|(row, title, language, status, newest, by)| {
            let ids: Vec<String> = serde_json::from_str(&row.contact_ids)?;
            let to = ids.into_iter().filter_map(|id| {
                let (_, name) = names.iter().find(|(known, _)| *known == id)?;
                Some(Ref {
                    id,
                    name: name.clone(),
                })
            });
            Ok(DealMaterial {
                id: row.id,
                material: Ref {
                    id: row.material_id,
                    name: title,
                },
                language,
                status: status.parse()?,
                number: row.edition,
                newest,
                step_id: row.step_id,
                activity_id: row.activity_id.map(ActivityId::new),
                contacts: to.collect(),
                chosen_at: row.chosen_at.map(from_naive),
                shown_at: row.shown_at.map(from_naive),
                by: row.created_by.zip(by).map(|(id, name)| Ref { id, name }),
            })
        })
        .collect()
}

/// Makes these materials the ones that are chosen for a step of a deal, or for the deal when no step
/// is named. Choices that were shown already stay.
///
/// # Errors
/// `not_found`, `forbidden`, `deal_closed`, `invalid_fields` for a material that cannot be shown.
pub fn choose(
    tx: &mut Tx<'_>,
    context: &Context,
    deal: &DealId,
    step: Option<&str>,
    chosen: &[MaterialId],
) -> Result<()> {
    let deal = changeable(tx, context, deal)?;
    let before = choices(tx, &deal, step)?;
    let mut names = Vec::new();
    for id in chosen {
        if let Some(known) = before.iter().find(|m| m.material.id == id.as_str()) {
            names.push(known.material.name.clone());
            continue;
        }
        let material = presentable(tx, context, id)?;
        let row = Use {
            step_id: step.map(str::to_owned),
            // It belongs to the visit that began with the deal's change, however the clock goes.
            chosen_at: Some(to_naive(context.now.max(deal.stage_entered_at))),
            ..Use::new(context, &deal.id, &material)
        };
        diesel::insert_into(deal_materials::table)
            .values(&row)
            .execute(tx.conn)?;
        names.push(material.title);
    }
    for gone in &before {
        if chosen.iter().any(|id| id.as_str() == gone.material.id) {
            continue;
        }
        if gone.shown_at.is_some() {
            names.push(gone.material.name.clone());
        } else {
            let row = deal_materials::table.filter(deal_materials::id.eq(&gone.id));
            diesel::delete(row).execute(tx.conn)?;
        }
    }
    let old: Vec<&str> = before.iter().map(|m| m.material.name.as_str()).collect();
    tell_choice(tx, context, &deal, &old, &names)
}

/// What is chosen for a step of a deal in the present visit of its stage, the latest first, or for the deal
/// when no step is named. Choices of earlier visits are history.
fn choices(tx: &mut Tx<'_>, deal: &Deal, step: Option<&str>) -> Result<Vec<DealMaterial>> {
    let mut found = of_deal(tx, &deal.id)?;
    found.retain(|material| {
        let mine = material.step_id.as_deref() == step;
        let present = |at| step.is_none() || at >= deal.stage_entered_at;
        mine && material.chosen_at.is_some_and(present)
    });
    Ok(found)
}

/// Adds one material to those that are chosen for a step of a deal, or for the deal.
///
/// # Errors
/// As [`choose`].
pub fn choose_one(
    tx: &mut Tx<'_>,
    context: &Context,
    deal: &DealId,
    step: Option<&str>,
    material: &MaterialId,
) -> Result<()> {
    let present = changeable(tx, context, deal)?;
    let mut chosen: Vec<MaterialId> = choices(tx, &present, step)?
        .into_iter()
        .map(|m| MaterialId::new(m.material.id))
        .collect();
    chosen.reverse();
    if !chosen.contains(material) {
        chosen.push(material.clone());
    }
    choose(tx, context, deal, step, &chosen)
}

/// Takes a choice back.
///
/// # Errors
/// `not_found`, `forbidden`, `deal_closed`, or `in_use` when it was shown: that stays.
pub fn take_back(tx: &mut Tx<'_>, context: &Context, deal: &DealId, id: &str) -> Result<()> {
    let deal = changeable(tx, context, deal)?;
    let all = of_deal(tx, &deal.id)?;
    let gone = all.iter().find(|m| m.id == id).ok_or(ErrorCode::NotFound)?;
    if gone.shown_at.is_some() {
        return Err(ErrorCode::InUse.into());
    }
    let row = deal_materials::table.filter(deal_materials::id.eq(id));
    diesel::delete(row).execute(tx.conn)?;
    tell_choice(tx, context, &deal, &[gone.material.name.as_str()], &[])
}

/// Records that a material was shown. A choice of it that was not shown yet becomes this showing.
///
/// # Errors
/// `not_found`, `forbidden`, `deal_closed`, `invalid_fields` for a material that cannot be shown, a
/// contact that does not exist, an activity of another deal, or an instant to come.
pub fn show(
    tx: &mut Tx<'_>,
    context: &Context,
    deal: &DealId,
    shown: &ShownMaterial,
) -> Result<()> {
    let deal = changeable(tx, context, deal)?;
    let material = presentable(tx, context, &shown.material_id)?;
    if shown.at > context.now + chrono::Duration::minutes(5) {
        let error = FieldError::new("shown_at", FieldCode::OutOfRange, "lies in the future");
        refuse_invalid(vec![error])?;
    }
    let ids: Vec<&str> = shown.contacts.iter().map(|id| id.as_str()).collect();
    let people: Vec<(String, String)> = contacts::table
        .filter(contacts::id.eq_any(&ids))
        .filter(contacts::deleted_at.is_null())
        .order(contacts::name)
        .select((contacts::id, contacts::name))
        .load(tx.conn)?;
    if ids
        .iter()
        .any(|id| people.iter().all(|(known, _)| known != id))
    {
        refuse_invalid(vec![FieldError::unknown("contact_ids")])?;
    }
    if let Some(activity) = &shown.activity_id {
        let known: Option<String> = activities::table
            .filter(activities::id.eq(activity.as_str()))
            .filter(activities::deal_id.eq(deal.id.as_str()))
            .select(activities::id)
            .first(tx.conn)
            .optional()?;
        if known.is_none() {
            refuse_invalid(vec![FieldError::unknown("activity_id")])?;
        }
    }
    let waiting: Option<String> = deal_materials::table
        .filter(deal_materials::deal_id.eq(deal.id.as_str()))
        .filter(deal_materials::material_id.eq(material.id.as_str()))
        .filter(deal_materials::shown_at.is_null())
        .order(deal_materials::created_at)
        .select(deal_materials::id)
        .first(tx.conn)
        .optional()?;
    let activity = shown.activity_id.as_ref().map(|id| id.as_str().to_owned());
    match waiting {
        Some(id) => {
            diesel::update(deal_materials::table.filter(deal_materials::id.eq(id)))
                .set((
                    deal_materials::edition.eq(material.number),
                    deal_materials::activity_id.eq(activity),
                    deal_materials::contact_ids.eq(json!(ids).to_string()),
                    deal_materials::shown_at.eq(Some(to_naive(shown.at))),
                ))
                .execute(tx.conn)?;
        }
        None => {
            let row = Use {
                activity_id: activity,
                contact_ids: json!(ids).to_string(),
                shown_at: Some(to_naive(shown.at)),
                ..Use::new(context, &deal.id, &material)
            };
            diesel::insert_into(deal_materials::table)
                .values(&row)
                .execute(tx.conn)?;
        }
    }
    let mut changes = vec![FieldChange {
        field: "material".into(),
        from: Value::Null,
        to: json!({"id": material.id, "name": material.title}),
    }];
    if !people.is_empty() {
        let people = people
            .iter()
            .map(|(id, name)| json!({"id": id, "name": name}));
        changes.push(FieldChange {
            field: "contacts".into(),
            from: Value::Null,
            to: people.collect(),
        });
    }
    let id = deal.id.as_str();
    note(
        tx.conn,
        context,
        Entity::Deal,
        id,
        EventKind::MaterialShown,
        &changes,
    )
}

/// A deal that the actor may change and that is open.
fn changeable(tx: &mut Tx<'_>, context: &Context, id: &DealId) -> Result<Deal> {
    let deal = crate::deals::get(tx, &context.actor, id, context.now)?;
    require_deal_write(&context.actor, &deal)?;
    if deal.status != DealStatus::Open {
        return Err(ErrorCode::DealClosed.into());
    }
    Ok(deal)
}

/// A material that may be shown to a customer: a published one.
fn presentable(tx: &mut Tx<'_>, context: &Context, id: &MaterialId) -> Result<Material> {
    match super::get(tx, &context.actor, id) {
        Ok(material) if material.status == MaterialStatus::Published => Ok(material),
        Ok(_) => {
            Err(DomainError::field("material_id", FieldCode::Inactive, "is not published").into())
        }
        Err(error) => match error {
            crate::error::Error::Domain(DomainError::Refused(ErrorCode::NotFound)) => {
                Err(DomainError::Invalid(vec![FieldError::unknown("material_id")]).into())
            }
            other => Err(other),
        },
    }
}

fn tell_choice(
    tx: &mut Tx<'_>,
    context: &Context,
    deal: &Deal,
    before: &[&str],
    after: &[String],
) -> Result<()> {
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    let from = sorted(before.iter().map(|name| (*name).to_owned()).collect());
    let to = sorted(after.to_vec());
    if from == to {
        return Ok(());
    }
    let change = FieldChange {
        field: "materials".into(),
        from: json!(from),
        to: json!(to),
    };
    let id = deal.id.as_str();
    note(
        tx.conn,
        context,
        Entity::Deal,
        id,
        EventKind::Updated,
        &[change],
    )
}
