use chrono::NaiveDate;
use etalon_domain::deal::{Deal, DealFilter, DealStatus};
use etalon_domain::endpoint::{Deals, List};
use etalon_domain::page::Totals;
use etalon_domain::policy::Actor;
use etalon_domain::process::GuideMark;
use etalon_domain::stage::Stages;
use leptos::html;
use leptos::prelude::*;

use super::bulk::bulk_bar;
use super::marks::{Marks, mark_icons, use_marks};
use super::registry::first_steps;
use super::selection::{Selection, head_box, row_box};
use super::state::RegistryState;
use super::{actions, stages};
use crate::address::{Go, use_go};
use crate::i18n::{format, t, t_count};
use crate::query::{Pages, use_pages};
use crate::routes::paths;
use crate::session;
use crate::ui::{
    Avatar, Button, EmptyState, ErrorState, LinkButton, LoadMore, Money, SkeletonRows, SortHeader,
    TableFrame, dom, icon, toast,
};

/// The registry as a table.
#[component]
pub(super) fn DealTable(
    /// What is shown.
    state: Memo<RegistryState>,
    /// Shows something else.
    change: Callback<RegistryState>,
) -> impl IntoView {
    let filter = Memo::new(move |_| state.get().filter);
    let pages = use_deals(filter.into());
    let sort = Signal::derive(move || {
        filter.with(|f| {
            f.sort
                .map_or_else(|| "-created_at".to_owned(), |s| s.to_string())
        })
    });
    let on_sort = Callback::new(move |order: String| {
        let next = state.get_untracked().with(|f| f.sort = order.parse().ok());
        change.run(next);
    });
    let is_narrowed = move || {
        let mut present = state.get();
        present.board = false;
        present.creating = false;
        present.filter.sort = None;
        present != RegistryState::open()
    };
    let selection = Selection::new();
    Effect::new(move |_| pages.items.with(|shown| selection.follow(shown)));
    let body = move || {
        if let Some(failure) = pages.failure.get().filter(|_| !pages.ready.get()) {
            return view! { <ErrorState failure on_retry=move |()| pages.retry() /> }.into_any();
        }
        if !pages.ready.get() {
            return view! {
                <Show when=move || pages.slow.get()>
                    <SkeletonRows />
                </Show>
            }
            .into_any();
        }
        if pages.items.with(Vec::is_empty) {
            return nothing(is_narrowed());
        }
        view! {
            <DealRows pages sort on_sort selection />
            {bulk_bar(selection)}
        }
        .into_any()
    };
    // Rows change without the table being built anew; only these three states are other screens.
    let shape = Memo::new(move |_| {
        let is_empty = pages.items.with(Vec::is_empty);
        (
            pages.ready.get(),
            is_empty,
            !pages.ready.get() && pages.failure.with(Option::is_some),
            is_empty && is_narrowed(),
        )
    });
    Effect::new(move |_| {
        if let Some(failure) = pages.failure.get().filter(|_| pages.ready.get_untracked()) {
            toast::failed(&failure);
        }
    });
    move || {
        shape.get();
        untrack(body)
    }
}

/// The deals of a filter, page by page, with totals.
pub(super) fn use_deals(filter: Signal<DealFilter>) -> Pages<Deal> {
    use_pages(move |cursor, limit| {
        let mut filter = filter.get();
        filter.totals = cursor.is_none().then_some(true);
        filter.limit = Some(limit);
        filter.cursor = cursor;
        List::<Deals>(filter)
    })
}

fn nothing(is_narrowed: bool) -> AnyView {
    if is_narrowed {
        view! {
            <EmptyState picture=icon!("search-x") title=t("deals-none-title") text=t("deals-none-text")>
                <LinkButton href=paths::DEALS.to_owned()>{t("filters-clear")}</LinkButton>
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <EmptyState picture=icon!("briefcase-business") title=t("deals-empty-title") text=t("deals-empty-text")>
                {first_steps()}
            </EmptyState>
        }
        .into_any()
    }
}

