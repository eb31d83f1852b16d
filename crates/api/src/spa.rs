//! The web app, embedded in the program: hashed files live in caches for a year, the page itself is
//! asked for every time, and every path that is no file is the page, because the app routes itself.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, ResponseError as _, web};
use etalon_domain::error::ErrorCode;
use rust_embed::RustEmbed;

use crate::error::ApiError;
use crate::methods::Methods;

#[derive(RustEmbed)]
#[folder = "../../frontend/dist"]
#[allow_missing = true]
struct Dist;

/// What the page may load and run: nothing from elsewhere, no inline scripts.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' \
                      'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src \
                      'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
                      frame-ancestors 'none'";

/// Serves a file of the app, or the page.
pub async fn serve(request: HttpRequest, methods: web::Data<Methods>) -> HttpResponse {
    if let Some(allowed) = methods.allowed(request.path()) {
        let mut answer = ApiError::new(ErrorCode::MethodNotAllowed).error_response();
        if let Ok(allowed) = header::HeaderValue::from_str(allowed) {
            answer.headers_mut().insert(header::ALLOW, allowed);
        }
        return answer;
    }
    let path = request.path().trim_start_matches('/');
    if path.starts_with("api/") {
        return ApiError::new(ErrorCode::NotFound).error_response();
    }
    let is_file = Dist::get(path).is_some();
    let name = if is_file { path } else { "index.html" };
    if !is_file && path.starts_with("assets/") {
        return HttpResponse::NotFound().finish();
    }
    let brotli = request
        .headers()
        .get(header::ACCEPT_ENCODING)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.split(',').any(|one| one.trim().starts_with("br")));
    let compressed = brotli.then(|| Dist::get(&format!("{name}.br"))).flatten();
    let encoded = compressed.is_some();
    let Some(file) = compressed.or_else(|| Dist::get(name)) else {
        return HttpResponse::NotFound()
            .content_type("text/plain; charset=utf-8")
            .body("The web app is not part of this build; run `cargo xtask app` and build again.");
    };
    let etag = etag(&file.metadata.sha256_hash());
    let seen = request
        .headers()
        .get(header::IF_NONE_MATCH)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v == etag);
    let mut response = if seen {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response
        .insert_header((header::ETAG, etag))
        .insert_header((header::VARY, "Accept-Encoding"))
        .insert_header((header::CONTENT_TYPE, content_type(name)))
        .insert_header((
            header::CACHE_CONTROL,
            if name.starts_with("assets/") {
                "public, max-age=31536000, immutable"
            } else {
                "no-cache"
            },
        ))
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY));
    if encoded {
        response.insert_header((header::CONTENT_ENCODING, "br"));
    }
    if seen {
        response.finish()
    } else {
        response.body(file.data.into_owned())
    }
}

fn etag(hash: &[u8]) -> String {
    let hex: String = hash.iter().take(12).map(|b| format!("{b:02x}")).collect();
    format!("\"{hex}\"")
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" | "webmanifest" | "map" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
