//! The only way to change a material.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::error::{ErrorCode, FieldCode, FieldError, validate};
use etalon_domain::event::{EventKind, FieldChange, initial};
use etalon_domain::id::MaterialId;
use etalon_domain::material::{
    Material, MaterialDraft, MaterialStatus, content_changes, normalized, number_after,
};
use etalon_domain::policy::{Access, material_access, may_write_materials};
use etalon_domain::record::RecordCommand;
use etalon_domain::text::fold;
use etalon_domain::time::to_naive;
use serde_json::{Value, json};

use super::{labels, load, versions};
use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::deals::row::fold_lines;
use crate::error::Result;
use crate::record::{note, refuse_invalid, refuse_stale};
use crate::schema::{materials, products};
use crate::timeline::Entity;

/// What a form says, as columns.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = materials, treat_none_as_null = true)]
struct Content<'a> {
    title: &'a str,
    title_key: String,
    summary: Option<&'a str>,
    body: &'a str,
    search_text: String,
    language: &'a str,
    status: &'a str,
    edition: i32,
    published_at: Option<NaiveDateTime>,
    version: i64,
    updated_at: NaiveDateTime,
    updated_by: Option<&'a str>,
}

/// Carries out a command on a material: the only function that writes one.
///
/// # Errors
/// `not_found`, `forbidden`, `stale_version`, invalid fields, or that the database failed.
pub fn execute(
    tx: &mut Tx<'_>,
    context: &Context,
    id: Option<&MaterialId>,
    expected_version: Option<i64>,
    command: &RecordCommand<MaterialDraft>,
) -> Result<Material> {
    if let RecordCommand::Create { draft, .. } = command {
        return create(tx, context, draft);
    }
    let current = match id {
        Some(id) => load(tx, id)?,
        None => None,
    };
    let current = current.ok_or(ErrorCode::NotFound)?;
    let access = material_access(&context.actor, &current);
    let hidden = current.deleted_at.is_some() && !matches!(command, RecordCommand::Restore);
    if access == Access::None || hidden {
        return Err(ErrorCode::NotFound.into());
    }
    if access != Access::Write {
        return Err(ErrorCode::Forbidden.into());
    }
    refuse_stale(current.version, expected_version)?;
    match command {
        RecordCommand::Create { .. } => Err(ErrorCode::Internal.into()),
        RecordCommand::Edit(draft) => edit(tx, context, &current, draft),
        RecordCommand::Delete => {
            let at = Some(to_naive(context.now));
            mark(tx, context, &current, at, EventKind::Deleted)
        }
        RecordCommand::Restore if current.deleted_at.is_none() => Err(ErrorCode::NotDeleted.into()),
        RecordCommand::Restore => mark(tx, context, &current, None, EventKind::Restored),
    }
}

fn create(tx: &mut Tx<'_>, context: &Context, draft: &MaterialDraft) -> Result<Material> {
    if !may_write_materials(&context.actor) {
        return Err(ErrorCode::Forbidden.into());
    }
    let draft = normalized(draft);
    let names = check(tx, None, &draft)?;
    let id = new_id();
    let content = content_of(context, None, &draft, &names);
    diesel::insert_into(materials::table)
        .values((
            materials::id.eq(&id),
            materials::author_id.eq(context.actor.user_id.as_str()),
            materials::created_at.eq(to_naive(context.now)),
            &content,
        ))
        .execute(tx.conn)?;
    let mut changes = initial(&draft);
    for change in changes.iter_mut().filter(|change| change.field == "body") {
        change.to = draft.body.chars().count().into();
    }
    changes.retain(|change| change.to != json!([]) && change.to != json!(0));
    finish(tx, context, &id, 0, &draft, EventKind::Created, changes)
}

fn edit(
    tx: &mut Tx<'_>,
    context: &Context,
    current: &Material,
    draft: &MaterialDraft,
) -> Result<Material> {
    let draft = normalized(draft);
    let names = check(tx, Some(current), &draft)?;
    let changes = content_changes(&MaterialDraft::from(current), &draft);
    if changes.is_empty() {
        return Ok(current.clone());
    }
    let content = content_of(context, Some(current), &draft, &names);
    let row = materials::table
        .filter(materials::id.eq(current.id.as_str()))
        .filter(materials::version.eq(current.version));
    if diesel::update(row).set(&content).execute(tx.conn)? == 0 {
        return Err(ErrorCode::StaleVersion.into());
    }
    let (id, before) = (current.id.as_str(), current.number);
    finish(tx, context, id, before, &draft, EventKind::Updated, changes)
}