/// Rows of deals with sortable heads and the totals of the whole filtered set below. Arrow keys go
/// through the rows, Enter opens one.
#[component]
pub fn DealRows(
    /// The deals.
    pages: Pages<Deal>,
    /// The present order.
    sort: Signal<String>,
    /// Chooses an order.
    on_sort: Callback<String>,
    /// The rows that are selected; without it none can be.
    #[prop(optional)]
    selection: Option<Selection>,
) -> impl IntoView {
    let selection = selection.filter(|_| session::may(Actor::writes));
    let marks = use_marks(pages.items);
    let stages = super::use_stages();
    let body = NodeRef::<html::Tbody>::new();
    let walk = move |event: leptos::ev::KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            _ => return,
        };
        let Some(body) = body.get_untracked() else {
            return;
        };
        let links = dom::all(&body, "a.cell-title");
        let here = dom::focused();
        let at = links.iter().position(|link| Some(link) == here.as_ref());
        let next = at.map_or(0, |at| (at as i64 + step).max(0) as usize);
        if let Some(link) = links.get(next) {
            event.prevent_default();
            let _ = link.focus();
        }
    };
    let go = use_go();
    let head = move |label: &'static str, field: &'static str, class: &'static str, desc: bool| {
        view! { <SortHeader label=t(label) field sort on_sort class descending_first=desc /> }
    };
    view! {
        <TableFrame label=t("nav-deals") stale=pages.loading>
            <thead>
                <tr>
                    {selection.map(|selection| head_box(selection, pages.items))}
                    {head("column-deal", "title", "", false)}
                    {head("field-stage", "stage", "max-md:hidden", false)}
                    {head("field-owner-id", "owner", "max-md:hidden", false)}
                    {head("field-amount", "amount", "cell-number", true)}
                    {head("column-probability", "probability", "cell-number max-md:hidden", true)}
                    {head("field-expected-close-on", "expected_close_on", "max-md:hidden", false)}
                    {head("field-next-step-on", "next_step_on", "max-lg:hidden", false)}
                    {head("column-last-touch", "last_touch_at", "max-2xl:hidden", true)}
                </tr>
            </thead>
            <tbody node_ref=body on:keydown=walk>
                <For
                    each=move || pages.items.get()
                    key=|deal| (deal.id.clone(), deal.version, deal.amount_base)
                    children=move |deal| {
                        let choose = selection.map(|selection| row_box(selection, &deal, pages.items));
                        row(deal, stages, go, marks, choose)
                    }
                />
            </tbody>
            <tfoot>{move || pages.totals.get().map(|totals| foot(totals, selection.is_some()))}</tfoot>
        </TableFrame>
        <LoadMore pages />
    }
    .into_any()
}

