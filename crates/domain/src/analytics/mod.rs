//! The figures: what they mean, and how they follow from counted deals. Formulas with worked examples are
//! in `docs/ANALYTICS.md`.

mod closed;
mod filter;
mod fullness;
mod funnel;
mod people;
mod period;
mod reports;
mod rows;
mod state;
mod stats;
mod summary;

pub use closed::{
    CompetitorRow, Cycle, CycleRow, ReasonRow, Reasons, Velocity, WinRate, WinRateRow,
};
pub use filter::AnalyticsFilter;
pub use fullness::{Fullness, FullnessInput, StageShortfall, fullness};
pub use funnel::{
    Frame, Funnel, FunnelMode, FunnelStage, OwnerPart, Part, Rows as FunnelRows, Tally, cohort,
    flow, has_reached, has_visited, snapshot,
};
pub use people::{
    ActivityCounts, Leader, LeaderKind, LeaderMeasure, Leaderboard, ManagerCard, StagePace,
};
pub use period::{MAX_DAYS, Period, PeriodQuery, Preset, shifted};
pub use reports::{
    Dimension, Dynamics, DynamicsPoint, Ended, EndedIn, Forecast, ForecastLine, PastForecast, Step,
};
pub use rows::{RowDeal, Rows, RowsPart, RowsQuery, RowsReport};
pub use state::{Pulse, RecentChange, StalledDeal, Stalling, StallingStage};
pub use stats::{CycleHistogram, Interval, round, share, wilson, win_rate};
pub use summary::{Summary, SummaryGroup, SummaryRow};
