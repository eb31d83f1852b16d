use etalon_domain::endpoint::{Leads, List, from_query};
use etalon_domain::lead::{Lead, LeadFilter, LeadStatus};
use etalon_domain::page::Any;
use etalon_domain::policy;
use leptos::html;
use leptos::prelude::*;

use super::cells::{bant_marks, status_mark, whose};
use super::form::NewLead;
use super::{actions, words};
use crate::address::{Go, use_changes, use_go, use_pairs, use_value, value_of};
use crate::i18n::{format, t, t_count};
use crate::layout::{PageHead, set_trail};
use crate::query::{Pages, use_pages};
use crate::records::{ListBody, empty_bin, list_keys, or_dash, person, row_title, status_of};
use crate::routes::paths;
use crate::session;
use crate::ui::{
    Button, Choice, EmptyState, FilterBar, FilterKind, LinkButton, ListFilter, LoadMore, Look,
    PickerSource, SortHeader, Tab, TableFrame, Tabs, icon, open_row, walk_rows,
};

/// What stands for every status in the address.
const EVERY: &str = "all";
const ASIDE: &str = "nurturing";
const OVER: &str = "qualified,disqualified";

/// What the address says; without a status the leads that are worked on.
fn read(pairs: &[(String, String)]) -> LeadFilter {
    let known: Vec<(String, String)> = (pairs.iter())
        .filter(|(name, value)| !(name == "status" && value == EVERY))
        .cloned()
        .collect();
    let mut filter: LeadFilter = from_query(&known);
    if value_of(pairs, "status").is_none() && filter.deleted != Some(true) {
        filter.status = Any(vec![LeadStatus::New, LeadStatus::Qualifying]);
    }
    filter
}

/// The registry of leads.
#[component]
pub fn LeadList() -> impl IntoView {
    set_trail(vec![(t("nav-leads"), None)]);
    let pairs = use_pairs();
    let changes = use_changes();
    let creating = use_value("new");
    let filter = Memo::new(move |_| pairs.with(|pairs| read(pairs)));
    let may_create = session::may(policy::Actor::writes);
    let create = Callback::new(move |()| changes.apply(&[("new", Some("lead"))]));
    list_keys(may_create.then_some(create));
    let pages = use_pages(move |cursor, limit| {
        let mut filter = filter.get();
        filter.totals = cursor.is_none().then_some(true);
        filter.limit = Some(limit);
        filter.cursor = cursor;
        List::<Leads>(filter)
    });
    let is_narrowed = move || {
        pairs.with(|pairs| {
            let names = pairs.iter().map(|(name, _)| name.as_str());
            let mut names = names.filter(|name| !matches!(*name, "sort" | "new" | "deleted"));
            names.any(|name| name != "status" || !is_preset(value_of(pairs, name)))
        })
    };
    let empty = move || {
        if is_narrowed() {
            nothing_found()
        } else if filter.with(|f| f.deleted == Some(true)) {
            empty_bin()
        } else if pairs.with(|pairs| value_of(pairs, "status").is_some()) {
            nothing_found()
        } else {
            nothing_yet(may_create.then_some(create))
        }
    };
    view! {
        <PageHead title=t("nav-leads")>
            {may_create
                .then(|| {
                    view! {
                        <Button look=Look::Primary on_press=create>
                            {icon!("plus")}
                            {t("create-lead")}
                        </Button>
                    }
                })}
        </PageHead>
        <ViewTabs />
        <FilterBar
            placeholder=t("leads-search")
            filters=filters()
            presets=vec![("status", EVERY), ("status", ASIDE), ("status", OVER)]
        />
        <ListBody status=status_of(pages) empty>
            <Rows pages filter />
        </ListBody>
        <Show when=move || creating.get().as_deref() == Some("lead")>
            <NewLead on_close=move |()| changes.apply(&[("new", None)]) />
        </Show>
    }
    .into_any()
}

fn is_preset(status: Option<&str>) -> bool {
    matches!(status, None | Some(EVERY | ASIDE | OVER))
}

/// The usual views: what the tabs change in the address, the rest of it stays.
#[component]
fn ViewTabs() -> impl IntoView {
    let changes = use_changes();
    let pairs = use_pairs();
    let me = session::me().map(|me| me.user.id.into_string());
    let me = StoredValue::new(me);
    let tab = move |label: &'static str, status: Option<&'static str>, mine: bool, bin: bool| {
        let owner = me.get_value().filter(|_| mine);
        let to = owner.clone();
        let href = Signal::derive(move || {
            let deleted = bin.then_some("true");
            changes.href(&[
                ("status", status),
                ("owner_id", to.as_deref()),
                ("deleted", deleted),
            ])
        });
        let active = Signal::derive(move || {
            pairs.with(|pairs| {
                value_of(pairs, "status") == status
                    && value_of(pairs, "owner_id") == owner.as_deref()
                    && (value_of(pairs, "deleted") == Some("true")) == bin
            })
        });
        view! {
            <Tab href active>
                {t(label)}
            </Tab>
        }
    };
    view! {
        <Tabs label=t("registry-views")>
            {tab("view-in-work", None, false, false)} {tab("view-mine", None, true, false)}
            {tab("view-aside", Some(ASIDE), false, false)}
            {tab("view-closed", Some(OVER), false, false)}
            {tab("view-everything", Some(EVERY), false, false)}
            {tab("view-bin", None, false, true)}
        </Tabs>
    }
    .into_any()
}

