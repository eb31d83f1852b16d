//! Etalon.
