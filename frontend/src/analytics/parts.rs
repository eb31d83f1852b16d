//! Small parts that several reports share.

use etalon_domain::analytics::{Interval, Preset, RowsQuery, WinRateRow};
use etalon_domain::endpoint::ReportQuery;
use etalon_domain::money::Money as Amount;
use leptos::prelude::*;

use super::rows::RowsLink;
use super::scope::{counts_own, report_href, rows_text};
use crate::address::use_changes;
use crate::i18n::{format, t, t_count, words};
use crate::routes::paths;
use crate::ui::{Money, Popover, icon};

/// What stands for an undefined number.
pub(super) const DASH: &str = "–";

/// What a number means, one press away.
#[component]
pub(super) fn Definition(
    /// The text.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let trigger = view! {
        <button
            type="button"
            class="btn btn-ghost btn-square definition-button"
            aria-expanded=move || open.get().to_string()
            aria-label=t("analytics-definition")
            title=t("analytics-definition")
            on:click=move |_| open.update(|open| *open = !*open)
        >
            {icon!("circle-question-mark")}
        </button>
    }
    .into_any();
    view! {
        <Popover open trigger class="popover-box definition">
            <p>{text.clone()}</p>
        </Popover>
    }
    .into_any()
}

/// A large number with its name above and a note below.
pub(super) fn figure(label: String, value: AnyView, note: AnyView, definition: &str) -> AnyView {
    let definition = (!definition.is_empty()).then(|| view! { <Definition text=t(definition) /> });
    view! {
        <div class="figure">
            <dt>
                {label}
                {definition}
            </dt>
            <dd>{value}</dd>
            <dd class="figure-note">{note}</dd>
        </div>
    }
    .into_any()
}

/// A share in percent, or a dash.
pub(super) fn rate(share: Option<f64>) -> String {
    share.map_or_else(|| DASH.to_owned(), |share| format::share(share, 1))
}

/// A ratio such as 2.4, or a dash.
pub(super) fn times(ratio: Option<f64>) -> String {
    ratio.map_or_else(
        || DASH.to_owned(),
        |ratio| format!("{}×", format::decimal(ratio, 2)),
    )
}

/// Days with one decimal, or a dash.
pub(super) fn days(days: Option<f64>) -> String {
    days.map_or_else(|| DASH.to_owned(), |days| format::decimal(days, 1))
}

/// A count that opens its rows; zero opens nothing.
pub(super) fn count(count: i64, report: &ReportQuery, rows: RowsQuery) -> AnyView {
    if count == 0 {
        return view! { <span class="text-faint">{format::number(0)}</span> }.into_any();
    }
    let rows = rows_text(report, &rows);
    view! { <RowsLink rows>{format::number(count)}</RowsLink> }.into_any()
}

/// A sum that opens its rows; nothing and zero open nothing.
pub(super) fn sum(sum: Option<Amount>, report: &ReportQuery, rows: RowsQuery) -> AnyView {
    match sum {
        Some(money) if money.minor != 0 => {
            let rows = rows_text(report, &rows);
            view! {
                <RowsLink rows>
                    <Money value=money compact=true />
                </RowsLink>
            }
            .into_any()
        }
        other => {
            view! { <span class="text-faint"><Money value=other compact=true /></span> }.into_any()
        }
    }
}

/// A target that opens the months it was made of, in the grid of the same people and departments.
pub(super) fn target(target: Option<Amount>, report: &ReportQuery) -> AnyView {
    let value = view! { <Money value=target compact=true /> };
    if target.is_none() {
        return view! { <span class="text-faint">{value}</span> }.into_any();
    }
    let mut report = report.clone();
    let period = &mut report.period;
    if period.period.is_none() && period.from.is_none() {
        // The usual one is named, so that its months are marked.
        period.period = Some(Preset::ThisQuarter);
    }
    let href = report_href(paths::TARGETS, &report);
    view! { <a class="rows-link" href=href>{value}</a> }.into_any()
}

/// A figure that is no sum, and opens the rows that it was computed from; a dash opens nothing.
pub(super) fn linked(text: String, report: &ReportQuery, rows: RowsQuery) -> AnyView {
    if text == DASH {
        return text.into_any();
    }
    let rows = rows_text(report, &rows);
    view! { <RowsLink rows>{text}</RowsLink> }.into_any()
}

/// An interval of a share in words.
pub(super) fn interval_text(interval: Option<Interval>) -> String {
    interval.map_or_else(
        || DASH.to_owned(),
        |found| {
            let low = format::share(found.low, 0);
            format!("{low} – {}", format::share(found.high, 0))
        },
    )
}

