//! Targets: what a person or a department is to win in a month. What is entered for a department stands
//! for all of it; where nothing is entered, its people and the departments below it add up.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::analytics::{Period, shifted};
use crate::error::{Error, FieldCode, FieldError};
use crate::id::{DepartmentId, UserId};
use crate::money::Money;

/// The most that a target may be, in minor units: sums of them stay exact.
pub const MAX_TARGET: i64 = 1_000_000_000_000_000;

/// The target of a month of a person or a department, or that it has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"owner_id": "0197a3c2-7b1e-7c55-8d1f-3a0e6f0b9c41", "month": "2026-10-01", "amount": {"amount": "50000.00", "currency": "USD"}})))]
pub struct TargetDraft {
    /// The person; either this or the department.
    #[serde(default)]
    pub owner_id: Option<UserId>,
    /// The department; either this or the person.
    #[serde(default)]
    pub department_id: Option<DepartmentId>,
    /// The first day of the month.
    pub month: NaiveDate,
    /// The amount in the base currency; `null` takes the target away.
    #[serde(default)]
    pub amount: Option<Money>,
    /// The version that was seen: 0 for none. A change of somebody else in between is refused; absent,
    /// the target is overwritten.
    #[serde(default)]
    pub version: Option<i64>,
}

impl TargetDraft {
    /// Whose target it is.
    ///
    /// # Errors
    /// The fields that are not valid; `base` is the currency of all targets.
    pub fn holder(
        &self,
        at: usize,
        base: crate::money::Currency,
    ) -> Result<Holder, Vec<FieldError>> {
        let mut errors = Vec::new();
        let field = |name: &str| format!("items.{at}.{name}");
        if self.month.day() != 1 || !(1990..=2200).contains(&self.month.year()) {
            errors.push(FieldError::new(
                field("month"),
                FieldCode::InvalidFormat,
                "is not the first day of a month",
            ));
        }
        if let Some(amount) = self.amount {
            if amount.currency != base {
                errors.push(FieldError::new(
                    field("amount"),
                    FieldCode::NotAllowed,
                    format!("must be in the base currency {base}"),
                ));
            } else if !(0..=MAX_TARGET).contains(&amount.minor) {
                errors.push(FieldError::new(
                    field("amount"),
                    FieldCode::OutOfRange,
                    "must lie between 0 and ten trillion",
                ));
            }
        }
        let holder = match (&self.owner_id, &self.department_id) {
            (Some(owner), None) => Some(Holder::Person(owner.as_str().to_owned())),
            (None, Some(department)) => Some(Holder::Department(department.as_str().to_owned())),
            _ => None,
        };
        match holder {
            Some(holder) if errors.is_empty() => Ok(holder),
            Some(_) => Err(errors),
            None => {
                errors.push(FieldError::new(
                    field("owner_id"),
                    FieldCode::Required,
                    "must be given, or department_id, but not both",
                ));
                Err(errors)
            }
        }
    }
}

/// Several targets, changed together or not at all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TargetDrafts {
    /// The targets, at most 2,000.
    pub items: Vec<TargetDraft>,
}

impl TargetDrafts {
    /// Refuses more than can be changed at once.
    ///
    /// # Errors
    /// `invalid_fields`.
    pub fn check(&self) -> Result<(), Error> {
        if (1..=2000).contains(&self.items.len()) {
            return Ok(());
        }
        Err(Error::field(
            "items",
            FieldCode::OutOfRange,
            "must be 1 to 2,000",
        ))
    }
}

/// One month in the row of a person or a department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TargetCell {
    /// The first day of the month.
    pub month: NaiveDate,
    /// What was entered.
    pub amount: Option<Money>,
    /// What holds: what was entered, else of a department the sum of its people and departments.
    pub effective: Option<Money>,
    /// Counts changes of what was entered; 0 when nothing ever was.
    pub version: i64,
    /// When it was last changed.
    pub updated_at: Option<DateTime<Utc>>,
}

/// A row of the grid of targets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TargetRow {
    /// The person, or `null` for a department.
    pub owner_id: Option<UserId>,
    /// The department: itself, or that of the person.
    pub department_id: Option<DepartmentId>,
    /// The name.
    pub name: String,
    /// How deep it lies in the tree of departments, from 0.
    pub depth: i32,
    /// Whether the reader may change it.
    pub may_edit: bool,
    /// The months in order.
    pub cells: Vec<TargetCell>,
    /// The sum of what holds.
    pub total: Option<Money>,
}

