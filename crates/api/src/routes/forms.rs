//! What visitors of other sites send.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, ResponseError as _, post, web};
use chrono::Utc;
use etalon_domain::error::ErrorCode;
use etalon_domain::lead_form::{FormReceipt, FormSubmission, LeadForm, MAX_SUBMISSION};
use etalon_persistence::lead_forms;
use etalon_persistence::throttle::{self, Throttle};

use crate::auth::client::address;
use crate::error::{ApiError, ApiResult};
use crate::extract::{from_json, from_pairs, read_body};
use crate::state::State;
use crate::{plain, request_id};

/// Sends a form of another site
///
/// Makes a lead of what a visitor has entered. Takes JSON, or what a browser sends of an HTML form,
/// up to 16 kB; fields that are not named here are left out. `email` or `phone` is needed. A browser
/// that sent an HTML form goes to the form's redirect address, or reads in a sentence what was wrong;
/// programs get a receipt or a problem document. Answers 404 for an unknown or inactive key, 403 for
/// a site that the form does not allow, 413 for what is too large, and 429 with `Retry-After` for
/// what comes too often.
#[utoipa::path(tag = "Web forms", operation_id = "submit_form", security(()),
    params(("key" = String, Path, description = "Key of the form")),
    request_body(content((FormSubmission = "application/json"), (FormSubmission = "application/x-www-form-urlencoded"))),
    responses(
        (status = 201, description = "It was received", body = FormReceipt),
        (status = 303, description = "It was received; the visitor's browser goes on to the form's redirect address"),
        (status = 403, description = "The form does not allow this site", content_type = "application/problem+json", body = etalon_domain::error::Problem),
        (status = 413, description = "The request is too large", content_type = "application/problem+json", body = etalon_domain::error::Problem),
    ))]
#[post("/forms/{key}")]
pub async fn submit_form(
    request: HttpRequest,
    state: web::Data<State>,
    key: web::Path<String>,
    payload: web::Payload,
) -> ApiResult<HttpResponse> {
    let outcome = submit(&request, &state, key.into_inner(), payload).await;
    if !has(&request, header::ACCEPT, "text/html") {
        return outcome.map(|_| HttpResponse::Created().json(FormReceipt { received: true }));
    }
    Ok(match outcome {
        Ok(Some(address)) => HttpResponse::SeeOther()
            .insert_header((header::LOCATION, address))
            .finish(),
        Ok(None) => page(&request, HttpResponse::Created(), THANKS),
        Err(error) => {
            let mut response = HttpResponse::build(error.status_code());
            for (name, value) in error.error_response().headers() {
                response.insert_header((name.clone(), value.clone()));
            }
            page(&request, response, told(&error))
        }
    })
}

/// Takes what was sent; returns where a browser goes on.
async fn submit(
    request: &HttpRequest,
    state: &State,
    key: String,
    payload: web::Payload,
) -> ApiResult<Option<String>> {
    let body = read_body(request, &mut payload.into_inner(), MAX_SUBMISSION).await?;
    let form = admit(state, request, key).await?;
    let origin = request.headers().get(header::ORIGIN);
    if origin.is_some_and(|origin| !origin.to_str().is_ok_and(|origin| form.allows(origin))) {
        return Err(ErrorCode::Forbidden.into());
    }
    let submission = read(request, &body)?;
    let redirect = form.redirect_url.clone();
    if !submission.is_from_robot() {
        let named = Some(request_id::current());
        state
            .write(move |tx| lead_forms::submit(tx, &form, &submission, named).map(|_| ()))
            .await?;
    }
    Ok(redirect)
}

/// Counts a request before it is looked at, and finds the form.
async fn admit(state: &State, request: &HttpRequest, key: String) -> ApiResult<LeadForm> {
    let ip = address(request, &state.settings().trusted_proxies);
    let ip = ip.map(|ip| ip.to_string()).unwrap_or_default();
    state
        .write(move |tx| {
            let now = Utc::now();
            if let Some(seconds) = throttle::attempt(tx, &Throttle::form_sender(&ip, now), now)? {
                return Ok(Err(ApiError::wait(seconds)));
            }
            let form = match lead_forms::by_key(tx, &key) {
                Err(error) if error.is(ErrorCode::NotFound) => {
                    return Ok(Err(ErrorCode::NotFound.into()));
                }
                found => found?,
            };
            let wait = throttle::attempt(tx, &Throttle::form(&form.id, now), now)?;
            Ok(wait.map_or(Ok(form), |seconds| Err(ApiError::wait(seconds))))
        })
        .await?
}

fn read(request: &HttpRequest, body: &[u8]) -> ApiResult<FormSubmission> {
    if has(
        request,
        header::CONTENT_TYPE,
        "application/x-www-form-urlencoded",
    ) {
        return from_pairs(body);
    }
    plain::check_json(&from_json(body)?)?;
    from_json(body)
}

fn has(request: &HttpRequest, name: header::HeaderName, part: &str) -> bool {
    let value = request.headers().get(name);
    value.is_some_and(|value| value.to_str().is_ok_and(|text| text.contains(part)))
}

/// A sentence for visitors, in English and Russian.
type Sentence = [&'static str; 2];

const THANKS: Sentence = [
    "Thank you, we have received your message.",
    "Спасибо, мы получили ваше сообщение.",
];

/// Why a visitor's form was not taken, in words that do not need an explanation.
fn told(error: &ApiError) -> Sentence {
    match error.code() {
        ErrorCode::InvalidFields => [
            "Something in the form is missing or not right. Please go back and check it: an e-mail \
             address or a phone number is needed.",
            "В форме что-то не заполнено или заполнено неверно. Вернитесь и проверьте её: нужен адрес \
             почты или телефон.",
        ],
        ErrorCode::TooManyAttempts => [
            "Too many messages were sent. Please try again later.",
            "Отправлено слишком много сообщений. Попробуйте позже.",
        ],
        _ => [
            "The form could not be sent. Please contact us another way.",
            "Форму не удалось отправить. Свяжитесь с нами другим способом.",
        ],
    }
}

/// A page that says one sentence in the visitor's language.
fn page(
    request: &HttpRequest,
    mut response: HttpResponseBuilder,
    [english, russian]: Sentence,
) -> HttpResponse {
    let (language, sentence) = match has(request, header::ACCEPT_LANGUAGE, "ru") {
        true => ("ru", russian),
        false => ("en", english),
    };
    response
        .content_type("text/html; charset=utf-8")
        .body(format!(
            "<!doctype html><html lang=\"{language}\"><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\">\
             <title>{sentence}</title><p>{sentence}</p></html>"
        ))
}
