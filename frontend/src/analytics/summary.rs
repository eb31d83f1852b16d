use chrono::{Months, NaiveDate};
use etalon_domain::analytics::{SummaryGroup, SummaryRow};
use etalon_domain::deal::{DealFilter, DealStatus};
use etalon_domain::endpoint::{GetSummary, SummaryQuery, from_query};
use etalon_domain::page::Any;
use leptos::prelude::*;

use super::bar::{Filters, ScopeBar};
use super::frame::Report;
use super::parts::{DASH, Segments, choices, days, figure, rate};
use crate::address::{use_pairs, value_of};
use crate::deals::{RegistryState, use_stages};
use crate::i18n::{format, t, t_count, words};
use crate::query::use_query;
use crate::routes::paths;
use crate::ui::{EmptyState, ErrorState, Money, SkeletonRows, TableFrame, icon};

const OPEN: [DealStatus; 1] = [DealStatus::Open];
const WON: [DealStatus; 1] = [DealStatus::Won];
const WON_OR_LOST: [DealStatus; 2] = [DealStatus::Won, DealStatus::Lost];
const CLOSED: [DealStatus; 4] = [
    DealStatus::Won,
    DealStatus::Lost,
    DealStatus::Rejected,
    DealStatus::Rerouted,
];

/// Count, sums, win rate and cycle of the visible deals, as a whole and by group. Every number
/// opens the deals behind it.
#[component]
pub fn SummaryPage() -> impl IntoView {
    let pairs = use_pairs();
    let group = Memo::new(move |_| {
        pairs
            .with(|p| value_of(p, "group_by").and_then(|g| g.parse::<SummaryGroup>().ok()))
            .unwrap_or(SummaryGroup::Stage)
    });
    let filter = Memo::new(move |_| pairs.with(|p| from_query::<DealFilter>(p)));
    let query = use_query(move || {
        let group_by = Some(group.get());
        let filter = filter.get();
        Some(GetSummary(SummaryQuery { group_by, filter }))
    });
    let groups = choices(SummaryGroup::ALL, SummaryGroup::as_str, "summary-by");
    let present = Signal::derive(move || group.get().as_str());
    let content = move || {
        if let Some(failure) = query
            .failure
            .get()
            .filter(|_| query.data.with(Option::is_none))
        {
            return view! { <ErrorState failure on_retry=move |()| query.retry() /> }.into_any();
        }
        let Some(summary) = query.data.get() else {
            return view! {
                <Show when=move || query.slow.get()>
                    <SkeletonRows />
                </Show>
            }
            .into_any();
        };
        if summary.total.count == 0 {
            return view! {
                <EmptyState picture=icon!("chart-column") title=t("summary-empty-title") text=t("summary-empty-text")>
                    ""
                </EmptyState>
            }
            .into_any();
        }
        let group = group.get();
        let filter = filter.get();
        let rows = summary
            .groups
            .iter()
            .map(|row| table_row(row, group, &filter))
            .collect_view();
        // Quarters hold what was closed in them; the total has everything.
        let total_name = t(match group {
            SummaryGroup::Quarter => "summary-total-with-open",
            _ => "total",
        });
        view! {
            {figures(&summary.total, &filter)}
            <TableFrame label=t("report-summary")>
                <thead>
                    <tr>
                        <th scope="col">{words::word("summary-by", group.as_str())}</th>
                        <th scope="col" class="cell-number">{t("summary-count")}</th>
                        <th scope="col" class="cell-number">{t("summary-won-sum")}</th>
                        <th scope="col" class="cell-number max-md:hidden">{t("summary-won-count")}</th>
                        <th scope="col" class="cell-number max-md:hidden">{t("summary-win-rate")}</th>
                        <th scope="col" class="cell-number max-md:hidden">{t("summary-open-amount")}</th>
                        <th scope="col" class="cell-number max-lg:hidden">{t("summary-cycle-mean")}</th>
                        <th scope="col" class="cell-number max-lg:hidden">{t("summary-cycle-median")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">{total_name}</th>
                        {cells(&summary.total, Some(&filter))}
                    </tr>
                </tfoot>
            </TableFrame>
        }
        .into_any()
    };
    view! {
        <Report path=paths::SUMMARY>
            <ScopeBar period=false as_of=false filters=Filters::Registry>
                <p class="text-soft">{t("summary-all-time")}</p>
            </ScopeBar>
            <div class="report-row">
                <Segments label=t("summary-groups") name="group_by" choices=groups present />
            </div>
            {content}
        </Report>
    }
    .into_any()
}

fn figures(total: &SummaryRow, filter: &DealFilter) -> AnyView {
    let of = |statuses| narrowed(Some(filter), statuses);
    let won = view! { <Money value=total.won_sum compact=true /> }.into_any();
    let open = view! { <Money value=total.open_amount compact=true /> }.into_any();
    let median = match total.median_cycle_days {
        Some(_) => format!("{} {}", days(total.median_cycle_days), t("days-unit")),
        None => DASH.to_owned(),
    };
    let closed = total.won_count + total.lost_count;
    let deals = |count| t_count("deals-count", count).into_any();
    view! {
        <dl class="figures">
            {figure(
                t("summary-won-sum"),
                linked(won, total.won_count, of(&WON)),
                deals(total.won_count),
                "",
            )}
            {figure(
                t("summary-win-rate"),
                linked(rate(total.win_rate).into_any(), closed, of(&WON_OR_LOST)),
                t_count("summary-of-closed", closed).into_any(),
                "",
            )}
            {figure(
                t("summary-open-amount"),
                linked(open, total.open_count, of(&OPEN)),
                deals(total.open_count),
                "",
            )}
            {figure(
                t("summary-cycle-median"),
                linked(median.into_any(), total.won_count, of(&WON)),
                t("summary-cycle-note").into_any(),
                "",
            )}
        </dl>
    }
    .into_any()
}

fn table_row(row: &SummaryRow, group: SummaryGroup, filter: &DealFilter) -> AnyView {
    let key = row.key.clone();
    let name = row
        .name
        .clone()
        .or_else(|| key.clone())
        .unwrap_or_else(|| t("not-set"));
    let code = key.clone().filter(|_| group == SummaryGroup::Stage);
    let stages = use_stages();
    let shown = move || match &code {
        Some(code) => stages.with(|s| s.get(code).map_or_else(|| code.clone(), words::stage)),
        None => name.clone(),
    };
    let behind = deals_behind(group, key.as_deref(), filter);
    view! {
        <tr>
            <th scope="row" class="cell-main font-medium">
                <span class="block truncate">{shown}</span>
            </th>
            {cells(row, behind.as_ref())}
        </tr>
    }
    .into_any()
}

/// The numbers of a row; each opens the deals of `behind` that it was computed from.
fn cells(row: &SummaryRow, behind: Option<&DealFilter>) -> AnyView {
    let of = |statuses| narrowed(behind, statuses);
    let number = |value: i64| format::number(value).into_any();
    let money = |value| view! { <Money value /> }.into_any();
    let (won, closed) = (row.won_count, row.won_count + row.lost_count);
    view! {
        <td class="cell-number">{linked(number(row.count), row.count, behind.cloned())}</td>
        <td class="cell-number">{linked(money(row.won_sum), won, of(&WON))}</td>
        <td class="cell-number max-md:hidden">{linked(number(won), won, of(&WON))}</td>
        <td class="cell-number max-md:hidden">
            {linked(rate(row.win_rate).into_any(), closed, of(&WON_OR_LOST))}
        </td>
        <td class="cell-number max-md:hidden">
            {linked(money(row.open_amount), row.open_count, of(&OPEN))}
        </td>
        <td class="cell-number max-lg:hidden">
            {linked(days(row.mean_cycle_days).into_any(), won, of(&WON))}
        </td>
        <td class="cell-number max-lg:hidden">
            {linked(days(row.median_cycle_days).into_any(), won, of(&WON))}
        </td>
    }
    .into_any()
}

/// A number that opens the deals it was computed from; of no deals it opens nothing.
fn linked(number: AnyView, deals: i64, behind: Option<DealFilter>) -> AnyView {
    match behind.filter(|_| deals > 0) {
        Some(filter) => {
            let href = RegistryState::of(filter).href();
            view! { <a class="rows-link" href=href>{number}</a> }.into_any()
        }
        None => view! { <span class="text-faint">{number}</span> }.into_any(),
    }
}

/// The deals of a filter in some of the states.
fn narrowed(filter: Option<&DealFilter>, statuses: &[DealStatus]) -> Option<DealFilter> {
    let mut filter = filter?.clone();
    let chosen = &filter.status;
    let kept = (statuses.iter().copied())
        .filter(|status| chosen.is_empty() || chosen.0.contains(status))
        .collect::<Vec<_>>();
    if kept.is_empty() {
        return None;
    }
    filter.status = Any(kept);
    Some(filter)
}

/// Exactly the deals that a row counts; `None` for a key that is none.
fn deals_behind(group: SummaryGroup, key: Option<&str>, filter: &DealFilter) -> Option<DealFilter> {
    let mut filter = filter.clone();
    let key = key.unwrap_or("none");
    match group {
        SummaryGroup::Stage => filter.stage = Any::one(key.to_owned()),
        SummaryGroup::Owner => filter.owner_id = Any::one(key.to_owned().into()),
        SummaryGroup::Department => {
            filter.department_id = Any::one(key.to_owned().into());
            filter.subtree = Some(false);
        }
        SummaryGroup::Account => filter.account_id = Any::one(key.to_owned().into()),
        SummaryGroup::Product => filter.product_id = Any::one(key.to_owned().into()),
        SummaryGroup::Quarter => {
            let (year, quarter) = key.split_once("-Q")?;
            let month = (quarter.parse::<u32>().ok()? - 1) * 3 + 1;
            let first = NaiveDate::from_ymd_opt(year.parse().ok()?, month, 1)?;
            let last = first.checked_add_months(Months::new(3))?.pred_opt()?;
            filter.closed_from = Some(filter.closed_from.map_or(first, |day| day.max(first)));
            filter.closed_to = Some(filter.closed_to.map_or(last, |day| day.min(last)));
            return narrowed(Some(&filter), &CLOSED);
        }
    }
    Some(filter)
}