/// Writes labels, a published version when there is a new one, and the history.
fn finish(
    tx: &mut Tx<'_>,
    context: &Context,
    id: &str,
    number_before: i32,
    draft: &MaterialDraft,
    kind: EventKind,
    mut changes: Vec<FieldChange>,
) -> Result<Material> {
    labels::store(tx, id, draft)?;
    let material = load(tx, &MaterialId::new(id))?.ok_or(ErrorCode::Internal)?;
    if material.number > number_before {
        versions::store(tx, context, id, material.number, draft)?;
    }
    for change in changes.iter_mut().filter(|c| c.field == "product_ids") {
        change.field = "products".into();
        change.from = named(tx, &change.from)?;
        change.to = named(tx, &change.to)?;
    }
    note(tx.conn, context, Entity::Material, id, kind, &changes)?;
    Ok(material)
}

/// Products as the history keeps them: with their names.
fn named(tx: &mut Tx<'_>, ids: &Value) -> Result<Value> {
    let ids: Vec<&str> = ids
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let found: Vec<(String, String)> = products::table
        .filter(products::id.eq_any(ids))
        .order(products::name)
        .select((products::id, products::name))
        .load(tx.conn)?;
    Ok(found
        .into_iter()
        .map(|(id, name)| json!({"id": id, "name": name}))
        .collect())
}

fn mark(
    tx: &mut Tx<'_>,
    context: &Context,
    current: &Material,
    deleted_at: Option<NaiveDateTime>,
    kind: EventKind,
) -> Result<Material> {
    let row = materials::table
        .filter(materials::id.eq(current.id.as_str()))
        .filter(materials::version.eq(current.version));
    let changed = diesel::update(row)
        .set((
            materials::deleted_at.eq(deleted_at),
            materials::version.eq(current.version + 1),
            materials::updated_at.eq(to_naive(context.now)),
            materials::updated_by.eq(Some(context.actor.user_id.as_str())),
        ))
        .execute(tx.conn)?;
    if changed == 0 {
        return Err(ErrorCode::StaleVersion.into());
    }
    let id = current.id.as_str();
    note(tx.conn, context, Entity::Material, id, kind, &[])?;
    load(tx, &current.id)?.ok_or_else(|| ErrorCode::Internal.into())
}

fn content_of<'a>(
    context: &'a Context,
    current: Option<&Material>,
    draft: &'a MaterialDraft,
    products: &'a [String],
) -> Content<'a> {
    let published = draft.status == MaterialStatus::Published;
    let first = current
        .and_then(|material| material.published_at)
        .or(published.then_some(context.now));
    let mut words = vec![draft.title.as_str()];
    words.extend(draft.summary.as_deref());
    for list in [&draft.tags, &draft.industries, &draft.need_types] {
        words.extend(list.iter().map(String::as_str));
    }
    words.extend(products.iter().map(String::as_str));
    words.push(&draft.body);
    Content {
        title: &draft.title,
        title_key: fold(&draft.title),
        summary: draft.summary.as_deref(),
        body: &draft.body,
        search_text: fold_lines(&words),
        language: &draft.language,
        status: draft.status.as_str(),
        edition: number_after(current, draft),
        published_at: first.map(to_naive),
        version: current.map_or(1, |material| material.version + 1),
        updated_at: to_naive(context.now),
        updated_by: Some(context.actor.user_id.as_str()),
    }
}

/// Refuses invalid forms; returns the names of the products.
fn check(
    tx: &mut Tx<'_>,
    current: Option<&Material>,
    draft: &MaterialDraft,
) -> Result<Vec<String>> {
    let mut errors = validate(draft);
    let ids: Vec<&str> = draft.product_ids.iter().map(|id| id.as_str()).collect();
    let names: Vec<String> = products::table
        .filter(products::id.eq_any(&ids))
        .select(products::name)
        .load(tx.conn)?;
    if names.len() != ids.len() {
        errors.push(FieldError::unknown("product_ids"));
    }
    let was_published = current.is_some_and(|m| m.status != MaterialStatus::Draft);
    if was_published && draft.status == MaterialStatus::Draft {
        errors.push(FieldError::new(
            "status",
            FieldCode::NotAllowed,
            "was published: archive it instead",
        ));
    }
    refuse_invalid(errors)?;
    Ok(names)
}
