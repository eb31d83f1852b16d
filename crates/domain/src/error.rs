//! What can go wrong: one closed set of codes, translated by the web app, and the problem document
//! of the API (RFC 9457).

use serde::{Deserialize, Serialize};

text_enum! {
    /// Why a request was refused. The web app has a sentence for each in every language.
    pub enum ErrorCode {
        /// Nobody is signed in, or the access token is invalid or has expired.
        Unauthenticated = "unauthenticated",
        /// The e-mail address or the password is wrong.
        InvalidCredentials = "invalid_credentials",
        /// The session was ended, has expired, or its refresh token was used twice.
        SessionEnded = "session_ended",
        /// Too many attempts to sign in; `Retry-After` says when to try again.
        TooManyAttempts = "too_many_attempts",
        /// The record may be seen but not changed in this way.
        Forbidden = "forbidden",
        /// There is no such thing for the person who asks.
        NotFound = "not_found",
        /// The path exists, the method does not.
        MethodNotAllowed = "method_not_allowed",
        /// Somebody changed the record since it was read.
        StaleVersion = "stale_version",
        /// Some fields are not valid; `errors` names each.
        InvalidFields = "invalid_fields",
        /// The request could not be understood at all.
        BadRequest = "bad_request",
        /// The request is larger than allowed.
        TooLarge = "too_large",
        /// The deal is closed: only reopening, files and posts are possible.
        DealClosed = "deal_closed",
        /// The deal is not closed, so it cannot be reopened.
        DealOpen = "deal_open",
        /// Questions are open that a lead must have answered to become a deal.
        BantIncomplete = "bant_incomplete",
        /// The lead became a deal already.
        LeadAlreadyConverted = "lead_already_converted",
        /// The lead was disqualified: reopen it first.
        LeadClosed = "lead_closed",
        /// The lead is being worked on, so it cannot be reopened.
        LeadOpen = "lead_open",
        /// The activity was done or called off already.
        ActivityNotPlanned = "activity_not_planned",
        /// The activity is planned, so it cannot be reopened.
        ActivityPlanned = "activity_planned",
        /// This version of the proposal went out and is never changed: make the next one.
        ProposalFixed = "proposal_fixed",
        /// That is possible with a draft only.
        ProposalNotDraft = "proposal_not_draft",
        /// The proposal has no visa for its present content.
        ProposalNotApproved = "proposal_not_approved",
        /// The proposal is not with the customer, or the customer answered already.
        ProposalNotSent = "proposal_not_sent",
        /// There is a later version of the proposal.
        ProposalRevised = "proposal_revised",
        /// No visa waits for a decision here.
        VisaNotWaiting = "visa_not_waiting",
        /// The stage may not be left yet: `errors` names every requirement that is not met.
        StageRequirementsUnmet = "stage_requirements_unmet",
        /// The process does not let a deal go from its stage to that one.
        TransitionNotAllowed = "transition_not_allowed",
        /// The step cannot be done now, or not in this way.
        StepNotPossible = "step_not_possible",
        /// The deal is in that stage already.
        SameStage = "same_stage",
        /// Final stages are reached by closing the deal, not by moving it.
        CloseInstead = "close_instead",
        /// The record is not in the bin.
        NotDeleted = "not_deleted",
        /// Other records still depend on this one.
        InUse = "in_use",
        /// At least one active administrator must remain.
        LastAdmin = "last_admin",
        /// The import is running or finished and cannot be changed.
        ImportBusy = "import_busy",
        /// The idempotency key was used for another request, or the first one still runs.
        IdempotencyConflict = "idempotency_conflict",
        /// The one-time set-up link was used or is wrong.
        SetupDone = "setup_done",
        /// Something failed on the server; nothing was changed.
        Internal = "internal",
        /// The server is not ready or is overloaded; try again.
        Unavailable = "unavailable",
    }
}

