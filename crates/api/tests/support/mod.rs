//! A server in process with a small company, on either database.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use actix_http::Request;
use actix_web::dev::{Payload, Service as _};
use actix_web::error::PayloadError;
use actix_web::http::header::HeaderMap;
use actix_web::http::{Method, StatusCode};
use actix_web::test;
use actix_web::web::Bytes;
use chrono::Utc;
use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};
use etalon_api::auth::token::fingerprint;
use etalon_api::config::Settings;
use etalon_api::server;
use etalon_api::state::State;
use etalon_domain::department::DepartmentDraft;
use etalon_domain::event::Via;
use etalon_domain::id::{DepartmentId, UserId};
use etalon_domain::money::Currency;
use etalon_domain::policy::{Actor, Reach};
use etalon_domain::process::{ProcessDraft, reference};
use etalon_domain::record::RecordCommand;
use etalon_domain::user::{Language, Role, User, UserDraft};
use etalon_persistence::sessions::Device;
use etalon_persistence::users::UserChange;
use etalon_persistence::{Context, Tx, company, departments, new_id, process, sessions, users};
use futures_util::Stream;
use serde_json::Value;

/// Password of everybody in the small company.
pub const PASSWORD: &str = "a long password";
/// Largest file that the server in process takes.
pub const MAX_FILE: u64 = 1 << 20;

type Respond = Rc<dyn Fn(Request) -> Pin<Box<dyn Future<Output = Answer>>>>;

/// What the server answered.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    /// The problem's code.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    /// The body, after making sure of the status.
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self.json()
    }
}

/// A database that goes away with the test.
enum TestDb {
    Sqlite {
        _folder: tempfile::TempDir,
    },
    Postgres {
        admin_url: String,
        name: String,
        _folder: tempfile::TempDir,
    },
}

impl Drop for TestDb {
    fn drop(&mut self) {
        if let Self::Postgres {
            admin_url, name, ..
        } = self
            && let Ok(mut conn) = PgConnection::establish(admin_url)
        {
            let _ = conn.batch_execute(&format!("DROP DATABASE \"{name}\" WITH (FORCE)"));
        }
    }
}

/// A server in process.
pub struct TestApp {
    pub state: State,
    respond: Respond,
    _db: TestDb,
}

fn settings(url: String, dir: &std::path::Path) -> Settings {
    Settings {
        database_url: url,
        listen: ([127, 0, 0, 1], 0).into(),
        data_dir: dir.to_owned(),
        files: dir.join("files").display().to_string(),
        max_file_size: MAX_FILE,
        public_url: "http://127.0.0.1".into(),
        trusted_proxies: "loopback".parse().unwrap(),
        smtp: None,
        connections: 2,
        log: log::LevelFilter::Off,
    }
}

