//! Rows of one file that are the same record.

use std::collections::HashMap;

use etalon_domain::import::ImportField;

use crate::rows::Row;

/// A row that gave way to another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loser {
    /// Its number.
    pub row: u32,
    /// The number of the row that is used instead.
    pub winner: u32,
    /// The field that both share.
    pub field: ImportField,
    /// What both share.
    pub key: String,
}

/// Keeps one row of those with the same key: the one changed last, else the last one.
#[must_use]
pub fn supersede<T: Row>(rows: Vec<T>) -> (Vec<T>, Vec<Loser>) {
    let mut winners: HashMap<(ImportField, String), usize> = HashMap::with_capacity(rows.len());
    let mut lost: Vec<Option<usize>> = vec![None; rows.len()];
    let mut keys = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let key = row.key();
        if let Some(key) = &key {
            if let Some(best) = winners.get_mut(key) {
                if row.changed_at() >= rows[*best].changed_at() {
                    lost[*best] = Some(index);
                    *best = index;
                } else {
                    lost[index] = Some(*best);
                }
            } else {
                winners.insert(key.clone(), index);
            }
        }
        keys.push(key);
    }
    let numbers: Vec<u32> = rows.iter().map(Row::number).collect();
    let mut losers = Vec::new();
    let mut kept = Vec::with_capacity(rows.len());
    for ((index, row), key) in rows.into_iter().enumerate().zip(keys) {
        match (lost[index], key) {
            (Some(_), Some((field, key))) => {
                let winner = winners.get(&(field, key.clone())).copied().unwrap_or(index);
                losers.push(Loser {
                    row: numbers[index],
                    winner: numbers[winner],
                    field,
                    key,
                });
            }
            _ => kept.push(row),
        }
    }
    (kept, losers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use etalon_domain::import::PreviewValue;
    use etalon_domain::time::Instant;

    #[derive(Debug, PartialEq)]
    struct Line(u32, Option<&'static str>, Option<i64>);

    impl Row for Line {
        fn number(&self) -> u32 {
            self.0
        }
        fn key(&self) -> Option<(ImportField, String)> {
            self.1.map(|key| (ImportField::ExternalId, key.to_owned()))
        }
        fn changed_at(&self) -> Option<Instant> {
            self.2.and_then(|at| Instant::from_timestamp(at, 0))
        }
        fn values(&self) -> Vec<PreviewValue> {
            Vec::new()
        }
    }

    fn numbers(lines: &[Line]) -> Vec<u32> {
        lines.iter().map(|l| l.0).collect()
    }

    #[test]
    fn the_row_changed_last_wins_else_the_last_one() {
        let (kept, losers) = supersede(vec![
            Line(2, Some("a"), Some(20)),
            Line(3, Some("a"), Some(10)),
            Line(4, Some("b"), None),
            Line(5, Some("b"), None),
            Line(6, None, None),
            Line(7, None, None),
        ]);
        assert_eq!(numbers(&kept), [2, 5, 6, 7]);
        let pairs: Vec<_> = losers.iter().map(|l| (l.row, l.winner)).collect();
        assert_eq!(pairs, [(3, 2), (4, 5)]);
    }

    #[test]
    fn of_many_all_losers_name_the_final_winner() {
        let lines = (2..6).map(|row| Line(row, Some("a"), None)).collect();
        let (kept, losers) = supersede(lines);
        assert_eq!(numbers(&kept), [5]);
        assert!(losers.iter().all(|l| l.winner == 5));
        assert_eq!(losers.len(), 3);
    }
}
