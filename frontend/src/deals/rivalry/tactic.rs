use etalon_domain::deal::Deal;
use leptos::prelude::*;

use crate::address::use_changes;
use crate::i18n::{format, t};
use crate::ui::{Badge, Fact, Facts, LinkButton, Tone, icon};

/// How the deal is to be won, and when to think about it again.
pub(super) fn tactic(deal: Signal<Deal>, may_change: Memo<bool>) -> AnyView {
    let changes = use_changes();
    let edit = move || {
        may_change.get().then(|| {
            let href = Signal::derive(move || changes.href(&[("edit", Some("tactic"))]));
            view! {
                <LinkButton href>
                    {icon!("pencil")}
                    {t("edit")}
                </LinkButton>
            }
        })
    };
    let content = move || {
        let deal = deal.get();
        let review = deal.tactic_review_on.map(|day| {
            let is_past = day < format::today();
            let late = is_past.then(|| {
                view! { <Badge tone=Tone::Warning>{icon!("clock-alert")} {t("tactic-review-due")}</Badge> }
            });
            view! {
                <span title=format::full_day(day)>{format::near_day(day)}</span>
                " "
                {late}
            }
            .into_any()
        });
        match deal.tactic {
            None => view! { <p class="text-soft">{t("tactic-none")}</p> }.into_any(),
            Some(tactic) => view! {
                <p class="record-notes">{tactic}</p>
                <Facts>
                    <Fact label=t("field-tactic-review-on") value=review />
                </Facts>
            }
            .into_any(),
        }
    };
    view! {
        <section class="rivalry-part" aria-labelledby="tactic-title">
            <header class="rivalry-head">
                <h2 id="tactic-title" class="section-title">{t("field-tactic")}</h2>
                {edit}
            </header>
            {content}
        </section>
    }
    .into_any()
}
