//! Turns the compiled web app into what a browser loads: `app-bindgen INPUT OUT_DIR`
//! writes the JavaScript glue and the WASM beside each other: the main module,
//! and one for every part of the app that is fetched later.

use std::env::args_os;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::Options;

/// What the glue is called, without its ending.
const NAME: &str = "etalon";

fn main() -> Result<()> {
    let mut arguments = args_os().skip(1).map(PathBuf::from);
    let (Some(input), Some(out_dir)) = (arguments.next(), arguments.next()) else {
        return Err(anyhow!("usage: app-bindgen INPUT OUT_DIR"));
    };
    process(&input, &out_dir).with_context(|| format!("cannot process {}", input.display()))
}

fn process(input: &Path, out_dir: &Path) -> Result<()> {
    remove_old(out_dir)?;
    let main = input.with_extension("main.wasm");
    split(&fs::read(input)?, &main, out_dir)?;
    Bindgen::new()
        .input_path(&main)
        .out_name(NAME)
        .web(true)?
        .keep_lld_exports(true)
        .omit_default_module_path(true)
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(out_dir)
}

/// Writes the main module, the other modules and the script that fetches them.
fn split(input: &[u8], main: &Path, out_dir: &Path) -> Result<()> {
    let glue = format!("./{NAME}.js");
    let mut options = Options::new(input);
    options.output_dir = out_dir;
    options.main_out_path = main;
    options.main_module = &glue;
    options.link_name = "./split.js";
    wasm_split_cli_support::transform(options)
        .map_err(|report| anyhow!("{report:#}"))
        .map(drop)
}

/// Modules of an earlier build would be bundled as well.
fn remove_old(out_dir: &Path) -> Result<()> {
    fs::create_dir_all(out_dir)?;
    for entry in fs::read_dir(out_dir)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "wasm") {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}
