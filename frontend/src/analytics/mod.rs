//! Figures.

mod summary;

pub use summary::SummaryPage;
