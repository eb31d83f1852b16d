//! Access tokens: JSON Web Tokens that live a quarter of an hour. Refresh tokens: random texts of
//! which only the hash is kept.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Utc;
use etalon_domain::error::ErrorCode;
use etalon_domain::id::{SessionId, UserId};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::error::{ApiError, ApiResult};

/// Seconds an access token lives.
pub const ACCESS_SECONDS: u64 = 900;

/// What an access token says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    /// Who it is for.
    pub sub: String,
    /// In which session.
    pub sid: String,
    /// Until when, in seconds since 1970.
    pub exp: i64,
    /// Since when.
    pub iat: i64,
}

/// The keys that sign and check access tokens.
#[derive(Clone)]
pub struct Keys {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
}

impl Keys {
    /// Keys from a secret that all servers of one database share.
    #[must_use]
    pub fn new(secret: &str) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.leeway = 5;
        validation.set_required_spec_claims(&["exp", "sub"]);
        Self {
            encoding: EncodingKey::from_secret(secret.as_bytes()),
            decoding: DecodingKey::from_secret(secret.as_bytes()),
            validation,
        }
    }

    /// A fresh access token.
    ///
    /// # Errors
    /// When the token cannot be signed.
    pub fn grant(&self, user: &UserId, session: &SessionId) -> ApiResult<String> {
        let now = Utc::now().timestamp();
        let claims = Claims {
            sub: user.as_str().into(),
            sid: session.as_str().into(),
            exp: now + ACCESS_SECONDS as i64,
            iat: now,
        };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding)
            .map_err(|e| ApiError::with_detail(ErrorCode::Internal, e.to_string()))
    }

    /// What a valid token says; `None` for any other text.
    #[must_use]
    pub fn check(&self, token: &str) -> Option<Claims> {
        jsonwebtoken::decode::<Claims>(token, &self.decoding, &self.validation)
            .ok()
            .map(|data| data.claims)
    }
}

/// A random text with 256 bits, safe in URLs and cookies.
///
/// # Errors
/// When the machine gives no random numbers.
pub fn random() -> ApiResult<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)
        .map_err(|e| ApiError::with_detail(ErrorCode::Internal, e.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// The hash under which a random text is kept.
#[must_use]
pub fn fingerprint(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text.as_bytes()))
}
