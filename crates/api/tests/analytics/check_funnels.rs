//! The funnel in its three modes against the reference.

use etalon_domain::analytics::{FunnelMode, RowsPart, RowsQuery, RowsReport};

use super::asking::{funnel, rows, told};
use super::reference::{Reader, STAGES, Sum};

fn part(report: RowsReport, mode: Option<FunnelMode>, stage: &str, part: RowsPart) -> RowsQuery {
    RowsQuery {
        report: Some(report),
        mode,
        stage: Some(stage.to_owned()),
        part: Some(part),
        ..RowsQuery::default()
    }
}

pub fn check_funnels(reader: &Reader<'_>) {
    let told = told(reader);
    let snapshot = funnel(reader, FunnelMode::Snapshot);
    let (expected, rotting) = (reader.snapshot(), reader.rotting());
    for row in &snapshot.stages {
        let sum = expected.get(&row.stage).copied().unwrap_or_default();
        let found = Sum {
            deals: row.deals,
            amount: row.amount.minor,
            weighted: row.weighted.unwrap().minor,
        };
        assert_eq!(found, sum, "snapshot of {} {told}", row.stage);
        let owners: i64 = row.owners.iter().map(|owner| owner.deals).sum();
        assert_eq!(owners, row.deals, "{told}");
        if row.stage != "won" {
            let rotting = rotting.get(&row.stage).copied().unwrap_or(0);
            assert_eq!(
                row.rotting,
                Some(rotting),
                "rotting in {} {told}",
                row.stage
            );
        }
    }
    let flow = funnel(reader, FunnelMode::Flow);
    let expected = reader.flow();
    for row in &flow.stages {
        let parts = [
            row.entered,
            row.advanced,
            row.returned,
            row.closed,
            row.remaining,
        ];
        let parts = parts.map(Option::unwrap);
        let sum = expected.get(&row.stage).copied().unwrap_or_default();
        assert_eq!(parts, sum[..5], "flow of {} {told}", row.stage);
        assert_eq!(row.amount.minor, sum[5], "flow of {} {told}", row.stage);
        assert_eq!(parts[1..].iter().sum::<i64>(), parts[0], "{told}");
    }
    let cohort = funnel(reader, FunnelMode::Cohort);
    let expected = reader.cohort();
    for row in &cohort.stages {
        let parts = [row.reached, row.still_open, row.skipped].map(Option::unwrap);
        let sum = expected
            .get(row.stage.as_str())
            .copied()
            .unwrap_or_default();
        assert_eq!(parts, sum[..3], "cohort of {} {told}", row.stage);
        assert_eq!(row.amount.minor, sum[3], "cohort of {} {told}", row.stage);
    }
    // Every number is its rows.
    for stage in STAGES {
        let row = |funnel: &etalon_domain::analytics::Funnel| {
            funnel
                .stages
                .iter()
                .find(|row| row.stage == stage)
                .unwrap()
                .clone()
        };
        let of = |mode, which| rows(reader, &part(RowsReport::Funnel, Some(mode), stage, which));
        let (snapshot, flow, cohort) = (row(&snapshot), row(&flow), row(&cohort));
        let all = of(FunnelMode::Snapshot, RowsPart::All);
        assert_eq!(
            all,
            (snapshot.deals, snapshot.amount.minor),
            "{stage} {told}"
        );
        let weighted = of(FunnelMode::Snapshot, RowsPart::Weighted);
        let expected = (snapshot.deals, snapshot.weighted.unwrap().minor);
        assert_eq!(weighted, expected, "{stage} {told}");
        let entered = of(FunnelMode::Flow, RowsPart::Entered);
        assert_eq!(entered, (flow.deals, flow.amount.minor), "{stage} {told}");
        for (which, number) in [
            (RowsPart::Advanced, flow.advanced),
            (RowsPart::Returned, flow.returned),
            (RowsPart::Closed, flow.closed),
            (RowsPart::Remaining, flow.remaining),
        ] {
            assert_eq!(
                Some(of(FunnelMode::Flow, which).0),
                number,
                "{stage} {told}"
            );
        }
        let reached = of(FunnelMode::Cohort, RowsPart::Reached);
        assert_eq!(
            reached,
            (cohort.deals, cohort.amount.minor),
            "{stage} {told}"
        );
        for (which, number) in [
            (RowsPart::StillOpen, cohort.still_open),
            (RowsPart::Skipped, cohort.skipped),
        ] {
            assert_eq!(
                Some(of(FunnelMode::Cohort, which).0),
                number,
                "{stage} {told}"
            );
        }
    }
}
