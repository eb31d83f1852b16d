use chrono::NaiveDateTime;
use chrono_tz::Tz;
use etalon_domain::deal::DealFilter;
use etalon_domain::error::{Error as DomainError, FieldCode};
use etalon_domain::money::{Currency, Money};
use etalon_domain::policy::{Actor, Reach};

use crate::connection::{Backend, Tx};
use crate::error::Result;
use crate::portable::{Search, backend, search_deals};
use crate::zone::{day_end, day_start};

/// A filter with everything looked up that the query needs.
pub(crate) struct Resolved {
    pub backend: Backend,
    pub actor: Actor,
    pub filter: DealFilter,
    pub search: Option<Search>,
    /// The departments of the filter, with all below them unless it says otherwise.
    pub departments: Vec<String>,
    pub amount_min: Option<i64>,
    pub amount_max: Option<i64>,
    pub created_from: Option<NaiveDateTime>,
    pub created_before: Option<NaiveDateTime>,
    pub closed_from: Option<NaiveDateTime>,
    pub closed_before: Option<NaiveDateTime>,
    pub today: chrono::NaiveDate,
    /// The deals behind a number of a report, as a list in JSON.
    pub behind: Option<String>,
}

impl Resolved {
    /// Looks up what a filter names.
    pub(crate) fn new(
        tx: &mut Tx<'_>,
        actor: &Actor,
        filter: &DealFilter,
        zone: Tz,
        today: chrono::NaiveDate,
    ) -> Result<Self> {
        let departments = crate::departments::meant(tx, &filter.department_id, filter.subtree)?;
        let behind = match &filter.rows {
            Some(rows) => {
                let ids = crate::reports::deals_behind(tx, actor, rows)?;
                Some(crate::portable::list(&ids))
            }
            None => None,
        };
        let base = tx.company.base_currency;
        let backend = backend(tx.conn);
        Ok(Self {
            backend,
            actor: actor.clone(),
            search: search_deals(backend, filter.q.as_deref()),
            departments,
            amount_min: amount("amount_min", filter.amount_min.as_deref(), base)?,
            amount_max: amount("amount_max", filter.amount_max.as_deref(), base)?,
            created_from: filter.created_from.map(|day| day_start(day, zone)),
            created_before: filter.created_to.map(|day| day_end(day, zone)),
            closed_from: filter.closed_from.map(|day| day_start(day, zone)),
            closed_before: filter.closed_to.map(|day| day_end(day, zone)),
            today,
            behind,
            filter: filter.clone(),
        })
    }

    /// The departments whose deals the reader sees; `None` when everybody's.
    pub(crate) fn visible_departments(&self) -> Option<Vec<&str>> {
        match &self.actor.reach {
            Reach::All => None,
            Reach::Departments { departments } => {
                Some(departments.iter().map(|d| d.as_str()).collect())
            }
            Reach::Own => Some(Vec::new()),
        }
    }
}

fn amount(field: &str, text: Option<&str>, base: Currency) -> Result<Option<i64>> {
    match text.map(|text| Money::parse(text, base)) {
        None => Ok(None),
        Some(Ok(money)) => Ok(Some(money.minor)),
        Some(Err(_)) => Err(DomainError::field(
            field,
            FieldCode::InvalidFormat,
            "is not an amount in the base currency such as 12500.00",
        )
        .into()),
    }
}

