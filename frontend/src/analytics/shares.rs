//! Who has which part of a number.

use std::cmp::Reverse;

use etalon_domain::analytics::{Dimension, OwnerPart, RowsQuery, share};
use etalon_domain::endpoint::ReportQuery;
use etalon_domain::money::Money as Amount;
use leptos::prelude::*;

use super::rows::RowsLink;
use super::scope::{narrowed, rows_text};
use crate::i18n::{arguments, format, t, t_with};
use crate::ui::{Avatar, Money};

/// How many lines there are at most; of more owners the last line sums up the rest.
const LINES: usize = 7;

/// Of what the parts are told.
#[derive(Clone, Copy)]
enum Whole {
    /// The sum.
    Sum(i64),
    /// The number of deals, where they have no sum.
    Deals(i64),
}

impl Whole {
    /// What some deals with their sum add to it.
    fn weight(self, deals: i64, amount: Amount) -> i64 {
        match self {
            Self::Sum(_) => amount.minor,
            Self::Deals(_) => deals,
        }
    }

    /// Which part of it such a weight is.
    fn part(self, weight: i64) -> f64 {
        let (Self::Sum(whole) | Self::Deals(whole)) = self;
        share(weight, whole).unwrap_or_default()
    }

    /// A part of it in words.
    fn in_words(self, part: &str) -> String {
        let arguments = arguments! { "share" => part.to_owned() };
        match self {
            Self::Sum(_) => t_with("share-of-sum", &arguments),
            Self::Deals(_) => t_with("share-of-deals", &arguments),
        }
    }
}

/// The owners of some deals with their parts of the whole, the largest first; each opens his or her part of
/// the rows behind them.
pub(super) fn owner_shares(
    owners: &[OwnerPart],
    deals: i64,
    report: &ReportQuery,
    rows: &RowsQuery,
) -> AnyView {
    let Some(first) = owners.first() else {
        return ().into_any();
    };
    let currency = first.amount.currency;
    let sum: i64 = owners.iter().map(|owner| owner.amount.minor).sum();
    let whole = if sum > 0 {
        Whole::Sum(sum)
    } else {
        Whole::Deals(deals)
    };
    let mut owners: Vec<&OwnerPart> = owners.iter().collect();
    owners.sort_by_key(|owner| Reverse(whole.weight(owner.deals, owner.amount)));
    let named = if owners.len() > LINES {
        LINES - 1
    } else {
        owners.len()
    };
    let (named, rest) = owners.split_at(named);
    let rows = named
        .iter()
        .map(|owner| {
            let name = owner.name.clone();
            let who = view! {
                <Avatar name=name.clone() />
                <span class="truncate">{name}</span>
            };
            let own = narrowed(report, Dimension::Owner, Some(owner.id.as_str()));
            let rows = Some(rows_text(&own, rows));
            line(who.into_any(), owner.deals, owner.amount, whole, rows)
        })
        .collect_view();
    let others = (!rest.is_empty()).then(|| {
        let deals: i64 = rest.iter().map(|owner| owner.deals).sum();
        let minor: i64 = rest.iter().map(|owner| owner.amount.minor).sum();
        let who = view! { <span class="share-rest">{t("shares-others")}</span> };
        line(
            who.into_any(),
            deals,
            Amount::new(minor, currency),
            whole,
            None,
        )
    });
    view! {
        <section class="shares">
            <h3>{t("shares-title")}</h3>
            <ul>{rows} {others}</ul>
        </section>
    }
    .into_any()
}

/// Whose deals, how many, which part of the whole, and their sum; the number opens `rows`.
fn line(who: AnyView, deals: i64, amount: Amount, whole: Whole, rows: Option<String>) -> AnyView {
    let part = whole.part(whole.weight(deals, amount));
    let shown = format::share(part, 0);
    let told = whole.in_words(&shown);
    let number = format::number(deals);
    let number = match rows {
        Some(rows) => view! { <RowsLink rows>{number}</RowsLink> }.into_any(),
        None => number.into_any(),
    };
    view! {
        <li class="share-row">
            {who}
            <span class="share-bar" aria-hidden="true">
                <i style=format!("width: {:.1}%", part * 100.0)></i>
            </span>
            <span class="share-number">{number}</span>
            <span class="share-number text-soft" title=told.clone()>
                <span aria-hidden="true">{shown}</span>
                <span class="sr-only">{told.clone()}</span>
            </span>
            <span class="share-money"><Money value=amount compact=true /></span>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use etalon_domain::money::Currency;

    #[test]
    fn a_part_is_one_of_the_sum_or_of_the_number_where_there_is_none() {
        let amount = Amount::new(30_000, Currency::from_code("USD").unwrap());
        let of_sum = Whole::Sum(120_000);
        assert_eq!(of_sum.part(of_sum.weight(3, amount)), 0.25);
        let of_deals = Whole::Deals(6);
        assert_eq!(of_deals.part(of_deals.weight(3, amount)), 0.5);
        assert_eq!(Whole::Deals(0).part(0), 0.0);
    }
}
