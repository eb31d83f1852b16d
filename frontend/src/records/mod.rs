//! What the screens of accounts, contacts and the settings have in common.

mod answered;
mod bin;
mod cells;
mod deals_tab;
mod editor;
mod keys;
mod list;
mod page;
mod unsaved;

pub use answered::answered;
pub use bin::{delete, restore};
pub use cells::{BinTabs, empty_bin, or_dash, person, row_title};
pub use deals_tab::deals_tab;
pub use editor::{Edited, edit_form};
pub use keys::list_keys;
pub use list::{ListBody, status_of};
pub use page::{Section, record_page};
pub use unsaved::{Writing, remember};