fn row(deal: Deal, stages: Memo<Stages>, go: Go, marks: Marks, choose: Option<AnyView>) -> AnyView {
    let mark = marks.of(&deal.id);
    let href = paths::deal(deal.id.as_str());
    let target = href.clone();
    let is_deleted = deal.deleted_at.is_some();
    let open = move |event: leptos::ev::MouseEvent| {
        // The link in the first cell does it by itself, and so do modified clicks. What lies in the bin
        // cannot be opened.
        let is_link = event
            .target()
            .and_then(|t| wasm_bindgen::JsCast::dyn_into::<web_sys::Element>(t).ok())
            .is_some_and(|t| t.closest("a").ok().flatten().is_some());
        if !is_deleted && !is_link && !event.ctrl_key() && !event.meta_key() {
            go.to(target.clone());
        }
    };
    let under = deal.account_name.clone().unwrap_or_else(|| t("no-account"));
    let name = deal.owner_name.clone();
    let is_overdue = deal.derived.overdue;
    let close = deal
        .closed_at
        .map(format::local_day)
        .or(deal.expected_close_on);
    let next = deal
        .next_step_on
        .filter(|_| deal.status == DealStatus::Open);
    let is_late = next.is_some_and(|on| on < format::today());
    let dots = {
        let deal = deal.clone();
        move || stages.with(|stages| stages::dots(stages, &deal))
    };
    let small_dots = dots.clone();
    let restore = actions::may_restore(&deal).then(|| {
        let id = deal.id.to_string();
        view! {
            <Button on_press=move |()| actions::restore(id.clone())>{t("restore")}</Button>
        }
    });
    let title = if is_deleted {
        view! { <span class="cell-title">{deal.title}</span> }.into_any()
    } else {
        view! {
            <a class="cell-title" href=href>
                {deal.title}
            </a>
        }
        .into_any()
    };
    let amount = match restore {
        Some(restore) => restore.into_any(),
        None => view! { <Money value=deal.amount /> }.into_any(),
    };
    view! {
        <tr class:row-link=!is_deleted on:click=open>
            {choose}
            <th scope="row" class="cell-main font-normal">
                {title}
                <span class="cell-under">{under}</span>
            </th>
            <td class="max-md:hidden">{dots}</td>
            <td class="max-md:hidden">
                <span class="person">
                    <Avatar name=name.clone() />
                    <span class="person-name max-2xl:hidden">{name}</span>
                </span>
            </td>
            <td class="cell-number">
                {amount}
                <span class="cell-under md:hidden">{small_dots}</span>
            </td>
            <td class="cell-number max-md:hidden">{format::percent(deal.probability)}</td>
            <td class="max-md:hidden" class:is-past=is_overdue>
                {day_cell(close, is_overdue)}
            </td>
            <td class="max-lg:hidden">
                {move || next_cell(mark.get(), next, is_late)}
            </td>
            <td class="max-2xl:hidden text-faint">
                {deal.last_touch_at.map_or_else(|| "–".to_owned(), format::near_instant)}
            </td>
        </tr>
    }
    .into_any()
}

/// A day, with a mark and a word for those that are past.
pub(super) fn day_cell(day: Option<chrono::NaiveDate>, is_past: bool) -> AnyView {
    let Some(day) = day else {
        return view! { <span class="text-faint">"–"</span> }.into_any();
    };
    let exact = if is_past {
        format!("{} · {}", format::full_day(day), t("past"))
    } else {
        format::full_day(day)
    };
    view! {
        <span class="day" title=exact>
            {is_past.then(|| icon!("clock-alert"))}
            {format::near_day(day)}
        </span>
    }
    .into_any()
}

/// What comes next, with what is marked, and the planned day.
fn next_cell(mark: Option<GuideMark>, day: Option<NaiveDate>, is_late: bool) -> AnyView {
    let icons = mark.as_ref().map(mark_icons);
    let title = mark.and_then(|mark| mark.next_step).map(|next| next.title);
    view! {
        <span class="next-cell">
            <span class="truncate" title=title.clone()>{title.clone()}</span>
            {icons}
        </span>
        <span class="cell-under" class:is-past=is_late>
            {day_cell(day, is_late)}
        </span>
    }
    .into_any()
}

fn foot(totals: Totals, is_selectable: bool) -> AnyView {
    let unconverted = (totals.unconverted > 0)
        .then(|| view! { <span class="cell-under">{t_count("totals-unconverted", totals.unconverted)}</span> });
    view! {
        <tr>
            {is_selectable.then(|| view! { <td></td> })}
            <th scope="row">{t_count("deals-count", totals.count)} {unconverted}</th>
            <td class="max-md:hidden"></td>
            <td class="max-md:hidden"></td>
            <td class="cell-number">
                <Money value=totals.amount />
            </td>
            <td class="cell-number max-md:hidden" colspan="2">
                <span class="font-normal text-faint">{t("weighted")} " "</span>
                <Money value=totals.weighted />
            </td>
            <td class="max-lg:hidden"></td>
            <td class="max-2xl:hidden"></td>
        </tr>
    }
    .into_any()
}