/// Narrows a boxed query over `deals` to what the reader may see and the filter selects.
macro_rules! narrow {
    ($query:expr, $resolved:expr) => {{
        let resolved: &crate::deals::filter::Resolved = $resolved;
        let filter = &resolved.filter;
        let mut query = $query;
        if let Some(behind) = &resolved.behind {
            let (before, after) = crate::portable::in_json_list(resolved.backend, "deals.id");
            query = query.filter(
                diesel::dsl::sql::<diesel::sql_types::Bool>(&before)
                    .bind::<diesel::sql_types::Text, _>(behind.clone())
                    .sql(after),
            );
        }
        query = if resolved.behind.is_some() {
            query
        } else if filter.deleted == Some(true) {
            query.filter(deals::deleted_at.is_not_null())
        } else {
            query.filter(deals::deleted_at.is_null())
        };
        if let Some(visible) = resolved.visible_departments() {
            use diesel::sql_types::{Bool, Nullable, Text};
            let me = || resolved.actor.user_id.as_str().to_owned();
            let on_team = diesel::dsl::sql::<Nullable<Bool>>(
                "deals.id IN (SELECT deal_id FROM deal_team WHERE user_id = ",
            )
            .bind::<Text, _>(me())
            .sql(")");
            let own = deals::owner_id.eq(me()).nullable().or(on_team.clone());
            query = if visible.is_empty() {
                query.filter(own)
            } else {
                let visible: Vec<String> = visible.into_iter().map(str::to_owned).collect();
                match resolved.backend {
                    crate::connection::Backend::Postgres => {
                        query.filter(own.or(deals::department_id.eq_any(visible)))
                    }
                    // The plus keeps SQLite from gathering everything visible by several indexes and
                    // sorting it; the index that gives the order has these columns, too.
                    crate::connection::Backend::Sqlite => {
                        let owner = diesel::dsl::sql::<Nullable<Text>>("+deals.owner_id");
                        let among = crate::portable::among!("+deals.department_id", &visible);
                        query.filter(owner.eq(me()).or(among).or(on_team))
                    }
                }
            };
        }
        macro_rules! any_of {
            ($values:expr, $column:expr) => {
                // One value is compared by itself: an index then gives the order, too.
                if let [value] = $values.0.as_slice() {
                    query = query.filter($column.eq(value.to_string()));
                } else if !$values.is_empty() {
                    let values: Vec<String> = $values.0.iter().map(ToString::to_string).collect();
                    query = query.filter($column.eq_any(values));
                }
            };
        }
        macro_rules! any_or_none {
            ($values:expr, $column:expr) => {
                if !$values.is_empty() {
                    let values: Vec<String> = $values.iter().map(ToString::to_string).collect();
                    query = if values.iter().any(|v| v == "none") {
                        query.filter($column.is_null().nullable().or($column.eq_any(values)))
                    } else if let [value] = values.as_slice() {
                        query.filter($column.eq(value.clone()))
                    } else {
                        query.filter($column.eq_any(values))
                    };
                }
            };
        }
        any_of!(filter.owner_id, deals::owner_id);
        any_or_none!(filter.account_id.0, deals::account_id);
        any_of!(filter.contact_id, deals::contact_id);
        any_or_none!(filter.product_id.0, deals::product_id);
        any_of!(filter.stage, deals::stage);
        any_of!(filter.status, deals::status);
        any_of!(filter.deal_type, deals::deal_type);
        any_of!(filter.category, deals::category);
        any_of!(filter.forecast_category, deals::forecast_category);
        any_of!(filter.source, deals::source);
        any_or_none!(resolved.departments, deals::department_id);
        if let Some(import) = &filter.import_id {
            query = query.filter(deals::import_id.eq(import.as_str().to_owned()));
        }
        if let Some(minor) = resolved.amount_min {
            query = query.filter(deals::amount_base.ge(minor));
        }
        if let Some(minor) = resolved.amount_max {
            query = query.filter(deals::amount_base.le(minor));
        }
        if let Some(day) = filter.expected_close_from {
            query = query.filter(deals::expected_close_on.ge(day));
        }
        if let Some(day) = filter.expected_close_to {
            query = query.filter(deals::expected_close_on.le(day));
        }
        if let Some(at) = resolved.created_from {
            query = query.filter(deals::created_at.ge(at));
        }
        if let Some(at) = resolved.created_before {
            query = query.filter(deals::created_at.lt(at));
        }
        if let Some(at) = resolved.closed_from {
            query = query.filter(deals::closed_at.ge(at));
        }
        if let Some(at) = resolved.closed_before {
            query = query.filter(deals::closed_at.lt(at));
        }
        if filter.overdue == Some(true) {
            query = query
                .filter(deals::status.eq("open"))
                .filter(deals::expected_close_on.lt(resolved.today));
        }
        crate::portable::search_in!(query, &resolved.search)
    }};
}

pub(crate) use narrow;
