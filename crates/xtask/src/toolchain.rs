//! Finds a Rust toolchain that compiles to `wasm32-unknown-unknown`, installing
//! one when there is none.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::process::{clean_command, command, output, run, succeeds};

/// The target of the web app.
pub const TARGET: &str = "wasm32-unknown-unknown";

const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "lld-22"];

/// A toolchain that compiles to WASM.
pub enum Toolchain {
    /// The usual one, with the target's standard library installed.
    Installed,
    /// Debian's, which brings the source of the standard library instead; it
    /// is compiled along with the app and linked by this linker.
    Debian {
        /// Name of the WASM linker, such as `wasm-ld-22`.
        linker: String,
    },
}

impl Toolchain {
    /// The first that works: the usual toolchain if it has the target; Debian's
    /// if it is there; the target added by rustup; Debian's, newly installed.
    pub fn find_or_install() -> Result<Self> {
        if let Some(found) = find() {
            return Ok(found);
        }
        eprintln!("==> Installing a Rust toolchain for WebAssembly");
        if succeeds(command("rustup").args(["target", "add", TARGET]))
            && let Some(found) = find()
        {
            return Ok(found);
        }
        let purpose = "a Rust toolchain for WebAssembly";
        run(command("bash")
            .args(["scripts/apt.sh", purpose])
            .args(DEBIAN_PACKAGES))?;
        match find() {
            Some(found) => Ok(found),
            None => bail!(
                "no Rust toolchain for WebAssembly: run `rustup target add {TARGET}`, \
                 or install the packages {}",
                DEBIAN_PACKAGES.join(" ")
            ),
        }
    }

    /// `cargo build` for the WASM target; the caller adds package and profile.
    pub fn cargo_build(&self) -> Command {
        match self {
            Self::Installed => {
                let mut build = command("cargo");
                build.args(["build", "--target", TARGET]);
                build
            }
            Self::Debian { linker } => {
                let mut build = clean_command("/usr/bin/cargo");
                build
                    .env("RUSTC", "/usr/bin/rustc")
                    .env("RUSTC_BOOTSTRAP", "1")
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                    .args(["build", "--target", TARGET])
                    .args(["-Z", "build-std=std,panic_abort"])
                    .args(["-Z", "build-std-features=optimize_for_size"]);
                build
            }
        }
    }

    /// Compiler flags that make the app smaller. A standard library that is
    /// compiled along can do without the texts of panics.
    pub fn size_flags(&self) -> &'static str {
        match self {
            Self::Installed => "",
            Self::Debian { .. } => {
                " -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none"
            }
        }
    }

    /// A sentence part for the log.
    pub fn describe(&self) -> &str {
        match self {
            Self::Installed => "the installed target",
            Self::Debian { .. } => "Debian's toolchain",
        }
    }
}

fn find() -> Option<Toolchain> {
    if has_target("rustc") {
        return Some(Toolchain::Installed);
    }
    let has_source = sysroot("/usr/bin/rustc").is_some_and(|root| {
        Path::new(&root)
            .join("lib/rustlib/src/rust/library/std")
            .exists()
    });
    if !has_source || !Path::new("/usr/bin/cargo").exists() {
        return None;
    }
    Some(Toolchain::Debian {
        linker: debian_linker()?,
    })
}

fn has_target(rustc: &str) -> bool {
    sysroot(rustc).is_some_and(|root| {
        Path::new(&root)
            .join("lib/rustlib")
            .join(TARGET)
            .join("lib")
            .exists()
    })
}

fn sysroot(rustc: &str) -> Option<String> {
    let printed = output(command(rustc).args(["--print", "sysroot"])).ok()?;
    Some(printed.trim().to_owned())
}

/// The newest `wasm-ld-*` of Debian's LLVM packages.
fn debian_linker() -> Option<String> {
    let names = fs::read_dir("/usr/bin").ok()?.filter_map(|entry| {
        let name = entry.ok()?.file_name().into_string().ok()?;
        let version: u32 = name.strip_prefix("wasm-ld-")?.parse().ok()?;
        Some((version, name))
    });
    names.max().map(|(_, name)| name)
}
