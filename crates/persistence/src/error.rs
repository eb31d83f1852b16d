//! What can go wrong between a rule and the database.

use etalon_domain::error::{Error as DomainError, ErrorCode};

/// Why a read or a write failed.
#[derive(Debug)]
pub enum Error {
    /// A rule of the domain refused it; the transaction was rolled back.
    Domain(DomainError),
    /// The database refused it or is broken.
    Database(diesel::result::Error),
    /// No connection could be had in time.
    Pool(String),
    /// The database holds something that this program does not understand.
    Corrupt(String),
    /// The store of files failed.
    Store(String),
}

/// The result of a persistence function.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Whether a rule refused with this code.
    #[must_use]
    pub fn is(&self, code: ErrorCode) -> bool {
        matches!(self, Self::Domain(error) if error.code() == code)
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Domain(error) => error.fmt(f),
            Self::Database(error) => write!(f, "database: {error}"),
            Self::Pool(message) => write!(f, "no connection to the database: {message}"),
            Self::Corrupt(message) => write!(f, "unexpected data: {message}"),
            Self::Store(message) => write!(f, "store of files: {message}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<DomainError> for Error {
    fn from(error: DomainError) -> Self {
        Self::Domain(error)
    }
}

impl From<ErrorCode> for Error {
    fn from(code: ErrorCode) -> Self {
        Self::Domain(code.into())
    }
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        Self::Database(error)
    }
}

impl From<etalon_domain::text::UnknownWord> for Error {
    fn from(word: etalon_domain::text::UnknownWord) -> Self {
        Self::Corrupt(word.to_string())
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Corrupt(error.to_string())
    }
}

/// Whether the database refused a second row with the same unique value.
#[must_use]
pub fn is_unique_violation(error: &diesel::result::Error) -> bool {
    matches!(
        error,
        diesel::result::Error::DatabaseError(diesel::result::DatabaseErrorKind::UniqueViolation, _)
    )
}
