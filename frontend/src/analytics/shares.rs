//! Who has which part of a number.

use etalon_domain::analytics::{OwnerPart, share};
use leptos::prelude::*;

use crate::i18n::{format, t};
use crate::ui::{Avatar, Money};

/// How many owners are shown before the rest is summed up.
const SHOWN: usize = 6;

/// The owners of some deals with their parts of the whole.
pub(super) fn owner_shares(owners: &[OwnerPart], deals: i64) -> AnyView {
    if owners.is_empty() {
        return ().into_any();
    }
    let rest: i64 = owners.iter().skip(SHOWN).map(|owner| owner.deals).sum();
    let rows = owners
        .iter()
        .take(SHOWN)
        .map(|owner| {
            let part = share(owner.deals, deals).unwrap_or_default();
            view! {
                <li class="share-row">
                    <Avatar name=owner.name.clone() />
                    <span class="truncate">{owner.name.clone()}</span>
                    <span class="share-bar" aria-hidden="true">
                        <i style=format!("width: {:.1}%", part * 100.0)></i>
                    </span>
                    <span class="share-number">{format::number(owner.deals)}</span>
                    <span class="share-number text-soft">{format::share(part, 0)}</span>
                    <span class="share-money"><Money value=owner.amount compact=true /></span>
                </li>
            }
        })
        .collect_view();
    let rest = (rest > 0).then(|| {
        view! {
            <li class="share-row">
                <span class="share-rest">{t("shares-others")}</span>
                <span class="share-number">{format::number(rest)}</span>
            </li>
        }
    });
    view! {
        <section class="shares">
            <h3>{t("shares-title")}</h3>
            <ul>{rows} {rest}</ul>
        </section>
    }
    .into_any()
}
