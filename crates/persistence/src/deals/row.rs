use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use etalon_domain::deal::{Deal, Derived, Need, derive, format_number};
use etalon_domain::id::{
    AccountId, ContactId, DealId, DepartmentId, ImportId, ProcessVersionId, ProductId, UserId,
};
use etalon_domain::money::{Currency, Money};
use etalon_domain::text::fold;
use etalon_domain::time::{Instant, days_between, from_naive, to_naive};

use crate::connection::Company;
use crate::error::{Error, Result};
use crate::schema::deals;

/// The columns of a deal but its number, which the database gives.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = deals, treat_none_as_null = true)]
pub(super) struct Values {
    pub id: String,
    title: String,
    pub search_text: String,
    account_id: Option<String>,
    contact_id: Option<String>,
    pub owner_id: String,
    pub department_id: Option<String>,
    product_id: Option<String>,
    stage: String,
    status: String,
    deal_type: String,
    category: Option<String>,
    source: Option<String>,
    budget: Option<i64>,
    budget_currency: Option<String>,
    amount: Option<i64>,
    currency: Option<String>,
    pub amount_base: Option<i64>,
    pub probability: i32,
    probability_manual: bool,
    forecast_category: String,
    forecast_category_manual: bool,
    pub expected_close_on: Option<NaiveDate>,
    first_expected_close_on: Option<NaiveDate>,
    pushes: i32,
    pub closed_at: Option<NaiveDateTime>,
    close_reason: Option<String>,
    pub winner_account_id: Option<String>,
    pub beaten_account_id: Option<String>,
    process_version_id: String,
    rerouted_to: Option<String>,
    next_contact_on: Option<NaiveDate>,
    need_type: Option<String>,
    need_text: Option<String>,
    decision_on: Option<NaiveDate>,
    tactic: Option<String>,
    own_strengths: Option<String>,
    own_weaknesses: Option<String>,
    tactic_review_on: Option<NaiveDate>,
    pub next_step_on: Option<NaiveDate>,
    stage_entered_at: NaiveDateTime,
    closed_from_stage: Option<String>,
    pub last_touch_at: Option<NaiveDateTime>,
    cycle_days: Option<i32>,
    external_id: Option<String>,
    import_id: Option<String>,
    deleted_at: Option<NaiveDateTime>,
    version: i64,
    pub created_at: NaiveDateTime,
    created_by: Option<String>,
    pub updated_at: NaiveDateTime,
    updated_by: Option<String>,
}

/// A deal with the names of what it refers to.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Row {
    pub number: i64,
    pub values: Values,
    account_name: Option<String>,
    pub account_key: Option<String>,
    contact_name: Option<String>,
    owner_name: String,
    pub owner_key: String,
    department_name: Option<String>,
    product_name: Option<String>,
    pub stage_position: i32,
    team_role: Option<String>,
}

/// The joined source of every read of deals for a person, boxed, with the columns of [`Row`].
macro_rules! joined {
    ($actor:expr) => {
        deals::table
            .inner_join(stages::table.on(stages::code.eq(deals::stage)))
            .inner_join(users::table.on(users::id.eq(deals::owner_id)))
            .left_join(accounts::table.on(accounts::id.nullable().eq(deals::account_id)))
            .left_join(contacts::table.on(contacts::id.nullable().eq(deals::contact_id)))
            .left_join(departments::table.on(departments::id.nullable().eq(deals::department_id)))
            .left_join(products::table.on(products::id.nullable().eq(deals::product_id)))
            .left_join(
                deal_team::table.on(deal_team::deal_id
                    .eq(deals::id)
                    .and(deal_team::user_id.eq($actor.user_id.as_str().to_owned()))),
            )
            .select((
                deals::number,
                Values::as_select(),
                accounts::name.nullable(),
                accounts::search_text.nullable(),
                contacts::name.nullable(),
                users::name,
                users::search_text,
                departments::name.nullable(),
                products::name.nullable(),
                stages::position,
                deal_team::role.nullable(),
            ))
            .into_boxed()
    };
}

pub(super) use joined;

impl Values {
    /// The columns of a deal.
    pub(super) fn of(deal: &Deal) -> Self {
        let day = |at: Instant| at.date_naive();
        Self {
            id: deal.id.as_str().into(),
            title: deal.title.clone(),
            search_text: search_text(&deal.title, deal.account_name.as_deref()),
            account_id: text(&deal.account_id),
            contact_id: text(&deal.contact_id),
            owner_id: deal.owner_id.as_str().into(),
            department_id: text(&deal.department_id),
            product_id: text(&deal.product_id),
            stage: deal.stage.clone(),
            status: deal.status.as_str().into(),
            deal_type: deal.deal_type.as_str().into(),
            category: deal.category.map(|c| c.as_str().into()),
            source: deal.source.clone(),
            budget: deal.budget.map(|m| m.minor),
            budget_currency: deal.budget.map(|m| m.currency.code().into()),
            amount: deal.amount.map(|m| m.minor),
            currency: deal.amount.map(|m| m.currency.code().into()),
            amount_base: deal.amount_base.map(|m| m.minor),
            probability: deal.probability,
            probability_manual: deal.probability_manual,
            forecast_category: deal.forecast_category.as_str().into(),
            forecast_category_manual: deal.forecast_category_manual,
            expected_close_on: deal.expected_close_on,
            first_expected_close_on: deal.first_expected_close_on,
            pushes: deal.pushes,
            closed_at: deal.closed_at.map(to_naive),
            close_reason: deal.close_reason.clone(),
            winner_account_id: text(&deal.winner_account_id),
            beaten_account_id: text(&deal.beaten_account_id),
            process_version_id: deal.process_version_id.as_str().into(),
            rerouted_to: deal.rerouted_to.clone(),
            next_contact_on: deal.next_contact_on,
            need_type: deal.need.as_ref().and_then(|n| n.kind.clone()),
            need_text: deal.need.as_ref().map(|n| n.text.clone()),
            decision_on: deal.decision_on,
            tactic: deal.tactic.clone(),
            own_strengths: deal.own_strengths.clone(),
            own_weaknesses: deal.own_weaknesses.clone(),
            tactic_review_on: deal.tactic_review_on,
            next_step_on: deal.next_step_on,
            stage_entered_at: to_naive(deal.stage_entered_at),
            closed_from_stage: deal.closed_from_stage.clone(),
            last_touch_at: deal.last_touch_at.map(to_naive),
            cycle_days: deal.closed_at.and_then(|closed| {
                i32::try_from(days_between(day(deal.created_at), day(closed))).ok()
            }),
            external_id: deal.external_id.clone(),
            import_id: text(&deal.import_id),
            deleted_at: deal.deleted_at.map(to_naive),
            version: deal.version,
            created_at: to_naive(deal.created_at),
            created_by: text(&deal.created_by),
            updated_at: to_naive(deal.updated_at),
            updated_by: text(&deal.updated_by),
        }
    }
}

