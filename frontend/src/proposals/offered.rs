//! The total that was offered, beside the amount of the deal.

use etalon_domain::deal::Deal;
use etalon_domain::endpoint::{Deals, ListDealProposals, Patch};
use etalon_domain::money::Money;
use etalon_domain::proposal::{Proposal, ProposalStatus};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::json;

use super::KINDS;
use super::words::title;
use crate::api;
use crate::i18n::{arguments, format, t_with};
use crate::query::{invalidate, use_query};
use crate::ui::{Bound, Button, icon, toast};

/// The version that counts: the one accepted, else the one that was sent last.
fn offered(proposals: &[Proposal]) -> Option<&Proposal> {
    let of = |status: ProposalStatus| {
        let those = proposals.iter().filter(move |each| each.status == status);
        those.max_by_key(|each| (each.sent_on, each.created_at))
    };
    of(ProposalStatus::Accepted).or_else(|| of(ProposalStatus::Sent))
}

fn take_text(total: Money) -> String {
    t_with(
        "proposal-amount-take",
        &arguments! { "total" => format::money(total) },
    )
}

/// Offers to make the total of the version that counts the amount of the deal, when they differ.
pub(super) fn beside_deal(deal: &Deal, proposals: &[Proposal]) -> Option<AnyView> {
    let proposal = offered(proposals)?;
    let total = proposal.totals.total;
    if deal.amount == Some(total) {
        return None;
    }
    let text = match deal.amount {
        Some(amount) => t_with(
            "proposal-amount-differs",
            &arguments! {
                "amount" => format::money(amount),
                "title" => title(proposal),
                "total" => format::money(total),
            },
        ),
        None => t_with(
            "proposal-amount-none",
            &arguments! { "title" => title(proposal), "total" => format::money(total) },
        ),
    };
    let busy = RwSignal::new(false);
    let (id, version) = (deal.id.to_string(), deal.version);
    let take = Callback::new(move |()| {
        busy.set(true);
        let call = Patch::<Deals>::new(id.clone(), Some(version), json!({ "amount": total }));
        spawn_local(async move {
            if let Err(failure) = api::call(call).await {
                toast::failed(&failure);
            }
            busy.try_set(false);
            invalidate(KINDS);
        });
    });
    let notice = view! {
        <div class="notice offered" role="note">
            {icon!("info")}
            <p class="min-w-0 flex-1">{text}</p>
            <Button busy on_press=take>{take_text(total)}</Button>
        </div>
    };
    Some(notice.into_any())
}

/// Below the amount in a form: the total of the version that counts, to be taken over by one press.
#[component]
pub fn OfferedAmount(
    /// The deal.
    deal: Deal,
    /// The amount.
    bound: Bound<Option<Money>>,
) -> impl IntoView {
    let id = deal.id.to_string();
    let query = use_query(move || Some(ListDealProposals(id.clone())));
    let (get, set) = (bound.get, bound.set);
    move || {
        let total = query.data.with(|page| {
            let proposal = offered(&page.as_ref()?.items)?;
            Some(proposal.totals.total)
        })?;
        let take = Callback::new(move |()| set.run(Some(total)));
        (get.get() != Some(total)).then(|| {
            view! { <Button on_press=take>{icon!("file-text")} {take_text(total)}</Button> }
        })
    }
}