/// A share with its interval as a small picture on a line from 0 to 100 %.
pub(super) fn interval_bar(share: Option<f64>, interval: Option<Interval>) -> AnyView {
    let (Some(share), Some(found)) = (share, interval) else {
        return view! { <span class="text-faint">{DASH}</span> }.into_any();
    };
    let (low, high) = (found.low * 100.0, found.high * 100.0);
    let band = format!("left: {low:.1}%; width: {:.1}%", high - low);
    view! {
        <span class="interval" title=interval_text(interval)>
            <i class="interval-band" style=band></i>
            <i class="interval-point" style=format!("left: {:.1}%", share * 100.0)></i>
        </span>
    }
    .into_any()
}

/// The heads of the columns of a win rate: won, lost, the rate and its interval.
pub(super) fn rate_heads() -> AnyView {
    view! {
        <th scope="col" class="cell-number">{t("rows-part-won")}</th>
        <th scope="col" class="cell-number">{t("rows-part-lost")}</th>
        <th scope="col" class="cell-number">{t("win-rate")}</th>
        <th scope="col">{t("interval")}</th>
        <th scope="col" class="cell-number max-md:hidden">{t("interval-range")}</th>
    }
    .into_any()
}

/// The cells below them.
pub(super) fn rate_cells(
    won: AnyView,
    lost: AnyView,
    by_count: Option<f64>,
    interval: Option<Interval>,
) -> AnyView {
    view! {
        <td class="cell-number">{won}</td>
        <td class="cell-number">{lost}</td>
        <td class="cell-number">{rate(by_count)}</td>
        <td>{interval_bar(by_count, interval)}</td>
        <td class="cell-number max-md:hidden">{interval_text(interval)}</td>
    }
    .into_any()
}

/// How much of a target is met, as a bar; nothing without a target.
pub(super) fn attainment_bar(attainment: Option<f64>) -> AnyView {
    let Some(part) = attainment else {
        return view! { <span class="text-faint">{DASH}</span> }.into_any();
    };
    let width = format!("width: {:.1}%", (part * 100.0).clamp(0.0, 100.0));
    let is_met = part >= 1.0;
    view! {
        <span class="attainment">
            <span class="attainment-bar" aria-hidden="true">
                <i class:is-met=is_met style=width></i>
            </span>
            <span class="attainment-text">{format::share(part, 0)}</span>
        </span>
    }
    .into_any()
}

/// The key of a row of the win rate in words.
pub(super) fn key_name(row: &WinRateRow) -> String {
    row.name
        .clone()
        .or_else(|| row.key.clone())
        .unwrap_or_else(|| t("not-set"))
}

/// How many deals have no known rate and are in no sum.
pub(super) fn unconverted_note(unconverted: i64) -> Option<AnyView> {
    (unconverted > 0).then(|| {
        view! {
            <p class="analytics-note">{t_count("totals-unconverted", unconverted)}</p>
        }
        .into_any()
    })
}

/// That only the reader's own deals count towards the target, where he sees those of colleagues too.
pub(super) fn own_note(target: Option<Amount>, report: &ReportQuery) -> Option<AnyView> {
    counts_own(target, report)
        .then(|| view! { <p class="analytics-note">{t("target-own")}</p> }.into_any())
}

/// Chooses one of a few by links, as one control. The choice stands in the address under `name`; the
/// first one is the usual and stands there as nothing.
#[component]
pub(super) fn Segments(
    /// What is chosen, read aloud.
    #[prop(into)]
    label: String,
    /// Name in the address.
    name: &'static str,
    /// Value and name of each choice.
    choices: Vec<(&'static str, String)>,
    /// The present value.
    #[prop(into)]
    present: Signal<&'static str>,
) -> impl IntoView {
    let changes = use_changes();
    let usual = choices.first().map_or("", |(value, _)| *value);
    let links = choices
        .into_iter()
        .map(|(value, shown)| {
            let href = move || changes.href(&[(name, (value != usual).then_some(value))]);
            view! {
                <a href=href aria-current=move || (present.get() == value).then_some("true")>
                    {shown}
                </a>
            }
        })
        .collect_view();
    view! {
        <div class="segments" role="group" aria-label=label>
            {links}
        </div>
    }
    .into_any()
}

/// The words of a closed set as choices.
pub(super) fn choices<T: Copy>(
    all: &[T],
    code: fn(T) -> &'static str,
    prefix: &str,
) -> Vec<(&'static str, String)> {
    all.iter()
        .map(|each| (code(*each), words::word(prefix, code(*each))))
        .collect()
}
