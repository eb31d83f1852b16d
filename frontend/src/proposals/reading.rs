use etalon_domain::proposal::{Proposal, ProposalLine, ProposalTotals};
use leptos::prelude::*;

use crate::i18n::{arguments, format, t, t_with};
use crate::ui::{EmptyState, icon};

/// An offer, read rather than written.
#[component]
pub(super) fn Reading(
    /// The version.
    proposal: Proposal,
) -> impl IntoView {
    let text = |text: Option<String>| text.map(|text| view! { <p class="offer-text">{text}</p> });
    if proposal.lines.is_empty() {
        return view! {
            <EmptyState
                picture=icon!("file-text")
                title=t("proposal-no-lines-title")
                text=t("proposal-no-lines-text")
            />
        }
        .into_any();
    }
    let (introduction, terms) = (proposal.introduction, proposal.terms);
    view! {
        {text(introduction)}
        <table class="offer-table" aria-label=t("proposal-lines")>
            {head(false)}
            <tbody>{proposal.lines.into_iter().map(line).collect_view()}</tbody>
        </table>
        {totals(&proposal.totals)}
        {text(terms)}
    }
    .into_any()
}

/// The heads of the columns; with one more where lines can be changed.
pub(super) fn head(is_written: bool) -> AnyView {
    let column = |label: &str| {
        view! {
            <th scope="col" class="cell-number">
                {t(label)}
            </th>
        }
    };
    view! {
        <thead>
            <tr>
                <th scope="col">{t("field-line")}</th>
                {column("field-quantity")}
                {column("field-unit-price")}
                {column("field-discount")}
                {column("field-vat-rate")}
                {column("field-net")}
                {is_written
                    .then(|| {
                        view! {
                            <th scope="col" class="cell-action">
                                <span class="sr-only">{t("more-actions")}</span>
                            </th>
                        }
                    })}
            </tr>
        </thead>
    }
    .into_any()
}

fn line(line: ProposalLine) -> AnyView {
    let unit = line.unit.map(|unit| format!("\u{a0}{unit}"));
    let percent = |percent: etalon_domain::decimal::Percent| {
        if percent.is_zero() {
            "–".to_owned()
        } else {
            format::exact_percent(percent)
        }
    };
    view! {
        <tr>
            <th scope="row" class="offer-item">
                <span class="offer-name">{line.title}</span>
                {line.description.map(|text| view! { <span class="offer-more">{text}</span> })}
            </th>
            <td class="cell-number" data-label=t("field-quantity")>
                {format::quantity(line.quantity)}
                {unit}
            </td>
            <td class="cell-number" data-label=t("field-unit-price")>
                {format::full_amount(line.unit_price)}
            </td>
            <td class="cell-number" data-label=t("field-discount")>
                {percent(line.discount)}
            </td>
            <td class="cell-number" data-label=t("field-vat-rate")>
                {percent(line.vat_rate)}
            </td>
            <td class="cell-number offer-net" data-label=t("field-net")>
                {format::full_amount(line.net)}
            </td>
        </tr>
    }
    .into_any()
}

/// Net, VAT and the total, and what it is in the base currency.
pub(super) fn totals(totals: &ProposalTotals) -> AnyView {
    let currency = totals.total.currency;
    let row = |label: &str, amount, class: &'static str| {
        view! {
            <div class=class>
                <dt>{t(label)}</dt>
                <dd>{format::full_amount(amount)} " " <span class="money-currency">{currency.code()}</span></dd>
            </div>
        }
    };
    let in_base = (totals.total_base)
        .filter(|base| base.currency != currency)
        .map(|base| {
            let text = t_with(
                "proposal-in-base",
                &arguments! { "amount" => format::money(base) },
            );
            view! { <p class="text-soft">{text}</p> }
        });
    view! {
        <div class="offer-totals">
            <dl>
                {row("field-net", totals.net, "")} {row("field-vat", totals.vat, "")}
                {row("field-total", totals.total, "offer-total")}
            </dl>
            {in_base}
        </div>
    }
    .into_any()
}
