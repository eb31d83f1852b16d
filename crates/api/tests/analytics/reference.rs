//! What the reports must say, by plain loops over everything that happened.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use etalon_domain::analytics::{AnalyticsFilter, Period};
use etalon_domain::deal::{Deal, DealStatus};
use etalon_domain::id::DealId;
use etalon_domain::policy::{Actor, Reach};
use etalon_persistence::zone::{day_at, day_start, zone};

use super::world::{History, Instant, State, World, is_open, rate_on};

pub const STAGES: [&str; 8] = [
    "potential",
    "needs",
    "presentation",
    "key_contacts",
    "proposal",
    "negotiation",
    "contracting",
    "won",
];

/// The days without a touch after which a deal rots, by stage.
const LIMITS: [i64; 7] = [7, 14, 14, 14, 21, 21, 30];

/// Who reads, what is asked for, and as of when.
pub struct Reader<'a> {
    pub world: &'a World,
    pub actor: Actor,
    pub filter: AnalyticsFilter,
    pub period: Period,
    pub as_of: NaiveDate,
}

/// How many deals and what they are worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    pub deals: i64,
    pub amount: i64,
    pub weighted: i64,
}

impl Sum {
    pub fn add(&mut self, amount: Option<i64>, probability: i32) {
        self.deals += 1;
        let amount = amount.unwrap_or(0);
        self.amount += amount;
        self.weighted += (amount * i64::from(probability) + 50) / 100;
    }
}

/// One stay in a stage.
pub struct Visit<'a> {
    pub state: &'a State,
    pub left: Option<&'a State>,
}

