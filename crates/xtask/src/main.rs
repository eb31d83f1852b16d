//! Builds the web app and keeps generated files current.

fn main() {}
