//! The materials of a deal: what was chosen, what was shown to whom, what fits.

use etalon_domain::deal::{Deal, DealStatus};
use etalon_domain::endpoint::{DeleteDealMaterial, ListDealMaterials, ListMaterialSuggestions};
use etalon_domain::id::Ref;
use etalon_domain::material::{DealMaterial, MaterialStatus, MaterialSuggestion};
use etalon_domain::page::Page;
use etalon_domain::policy::{Access, deal_access};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::beside::href_of;
use super::cards::{card, reasons_text, state_mark};
use super::picker::{ChosenFor, MaterialPicker, choose};
use super::shown::ShownDialog;
use crate::address::use_changes;
use crate::i18n::{arguments, format, t, t_with};
use crate::query::{Query, invalidate, use_query};
use crate::records::answered;
use crate::ui::{Button, EmptyState, IconButton, Look, icon, toast};
use crate::{api, session};

/// Whether materials can be chosen and shown in a deal now, by the person who is signed in.
pub(super) fn may_use(deal: &Deal) -> bool {
    deal.status == DealStatus::Open
        && deal.deleted_at.is_none()
        && session::may(|actor| deal_access(actor, deal) == Access::Write)
}

/// What was chosen for a deal, what was shown in it to whom, and what fits it. Titles open the
/// material beside the page of the deal.
#[component]
pub fn MaterialsOf(
    /// The deal.
    #[prop(into)]
    deal: Signal<Deal>,
    /// The step of the process that they are chosen for.
    #[prop(optional, into)]
    step: Option<String>,
) -> impl IntoView {
    let id = deal.with_untracked(|deal| deal.id.to_string());
    let may_change = Memo::new(move |_| deal.with(may_use));
    let uses = use_query(move || Some(ListDealMaterials(id.clone())));
    let picking = RwSignal::new(false);
    let showing = RwSignal::new(None::<Ref>);
    let pick = Callback::new(move |()| picking.set(true));
    let chosen_for = deal.with_untracked(|deal| ChosenFor::new(deal, step));
    let list = answered(uses, 3, move |page: Page<DealMaterial>| {
        let may_change = may_change.get();
        if page.items.is_empty() {
            return nothing_yet(may_change.then_some(pick));
        }
        let rows = page.items.into_iter();
        let rows = rows.map(|each| row(deal, each, may_change.then_some(showing)));
        view! {
            {may_change.then(|| choose_button(pick, Look::Plain))}
            <ul class="material-list">{rows.collect_view()}</ul>
        }
        .into_any()
    });
    let dialogs = {
        let chosen_for = chosen_for.clone();
        move || {
            if picking.get() {
                let chosen_for = chosen_for.clone();
                let close = move |()| picking.set(false);
                return Some(view! { <MaterialPicker chosen_for on_close=close /> }.into_any());
            }
            let material = showing.get()?;
            let deal = deal.get_untracked();
            let close = move |()| showing.set(None);
            Some(view! { <ShownDialog deal material on_close=close /> }.into_any())
        }
    };
    let fitting = move || {
        let chosen_for = chosen_for.clone();
        may_change.get().then(|| fitting(chosen_for, uses))
    };
    view! {
        <div class="materials-of">{list} {fitting} {dialogs}</div>
    }
    .into_any()
}

fn nothing_yet(pick: Option<Callback<()>>) -> AnyView {
    view! {
        <EmptyState
            picture=icon!("book-open")
            title=t("deal-materials-empty-title")
            text=t("deal-materials-empty-text")
        >
            {pick.map(|pick| choose_button(pick, Look::Primary))}
        </EmptyState>
    }
    .into_any()
}

fn choose_button(pick: Callback<()>, look: Look) -> AnyView {
    view! {
        <div class="tab-tools">
            <Button look on_press=pick>
                {icon!("plus")}
                {t("materials-choose")}
            </Button>
        </div>
    }
    .into_any()
}

