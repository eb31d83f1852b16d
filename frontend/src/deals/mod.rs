//! Deals: the registry and the page of one deal.

mod actions;
mod board;
mod close_dialog;
mod conflict;
mod filter_editors;
mod filter_row;
mod form;
mod page;
mod registry;
mod reopen_dialog;
mod stages;
mod state;
mod table;
mod timeline;
mod timeline_words;

pub(crate) use conflict::{Conflict, ConflictDialog};
pub use page::DealPage;
pub use registry::Registry;
pub use stages::use_stages;
pub use state::RegistryState;
pub use table::DealRows;
pub use timeline::history;
