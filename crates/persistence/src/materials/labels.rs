//! What materials are marked with: tags, branches of business, kinds of need, products.

use diesel::dsl::count_star;
use diesel::prelude::*;
use etalon_domain::id::Ref;
use etalon_domain::material::{
    LabelCount, Material, MaterialDraft, MaterialLabels, MaterialStatus,
};
use etalon_domain::text::fold;

use super::row::Row;
use crate::connection::Tx;
use crate::context::new_id;
use crate::error::Result;
use crate::schema::{material_labels, materials, products};

pub(super) const TAG: &str = "tag";
pub(super) const INDUSTRY: &str = "industry";
pub(super) const NEED: &str = "need_type";
pub(super) const PRODUCT: &str = "product";

#[derive(Insertable)]
#[diesel(table_name = material_labels)]
struct Label<'a> {
    id: String,
    material_id: &'a str,
    kind: &'a str,
    position: i32,
    value: &'a str,
    value_key: String,
}

/// Writes the labels of a form in the place of those that a material had.
pub(super) fn store(tx: &mut Tx<'_>, material: &str, draft: &MaterialDraft) -> Result<()> {
    let before = material_labels::table.filter(material_labels::material_id.eq(material));
    diesel::delete(before).execute(tx.conn)?;
    let products: Vec<String> = draft.product_ids.iter().map(ToString::to_string).collect();
    for (kind, values) in [
        (TAG, &draft.tags),
        (INDUSTRY, &draft.industries),
        (NEED, &draft.need_types),
        (PRODUCT, &products),
    ] {
        for (value, position) in values.iter().zip(0..) {
            let label = Label {
                id: new_id(),
                material_id: material,
                kind,
                position,
                value,
                value_key: fold(value),
            };
            diesel::insert_into(material_labels::table)
                .values(&label)
                .execute(tx.conn)?;
        }
    }
    Ok(())
}

/// Turns rows into materials with their labels. A product that is gone is not named any more.
pub(super) fn complete(tx: &mut Tx<'_>, rows: Vec<Row>) -> Result<Vec<Material>> {
    let ids: Vec<String> = rows.iter().map(|row| row.values.id.clone()).collect();
    let labels: Vec<(String, String, String, Option<String>)> = material_labels::table
        .left_join(products::table.on(products::id.eq(material_labels::value)))
        .filter(material_labels::material_id.eq_any(ids))
        .order((material_labels::material_id, material_labels::position))
        .select((
            material_labels::material_id,
            material_labels::kind,
            material_labels::value,
            products::name.nullable(),
        ))
        .load(tx.conn)?;
    let mut materials = rows
        .into_iter()
        .map(Row::into_material)
        .collect::<Result<Vec<_>>>()?;
    for (of, kind, value, product) in labels {
        let Some(material) = materials.iter_mut().find(|m| m.id.as_str() == of) else {
            continue;
        };
        match (kind.as_str(), product) {
            (TAG, _) => material.tags.push(value),
            (INDUSTRY, _) => material.industries.push(value),
            (NEED, _) => material.need_types.push(value),
            (PRODUCT, Some(name)) => material.products.push(Ref { id: value, name }),
            _ => {}
        }
    }
    Ok(materials)
}

/// The words that published materials are marked with, the most frequent first.
///
/// # Errors
/// When the database cannot be read.
pub fn all(tx: &mut Tx<'_>) -> Result<MaterialLabels> {
    let published = MaterialStatus::Published.as_str();
    let languages: Vec<(String, i64)> = materials::table
        .filter(materials::status.eq(published))
        .filter(materials::deleted_at.is_null())
        .group_by(materials::language)
        .select((materials::language, count_star()))
        .load(tx.conn)?;
    Ok(MaterialLabels {
        tags: words(tx, TAG)?,
        industries: words(tx, INDUSTRY)?,
        need_types: words(tx, NEED)?,
        languages: by_count(languages),
    })
}

fn words(tx: &mut Tx<'_>, kind: &str) -> Result<Vec<LabelCount>> {
    let found: Vec<(Option<String>, i64)> = material_labels::table
        .inner_join(materials::table.on(materials::id.eq(material_labels::material_id)))
        .filter(material_labels::kind.eq(kind))
        .filter(materials::status.eq(MaterialStatus::Published.as_str()))
        .filter(materials::deleted_at.is_null())
        .group_by(material_labels::value_key)
        .select((diesel::dsl::min(material_labels::value), count_star()))
        .load(tx.conn)?;
    let found = found
        .into_iter()
        .map(|(name, count)| (name.unwrap_or_default(), count));
    Ok(by_count(found.collect()))
}

fn by_count(found: Vec<(String, i64)>) -> Vec<LabelCount> {
    let mut labels: Vec<LabelCount> = found
        .into_iter()
        .map(|(name, count)| LabelCount { name, count })
        .collect();
    labels.sort_by(|a, b| {
        b.count
            .cmp(&a.count)
            .then_with(|| fold(&a.name).cmp(&fold(&b.name)))
    });
    labels
}
