use etalon_domain::analytics::{SummaryGroup, SummaryRow};
use etalon_domain::deal::{DealFilter, DealStatus};
use etalon_domain::endpoint::{GetSummary, SummaryQuery, from_query};
use etalon_domain::page::Any;
use leptos::prelude::*;

use super::frame::Report;
use super::parts::{Segments, choices};
use crate::address::{use_pairs, value_of};
use crate::deals::{RegistryState, use_stages};
use crate::i18n::{format, t, t_count, words};
use crate::query::use_query;
use crate::routes::paths;
use crate::ui::{EmptyState, ErrorState, Money, SkeletonRows, TableFrame, icon};

/// Count, sums, win rate and cycle of the visible deals, as a whole and by group. Every count opens the
/// deals behind it.
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
            {figures(&summary.total)}
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
                        {cells(&summary.total, format::number(summary.total.count).into_any())}
                    </tr>
                </tfoot>
            </TableFrame>
        }
        .into_any()
    };
    view! {
        <Report path=paths::SUMMARY>
            <div class="report-row report-row-first">
                <Segments label=t("summary-groups") name="group_by" choices=groups present />
            </div>
            {content}
        </Report>
    }
    .into_any()
}

fn figures(total: &SummaryRow) -> AnyView {
    let figure = |label: &str, value: AnyView, note: String| {
        view! {
            <div class="figure">
                <dt>{t(label)}</dt>
                <dd>{value}</dd>
                <dd class="figure-note">{note}</dd>
            </div>
        }
    };
    let won = view! { <Money value=total.won_sum compact=true /> }.into_any();
    let open = view! { <Money value=total.open_amount compact=true /> }.into_any();
    let median = total.median_cycle_days.map(|d| format::decimal(d, 1));
    let closed = total.won_count + total.lost_count;
    view! {
        <dl class="figures">
            {figure("summary-won-sum", won, t_count("deals-count", total.won_count))}
            {figure("summary-win-rate", rate(total).into_any(), t_count("summary-of-closed", closed))}
            {figure("summary-open-amount", open, t_count("deals-count", total.open_count))}
            {figure(
                "summary-cycle-median",
                median.map_or_else(dash, |d| format!("{d} {}", t("days-unit"))).into_any(),
                t("summary-cycle-note"),
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
    let count = format::number(row.count);
    let count = match rows_behind(group, key.as_deref(), filter) {
        Some(state) => view! { <a class="link" href=state.href()>{count}</a> }.into_any(),
        None => count.into_any(),
    };
    view! {
        <tr>
            <th scope="row" class="cell-main font-medium">
                <span class="block truncate">{shown}</span>
            </th>
            {cells(row, count)}
        </tr>
    }
    .into_any()
}

fn cells(row: &SummaryRow, count: AnyView) -> AnyView {
    let days = |days: Option<f64>| days.map_or_else(dash, |d| format::decimal(d, 1));
    view! {
        <td class="cell-number">{count}</td>
        <td class="cell-number"><Money value=row.won_sum /></td>
        <td class="cell-number max-md:hidden">{format::number(row.won_count)}</td>
        <td class="cell-number max-md:hidden">{rate(row)}</td>
        <td class="cell-number max-md:hidden"><Money value=row.open_amount /></td>
        <td class="cell-number max-lg:hidden">{days(row.mean_cycle_days)}</td>
        <td class="cell-number max-lg:hidden">{days(row.median_cycle_days)}</td>
    }
    .into_any()
}

fn rate(row: &SummaryRow) -> String {
    row.win_rate
        .map_or_else(dash, |rate| format::share(rate, 1))
}

fn dash() -> String {
    "–".to_owned()
}

/// The registry of exactly the deals that a row counts.
fn rows_behind(
    group: SummaryGroup,
    key: Option<&str>,
    filter: &DealFilter,
) -> Option<RegistryState> {
    let mut filter = filter.clone();
    let key = key.unwrap_or("none");
    match group {
        SummaryGroup::Stage => filter.stage = Any::one(key.to_owned()),
        SummaryGroup::Owner => filter.owner_id = Any::one(key.to_owned().into()),
        SummaryGroup::Department if key == "none" => return None,
        SummaryGroup::Department => {
            filter.department_id = Any::one(key.to_owned().into());
            filter.subtree = Some(false);
        }
        SummaryGroup::Account => filter.account_id = Any::one(key.to_owned().into()),
        SummaryGroup::Product => filter.product_id = Any::one(key.to_owned().into()),
        SummaryGroup::Quarter => {
            let (year, quarter) = key.split_once("-Q")?;
            let month = (quarter.parse::<u32>().ok()? - 1) * 3 + 1;
            let first = chrono::NaiveDate::from_ymd_opt(year.parse().ok()?, month, 1)?;
            let after = first.checked_add_months(chrono::Months::new(3))?;
            filter.closed_from = Some(first);
            filter.closed_to = after.pred_opt();
            if filter.status.is_empty() {
                let closed = DealStatus::ALL.iter().filter(|s| **s != DealStatus::Open);
                filter.status = Any(closed.copied().collect());
            }
        }
    }
    Some(RegistryState::of(filter))
}
