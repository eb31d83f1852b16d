//! Choosing materials for a deal: what fits first, everything by a search. A material opens in place.

use std::collections::BTreeSet;

use etalon_domain::deal::Deal;
use etalon_domain::endpoint::{
    List, ListDealMaterials, ListMaterialSuggestions, Materials, UseMaterial,
};
use etalon_domain::id::MaterialId;
use etalon_domain::material::{
    DealMaterial, DealMaterialDraft, Material, MaterialFilter, MaterialStatus,
};
use etalon_domain::page::Any;
use etalon_domain::time::Instant;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::cards::{card, reasons_text};
use super::reading::text_of;
use crate::api;
use crate::i18n::{arguments, t, t_with};
use crate::query::{invalidate, use_query};
use crate::ui::{Badge, Button, Dialog, ErrorState, Look, SearchField, Tone, icon, toast};

/// How many materials a search offers.
const OFFERED: u32 = 20;

/// For what materials are chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ChosenFor {
    /// Identifier of the deal.
    pub(crate) deal: String,
    /// Identifier of the step of the process; `None` for the deal as a whole.
    pub(crate) step: Option<String>,
    /// Since when the deal is in its stage: what was chosen for a step in an earlier visit can be chosen
    /// again.
    pub(crate) since: Instant,
}

impl ChosenFor {
    /// For a step of a deal, or for the deal as a whole.
    pub(super) fn new(deal: &Deal, step: Option<String>) -> Self {
        Self {
            deal: deal.id.to_string(),
            step,
            since: deal.stage_entered_at,
        }
    }

    /// Whether a use still counts: for a step, only what was chosen in the present visit.
    pub(super) fn counts(&self, each: &DealMaterial) -> bool {
        self.step.is_none() || each.chosen_at.or(each.shown_at) >= Some(self.since)
    }
}

/// A dialog in which materials are chosen for a deal.
#[component]
pub(crate) fn MaterialPicker(
    /// The deal, and the step.
    chosen_for: ChosenFor,
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    view! {
        <Dialog title=t("materials-choose") on_close>
            {offers(chosen_for)}
            <footer class="dialog-foot">
                <Button look=Look::Primary on_press=move |()| on_close.run(())>
                    {t("materials-done")}
                </Button>
            </footer>
        </Dialog>
    }
    .into_any()
}

fn offers(chosen_for: ChosenFor) -> AnyView {
    let text = RwSignal::new(String::new());
    let (deal, of) = (chosen_for.deal.clone(), chosen_for.deal.clone());
    let fitting = use_query(move || {
        let asks = text.with(String::is_empty);
        asks.then(|| ListMaterialSuggestions(deal.clone()))
    });
    let found = use_query(move || {
        Some(List::<Materials>(MaterialFilter {
            q: Some(text.get()).filter(|text| !text.is_empty()),
            status: Any::one(MaterialStatus::Published),
            limit: Some(OFFERED),
            ..MaterialFilter::default()
        }))
    });
    let present = use_query(move || Some(ListDealMaterials(of.clone())));
    // What was pressed counts at once; the server's list confirms it.
    let pressed = RwSignal::new(BTreeSet::<MaterialId>::new());
    let about = chosen_for.clone();
    let taken = Memo::new(move |_| {
        let uses = present.data.get().map(|page| page.items);
        let waiting = (uses.into_iter().flatten()).filter(|each| {
            each.shown_at.is_none() && each.step_id == about.step && about.counts(each)
        });
        let mut taken = pressed.get();
        taken.extend(waiting.map(|each| MaterialId::new(each.material.id)));
        taken
    });
    let chosen_for = StoredValue::new(chosen_for);
    let take = Callback::new(move |id: MaterialId| {
        pressed.update(|pressed| {
            pressed.insert(id.clone());
        });
        choose(chosen_for.get_value(), id.clone(), move || {
            pressed.try_update(|pressed| pressed.remove(&id));
        });
    });
    // What was found stays until the next answer, so that nothing flickers while one types.
    let offered = Memo::new(move |before: Option<&Option<Vec<Offer>>>| {
        let others = found.data.get().map(|page| page.items);
        let fits = fitting.data.get().map(|page| page.items);
        let waits = fits.is_none() && text.with(String::is_empty) && !has_failed(fitting.failure);
        let Some(others) = others.filter(|_| !waits) else {
            return before.cloned().flatten();
        };
        let mut offers: Vec<Offer> = (fits.into_iter().flatten())
            .map(|fit| (fit.material, Some(reasons_text(&fit.reasons))))
            .collect();
        for material in others {
            if offers.iter().all(|(known, _)| known.id != material.id) {
                offers.push((material, None));
            }
        }
        Some(offers)
    });
    // An answer builds the rows anew: what is open in them stays open.
    let opened = RwSignal::new(BTreeSet::<MaterialId>::new());
    let failure = Memo::new(move |_| found.failure.get());
    let rows = move || match (offered.get(), failure.get()) {
        (Some(offers), _) if offers.is_empty() => {
            view! { <p class="text-soft">{t("materials-none-title")}</p> }.into_any()
        }
        (Some(offers), _) => {
            let rows = offers
                .into_iter()
                .map(|offer| entry(offer, opened, taken, take));
            view! { <ul class="material-list">{rows.collect_view()}</ul> }.into_any()
        }
        (None, Some(failure)) => {
            view! { <ErrorState failure on_retry=move |()| found.retry() /> }.into_any()
        }
        (None, None) => ().into_any(),
    };
    view! {
        <div class="dialog-body form-stack" tabindex="0">
            <SearchField
                id="material-picker-search"
                label=t("materials-search")
                value=text
                on_search=move |typed| text.set(typed)
            />
            {rows}
        </div>
    }
    .into_any()
}

