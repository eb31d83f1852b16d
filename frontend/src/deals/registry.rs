use etalon_domain::deal::DealStatus;
use etalon_domain::page::Any;
use etalon_domain::policy;
use leptos::ev;
use leptos::prelude::*;

use super::board::Board;
use super::filter_row::FilterRow;
use super::form::DealPanel;
use super::state::RegistryState;
use super::table::DealTable;
use crate::address::{use_go, use_pairs};
use crate::i18n::t;
use crate::layout::{PageHead, set_trail};
use crate::routes::paths;
use crate::session;
use crate::ui::{Button, LinkButton, Look, Tab, Tabs, dom, icon};

/// The registry: every deal that the person may see, as a table or as a board of the same query.
#[component]
pub fn Registry() -> impl IntoView {
    set_trail(vec![(t("nav-deals"), None)]);
    let pairs = use_pairs();
    let state = Memo::new(move |_| pairs.with(|pairs| RegistryState::read(pairs)));
    let go = use_go();
    let change = Callback::new(move |next: RegistryState| go.to(next.href()));
    let create = move || {
        let mut next = state.get_untracked();
        next.creating = true;
        change.run(next);
    };
    let may_create = session::may(policy::Actor::writes);
    let keys = window_event_listener(ev::keydown, move |event| {
        if dom::is_typing(&event) || dom::has_dialog() || event.ctrl_key() || event.meta_key() {
            return;
        }
        match event.key().as_str() {
            "n" if may_create => create(),
            "/" => dom::focus("registry-search"),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || keys.remove());
    let is_board = Memo::new(move |_| state.with(|s| s.board));
    let view_href = move |board: bool| {
        Signal::derive(move || {
            let mut next = state.get();
            next.board = board;
            next.href()
        })
    };
    let body = move || {
        if is_board.get() {
            view! { <Board state /> }.into_any()
        } else {
            view! { <DealTable state change /> }.into_any()
        }
    };
    view! {
        <PageHead title=t("nav-deals")>
            <div class="view-switch" role="group" aria-label=t("registry-view")>
                <a
                    href=view_href(false)
                    aria-current=move || (!is_board.get()).then_some("true")
                    aria-label=t("view-table")
                    title=t("view-table")
                >
                    {icon!("table-2")}
                </a>
                <a
                    href=view_href(true)
                    aria-current=move || is_board.get().then_some("true")
                    aria-label=t("view-board")
                    title=t("view-board")
                >
                    {icon!("square-kanban")}
                </a>
            </div>
            {may_create
                .then(|| {
                    view! {
                        <Button look=Look::Primary on_press=move |()| create()>
                            {icon!("plus")}
                            {t("create-deal")}
                        </Button>
                    }
                })}
        </PageHead>
        <ViewTabs state />
        <FilterRow state change />
        {body}
        <Show when=move || state.with(|s| s.creating)>
            <DealPanel on_close=move |()| {
                let mut next = state.get_untracked();
                next.creating = false;
                change.run(next);
            } />
        </Show>
    }
    .into_any()
}

/// The usual views, as presets of the filter. They keep the view and the order.
#[component]
fn ViewTabs(state: Memo<RegistryState>) -> impl IntoView {
    let me = session::me().map(|me| me.user.id);
    let closed = vec![
        DealStatus::Won,
        DealStatus::Lost,
        DealStatus::Rejected,
        DealStatus::Rerouted,
    ];
    let mut mine = RegistryState::open();
    mine.filter.owner_id = Any(me.into_iter().collect());
    let mut ended = RegistryState::default();
    ended.filter.status = Any(closed);
    let mut bin = RegistryState::default();
    bin.filter.deleted = Some(true);
    let tabs = [
        ("view-open", RegistryState::open()),
        ("view-mine", mine),
        ("view-closed", ended),
        ("view-everything", RegistryState::default()),
        ("view-bin", bin),
    ];
    view! {
        <Tabs label=t("registry-views")>
            {tabs
                .into_iter()
                .map(|(label, preset)| {
                    let href = {
                        let preset = preset.clone();
                        Signal::derive(move || {
                            let present = state.get();
                            let mut next = preset.clone();
                            next.board = present.board;
                            next.filter.sort = present.filter.sort;
                            next.href()
                        })
                    };
                    let active = Signal::derive(move || {
                        let mut filter = state.get().filter;
                        filter.sort = None;
                        filter == preset.filter
                    });
                    view! {
                        <Tab href active>
                            {t(label)}
                        </Tab>
                    }
                })
                .collect_view()}
        </Tabs>
    }
}

/// The first step of somebody without any deal.
pub(super) fn first_steps() -> AnyView {
    view! {
        <LinkButton href=format!("{}?new=deal", paths::DEALS) look=Look::Primary>
            {icon!("plus")}
            {t("create-deal")}
        </LinkButton>
        {session::may(policy::may_manage_people)
            .then(|| {
                view! {
                    <LinkButton href=paths::IMPORT.to_owned()>
                        {icon!("import")}
                        {t("nav-import")}
                    </LinkButton>
                }
            })}
    }
    .into_any()
}
