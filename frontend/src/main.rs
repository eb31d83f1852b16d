//! The Etalon web app.

fn main() {}
