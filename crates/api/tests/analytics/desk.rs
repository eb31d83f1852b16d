//! What targets, leaders and activities must say, by plain loops.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Days, NaiveDate};
use etalon_domain::activity::{Activity, ActivityStatus};
use etalon_domain::analytics::{ActivityCounts, LeaderKind, LeaderMeasure, Period, shifted};
use etalon_domain::deal::DealStatus;
use etalon_domain::id::{DepartmentId, UserId};
use etalon_domain::page::Any;
use etalon_domain::policy::Reach;

use super::office::{Office, Whose};
use super::reference::Reader;

/// What somebody sees of it.
pub struct Desk<'a> {
    pub office: &'a Office,
    pub reader: &'a Reader<'a>,
}

/// What somebody achieved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    pub rank: i64,
    pub amount: i64,
    pub wins: i64,
    pub activities: i64,
    pub target: Option<i64>,
}

impl Desk<'_> {
    fn reaches(&self, department: Option<&DepartmentId>) -> bool {
        match &self.reader.actor.reach {
            Reach::All => true,
            Reach::Own => false,
            Reach::Departments { departments } => {
                department.is_some_and(|d| departments.contains(d))
            }
        }
    }

    /// Whether the reader sees an activity and asks for it.
    fn counts(&self, activity: &Activity) -> bool {
        let reader = self.reader;
        let deal =
            (activity.deal_id.as_ref()).map(|id| reader.world.histories[id].states.last().unwrap());
        if deal.is_some_and(|state| state.deal.deleted_at.is_some()) {
            return false;
        }
        let home = self.office.home(&activity.owner_id);
        let me = &reader.actor.user_id;
        let is_seen = activity.owner_id == *me
            || match deal {
                None => self.reaches(home),
                Some(state) => {
                    state.deal.owner_id == *me
                        || reader.is_visible(&reader.world.histories[&state.deal.id])
                }
            };
        let filter = &reader.filter;
        let named = |text: Option<&str>, of: Vec<String>| {
            of.is_empty()
                || of.iter().any(|each| Some(each.as_str()) == text)
                || text.is_none() && of.iter().any(|each| each == "none")
        };
        let ids = filter.department_id.0.iter().map(ToString::to_string);
        let owners = filter.owner_id.0.iter().map(ToString::to_string);
        let sizes = filter.category.0.iter().map(ToString::to_string);
        let narrows_deals = !(filter.source.0.is_empty()
            && filter.category.0.is_empty()
            && filter.industry.0.is_empty());
        is_seen
            && named(home.map(|id| id.as_str()), ids.collect())
            && named(Some(activity.owner_id.as_str()), owners.collect())
            && match deal {
                None => !narrows_deals,
                Some(state) => {
                    named(state.deal.source.as_deref(), filter.source.0.clone())
                        && named(
                            state.deal.category.map(|size| size.as_str()),
                            sizes.collect(),
                        )
                        && named(state.industry.as_deref(), filter.industry.0.clone())
                }
            }
    }

    /// What each person did, plans to do and has let pass.
    pub fn work(&self) -> BTreeMap<UserId, ActivityCounts> {
        let reader = self.reader;
        let (from, end) = (
            reader.begin(reader.period.from),
            reader.end(reader.period.to),
        );
        // Planned and overdue are always of now.
        let done_by = reader.end(reader.as_of.min(reader.today()));
        let mut counts = BTreeMap::<UserId, ActivityCounts>::new();
        for activity in (self.office.activities.iter()).filter(|each| self.counts(each)) {
            let of = counts.entry(activity.owner_id.clone()).or_default();
            if activity.status == ActivityStatus::Done {
                let at = activity.done_at.unwrap();
                of.done += i64::from((from..end.min(done_by)).contains(&at));
                continue;
            }
            let (is_past, is_in_time) = match (activity.due_on, activity.starts_at) {
                (Some(on), _) => (on < reader.today(), on <= reader.period.to),
                (None, at) => (at.unwrap() < reader.world.now, at.unwrap() < end),
            };
            if is_past {
                of.overdue += 1;
            } else if is_in_time {
                of.planned += 1;
            }
        }
        counts
    }

    /// What was entered and may be seen, by month: its share of the days of a period is rounded half
    /// to even.
    fn entered(&self, whose: &Whose, month: NaiveDate) -> Option<i64> {
        let is_seen = match whose {
            Whose::Person(id) => {
                *id == self.reader.actor.user_id || self.reaches(self.office.home(id))
            }
            Whose::Department(id) => self.reaches(Some(id)),
        };
        let mut plans = self.office.plans.iter();
        let found = plans.find(|(holder, of, _)| holder == whose && *of == month);
        found.filter(|_| is_seen).map(|(.., amount)| *amount)
    }

    fn over(&self, period: Period, of_month: impl Fn(NaiveDate) -> Option<i64>) -> Option<i64> {
        let mut sum = None;
        let mut month = period.from.with_day(1).unwrap();
        while month <= period.to {
            let next = shifted(month, 1);
            let days = (0..(next - month).num_days() as u64)
                .filter(|place| period.contains(month + Days::new(*place)))
                .count();
            if let Some(amount) = of_month(month) {
                let share = amount as f64 * days as f64 / (next - month).num_days() as f64;
                *sum.get_or_insert(0) += share.round_ties_even() as i64;
            }
            month = next;
        }
        sum
    }

    fn person_target(&self, id: &UserId, period: Period) -> Option<i64> {
        self.over(period, |month| {
            self.entered(&Whose::Person(id.clone()), month)
        })
    }

    fn people_of<'a>(&'a self, home: Option<&'a DepartmentId>) -> impl Iterator<Item = &'a UserId> {
        (self.office.people.iter())
            .filter(move |(.., of)| of.as_ref() == home)
            .map(|(id, ..)| id)
    }

    fn below(&self, id: &DepartmentId) -> Vec<&DepartmentId> {
        let all = self.office.tree.iter();
        all.filter(|(_, above)| above.as_ref() == Some(id))
            .map(|(below, _)| below)
            .collect()
    }

    /// What holds for a department with all below it in a month.
    fn month_of(&self, id: &DepartmentId, month: NaiveDate) -> Option<i64> {
        if let Some(amount) = self.entered(&Whose::Department(id.clone()), month) {
            return Some(amount);
        }
        let people = (self.people_of(Some(id)))
            .map(|person| self.entered(&Whose::Person(person.clone()), month));
        let below = self.below(id).into_iter();
        added(people.chain(below.map(|id| self.month_of(id, month))))
    }

    fn department_target(&self, id: &DepartmentId, period: Period) -> Option<i64> {
        self.over(period, |month| self.month_of(id, month))
    }

    /// What holds for a department by itself.
    fn alone(&self, id: &DepartmentId, period: Period) -> Option<i64> {
        if !self.reaches(Some(id)) {
            return None;
        }
        if self.below(id).is_empty() {
            return self.department_target(id, period);
        }
        let people = self.people_of(Some(id));
        added(people.map(|person| self.person_target(person, period)))
    }

    /// What holds for departments, each counted once though it lies below another of them.
    fn together(&self, departments: &[DepartmentId], period: Period) -> Option<i64> {
        let tops = (self.office.tree.iter()).filter(|(id, above)| {
            let is_below = above.as_ref().is_some_and(|a| departments.contains(a));
            departments.contains(id) && !is_below
        });
        added(tops.map(|(id, _)| self.department_target(id, period)))
    }

    fn is_narrowed(&self) -> bool {
        let filter = &self.reader.filter;
        !(filter.source.is_empty() && filter.category.is_empty() && filter.industry.is_empty())
    }

    /// The target that the deals that are asked for are to meet.
    pub fn target(&self, period: Period) -> Option<i64> {
        if self.is_narrowed() {
            return None;
        }
        let filter = &self.reader.filter;
        if let [owner] = filter.owner_id.0.as_slice() {
            return self.person_target(owner, period);
        }
        if !filter.department_id.is_empty() {
            let named = filter.department_id.0.iter();
            let seen: Vec<_> = named
                .filter(|id| self.reaches(Some(*id)))
                .cloned()
                .collect();
            return self.together(&seen, period);
        }
        match &self.reader.actor.reach {
            Reach::Own => self.person_target(&self.reader.actor.user_id, period),
            Reach::All => {
                let roots = self.office.tree.iter().filter(|(_, above)| above.is_none());
                let alone = self.people_of(None);
                added(
                    roots
                        .map(|(id, _)| self.department_target(id, period))
                        .chain(alone.map(|id| self.person_target(id, period))),
                )
            }
            Reach::Departments { departments } => self.together(departments, period),
        }
    }

    /// The reader over the deals that count towards the target: his own, or those of his departments, where
    /// he sees others too.
    pub fn towards(&self) -> Reader<'_> {
        let reader = self.reader;
        let mut filter = reader.filter.clone();
        if filter.owner_id.is_empty() && filter.department_id.is_empty() {
            match &reader.actor.reach {
                Reach::All => {}
                Reach::Own => filter.owner_id = Any::one(reader.actor.user_id.clone()),
                Reach::Departments { departments } => {
                    filter.department_id = Any(departments.clone());
                }
            }
        }
        Reader {
            world: reader.world,
            actor: reader.actor.clone(),
            filter,
            period: reader.period,
            as_of: reader.as_of,
        }
    }

    /// Whether the reader may see how somebody sells.
    pub fn opens_card(&self, id: &str) -> bool {
        let mut people = self.office.people.iter();
        let home = people.find(|(person, ..)| person.as_str() == id);
        id == self.reader.actor.user_id.as_str()
            || home.is_some_and(|(.., home)| self.reaches(home.as_ref()))
    }

    /// What the grid says of a month, of a person or a department.
    pub fn cell(&self, whose: &Whose, month: NaiveDate) -> Option<i64> {
        match whose {
            Whose::Person(_) => self.entered(whose, month),
            Whose::Department(id) => self.month_of(id, month),
        }
    }

    /// The places of a leaderboard, by identifier.
    pub fn places(&self, by: LeaderKind, measure: LeaderMeasure) -> BTreeMap<String, Place> {
        let mut places = BTreeMap::<String, Place>::new();
        for (_, state) in self.reader.closed(DealStatus::Won) {
            let id = match by {
                LeaderKind::Person => Some(state.deal.owner_id.to_string()),
                LeaderKind::Department => {
                    state.deal.department_id.as_ref().map(ToString::to_string)
                }
            };
            let Some(id) = id else { continue };
            let place = places.entry(id).or_default();
            place.wins += 1;
            place.amount += self.reader.value(&state.deal).unwrap_or(0);
        }
        for (owner, counts) in self.work() {
            let id = match by {
                LeaderKind::Person => Some(owner.to_string()),
                LeaderKind::Department => self.office.home(&owner).map(ToString::to_string),
            };
            if let Some(id) = id.filter(|_| counts.done > 0) {
                places.entry(id).or_default().activities += counts.done;
            }
        }
        let filter = &self.reader.filter;
        let asks = |department: Option<&DepartmentId>| {
            let of = &filter.department_id.0;
            of.is_empty() || department.is_some_and(|id| of.contains(id))
        };
        let period = self.reader.period;
        let targets: Vec<(String, Option<i64>, bool)> = match by {
            LeaderKind::Person => (self.office.people.iter())
                .map(|(id, _, home)| {
                    let owners = &filter.owner_id.0;
                    let is_asked = owners.is_empty() || owners.contains(id);
                    let belongs = asks(home.as_ref());
                    let target = self.person_target(id, period).filter(|_| belongs);
                    (id.to_string(), target, is_asked)
                })
                .collect(),
            LeaderKind::Department => (self.office.tree.iter())
                .map(|(id, _)| {
                    let is_asked = filter.owner_id.is_empty() && asks(Some(id));
                    (id.to_string(), self.alone(id, period), is_asked)
                })
                .collect(),
        };
        for (id, target, is_asked) in targets {
            let target = target.filter(|_| !self.is_narrowed());
            if is_asked && target.is_some_and(|target| target > 0) {
                places.entry(id.clone()).or_default();
            }
            if let Some(place) = places.get_mut(&id) {
                place.target = target;
            }
        }
        let value = |place: &Place| match measure {
            LeaderMeasure::WonAmount => place.amount as f64,
            LeaderMeasure::Wins => place.wins as f64,
            LeaderMeasure::Activities => place.activities as f64,
            LeaderMeasure::Attainment => match place.target {
                Some(target) if target != 0 => {
                    (place.amount as f64 / target as f64 * 1e6).round() / 1e6
                }
                _ => -1.0,
            },
        };
        let values: Vec<f64> = places.values().map(value).collect();
        for place in places.values_mut() {
            let own = value(place);
            place.rank = 1 + values.iter().filter(|other| **other > own).count() as i64;
        }
        places
    }
}

fn added(each: impl Iterator<Item = Option<i64>>) -> Option<i64> {
    each.flatten().reduce(|a, b| a + b)
}
