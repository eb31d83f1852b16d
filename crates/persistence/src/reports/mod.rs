//! Reports over the deals that the reader may see.

mod summary;

pub use summary::summary;
