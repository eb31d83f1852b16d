//! How a deal is to be won: the tactic, who else is after it, what was conceded.

mod competitor_form;
mod competitors;
mod concession_form;
mod concessions;
mod tactic;

use etalon_domain::deal::Deal;
use leptos::prelude::*;

use super::actions;

/// Tactic, competitors and concessions of a deal.
#[component]
pub fn RivalryOf(
    /// The deal.
    deal: Signal<Deal>,
) -> impl IntoView {
    let may_change = Memo::new(move |_| deal.with(actions::is_changeable));
    view! {
        <div class="rivalry">
            {tactic::tactic(deal, may_change)}
            {competitors::competitors(deal, may_change)}
            {concessions::concessions(deal, may_change)}
        </div>
    }
    .into_any()
}