fn filters() -> Vec<ListFilter> {
    let statuses = LeadStatus::ALL
        .iter()
        .map(|status| Choice::new(status.as_str(), words::status(*status)));
    let scores = [12, 25, 50, 75, 100].map(|score| {
        let score = score.to_string();
        Choice::new(score.clone(), score)
    });
    let filter = |name, label: &str, kind| ListFilter {
        name,
        label: t(label),
        kind,
    };
    vec![
        filter(
            "status",
            "field-status",
            FilterKind::Choices(statuses.collect()),
        ),
        filter(
            "owner_id",
            "field-owner-id",
            FilterKind::Records(PickerSource::Users),
        ),
        filter(
            "department_id",
            "field-department-id",
            FilterKind::Records(PickerSource::Departments),
        ),
        filter("source", "field-source", FilterKind::Words),
        filter(
            "score_min",
            "filter-score-min",
            FilterKind::Choice(scores.into()),
        ),
        filter(
            "created_from",
            "filter-created",
            FilterKind::Days { to: "created_to" },
        ),
        filter(
            "account_id",
            "field-account-id",
            FilterKind::Records(PickerSource::Accounts),
        ),
        filter(
            "import_id",
            "filter-import",
            FilterKind::Given(t("filter-import-one")),
        ),
        filter(
            "form_id",
            "filter-form",
            FilterKind::Given(t("filter-form-one")),
        ),
    ]
}

fn nothing_found() -> AnyView {
    view! {
        <EmptyState
            picture=icon!("search-x")
            title=t("leads-none-title")
            text=t("leads-none-text")
        >
            <LinkButton href=paths::LEADS.to_owned()>{t("filters-clear")}</LinkButton>
        </EmptyState>
    }
    .into_any()
}

fn nothing_yet(create: Option<Callback<()>>) -> AnyView {
    view! {
        <EmptyState
            picture=icon!("magnet")
            title=t("leads-empty-title")
            text=t("leads-empty-text")
        >
            {create
                .map(|create| {
                    view! {
                        <Button look=Look::Primary on_press=create>
                            {icon!("plus")}
                            {t("create-lead")}
                        </Button>
                    }
                })}
        </EmptyState>
    }
    .into_any()
}

#[component]
fn Rows(pages: Pages<Lead>, filter: Memo<LeadFilter>) -> impl IntoView {
    let changes = use_changes();
    let go = use_go();
    let body = NodeRef::<html::Tbody>::new();
    let sort = Signal::derive(move || {
        filter.with(|f| {
            f.sort
                .map_or_else(|| "-created_at".to_owned(), |s| s.to_string())
        })
    });
    let on_sort = Callback::new(move |order: String| changes.apply(&[("sort", Some(&order))]));
    let head = move |label: &'static str, field: &'static str, class: &'static str, desc: bool| {
        view! { <SortHeader label=t(label) field sort on_sort class descending_first=desc /> }
    };
    let plain = |label: &str, class: &'static str| {
        view! {
            <th scope="col" class=class>
                {t(label)}
            </th>
        }
    };
    view! {
        <TableFrame label=t("nav-leads") stale=pages.loading>
            <thead>
                <tr>
                    {head("column-lead", "title", "", false)}
                    {head("column-bant", "score", "", true)} {plain("field-status", "max-md:hidden")}
                    {plain("column-next-question", "max-lg:hidden")}
                    {head("field-owner-id", "owner", "max-md:hidden", false)}
                    {plain("field-source", "max-lg:hidden")}
                    {head("filter-created", "created_at", "max-md:hidden", true)}
                </tr>
            </thead>
            <tbody node_ref=body on:keydown=walk_rows(body)>
                <For
                    each=move || pages.items.get()
                    key=|lead| (lead.id.clone(), lead.version)
                    children=move |lead| row(lead, go)
                />
            </tbody>
            <tfoot>
                {move || {
                    pages
                        .totals
                        .get()
                        .map(|totals| {
                            view! {
                                <tr>
                                    <th scope="row" colspan="7">
                                        {t_count("leads-count", totals.count)}
                                    </th>
                                </tr>
                            }
                        })
                }}
            </tfoot>
        </TableFrame>
        <LoadMore pages />
    }
    .into_any()
}

fn row(lead: Lead, go: Go) -> AnyView {
    let is_deleted = lead.deleted_at.is_some();
    let target = (!is_deleted).then(|| paths::lead(lead.id.as_str()));
    let open = open_row(go, target.clone());
    let restored = lead.clone();
    let marks = bant_marks(&lead.bant, lead.score);
    let last = if is_deleted {
        view! {
            <Button on_press=move |()| actions::restore(&restored)>{t("restore")}</Button>
        }
        .into_any()
    } else {
        format::near_instant(lead.created_at).into_any()
    };
    let small_status = status_mark(&lead);
    view! {
        <tr class:row-link=!is_deleted on:click=open>
            <th scope="row" class="cell-main font-normal">
                {row_title(lead.title.clone(), target)}
                <span class="cell-under">{whose(&lead)}</span>
            </th>
            <td>{marks} <span class="cell-under md:hidden">{small_status}</span></td>
            <td class="max-md:hidden">{status_mark(&lead)}</td>
            <td class="max-lg:hidden">{or_dash(lead.next_question.map(words::item))}</td>
            <td class="max-md:hidden">{person(Some(lead.owner_name))}</td>
            <td class="max-lg:hidden">{or_dash(lead.source)}</td>
            <td class:max-md:hidden=!is_deleted class="text-faint">
                {last}
            </td>
        </tr>
    }
    .into_any()
}
