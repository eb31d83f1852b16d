//! Import: files of other systems, how they are understood, and what became of their rows.

mod columns;
mod download;
mod editing;
mod file_card;
mod options;
mod page;
mod preview;
mod problems;
mod report;
mod start;
mod status;
mod wording;

pub use page::ImportPage;
pub use start::ImportsPage;
