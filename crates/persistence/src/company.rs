//! What holds for the whole company: its name, the base currency, the stages, and secrets that all
//! its servers share.

use diesel::prelude::*;
use etalon_domain::money::Currency;
use etalon_domain::stage::{Stage, Stages};

use crate::connection::{AnyConnection, Company, Tx};
use crate::error::{Error, Result};
use crate::process;
use crate::schema::{settings, stages};

const NAME: &str = "company_name";
const BASE_CURRENCY: &str = "base_currency";

#[derive(Queryable)]
struct StageRow {
    code: String,
    position: i32,
    name_en: String,
    name_ru: String,
    status: String,
    probability: i32,
    forecast_category: String,
    rotting_days: Option<i32>,
}

/// Reads the company; a fresh database gets the reference process and the US dollar.
pub(crate) fn load_or_create(conn: &mut AnyConnection) -> Result<Company> {
    let (processes, usual_process) = process::published(conn)?;
    let rows: Vec<StageRow> = stages::table.order(stages::position).load(conn)?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        found.push(Stage {
            code: row.code,
            position: row.position,
            name_en: row.name_en,
            name_ru: row.name_ru,
            status: row.status.parse()?,
            probability: row.probability,
            forecast_category: row.forecast_category.parse()?,
            rotting_days: row.rotting_days,
        });
    }
    let code = setting(conn, BASE_CURRENCY)?.unwrap_or_else(|| "USD".into());
    Ok(Company {
        name: setting(conn, NAME)?.unwrap_or_default(),
        base_currency: Currency::from_code(&code)
            .ok_or_else(|| Error::Corrupt(format!("base currency {code}")))?,
        stages: Stages::new(found),
        processes,
        usual_process,
    })
}

/// A setting of the company.
///
/// # Errors
/// When the database cannot be read.
pub fn setting(conn: &mut AnyConnection, key: &str) -> Result<Option<String>> {
    Ok(settings::table
        .filter(settings::key.eq(key))
        .select(settings::value)
        .first(conn)
        .optional()?)
}

/// Sets a setting of the company.
///
/// # Errors
/// When the database cannot be written.
pub fn set_setting(conn: &mut AnyConnection, key: &str, value: &str) -> Result<()> {
    let changed = diesel::update(settings::table.filter(settings::key.eq(key)))
        .set(settings::value.eq(value))
        .execute(conn)?;
    if changed == 0 {
        diesel::insert_into(settings::table)
            .values((settings::key.eq(key), settings::value.eq(value)))
            .execute(conn)?;
    }
    Ok(())
}

/// Removes a setting and says whether it was there: of several who do so at once, only to one.
///
/// # Errors
/// When the database cannot be written.
pub fn clear_setting(conn: &mut AnyConnection, key: &str) -> Result<bool> {
    let removed = diesel::delete(settings::table.filter(settings::key.eq(key))).execute(conn)?;
    Ok(removed > 0)
}

/// A setting, made by `make` when it is not there yet.
///
/// # Errors
/// When the database cannot be read or written.
pub fn setting_or(tx: &mut Tx<'_>, key: &str, make: impl FnOnce() -> String) -> Result<String> {
    if let Some(value) = setting(tx.conn, key)? {
        return Ok(value);
    }
    let value = make();
    set_setting(tx.conn, key, &value)?;
    Ok(value)
}

/// Names the company and chooses its base currency. Call [`crate::Db::reload_company`] afterwards.
///
/// The base currency is chosen once, before there is any deal: sums of the past are frozen in it.
///
/// # Errors
/// When the database cannot be written.
pub fn set_up(tx: &mut Tx<'_>, name: &str, base_currency: Currency) -> Result<()> {
    set_setting(tx.conn, NAME, name)?;
    set_setting(tx.conn, BASE_CURRENCY, base_currency.code())
}
