//! Has the program built anew when the web app that it embeds has changed.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // Development builds read the app from the disk.
    if std::env::var("PROFILE").as_deref() == Ok("release") {
        println!("cargo:rerun-if-changed=../../frontend/dist");
    }
}
