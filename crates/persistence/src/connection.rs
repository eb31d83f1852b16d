//! One connection type for both databases, pools that match each of them, and the one way to read
//! and the one way to write.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use etalon_domain::id::ProcessVersionId;
use etalon_domain::money::Currency;
use etalon_domain::process::Published;
use etalon_domain::stage::Stages;
use r2d2::{ManageConnection, Pool, PooledConnection};

pub use crate::any::AnyConnection;
use crate::error::{Error, Result};

/// Which database a URL names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// `sqlite://path`, a file.
    Sqlite,
    /// `postgres://…` or `postgresql://…`.
    Postgres,
}

impl Backend {
    /// The database of a URL.
    ///
    /// # Errors
    /// When the scheme is neither `sqlite` nor `postgres`.
    pub fn of_url(url: &str) -> std::result::Result<Self, String> {
        match url.split_once("://").map(|(scheme, _)| scheme) {
            Some("sqlite") => Ok(Self::Sqlite),
            Some("postgres" | "postgresql") => Ok(Self::Postgres),
            _ => Err("the database URL must begin with sqlite:// or postgres://".to_owned()),
        }
    }
}

/// What is set on every connection to PostgreSQL.
const POSTGRES_SETTINGS: &str = "SET TIME ZONE 'UTC'; SET client_min_messages = warning";

/// How PostgreSQL plans on every connection, by the names of its settings. To compile a report takes it longer
/// than to run it, and so does to start processes that share the work, unless there are millions of rows.
pub const POSTGRES_PLANNING: [(&str, &str); 2] =
    [("jit", "off"), ("parallel_setup_cost", "100000")];

/// What is set on every SQLite connection: the write-ahead log, so that readers and the writer do not
/// wait for each other; a writer waits ten seconds for another; 2 MB of cache for each connection, since
/// the system's file cache has the rest.
pub const SQLITE_PRAGMAS: &str = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; \
    PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -2000; \
    PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864";

/// Opens connections for the pool; the scheme decides, never a guess.
struct Manager {
    backend: Backend,
    url: String,
}

impl ManageConnection for Manager {
    type Connection = AnyConnection;
    type Error = Error;

    fn connect(&self) -> Result<AnyConnection> {
        let failed = |e: ConnectionError| Error::Pool(e.to_string());
        match self.backend {
            Backend::Postgres => {
                let mut connection = PgConnection::establish(&self.url).map_err(failed)?;
                let planning =
                    POSTGRES_PLANNING.map(|(name, value)| format!("; SET {name} = {value}"));
                connection.batch_execute(&format!("{POSTGRES_SETTINGS}{}", planning.concat()))?;
                Ok(AnyConnection::Postgres(connection))
            }
            Backend::Sqlite => {
                let path = self.url.strip_prefix("sqlite://").unwrap_or(&self.url);
                let mut connection = SqliteConnection::establish(path).map_err(failed)?;
                connection.batch_execute(SQLITE_PRAGMAS)?;
                crate::reports::register(&mut connection)?;
                Ok(AnyConnection::Sqlite(connection))
            }
        }
    }

    fn is_valid(&self, connection: &mut AnyConnection) -> Result<()> {
        Ok(connection.batch_execute("SELECT 1")?)
    }

    fn has_broken(&self, connection: &mut AnyConnection) -> bool {
        std::thread::panicking()
            || match connection {
                AnyConnection::Postgres(c) => diesel::r2d2::R2D2Connection::is_broken(c),
                AnyConnection::Sqlite(c) => diesel::r2d2::R2D2Connection::is_broken(c),
            }
    }
}

/// What holds for the whole company and seldom changes.
#[derive(Clone, Debug)]
pub struct Company {
    /// Name of the company.
    pub name: String,
    /// Currency of all sums.
    pub base_currency: Currency,
    /// The stages of all processes together: those of the usual one in its order, then others, then the
    /// final ones. What a stage means for one deal is said by [`Company::process`].
    pub stages: Stages,
    /// The published versions of all processes.
    pub processes: HashMap<ProcessVersionId, Arc<Published>>,
    /// The version that new deals follow unless another process is chosen.
    pub usual_process: Arc<Published>,
}

impl Company {
    /// The version of a process that a deal follows; the usual one should it have been published by
    /// another server a moment ago.
    #[must_use]
    pub fn process(&self, id: &ProcessVersionId) -> &Arc<Published> {
        self.processes.get(id).unwrap_or(&self.usual_process)
    }
}

/// A connection in use, with what every query needs to know about the company.
pub struct Tx<'a> {
    /// The connection.
    pub conn: &'a mut AnyConnection,
    /// The company.
    pub company: &'a Company,
}

/// The database: pools of connections and what is known about the company.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
}

struct Inner {
    backend: Backend,
    readers: Pool<Manager>,
    writers: Pool<Manager>,
    company: RwLock<Arc<Company>>,
    people_generation: AtomicU64,
}

/// How many connections a database gets.
#[derive(Clone, Copy, Debug)]
pub struct PoolSize {
    /// Connections that read (SQLite), or all connections (PostgreSQL).
    pub readers: u32,
}

impl Default for PoolSize {
    fn default() -> Self {
        Self { readers: 8 }
    }
}

