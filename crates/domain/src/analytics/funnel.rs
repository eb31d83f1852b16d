//! The funnel in its three explicit definitions.

use serde::{Deserialize, Serialize};

use super::fullness::Fullness;
use super::stats::{round, share};
use crate::id::UserId;
use crate::money::Money;
use crate::stage::Stages;

text_enum! {
    /// What a funnel counts.
    pub enum FunnelMode {
        /// The deals that are in each stage at the end of a day.
        Snapshot = "snapshot",
        /// What became, by the end of a period, of the deals that entered each stage in it.
        Flow = "flow",
        /// How far the deals that were created in a period have come.
        Cohort = "cohort",
    }
}

/// A part of the deals of a row that belongs to one owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnerPart {
    /// The owner at the moment that is counted.
    pub id: UserId,
    /// The owner's name.
    pub name: String,
    /// How many of the deals.
    pub deals: i64,
    /// Sum of their amounts in the base currency.
    pub amount: Money,
}

/// One row of a funnel. What a mode does not define is `null`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FunnelStage {
    /// Code of the stage; `won` is the last row.
    pub stage: String,
    /// Its name in the reader's language.
    pub name: String,
    /// How many deals: in the stage (snapshot), entered (flow), reached (cohort).
    pub deals: i64,
    /// Sum of their amounts in the base currency at the moment that is counted: open deals at the
    /// rate of that day, closed ones at the rate of their closing.
    pub amount: Money,
    /// Deals with an amount for which no exchange rate is known: counted, but in no sum.
    pub unconverted: i64,
    /// Snapshot: sum of amount × probability.
    pub weighted: Option<Money>,
    /// Flow: deals that entered the stage in the period, each once.
    pub entered: Option<i64>,
    /// Flow: of those, whose last stay led on to a later stage or to a win.
    pub advanced: Option<i64>,
    /// Flow: of those, whose last stay ended in an earlier stage.
    pub returned: Option<i64>,
    /// Flow: of those, closed without winning.
    pub closed: Option<i64>,
    /// Flow: of those, still there at the end of the period.
    pub remaining: Option<i64>,
    /// Cohort: deals that ever reached this stage or a later one.
    pub reached: Option<i64>,
    /// Cohort: of those, still open at the end of the day as of which it is told.
    pub still_open: Option<i64>,
    /// Cohort: of those, never in this stage itself.
    pub skipped: Option<i64>,
    /// Flow: advanced / entered, a fraction rounded to six places.
    pub conversion_to_next: Option<f64>,
    /// Cohort: reached / reached of the stage before; of itself in the first.
    pub conversion_from_previous: Option<f64>,
    /// Cohort: reached / reached of the first stage.
    pub conversion_from_first: Option<f64>,
    /// Snapshot: mean age of the deals in days since their creation; `null` for `won`. Flow: mean days of the stays
    /// that began in the period and ended by its end. Rounded to six places.
    pub average_days: Option<f64>,
    /// Snapshot: deals without a touch for longer than the stage's limit; `null` for `won`.
    pub rotting: Option<i64>,
    /// The deals by owner, the largest amount first.
    pub owners: Vec<OwnerPart>,
}

/// A funnel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Funnel {
    /// What it counts.
    pub mode: FunnelMode,
    /// First day of the period; a snapshot uses it for `fullness` only.
    pub from: chrono::NaiveDate,
    /// Last day of the period.
    pub to: chrono::NaiveDate,
    /// The day at whose end it is told.
    pub as_of: chrono::NaiveDate,
    /// The stages of the work in order, then `won`.
    pub stages: Vec<FunnelStage>,
    /// All its deals; `null` for a flow, in which a deal enters several stages.
    pub deals: Option<i64>,
    /// Sum of their amounts; `null` for a flow.
    pub amount: Option<Money>,
    /// Deals with an amount for which no exchange rate is known: counted, but in no sum.
    pub unconverted: i64,
    /// Whether enough is open to meet the target; `null` when the deals are narrowed by more than
    /// owner and department.
    pub fullness: Option<Fullness>,
}

