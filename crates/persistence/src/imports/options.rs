//! Options of an import: what may be chosen, and what follows from it for reading files.

use etalon_domain::error::{Error as DomainError, FieldCode, FieldError, validate};
use etalon_domain::import::ImportOptions;
use etalon_domain::policy::Actor;
use etalon_domain::user::{Role, User};
use etalon_import::{Settings, StageNames, Zone};

use crate::connection::{Company, Tx};
use crate::error::Result;

/// How many bytes the files of one import may have together.
pub const MAX_BYTES: usize = 100 << 20;
/// How many files one import may have.
pub const MAX_FILES: usize = 20;

/// Completes and checks the options that a person chose: a head imports below the own department and
/// for people of it.
pub(super) fn checked(
    tx: &mut Tx<'_>,
    actor: &Actor,
    mut options: ImportOptions,
) -> Result<ImportOptions> {
    options.source = options.source.trim().to_owned();
    options.time_zone = options.time_zone.trim().to_owned();
    if actor.role == Role::Head && options.parent_department_id.is_none() {
        options
            .parent_department_id
            .clone_from(&actor.department_id);
    }
    let mut errors = validate(&options);
    if Zone::parse(&options.time_zone).is_none() {
        let message = "is neither the IANA name of a time zone nor an offset such as +05:00";
        errors.push(FieldError::new(
            "time_zone",
            FieldCode::InvalidFormat,
            message,
        ));
    }
    if let Some(parent) = &options.parent_department_id {
        let known = crate::departments::tree(tx)?
            .iter()
            .any(|(id, _)| id == parent);
        if !known || !actor.leads(Some(parent)) {
            errors.push(FieldError::unknown("parent_department_id"));
        }
    }
    if let Some(owner) = &options.default_owner_id {
        let found = crate::users::credentials(tx, owner)?.map(|c| c.user);
        let own = *owner == actor.user_id;
        let may = |user: &User| own || actor.leads(user.department_id.as_ref());
        if !found.is_some_and(|user| user.active && may(&user)) {
            errors.push(FieldError::unknown("default_owner_id"));
        }
    }
    for (value, code) in &options.stage_mapping {
        if tx.company.stages.get(code).is_none() {
            errors.push(FieldError::unknown(&format!("stage_mapping.{value}")));
        }
    }
    for error in &mut errors {
        if !error.field.starts_with("options.") {
            error.field = format!("options.{}", error.field);
        }
    }
    if errors.is_empty() {
        Ok(options)
    } else {
        Err(DomainError::Invalid(errors).into())
    }
}

/// What the options mean for reading files.
pub(super) fn settings(company: &Company, options: &ImportOptions) -> Settings {
    let utc = Zone::Fixed(chrono::Offset::fix(&chrono::Utc));
    Settings {
        zone: Zone::parse(&options.time_zone).unwrap_or(utc),
        currency: options.currency.unwrap_or(company.base_currency),
        stages: StageNames::new(company.stages.clone(), &options.stage_mapping),
    }
}
