//! `Idempotency-Key` on every POST that needs a sign-in, and on forms of other sites: a repeated
//! request is answered like the first and acts once.

use actix_multipart::{Multipart, MultipartError};
use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::web::Bytes;
use actix_web::{HttpMessage as _, HttpResponse, web};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Utc;
use etalon_domain::error::{ErrorCode, FieldCode};
use etalon_persistence::idempotency::{self, Answer, Claim};
use etalon_persistence::imports::MAX_BYTES;
use futures_util::StreamExt as _;
use futures_util::stream;
use sha2::{Digest as _, Sha256};

use crate::auth::SignedIn;
use crate::cors;
use crate::error::ApiError;
use crate::server::MAX_BODY;
use crate::state::State;
use crate::upload::is_streamed;

const HEADER: &str = "idempotency-key";
const REPLAYED: &str = "idempotency-replayed";
/// Largest upload: the files and what is written around them.
const MAX_UPLOAD: usize = MAX_BYTES + (1 << 20);
/// POSTs that need no sign-in. Their answers carry tokens, which are not to be kept.
const PUBLIC: [&str; 3] = [
    "/api/v1/auth/login",
    "/api/v1/auth/refresh",
    "/api/v1/setup",
];

/// Answers a repeated POST from memory; lets everything else through. Whoever may no longer sign in
/// gets no remembered answer either.
///
/// # Errors
/// Whatever the inner service fails with, or a refusal of the key.
pub async fn middleware(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let key = request
        .headers()
        .get(HEADER)
        .map(|v| v.to_str().unwrap_or_default().trim().to_owned());
    let state = request.app_data::<web::Data<State>>().cloned();
    let counts = request.method() == Method::POST && !PUBLIC.contains(&request.path());
    let (true, Some(key), Some(state)) = (counts, key, state) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let user = if let Some(form) = request.path().strip_prefix(cors::FORMS) {
        format!("form:{}", form.chars().take(40).collect::<String>())
    } else {
        match request.extract::<SignedIn>().await {
            Ok(user) => user.actor.user_id.clone().into_string(),
            Err(error) => return Ok(refused(request, error)),
        }
    };
    if key.is_empty() || key.len() > 200 {
        let error = ApiError::field(
            "Idempotency-Key",
            FieldCode::OutOfRange,
            "must have 1 to 200 characters",
        );
        return Ok(refused(request, error));
    }
    let print = match print(&mut request).await {
        Ok(print) => print,
        Err(error) => return Ok(refused(request, error)),
    };
    let claim = {
        let (user, key) = (user.clone(), key.clone());
        state
            .write(move |tx| idempotency::claim(tx, &user, &key, &print, Utc::now()))
            .await
    };
    match claim {
        Err(error) => Ok(refused(request, error)),
        Ok(Claim::Taken) => Ok(refused(request, ErrorCode::IdempotencyConflict.into())),
        Ok(Claim::Answered(answer)) => Ok(request.into_response(replay(&answer))),
        Ok(Claim::Fresh) => remember(next.call(request).await, &state, user, key).await,
    }
}

fn refused(request: ServiceRequest, error: ApiError) -> ServiceResponse<BoxBody> {
    request.into_response(actix_web::ResponseError::error_response(&error))
}

/// What makes two requests the same: path, query and body. The body is read and put back.
/// Of a file that is streamed only its size is known before it has come.
async fn print(request: &mut ServiceRequest) -> Result<String, ApiError> {
    let mut hash = Sha256::new();
    hash.update(request.uri().to_string());
    hash.update("\n");
    if is_streamed(request.path()) {
        let length = request.headers().get(header::CONTENT_LENGTH);
        hash.update(length.map_or(&[] as &[u8], |length| length.as_bytes()));
        return Ok(URL_SAFE_NO_PAD.encode(hash.finalize()));
    }
    let is_upload = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.starts_with("multipart/"));
    let limit = if is_upload { MAX_UPLOAD } else { MAX_BODY };
    let chunks = read(request, limit).await?;
    if is_upload {
        hash_parts(request, &chunks, &mut hash).await?;
    } else {
        chunks.iter().for_each(|chunk| hash.update(chunk));
    }
    request.set_payload(Payload::Stream {
        payload: Box::pin(stream::iter(chunks.into_iter().map(Ok))),
    });
    Ok(URL_SAFE_NO_PAD.encode(hash.finalize()))
}