/// A material, and why it fits.
type Offer = (Material, Option<String>);

fn has_failed(failure: RwSignal<Option<crate::api::Failure>>) -> bool {
    failure.with(Option::is_some)
}

fn entry(
    (material, why): Offer,
    opened: RwSignal<BTreeSet<MaterialId>>,
    taken: Memo<BTreeSet<MaterialId>>,
    take: Callback<MaterialId>,
) -> AnyView {
    let id = material.id.clone();
    let of = id.clone();
    let is_open = Memo::new(move |_| opened.with(|opened| opened.contains(&of)));
    let of = id.clone();
    let toggle = move |_| {
        opened.update(|opened| {
            if !opened.remove(&of) {
                opened.insert(of.clone());
            }
        });
    };
    let title = view! {
        <button
            type="button"
            class="cell-title material-opens"
            aria-expanded=move || is_open.get().to_string()
            on:click=toggle
        >
            {move || if is_open.get() { icon!("chevron-down") } else { icon!("chevron-right") }}
            {material.title.clone()}
        </button>
    };
    let read = id.to_string();
    let below = move || {
        is_open.get().then(|| {
            view! { <div class="material-below">{text_of(read.clone())}</div> }
        })
    };
    let name = material.title.clone();
    let action = move || {
        if taken.with(|taken| taken.contains(&id)) {
            return view! {
                <Badge tone=Tone::Success>{icon!("check")} {t("material-chosen")}</Badge>
            }
            .into_any();
        }
        let id = id.clone();
        let label = t_with(
            "material-choose-named",
            &arguments! { "title" => name.clone() },
        );
        view! {
            <Button on_press=move |()| take.run(id.clone())>
                <span aria-hidden="true">{t("material-choose")}</span>
                <span class="sr-only">{label}</span>
            </Button>
        }
        .into_any()
    };
    let more = view! {
        {why.map(|why| view! { <span class="text-soft">{why}</span> })}
        {action}
    };
    card(
        &material,
        title.into_any(),
        Some(more.into_any()),
        Some(below.into_any()),
    )
}

/// Chooses a material for a deal; `refused` when that did not work.
pub(super) fn choose(chosen_for: ChosenFor, id: MaterialId, refused: impl Fn() + 'static) {
    let call = UseMaterial {
        deal: chosen_for.deal,
        draft: DealMaterialDraft {
            material_id: id,
            step_id: chosen_for.step,
            shown_at: None,
            contact_ids: Vec::new(),
            activity_id: None,
        },
    };
    spawn_local(async move {
        match api::call(call).await {
            Ok(_) => invalidate(&["deals"]),
            Err(failure) => {
                refused();
                toast::failed(&failure);
            }
        }
    });
}
