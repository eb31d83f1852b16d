use etalon_domain::error::{ErrorCode, FieldError, Problem};

use crate::i18n::{t, words};

/// Why a call brought no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// The server refused it and says why.
    Refused(Box<Problem>),
    /// The server could not be reached.
    Offline,
    /// The server answered with something that this version of the app does not understand.
    Unreadable,
}

impl Failure {
    /// The server's code, when it gave one.
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Refused(problem) => Some(problem.code),
            Self::Offline | Self::Unreadable => None,
        }
    }

    /// Whether the server refused with this code.
    pub fn is(&self, code: ErrorCode) -> bool {
        self.code() == Some(code)
    }

    /// The invalid fields.
    pub fn fields(&self) -> &[FieldError] {
        match self {
            Self::Refused(problem) => &problem.errors,
            Self::Offline | Self::Unreadable => &[],
        }
    }

    /// What names the request in the server's log.
    pub fn request_id(&self) -> Option<String> {
        match self {
            Self::Refused(problem) if !problem.request_id.is_empty() => {
                Some(problem.request_id.clone())
            }
            _ => None,
        }
    }

    /// One sentence in the reader's language.
    pub fn message(&self) -> String {
        match self {
            Self::Refused(problem) => words::error(problem.code),
            Self::Offline => t("error-offline"),
            Self::Unreadable => t("error-unreadable"),
        }
    }
}
