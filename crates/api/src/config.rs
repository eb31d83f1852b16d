//! Settings: by flag, by `ETALON_…` variable, by file, in that order.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use etalon_persistence::Backend;

use crate::auth::client::TrustedProxies;
use crate::mail::Smtp;

/// Etalon: a corporate sales system in one program.
#[derive(Debug, Parser)]
#[command(name = "etalon", version, about, propagate_version = true)]
pub struct Cli {
    /// Settings of the server.
    #[command(flatten)]
    pub settings: SettingsArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Settings as they are given.
#[derive(Args, Clone, Debug)]
pub struct SettingsArgs {
    /// File with settings, one `name = "value"` a line, named as the flags (listen, data_dir, …)
    #[arg(long, global = true, env = "ETALON_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Database: sqlite://path/to/file or postgres://user:password@host/name [default: a SQLite file
    /// in the data directory]
    #[arg(
        long,
        global = true,
        env = "ETALON_DATABASE_URL",
        value_name = "URL",
        hide_env_values = true
    )]
    database_url: Option<String>,
    /// Address and port to serve on
    #[arg(
        long,
        global = true,
        env = "ETALON_LISTEN",
        value_name = "IP:PORT",
        default_value = "127.0.0.1:8080"
    )]
    listen: String,
    /// Folder for the SQLite file, uploaded files and other data
    #[arg(
        long,
        global = true,
        env = "ETALON_DATA_DIR",
        value_name = "DIR",
        default_value = "etalon-data"
    )]
    data_dir: PathBuf,
    /// Where uploaded files are kept: a folder, or s3://bucket/folder in a build with the feature `s3`
    /// [default: the folder files in the data directory]
    #[arg(long, global = true, env = "ETALON_FILES", value_name = "FOLDER|URL")]
    files: Option<String>,
    /// Largest file that people may upload, in MB
    #[arg(
        long,
        global = true,
        env = "ETALON_MAX_FILE_MB",
        value_name = "N",
        default_value = "50"
    )]
    max_file_mb: String,
    /// Address under which people reach the server; https:// makes the cookies secure [default:
    /// http:// and the listen address]
    #[arg(long, global = true, env = "ETALON_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
    /// Proxies in front of the server whose X-Forwarded-For is believed: IP addresses separated by
    /// commas, `loopback` for this machine [default: none]
    #[arg(
        long,
        global = true,
        env = "ETALON_TRUSTED_PROXIES",
        value_name = "IP,…"
    )]
    trusted_proxies: Option<String>,
    /// Mail server for notifications, such as smtps://user:password@mail.example.com or
    /// smtp://user:password@mail.example.com:587?tls=required [default: no e-mails]
    #[arg(
        long,
        global = true,
        env = "ETALON_SMTP_URL",
        value_name = "URL",
        hide_env_values = true
    )]
    smtp_url: Option<String>,
    /// Address that e-mails come from, such as Etalon <etalon@example.com>
    #[arg(long, global = true, env = "ETALON_MAIL_FROM", value_name = "ADDRESS")]
    mail_from: Option<String>,
    /// Connections to the database
    #[arg(
        long,
        global = true,
        env = "ETALON_CONNECTIONS",
        value_name = "N",
        default_value = "8"
    )]
    connections: String,
    /// What to log: error, warn, info (every request), debug
    #[arg(
        long,
        global = true,
        env = "ETALON_LOG",
        value_name = "LEVEL",
        default_value = "warn"
    )]
    log: String,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the app and the API
    Serve {
        /// Fill an empty database with the demo company first
        #[arg(long, env = "ETALON_DEMO")]
        demo: bool,
        /// Leave the background jobs to other servers
        #[arg(long)]
        no_jobs: bool,
    },
    /// Bring the database's schema up to date
    Migrate,
    /// Add an administrator
    CreateAdmin {
        /// Full name
        #[arg(long)]
        name: String,
        /// E-mail address to sign in with
        #[arg(long)]
        email: String,
        /// Password of at least ten characters; asked on standard input when absent
        #[arg(long, env = "ETALON_ADMIN_PASSWORD", hide_env_values = true)]
        password: Option<String>,
    },
    /// Import CSV files of another system
    Import(ImportArgs),
    /// Fill an empty database with the demo company
    Demo,
    /// Print the OpenAPI description of the API
    Openapi,
}

/// What to import, and for whom.
#[derive(Args, Clone, Debug)]
pub struct ImportArgs {
    /// Files, in any order
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// E-mail address of the administrator or head who imports
    #[arg(long = "as", value_name = "EMAIL")]
    pub as_user: String,
    /// Currency of amounts without one [default: the base currency]
    #[arg(long, value_name = "CODE")]
    pub currency: Option<String>,
    /// Time zone of times that name none, such as Europe/Berlin or +05:00 [default: the person's]
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<String>,
    /// Name of the source system, within which identifiers are unique [default: csv]
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// Let deals that are here already pass requirements of their process that this person may override
    #[arg(long)]
    pub pass_gates: bool,
    /// Only report what would happen
    #[arg(long)]
    pub dry_run: bool,
}

