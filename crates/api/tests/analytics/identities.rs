//! What holds of the stored versions, whatever happens.

use diesel::prelude::*;
use etalon_persistence::schema::deal_versions;

use super::reference::visits;
use super::world::World;
use crate::support::on_both;

on_both! {
    async fn the_versions_tell_the_visits_that_happened(app: TestApp) {
        type Row = (String, chrono::NaiveDateTime, Option<chrono::NaiveDateTime>, Option<String>, String, bool);
        let world = World::lived(app, 5);
        let far = world.now + chrono::Duration::days(1);
        for (id, history) in &world.histories {
            let rows: Vec<Row> = world.app.state.db().read(|tx| {
                Ok(deal_versions::table
                    .filter(deal_versions::deal_id.eq(id.as_str()))
                    .filter(deal_versions::entered)
                    .order(deal_versions::valid_from)
                    .select((
                        deal_versions::stage,
                        deal_versions::valid_from,
                        deal_versions::left_at,
                        deal_versions::left_for,
                        deal_versions::way,
                        deal_versions::binned,
                    ))
                    .load(tx.conn)?)
            }).unwrap();
            let expected = visits(history, far);
            assert_eq!(rows.len(), expected.len());
            let mut way: Vec<&str> = Vec::new();
            for (row, visit) in rows.iter().zip(&expected) {
                assert_eq!(row.0, visit.state.deal.stage);
                assert_eq!(row.1.and_utc(), visit.state.since);
                assert_eq!(row.2.map(|at| at.and_utc()), visit.left.map(|left| left.since));
                assert_eq!(row.3.is_some(), visit.left.is_some());
                if !way.contains(&row.0.as_str()) {
                    way.push(&row.0);
                }
                assert_eq!(row.4, way.join("/"));
            }
        }
    }
}
