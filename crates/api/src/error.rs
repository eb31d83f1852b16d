//! Answers to refused and failed requests: `application/problem+json` (RFC 9457).

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use etalon_domain::error::{Error as DomainError, ErrorCode, FieldCode, FieldError, Problem};
use etalon_persistence::Error as PersistenceError;

use crate::request_id;

/// Why a request is not answered as asked.
#[derive(Clone, Debug)]
pub struct ApiError {
    code: ErrorCode,
    detail: Option<String>,
    errors: Vec<FieldError>,
    retry_after: Option<i64>,
}

/// The result of a handler.
pub type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    /// A refusal with a code.
    #[must_use]
    pub const fn new(code: ErrorCode) -> Self {
        Self {
            code,
            detail: None,
            errors: Vec::new(),
            retry_after: None,
        }
    }

    /// A refusal with a sentence about this case.
    pub fn with_detail(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self {
            detail: Some(detail.into()),
            ..Self::new(code)
        }
    }

    /// One invalid field.
    pub fn field(field: &str, code: FieldCode, message: impl Into<String>) -> Self {
        DomainError::Invalid(vec![FieldError::new(field, code, message)]).into()
    }

    /// Too many attempts; try again after so many seconds.
    #[must_use]
    pub fn wait(seconds: i64) -> Self {
        Self {
            retry_after: Some(seconds),
            detail: Some(format!("Try again in {seconds} seconds.")),
            ..Self::new(ErrorCode::TooManyAttempts)
        }
    }

    /// The code of the refusal.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        self.code
    }

    /// The problem document.
    #[must_use]
    pub fn problem(&self) -> Problem {
        Problem {
            kind: format!("about:blank#{}", self.code),
            title: self.code.title().to_owned(),
            status: self.code.status(),
            detail: self.detail.clone(),
            code: self.code,
            errors: self.errors.clone(),
            request_id: request_id::current(),
        }
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.detail {
            Some(detail) => write!(f, "{}: {detail}", self.code),
            None => write!(f, "{}", self.code),
        }
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        if let Some(seconds) = self.retry_after {
            response.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        if self.code.status() == 401 {
            response.insert_header((header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")));
        }
        response
            .content_type("application/problem+json")
            .body(serde_json::to_string(&self.problem()).unwrap_or_default())
    }
}

impl From<ErrorCode> for ApiError {
    fn from(code: ErrorCode) -> Self {
        Self::new(code)
    }
}

impl From<DomainError> for ApiError {
    fn from(error: DomainError) -> Self {
        match error {
            DomainError::Refused(code) => Self::new(code),
            DomainError::Conflict(code, errors) => Self {
                errors,
                ..Self::new(code)
            },
            DomainError::Invalid(errors) => Self {
                errors,
                ..Self::new(ErrorCode::InvalidFields)
            },
        }
    }
}

impl From<PersistenceError> for ApiError {
    fn from(error: PersistenceError) -> Self {
        match error {
            PersistenceError::Domain(error) => error.into(),
            PersistenceError::Pool(message) => {
                log::error!("[{}] {message}", request_id::current());
                Self::new(ErrorCode::Unavailable)
            }
            PersistenceError::Database(error)
                if etalon_persistence::error::is_unique_violation(&error) =>
            {
                log::warn!("[{}] {error}", request_id::current());
                Self::with_detail(
                    ErrorCode::StaleVersion,
                    "Somebody else entered the same value at the same moment.",
                )
            }
            other => {
                log::error!("[{}] {other}", request_id::current());
                Self::new(ErrorCode::Internal)
            }
        }
    }
}

impl From<actix_web::error::BlockingError> for ApiError {
    fn from(_: actix_web::error::BlockingError) -> Self {
        Self::new(ErrorCode::Unavailable)
    }
}
