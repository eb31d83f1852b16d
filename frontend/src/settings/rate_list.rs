use etalon_domain::endpoint::{ListExchangeRates, from_query};
use etalon_domain::money::Currency;
use etalon_domain::rate::{ExchangeRate, ExchangeRateFilter};
use leptos::prelude::*;

use super::rates::digits;
use crate::address::{use_changes, use_pairs};
use crate::i18n::{arguments, format, t, t_with};
use crate::query::use_pages;
use crate::records::{ListBody, status_of};
use crate::ui::{EmptyState, LoadMore, TableFrame, icon};

/// Every published rate, newest first; of one currency, or as they held on one day.
#[component]
pub(super) fn RateList() -> impl IntoView {
    let pairs = use_pairs();
    let changes = use_changes();
    let filter = Memo::new(move |_| pairs.with(|pairs| from_query::<ExchangeRateFilter>(pairs)));
    let pages = use_pages(move |cursor, limit| {
        ListExchangeRates(ExchangeRateFilter {
            limit: Some(limit),
            cursor,
            ..filter.get()
        })
    });
    let currencies = Currency::all()
        .into_iter()
        .map(|currency| {
            let code = currency.code();
            let is_chosen = move || filter.with(|f| f.currency) == Some(currency);
            view! {
                <option value=code selected=is_chosen>
                    {format!("{code} · {}", format::currency_name(currency))}
                </option>
            }
        })
        .collect_view();
    let set = move |name: &'static str, event| {
        let value = event_target_value(&event);
        changes.apply(&[(name, Some(value.as_str()).filter(|v| !v.is_empty()))]);
    };
    let empty = || {
        view! {
            <EmptyState
                picture=icon!("coins")
                title=t("rates-none-title")
                text=t("rates-none-text")
            />
        }
    };
    view! {
        <search class="filter-row filter-flat" aria-label=t("filters")>
            <label class="inline-field">
                <span class="text-soft">{t("field-currency")}</span>
                <select
                    class="select"
                    prop:value=move || {
                        filter.with(|f| f.currency.map_or("", |c| c.code()).to_owned())
                    }
                    on:change=move |event| set("currency", event)
                >
                    <option value="">{t("rates-every-currency")}</option>
                    {currencies}
                </select>
            </label>
            <label class="inline-field">
                <span class="text-soft">{t("rates-on")}</span>
                <input
                    type="date"
                    class="input"
                    prop:value=move || {
                        filter.with(|f| f.on.map(|on| on.to_string()).unwrap_or_default())
                    }
                    on:change=move |event| set("on", event)
                />
            </label>
        </search>
        <ListBody status=status_of(pages) empty>
            <TableFrame label=t("rates-published") stale=pages.loading>
                <thead>
                    <tr>
                        <th scope="col">{t("column-rate-on")}</th>
                        <th scope="col" class="cell-number">
                            {t("column-rate")}
                        </th>
                        <th scope="col" class="max-md:hidden">
                            {t("column-rate-source")}
                        </th>
                    </tr>
                </thead>
                <tbody>
                    <For
                        each=move || pages.items.get()
                        key=|rate| (rate.base.code(), rate.currency.code(), rate.on, rate.rate.to_bits())
                        children=row
                    />
                </tbody>
            </TableFrame>
            <LoadMore pages />
        </ListBody>
    }
    .into_any()
}

fn row(rate: ExchangeRate) -> AnyView {
    let quote = t_with(
        "rate-quote",
        &arguments! {
            "base" => rate.base.code(),
            "rate" => format::decimal(rate.rate, digits(rate.rate)),
            "currency" => rate.currency.code(),
        },
    );
    let source = if rate.source == "manual" {
        t("rate-manual")
    } else {
        rate.source
    };
    view! {
        <tr>
            <th scope="row" class="font-normal">
                {format::day(rate.on)}
            </th>
            <td class="cell-number">{quote}</td>
            <td class="max-md:hidden text-faint">{source}</td>
        </tr>
    }
    .into_any()
}
