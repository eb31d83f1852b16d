use etalon_domain::endpoint::ListCurrencies;
use etalon_domain::policy;
use etalon_domain::rate::CurrencyInfo;
use leptos::prelude::*;

use super::frame::SettingsHead;
use super::rate_form::NewRate;
use super::rate_list::RateList;
use super::rates_import::RatesImport;
use crate::address::{use_changes, use_value};
use crate::i18n::{arguments, format, t, t_with};
use crate::query::use_query;
use crate::routes::paths;
use crate::session;
use crate::ui::{Badge, Button, EmptyState, ErrorState, Look, SkeletonRows, TableFrame, icon};

/// Exchange rates: what the currencies in use are worth today, and every published rate.
#[component]
pub fn RatesPage() -> impl IntoView {
    let changes = use_changes();
    let adding = use_value("new");
    let may_manage = session::may(policy::may_manage_company);
    let base = session::me().map_or("", |me| me.base_currency.code());
    view! {
        <SettingsHead path=paths::RATES>
            {may_manage
                .then(|| {
                    view! {
                        <RatesImport />
                        <Button
                            look=Look::Primary
                            on_press=move |()| changes.apply(&[("new", Some("rate"))])
                        >
                            {icon!("plus")}
                            {t("rate-add")}
                        </Button>
                    }
                })}
        </SettingsHead>
        <div class="settings-body">
            <section aria-label=t("rates-today")>
                <h2 class="section-title">{t("rates-today")}</h2>
                <p class="text-soft card-lead">
                    {t_with("rates-today-text", &arguments! { "base" => base })}
                </p>
                <Today />
            </section>
            <section aria-label=t("rates-published")>
                <h2 class="section-title">{t("rates-published")}</h2>
                <RateList />
            </section>
        </div>
        <Show when=move || adding.get().as_deref() == Some("rate")>
            <NewRate on_close=move |()| changes.apply(&[("new", None)]) />
        </Show>
    }
    .into_any()
}

/// The currencies that have a rate today.
#[component]
fn Today() -> impl IntoView {
    let query = use_query(|| Some(ListCurrencies));
    let known = Memo::new(move |_| {
        let items = query.data.get()?.items;
        let known = items
            .into_iter()
            .filter(|c| c.is_base || c.rate_to_base.is_some());
        let mut known: Vec<_> = known.collect();
        known.sort_by_key(|c| (!c.is_base, c.code.code()));
        Some(known)
    });
    move || match known.get() {
        None => match query.failure.get() {
            Some(failure) => {
                view! { <ErrorState failure on_retry=move |()| query.retry() /> }.into_any()
            }
            None => view! { <SkeletonRows rows=4 /> }.into_any(),
        },
        Some(known) if known.len() < 2 => view! {
            <EmptyState
                picture=icon!("coins")
                title=t("rates-empty-title")
                text=t("rates-empty-text")
            />
        }
        .into_any(),
        Some(known) => table(known),
    }
}

fn table(known: Vec<CurrencyInfo>) -> AnyView {
    let rows = known
        .into_iter()
        .map(|currency| {
            let rate = currency
                .rate_to_base
                .map(|rate| format::decimal(rate, digits(rate)));
            let on = currency.rate_on.map(format::day);
            view! {
                <tr>
                    <th scope="row">
                        <span class="currency-code">{currency.code.code()}</span>
                        <span class="max-sm:hidden font-normal">
                            {format::currency_name(currency.code)}
                        </span>
                    </th>
                    {if currency.is_base {
                        view! {
                            <td colspan="2" class="cell-number">
                                <Badge>{t("rate-base")}</Badge>
                            </td>
                        }
                            .into_any()
                    } else {
                        view! {
                            <td class="cell-number">{rate}</td>
                            <td class="cell-number text-faint">{on}</td>
                        }
                            .into_any()
                    }}
                </tr>
            }
        })
        .collect_view();
    view! {
        <TableFrame label=t("rates-today")>
            <thead>
                <tr>
                    <th scope="col">{t("field-currency")}</th>
                    <th scope="col" class="cell-number">
                        {t("column-rate")}
                    </th>
                    <th scope="col" class="cell-number">
                        {t("column-rate-on")}
                    </th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </TableFrame>
    }
    .into_any()
}

/// How many decimals tell rates of this size apart.
pub(super) fn digits(rate: f64) -> u32 {
    if rate >= 100.0 {
        2
    } else if rate >= 0.1 {
        4
    } else {
        6
    }
}
