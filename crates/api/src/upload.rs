//! Uploads of single files that are streamed into the store: `multipart/form-data` with one file, or
//! the bare content with its name in the query.

use actix_multipart::Multipart;
use actix_web::http::header;
use actix_web::{HttpRequest, web};
use chrono::Utc;
use etalon_domain::error::{ErrorCode, FieldCode};
use etalon_domain::file::{StoredFile, UNKNOWN_TYPE};
use etalon_persistence::files;
use futures_util::{StreamExt as _, TryStreamExt as _};

use crate::error::{ApiError, ApiResult};
use crate::multipart::broken;
use crate::state::State;
use crate::storage::{Received, too_large};

/// What a multipart body may have around its file.
const FRAME: u64 = 64 << 10;

/// Whether a request uploads a file that is streamed.
#[must_use]
pub fn is_streamed(path: &str) -> bool {
    path.ends_with("/files")
}

/// Takes the file of a request into the store. It belongs to nothing yet: the caller attaches it, and
/// without that it goes away after a day.
///
/// # Errors
/// `too_large`, `bad_request` for a broken body, `invalid_fields` when there is no file or no name.
pub async fn receive(
    state: &State,
    request: &HttpRequest,
    payload: web::Payload,
    name: Option<String>,
) -> ApiResult<StoredFile> {
    let limit = state.settings().max_file_size;
    let announced = text_of(request, header::CONTENT_LENGTH).and_then(|text| text.parse().ok());
    if announced.is_some_and(|length: u64| length > limit + FRAME) {
        return Err(too_large(limit));
    }
    let media_type = text_of(request, header::CONTENT_TYPE).unwrap_or(UNKNOWN_TYPE);
    if media_type.starts_with("multipart/") {
        let body = Multipart::new(request.headers(), payload);
        return from_form(state, body, name, limit).await;
    }
    let name = name.ok_or_else(|| ApiError::field("name", FieldCode::Required, "must be given"))?;
    let content = payload.map_err(|e| ApiError::with_detail(ErrorCode::BadRequest, e.to_string()));
    let received = state.storage().receive(content, limit).await?;
    keep(state, received, name, media_type.to_owned()).await
}

async fn from_form(
    state: &State,
    mut body: Multipart,
    name: Option<String>,
    limit: u64,
) -> ApiResult<StoredFile> {
    let mut found: Option<(Received, String, String)> = None;
    let outcome = loop {
        let field = match body.next().await {
            None => break Ok(()),
            Some(Err(error)) => break Err(broken(error)),
            Some(Ok(field)) => field,
        };
        let given = field
            .content_disposition()
            .and_then(|d| d.get_filename().map(str::to_owned));
        let Some(given) = given else {
            continue;
        };
        if found.is_some() {
            break Err(ApiError::field(
                "file",
                FieldCode::OutOfRange,
                "must be one file",
            ));
        }
        let media_type = field
            .content_type()
            .map_or_else(|| UNKNOWN_TYPE.to_owned(), ToString::to_string);
        match state.storage().receive(field.map_err(broken), limit).await {
            Ok(received) => found = Some((received, given, media_type)),
            Err(error) => break Err(error),
        }
    };
    match (outcome, found) {
        (Ok(()), Some((received, given, media_type))) => {
            keep(state, received, name.unwrap_or(given), media_type).await
        }
        (Ok(()), None) => Err(ApiError::field(
            "file",
            FieldCode::Required,
            "must be given",
        )),
        (Err(error), found) => {
            if let Some((received, ..)) = found {
                state.storage().discard(received).await;
            }
            Err(error)
        }
    }
}

/// Notes a complete content in the database, so that no clean-up removes it, and keeps it.
async fn keep(
    state: &State,
    received: Received,
    name: String,
    media_type: String,
) -> ApiResult<StoredFile> {
    let file = StoredFile {
        name,
        media_type,
        size: received.size,
        sha256: received.sha256.clone(),
    };
    let (sha256, size) = (file.sha256.clone(), file.size);
    let noted = state
        .write(move |tx| files::keep(tx, &sha256, size, Utc::now()))
        .await;
    match noted {
        Ok(()) => {
            state.storage().keep(received).await?;
            Ok(file)
        }
        Err(error) => {
            state.storage().discard(received).await;
            Err(error)
        }
    }
}

fn text_of(request: &HttpRequest, name: header::HeaderName) -> Option<&str> {
    request.headers().get(name)?.to_str().ok()
}
