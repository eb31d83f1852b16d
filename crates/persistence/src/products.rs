//! Products: everybody who signs in sees them.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::decimal::Percent;
use etalon_domain::error::{ErrorCode, FieldCode, FieldError, validate};
use etalon_domain::event::{EventKind, diff, initial};
use etalon_domain::id::ProductId;
use etalon_domain::page::Page;
use etalon_domain::policy::may_edit_base;
use etalon_domain::product::{Product, ProductDraft, ProductFilter};
use etalon_domain::record::{Origin, RecordCommand};
use etalon_domain::text::{fold, normalize_name};
use etalon_domain::time::{from_naive, to_naive};

use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::deals::row::{fold_lines, money};
use crate::error::Result;
use crate::page::{decode, encode, keyset, limit};
use crate::portable::escaped;
use crate::record::{note, refuse_invalid, refuse_stale};
use crate::schema::{deals, products, proposal_lines};
use crate::timeline::Entity;

#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = products, treat_none_as_null = true)]
struct Values {
    id: String,
    name: String,
    name_key: String,
    search_text: String,
    category: Option<String>,
    price: Option<i64>,
    price_currency: Option<String>,
    active: bool,
    import_id: Option<String>,
    version: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    sku: Option<String>,
    sku_key: Option<String>,
    unit: Option<String>,
    cost: Option<i64>,
    cost_currency: Option<String>,
    vat_rate: Option<i64>,
}

impl Values {
    fn into_product(self) -> Result<Product> {
        Ok(Product {
            id: ProductId::new(self.id),
            name: self.name,
            sku: self.sku,
            category: self.category,
            unit: self.unit,
            price: money(self.price, self.price_currency)?,
            cost: money(self.cost, self.cost_currency)?,
            vat_rate: self.vat_rate.map(Percent::from_units),
            active: self.active,
            version: self.version,
            created_at: from_naive(self.created_at),
            updated_at: from_naive(self.updated_at),
        })
    }
}

/// A page of products, by name.
///
/// # Errors
/// `invalid_fields` when a filter is not valid, or the database cannot be read.
pub fn list(tx: &mut Tx<'_>, filter: &ProductFilter) -> Result<Page<Product>> {
    const ORDER: &str = "name";
    let wanted = limit(filter.limit)?;
    let cursor = decode::<String>(ORDER, filter.cursor.as_deref())?;
    let pattern = filter.q.as_deref().map(fold).filter(|q| !q.is_empty());
    let narrow = || {
        let mut query = products::table.select(Values::as_select()).into_boxed();
        if let Some(q) = &pattern {
            query = query.filter(
                products::search_text
                    .like(format!("%{}%", escaped(q)))
                    .escape('\\'),
            );
        }
        if let Some(active) = filter.active {
            query = query.filter(products::active.eq(active));
        }
        query
    };
    let mut rows: Vec<Values> = keyset!(
        tx.conn,
        narrow(),
        products::search_text,
        products::id,
        cursor,
        false,
        wanted + 1
    );
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let next_cursor = rows
        .last()
        .filter(|_| more)
        .map(|row| encode(ORDER, Some(&row.search_text), &row.id));
    let items = rows
        .into_iter()
        .map(Values::into_product)
        .collect::<Result<_>>()?;
    Ok(Page {
        items,
        next_cursor,
        totals: None,
    })
}

/// A product.
///
/// # Errors
/// `not_found`.
pub fn get(tx: &mut Tx<'_>, id: &ProductId) -> Result<Product> {
    products::table
        .filter(products::id.eq(id.as_str()))
        .select(Values::as_select())
        .first(tx.conn)
        .optional()?
        .ok_or(ErrorCode::NotFound)?
        .into_product()
}

/// The products with these identifiers, those that there are.
///
/// # Errors
/// When the database cannot be read.
pub(crate) fn with_ids(tx: &mut Tx<'_>, ids: &[&str]) -> Result<Vec<Product>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    products::table
        .filter(products::id.eq_any(ids))
        .select(Values::as_select())
        .load(tx.conn)?
        .into_iter()
        .map(Values::into_product)
        .collect()
}

/// The product with this normalized name. For imports.
///
/// # Errors
/// When the database cannot be read.
pub fn find(tx: &mut Tx<'_>, name: &str) -> Result<Option<Product>> {
    products::table
        .filter(products::name_key.eq(normalize_name(name)))
        .select(Values::as_select())
        .first(tx.conn)
        .optional()?
        .map(Values::into_product)
        .transpose()
}

/// Carries out a command on a product: the only function that writes one.
///
/// # Errors
/// `not_found`, `forbidden`, `stale_version`, `in_use`, invalid fields, or that the database failed.
pub fn execute(
    tx: &mut Tx<'_>,
    context: &Context,
    id: Option<&ProductId>,
    expected_version: Option<i64>,
    command: &RecordCommand<ProductDraft>,
) -> Result<Product> {
    if !may_edit_base(&context.actor) {
        return Err(ErrorCode::Forbidden.into());
    }
    if let RecordCommand::Create { draft, origin } = command {
        return create(tx, context, draft, origin.as_ref());
    }
    let current = get(tx, id.ok_or(ErrorCode::NotFound)?)?;
    refuse_stale(current.version, expected_version)?;
    match command {
        RecordCommand::Edit(draft) => edit(tx, context, &current, draft),
        RecordCommand::Delete => remove(tx, context, current),
        RecordCommand::Create { .. } | RecordCommand::Restore => Err(ErrorCode::NotDeleted.into()),
    }
}