/// Settings that are complete and valid.
#[derive(Clone, Debug)]
pub struct Settings {
    /// URL of the database.
    pub database_url: String,
    /// Address to serve on.
    pub listen: SocketAddr,
    /// Folder for files.
    pub data_dir: PathBuf,
    /// Where uploaded files are kept: a folder or a URL.
    pub files: String,
    /// Largest uploaded file in bytes.
    pub max_file_size: u64,
    /// Address under which people reach the server, without a slash at the end.
    pub public_url: String,
    /// Proxies that are believed whom they speak for.
    pub trusted_proxies: TrustedProxies,
    /// Who takes our e-mails; `None` when there are none.
    pub smtp: Option<Smtp>,
    /// Connections to the database.
    pub connections: u32,
    /// What to log.
    pub log: log::LevelFilter,
}

impl Settings {
    /// Whether cookies travel over https only.
    #[must_use]
    pub fn secure_cookies(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// Reads flags, variables and the file. Ends the program with one clear sentence when something is
/// wrong, and after `--help`.
#[must_use]
pub fn read() -> Cli {
    let mut command = Cli::command();
    if let Some(path) = config_path() {
        match file_settings(&path) {
            Ok(values) => {
                for (name, value) in values {
                    if !command.get_arguments().any(|a| a.get_id() == name.as_str()) {
                        stop(&format!("{}: there is no setting '{name}'", path.display()));
                    }
                    command = command.mut_arg(name, |arg| {
                        arg.default_value(clap::builder::OsStr::from(value))
                    });
                }
            }
            Err(message) => stop(&message),
        }
    }
    let matches = command.get_matches();
    match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    }
}

/// The file named by `--config` or `ETALON_CONFIG`, looked for before the flags are parsed.
fn config_path() -> Option<PathBuf> {
    let mut args = std::env::args_os().skip(1);
    while let Some(arg) = args.next() {
        let text = arg.to_string_lossy();
        if text == "--config" {
            return args.next().map(PathBuf::from);
        }
        if let Some(path) = text.strip_prefix("--config=") {
            return Some(PathBuf::from(path));
        }
    }
    std::env::var_os("ETALON_CONFIG").map(PathBuf::from)
}

fn file_settings(path: &Path) -> Result<BTreeMap<String, String>, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|e| format!("cannot read the settings file {}: {e}", path.display()))?;
    let table: BTreeMap<String, toml::Value> = toml::from_str(&text)
        .map_err(|e| format!("{} is no list of settings: {}", path.display(), e.message()))?;
    table
        .into_iter()
        .map(|(name, value)| match value {
            toml::Value::String(text) => Ok((name, text)),
            toml::Value::Integer(number) => Ok((name, number.to_string())),
            _ => Err(format!(
                "{}: '{name}' must be a text or a number",
                path.display()
            )),
        })
        .collect()
}

/// Ends the program with a sentence.
pub fn stop(message: &str) -> ! {
    eprintln!("etalon: {message}");
    std::process::exit(2);
}

impl SettingsArgs {
    /// Checks the settings and fills in what was left out.
    ///
    /// # Errors
    /// One sentence that names the setting and says what is wrong.
    pub fn settle(self) -> Result<Settings, String> {
        let listen: SocketAddr = self.listen.parse().map_err(|_| {
            format!(
                "--listen (ETALON_LISTEN) must be an IP address and a port such as 127.0.0.1:8080, \
                 not '{}'",
                self.listen
            )
        })?;
        let connections = self
            .connections
            .parse()
            .ok()
            .filter(|n| (1..=200).contains(n))
            .ok_or_else(|| {
                format!(
                    "--connections (ETALON_CONNECTIONS) must be a number from 1 to 200, not '{}'",
                    self.connections
                )
            })?;
        let max_file_mb: u64 = self
            .max_file_mb
            .parse()
            .ok()
            .filter(|n| (1..=10_000).contains(n))
            .ok_or_else(|| {
                format!(
                    "--max-file-mb (ETALON_MAX_FILE_MB) must be a number from 1 to 10000, not '{}'",
                    self.max_file_mb
                )
            })?;
        let files = match self.files {
            Some(files) => files,
            None => self.data_dir.join("files").display().to_string(),
        };
        let log = self.log.parse().map_err(|_| {
            format!(
                "--log (ETALON_LOG) must be error, warn, info or debug, not '{}'",
                self.log
            )
        })?;
        let database_url = self.database_url.unwrap_or_else(|| {
            format!("sqlite://{}", self.data_dir.join("etalon.sqlite").display())
        });
        check_database(&database_url)?;
        let public_url = self
            .public_url
            .unwrap_or_else(|| format!("http://{listen}"))
            .trim_end_matches('/')
            .to_owned();
        if !public_url.starts_with("http://") && !public_url.starts_with("https://") {
            return Err(format!(
                "--public-url (ETALON_PUBLIC_URL) must begin with http:// or https://, not \
                 '{public_url}'"
            ));
        }
        let proxies = self.trusted_proxies.unwrap_or_default();
        let trusted_proxies = proxies.parse().map_err(|wrong: String| {
            format!(
                "--trusted-proxies (ETALON_TRUSTED_PROXIES) must be IP addresses or 'loopback', \
                 separated by commas, not '{wrong}'"
            )
        })?;
        let smtp = match (self.smtp_url, self.mail_from) {
            (Some(url), Some(from)) => Some(Smtp::new(&url, &from)?),
            (Some(_), None) => {
                return Err("--smtp-url needs --mail-from (ETALON_MAIL_FROM), too".into());
            }
            (None, _) => None,
        };
        Ok(Settings {
            database_url,
            listen,
            data_dir: self.data_dir,
            files,
            max_file_size: max_file_mb << 20,
            public_url,
            trusted_proxies,
            smtp,
            connections,
            log,
        })
    }
}

