//! Builds again on every save, for `make dev`. The folders are polled: no
//! limit on watches, the same on every system.

use std::process::Child;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::app::{self, Flavor};
use crate::files::latest_change;
use crate::process::{command, run};

const PERIOD: Duration = Duration::from_millis(400);

const SERVER_INPUTS: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "crates/api",
    "crates/demo",
    "crates/documents",
    "crates/domain",
    "crates/import",
    "crates/persistence",
    "migrations",
];

const APP_INPUTS: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "crates/domain",
    "frontend/locales",
    "frontend/src",
];

/// Compiles the app for the Vite server, now and after every change.
pub fn app() -> Result<()> {
    on_every_change(APP_INPUTS, || {
        if let Err(error) = app::compile(Flavor::Development) {
            eprintln!("error: {error:#}");
        }
        Ok(())
    })
}

/// Builds and runs the server, now and after every change. While a change does
/// not compile, the server of the last one that did keeps running.
pub fn server(arguments: &[&str]) -> Result<()> {
    let mut running: Option<Child> = None;
    on_every_change(SERVER_INPUTS, || {
        eprintln!("==> Building the server");
        let build = run(command("cargo").args(["build", "--package", "etalon-api"]));
        if let Err(error) = build {
            eprintln!("error: {error:#}");
            return Ok(());
        }
        if let Some(mut server) = running.take() {
            server.kill().context("cannot stop the server")?;
            server.wait().context("cannot stop the server")?;
        }
        let server = command("target/debug/etalon")
            .arg("serve")
            .args(arguments)
            .spawn();
        running = Some(server.context("cannot start the server")?);
        Ok(())
    })
}

fn on_every_change(inputs: &[&str], mut act: impl FnMut() -> Result<()>) -> Result<()> {
    let mut seen = None;
    loop {
        let now = latest_change(inputs)?;
        if seen.as_ref() != Some(&now) {
            seen = Some(now);
            act()?;
        }
        sleep(PERIOD);
    }
}
