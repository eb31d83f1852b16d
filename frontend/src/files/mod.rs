//! Files on records: sent, listed with their versions, downloaded, removed.

mod list;
mod send;

use etalon_domain::deal::Deal;
use etalon_domain::file::FileOwner;
use etalon_domain::policy::{Access, deal_access};
use leptos::prelude::*;

use crate::session;

pub use list::{FileLink, FileList};
pub use send::SendFiles;

/// The lists that show files or count them.
const KINDS: &[&str] = &["deals", "materials", "files"];

/// The files of a deal. A closed one takes files, too: what was signed often comes later.
#[component]
pub fn FilesOf(
    /// The deal.
    deal: Deal,
) -> impl IntoView {
    let may_change = deal.deleted_at.is_none()
        && session::may(|actor| deal_access(actor, &deal) == Access::Write);
    view! { <FileList owner=FileOwner::Deal(deal.id) may_change /> }
}