impl ErrorCode {
    /// The HTTP status that carries the code.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::Unauthenticated | Self::InvalidCredentials | Self::SessionEnded => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::DealClosed
            | Self::DealOpen
            | Self::BantIncomplete
            | Self::LeadAlreadyConverted
            | Self::LeadClosed
            | Self::LeadOpen
            | Self::ActivityNotPlanned
            | Self::ActivityPlanned
            | Self::ProposalFixed
            | Self::ProposalNotDraft
            | Self::ProposalNotApproved
            | Self::ProposalNotSent
            | Self::ProposalRevised
            | Self::VisaNotWaiting
            | Self::StageRequirementsUnmet
            | Self::TransitionNotAllowed
            | Self::StepNotPossible
            | Self::SameStage
            | Self::CloseInstead
            | Self::NotDeleted
            | Self::InUse
            | Self::LastAdmin
            | Self::ImportBusy
            | Self::IdempotencyConflict
            | Self::SetupDone => 409,
            Self::StaleVersion => 412,
            Self::TooLarge => 413,
            Self::InvalidFields => 422,
            Self::TooManyAttempts => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }

    /// A short English sentence, for people who read the API's answers.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Unauthenticated => "Sign in first.",
            Self::InvalidCredentials => "The e-mail address or the password is wrong.",
            Self::SessionEnded => "The session has ended; sign in again.",
            Self::TooManyAttempts => "Too many attempts; wait a little.",
            Self::Forbidden => "You may see this but not do it.",
            Self::NotFound => "There is no such thing.",
            Self::MethodNotAllowed => "This path does not know that method.",
            Self::StaleVersion => "Somebody else changed this in the meantime.",
            Self::InvalidFields => "Some fields are not valid.",
            Self::BadRequest => "The request could not be understood.",
            Self::TooLarge => "The request is too large.",
            Self::DealClosed => "The deal is closed; reopen it first.",
            Self::DealOpen => "The deal is open.",
            Self::BantIncomplete => "Budget, authority, need and timing are not all known yet.",
            Self::LeadAlreadyConverted => "The lead became a deal already.",
            Self::LeadClosed => "The lead was disqualified; reopen it first.",
            Self::LeadOpen => "The lead is being worked on.",
            Self::ActivityNotPlanned => "The activity was done or called off already.",
            Self::ActivityPlanned => "The activity is planned.",
            Self::ProposalFixed => "This version was sent; make the next one.",
            Self::ProposalNotDraft => "That is possible with a draft only.",
            Self::ProposalNotApproved => "The proposal is not approved as it is.",
            Self::ProposalNotSent => "The proposal is not waiting for the customer's answer.",
            Self::ProposalRevised => "There is a later version of the proposal.",
            Self::VisaNotWaiting => "No visa waits for a decision here.",
            Self::StageRequirementsUnmet => "The stage may not be left yet.",
            Self::TransitionNotAllowed => "The process does not lead from this stage to that one.",
            Self::StepNotPossible => "The step cannot be done now.",
            Self::SameStage => "The deal is in that stage already.",
            Self::CloseInstead => "Close the deal to bring it to a final stage.",
            Self::NotDeleted => "The record is not in the bin.",
            Self::InUse => "Other records still depend on this one.",
            Self::LastAdmin => "At least one active administrator must remain.",
            Self::ImportBusy => "The import is running or finished.",
            Self::IdempotencyConflict => "The idempotency key belongs to another request.",
            Self::SetupDone => "The set-up link is not valid any more.",
            Self::Internal => "Something failed on the server; nothing was changed.",
            Self::Unavailable => "The server is not ready; try again.",
        }
    }
}

text_enum! {
    /// What is wrong with one field.
    pub enum FieldCode {
        /// It must not be empty.
        Required = "required",
        /// It is longer than allowed.
        TooLong = "too_long",
        /// It is shorter than allowed.
        TooShort = "too_short",
        /// The number or date lies outside what is allowed.
        OutOfRange = "out_of_range",
        /// It does not have the expected form.
        InvalidFormat = "invalid_format",
        /// It names a record that does not exist for the person who asks.
        UnknownReference = "unknown_reference",
        /// This person may not set it to that value.
        NotAllowed = "not_allowed",
        /// Another record has the same value.
        AlreadyUsed = "already_used",
        /// It is not an ISO 4217 currency with minor units.
        UnknownCurrency = "unknown_currency",
        /// The amount has more decimals than its currency.
        TooManyDecimals = "too_many_decimals",
        /// It is not an e-mail address.
        InvalidEmail = "invalid_email",
        /// The current password is wrong.
        WrongPassword = "wrong_password",
        /// A department cannot lie below itself.
        Cycle = "cycle",
        /// The named record is inactive or in the bin.
        Inactive = "inactive",
        /// It must be met before the deal may go on.
        RequirementUnmet = "requirement_unmet",
        /// The operation has no parameter of this name.
        UnknownParameter = "unknown_parameter",
    }
}

/// One invalid field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// Name of the field as in the request, nested ones joined by dots (`amount.currency`).
    pub field: String,
    /// What is wrong, for programs and for translation.
    pub code: FieldCode,
    /// What is wrong, in English.
    pub message: String,
}

