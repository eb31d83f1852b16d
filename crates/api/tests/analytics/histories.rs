//! Random histories: every report says what the reference says, on both databases, for whoever reads.

use etalon_domain::analytics::{AnalyticsFilter, FunnelMode, Period, shifted};

use super::asking::{filters, funnel};
use super::check_closed::check_closed;
use super::check_forecasts::check_forecast;
use super::check_funnels::check_funnels;
use super::check_progress::{check_dynamics, check_manager};
use super::reference::Reader;
use super::world::{World, day, seed};
use crate::support::on_both;

const READERS: [&str; 6] = [
    "admin",
    "director",
    "north.head",
    "north",
    "south",
    "viewer",
];

fn periods() -> [(Period, Option<&'static str>); 3] {
    let period = |from, to| Period {
        from: day(from),
        to: day(to),
    };
    [
        (period("2026-01-01", "2026-06-30"), None),
        (period("2026-02-01", "2026-02-28"), None),
        (period("2026-01-20", "2026-03-05"), Some("2026-03-10")),
    ]
}

/// Every reader with every filter; periods and days take turns, but who sees all has them all.
fn readers(world: &World) -> Vec<Reader<'_>> {
    let mut found = Vec::new();
    for (index, who) in READERS.iter().enumerate() {
        let zone = if index % 2 == 0 {
            "UTC"
        } else {
            "Asia/Yekaterinburg"
        };
        for (turn, filter) in filters(world).into_iter().enumerate() {
            for (place, (period, as_of)) in periods().into_iter().enumerate() {
                if index > 0 && place != (turn + index) % 3 {
                    continue;
                }
                let mut reader = Reader {
                    world,
                    actor: world.actor(who, zone),
                    filter: filter.clone(),
                    period,
                    as_of: day("2100-01-01"),
                };
                reader.as_of = as_of.map_or_else(|| reader.today(), day);
                found.push(reader);
            }
        }
    }
    found
}

on_both! {
    async fn every_report_says_what_the_reference_says(app: TestApp) {
        let world = World::lived(app, seed(11));
        let kinds: std::collections::BTreeSet<_> = (world.histories.values())
            .flat_map(|history| history.states.iter().map(|state| state.deal.status.as_str()))
            .collect();
        assert_eq!(kinds.len(), 5, "all ends occur");
        for reader in readers(&world) {
            check_funnels(&reader);
            check_forecast(&reader);
            check_closed(&reader);
            check_dynamics(&reader);
            if reader.actor.name.starts_with("director") && !reader.filter.owner_id.is_empty() {
                check_manager(&reader);
            }
        }
    }

    async fn a_past_snapshot_does_not_change_by_what_is_done_later(app: TestApp) {
        let mut world = World::lived(app, seed(23));
        let as_of = world.now.date_naive() - chrono::Days::new(1);
        let before = {
            let reader = Reader {
                world: &world,
                actor: world.actor("admin", "UTC"),
                filter: AnalyticsFilter::default(),
                period: Period { from: shifted(as_of, -3), to: as_of },
                as_of,
            };
            funnel(&reader, FunnelMode::Snapshot)
        };
        world.wait(5000);
        let mut dice = crate::analytics::world::Dice(99);
        let known: Vec<_> = world.histories.keys().cloned().collect();
        for turn in 0..120 {
            world.wait(90);
            if turn == 60 {
                world.change_industry(1, "mining");
            }
            let id = dice.pick(&known).clone();
            world.happen(&mut dice, &id);
        }
        let reader = Reader {
            world: &world,
            actor: world.actor("admin", "UTC"),
            filter: AnalyticsFilter::default(),
            period: Period { from: shifted(as_of, -3), to: as_of },
            as_of,
        };
        let after = funnel(&reader, FunnelMode::Snapshot);
        assert_eq!(after.stages, before.stages);
    }
}
