//! Products.

use etalon_domain::id::ProductId;
use etalon_domain::import::{ImportFile, ImportKind, ImportProblem};
use etalon_domain::product::ProductDraft;
use etalon_domain::record::RecordCommand;
use etalon_domain::text::normalize_name;
use etalon_import::{ProductRow, Table};

use super::step::{Step, Taken, is_imagined};
use super::{Run, batch};
use crate::error::Result;
use crate::imports::links::{fingerprint, id_key};
use crate::products;

const KIND: ImportKind = ImportKind::Products;

/// Takes the products of a file.
pub(super) fn import(
    run: &mut Run<'_>,
    file: &ImportFile,
    table: &Table,
) -> Result<Vec<ImportProblem>> {
    let parsed = etalon_import::products(table, &file.columns, &run.settings);
    batch::rows(run, file, parsed, product)
}

fn product(step: &mut Step<'_, '_, '_>, row: &ProductRow) -> Result<Taken> {
    let key = match &row.external_id {
        Some(id) => id_key(id),
        None => format!("={}", normalize_name(&row.name)),
    };
    let print = fingerprint(&(&row.name, &row.category, row.price, row.active))?;
    let linked = step.link(KIND, &key, &print);
    // A product that nothing names can be removed for good.
    let linked = linked.filter(|(id, _)| step.run.directory.product_name(id).is_some());
    let known = match linked {
        Some((_, true)) => return Ok(Taken::Unchanged),
        Some((id, false)) => Some(id),
        None => step
            .run
            .directory
            .product_named(&row.name)
            .map(|(id, _)| id),
    };
    let Some(id) = known else {
        let draft = ProductDraft {
            category: row.category.clone(),
            price: row.price,
            active: row.active.unwrap_or(true),
            ..ProductDraft::named(row.name.clone())
        };
        let id = step.create(&draft, |step| {
            let origin = step.origin(row.external_id.as_ref());
            let draft = draft.clone();
            let command = RecordCommand::Create { draft, origin };
            let made = products::execute(step.tx, &step.run.context, None, None, &command)?;
            Ok(made.id.into_string())
        })?;
        step.run.directory.add_product(id.clone(), &row.name);
        step.remember(KIND, key, &id, print);
        return Ok(Taken::Created);
    };
    let mut changed = false;
    if !is_imagined(&id) {
        let product = ProductId::new(&id);
        let before = ProductDraft::from(&products::get(step.tx, &product)?);
        let draft = ProductDraft {
            name: row.name.clone(),
            category: row.category.clone().or_else(|| before.category.clone()),
            price: row.price.or(before.price),
            active: row.active.unwrap_or(before.active),
            ..before.clone()
        };
        changed = draft != before;
        if changed && !step.run.is_dry() {
            let command = RecordCommand::Edit(draft);
            let id = Some(&product);
            step.write(|tx, context| products::execute(tx, context, id, None, &command))?;
        }
    }
    step.remember(KIND, key, &id, print);
    Ok(if changed {
        Taken::Updated
    } else {
        Taken::Unchanged
    })
}