impl FieldError {
    /// An error of one field with a message for people who read the API's answers.
    pub fn new(field: impl Into<String>, code: FieldCode, message: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            code,
            message: message.into(),
        }
    }

    /// The field must not be empty.
    pub fn required(field: &str) -> Self {
        Self::new(field, FieldCode::Required, "must not be empty")
    }

    /// The field names a record that does not exist for this person.
    pub fn unknown(field: &str) -> Self {
        Self::new(field, FieldCode::UnknownReference, "does not exist")
    }
}

/// Why a rule refused something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The request as a whole is refused.
    Refused(ErrorCode),
    /// Some fields are invalid. Never empty.
    Invalid(Vec<FieldError>),
    /// The request as a whole is refused, for each of these reasons. Never empty.
    Conflict(ErrorCode, Vec<FieldError>),
}

impl Error {
    /// One invalid field.
    #[must_use]
    pub fn field(field: &str, code: FieldCode, message: &str) -> Self {
        Self::Invalid(vec![FieldError::new(field, code, message)])
    }

    /// The code of the answer.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Refused(code) | Self::Conflict(code, _) => *code,
            Self::Invalid(_) => ErrorCode::InvalidFields,
        }
    }
}

impl From<ErrorCode> for Error {
    fn from(code: ErrorCode) -> Self {
        Self::Refused(code)
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(code) => f.write_str(code.title()),
            Self::Invalid(errors) | Self::Conflict(_, errors) => {
                for (i, e) in errors.iter().enumerate() {
                    if i > 0 {
                        f.write_str("; ")?;
                    }
                    write!(f, "{}: {}", e.field, e.message)?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for Error {}

/// Runs the derived validation of a draft and returns what is wrong, field by field.
pub fn validate<T: validator::Validate>(draft: &T) -> Vec<FieldError> {
    let Err(errors) = draft.validate() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    collect(&errors, "", &mut found);
    found.sort_by(|a, b| a.field.cmp(&b.field));
    found
}

fn collect(errors: &validator::ValidationErrors, prefix: &str, found: &mut Vec<FieldError>) {
    for (name, kind) in errors.errors() {
        let path = if prefix.is_empty() {
            name.to_string()
        } else {
            format!("{prefix}.{name}")
        };
        match kind {
            validator::ValidationErrorsKind::Field(list) => {
                found.extend(list.iter().map(|e| field_error(&path, e)));
            }
            validator::ValidationErrorsKind::Struct(inner) => collect(inner, &path, found),
            validator::ValidationErrorsKind::List(items) => {
                for (index, inner) in items {
                    collect(inner, &format!("{path}.{index}"), found);
                }
            }
        }
    }
}

fn field_error(path: &str, error: &validator::ValidationError) -> FieldError {
    let number = |name: &str| {
        error
            .params
            .get(name)
            .map(|v| v.to_string().trim_matches('"').to_owned())
    };
    match &*error.code {
        "length" => {
            let value_length = error
                .params
                .get("value")
                .and_then(|v| v.as_str())
                .map_or(0, |v| v.chars().count());
            if value_length == 0 {
                FieldError::required(path)
            } else if let Some(max) =
                number("max").filter(|m| m.parse::<usize>().is_ok_and(|m| value_length > m))
            {
                let message = format!("must have at most {max} characters");
                FieldError::new(path, FieldCode::TooLong, message)
            } else {
                let message = format!(
                    "must have at least {} characters",
                    number("min").unwrap_or_default()
                );
                FieldError::new(path, FieldCode::TooShort, message)
            }
        }
        "range" => {
            let message = format!(
                "must lie between {} and {}",
                number("min").unwrap_or_else(|| "−∞".into()),
                number("max").unwrap_or_else(|| "∞".into())
            );
            FieldError::new(path, FieldCode::OutOfRange, message)
        }
        other => {
            let code = other.parse().unwrap_or(FieldCode::InvalidFormat);
            let message = error
                .message
                .as_deref()
                .unwrap_or("does not have the expected form");
            FieldError::new(path, code, message)
        }
    }
}

/// An error of a `validator` rule that carries one of our codes.
#[must_use]
pub fn rule(code: FieldCode, message: &'static str) -> validator::ValidationError {
    validator::ValidationError::new(code.as_str()).with_message(message.into())
}

/// The answer to a refused request, `application/problem+json` (RFC 9457).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Identifies the kind of problem: `about:blank#<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// A short sentence in English.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened in this case, in English.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub detail: Option<String>,
    /// The kind of problem, for programs and for translation.
    pub code: ErrorCode,
    /// The invalid fields of `invalid_fields`, or the requirements that hold a deal up; empty for other
    /// codes.
    #[serde(default)]
    pub errors: Vec<FieldError>,
    /// Names the request in the server's log.
    #[serde(default)]
    pub request_id: String,
}