impl TestApp {
    /// A server on a SQLite file of its own.
    pub async fn sqlite() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", dir.path().join("test.sqlite").display());
        let settings = settings(url, dir.path());
        Self::start(settings, TestDb::Sqlite { _folder: dir }).await
    }

    /// A server on a PostgreSQL database of its own; `None`, loudly, without a server for tests.
    pub async fn postgres() -> Option<Self> {
        let Ok(admin_url) = std::env::var("ETALON_TEST_POSTGRES_URL") else {
            eprintln!("SKIPPED on PostgreSQL: ETALON_TEST_POSTGRES_URL is not set");
            return None;
        };
        let name = format!("etalon_{}", new_id().replace('-', ""));
        let mut conn = PgConnection::establish(&admin_url).unwrap();
        conn.batch_execute(&format!("CREATE DATABASE \"{name}\""))
            .unwrap();
        let (base, query) = match admin_url.split_once('?') {
            Some((base, query)) => (base, format!("?{query}")),
            None => (admin_url.as_str(), String::new()),
        };
        let server = base.rsplit_once('/').map_or(base, |(server, _)| server);
        let url = format!("{server}/{name}{query}");
        let dir = tempfile::tempdir().unwrap();
        let settings = settings(url, dir.path());
        let db = TestDb::Postgres {
            admin_url,
            name,
            _folder: dir,
        };
        Some(Self::start(settings, db).await)
    }

    async fn start(settings: Settings, db: TestDb) -> Self {
        let state = server::state(settings).unwrap();
        let service = Rc::new(test::init_service(server::app(state.clone())).await);
        let respond: Respond = Rc::new(move |request| {
            let service = Rc::clone(&service);
            Box::pin(async move {
                match service.call(request).await {
                    Ok(response) => {
                        let status = response.status();
                        let headers = response.headers().clone();
                        let bytes = test::read_body(response).await;
                        let text = String::from_utf8_lossy(&bytes).into_owned();
                        Answer {
                            status,
                            headers,
                            text,
                            bytes: bytes.to_vec(),
                        }
                    }
                    Err(error) => panic!("the service failed: {error}"),
                }
            })
        });
        Self {
            state,
            respond,
            _db: db,
        }
    }

    /// Sends any request.
    pub async fn send(&self, request: test::TestRequest) -> Answer {
        (self.respond)(request.to_request()).await
    }

    /// Sends a request whose body comes in pieces, or breaks off.
    pub async fn send_stream(
        &self,
        request: test::TestRequest,
        body: impl Stream<Item = Result<Bytes, PayloadError>> + 'static,
    ) -> Answer {
        let payload: Payload = Payload::Stream {
            payload: Box::pin(body),
        };
        let (request, _) = request.to_request().replace_payload(payload);
        (self.respond)(request).await
    }

    /// A request on behalf of somebody.
    pub fn request(&self, who: &str, method: Method, path: &str) -> test::TestRequest {
        let request = test::TestRequest::default()
            .method(method)
            .uri(path)
            .peer_addr(([127, 0, 0, 1], 4000).into());
        if who.is_empty() {
            return request;
        }
        let token = self.token(who);
        request.insert_header(("authorization", format!("Bearer {token}")))
    }

    /// Sends a request with a JSON body on behalf of somebody.
    pub async fn call(&self, who: &str, method: Method, path: &str, body: Option<Value>) -> Answer {
        let request = self.request(who, method, path);
        self.send(match body {
            Some(body) => request.set_json(body),
            None => request,
        })
        .await
    }

    /// `GET` on behalf of somebody.
    pub async fn get(&self, who: &str, path: &str) -> Answer {
        self.call(who, Method::GET, path, None).await
    }

    /// `POST` on behalf of somebody.
    pub async fn post(&self, who: &str, path: &str, body: Value) -> Answer {
        self.call(who, Method::POST, path, Some(body)).await
    }

    /// An access token of the person with this e-mail address, without the cost of the password.
    pub fn token(&self, email: &str) -> String {
        let state = &self.state;
        let (user, session) = state
            .db()
            .write(|tx| {
                let user = users::by_email(tx, email)?.unwrap().user;
                let hash = fingerprint(&new_id());
                let device = Device::default();
                let session = sessions::begin(tx, &user.id, &hash, &device, Utc::now())?;
                Ok((user, session))
            })
            .unwrap();
        state.keys().grant(&user.id, &session).unwrap()
    }

    /// The person with this e-mail address.
    pub fn user(&self, email: &str) -> User {
        let found = self.state.db().read(|tx| users::by_email(tx, email));
        found.unwrap().unwrap().user
    }

    /// A context in which the person with this e-mail address acts.
    pub fn context(&self, email: &str) -> Context {
        let user = self.user(email);
        let actor = self.state.db().read(|tx| users::actor_of(tx, &user));
        Context::new(actor.unwrap(), Via::Api, None)
    }

    /// Sets up the small company: `admin@`, `director@` (head of Sales), `north.head@`,
    /// `north@` and `north2@` (managers of North, which does not share), `south.head@`, `south@`
    /// (manager of South), `viewer@` (of North), all at `test.example`. Its usual process asks for
    /// nothing.
    pub fn with_company(self) -> Self {
        let root = Actor {
            user_id: UserId::new(new_id()),
            name: "Test".into(),
            role: Role::Admin,
            department_id: None,
            reach: Reach::All,
            time_zone: "UTC".into(),
        };
        let context = Context::new(root, Via::System, None);
        // One cheap hash for everybody: the real cost of argon2 is a test of its own.
        let hash = etalon_api::auth::password::hash(PASSWORD).unwrap();
        self.state
            .db()
            .write(|tx| {
                company::set_up(tx, "Test company", Currency::from_code("USD").unwrap())?;
                let mut department = |name: &str, parent: Option<&DepartmentId>| {
                    let draft = DepartmentDraft {
                        name: name.into(),
                        parent_id: parent.cloned(),
                        share_deals: false,
                    };
                    departments::execute(tx, &context, None, None, &RecordCommand::create(draft))
                        .map(|d| d.id)
                };
                let sales = department("Sales", None)?;
                let north = department("North", Some(&sales))?;
                let south = department("South", Some(&sales))?;
                for (email, role, at) in [
                    ("admin", Role::Admin, None),
                    ("director", Role::Head, Some(&sales)),
                    ("north.head", Role::Head, Some(&north)),
                    ("north", Role::Manager, Some(&north)),
                    ("north2", Role::Manager, Some(&north)),
                    ("south.head", Role::Head, Some(&south)),
                    ("south", Role::Manager, Some(&south)),
                    ("viewer", Role::Viewer, Some(&north)),
                ] {
                    let draft = UserDraft {
                        name: email.into(),
                        email: Some(format!("{email}@test.example")),
                        role,
                        department_id: at.cloned(),
                        manager_id: None,
                        active: true,
                        language: Language::En,
                        time_zone: "UTC".into(),
                        password: None,
                    };
                    let change = UserChange {
                        command: RecordCommand::create(draft),
                        password_hash: Some(hash.clone()),
                    };
                    users::execute(tx, &context, None, None, &change)?;
                }
                plain_process(tx, &context)
            })
            .unwrap();
        self.state.db().reload_company().unwrap();
        self
    }
}