/// The targets of some months, departments before their people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TargetGrid {
    /// The first days of the months, in order.
    pub months: Vec<NaiveDate>,
    /// The rows that the reader may see.
    pub rows: Vec<TargetRow>,
    /// The sum over everything that the reader may see, month by month.
    pub totals: Vec<TargetCell>,
    /// The sum of the totals.
    pub total: Option<Money>,
}

/// Whose target it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// A person's, by identifier.
    Person(String),
    /// A department's, by identifier.
    Department(String),
}

/// The targets of some months with who belongs where, from which any sum follows. Amounts are minor
/// units of the base currency.
#[derive(Clone, Debug, Default)]
pub struct Goals {
    tree: Vec<(DepartmentId, Option<DepartmentId>)>,
    people: BTreeMap<Option<String>, Vec<String>>,
    entered: BTreeMap<(Holder, NaiveDate), i64>,
}

impl Goals {
    /// No targets yet; `tree` is (department, the one above).
    #[must_use]
    pub fn new(tree: Vec<(DepartmentId, Option<DepartmentId>)>) -> Self {
        Self {
            tree,
            ..Self::default()
        }
    }

    /// Says where a person belongs.
    pub fn add_person(&mut self, person: &str, department: Option<&str>) {
        let department = department.map(str::to_owned);
        self.people
            .entry(department)
            .or_default()
            .push(person.to_owned());
    }

    /// Enters a target of a month, given by its first day.
    pub fn enter(&mut self, holder: Holder, month: NaiveDate, amount: i64) {
        self.entered.insert((holder, month), amount);
    }

    /// What was entered for a month.
    #[must_use]
    pub fn entered(&self, holder: &Holder, month: NaiveDate) -> Option<i64> {
        self.entered.get(&(holder.clone(), month)).copied()
    }

    /// The people for whom something was entered.
    #[must_use]
    pub fn people(&self) -> BTreeSet<&str> {
        (self.entered.keys())
            .filter_map(|(holder, _)| match holder {
                Holder::Person(id) => Some(id.as_str()),
                Holder::Department(_) => None,
            })
            .collect()
    }

    /// Where a person belongs, of those who belong to a department.
    #[must_use]
    pub fn department_of(&self, person: &str) -> Option<&str> {
        (self.people.iter())
            .find(|(_, people)| people.iter().any(|known| known == person))
            .and_then(|(department, _)| department.as_deref())
    }

    /// All departments.
    #[must_use]
    pub fn departments(&self) -> Vec<&str> {
        self.tree.iter().map(|(id, _)| id.as_str()).collect()
    }

    /// The target of a person in a period.
    #[must_use]
    pub fn of_person(&self, person: &str, period: Period) -> Option<i64> {
        let holder = Holder::Person(person.to_owned());
        self.over(period, |month| self.entered(&holder, month))
    }

    /// The target of a department with all below it in a period.
    #[must_use]
    pub fn of_department(&self, department: &str, period: Period) -> Option<i64> {
        self.over(period, |month| self.of_month(department, month))
    }

    /// The target of a department without those below it: its people's, or what was entered where it
    /// has none below.
    #[must_use]
    pub fn of_department_alone(&self, department: &str, period: Period) -> Option<i64> {
        let has_below = (self.tree.iter()).any(|(_, above)| {
            above
                .as_ref()
                .is_some_and(|above| above.as_str() == department)
        });
        if !has_below {
            return self.of_department(department, period);
        }
        let people = self.people.get(&Some(department.to_owned()));
        sum(people
            .into_iter()
            .flatten()
            .map(|person| self.of_person(person, period)))
    }

    /// The target of several departments with all below them, each counted once.
    #[must_use]
    pub fn of_departments(&self, departments: &[&str], period: Period) -> Option<i64> {
        let above = |id: &str| {
            let found = self.tree.iter().find(|(known, _)| known.as_str() == id);
            found.and_then(|(_, above)| above.as_ref().map(|above| above.as_str()))
        };
        let lies_below = |id: &str| {
            let mut place = above(id);
            while let Some(here) = place {
                if departments.contains(&here) {
                    return true;
                }
                place = above(here);
            }
            false
        };
        let tops = departments.iter().filter(|id| !lies_below(id));
        sum(tops.map(|id| self.of_department(id, period)))
    }

