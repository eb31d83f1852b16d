//! Sales Pulse: the state of sales, read at one instant.

use chrono::Days;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use etalon_domain::analytics::{
    AnalyticsFilter, FunnelMode, LeaderKind, LeaderMeasure, Period, PeriodQuery, Pulse,
    RecentChange,
};
use etalon_domain::event::{EventKind, FieldChange};
use etalon_domain::id::DealId;
use etalon_domain::policy::Actor;
use etalon_domain::time::{Instant, from_naive, to_naive};
use etalon_domain::user::Language;

use super::leaders::{activity_counts, leaders};
use super::rows::largest;
use super::scope::{Scope, money};
use super::selection::{Selection, Total, counted, total};
use super::{dynamics, forecast, funnel, targets};
use crate::connection::Tx;
use crate::error::Result;
use crate::portable::{in_json_list, list};
use crate::schema::{deal_versions, deals, timeline};

const TOP: usize = 10;
const LEADERS: usize = 5;
const WEEKS: u64 = 13;
const CHANGES: i64 = 20;

/// The kinds of change that sales are told of.
const TOLD: [EventKind; 5] = [
    EventKind::Created,
    EventKind::StageAdvanced,
    EventKind::StageReturned,
    EventKind::Closed,
    EventKind::Reopened,
];

/// The state of sales now, against the targets of a period.
///
/// # Errors
/// `invalid_fields` when the period is none, or the database cannot be read.
pub fn pulse(
    tx: &mut Tx<'_>,
    actor: &Actor,
    period: &PeriodQuery,
    filter: &AnalyticsFilter,
    language: Language,
    now: Instant,
) -> Result<Pulse> {
    let query = PeriodQuery {
        as_of: None,
        ..*period
    };
    let scope = Scope::new(tx, actor, &query, filter, now)?;
    let funnel::Told { funnel, rotting } =
        funnel::of_scope(tx, &scope, FunnelMode::Snapshot, language)?;
    let neglected = rotting.into_values().fold(Total::default(), Total::plus);
    let goals = targets::goals(tx, &scope)?;
    let earlier = scope.within(scope.period.before());
    let weeks = Period {
        from: scope.today - Days::new(7 * (WEEKS - 1)),
        to: scope.today,
    };
    let late = total(tx, &scope, &Selection::overdue(&scope))?;
    let won_before = total(tx, &earlier, &Selection::won(&earlier))?.ended(tx);
    let so_far = scope.within(scope.period.before_so_far(scope.today));
    let won_so_far = if so_far.period == earlier.period {
        won_before
    } else {
        total(tx, &so_far, &Selection::won(&so_far))?.ended(tx)
    };
    let mut first = leaders(tx, &scope, LeaderKind::Person, LeaderMeasure::WonAmount)?;
    let open = funnel.stages.iter().filter(|stage| stage.stage != "won");
    let open = open.map(|stage| stage.unconverted);
    let won = first.iter().map(|leader| leader.unconverted);
    let unconverted = open.chain(won).sum();
    // The leaders are all who did anything.
    let done = first.iter().map(|leader| leader.activities).sum();
    first.retain(|leader| leader.wins > 0);
    first.truncate(LEADERS);
    Ok(Pulse {
        at: etalon_domain::time::truncate(now),
        from: scope.period.from,
        to: scope.period.to,
        unconverted,
        funnel: funnel.stages,
        fullness: funnel.fullness,
        forecast: forecast::line(tx, &scope, &goals)?,
        won_before,
        won_before_so_far: won_so_far.within(so_far.period),
        weeks: dynamics::points(tx, &scope, &weeks.whole_weeks(), false)?,
        top_deals: largest(tx, &scope, &Selection::expected(&scope), TOP)?,
        overdue: late.ended(tx),
        rotting: neglected.ended(tx),
        activities: activity_counts(tx, &scope, Some(done))?,
        leaders: first,
        changes: changes(tx, &scope)?,
    })
}

/// What changed in the last 24 hours, newest first.
fn changes(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<RecentChange>> {
    type Row = (
        String,
        String,
        String,
        chrono::NaiveDateTime,
        Option<String>,
        String,
        String,
        Option<i64>,
    );
    let since = to_naive(scope.now - chrono::Duration::hours(24));
    let kinds = TOLD.map(EventKind::as_str);
    let changed: Vec<String> = timeline::table
        .filter(timeline::entity.eq("deal"))
        .filter(timeline::at.ge(since))
        .filter(timeline::kind.eq_any(kinds))
        .select(timeline::entity_id)
        .distinct()
        .load(tx.conn)?;
    let (before, after) = in_json_list(scope.backend, "deal_versions.deal_id");
    let meant = counted!(
        deal_versions::table
            .filter(
                sql::<Bool>(&before)
                    .bind::<Text, _>(list(&changed))
                    .sql(after),
            )
            .select(deal_versions::deal_id)
            .into_boxed(),
        tx,
        scope,
        &Selection::present(scope)
    );
    let meant: Vec<String> = meant.load(tx.conn)?;
    let (before, after) = in_json_list(scope.backend, "timeline.entity_id");
    let query = timeline::table
        .inner_join(deals::table.on(deals::id.eq(timeline::entity_id)))
        .filter(timeline::entity.eq("deal"))
        .filter(timeline::at.ge(since))
        .filter(timeline::kind.eq_any(kinds))
        .filter(
            sql::<Bool>(&before)
                .bind::<Text, _>(list(&meant))
                .sql(after),
        )
        .order((timeline::at.desc(), timeline::id.desc()))
        .limit(CHANGES)
        .select((
            timeline::id,
            deals::id,
            deals::title,
            timeline::at,
            timeline::actor_name,
            timeline::kind,
            timeline::changes,
            deals::amount_base,
        ));
    let rows: Vec<Row> = query.load(tx.conn)?;
    (rows.into_iter())
        .map(|(id, deal, title, at, actor_name, kind, changes, amount)| {
            let changes: Vec<FieldChange> = serde_json::from_str(&changes)?;
            let stage = changes.iter().find(|change| change.field == "stage");
            let code = |value: &serde_json::Value| value.as_str().map(str::to_owned);
            Ok(RecentChange {
                id,
                deal_id: DealId::new(deal),
                title,
                at: from_naive(at),
                actor_name,
                kind: kind.parse()?,
                from_stage: stage.and_then(|change| code(&change.from)),
                to_stage: stage.and_then(|change| code(&change.to)),
                amount: amount.map(|minor| money(tx, minor)),
            })
        })
        .collect()
}
