//! The figures: what they mean, and how they follow from counted deals. Formulas with worked examples are
//! in `docs/ANALYTICS.md`.

mod filter;
mod fullness;
mod funnel;
mod period;
mod reports;
mod rows;
mod stats;
mod summary;

pub use filter::AnalyticsFilter;
pub use fullness::{Fullness, FullnessInput, StageShortfall, fullness};
pub use funnel::{
    Frame, Funnel, FunnelMode, FunnelStage, OwnerPart, Part, Rows as FunnelRows, Tally, cohort,
    flow, has_reached, has_visited, snapshot,
};
pub use period::{MAX_DAYS, Period, PeriodQuery, Preset, shifted};
pub use reports::{
    ActivityCounts, CompetitorRow, Cycle, CycleRow, Dimension, Dynamics, DynamicsPoint, Ended,
    Forecast, ForecastLine, Leader, LeaderKind, LeaderMeasure, Leaderboard, ManagerCard,
    PastForecast, Pulse, ReasonRow, Reasons, RecentChange, StagePace, StalledDeal, Stalling,
    StallingStage, Step, Velocity, WinRate, WinRateRow,
};
pub use rows::{RowDeal, Rows, RowsPart, RowsQuery, RowsReport};
pub use stats::{CycleHistogram, Interval, round, share, wilson, win_rate};
pub use summary::{Summary, SummaryGroup, SummaryRow};
