//! Who leads.

use etalon_domain::analytics::{
    Dimension, Leader, LeaderKind, LeaderMeasure, Leaderboard, Preset, RowsQuery, RowsReport,
};
use etalon_domain::endpoint::{GetLeaderboard, LeaderOptions, ReportQuery};
use etalon_domain::policy::Reach;
use leptos::prelude::*;

use super::activity_rows::{ActivityRowsPanel, activities_of};
use super::bar::ScopeBar;
use super::chart::{Chart, Form, Plot, Point, Unit};
use super::frame::Report;
use super::parts::{Segments, attainment_bar, choices, count, sum, target, unconverted_note};
use super::scope::{about_period, manager_href, narrowed, rows_text, use_report};
use crate::address::{use_changes, use_choice, use_value};
use crate::i18n::{arguments, format, t, t_with, words};
use crate::query::use_query;
use crate::records::{answered, person};
use crate::routes::paths;
use crate::session;
use crate::ui::{EmptyState, TableFrame, icon};

/// The periods that are one press away.
const QUICK: [Preset; 4] = [
    Preset::ThisWeek,
    Preset::ThisMonth,
    Preset::ThisQuarter,
    Preset::ThisYear,
];

/// People or departments in order of what they achieved.
#[component]
pub(super) fn LeaderboardPage() -> impl IntoView {
    let report = use_report();
    let measure = use_choice("measure", LeaderMeasure::WonAmount);
    let by = use_choice("by", LeaderKind::Person);
    let query = use_query(move || {
        Some(GetLeaderboard {
            report: report.get(),
            options: LeaderOptions {
                by: Some(by.get()),
                measure: Some(measure.get()),
            },
        })
    });
    let of = use_value("of");
    let of_one = Memo::new(move |_| match of.get() {
        Some(id) => own_report(&report.get(), by.get(), &id),
        None => report.get(),
    });
    let content = answered(query, 8, move |board: Leaderboard| {
        if board.leaders.is_empty() {
            return view! {
                <EmptyState
                    picture=icon!("trophy")
                    title=t("leaders-empty-title")
                    text=t("leaders-empty-text")
                />
            }
            .into_any();
        }
        body(&board, &report.get_untracked())
    });
    view! {
        <Report path=paths::LEADERBOARD>
            <ScopeBar />
            <div class="report-row">
                <QuickPeriods report />
                <Segments
                    label=t("leaders-measure")
                    name="measure"
                    choices=choices(LeaderMeasure::ALL, LeaderMeasure::as_str, "leaders")
                    present=Signal::derive(move || measure.get().as_str())
                />
                <Segments
                    label=t("leaders-by")
                    name="by"
                    choices=choices(LeaderKind::ALL, LeaderKind::as_str, "leaders-by")
                    present=Signal::derive(move || by.get().as_str())
                />
            </div>
            {seen_only()}
            {content}
        </Report>
        <ActivityRowsPanel report=of_one />
    }
    .into_any()
}

/// Says that there are deals which the reader does not see, and which are in no place.
fn seen_only() -> Option<AnyView> {
    session::may(|actor| actor.reach != Reach::All)
        .then(|| view! { <p class="analytics-note">{t("leaders-seen-only")}</p> }.into_any())
}

/// Week, month, quarter, year; on a phone the menu of periods is near enough.
#[component]
fn QuickPeriods(
    /// The present report.
    report: Memo<ReportQuery>,
) -> impl IntoView {
    let changes = use_changes();
    let links = QUICK
        .into_iter()
        .map(|preset| {
            let href = move || {
                changes.href(&[
                    ("period", Some(preset.as_str())),
                    ("from", None),
                    ("to", None),
                ])
            };
            let is_present = move || {
                let period = report.get().period;
                period.from.is_none() && period.period.unwrap_or(Preset::ThisQuarter) == preset
            };
            view! {
                <a href=href aria-current=move || is_present().then_some("true")>
                    {words::word("quick", preset.as_str())}
                </a>
            }
        })
        .collect_view();
    view! {
        <div class="segments max-md:hidden" role="group" aria-label=t("analytics-period")>
            {links}
        </div>
    }
    .into_any()
}

/// How many places the picture shows.
const DRAWN: usize = 12;

fn body(board: &Leaderboard, report: &ReportQuery) -> AnyView {
    let unconverted = board.leaders.iter().map(|leader| leader.unconverted).sum();
    let title = words::word("leaders-by", board.by.as_str());
    let title = format!(
        "{title}: {}",
        words::word("leaders", board.measure.as_str())
    );
    let plot = Signal::stored(plot(board, report));
    view! {
        {unconverted_note(unconverted)}
        <div class="report-cards">
            <section class="card-box">
                <Chart title plot />
            </section>
        </div>
        {table(board, report)}
    }
    .into_any()
}

