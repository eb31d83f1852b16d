//! Where activities with a time stand in the column of their day: beside each other when they overlap.

use chrono::NaiveTime;
use chrono::Timelike as _;

/// The least height of an activity, in minutes, so that its title can be read.
const LEAST: u32 = 30;

/// The place of one activity in a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Minutes from midnight.
    pub(super) start: u32,
    /// Minutes from midnight.
    pub(super) end: u32,
    /// Which of the columns it takes.
    pub(super) column: usize,
    /// How many columns there are beside each other.
    pub(super) columns: usize,
}

/// The places of activities, given by beginning and length in minutes and sorted by beginning.
pub(super) fn places(times: &[(NaiveTime, u32)]) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(times.len());
    // The activities that overlap, directly or through others, share the width.
    let mut cluster = 0;
    let mut ends: Vec<u32> = Vec::new();
    for (time, minutes) in times {
        let start = time.num_seconds_from_midnight() / 60;
        let end = (start + (*minutes).max(LEAST)).min(24 * 60);
        if ends.iter().all(|end| *end <= start) {
            share(&mut places, cluster, ends.len());
            cluster = places.len();
            ends.clear();
        }
        let column = ends
            .iter()
            .position(|end| *end <= start)
            .unwrap_or(ends.len());
        match ends.get_mut(column) {
            Some(last) => *last = end,
            None => ends.push(end),
        }
        places.push(Place {
            start,
            end,
            column,
            columns: 1,
        });
    }
    share(&mut places, cluster, ends.len());
    places
}

fn share(places: &mut [Place], from: usize, columns: usize) {
    for place in &mut places[from..] {
        place.columns = columns;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: u32, minute: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
    }

    #[test]
    fn what_overlaps_stands_side_by_side() {
        let found = places(&[
            (at(9, 0), 60),
            (at(9, 30), 60),
            (at(10, 0), 30),
            (at(12, 0), 0),
        ]);
        let columns: Vec<_> = found.iter().map(|p| (p.column, p.columns)).collect();
        assert_eq!(columns, [(0, 2), (1, 2), (0, 2), (0, 1)]);
        assert_eq!((found[3].start, found[3].end), (720, 750));
    }
}