/// What a text search of deals looks into; the title comes first, so that it sorts by title. The
/// number is found by itself.
pub(crate) fn search_text(title: &str, account: Option<&str>) -> String {
    fold_lines(&[title, account.unwrap_or_default()])
}

/// Several texts folded, one a line.
pub(crate) fn fold_lines(parts: &[&str]) -> String {
    let folded: Vec<String> = parts
        .iter()
        .map(|part| fold(part))
        .filter(|part| !part.is_empty())
        .collect();
    folded.join("\n")
}

fn text<T: AsRef<str>>(id: &Option<T>) -> Option<String> {
    id.as_ref().map(|id| id.as_ref().to_owned())
}

impl Row {
    /// The deal that a reader in this zone sees now.
    pub(super) fn into_deal(
        self,
        company: &Company,
        name_of: impl Fn(&str) -> Option<String>,
        now: Instant,
        today: NaiveDate,
    ) -> Result<Deal> {
        let v = self.values;
        let need = match (v.need_type, v.need_text) {
            (None, None) => None,
            (kind, text) => Some(Need {
                kind,
                text: text.unwrap_or_default(),
            }),
        };
        let mut deal = Deal {
            id: DealId::new(v.id),
            number: format_number(self.number),
            title: v.title,
            account_id: v.account_id.map(AccountId::new),
            account_name: self.account_name,
            contact_id: v.contact_id.map(ContactId::new),
            contact_name: self.contact_name,
            owner_id: UserId::new(v.owner_id),
            owner_name: self.owner_name,
            department_id: v.department_id.map(DepartmentId::new),
            department_name: self.department_name,
            product_id: v.product_id.map(ProductId::new),
            product_name: self.product_name,
            process_version_id: ProcessVersionId::new(v.process_version_id),
            my_team_role: self.team_role.map(|role| role.parse()).transpose()?,
            stage: v.stage,
            status: v.status.parse()?,
            deal_type: v.deal_type.parse()?,
            category: v.category.map(|c| c.parse()).transpose()?,
            source: v.source,
            budget: money(v.budget, v.budget_currency)?,
            amount: money(v.amount, v.currency)?,
            amount_base: v
                .amount_base
                .map(|minor| Money::new(minor, company.base_currency)),
            probability: v.probability,
            probability_manual: v.probability_manual,
            forecast_category: v.forecast_category.parse()?,
            forecast_category_manual: v.forecast_category_manual,
            expected_close_on: v.expected_close_on,
            first_expected_close_on: v.first_expected_close_on,
            pushes: v.pushes,
            closed_at: v.closed_at.map(from_naive),
            close_reason: v.close_reason,
            winner_account_name: v.winner_account_id.as_deref().and_then(&name_of),
            winner_account_id: v.winner_account_id.map(AccountId::new),
            beaten_account_name: v.beaten_account_id.as_deref().and_then(&name_of),
            beaten_account_id: v.beaten_account_id.map(AccountId::new),
            rerouted_to: v.rerouted_to,
            next_contact_on: v.next_contact_on,
            need,
            decision_on: v.decision_on,
            tactic: v.tactic,
            own_strengths: v.own_strengths,
            own_weaknesses: v.own_weaknesses,
            tactic_review_on: v.tactic_review_on,
            next_step_on: v.next_step_on,
            stage_entered_at: from_naive(v.stage_entered_at),
            closed_from_stage: v.closed_from_stage,
            last_touch_at: v.last_touch_at.map(from_naive),
            derived: Derived::default(),
            external_id: v.external_id,
            import_id: v.import_id.map(ImportId::new),
            deleted_at: v.deleted_at.map(from_naive),
            version: v.version,
            created_at: from_naive(v.created_at),
            created_by: v.created_by.map(UserId::new),
            updated_at: from_naive(v.updated_at),
            updated_by: v.updated_by.map(UserId::new),
        };
        let stages = &company.process(&deal.process_version_id).stages;
        deal.derived = derive(&deal, stages, now, today);
        Ok(deal)
    }
}

/// An amount from its two columns.
pub(crate) fn money(minor: Option<i64>, currency: Option<String>) -> Result<Option<Money>> {
    match (minor, currency) {
        (Some(minor), Some(code)) => match Currency::from_code(&code) {
            Some(currency) => Ok(Some(Money::new(minor, currency))),
            None => Err(Error::Corrupt(format!("currency {code}"))),
        },
        _ => Ok(None),
    }
}
