use etalon_domain::deal::{BulkChange, BulkItem, BulkReport, Deal};
use etalon_domain::endpoint::BulkUpdateDeals;
use etalon_domain::policy;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::editors::{close_date_editor, owner_editor};
use super::refused::Refused;
use crate::api;
use crate::deals::selection::Selection;
use crate::deals::{actions, use_stages};
use crate::i18n::{t, t_count, words};
use crate::session;
use crate::ui::{IconButton, Menu, MenuItem, Popover, icon, toast};

/// What becomes of a deal, by the deal: only its identifier and what changes is given.
pub(super) type Change = Callback<Vec<BulkItem>>;

/// The bar below the table.
pub(super) fn show(selection: Selection) -> AnyView {
    let deals = selection.deals();
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(None::<Refused>);
    let apply = Callback::new(move |items: Vec<BulkItem>| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let known = deals.get_untracked();
        spawn_local(async move {
            let outcome = send(items.clone(), None).await;
            busy.try_set(false);
            if let Some(report) = outcome {
                refused.try_set(Refused::of(&report, &items, &known));
                if report.items.iter().all(|each| each.problem.is_none()) {
                    selection.clear();
                }
            }
        });
    });
    let count = move || t_count("bulk-count", deals.with(Vec::len) as i64);
    let give = session::may(policy::may_reassign).then(|| {
        editor("users", "bulk-owner", move |close| {
            owner_editor(deals, apply, close)
        })
    });
    let dialog = move || {
        let about = refused.get()?;
        let close = Callback::new(move |()| refused.set(None));
        Some(about.show(close))
    };
    view! {
        <div class="bulk-bar" role="region" aria-label=t("bulk") aria-busy=move || busy.get().then_some("true")>
            <span class="bulk-count" role="status">
                {count}
            </span>
            {stage_menu(deals, apply)}
            {give}
            {editor("calendar", "bulk-close-date", move |close| close_date_editor(deals, apply, close))}
            <IconButton label=t("bulk-clear") on_press=move |()| selection.clear()>
                {icon!("x")}
            </IconButton>
        </div>
        {dialog}
    }
    .into_any()
}

/// A change for every deal.
pub(super) fn for_each(deals: &[Deal], change: impl Fn(&mut BulkItem)) -> Vec<BulkItem> {
    let one = |deal: &Deal| {
        let mut item = BulkItem {
            id: deal.id.clone(),
            stage: None,
            owner_id: None,
            department_id: None,
            expected_close_on: None,
            undo: false,
        };
        change(&mut item);
        item
    };
    deals.iter().map(one).collect()
}

fn stage_menu(deals: RwSignal<Vec<Deal>>, apply: Change) -> AnyView {
    let stages = use_stages();
    let trigger = view! {
        <span class="inline-flex items-center gap-2">{icon!("arrow-right")} {t("bulk-stage")}</span>
    };
    let entries = move || {
        let open: Vec<_> = stages.with(|stages| stages.open().cloned().collect());
        open.into_iter()
            .map(|stage| {
                let code = stage.code.clone();
                let choose = move |()| {
                    let code = code.clone();
                    apply.run(deals.with_untracked(|deals| {
                        for_each(deals, |item| item.stage = Some(code.clone()))
                    }));
                };
                view! { <MenuItem on_select=choose>{words::stage(&stage)}</MenuItem> }
            })
            .collect_view()
    };
    view! {
        <Menu label=t("bulk-stage") class="btn btn-plain" trigger=trigger.into_any()>
            {entries}
        </Menu>
    }
    .into_any()
}

/// A button that opens an editor above it.
fn editor(
    picture: &'static str,
    label: &'static str,
    content: impl Fn(Callback<()>) -> AnyView + Send + Sync + Clone + 'static,
) -> AnyView {
    let open = RwSignal::new(false);
    let close = Callback::new(move |()| open.set(false));
    let image = if picture == "users" {
        icon!("users")
    } else {
        icon!("calendar")
    };
    let trigger = view! {
        <button
            type="button"
            class="btn btn-plain"
            aria-expanded=move || open.get().to_string()
            on:click=move |_| open.update(|open| *open = !*open)
        >
            {image}
            {t(label)}
        </button>
    };
    view! {
        <Popover open trigger=trigger.into_any()>
            <div class="bulk-editor form-stack">{content(close)}</div>
        </Popover>
    }
    .into_any()
}

/// Sends a change and tells what became of it; what was changed can be taken back.
pub(super) async fn send(
    items: Vec<BulkItem>,
    override_reason: Option<String>,
) -> Option<BulkReport> {
    let change = BulkChange {
        items,
        override_reason,
    };
    match api::call(BulkUpdateDeals { change }).await {
        Ok(report) => {
            actions::changed();
            let before: Vec<BulkItem> = report
                .items
                .iter()
                .filter_map(|each| each.before.clone())
                .collect();
            if !before.is_empty() {
                let text = t_count("bulk-changed", before.len() as i64);
                toast::done_with_undo(text, move || {
                    let before = before.clone();
                    spawn_local(async move { take_back(before).await });
                });
            }
            Some(report)
        }
        Err(failure) => {
            toast::failed(&failure);
            None
        }
    }
}

async fn take_back(before: Vec<BulkItem>) {
    let back = |item: BulkItem| BulkItem {
        undo: item.stage.is_some(),
        ..item
    };
    let change = BulkChange {
        items: before.into_iter().map(back).collect(),
        override_reason: None,
    };
    match api::call(BulkUpdateDeals { change }).await {
        Ok(report) => {
            actions::changed();
            let refused = report
                .items
                .iter()
                .filter(|each| each.problem.is_some())
                .count();
            if refused == 0 {
                toast::done(t("bulk-taken-back"));
            } else {
                toast::done(t_count("bulk-not-taken-back", refused as i64));
            }
        }
        Err(failure) => toast::failed(&failure),
    }
}
