//! Passwords are kept as argon2id hashes in PHC form.

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::error::{ApiError, ApiResult};
use etalon_domain::error::ErrorCode;

/// Memory in KiB, passes and lanes: OWASP's recommendation for argon2id.
const COST: (u32, u32, u32) = (19_456, 2, 1);

fn hasher() -> ApiResult<Argon2<'static>> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None)
        .map_err(|e| ApiError::with_detail(ErrorCode::Internal, e.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes a password with a salt of its own. Takes some ten milliseconds on purpose.
///
/// # Errors
/// When the machine gives no random numbers.
pub fn hash(password: &str) -> ApiResult<String> {
    hasher()?
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|e| ApiError::with_detail(ErrorCode::Internal, e.to_string()))
}

/// Whether a password fits a hash. Without a hash it takes as long and fails, so that nobody learns
/// which addresses exist.
#[must_use]
pub fn verify(password: &str, hash: Option<&str>) -> bool {
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGlzIHRoZXJl$\
                          NvE0yxKnVKM2q4NKRUcRcJqHHOfzIiUE4P7ZzuFxBMQ";
    let Ok(argon) = hasher() else {
        return false;
    };
    let Ok(parsed) = argon2::password_hash::phc::PasswordHash::new(hash.unwrap_or(NOBODY)) else {
        return false;
    };
    argon.verify_password(password.as_bytes(), &parsed).is_ok() && hash.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_fits() {
        let hashed = hash("correct horse").unwrap();
        assert!(hashed.starts_with("$argon2id$"));
        assert!(verify("correct horse", Some(&hashed)));
        assert!(!verify("wrong horse", Some(&hashed)));
        assert!(!verify("correct horse", None));
        assert!(!verify("", Some("nonsense")));
    }
}
