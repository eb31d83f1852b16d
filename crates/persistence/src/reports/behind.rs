//! Which deals are behind a number: the same selections as those that it was counted from.

use etalon_domain::analytics::{FunnelMode, RowsPart, RowsQuery, RowsReport};
use etalon_domain::error::{Error as DomainError, FieldCode, FieldError};

use super::scope::Scope;
use super::selection::{Left, Selection};
use crate::connection::Tx;
use crate::error::Result;

/// The selections whose deals together are those behind a number.
///
/// # Errors
/// `invalid_fields` when there is no such number.
pub(super) fn selections(tx: &Tx<'_>, scope: &Scope, query: &RowsQuery) -> Result<Vec<Selection>> {
    let report = query.report.ok_or_else(|| {
        DomainError::field("report", FieldCode::Required, "must be one of the reports")
    })?;
    if let Some(stage) = &query.stage {
        let known = super::funnel::stages(tx, scope).get(stage).is_some();
        if !known {
            return Err(DomainError::Invalid(vec![FieldError::unknown("stage")]).into());
        }
    }
    let part = |usual: RowsPart| query.part.unwrap_or(usual);
    let found = match report {
        RowsReport::Funnel => funnel(tx, scope, query),
        RowsReport::Forecast => forecast(scope, part(RowsPart::Weighted)),
        RowsReport::WinRate | RowsReport::Cycle => ended(scope, part(RowsPart::Closed)),
        RowsReport::Leaderboard => ended(scope, part(RowsPart::Won)),
        RowsReport::Velocity => match part(RowsPart::Open) {
            RowsPart::Open => Some(vec![Selection::open(scope)]),
            RowsPart::Weighted => Some(vec![Selection::open(scope).weighted()]),
            other => ended(scope, other),
        },
        RowsReport::Dynamics => match part(RowsPart::Created) {
            RowsPart::Created => Some(vec![Selection::cohort(scope)]),
            RowsPart::Open => Some(vec![Selection::open(scope)]),
            other => ended(scope, other),
        },
        RowsReport::Reasons => ended(scope, part(RowsPart::Lost)),
        RowsReport::Stalling => match part(RowsPart::Rotting) {
            RowsPart::Rotting => Some(vec![Selection::rotting(scope)]),
            RowsPart::Open => Some(vec![Selection::open(scope)]),
            _ => None,
        },
        RowsReport::Pulse => match part(RowsPart::Open) {
            RowsPart::Rotting => Some(vec![Selection::rotting(scope)]),
            RowsPart::Overdue => Some(vec![Selection::overdue(scope)]),
            other => forecast(scope, other).or_else(|| ended(scope, other)),
        },
    };
    let mut found = found.ok_or_else(|| {
        DomainError::field(
            "part",
            FieldCode::NotAllowed,
            "is not a part of this report",
        )
    })?;
    for selection in &mut found {
        match (report, &query.stage) {
            (RowsReport::Funnel, _) | (_, None) => {}
            // A closed deal is in no stage of the work any more: those that have been there.
            (RowsReport::WinRate | RowsReport::Cycle, Some(stage)) => {
                selection.reached = Some(vec![stage.clone()]);
            }
            (_, stage) => selection.stage.clone_from(stage),
        }
        if let Some(reason) = &query.reason {
            selection.reason = Some((reason != "none").then(|| reason.clone()));
        }
        if let Some(competitor) = &query.competitor_id {
            selection.competitor = Some(competitor.as_str().to_owned());
        }
    }
    Ok(found)
}

fn forecast(scope: &Scope, part: RowsPart) -> Option<Vec<Selection>> {
    let won = || Selection::won(scope);
    match part {
        RowsPart::Closed => Some(vec![won()]),
        RowsPart::Commit => Some(vec![won(), Selection::committed(scope)]),
        RowsPart::Weighted => Some(vec![won(), Selection::expected(scope).weighted()]),
        RowsPart::Open => Some(vec![Selection::expected(scope)]),
        _ => None,
    }
}

fn ended(scope: &Scope, part: RowsPart) -> Option<Vec<Selection>> {
    let status: &'static [&'static str] = match part {
        RowsPart::Won => &["won"],
        RowsPart::Lost => &["lost"],
        RowsPart::Rejected => &["rejected"],
        RowsPart::Rerouted => &["rerouted"],
        RowsPart::Closed => &["won", "lost"],
        RowsPart::All => &["won", "lost", "rejected", "rerouted"],
        _ => return None,
    };
    Some(vec![Selection::closed(scope, status)])
}

fn funnel(tx: &Tx<'_>, scope: &Scope, query: &RowsQuery) -> Option<Vec<Selection>> {
    let mode = query.mode.unwrap_or(FunnelMode::Snapshot);
    let part = query.part.unwrap_or(match mode {
        FunnelMode::Snapshot => RowsPart::All,
        FunnelMode::Flow => RowsPart::Entered,
        FunnelMode::Cohort => RowsPart::Reached,
    });
    let stage = query.stage.clone();
    let selection = match (mode, part) {
        (FunnelMode::Snapshot, RowsPart::All) => Selection {
            stage,
            ..Selection::snapshot(scope)
        },
        (FunnelMode::Snapshot, RowsPart::Weighted) => Selection {
            stage,
            ..Selection::snapshot(scope).weighted()
        },
        (FunnelMode::Snapshot, RowsPart::Rotting) => Selection {
            stage,
            ..Selection::rotting(scope)
        },
        (FunnelMode::Flow, RowsPart::Stayed) => Selection {
            stage,
            ..Selection::stays(scope)
        },
        (FunnelMode::Flow, part) => {
            let end = scope.moment.at;
            let left = match part {
                RowsPart::Entered | RowsPart::All => None,
                RowsPart::Advanced => Some(Left::For("advanced")),
                RowsPart::Returned => Some(Left::For("returned")),
                RowsPart::Closed => Some(Left::For("closed")),
                RowsPart::Remaining => Some(Left::Not),
                _ => return None,
            };
            Selection {
                stage,
                left: left.map(|left| (left, end)),
                ..Selection::flow(scope)
            }
        }
        (FunnelMode::Cohort, part) => {
            let cohort = Selection::cohort(scope);
            let Some(stage) = stage else {
                return matches!(part, RowsPart::Reached | RowsPart::All).then(|| vec![cohort]);
            };
            let stages = super::funnel::stages(tx, scope);
            let open = stages.open().map(|stage| stage.code.clone());
            let codes: Vec<String> = open.chain(["won".to_owned()]).collect();
            let at = codes.iter().position(|code| *code == stage)?;
            let reached = Selection {
                reached: Some(codes[at..].to_vec()),
                ..cohort
            };
            match part {
                RowsPart::Reached | RowsPart::All => reached,
                RowsPart::StillOpen => Selection {
                    status: &["open"],
                    ..reached
                },
                RowsPart::Skipped => Selection {
                    skipped: Some(stage),
                    ..reached
                },
                _ => return None,
            }
        }
        _ => return None,
    };
    Some(vec![selection])
}
