//! Files that are generated from the code and committed.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::files::workspace_root;
use crate::process::{command, output};

/// What to do with a generated file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Bring it up to date.
    Write,
    /// Fail when it is not up to date.
    Check,
}

/// The description of the API, from the routes of the server.
pub fn openapi(mode: Mode) -> Result<()> {
    let mut generate = command("cargo");
    generate.args([
        "run",
        "--quiet",
        "--package",
        "etalon-api",
        "--bin",
        "etalon",
        "--",
    ]);
    generate.arg("openapi");
    refresh("openapi/openapi.json", "make openapi", &mut generate, mode)
}

/// The tables as diesel sees them, from a database to which all migrations
/// were applied.
pub fn schema(mode: Mode) -> Result<()> {
    let mut generate = command("cargo");
    generate.args([
        "run",
        "--quiet",
        "--package",
        "etalon-persistence",
        "--example",
        "schema",
    ]);
    refresh(
        "crates/persistence/src/schema.rs",
        "make schema",
        &mut generate,
        mode,
    )
}

fn refresh(file: &str, recipe: &str, generate: &mut Command, mode: Mode) -> Result<()> {
    let generated = output(generate)?;
    if generated.trim().is_empty() {
        bail!("nothing was generated for {file}");
    }
    let path = workspace_root().join(file);
    let is_current = fs::read_to_string(&path).is_ok_and(|committed| committed == generated);
    match mode {
        _ if is_current => eprintln!("==> {file} is up to date"),
        Mode::Check => bail!("{file} is stale: run `{recipe}` and commit the result"),
        Mode::Write => {
            fs::write(&path, generated).with_context(|| format!("cannot write {file}"))?;
            eprintln!("==> {file} is updated");
        }
    }
    Ok(())
}