async fn read(request: &mut ServiceRequest, limit: usize) -> Result<Vec<Bytes>, ApiError> {
    let mut payload = request.take_payload();
    let (mut chunks, mut total) = (Vec::new(), 0);
    while let Some(chunk) = payload.next().await {
        let chunk: Bytes = chunk.map_err(|e: PayloadError| {
            ApiError::with_detail(ErrorCode::BadRequest, e.to_string())
        })?;
        total += chunk.len();
        if total > limit {
            return Err(ErrorCode::TooLarge.into());
        }
        chunks.push(chunk);
    }
    Ok(chunks)
}

/// Adds the parts of an upload: names and contents, but not what separates them, which a browser
/// chooses anew for every attempt.
async fn hash_parts(
    request: &ServiceRequest,
    chunks: &[Bytes],
    hash: &mut Sha256,
) -> Result<(), ApiError> {
    let broken = |e: MultipartError| {
        ApiError::with_detail(ErrorCode::BadRequest, format!("The upload is broken: {e}"))
    };
    let again: Vec<Result<Bytes, PayloadError>> = chunks.iter().cloned().map(Ok).collect();
    let mut parts = Multipart::new(request.headers(), stream::iter(again));
    while let Some(part) = parts.next().await {
        let mut part = part.map_err(broken)?;
        let name = part.content_disposition().map(ToString::to_string);
        let mut content = Sha256::new();
        while let Some(chunk) = part.next().await {
            content.update(chunk.map_err(broken)?);
        }
        hash.update(Sha256::digest(name.unwrap_or_default()));
        hash.update(content.finalize());
    }
    Ok(())
}

/// Whether a repeated request would be answered the same. One that came too often may come again.
fn is_final(status: StatusCode) -> bool {
    status.as_u16() < 500 && status != StatusCode::TOO_MANY_REQUESTS
}

async fn remember(
    outcome: Result<ServiceResponse<impl MessageBody + 'static>, actix_web::Error>,
    state: &State,
    user: String,
    key: String,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let response = match outcome {
        Ok(response) if is_final(response.status()) => response,
        other => {
            state
                .write(move |tx| idempotency::forget(tx, &user, &key))
                .await?;
            return Ok(other?.map_into_boxed_body());
        }
    };
    let (request, response) = response.into_parts();
    let (head, body) = response.into_parts();
    let bytes = to_bytes(body)
        .await
        .map_err(|_| ApiError::new(ErrorCode::Internal))?;
    let kept: Vec<(String, String)> = [header::CONTENT_TYPE, header::ETAG, header::LOCATION]
        .iter()
        .filter_map(|name| {
            let value = head.headers().get(name)?.to_str().ok()?;
            Some((name.to_string(), value.to_owned()))
        })
        .collect();
    let answer = Answer {
        status: head.status().as_u16(),
        headers: serde_json::to_string(&kept).unwrap_or_default(),
        body: String::from_utf8_lossy(&bytes).into_owned(),
    };
    state
        .write(move |tx| idempotency::remember(tx, &user, &key, &answer))
        .await?;
    let response = head.set_body(bytes).map_into_boxed_body();
    Ok(ServiceResponse::new(request, response))
}

fn replay(answer: &Answer) -> HttpResponse {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = HttpResponse::build(status);
    let headers: Vec<(String, String)> = serde_json::from_str(&answer.headers).unwrap_or_default();
    for header in headers {
        response.insert_header(header);
    }
    response.insert_header((REPLAYED, "true"));
    response.body(answer.body.clone())
}
