//! Reports.

use serde::{Deserialize, Serialize};

use super::{Endpoint, Method, json, to_query};
use crate::analytics::{
    AnalyticsFilter, Cycle, Dimension, Dynamics, Forecast, Funnel, FunnelMode, LeaderKind,
    LeaderMeasure, Leaderboard, ManagerCard, PeriodQuery, Pulse, Reasons, Rows, RowsQuery,
    Stalling, Step, Velocity, WinRate,
};
use crate::id::UserId;
use crate::target::{TargetDrafts, TargetGrid};

/// What every report takes: a period and filters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReportQuery {
    /// The period.
    #[serde(flatten)]
    pub period: PeriodQuery,
    /// Which deals count.
    #[serde(flatten)]
    pub filter: AnalyticsFilter,
}

/// What a report takes besides: how to count, split and order. Each report uses its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct FunnelOptions {
    /// What is counted; `snapshot` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<FunnelMode>,
}

/// How a report is split.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct SplitOptions {
    /// By what to split; not at all when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_by: Option<Dimension>,
}

/// In what steps time is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct StepOptions {
    /// The steps; months when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<Step>,
}

/// How a leaderboard is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct LeaderOptions {
    /// Who is compared; people when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<LeaderKind>,
    /// What decides; the won amount when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<LeaderMeasure>,
}

fn joined(parts: &[String]) -> String {
    let filled: Vec<&str> = (parts.iter().map(String::as_str))
        .filter(|part| !part.is_empty())
        .collect();
    filled.join("&")
}

macro_rules! report {
    ($( $(#[$meta:meta])* $name:ident($($options:ty)?) -> $answer:ty, $path:literal; )+) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, Default)]
        pub struct $name {
            /// Period and filters.
            pub report: ReportQuery,
            $(
                /// How it is made.
                pub options: $options,
            )?
        }

        impl Endpoint for $name {
            type Answer = $answer;
            const METHOD: Method = Method::Get;

            fn path(&self) -> String {
                $path.to_owned()
            }

            fn query(&self) -> String {
                joined(&[
                    to_query(&self.report.period),
                    to_query(&self.report.filter),
                    $( { let options: &$options = &self.options; to_query(options) }, )?
                ])
            }
        }
    )+ };
}

report! {
    /// The funnel.
    GetFunnel(FunnelOptions) -> Funnel, "/analytics/funnel";
    /// Sales Pulse.
    GetPulse() -> Pulse, "/analytics/pulse";
    /// The forecast.
    GetForecast(StepOptions) -> Forecast, "/analytics/forecast";
    /// The leaderboard.
    GetLeaderboard(LeaderOptions) -> Leaderboard, "/analytics/leaderboard";
    /// The win rate.
    GetWinRate(SplitOptions) -> WinRate, "/analytics/win-rate";
    /// The cycle.
    GetCycle(SplitOptions) -> Cycle, "/analytics/cycle";
    /// The velocity.
    GetVelocity() -> Velocity, "/analytics/velocity";
    /// The dynamics.
    GetDynamics(StepOptions) -> Dynamics, "/analytics/dynamics";
    /// The reasons.
    GetReasons() -> Reasons, "/analytics/reasons";
    /// Stalling.
    GetStalling() -> Stalling, "/analytics/stalling";
    /// The rows behind a number.
    GetRows(RowsQuery) -> Rows, "/analytics/rows";
    /// The targets of some months; of the present year when no period is given.
    GetTargets() -> TargetGrid, "/analytics/targets";
}

/// How a manager sells.
#[derive(Clone, Debug)]
pub struct GetManagerCard {
    /// The person.
    pub id: UserId,
    /// Period and filters.
    pub report: ReportQuery,
}

impl Endpoint for GetManagerCard {
    type Answer = ManagerCard;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        format!("/analytics/managers/{}", self.id)
    }

    fn query(&self) -> String {
        joined(&[to_query(&self.report.period), to_query(&self.report.filter)])
    }
}

/// Changes targets, all of them or none.
#[derive(Clone, Debug)]
pub struct ReplaceTargets(
    /// The targets.
    pub TargetDrafts,
);

impl Endpoint for ReplaceTargets {
    type Answer = ();
    const METHOD: Method = Method::Put;

    fn path(&self) -> String {
        "/analytics/targets".to_owned()
    }

    fn body(&self) -> Option<String> {
        json(&self.0)
    }
}
