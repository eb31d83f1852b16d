//! Counting and adding up on SQLite. It has no hash tables and would sort everything it groups, which takes
//! longer than all else, and it computes an expression anew for each sum that needs it. So the rows go
//! through one aggregate function of ours, `etalon_tally`, that keeps a group for each key it meets.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text};
use diesel::sqlite::SqliteAggregateFunction;

#[diesel::declare_sql_function]
extern "SQL" {
    /// The groups of the rows, in JSON: see [`GroupTally::finish`].
    #[aggregate]
    fn etalon_tally(
        key: Nullable<Text>,
        part: Nullable<Text>,
        owner: Nullable<Text>,
        amount: Nullable<BigInt>,
        value: Nullable<BigInt>,
        probability: Nullable<Integer>,
        days: Nullable<BigInt>,
    ) -> Text;
}

/// Makes `etalon_tally` known to a connection.
///
/// # Errors
/// When SQLite refuses it.
pub(crate) fn register(connection: &mut SqliteConnection) -> QueryResult<()> {
    etalon_tally_utils::register_impl::<GroupTally, _, _, _, _, _, _, _>(connection)
}

/// By what a row is grouped: key, part and owner.
type Key = (Option<String>, Option<String>, Option<String>);

/// What one row gives to `etalon_tally`, in the order of its arguments.
#[derive(Clone, Debug, Default)]
pub struct CountedRow {
    /// By what it is grouped: key, part and owner.
    pub key: Key,
    /// The amount as it was entered, in minor units.
    pub amount: Option<i64>,
    /// What it is worth in the base currency; `None` when no rate is known.
    pub value: Option<i64>,
    /// By which the value is weighted, in percent; `None` when that is not asked for.
    pub probability: Option<i32>,
    /// The days to add up.
    pub days: Option<i64>,
}

/// The sums of one group.
#[derive(Debug, Default)]
struct Sums {
    deals: i64,
    // Wider than what is added, so that a sum which is too large is noticed by who reads it.
    amount: i128,
    weighted: i128,
    days: i128,
    unconverted: i64,
}

/// The aggregate function `etalon_tally`: groups in the order in which they were met.
#[derive(Debug, Default)]
pub struct GroupTally {
    groups: Vec<(Key, Sums)>,
    places: HashMap<Key, usize>,
    last: usize,
}

impl GroupTally {
    /// What SQL calls it.
    pub const NAME: &'static str = "etalon_tally";
    /// How many arguments it takes.
    pub const ARGUMENTS: i32 = 7;

    /// Adds a row to its group.
    pub fn add(&mut self, row: CountedRow) {
        let sums = self.sums(row.key);
        sums.deals += 1;
        sums.days += i128::from(row.days.unwrap_or(0));
        match row.value {
            Some(value) => {
                let value = i128::from(value);
                sums.amount += value;
                // As `weighted_sql`.
                let part = i128::from(row.probability.unwrap_or(0));
                sums.weighted += (value * part + 50) / 100;
            }
            None => sums.unconverted += i64::from(row.amount.is_some()),
        }
    }

    /// The group of a key. Rows of the same often follow each other, as an index has them.
    fn sums(&mut self, key: Key) -> &mut Sums {
        let is_last = (self.groups.get(self.last)).is_some_and(|(last, _)| *last == key);
        if !is_last {
            self.last = match self.places.get(&key) {
                Some(place) => *place,
                None => {
                    self.groups.push((key.clone(), Sums::default()));
                    self.places.insert(key, self.groups.len() - 1);
                    self.groups.len() - 1
                }
            };
        }
        &mut self.groups[self.last].1
    }

    /// The groups as a list in JSON, each a list of key, part, owner, deals, amount, weighted, days and
    /// unconverted.
    #[must_use]
    pub fn finish(&self) -> String {
        type Group<'a> = (
            Option<&'a str>,
            Option<&'a str>,
            Option<&'a str>,
            i64,
            i128,
            i128,
            i128,
            i64,
        );
        fn told<'a>((key, sums): &'a (Key, Sums)) -> Group<'a> {
            (
                key.0.as_deref(),
                key.1.as_deref(),
                key.2.as_deref(),
                sums.deals,
                sums.amount,
                sums.weighted,
                sums.days,
                sums.unconverted,
            )
        }
        let groups: Vec<Group<'_>> = self.groups.iter().map(told).collect();
        serde_json::to_string(&groups).unwrap_or_default()
    }
}

type Arguments = (
    Option<String>,
    Option<String>,
    Option<String>,
    Option<i64>,
    Option<i64>,
    Option<i32>,
    Option<i64>,
);

impl SqliteAggregateFunction<Arguments> for GroupTally {
    type Output = String;

    fn step(&mut self, (key, part, owner, amount, value, probability, days): Arguments) {
        self.add(CountedRow {
            key: (key, part, owner),
            amount,
            value,
            probability,
            days,
        });
    }

    fn finalize(tally: Option<Self>) -> String {
        tally.unwrap_or_default().finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{CountedRow, GroupTally};

    fn row(key: &str, amount: Option<i64>, value: Option<i64>) -> CountedRow {
        CountedRow {
            key: (Some(key.to_owned()), None, Some("me".to_owned())),
            amount,
            value,
            probability: Some(50),
            days: Some(2),
        }
    }

    #[test]
    fn rows_are_added_to_their_group() {
        let mut tally = GroupTally::default();
        tally.add(row("needs", Some(33_333), Some(33_333)));
        tally.add(row("qualification", None, None));
        tally.add(row("needs", Some(100), None));
        tally.add(row("needs", Some(101), Some(101)));
        assert_eq!(
            tally.finish(),
            r#"[["needs",null,"me",3,33434,16718,6,1],["qualification",null,"me",1,0,0,2,0]]"#
        );
        assert_eq!(GroupTally::default().finish(), "[]");
    }

    #[test]
    fn sums_may_be_larger_than_what_is_added() {
        let mut tally = GroupTally::default();
        tally.add(row("needs", Some(i64::MAX), Some(i64::MAX)));
        tally.add(row("needs", Some(i64::MAX), Some(i64::MAX)));
        assert!(tally.finish().contains("18446744073709551614"));
    }
}