/// Deals of one funnel that have the same place, way, end and owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Snapshot and flow: the stage. Cohort: the codes of the stages ever visited, `/` between them.
    pub key: String,
    /// Snapshot: nothing. Flow: how the stay ended. Cohort: whether the deal is open.
    pub part: Part,
    /// The owner at the moment that is counted.
    pub owner: String,
    /// How many.
    pub deals: i64,
    /// Sum of their amounts in minor units of the base currency.
    pub amount: i64,
    /// Sum of amount × probability, each rounded.
    pub weighted: i64,
    /// Sum of their whole days: of age (snapshot), of the ended stays (flow).
    pub days: i64,
    /// How many have an amount but no rate.
    pub unconverted: i64,
}

/// What else is told of a tally.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// In the stage.
    There,
    /// Flow: led on.
    Advanced,
    /// Flow: led back.
    Returned,
    /// Flow: closed without winning.
    Closed,
    /// Flow: still there.
    Remaining,
    /// Cohort: open.
    Open,
    /// Cohort: closed.
    Ended,
}

/// What belongs to one row of a funnel.
#[derive(Clone, Debug, Default)]
struct Sums {
    deals: i64,
    amount: i64,
    weighted: i64,
    days: i64,
    advanced: i64,
    returned: i64,
    closed: i64,
    remaining: i64,
    still_open: i64,
    skipped: i64,
    unconverted: i64,
    owners: std::collections::BTreeMap<String, (i64, i64)>,
}

impl Sums {
    fn add(&mut self, tally: &Tally) {
        self.deals += tally.deals;
        self.amount += tally.amount;
        self.weighted += tally.weighted;
        self.unconverted += tally.unconverted;
        let ended = matches!(tally.part, Part::Advanced | Part::Returned | Part::Closed);
        if tally.part == Part::There || ended {
            self.days += tally.days;
        }
        let part = match tally.part {
            Part::There | Part::Ended => None,
            Part::Advanced => Some(&mut self.advanced),
            Part::Returned => Some(&mut self.returned),
            Part::Closed => Some(&mut self.closed),
            Part::Remaining => Some(&mut self.remaining),
            Part::Open => Some(&mut self.still_open),
        };
        if let Some(part) = part {
            *part += tally.deals;
        }
        let owner = self.owners.entry(tally.owner.clone()).or_default();
        owner.0 += tally.deals;
        owner.1 += tally.amount;
    }
}

/// What the rows of a funnel are made with.
pub struct Frame<'a> {
    /// All stages, in the order in which they are shown.
    pub stages: &'a Stages,
    /// The name of a stage.
    pub stage_name: &'a dyn Fn(&str) -> String,
    /// The name of a person.
    pub person: &'a dyn Fn(&str) -> String,
    /// The currency of all sums.
    pub base: crate::money::Currency,
}

impl Frame<'_> {
    /// The codes of the rows: the stages of the work, then the win.
    #[must_use]
    pub fn rows(&self) -> Vec<String> {
        let open = self.stages.open().map(|stage| stage.code.clone());
        open.chain(std::iter::once("won".to_owned())).collect()
    }

    fn row(&self, code: &str, sums: &Sums) -> FunnelStage {
        let money = |minor| Money::new(minor, self.base);
        let mut owners: Vec<OwnerPart> = (sums.owners.iter())
            .map(|(id, (deals, amount))| OwnerPart {
                id: UserId::new(id.clone()),
                name: (self.person)(id),
                deals: *deals,
                amount: money(*amount),
            })
            .collect();
        owners.sort_by(|a, b| {
            (b.amount.minor.cmp(&a.amount.minor))
                .then(b.deals.cmp(&a.deals))
                .then_with(|| a.name.cmp(&b.name))
                .then_with(|| a.id.cmp(&b.id))
        });
        FunnelStage {
            stage: code.to_owned(),
            name: (self.stage_name)(code),
            deals: sums.deals,
            amount: money(sums.amount),
            unconverted: sums.unconverted,
            weighted: None,
            entered: None,
            advanced: None,
            returned: None,
            closed: None,
            remaining: None,
            reached: None,
            still_open: None,
            skipped: None,
            conversion_to_next: None,
            conversion_from_previous: None,
            conversion_from_first: None,
            average_days: None,
            rotting: None,
            owners,
        }
    }
}