    /// The target of everybody.
    #[must_use]
    pub fn of_company(&self, period: Period) -> Option<i64> {
        let roots = (self.tree.iter())
            .filter(|(_, above)| above.is_none())
            .map(|(id, _)| self.of_department(id.as_str(), period));
        let alone = self.people.get(&None);
        let alone = (alone.into_iter().flatten()).map(|person| self.of_person(person, period));
        sum(roots.chain(alone))
    }

    /// What holds for a department in a month.
    #[must_use]
    pub fn of_month(&self, department: &str, month: NaiveDate) -> Option<i64> {
        if let Some(amount) = self.entered(&Holder::Department(department.to_owned()), month) {
            return Some(amount);
        }
        let people = self.people.get(&Some(department.to_owned()));
        let people = (people.into_iter().flatten())
            .map(|person| self.entered(&Holder::Person(person.clone()), month));
        let below = (self.tree.iter())
            .filter(|(_, above)| {
                above
                    .as_ref()
                    .is_some_and(|above| above.as_str() == department)
            })
            .map(|(id, _)| self.of_month(id.as_str(), month));
        sum(people.chain(below))
    }

    /// Adds up the months of a period; of a month that it has only in part, the share of its days.
    fn over(&self, period: Period, of_month: impl Fn(NaiveDate) -> Option<i64>) -> Option<i64> {
        sum(period.months().into_iter().map(|part| {
            let first = part.from.with_day(1).unwrap_or(part.from);
            let amount = of_month(first)?;
            let days = (shifted(first, 1) - first).num_days();
            Some(half_even(
                i128::from(amount) * i128::from(part.days()),
                days.into(),
            ))
        }))
    }
}

fn sum(each: impl Iterator<Item = Option<i64>>) -> Option<i64> {
    each.flatten().reduce(|a, b| a + b)
}

/// a / b for a ≥ 0 and b > 0, halves to the even neighbour.
fn half_even(a: i128, b: i128) -> i64 {
    let (whole, rest) = (a / b, a % b);
    let up = rest * 2 > b || rest * 2 == b && whole % 2 != 0;
    i64::try_from(whole + i128::from(up)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn period(from: &str, to: &str) -> Period {
        Period {
            from: day(from),
            to: day(to),
        }
    }

    fn goals() -> Goals {
        let id = |text: &str| DepartmentId::new(text);
        let mut goals = Goals::new(vec![
            (id("sales"), None),
            (id("north"), Some(id("sales"))),
            (id("south"), Some(id("sales"))),
        ]);
        for (person, department) in [("ann", "north"), ("bob", "north"), ("carl", "south")] {
            goals.add_person(person, Some(department));
        }
        let october = day("2026-10-01");
        goals.enter(Holder::Person("ann".into()), october, 310);
        goals.enter(Holder::Person("bob".into()), october, 100);
        goals.enter(Holder::Person("carl".into()), october, 50);
        goals
    }

    #[test]
    fn what_is_not_entered_is_rolled_up() {
        let october = period("2026-10-01", "2026-10-31");
        let mut goals = goals();
        assert_eq!(goals.of_department("north", october), Some(410));
        assert_eq!(goals.of_company(october), Some(460));
        goals.enter(Holder::Department("north".into()), day("2026-10-01"), 500);
        assert_eq!(goals.of_department("sales", october), Some(550));
        assert_eq!(
            goals.of_departments(&["sales", "north"], october),
            Some(550)
        );
        assert_eq!(goals.of_person("ann", october), Some(310));
    }

    #[test]
    fn part_of_a_month_has_its_share_and_no_target_is_none() {
        let goals = goals();
        assert_eq!(
            goals.of_person("ann", period("2026-10-01", "2026-10-10")),
            Some(100)
        );
        assert_eq!(
            goals.of_person("ann", period("2026-09-01", "2026-11-30")),
            Some(310)
        );
        assert_eq!(
            goals.of_person("ann", period("2026-11-01", "2026-11-30")),
            None
        );
        assert_eq!(
            goals.of_department_alone("sales", period("2026-10-01", "2026-10-31")),
            None
        );
    }
}
