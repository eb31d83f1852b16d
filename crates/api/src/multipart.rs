//! Reading uploaded files.

use actix_multipart::Multipart;
use etalon_domain::error::{ErrorCode, FieldCode};
use etalon_domain::file::clean_name;
use futures_util::StreamExt as _;

use crate::error::{ApiError, ApiResult};

/// An uploaded file.
#[derive(Clone, Debug)]
pub struct UploadedFile {
    /// Its name as the browser gave it, without a path.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// All files of a multipart body, at most `max_bytes` together.
///
/// # Errors
/// `too_large`, `bad_request` for a broken body, `invalid_fields` when there is no file.
pub async fn files(mut body: Multipart, max_bytes: usize) -> ApiResult<Vec<UploadedFile>> {
    let mut found = Vec::new();
    let mut total = 0;
    while let Some(field) = body.next().await {
        let mut field = field.map_err(broken)?;
        let name = field.content_disposition().and_then(|d| {
            d.get_filename()
                .map(|name| clean_name(name).unwrap_or_default())
        });
        let mut bytes = Vec::new();
        while let Some(chunk) = field.next().await {
            let chunk = chunk.map_err(broken)?;
            total += chunk.len();
            if total > max_bytes {
                return Err(ErrorCode::TooLarge.into());
            }
            bytes.extend_from_slice(&chunk);
        }
        if let Some(name) = name {
            found.push(UploadedFile { name, bytes });
        }
    }
    if found.is_empty() {
        return Err(ApiError::field(
            "file",
            FieldCode::Required,
            "must be given",
        ));
    }
    Ok(found)
}

/// The only file of a multipart body.
///
/// # Errors
/// As [`files`].
pub async fn single_file(body: Multipart, max_bytes: usize) -> ApiResult<UploadedFile> {
    files(body, max_bytes)
        .await?
        .pop()
        .ok_or_else(|| ApiError::field("file", FieldCode::Required, "must be given"))
}

/// Why a multipart body cannot be read.
pub(crate) fn broken(error: actix_multipart::MultipartError) -> ApiError {
    let detail = format!("The upload is broken: {error}");
    ApiError::with_detail(ErrorCode::BadRequest, detail)
}