/// Makes a process usual that asks for nothing: its stages are those of the reference process, without
/// steps and requirements. Tests of the process choose the reference process for their deals.
fn plain_process(tx: &mut Tx<'_>, context: &Context) -> etalon_persistence::Result<()> {
    let mut definition = reference();
    for stage in &mut definition.stages {
        stage.steps.clear();
        stage.required_fields.clear();
    }
    let draft = ProcessDraft {
        name: definition.name.clone(),
        copy_of: None,
    };
    let admin = users::by_email(tx, "admin@test.example")?.unwrap().user;
    let context = Context {
        actor: users::actor_of(tx, &admin)?,
        ..context.clone()
    };
    let made = process::create(tx, &context, &draft)?;
    process::replace_draft(tx, &context, &made.id, None, &definition)?;
    process::publish(tx, &context, &made.id, None)?;
    process::make_default(tx, &context, &made.id)?;
    Ok(())
}

/// Runs a test with the small company on SQLite and, where there is a server for tests, on
/// PostgreSQL.
macro_rules! on_both {
    ($(async fn $name:ident($app:ident: TestApp) $body:block)+) => { $(
        mod $name {
            use super::*;

            async fn check($app: $crate::support::TestApp) $body

            #[actix_web::test]
            async fn sqlite() {
                check($crate::support::TestApp::sqlite().await.with_company()).await;
            }

            #[actix_web::test]
            async fn postgres() {
                if let Some(app) = $crate::support::TestApp::postgres().await {
                    check(app.with_company()).await;
                }
            }
        }
    )+ };
}

pub(crate) use on_both;