/// One use of a material. With `showing` it can be marked as shown or taken back while it waits.
fn row(deal: Signal<Deal>, each: DealMaterial, showing: Option<RwSignal<Option<Ref>>>) -> AnyView {
    let changes = use_changes();
    let material = StoredValue::new(each.material.clone());
    let href = move || material.with_value(|material| href_of(changes, &material.id));
    let newer = (each.number > 0 && each.newest > each.number).then(|| {
        let (number, newest) = (i64::from(each.number), i64::from(each.newest));
        let text = t_with(
            "material-newer",
            &arguments! { "number" => number, "newest" => newest },
        );
        view! { <p class="text-soft">{text}</p> }
    });
    let is_presentable = each.status == MaterialStatus::Published;
    let waiting = showing.filter(|_| each.shown_at.is_none()).map(|showing| {
        let use_id = each.id.clone();
        let name = each.material.name.clone();
        let label = t_with("item-remove", &arguments! { "name" => name });
        let back = move |()| take_back(deal.with_untracked(|d| d.id.to_string()), use_id.clone());
        let mark = is_presentable.then(|| {
            view! {
                <Button on_press=move |()| showing.set(Some(material.get_value()))>
                    {t("material-mark-shown")}
                </Button>
            }
        });
        view! {
            <div class="material-choose">
                {mark} <IconButton label on_press=back>
                    {icon!("x")}
                </IconButton>
            </div>
        }
    });
    let picture = match each.shown_at {
        Some(_) => icon!("eye"),
        None => icon!("bookmark"),
    };
    view! {
        <li class="material-card">
            <div class="material-card-main">
                <p class="material-title">
                    <a class="cell-title" href=href>
                        {each.material.name.clone()}
                    </a>
                    {state_mark(each.status)}
                </p>
                <p class="material-meta">
                    <span class="material-fact">{picture} {use_text(&each)}</span>
                </p>
                {newer}
            </div>
            {waiting}
        </li>
    }
    .into_any()
}

/// What became of a material in the deal: chosen, or shown when to whom.
pub(super) fn use_text(each: &DealMaterial) -> String {
    let Some(at) = each.shown_at else {
        return t("material-chosen");
    };
    let names: Vec<_> = each.contacts.iter().map(|c| c.name.as_str()).collect();
    let at = format::near_instant(at);
    if names.is_empty() {
        return t_with("material-was-shown", &arguments! { "at" => at });
    }
    let to = names.join(", ");
    t_with(
        "material-was-shown-to",
        &arguments! { "at" => at, "to" => to },
    )
}

/// What fits and is not used yet; for a step, in the present visit.
pub(super) fn unused(
    chosen_for: &ChosenFor,
    fitting: Query<Page<MaterialSuggestion>>,
    uses: Query<Page<DealMaterial>>,
) -> Option<Vec<MaterialSuggestion>> {
    let mut known = uses.data.get()?.items;
    known.retain(|each| chosen_for.counts(each));
    let mut found = fitting.data.get()?.items;
    found.retain(|fit| (known.iter()).all(|each| each.material.id != fit.material.id.as_str()));
    Some(found)
}

/// What fits the deal and is not used in it yet.
fn fitting(chosen_for: ChosenFor, uses: Query<Page<DealMaterial>>) -> AnyView {
    let changes = use_changes();
    let id = chosen_for.deal.clone();
    let fitting = use_query(move || Some(ListMaterialSuggestions(id.clone())));
    let chosen_for = StoredValue::new(chosen_for);
    let content = move || {
        let found = chosen_for.with_value(|about| unused(about, fitting, uses))?;
        let cards = found.into_iter().map(|fit| {
            let id = fit.material.id.clone();
            let opens = id.to_string();
            let title = view! {
                <a class="cell-title" href=move || href_of(changes, &opens)>
                    {fit.material.title.clone()}
                </a>
            };
            let busy = RwSignal::new(false);
            let take = move |()| {
                busy.set(true);
                choose(chosen_for.get_value(), id.clone(), move || {
                    busy.try_set(false);
                });
            };
            let more = view! {
                <span class="text-soft">{reasons_text(&fit.reasons)}</span>
                <Button busy on_press=take>
                    {t("material-choose")}
                </Button>
            };
            card(&fit.material, title.into_any(), Some(more.into_any()), None)
        });
        let cards: Vec<AnyView> = cards.collect();
        (!cards.is_empty()).then(|| {
            view! {
                <h3 class="section-title">{t("deal-materials-fit")}</h3>
                <ul class="material-list">{cards}</ul>
            }
        })
    };
    content.into_any()
}

fn take_back(deal: String, id: String) {
    spawn_local(async move {
        match api::call(DeleteDealMaterial { deal, id }).await {
            Ok(()) => invalidate(&["deals"]),
            Err(failure) => toast::failed(&failure),
        }
    });
}
