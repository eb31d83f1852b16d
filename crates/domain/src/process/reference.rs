//! The process that ships with the product.

use super::Definition;

/// Identifier of the first version of the reference process, which every database has.
pub const REFERENCE_VERSION: &str = "01930000-0000-7000-8000-000000000001";

/// Identifier of the reference process.
pub const REFERENCE_PROCESS: &str = "01930000-0000-7000-8000-000000000000";

/// The text of the reference process, as it ships: `reference.json` beside this file.
const TEXT: &str = include_str!("reference.json");

/// The reference process: seven stages from the first look at a deal to the contract.
///
/// # Panics
/// Never: a test reads the file.
#[must_use]
pub fn reference() -> Definition {
    match serde_json::from_str(TEXT) {
        Ok(definition) => definition,
        Err(error) => unreachable!("reference.json: {error}"),
    }
}