fn create(
    tx: &mut Tx<'_>,
    context: &Context,
    draft: &ProductDraft,
    origin: Option<&Origin>,
) -> Result<Product> {
    let draft = draft.clone().normalized();
    check(tx, None, &draft)?;
    let values = Values {
        id: new_id(),
        import_id: origin.map(|o| o.import_id.as_str().to_owned()),
        version: 1,
        created_at: to_naive(context.now),
        updated_at: to_naive(context.now),
        ..values_of(&draft)
    };
    diesel::insert_into(products::table)
        .values(&values)
        .execute(tx.conn)?;
    note(
        tx.conn,
        context,
        Entity::Product,
        &values.id,
        EventKind::Created,
        &initial(&draft),
    )?;
    values.into_product()
}

fn edit(
    tx: &mut Tx<'_>,
    context: &Context,
    current: &Product,
    draft: &ProductDraft,
) -> Result<Product> {
    let draft = draft.clone().normalized();
    check(tx, Some(current), &draft)?;
    let changes = diff(&ProductDraft::from(current), &draft);
    if changes.is_empty() {
        return Ok(current.clone());
    }
    let stored: Values = products::table
        .filter(products::id.eq(current.id.as_str()))
        .select(Values::as_select())
        .first(tx.conn)?;
    let values = Values {
        id: stored.id,
        import_id: stored.import_id,
        created_at: stored.created_at,
        version: current.version + 1,
        updated_at: to_naive(context.now),
        ..values_of(&draft)
    };
    let row = products::table
        .filter(products::id.eq(current.id.as_str()))
        .filter(products::version.eq(current.version));
    if diesel::update(row).set(&values).execute(tx.conn)? == 0 {
        return Err(ErrorCode::StaleVersion.into());
    }
    note(
        tx.conn,
        context,
        Entity::Product,
        &values.id,
        EventKind::Updated,
        &changes,
    )?;
    values.into_product()
}

fn remove(tx: &mut Tx<'_>, context: &Context, current: Product) -> Result<Product> {
    let id = current.id.as_str();
    let named: i64 = deals::table
        .filter(deals::product_id.eq(id))
        .count()
        .get_result(tx.conn)?;
    let offered: i64 = proposal_lines::table
        .filter(proposal_lines::product_id.eq(id))
        .count()
        .get_result(tx.conn)?;
    if named + offered > 0 {
        return Err(ErrorCode::InUse.into());
    }
    diesel::delete(products::table.filter(products::id.eq(id))).execute(tx.conn)?;
    note(
        tx.conn,
        context,
        Entity::Product,
        id,
        EventKind::Deleted,
        &[],
    )?;
    Ok(current)
}

fn check(tx: &mut Tx<'_>, current: Option<&Product>, draft: &ProductDraft) -> Result<()> {
    let mut errors = validate(draft);
    let is_other = |found: Option<String>| {
        found.is_some_and(|id| current.is_none_or(|current| current.id.as_str() != id))
    };
    let same: Option<String> = products::table
        .filter(products::name_key.eq(normalize_name(&draft.name)))
        .select(products::id)
        .first(tx.conn)
        .optional()?;
    if !draft.name.is_empty() && is_other(same) {
        errors.push(FieldError::new(
            "name",
            FieldCode::AlreadyUsed,
            "another product has this name",
        ));
    }
    if let Some(sku) = &draft.sku {
        let same: Option<String> = products::table
            .filter(products::sku_key.eq(fold(sku)))
            .select(products::id)
            .first(tx.conn)
            .optional()?;
        if is_other(same) {
            errors.push(FieldError::new(
                "sku",
                FieldCode::AlreadyUsed,
                "another product has this article number",
            ));
        }
    }
    refuse_invalid(errors)
}

fn values_of(draft: &ProductDraft) -> Values {
    let mut words = vec![draft.name.as_str()];
    words.extend(draft.sku.as_deref());
    words.extend(draft.category.as_deref());
    Values {
        id: String::new(),
        name: draft.name.clone(),
        name_key: normalize_name(&draft.name),
        search_text: fold_lines(&words),
        category: draft.category.clone(),
        price: draft.price.map(|m| m.minor),
        price_currency: draft.price.map(|m| m.currency.code().into()),
        active: draft.active,
        import_id: None,
        version: 0,
        created_at: NaiveDateTime::default(),
        updated_at: NaiveDateTime::default(),
        sku: draft.sku.clone(),
        sku_key: draft.sku.as_deref().map(fold),
        unit: draft.unit.clone(),
        cost: draft.cost.map(|m| m.minor),
        cost_currency: draft.cost.map(|m| m.currency.code().into()),
        vat_rate: draft.vat_rate.map(Percent::units),
    }
}