/// What the rows say together.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// The rows.
    pub stages: Vec<FunnelStage>,
    /// All deals of the mode, each once.
    pub deals: i64,
    /// Sum of their amounts, in minor units.
    pub amount: i64,
    /// Deals without a known rate.
    pub unconverted: i64,
}

/// The rows of a snapshot: `rotting` tells how many rot in a stage.
#[must_use]
pub fn snapshot(frame: &Frame<'_>, tallies: &[Tally], rotting: impl Fn(&str) -> i64) -> Rows {
    gathered(frame, tallies, |code, sums, row| {
        row.weighted = Some(Money::new(sums.weighted, frame.base));
        // What was won does not grow older.
        row.average_days = (code != "won")
            .then(|| average(sums.days, sums.deals))
            .flatten();
        row.rotting = (code != "won").then(|| rotting(code));
    })
}

/// The rows of a flow.
#[must_use]
pub fn flow(frame: &Frame<'_>, tallies: &[Tally]) -> Rows {
    gathered(frame, tallies, |code, sums, row| {
        row.entered = Some(sums.deals);
        row.advanced = Some(sums.advanced);
        row.returned = Some(sums.returned);
        row.closed = Some(sums.closed);
        row.remaining = Some(sums.remaining);
        row.conversion_to_next = (code != "won")
            .then(|| share(sums.advanced, sums.deals))
            .flatten();
        let ended = sums.advanced + sums.returned + sums.closed;
        row.average_days = average(sums.days, ended);
    })
}

fn gathered(
    frame: &Frame<'_>,
    tallies: &[Tally],
    fill: impl Fn(&str, &Sums, &mut FunnelStage),
) -> Rows {
    let mut rows = Rows {
        stages: Vec::new(),
        deals: 0,
        amount: 0,
        unconverted: 0,
    };
    for code in frame.rows() {
        let mut sums = Sums::default();
        for tally in tallies.iter().filter(|tally| tally.key == code) {
            sums.add(tally);
        }
        let mut row = frame.row(&code, &sums);
        fill(&code, &sums, &mut row);
        rows.deals += sums.deals;
        rows.amount += sums.amount;
        rows.unconverted += sums.unconverted;
        rows.stages.push(row);
    }
    rows
}

/// The rows of a cohort: each tally's key is the way of its deals. A deal that reached a stage counts
/// as having reached the earlier ones; a win has reached all.
#[must_use]
pub fn cohort(frame: &Frame<'_>, tallies: &[Tally]) -> Rows {
    let codes = frame.rows();
    let mut sums = vec![Sums::default(); codes.len()];
    let (mut deals, mut amount, mut unconverted) = (0, 0, 0);
    for tally in tallies {
        deals += tally.deals;
        amount += tally.amount;
        unconverted += tally.unconverted;
        for (at, sums) in sums.iter_mut().enumerate() {
            if !has_reached(&tally.key, &codes[at..]) {
                break;
            }
            sums.add(tally);
            if !has_visited(&tally.key, &codes[at]) {
                sums.skipped += tally.deals;
            }
        }
    }
    let reached: Vec<i64> = sums.iter().map(|sums| sums.deals).collect();
    let stages = (codes.iter().zip(&sums).enumerate())
        .map(|(at, (code, sums))| {
            let mut row = frame.row(code, sums);
            row.reached = Some(sums.deals);
            row.still_open = Some(sums.still_open);
            row.skipped = Some(sums.skipped);
            // Nothing comes before the first row: all that reached it did.
            row.conversion_from_previous = share(sums.deals, reached[at.saturating_sub(1)]);
            row.conversion_from_first = share(sums.deals, reached[0]);
            row
        })
        .collect();
    Rows {
        stages,
        deals,
        amount,
        unconverted,
    }
}

