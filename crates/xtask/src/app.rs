//! The web app: Rust to WASM, WASM to glue and module, both with the styles
//! into `frontend/dist`. Every stage is left out when its inputs are unchanged.

use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::files::{fingerprint, workspace_root};
use crate::process::{clean_command, command, run};
use crate::toolchain::{TARGET, Toolchain};

/// What the app is made from, but for the crates of the registry, which
/// Cargo.lock stands for.
pub const INPUTS: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "crates/app-bindgen",
    "crates/domain",
    "crates/xtask",
    "frontend",
];

/// What `wasm-opt` must be told that the compiler uses.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Views of erased types compile quicker and are smaller. The linker keeps its
/// notes, by which the module is split into what is fetched at once and later.
const RUSTFLAGS: &str = "--cfg=erase_components -Clink-args=--emit-relocs";

/// Where the WASM build and its host tools live, so that a native build beside
/// it neither waits nor recompiles.
const TARGET_DIR: &str = "target-wasm";

/// Where the glue and the module lie for Vite.
const PACKAGE_DIR: &str = "frontend/pkg";

/// How the app is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Flavor {
    /// Small, for people.
    Release,
    /// Quick to compile, for `make dev`.
    Development,
}

impl Flavor {
    fn profile(self) -> &'static str {
        match self {
            Self::Release => "app",
            Self::Development => "app-dev",
        }
    }
}

/// Builds `frontend/dist`, unless it is there and nothing has changed.
pub fn build() -> Result<()> {
    let started = Instant::now();
    let root = workspace_root();
    let stamp = root.join(TARGET_DIR).join("app.fingerprint");
    let inputs = fingerprint(INPUTS, "app")?;
    let is_built = root.join("frontend/dist/index.html").exists();
    if is_built && fs::read_to_string(&stamp).is_ok_and(|built| built == inputs) {
        eprintln!("==> The web app is up to date");
        return Ok(());
    }
    run(command("bash").args(["scripts/npm.sh", "frontend"]))?;
    compile(Flavor::Release)?;
    eprintln!("==> Bundling the web app");
    run(command("bash").args([
        "scripts/node.sh",
        "frontend",
        "node_modules/.bin/vite",
        "build",
    ]))?;
    write(&stamp, &inputs)?;
    eprintln!(
        "==> The web app is built ({} s)",
        started.elapsed().as_secs()
    );
    Ok(())
}

/// Compiles the app and leaves glue and module in `frontend/pkg` for Vite.
pub fn compile(flavor: Flavor) -> Result<()> {
    let toolchain = Toolchain::find_or_install()?;
    eprintln!(
        "==> Compiling the web app to WebAssembly with {}",
        toolchain.describe()
    );
    let mut flags = RUSTFLAGS.to_owned();
    if flavor == Flavor::Release {
        flags.push_str(toolchain.size_flags());
    }
    run(toolchain
        .cargo_build()
        .args([
            "--package",
            "etalon-frontend",
            "--profile",
            flavor.profile(),
        ])
        .env("CARGO_TARGET_DIR", TARGET_DIR)
        .env("RUSTFLAGS", flags))?;
    let compiled = PathBuf::from(TARGET_DIR)
        .join(TARGET)
        .join(flavor.profile())
        .join("etalon-frontend.wasm");
    package(&compiled, flavor)
}

/// Glue and final module from the compiled module, when that is a new one.
fn package(compiled: &Path, flavor: Flavor) -> Result<()> {
    let root = workspace_root();
    let stamp = root.join(PACKAGE_DIR).join("fingerprint");
    let compiled_path = compiled.to_string_lossy();
    let inputs = fingerprint(
        &[
            &compiled_path,
            "Cargo.lock",
            "crates/app-bindgen",
            "crates/xtask",
        ],
        flavor.profile(),
    )?;
    if fs::read_to_string(&stamp).is_ok_and(|packaged| packaged == inputs) {
        return Ok(());
    }
    eprintln!("==> Generating the JavaScript glue");
    run(clean_command("cargo")
        .args([
            "run",
            "--quiet",
            "--package",
            "app-bindgen",
            "--profile",
            "tool",
            "--",
        ])
        .args([&compiled_path, PACKAGE_DIR])
        .env("CARGO_TARGET_DIR", TARGET_DIR))?;
    if flavor == Flavor::Release {
        eprintln!("==> Shrinking the modules");
        shrink(&modules(&root.join(PACKAGE_DIR))?)?;
    }
    write(&stamp, &inputs)
}

/// Makes every module as small as it gets, as many at once as there are processors.
fn shrink(modules: &[PathBuf]) -> Result<()> {
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(module) = modules.get(next.fetch_add(1, Ordering::Relaxed)) {
            run(command("bash")
                .args([
                    "scripts/node.sh",
                    "frontend",
                    "node_modules/.bin/wasm-opt",
                    "-Oz",
                ])
                .args(WASM_FEATURES)
                .args(["--strip-debug", "--strip-producers"])
                .arg(module)
                .arg("-o")
                .arg(module))?;
        }
        Ok(())
    };
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let running: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        running
            .into_iter()
            .try_for_each(|worker| worker.join().expect("the worker ends by itself"))
    })
}

/// The WASM files of a folder.
fn modules(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "wasm") {
            found.push(path);
        }
    }
    Ok(found)
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
