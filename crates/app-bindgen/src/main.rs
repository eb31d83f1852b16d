//! Turns the compiled web app into what a browser loads: `app-bindgen INPUT OUT_DIR`
//! writes the JavaScript glue and the module's final WASM beside each other.

use std::env::args_os;
use std::path::PathBuf;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut arguments = args_os().skip(1).map(PathBuf::from);
    let input = arguments
        .next()
        .context("usage: app-bindgen INPUT OUT_DIR")?;
    let out_dir = arguments
        .next()
        .context("usage: app-bindgen INPUT OUT_DIR")?;
    Bindgen::new()
        .input_path(&input)
        .out_name("etalon")
        .web(true)?
        .omit_default_module_path(true)
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&out_dir)
        .with_context(|| format!("cannot process {}", input.display()))
}
