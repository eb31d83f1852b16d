//! t
mod imports;
mod support;
