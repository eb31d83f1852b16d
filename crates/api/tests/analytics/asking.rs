//! What the reports are asked for, and how the rows behind a number are read.

use etalon_domain::analytics::{AnalyticsFilter, Funnel, FunnelMode, PeriodQuery, RowsQuery};
use etalon_domain::deal::DealCategory;
use etalon_domain::page::Any;
use etalon_domain::user::Language;
use etalon_persistence::reports;

use super::reference::Reader;
use super::world::{World, one};

pub fn filters(world: &World) -> Vec<AnalyticsFilter> {
    let none = AnalyticsFilter::default;
    let department = |who: &str| {
        let person = world.app.user(&format!("{who}@test.example"));
        person.department_id.unwrap()
    };
    let north = department("north");
    vec![
        none(),
        AnalyticsFilter {
            owner_id: one(world.user_id("north")),
            ..none()
        },
        AnalyticsFilter {
            department_id: one(north),
            ..none()
        },
        // All that there are, which is not the same as none: some deals lie in no department.
        AnalyticsFilter {
            department_id: Any(vec![
                department("director"),
                department("north"),
                department("south"),
            ]),
            ..none()
        },
        AnalyticsFilter {
            category: one(DealCategory::Small),
            ..none()
        },
        AnalyticsFilter {
            source: one("none".to_owned()),
            ..none()
        },
        AnalyticsFilter {
            industry: one("food".to_owned()),
            ..none()
        },
    ]
}

pub fn query(reader: &Reader<'_>) -> PeriodQuery {
    PeriodQuery {
        period: None,
        from: Some(reader.period.from),
        to: Some(reader.period.to),
        as_of: Some(reader.as_of),
    }
}

pub fn funnel(reader: &Reader<'_>, mode: FunnelMode) -> Funnel {
    let db = reader.world.app.state.db();
    let found = db.read_snapshot(|tx| {
        let (period, now) = (query(reader), reader.world.now);
        reports::funnel(
            tx,
            &reader.actor,
            mode,
            &period,
            &reader.filter,
            Language::En,
            now,
        )
    });
    found.unwrap()
}

/// Count and sum of the rows behind a number, read page by page.
pub fn rows(reader: &Reader<'_>, asked: &RowsQuery) -> (i64, i64) {
    let db = reader.world.app.state.db();
    let (mut cursor, mut count, mut sum) = (None, 0, 0);
    loop {
        let asked = RowsQuery {
            limit: Some(7),
            cursor,
            ..asked.clone()
        };
        let page = db
            .read_snapshot(|tx| {
                let (period, now) = (query(reader), reader.world.now);
                reports::rows(tx, &reader.actor, &asked, &period, &reader.filter, now)
            })
            .unwrap();
        count += page.items.len() as i64;
        sum += page
            .items
            .iter()
            .filter_map(|row| row.value)
            .map(|money| money.minor)
            .sum::<i64>();
        if page.next_cursor.is_none() {
            assert_eq!((page.count, page.sum.minor), (count, sum), "{asked:?}");
            return (count, sum);
        }
        cursor = page.next_cursor;
    }
}

pub fn told(reader: &Reader<'_>) -> String {
    format!(
        "{} {:?} {:?} as of {}",
        reader.actor.name, reader.filter, reader.period, reader.as_of
    )
}
