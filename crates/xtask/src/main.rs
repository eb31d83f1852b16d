//! Builds the web app and keeps generated files current.

mod app;
mod files;
mod generated;
mod process;
mod toolchain;
mod watch;

use std::env;
use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::generated::Mode;

const USAGE: &str = "\
cargo xtask COMMAND

  app                  build the web app into frontend/dist, when anything changed
  watch-app            compile the web app for the Vite server, again on every save
  watch-server [ARGS]  build and run `etalon serve ARGS`, again on every save
  openapi [--check]    write openapi/openapi.json, or fail when it is stale
  schema [--check]     write crates/persistence/src/schema.rs, or fail when it is stale";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["app"] => app::build(),
        ["watch-app"] => watch::app(),
        ["watch-server", serve_arguments @ ..] => watch::server(serve_arguments),
        ["openapi"] => generated::openapi(Mode::Write),
        ["openapi", "--check"] => generated::openapi(Mode::Check),
        ["schema"] => generated::schema(Mode::Write),
        ["schema", "--check"] => generated::schema(Mode::Check),
        ["help" | "--help" | "-h"] | [] => {
            println!("{USAGE}");
            Ok(())
        }
        other => bail!("unknown command `{}`\n\n{USAGE}", other.join(" ")),
    }
}
