//! The first start: the one-time link for the first administrator, the secret of the access tokens,
//! and the demo company.

use chrono::Utc;
use etalon_domain::auth::DemoSignIn;
use etalon_persistence::{Db, Tx, company, users};

use crate::auth::{password, token};

/// Setting that holds the hash of the one-time token.
pub const TOKEN: &str = "setup_token";
const SECRET: &str = "token_secret";
const DEMO: &str = "demo_sign_ins";

/// The secret that signs access tokens, made on the first start and shared by all servers of the
/// database.
///
/// # Errors
/// When the database cannot be read or written.
pub fn token_secret(db: &Db) -> Result<String, String> {
    let fresh = token::random().map_err(|e| e.to_string())?;
    db.write(|tx| company::setting_or(tx, SECRET, || fresh))
        .map_err(|e| e.to_string())
}

/// Makes a new one-time token when nobody has been added yet; the link of an earlier start stops
/// working.
///
/// # Errors
/// When the database cannot be read or written.
pub fn one_time_token(db: &Db) -> Result<Option<String>, String> {
    let fresh = token::random().map_err(|e| e.to_string())?;
    db.write(|tx| {
        if !users::is_empty(tx)? {
            return Ok(None);
        }
        company::set_setting(tx.conn, TOKEN, &token::fingerprint(&fresh))?;
        Ok(Some(fresh))
    })
    .map_err(|e| e.to_string())
}

/// Fills an empty database with the demo company. Returns whether it did.
///
/// # Errors
/// When the database cannot be read or written.
pub fn fill_demo(db: &Db) -> Result<bool, String> {
    let empty = db.read(users::is_empty).map_err(|e| e.to_string())?;
    if !empty {
        return Ok(false);
    }
    let hash = |text: &str| password::hash(text).unwrap_or_default();
    let sign_ins =
        etalon_demo::fill(db, Utc::now().date_naive(), &hash).map_err(|e| e.to_string())?;
    let json = serde_json::to_string(&sign_ins).map_err(|e| e.to_string())?;
    db.write(|tx| company::set_setting(tx.conn, DEMO, &json))
        .map_err(|e| e.to_string())?;
    db.reload_company().map_err(|e| e.to_string())?;
    Ok(true)
}

/// The sign-ins of the demo company; empty outside the demo.
///
/// # Errors
/// When the database cannot be read.
pub fn demo_sign_ins(tx: &mut Tx<'_>) -> etalon_persistence::Result<Vec<DemoSignIn>> {
    match company::setting(tx.conn, DEMO)? {
        // An older version may have written them down in another form.
        Some(json) => Ok(serde_json::from_str(&json).unwrap_or_else(|_| etalon_demo::sign_ins())),
        None => Ok(Vec::new()),
    }
}