fn check_database(url: &str) -> Result<(), String> {
    let backend = Backend::of_url(url).map_err(|_| {
        "--database-url (ETALON_DATABASE_URL) must begin with sqlite:// or postgres://".to_owned()
    })?;
    let path = url.split_once("://").map_or("", |(_, path)| path);
    let in_memory = path.contains(":memory:") || path.contains("mode=memory");
    // SQLite takes a name that is empty, or only a query, for a temporary file of one connection.
    let unnamed = path.trim_start_matches("file:").split('?').next() == Some("");
    if backend == Backend::Sqlite && (in_memory || unnamed) {
        return Err(format!(
            "--database-url (ETALON_DATABASE_URL) must name a file, such as \
             sqlite://etalon.sqlite: with '{url}' every connection would have an empty database \
             of its own"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settle(flags: &[&str]) -> Result<Settings, String> {
        let command = ["etalon"].iter().chain(flags).chain(&["migrate"]);
        let cli = Cli::try_parse_from(command).map_err(|e| e.to_string())?;
        cli.settings.settle()
    }

    #[test]
    fn a_sqlite_database_is_a_file() {
        let settings = settle(&["--database-url", "sqlite://folder/etalon.sqlite"]).unwrap();
        assert_eq!(settings.database_url, "sqlite://folder/etalon.sqlite");
        for url in [
            "sqlite://",
            "sqlite://:memory:",
            "sqlite://file::memory:?cache=shared",
            "sqlite://file:x?mode=memory",
            "sqlite://file:?cache=shared",
        ] {
            let refused = settle(&["--database-url", url]).unwrap_err();
            assert!(refused.contains("must name a file"), "{url}: {refused}");
        }
        let refused = settle(&["--database-url", "mysql://x"]).unwrap_err();
        assert!(refused.contains("must begin with"), "{refused}");
    }

    #[test]
    fn a_mail_server_needs_a_sender() {
        let server = ["--smtp-url", "smtps://user:secret@mail.example.com"];
        let from = |address| settle(&[server[0], server[1], "--mail-from", address]);
        assert!(settle(&[]).unwrap().smtp.is_none());
        assert!(settle(&server).unwrap_err().contains("--mail-from"));
        assert!(from("Etalon").unwrap_err().contains("not 'Etalon'"));
        let smtp = from("Etalon <etalon@example.com>").unwrap().smtp.unwrap();
        assert!(!format!("{smtp:?}").contains("secret"));
        let wrong = settle(&["--smtp-url", "mail.example.com", "--mail-from", "a@b.c"]);
        assert!(wrong.unwrap_err().contains("--smtp-url"));
    }

    #[test]
    fn trusted_proxies_are_addresses() {
        let settings = settle(&["--trusted-proxies", "loopback, 10.0.0.7,2001:db8::1"]).unwrap();
        assert!(settings.trusted_proxies.trusts([127, 0, 0, 1].into()));
        assert!(settings.trusted_proxies.trusts([10, 0, 0, 7].into()));
        assert!(!settings.trusted_proxies.trusts([10, 0, 0, 8].into()));
        let nobody = settle(&[]).unwrap().trusted_proxies;
        assert!(!nobody.trusts([127, 0, 0, 1].into()));
        let refused = settle(&["--trusted-proxies", "10.0.0.7,nginx"]).unwrap_err();
        assert!(refused.contains("not 'nginx'"), "{refused}");
    }
}
