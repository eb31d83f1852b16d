//! Putting the server together.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use etalon_persistence::{Db, PoolSize};
use utoipa_actix_web::AppExt as _;
use utoipa_swagger_ui::SwaggerUi;

use crate::auth::token::Keys;
use crate::config::Settings;
use crate::methods::Methods;
use crate::state::State;
use crate::storage::Storage;
use crate::{cors, idempotency, jobs, openapi, plain, request_id, routes, setup, spa};

/// Largest body that is not an uploaded file.
pub(crate) const MAX_BODY: usize = 2 << 20;

/// Threads of each worker that wait for the database: about as many as there are connections for
/// them, so that requests queue here in the order in which they came and not for a connection.
const BLOCKING_THREADS: usize = 4;

/// The application with everything registered: the same for the server and for tests.
pub fn app(
    state: State,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    let (app, mut description) = App::new()
        .into_utoipa_app()
        .openapi(openapi::base())
        .map(|app| app.wrap(from_fn(idempotency::middleware)))
        .configure(routes::configure)
        .split_for_parts();
    openapi::complete(&mut description);
    app.app_data(web::Data::new(state))
        .app_data(web::Data::new(Methods::of(&description)))
        .app_data(web::PayloadConfig::new(MAX_BODY))
        .service(SwaggerUi::new("/api/docs/{_:.*}").url("/api/openapi.json", description))
        .service(web::redirect("/api/docs", "/api/docs/"))
        .default_service(web::to(spa::serve))
        .wrap(from_fn(cors::middleware))
        .wrap(from_fn(plain::middleware))
        .wrap(from_fn(request_id::middleware))
}

/// The description of the API.
#[must_use]
pub fn description() -> utoipa::openapi::OpenApi {
    let (_, mut description) = App::new()
        .into_utoipa_app()
        .openapi(openapi::base())
        .configure(routes::configure)
        .split_for_parts();
    openapi::complete(&mut description);
    description
}

/// Opens the database and makes what handlers share.
///
/// # Errors
/// One sentence that says what is wrong.
pub fn state(settings: Settings) -> Result<State, String> {
    if settings.database_url.starts_with("sqlite://") {
        std::fs::create_dir_all(&settings.data_dir).map_err(|e| {
            format!(
                "cannot make the folder {}: {e}",
                settings.data_dir.display()
            )
        })?;
    }
    let size = PoolSize {
        readers: settings.connections,
    };
    let db = Db::open(&settings.database_url, size)
        .map_err(|e| format!("cannot open the database: {e}"))?;
    let secret = setup::token_secret(&db)?;
    let storage = Storage::open(&settings.files)?;
    Ok(State::new(db, storage, Keys::new(&secret), settings))
}

/// Serves until the process is told to stop.
///
/// # Errors
/// One sentence that says what is wrong.
pub async fn serve(state: State, with_jobs: bool) -> Result<(), String> {
    let listen = state.settings().listen;
    let keeper = tokio::task::spawn_local(jobs::keep_company(state.clone()));
    let runner = with_jobs.then(|| tokio::task::spawn_local(jobs::run(state.clone())));
    let server = HttpServer::new(move || app(state.clone()))
        .worker_max_blocking_threads(BLOCKING_THREADS)
        .shutdown_timeout(5)
        .bind(listen)
        .map_err(|e| format!("cannot listen on {listen}: {e}"))?
        .run();
    let outcome = server.await.map_err(|e| e.to_string());
    keeper.abort();
    if let Some(runner) = runner {
        runner.abort();
    }
    outcome
}
