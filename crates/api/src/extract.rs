//! Reading requests: bodies and query strings whose errors name the field.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest};
use etalon_domain::error::{ErrorCode, FieldCode};
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;

use crate::error::ApiError;
use crate::plain;

/// Largest JSON body.
const MAX_JSON: usize = 1 << 20;

/// A JSON body.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let mut payload = payload.take();
        let request = request.clone();
        Box::pin(async move {
            let bytes = read_body(&request, &mut payload, MAX_JSON).await?;
            plain::check_json(&from_json(&bytes)?)?;
            from_json(&bytes).map(Self)
        })
    }
}

/// Reads a body of at most so many bytes.
///
/// # Errors
/// `too_large`, or `bad_request` when the connection breaks.
pub async fn read_body(
    request: &HttpRequest,
    payload: &mut Payload,
    limit: usize,
) -> Result<Vec<u8>, ApiError> {
    use futures_util::StreamExt as _;
    let announced = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(ErrorCode::TooLarge.into());
    }
    let mut body = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk =
            chunk.map_err(|e| ApiError::with_detail(ErrorCode::BadRequest, e.to_string()))?;
        if body.len() + chunk.len() > limit {
            return Err(ErrorCode::TooLarge.into());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Reads JSON; an error names the field.
///
/// # Errors
/// `bad_request` when it is no JSON at all, `invalid_fields` when a field does not fit.
pub fn from_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        if inner.is_data() {
            field_error(&path, &inner.to_string())
        } else {
            ApiError::with_detail(
                ErrorCode::BadRequest,
                format!("The body is no JSON: {inner}"),
            )
        }
    })?;
    deserializer.end().map_err(|e| {
        ApiError::with_detail(ErrorCode::BadRequest, format!("The body is no JSON: {e}"))
    })?;
    Ok(value)
}

/// Turns what serde says into an error of a field.
fn field_error(path: &str, message: &str) -> ApiError {
    let path = if path == "." { "" } else { path };
    if let Some(name) = message
        .strip_prefix("missing field `")
        .and_then(|rest| rest.split('`').next())
    {
        let field = if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}.{name}")
        };
        return ApiError::field(&field, FieldCode::Required, "must be given");
    }
    let message = message.split(" at line ").next().unwrap_or(message);
    let coded = message
        .split_once(": ")
        .and_then(|(code, rest)| Some((code.parse::<FieldCode>().ok()?, rest)));
    let (code, message) = coded.unwrap_or((FieldCode::InvalidFormat, message));
    ApiError::field(path, code, message)
}

/// A query string.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(from_query(request.query_string()).map(Self))
    }
}

/// Reads a query string; an error names the parameter.
///
/// # Errors
/// `invalid_fields` when a parameter does not fit.
pub fn from_query<T: DeserializeOwned>(query: &str) -> Result<T, ApiError> {
    from_pairs(query.as_bytes())
}

/// Reads pairs as a query string or a browser's form has them; an error names the field. Empty ones
/// mean that nothing was chosen or entered.
///
/// # Errors
/// `invalid_fields` when a field does not fit.
pub fn from_pairs<T: DeserializeOwned>(text: &[u8]) -> Result<T, ApiError> {
    let given: Vec<(String, String)> = serde_urlencoded::from_bytes(text)
        .map_err(|e| ApiError::with_detail(ErrorCode::BadRequest, e.to_string()))?;
    plain::check_query(&given)?;
    let kept: Vec<&(String, String)> = given
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let query = serde_urlencoded::to_string(&kept)
        .map_err(|e| ApiError::with_detail(ErrorCode::BadRequest, e.to_string()))?;
    let deserializer = serde_urlencoded::Deserializer::new(form_urlencoded(&query));
    serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let path = error.path().to_string();
        field_error(&path, &error.into_inner().to_string())
    })
}

/// Refuses a parameter that is in none of the lists of those that an operation has: were a misspelt filter ignored, the numbers would
/// be those of everything.
///
/// # Errors
/// `invalid_fields` with the parameter and the names that there are.
pub fn only_known(query: &str, known: &[&[&str]]) -> Result<(), ApiError> {
    let names = known.concat();
    match form_urlencoded(query).find(|(name, _)| !names.contains(&&**name)) {
        None => Ok(()),
        Some((name, _)) => {
            let message = format!("is not known here; there are {}", names.join(", "));
            Err(ApiError::field(&name, FieldCode::UnknownParameter, message))
        }
    }
}

fn form_urlencoded(query: &str) -> form_urlencoded::Parse<'_> {
    form_urlencoded::parse(query.as_bytes())
}

/// The version that the caller has seen, from `If-Match`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IfMatch(pub Option<i64>);

impl FromRequest for IfMatch {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(value) = request.headers().get(header::IF_MATCH) else {
            return ready(Ok(Self(None)));
        };
        let text = value.to_str().unwrap_or_default().trim();
        if text == "*" {
            return ready(Ok(Self(None)));
        }
        let number = text.trim_start_matches("W/").trim_matches('"').parse();
        ready(match number {
            Ok(version) => Ok(Self(Some(version))),
            Err(_) => Err(ErrorCode::StaleVersion.into()),
        })
    }
}
