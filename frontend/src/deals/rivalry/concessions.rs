use etalon_domain::competitor::{Concession, ConcessionDraft};
use etalon_domain::deal::Deal;
use etalon_domain::endpoint::{AddConcession, ListConcessions, RemoveConcession};
use etalon_domain::id::UserId;
use etalon_domain::page::Page;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::concession_form::ConcessionForm;
use crate::address::{use_changes, use_value};
use crate::api;
use crate::deals::actions;
use crate::i18n::{format, t};
use crate::query::use_query;
use crate::records::{answered, or_dash};
use crate::ui::{Button, IconButton, TableFrame, icon, toast};

/// What we gave in the negotiation, what we got for it, and who allowed it.
pub(super) fn concessions(deal: Signal<Deal>, may_change: Memo<bool>) -> AnyView {
    let changes = use_changes();
    let adding = use_value("concession");
    let id = deal.with_untracked(|deal| deal.id.to_string());
    let asked = id.clone();
    let query = use_query(move || Some(ListConcessions { id: asked.clone() }));
    let own = id.clone();
    let list = answered(query, 2, move |page: Page<Concession>| {
        if page.items.is_empty() {
            return view! { <p class="text-soft">{t("concessions-none")}</p> }.into_any();
        }
        let may_change = may_change.get();
        let rows = page
            .items
            .into_iter()
            .map(|each| row(&own, each, may_change))
            .collect_view();
        view! {
            <TableFrame label=t("concessions")>
                <thead>
                    <tr>
                        <th scope="col">{t("field-gave")}</th>
                        <th scope="col" class="max-md:hidden">{t("field-got")}</th>
                        <th scope="col" class="max-md:hidden">{t("field-allowed-by")}</th>
                        <th scope="col" class="max-md:hidden">{t("field-given-on")}</th>
                        <th scope="col" class="cell-action">
                            <span class="sr-only">{t("more-actions")}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </TableFrame>
        }
        .into_any()
    });
    let add = Callback::new(move |()| changes.apply(&[("concession", Some("new"))]));
    let button = move || {
        may_change
            .get()
            .then(|| view! { <Button on_press=add>{icon!("plus")} {t("concession-add")}</Button> })
    };
    let close = Callback::new(move |()| changes.apply(&[("concession", None)]));
    let dialog = move || {
        let shows =
            adding.with(|word| word.as_deref() == Some("new")) && may_change.get_untracked();
        let deal = id.clone();
        shows.then(|| view! { <ConcessionForm deal on_close=close /> })
    };
    view! {
        <section class="rivalry-part" aria-labelledby="concessions-title">
            <header class="rivalry-head">
                <h2 id="concessions-title" class="section-title">{t("concessions")}</h2>
                {button}
            </header>
            {list}
            {dialog}
        </section>
    }
    .into_any()
}

fn row(deal: &str, each: Concession, may_change: bool) -> AnyView {
    let day = format::day(each.given_on);
    let allowed = each.allowed_by.as_ref().map(|by| by.name.clone());
    let small: Vec<_> = [each.got.clone(), allowed.clone(), Some(day.clone())]
        .into_iter()
        .flatten()
        .collect();
    let (gave, got) = (each.gave.clone(), each.got.clone());
    let strike = may_change.then(|| {
        let deal = deal.to_owned();
        let take_off = move |()| remove(deal.clone(), each.clone());
        view! {
            <IconButton label=t("concession-remove") on_press=take_off>
                {icon!("x")}
            </IconButton>
        }
    });
    view! {
        <tr>
            <th scope="row" class="cell-main font-normal cell-words">
                {gave}
                <span class="cell-under md:hidden">{small.join(" · ")}</span>
            </th>
            <td class="max-md:hidden cell-words">{or_dash(got)}</td>
            <td class="max-md:hidden">{or_dash(allowed)}</td>
            <td class="max-md:hidden text-faint">{day}</td>
            <td class="cell-action">{strike}</td>
        </tr>
    }
    .into_any()
}

fn remove(deal: String, gone: Concession) {
    spawn_local(async move {
        let call = RemoveConcession {
            id: deal.clone(),
            entry_id: gone.id.clone(),
        };
        match api::call(call).await {
            Ok(()) => {
                actions::changed();
                toast::done_with_undo(t("concession-removed"), move || {
                    bring_back(deal.clone(), &gone)
                });
            }
            Err(failure) => toast::failed(&failure),
        }
    });
}

fn bring_back(deal: String, gone: &Concession) {
    let draft = ConcessionDraft {
        gave: gone.gave.clone(),
        got: gone.got.clone(),
        allowed_by: gone
            .allowed_by
            .as_ref()
            .map(|by| UserId::new(by.id.clone())),
        given_on: Some(gone.given_on),
    };
    spawn_local(async move {
        match api::call(AddConcession { id: deal, draft }).await {
            Ok(_) => actions::changed(),
            Err(failure) => toast::failed(&failure),
        }
    });
}