impl Db {
    /// Connects, brings the schema up to date and reads what is known about the company.
    ///
    /// # Errors
    /// When the URL is not understood, the database cannot be reached or a migration fails.
    pub fn open(url: &str, size: PoolSize) -> Result<Self> {
        let backend = Backend::of_url(url).map_err(Error::Pool)?;
        let pool = |connections: u32| {
            Pool::builder()
                .max_size(connections)
                .min_idle(Some(1))
                .test_on_check_out(false)
                .connection_timeout(Duration::from_secs(15))
                .build(Manager {
                    backend,
                    url: url.to_owned(),
                })
                .map_err(|e| Error::Pool(e.to_string()))
        };
        let writers = match backend {
            Backend::Sqlite => pool(1)?,
            Backend::Postgres => pool(size.readers)?,
        };
        let readers = match backend {
            Backend::Sqlite => pool(size.readers)?,
            Backend::Postgres => writers.clone(),
        };
        let mut connection = checkout(&writers)?;
        crate::migrate::run(&mut connection)?;
        let company = in_transaction(&mut connection, |conn| {
            let company = crate::company::load_or_create(conn)?;
            crate::deals::versions::complete(conn, &company)?;
            Ok(company)
        })?;
        drop(connection);
        Ok(Self {
            inner: Arc::new(Inner {
                backend,
                readers,
                writers,
                company: RwLock::new(Arc::new(company)),
                people_generation: AtomicU64::new(0),
            }),
        })
    }

    /// Which database this is.
    #[must_use]
    pub fn backend(&self) -> Backend {
        self.inner.backend
    }

    /// What is known about the company.
    #[must_use]
    pub fn company(&self) -> Arc<Company> {
        match self.inner.company.read() {
            Ok(company) => Arc::clone(&company),
            Err(poisoned) => Arc::clone(&poisoned.into_inner()),
        }
    }

    /// Reads what is known about the company anew, after it was changed.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn reload_company(&self) -> Result<()> {
        let company = Arc::new(in_transaction(
            &mut *checkout(&self.inner.writers)?,
            crate::company::load_or_create,
        )?);
        match self.inner.company.write() {
            Ok(mut current) => *current = company,
            Err(poisoned) => *poisoned.into_inner() = company,
        }
        Ok(())
    }

    /// Counts the changes of people and departments made through this process, so that whatever is
    /// remembered about them can be dropped at once.
    #[must_use]
    pub fn people_generation(&self) -> u64 {
        self.inner.people_generation.load(Ordering::Acquire)
    }

    /// Says that people or departments changed.
    pub fn people_changed(&self) {
        self.inner.people_generation.fetch_add(1, Ordering::AcqRel);
    }

    /// Reads.
    ///
    /// # Errors
    /// Whatever `f` returns, or that no connection could be had.
    pub fn read<T>(&self, f: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let company = self.company();
        let mut connection = checkout(&self.inner.readers)?;
        f(&mut Tx {
            conn: &mut connection,
            company: &company,
        })
    }

    /// Reads several things as they are at one instant, whatever others write meanwhile.
    ///
    /// # Errors
    /// Whatever `f` returns, or that no connection could be had.
    pub fn read_snapshot<T>(&self, f: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let company = self.company();
        let mut connection = checkout(&self.inner.readers)?;
        let (begin, look) = match self.inner.backend {
            Backend::Sqlite => ("BEGIN", "SELECT 1 FROM sqlite_schema LIMIT 1"),
            Backend::Postgres => (
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                "SELECT 1",
            ),
        };
        transaction(&mut connection, begin, |conn| {
            conn.batch_execute(look)?;
            f(&mut Tx {
                conn,
                company: &company,
            })
        })
    }

    /// Writes in one transaction: all of it, or nothing when `f` fails.
    ///
    /// On SQLite writers queue for the one write connection and begin with `BEGIN IMMEDIATE`, so
    /// that no transaction fails halfway because another wrote.
    ///
    /// # Errors
    /// Whatever `f` returns, or that no connection could be had.
    pub fn write<T>(&self, f: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let company = self.company();
        let mut connection = checkout(&self.inner.writers)?;
        in_transaction(&mut connection, |conn| {
            f(&mut Tx {
                conn,
                company: &company,
            })
        })
    }
}

fn checkout(pool: &Pool<Manager>) -> Result<PooledConnection<Manager>> {
    pool.get().map_err(|e| Error::Pool(e.to_string()))
}

/// Runs `f` in a transaction that writes.
pub(crate) fn in_transaction<T>(
    conn: &mut AnyConnection,
    f: impl FnOnce(&mut AnyConnection) -> Result<T>,
) -> Result<T> {
    let begin = match conn {
        AnyConnection::Sqlite(_) => "BEGIN IMMEDIATE",
        AnyConnection::Postgres(_) => "BEGIN",
    };
    transaction(conn, begin, f)
}

/// Runs `f` between `begin` and a commit, or a rollback when it fails.
fn transaction<T>(
    conn: &mut AnyConnection,
    begin: &str,
    f: impl FnOnce(&mut AnyConnection) -> Result<T>,
) -> Result<T> {
    conn.batch_execute(begin)?;
    let mut guard = Rollback { conn, armed: true };
    let value = f(guard.conn)?;
    guard.conn.batch_execute("COMMIT")?;
    guard.armed = false;
    Ok(value)
}

/// Rolls back when it is dropped before the commit, also while a panic unwinds.
struct Rollback<'a> {
    conn: &'a mut AnyConnection,
    armed: bool,
}

impl Drop for Rollback<'_> {
    fn drop(&mut self) {
        if self.armed
            && let Err(error) = self.conn.batch_execute("ROLLBACK")
        {
            log::warn!("rollback failed: {error}");
        }
    }
}
