//! `Idempotency-Key` on every POST: a repeated request is answered like the first and acts once.

use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{HttpResponse, web};
use chrono::Utc;
use etalon_domain::error::{ErrorCode, FieldCode};
use etalon_persistence::idempotency::{self, Answer, Claim};

use crate::auth::claims;
use crate::auth::token::fingerprint;
use crate::error::ApiError;
use crate::state::State;

const HEADER: &str = "idempotency-key";
const REPLAYED: &str = "idempotency-replayed";

/// Answers a repeated POST from memory; lets everything else through.
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
    let user = state
        .as_ref()
        .and_then(|state| claims(request.request(), state))
        .map(|claims| claims.sub);
    let (true, Some(key), Some(state), Some(user)) =
        (request.method() == Method::POST, key, state, user)
    else {
        return Ok(next.call(request).await?.map_into_boxed_body());
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

/// What makes two requests the same: path, query and body. Uploads are told apart by their length.
async fn print(request: &mut ServiceRequest) -> Result<String, ApiError> {
    let is_json = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .is_none_or(|v| !v.starts_with("multipart/"));
    let body = if is_json {
        let bytes = request
            .extract::<web::Bytes>()
            .await
            .map_err(|_| ApiError::new(ErrorCode::TooLarge))?;
        request.set_payload(Payload::from(bytes.clone()));
        String::from_utf8_lossy(&bytes).into_owned()
    } else {
        let length = request.headers().get(header::CONTENT_LENGTH);
        format!("{length:?}")
    };
    let uri = request.uri().to_string();
    Ok(fingerprint(&format!("{uri}\n{body}")))
}

async fn remember(
    outcome: Result<ServiceResponse<impl MessageBody + 'static>, actix_web::Error>,
    state: &State,
    user: String,
    key: String,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let response = match outcome {
        Ok(response) if response.status().as_u16() < 500 => response,
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