/// The first places by what decides.
fn plot(board: &Leaderboard, report: &ReportQuery) -> Plot {
    let drawn = &board.leaders[..board.leaders.len().min(DRAWN)];
    let unit = match board.measure {
        LeaderMeasure::WonAmount => Unit::Money,
        LeaderMeasure::Wins | LeaderMeasure::Activities => Unit::Count,
        LeaderMeasure::Attainment => Unit::Share,
    };
    let points: Vec<Point> = drawn
        .iter()
        .map(|leader| {
            let point = match board.measure {
                LeaderMeasure::WonAmount => Point::money(Some(leader.won_amount)),
                LeaderMeasure::Wins => Point::count(leader.wins),
                // These open a list of their own, below.
                LeaderMeasure::Activities => return Point::count(leader.activities),
                LeaderMeasure::Attainment => Point::share(leader.attainment),
            };
            let own = own_report(report, board.by, &leader.id);
            point.behind(rows_text(&own, &won_rows()))
        })
        .collect();
    let names = drawn.iter().map(|leader| leader.name.clone()).collect();
    let measure = words::word("leaders", board.measure.as_str());
    let head = words::word("leaders-by", board.by.as_str());
    let mut plot = Plot::new(head, names, unit)
        .about(about_period(report))
        .with(measure, Form::Bars, "1", points);
    plot.lying = true;
    plot.sum_up();
    plot
}

/// The rows of what was won.
pub(super) fn won_rows() -> RowsQuery {
    RowsQuery {
        report: Some(RowsReport::Leaderboard),
        ..RowsQuery::default()
    }
}

fn table(board: &Leaderboard, report: &ReportQuery) -> AnyView {
    let rows = board
        .leaders
        .iter()
        .map(|leader| row(leader, board.by, report))
        .collect_view();
    let (by, present) = (board.by, board.measure);
    let head = move |label: &'static str, measure: LeaderMeasure| {
        let sort = (present == measure).then_some("descending");
        view! {
            <th scope="col" class="cell-number" aria-sort=sort>
                {t(label)}
            </th>
        }
    };
    view! {
        <div class="report-table">
            <TableFrame label=t("report-leaderboard")>
                <thead>
                    <tr>
                        <th scope="col">{words::word("leaders-by", by.as_str())}</th>
                        {head("leaders-won-amount", LeaderMeasure::WonAmount)}
                        {head("leaders-wins", LeaderMeasure::Wins)}
                        {head("leaders-activities", LeaderMeasure::Activities)}
                        <th scope="col" class="cell-number max-md:hidden">
                            {t("forecast-target")}
                        </th>
                        <th scope="col">{t("forecast-attainment")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </TableFrame>
        </div>
    }
    .into_any()
}

/// How a place has changed since the period before.
pub(super) fn movement(leader: &Leader) -> AnyView {
    let Some(before) = leader.previous_rank else {
        return view! { <span class="movement" title=t("leaders-new")></span> }.into_any();
    };
    let steps = before - leader.rank;
    let (class, mark, id) = match steps {
        1.. => ("movement is-up", icon!("trending-up"), "leaders-up"),
        0 => ("movement", icon!("minus"), "leaders-same"),
        _ => ("movement is-down", icon!("trending-down"), "leaders-down"),
    };
    let text = t_with(
        id,
        &arguments! { "steps" => format::number(steps.abs()), "before" => format::number(before) },
    );
    view! {
        <span class=class title=text.clone()>
            {mark}
            <span class="sr-only">{text.clone()}</span>
        </span>
    }
    .into_any()
}

/// The report of one person or department by itself.
fn own_report(report: &ReportQuery, kind: LeaderKind, id: &str) -> ReportQuery {
    let split = match kind {
        LeaderKind::Person => Dimension::Owner,
        LeaderKind::Department => Dimension::Department,
    };
    narrowed(report, split, Some(id))
}

fn row(leader: &Leader, kind: LeaderKind, report: &ReportQuery) -> AnyView {
    let own = own_report(report, kind, &leader.id);
    let name = if leader.opens_card {
        let href = manager_href(&leader.id, report);
        view! { <a class="cell-title" href=href>{person(Some(leader.name.clone()))}</a> }.into_any()
    } else if kind == LeaderKind::Person {
        person(Some(leader.name.clone()))
    } else {
        view! { <span class="font-medium">{leader.name.clone()}</span> }.into_any()
    };
    view! {
        <tr>
            <th scope="row" class="cell-main font-normal">
                <span class="leader">
                    <span class="leader-rank" class:is-first=leader.rank == 1>
                        {format::number(leader.rank)}
                    </span>
                    {movement(leader)}
                    <span class="min-w-0">
                        {name}
                        <span class="cell-under max-md:hidden">{leader.department_name.clone()}</span>
                    </span>
                </span>
            </th>
            <td class="cell-number">{sum(Some(leader.won_amount), &own, won_rows())}</td>
            <td class="cell-number">{count(leader.wins, &own, won_rows())}</td>
            <td class="cell-number">{activities_of("done", Some(&leader.id), leader.activities)}</td>
            <td class="cell-number max-md:hidden">{target(leader.target, &own)}</td>
            <td>{attainment_bar(leader.attainment)}</td>
        </tr>
    }
    .into_any()
}
