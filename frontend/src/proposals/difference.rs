use etalon_domain::endpoint::ListDealProposals;
use etalon_domain::proposal::{LineChange, Proposal, ProposalLine, compare_lines};
use leptos::prelude::*;

use super::words::title;
use crate::i18n::{arguments, format, t, t_with};
use crate::query::use_query;
use crate::ui::{EmptyState, ErrorState, SkeletonRows, icon};

/// How a version differs from the one before it.
#[component]
pub(super) fn Difference(
    /// The version.
    proposal: Proposal,
) -> impl IntoView {
    let deal = proposal.deal_id.to_string();
    let query = use_query(move || Some(ListDealProposals(deal.clone())));
    let content = move || {
        let Some(page) = query.data.get() else {
            return match query.failure.get() {
                Some(failure) => {
                    view! { <ErrorState failure on_retry=move |()| query.retry() /> }.into_any()
                }
                None => view! { <SkeletonRows rows=3 /> }.into_any(),
            };
        };
        let earlier = (page.items.into_iter())
            .filter(|each| each.number == proposal.number && each.revision < proposal.revision)
            .max_by_key(|each| each.revision);
        match earlier {
            Some(earlier) => compared(&earlier, &proposal),
            None => nothing(),
        }
    };
    content.into_any()
}

fn nothing() -> AnyView {
    view! {
        <EmptyState
            picture=icon!("equal")
            title=t("difference-none-title")
            text=t("difference-none-text")
        />
    }
    .into_any()
}

fn compared(before: &Proposal, after: &Proposal) -> AnyView {
    let fields = [
        (
            "field-total",
            Some(format::money(before.totals.total)),
            Some(format::money(after.totals.total)),
        ),
        (
            "field-contact-id",
            before.contact_name.clone(),
            after.contact_name.clone(),
        ),
        (
            "field-valid-until",
            before.valid_until.map(format::day),
            after.valid_until.map(format::day),
        ),
        (
            "field-introduction",
            before.introduction.clone(),
            after.introduction.clone(),
        ),
        ("field-terms", before.terms.clone(), after.terms.clone()),
    ];
    let mut entries: Vec<AnyView> = fields
        .into_iter()
        .filter(|(_, from, to)| from != to)
        .map(|(label, from, to)| entry(t(label), from, to))
        .collect();
    let lines = compare_lines(&before.lines, &after.lines);
    entries.extend(lines.into_iter().map(line));
    if entries.is_empty() {
        return nothing();
    }
    let heading = t_with(
        "difference-from",
        &arguments! { "earlier" => title(before) },
    );
    view! {
        <p class="text-soft mb-2">{heading}</p>
        <ul class="change-list difference">{entries}</ul>
    }
    .into_any()
}

fn line(change: LineChange<'_>) -> AnyView {
    let name = change
        .after
        .or(change.before)
        .map(|line| line.title.clone());
    let (from, to) = (change.before.map(said), change.after.map(said));
    entry(name.unwrap_or_default(), from, to)
}

/// Quantity, price, discount and rate as the reader writes them.
fn said(line: &ProposalLine) -> String {
    let mut text = format!(
        "{} × {}",
        format::quantity(line.quantity),
        format::money(line.unit_price)
    );
    if let Some(unit) = &line.unit {
        text = text.replacen(" ×", &format!("\u{a0}{unit} ×"), 1);
    }
    if !line.discount.is_zero() {
        text.push_str(&format!(" − {}", format::exact_percent(line.discount)));
    }
    if !line.vat_rate.is_zero() {
        text.push_str(&format!(" + {}", format::exact_percent(line.vat_rate)));
    }
    text
}

fn entry(label: String, from: Option<String>, to: Option<String>) -> AnyView {
    let is_new = from.is_none();
    view! {
        <li>
            <span class="change-field">{label}</span>
            {from
                .map(|from| {
                    view! {
                        <span class="change-from">{from}</span>
                        {icon!("arrow-right")}
                    }
                })}
            <span class="change-to">{to.unwrap_or_else(|| t("difference-gone"))}</span>
            {is_new.then(|| view! { <span class="mark">{t("difference-new")}</span> })}
        </li>
    }
    .into_any()
}
