//! The knowledge base beside a deal: a card in its right column, and a panel over the right third
//! that lists the deal's materials or shows one. The address names what the panel shows, so that back,
//! reload and a shared link keep it.

use etalon_domain::deal::Deal;
use etalon_domain::endpoint::{GetRecord, ListDealMaterials, ListMaterialSuggestions, Materials};
use etalon_domain::id::Ref;
use etalon_domain::material::{Material, MaterialStatus};
use leptos::prelude::*;

use super::cards::reasons_text;
use super::of_deal::{MaterialsOf, may_use, unused, use_text};
use super::picker::{ChosenFor, choose};
use super::reading::whole;
use super::shown::ShownDialog;
use crate::address::{Changes, use_changes, use_value};
use crate::i18n::t;
use crate::query::use_query;
use crate::records::answered;
use crate::routes::paths;
use crate::ui::{Button, LinkButton, Panel, icon};

/// The value of the address that opens the panel: a material, or [`ALL`].
const PANEL: &str = "material";
/// In the place of a material: the materials of the deal.
const ALL: &str = "all";
/// How many materials the card names of each kind.
const FEW: usize = 3;

/// The address of the page with a material beside it.
pub(super) fn href_of(changes: Changes, material: &str) -> String {
    changes.href(&[(PANEL, Some(material))])
}

/// A card with the materials that wait to be shown and those that fit, and the panel that opens them
/// beside the deal.
#[component]
pub fn KnowledgeBeside(
    /// The deal.
    deal: Signal<Option<Deal>>,
) -> impl IntoView {
    let first = deal.get_untracked()?;
    let deal = Memo::new(move |before: Option<&Deal>| {
        deal.get()
            .or_else(|| before.cloned())
            .unwrap_or_else(|| first.clone())
    });
    let deal = Signal::from(deal);
    let shown = use_value(PANEL);
    let is_open = Memo::new(move |_| shown.with(Option::is_some));
    Some(view! {
        {card(deal)}
        <Show when=move || is_open.get()>{panel(deal, shown)}</Show>
    })
}

fn card(deal: Signal<Deal>) -> AnyView {
    let changes = use_changes();
    let id = deal.with_untracked(|deal| deal.id.to_string());
    let of = id.clone();
    let may_change = Memo::new(move |_| deal.with(may_use));
    let uses = use_query(move || Some(ListDealMaterials(of.clone())));
    let fitting = use_query(move || {
        let asks = may_change.get();
        asks.then(|| ListMaterialSuggestions(id.clone()))
    });
    let line = move |id: String, title: String, under: String| {
        view! {
            <li>
                <a class="cell-title" href=move || href_of(changes, &id)>
                    {title}
                </a>
                <span class="text-soft">{under}</span>
            </li>
        }
    };
    let used = move || {
        let mut uses = uses.data.get().map(|page| page.items).unwrap_or_default();
        // What is still to be shown comes first.
        uses.sort_by_key(|each| each.shown_at.is_some());
        uses.truncate(FEW);
        (uses.into_iter())
            .map(|each| {
                let under = use_text(&each);
                line(each.material.id, each.material.name, under)
            })
            .collect_view()
    };
    let fits = move || {
        let about = deal.with(|deal| ChosenFor::new(deal, None));
        let mut found = unused(&about, fitting, uses).unwrap_or_default();
        found.truncate(FEW);
        (found.into_iter())
            .map(|fit| {
                let under = reasons_text(&fit.reasons);
                line(fit.material.id.into_string(), fit.material.title, under)
            })
            .collect_view()
    };
    view! {
        <section class="card-box">
            <h2>{t("deal-materials")}</h2>
            <ul class="beside-list">{used} {fits}</ul>
            <a class="missing-link" href=move || href_of(changes, ALL)>
                {icon!("book-open")}
                {t("deal-materials-all")}
            </a>
        </section>
    }
    .into_any()
}

fn panel(deal: Signal<Deal>, shown: Memo<Option<String>>) -> AnyView {
    let changes = use_changes();
    let close = move |()| changes.apply(&[(PANEL, None)]);
    let content = move || {
        let id = shown.get()?;
        Some(if id == ALL {
            view! {
                <div class="dialog-body" tabindex="0">
                    <MaterialsOf deal />
                </div>
            }
            .into_any()
        } else {
            one(deal, id)
        })
    };
    view! {
        <Panel title=t("deal-materials") on_close=close>
            {content}
        </Panel>
    }
    .into_any()
}

/// One material beside the deal, with what can be done with it there.
fn one(deal: Signal<Deal>, id: String) -> AnyView {
    let changes = use_changes();
    let query = use_query({
        let id = id.clone();
        move || Some(GetRecord::<Materials>::new(id.clone()))
    });
    let href = paths::material(&id);
    let text = answered(query, 4, whole);
    let tools = move || {
        let is_usable = deal.with(may_use);
        let material = query.data.get().filter(|_| is_usable)?;
        (material.status == MaterialStatus::Published).then(|| tools(deal, material))
    };
    view! {
        <div class="dialog-body" tabindex="0">
            <p class="beside-back">
                <a class="link" href=move || href_of(changes, ALL)>
                    {icon!("arrow-left")}
                    {t("deal-materials-all")}
                </a>
            </p>
            {text}
        </div>
        <footer class="dialog-foot">
            <LinkButton href>{icon!("external-link")} {t("material-open")}</LinkButton>
            {tools}
        </footer>
    }
    .into_any()
}

/// Choosing a material and noting that it was shown.
fn tools(deal: Signal<Deal>, material: Material) -> AnyView {
    let of = deal.with_untracked(|deal| deal.id.to_string());
    let chosen_for = deal.with_untracked(|deal| ChosenFor::new(deal, None));
    let uses = use_query(move || Some(ListDealMaterials(of.clone())));
    let (id, key) = (material.id.clone(), material.id.to_string());
    let is_used = Memo::new(move |_| {
        let uses = uses.data.get().map(|page| page.items);
        uses.is_none_or(|uses| uses.iter().any(|each| each.material.id == key))
    });
    let showing = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let take = Callback::new(move |()| {
        busy.set(true);
        choose(chosen_for.clone(), id.clone(), move || {
            busy.try_set(false);
        });
    });
    let reference = Ref {
        id: material.id.into_string(),
        name: material.title,
    };
    let dialog = move || {
        showing.get().then(|| {
            let (deal, material) = (deal.get_untracked(), reference.clone());
            let close = move |()| showing.set(false);
            view! { <ShownDialog deal material on_close=close /> }
        })
    };
    view! {
        <Show when=move || !is_used.get()>
            <Button busy on_press=take>
                {t("material-choose")}
            </Button>
        </Show>
        <Button on_press=move |()| showing.set(true)>{t("material-mark-shown")}</Button>
        {dialog}
    }
    .into_any()
}