impl Reader<'_> {
    fn zone(&self) -> &str {
        &self.actor.time_zone
    }

    pub fn today(&self) -> NaiveDate {
        day_at(self.world.now, zone(self.zone()))
    }

    pub fn begin(&self, day: NaiveDate) -> Instant {
        day_start(day, zone(self.zone())).and_utc()
    }

    pub fn end(&self, day: NaiveDate) -> Instant {
        self.begin(day + Days::new(1))
    }

    /// Just before this instant the deals are looked at.
    pub fn moment_of(&self, day: NaiveDate) -> Instant {
        if day >= self.today() {
            self.world.now + chrono::Duration::milliseconds(1)
        } else {
            self.end(day)
        }
    }

    pub fn moment(&self) -> Instant {
        self.moment_of(self.as_of)
    }

    pub fn is_visible(&self, history: &History) -> bool {
        let deal = &history.states.last().unwrap().deal;
        let own = deal.owner_id == self.actor.user_id;
        match &self.actor.reach {
            Reach::All => true,
            _ if self.is_on_team(&deal.id) => true,
            Reach::Own => own,
            Reach::Departments { departments } => {
                own || deal
                    .department_id
                    .as_ref()
                    .is_some_and(|d| departments.contains(d))
            }
        }
    }

    fn is_on_team(&self, id: &DealId) -> bool {
        let member = (id.clone(), self.actor.user_id.clone());
        self.world.teams.contains(&member)
    }

    pub fn visible(&self) -> impl Iterator<Item = &History> {
        self.world
            .histories
            .values()
            .filter(|history| self.is_visible(history))
    }

    /// Whether a deal is what is asked for; `who` says whose it was, `what` all else.
    pub fn asks_for(&self, who: &State, what: &State) -> bool {
        let filter = &self.filter;
        let named = |text: Option<&str>, of: &[String]| {
            of.is_empty()
                || of.iter().any(|each| Some(each.as_str()) == text)
                || text.is_none() && of.iter().any(|each| each == "none")
        };
        let texts = |all: Vec<String>| all;
        named(
            Some(who.deal.owner_id.as_str()),
            &texts(filter.owner_id.0.iter().map(ToString::to_string).collect()),
        ) && named(
            who.deal.department_id.as_ref().map(|id| id.as_str()),
            &texts(
                filter
                    .department_id
                    .0
                    .iter()
                    .map(ToString::to_string)
                    .collect(),
            ),
        ) && named(what.deal.source.as_deref(), &filter.source.0)
            && named(
                what.deal.category.map(|category| category.as_str()),
                &texts(filter.category.0.iter().map(ToString::to_string).collect()),
            )
            && named(what.industry.as_deref(), &filter.industry.0)
    }

    /// The amount in dollars: frozen when it was closed, else at the rate of the day.
    pub fn value(&self, deal: &Deal) -> Option<i64> {
        self.value_on(deal, self.as_of)
    }

    /// The same at the rate of another day.
    fn value_on(&self, deal: &Deal, day: NaiveDate) -> Option<i64> {
        if !is_open(deal) {
            return deal.amount_base.map(|money| money.minor);
        }
        let amount = deal.amount?;
        if amount.currency.code() == "USD" {
            return Some(amount.minor);
        }
        let on = if day >= self.today() {
            self.world.now.date_naive() + Days::new(1)
        } else {
            day
        };
        Some((amount.minor as f64 * rate_on(on) + 0.5).floor() as i64)
    }

    /// The deals as they were at the moment, without those in the bin.
    pub fn standing(&self) -> Vec<(&History, &State)> {
        let moment = self.moment();
        let found = self.visible().filter_map(|history| {
            let state = at(history, moment)?;
            state.deal.deleted_at.is_none().then_some((history, state))
        });
        found.collect()
    }

    /// The open deals at the moment that are asked for.
    pub fn open(&self) -> Vec<(&History, &State)> {
        let mut found = self.standing();
        found.retain(|(_, state)| is_open(&state.deal) && self.asks_for(state, state));
        found
    }

    pub fn snapshot(&self) -> BTreeMap<String, Sum> {
        let mut sums = BTreeMap::<String, Sum>::new();
        for (_, state) in self.standing() {
            let shown = is_open(&state.deal) || state.deal.status == DealStatus::Won;
            if shown && self.asks_for(state, state) {
                let sum = sums.entry(state.deal.stage.clone()).or_default();
                sum.add(self.value(&state.deal), state.deal.probability);
            }
        }
        sums
    }

    /// The open deals without a touch for longer than their stage's limit.
    pub fn neglected(&self) -> Vec<(&History, &State)> {
        let moment = self.moment();
        let mut found = self.open();
        found.retain(|(history, state)| {
            let entered = visits(history, moment).last().unwrap().state.since;
            let touched = history.touches.iter().filter(|at| **at < moment).max();
            let since = touched.map_or(entered, |at| entered.max(*at));
            (moment - since).num_days() > LIMITS[place(&state.deal.stage)]
        });
        found
    }

    pub fn rotting(&self) -> BTreeMap<String, i64> {
        let mut counts = BTreeMap::new();
        for (_, state) in self.neglected() {
            *counts.entry(state.deal.stage.clone()).or_insert(0) += 1;
        }
        counts
    }

    /// The day as of which what happens in the period is told.
    pub fn told_on(&self) -> NaiveDate {
        self.period.to.min(self.as_of)
    }

    /// Entered, advanced, returned, closed, remaining of each stage, and what entered is worth.
    pub fn flow(&self) -> BTreeMap<String, [i64; 6]> {
        let (from, end) = (self.begin(self.period.from), self.moment_of(self.told_on()));
        let mut rows = BTreeMap::<String, [i64; 6]>::new();
        for history in self.visible() {
            let Some(last) = at(history, end) else {
                continue;
            };
            if last.deal.deleted_at.is_some() {
                continue;
            }
            for stage in STAGES {
                let mut entered = visits(history, end);
                entered.retain(|visit| {
                    visit.state.deal.stage == stage && (from..end).contains(&visit.state.since)
                });
                let Some(visit) = entered.last() else {
                    continue;
                };
                if !self.asks_for(visit.state, visit.state) {
                    continue;
                }
                let part = match visit.left.filter(|left| left.since < end) {
                    None => 4,
                    Some(left) if left.deal.status == DealStatus::Won => 1,
                    Some(left) if !is_open(&left.deal) => 3,
                    Some(_) if stage == "won" => 2,
                    Some(left) if place(&left.deal.stage) > place(stage) => 1,
                    Some(_) => 2,
                };
                let row = rows.entry(stage.to_owned()).or_default();
                row[0] += 1;
                row[part] += 1;
                row[5] += (self.value_on(&visit.state.deal, self.told_on())).unwrap_or(0);
            }
        }
        rows
    }

    /// Reached, still open, skipped of each stage, and what reached it is worth.
    pub fn cohort(&self) -> BTreeMap<&'static str, [i64; 4]> {
        let (from, before) = (self.begin(self.period.from), self.end(self.period.to));
        let moment = self.moment();
        let mut rows = BTreeMap::<&'static str, [i64; 4]>::new();
        for (history, state) in self.standing() {
            let first = &history.states[0];
            let in_period = (from..before).contains(&first.deal.created_at);
            if !in_period || !self.asks_for(first, state) {
                continue;
            }
            let been: Vec<usize> = (visits(history, moment).iter())
                .filter_map(|visit| {
                    STAGES
                        .iter()
                        .position(|stage| *stage == visit.state.deal.stage)
                })
                .collect();
            let furthest = been.iter().max().copied().unwrap();
            for (index, stage) in STAGES.iter().enumerate().take(furthest + 1) {
                let row = rows.entry(stage).or_default();
                row[0] += 1;
                row[1] += i64::from(is_open(&state.deal));
                row[2] += i64::from(!been.contains(&index));
                row[3] += self.value(&state.deal).unwrap_or(0);
            }
        }
        rows
    }

    /// The deals closed so in the period that are still closed at the moment, as they were then.
    pub fn closed(&self, status: DealStatus) -> Vec<(&History, &State)> {
        let (from, before) = (self.begin(self.period.from), self.end(self.period.to));
        let moment = self.moment();
        let mut found = Vec::new();
        for (history, last) in self.standing() {
            if last.deal.status != status {
                continue;
            }
            let Some(visit) = visits(history, moment).pop() else {
                continue;
            };
            let since = visit.state.since;
            if since >= from && since < before && self.asks_for(visit.state, visit.state) {
                found.push((history, visit.state));
            }
        }
        found
    }

    pub fn sum_closed(&self, status: DealStatus) -> Sum {
        let mut sum = Sum::default();
        for (_, state) in self.closed(status) {
            sum.add(self.value(&state.deal), 100);
        }
        sum
    }

    /// Whole days of the stays in a stage that ended in the period.
    pub fn stays(&self, stage: &str) -> Vec<i64> {
        let end = self.moment_of(self.told_on());
        let (from, before) = (
            self.begin(self.period.from),
            self.end(self.period.to).min(end),
        );
        let mut days = Vec::new();
        for history in self.visible() {
            if at(history, end).is_none_or(|last| last.deal.deleted_at.is_some()) {
                continue;
            }
            for visit in visits(history, end) {
                let Some(left) = visit
                    .left
                    .filter(|left| (from..before).contains(&left.since))
                else {
                    continue;
                };
                if visit.state.deal.stage == stage && self.asks_for(visit.state, visit.state) {
                    days.push((left.since - visit.state.since).num_days());
                }
            }
        }
        days.sort_unstable();
        days
    }

    /// Days from creation to closing of the deals closed so, the shortest first.
    pub fn cycles(&self, status: DealStatus) -> Vec<i64> {
        let mut days: Vec<i64> = (self.closed(status).iter())
            .map(|(_, state)| {
                let (from, to) = (state.deal.created_at, state.since);
                (to.date_naive() - from.date_naive()).num_days()
            })
            .collect();
        days.sort_unstable();
        days
    }

    /// Open, expected to close in the period.
    pub fn expected(&self) -> Vec<&State> {
        let mut found: Vec<&State> = self.open().into_iter().map(|(_, state)| state).collect();
        found.retain(|state| {
            let expected = state.deal.expected_close_on;
            expected.is_some_and(|on| self.period.contains(on))
        });
        found
    }
}

/// A deal as it was just before an instant.
pub fn at(history: &History, moment: Instant) -> Option<&State> {
    history.states.iter().rfind(|state| state.since < moment)
}

/// The stays of a deal that began before an instant.
pub fn visits(history: &History, moment: Instant) -> Vec<Visit<'_>> {
    let mut found: Vec<Visit<'_>> = Vec::new();
    for state in &history.states {
        let same = found
            .last()
            .is_some_and(|visit| visit.state.deal.stage == state.deal.stage);
        if same {
            continue;
        }
        if let Some(before) = found.last_mut() {
            before.left = Some(state);
        }
        found.push(Visit { state, left: None });
    }
    found.retain(|visit| visit.state.since < moment);
    found
}

fn place(stage: &str) -> usize {
    STAGES
        .iter()
        .position(|known| *known == stage)
        .unwrap_or(99)
}
