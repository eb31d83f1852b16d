//! The reports that are measured: one request each, and the SQL behind it.

use chrono::{Days, Utc};
use etalon_domain::analytics::{
    AnalyticsFilter, FunnelMode, PeriodQuery, Preset, RowsPart, RowsQuery, RowsReport, Step,
};
use etalon_domain::deal::DealCategory;
use etalon_domain::page::Any;
use etalon_domain::policy::Actor;
use etalon_domain::user::Language;
use etalon_persistence::{Db, Result as StoreResult, Tx, reports};

use crate::capture::statements;
use crate::http::request;
use crate::repeat::constant;
use crate::scenario::Raw;

/// A report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// The funnel of now.
    Snapshot,
    /// The funnel as of 90 days ago.
    PastSnapshot,
    /// The flow of the quarter before.
    Flow,
    /// The cohort of the last twelve months.
    Cohort,
    /// The cohort of the last twelve months, of one source and two sizes.
    Filtered,
    /// Sales Pulse.
    Pulse,
    /// The forecast of the present quarter with its history.
    Forecast,
    /// The leaderboard of the present year.
    Leaderboard,
    /// The win rate of the last twelve months by owner.
    WinRate,
    /// The cycle of the last twelve months.
    Cycle,
    /// The velocity of the last twelve months.
    Velocity,
    /// The dynamics of the last twelve months by month.
    Dynamics,
    /// The reasons of the last twelve months.
    Reasons,
    /// What is stalling.
    Stalling,
    /// The first rows behind a stage of the funnel.
    Rows,
}

impl Figure {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Snapshot,
        Self::PastSnapshot,
        Self::Flow,
        Self::Cohort,
        Self::Filtered,
        Self::Pulse,
        Self::Forecast,
        Self::Leaderboard,
        Self::WinRate,
        Self::Cycle,
        Self::Velocity,
        Self::Dynamics,
        Self::Reasons,
        Self::Stalling,
        Self::Rows,
    ];

    /// What it is called in the table.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Snapshot => "funnel, snapshot of now",
            Self::PastSnapshot => "funnel, snapshot of 90 days ago",
            Self::Flow => "funnel, flow of the last quarter",
            Self::Cohort => "funnel, cohort of twelve months",
            Self::Filtered => "the same of one source and two sizes",
            Self::Pulse => "Sales Pulse",
            Self::Forecast => "forecast of the quarter",
            Self::Leaderboard => "leaderboard of the year",
            Self::WinRate => "win rate of twelve months by owner",
            Self::Cycle => "cycle of twelve months",
            Self::Velocity => "velocity of twelve months",
            Self::Dynamics => "dynamics of twelve months",
            Self::Reasons => "reasons of twelve months",
            Self::Stalling => "stalling",
            Self::Rows => "rows behind a stage, first 50",
        }
    }

    fn period(self) -> PeriodQuery {
        let preset = match self {
            Self::Flow => Preset::LastQuarter,
            Self::Leaderboard => Preset::ThisYear,
            Self::Snapshot | Self::PastSnapshot | Self::Pulse | Self::Forecast | Self::Rows => {
                Preset::ThisQuarter
            }
            _ => Preset::Last12Months,
        };
        PeriodQuery {
            period: Some(preset),
            as_of: (self == Self::PastSnapshot).then(|| Utc::now().date_naive() - Days::new(90)),
            ..PeriodQuery::default()
        }
    }

    fn filter(self) -> AnalyticsFilter {
        match self {
            Self::Filtered => AnalyticsFilter {
                source: Any(vec![etalon_demo::SOURCES[0].to_owned()]),
                category: Any(vec![DealCategory::Enterprise, DealCategory::Medium]),
                ..AnalyticsFilter::default()
            },
            _ => AnalyticsFilter::default(),
        }
    }

    /// The request.
    #[must_use]
    pub fn request(self, token: &str) -> Vec<u8> {
        let (path, more) = match self {
            Self::Snapshot | Self::PastSnapshot => ("funnel", "mode=snapshot"),
            Self::Flow => ("funnel", "mode=flow"),
            Self::Cohort | Self::Filtered => ("funnel", "mode=cohort"),
            Self::Pulse => ("pulse", ""),
            Self::Forecast => ("forecast", ""),
            Self::Leaderboard => ("leaderboard", ""),
            Self::WinRate => ("win-rate", "group_by=owner"),
            Self::Cycle => ("cycle", ""),
            Self::Velocity => ("velocity", ""),
            Self::Dynamics => ("dynamics", "step=month"),
            Self::Reasons => ("reasons", ""),
            Self::Stalling => ("stalling", ""),
            Self::Rows => ("rows", "report=funnel&stage=needs"),
        };
        let asked = [
            etalon_domain::endpoint::to_query(&self.period()),
            etalon_domain::endpoint::to_query(&self.filter()),
            more.to_owned(),
        ];
        let path = format!("/api/v1/analytics/{path}?{}", asked.join("&"));
        request("GET", path.trim_end_matches('&'), Some(token), None)
    }

    /// The SQL behind it.
    ///
    /// # Errors
    /// When the report fails or its SQL is not understood.
    pub fn raw(self, db: &Db, actor: &Actor) -> Result<Raw, String> {
        let found = statements(|| db.read_snapshot(|tx| self.read(tx, actor)))?;
        Ok(Raw::read(constant(found)))
    }

    fn read(self, tx: &mut Tx<'_>, actor: &Actor) -> StoreResult<()> {
        use etalon_domain::analytics::Dimension::Owner;
        let (period, filter, now) = (self.period(), self.filter(), Utc::now());
        let english = Language::En;
        let funnel = |tx: &mut Tx<'_>, mode| {
            reports::funnel(tx, actor, mode, &period, &filter, english, now).map(drop)
        };
        match self {
            Self::Snapshot | Self::PastSnapshot => funnel(tx, FunnelMode::Snapshot),
            Self::Flow => funnel(tx, FunnelMode::Flow),
            Self::Cohort | Self::Filtered => funnel(tx, FunnelMode::Cohort),
            Self::Pulse => reports::pulse(tx, actor, &period, &filter, english, now).map(drop),
            Self::Forecast => reports::forecast(tx, actor, None, &period, &filter, now).map(drop),
            Self::Leaderboard => {
                reports::leaderboard(tx, actor, None, None, &period, &filter, now).map(drop)
            }
            Self::WinRate => {
                reports::win_rate(tx, actor, Some(Owner), &period, &filter, now).map(drop)
            }
            Self::Cycle => reports::cycle(tx, actor, None, &period, &filter, now).map(drop),
            Self::Velocity => reports::velocity(tx, actor, &period, &filter, now).map(drop),
            Self::Dynamics => {
                let months = Some(Step::Month);
                reports::dynamics(tx, actor, months, &period, &filter, now).map(drop)
            }
            Self::Reasons => reports::reasons(tx, actor, &period, &filter, now).map(drop),
            Self::Stalling => {
                reports::stalling(tx, actor, &period, &filter, english, now).map(drop)
            }
            Self::Rows => {
                let asked = RowsQuery {
                    report: Some(RowsReport::Funnel),
                    stage: Some("needs".to_owned()),
                    part: Some(RowsPart::All),
                    ..RowsQuery::default()
                };
                reports::rows(tx, actor, &asked, &period, &filter, now).map(drop)
            }
        }
    }
}
