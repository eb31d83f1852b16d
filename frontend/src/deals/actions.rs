//! What one does with a deal, the same way from every screen.

use std::time::Duration;

use etalon_domain::deal::{Deal, DealStatus};
use etalon_domain::endpoint::{Deals, Delete, Restore};
use etalon_domain::policy;
use leptos::prelude::set_timeout;
use leptos::task::spawn_local;

use crate::api;
use crate::i18n::{arguments, t_with};
use crate::query::invalidate;
use crate::session;
use crate::ui::toast;

/// Everything that shows deals, figures of deals or what follows from them asks again.
pub(crate) fn changed() {
    invalidate(&[
        "deals",
        "deal-marks",
        "analytics",
        "accounts",
        "activities",
        "my-day",
        "posts",
        "visas",
    ]);
}

/// Whether the person who is signed in may change a deal.
pub(super) fn may_write(deal: &Deal) -> bool {
    session::may(|actor| policy::deal_access(actor, deal) == policy::Access::Write)
        && deal.deleted_at.is_none()
}

/// Whether the person who is signed in may put a deal into the bin.
pub(super) fn may_delete(deal: &Deal) -> bool {
    may_write(deal) && session::may(|actor| policy::may_delete_deal(actor, deal))
}

/// Whether the person who is signed in may take a deal out of the bin.
pub(super) fn may_restore(deal: &Deal) -> bool {
    session::may(|actor| policy::deal_access(actor, deal) == policy::Access::Write)
        && deal.deleted_at.is_some()
}

/// Whether the fields and the stage of a deal can be changed now.
pub(super) fn is_changeable(deal: &Deal) -> bool {
    deal.status == DealStatus::Open && may_write(deal)
}

/// Puts a deal into the bin and offers to take it out again.
pub(super) fn delete(deal: &Deal, done: impl Fn() + 'static) {
    let id = deal.id.to_string();
    let text = t_with("deal-deleted", &arguments! { "name" => deal.title.clone() });
    spawn_local(async move {
        match api::call(Delete::<Deals>::new(id.clone())).await {
            Ok(()) => {
                toast::done_with_undo(text, move || restore(id.clone()));
                done();
                // The page of the deal asks for it as long as it is there.
                set_timeout(changed, Duration::from_millis(100));
            }
            Err(failure) => toast::failed(&failure),
        }
    });
}

/// Takes a deal out of the bin.
pub(super) fn restore(id: String) {
    spawn_local(async move {
        match api::call(Restore::<Deals>::new(id)).await {
            Ok(deal) => {
                changed();
                toast::done(t_with(
                    "deal-restored",
                    &arguments! { "name" => deal.title },
                ));
            }
            Err(failure) => toast::failed(&failure),
        }
    });
}