/// Whether a way has been in a stage.
#[must_use]
pub fn has_visited(way: &str, stage: &str) -> bool {
    way.split('/').any(|code| code == stage)
}

/// Whether a way has been in one of these stages.
#[must_use]
pub fn has_reached(way: &str, stages: &[String]) -> bool {
    (way.split('/')).any(|code| stages.iter().any(|stage| stage == code))
}

fn average(days: i64, deals: i64) -> Option<f64> {
    (deals > 0).then(|| round(days as f64 / deals as f64, 6))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::money::Currency;

    pub(in crate::analytics) fn frame(stages: &Stages) -> Frame<'_> {
        Frame {
            stages,
            stage_name: &str::to_owned,
            person: &str::to_owned,
            base: Currency::from_code("USD").unwrap(),
        }
    }

    pub(in crate::analytics) fn stages() -> Stages {
        let work = ["a", "b", "c", "d"].map(|code| crate::stage::Stage {
            code: code.to_owned(),
            position: i32::from(code.as_bytes()[0]),
            ..crate::stage::reference().all()[0].clone()
        });
        Stages::new(work.into_iter().chain(crate::stage::ends()).collect())
    }

    fn way(key: &str, part: Part, deals: i64) -> Tally {
        Tally {
            key: key.to_owned(),
            part,
            owner: "o".to_owned(),
            deals,
            amount: 0,
            weighted: 0,
            days: 0,
            unconverted: 0,
        }
    }

    /// The worked example of the definition: reached 20, 12, 6, 3, won 2.
    #[test]
    fn a_cohort_converts_as_in_the_worked_example() {
        let stages = stages();
        let rows = cohort(
            &frame(&stages),
            &[
                way("a/lost", Part::Ended, 8),
                way("a/b", Part::Open, 6),
                way("a/b/c", Part::Open, 3),
                way("a/b/c/d/lost", Part::Ended, 1),
                way("a/b/c/d/won", Part::Ended, 2),
            ],
        );
        let reached: Vec<_> = rows.stages.iter().map(|row| row.reached.unwrap()).collect();
        assert_eq!(reached, [20, 12, 6, 3, 2]);
        let previous: Vec<_> = rows
            .stages
            .iter()
            .map(|row| row.conversion_from_previous)
            .collect();
        assert_eq!(
            previous,
            [Some(1.0), Some(0.6), Some(0.5), Some(0.5), Some(0.666_667)]
        );
        let first: Vec<_> = rows
            .stages
            .iter()
            .map(|row| row.conversion_from_first.unwrap())
            .collect();
        assert_eq!(first, [1.0, 0.6, 0.3, 0.15, 0.1]);
        assert_eq!(rows.stages[0].still_open, Some(9));
        assert_eq!(rows.deals, 20);
    }

    #[test]
    fn a_skipped_stage_is_reached_but_told_as_skipped() {
        let stages = stages();
        let rows = cohort(
            &frame(&stages),
            &[way("a/d", Part::Open, 2), way("won", Part::Ended, 1)],
        );
        let skipped: Vec<_> = rows.stages.iter().map(|row| row.skipped.unwrap()).collect();
        assert_eq!(skipped, [1, 3, 3, 1, 0]);
        let reached: Vec<_> = rows.stages.iter().map(|row| row.reached.unwrap()).collect();
        assert_eq!(reached, [3, 3, 3, 3, 1]);
    }

    #[test]
    fn the_four_parts_of_a_flow_sum_to_what_entered() {
        let stages = stages();
        let rows = flow(
            &frame(&stages),
            &[
                way("a", Part::Advanced, 5),
                way("a", Part::Returned, 1),
                way("a", Part::Closed, 3),
                way("a", Part::Remaining, 2),
            ],
        );
        let row = &rows.stages[0];
        let parts = [row.advanced, row.returned, row.closed, row.remaining];
        assert_eq!(row.entered, Some(11));
        assert_eq!(parts.into_iter().flatten().sum::<i64>(), 11);
        assert_eq!(row.conversion_to_next, Some(0.454_545));
    }
}
