//! Prepares the folder of the web app, which the program embeds or, in development, reads.

use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    // The app may be built after the server, or beside it; its folder must be there to be found.
    fs::create_dir_all("../../frontend/dist")?;
    // Development builds read the app from the disk, others must be built anew when it changes.
    if env::var("PROFILE").as_deref() == Ok("release") {
        println!("cargo:rerun-if-changed=../../frontend/dist");
    }
    Ok(())
}
