//! Rows, and the proposal that they stand for.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use etalon_domain::deal::Deal;
use etalon_domain::decimal::{Percent, Quantity};
use etalon_domain::id::{AccountId, ContactId, ProductId, ProposalId, Ref, UserId};
use etalon_domain::money::{Currency, Money};
use etalon_domain::proposal::{
    Proposal, ProposalLine, ProposalStatus, ProposalTotals, format_number,
};
use etalon_domain::time::{from_naive, to_naive};
use etalon_domain::visa::Visa;

use crate::context::new_id;
use crate::error::{Error, Result};
use crate::schema::{proposal_lines, proposals};

#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = proposals, treat_none_as_null = true)]
pub(super) struct Values {
    pub(super) id: String,
    pub(super) number: i64,
    pub(super) revision: i32,
    pub(super) deal_id: String,
    account_id: Option<String>,
    contact_id: Option<String>,
    currency: String,
    rate_to_base: Option<f64>,
    valid_until: Option<NaiveDate>,
    introduction: Option<String>,
    terms: Option<String>,
    net: i64,
    vat: i64,
    total_base: Option<i64>,
    status: String,
    sent_at: Option<NaiveDateTime>,
    sent_on: Option<NaiveDate>,
    pub(super) sent_to_id: Option<String>,
    channel: Option<String>,
    decided_on: Option<NaiveDate>,
    decision_note: Option<String>,
    deleted_at: Option<NaiveDateTime>,
    version: i64,
    created_at: NaiveDateTime,
    created_by: Option<String>,
    updated_at: NaiveDateTime,
    updated_by: Option<String>,
}

/// A version with the names of what it refers to.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Row {
    pub(super) values: Values,
    account_name: Option<String>,
    contact_name: Option<String>,
}

/// The joined source of every read of proposals, boxed, with the columns of [`Row`].
macro_rules! joined {
    () => {{
        use $crate::proposals::row::Values;
        use $crate::schema::{accounts, contacts, proposals};
        proposals::table
            .left_join(accounts::table.on(accounts::id.nullable().eq(proposals::account_id)))
            .left_join(contacts::table.on(contacts::id.nullable().eq(proposals::contact_id)))
            .select((
                Values::as_select(),
                accounts::name.nullable(),
                contacts::name.nullable(),
            ))
            .into_boxed()
    }};
}

pub(super) use joined;

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = proposal_lines)]
pub(super) struct LineValues {
    id: String,
    pub(super) proposal_id: String,
    position: i32,
    product_id: Option<String>,
    title: String,
    description: Option<String>,
    unit: Option<String>,
    quantity: i64,
    unit_price: i64,
    discount: i64,
    vat_rate: i64,
    net: i64,
    vat: i64,
}

fn text<T: AsRef<str>>(id: Option<&T>) -> Option<String> {
    id.map(|id| id.as_ref().to_owned())
}

impl Values {
    /// The columns of a version with this number.
    pub(super) fn of(proposal: &Proposal, number: i64) -> Self {
        Self {
            id: proposal.id.as_str().into(),
            number,
            revision: proposal.revision,
            deal_id: proposal.deal_id.as_str().into(),
            account_id: text(proposal.account_id.as_ref()),
            contact_id: text(proposal.contact_id.as_ref()),
            currency: proposal.currency.code().into(),
            rate_to_base: proposal.rate_to_base,
            valid_until: proposal.valid_until,
            introduction: proposal.introduction.clone(),
            terms: proposal.terms.clone(),
            net: proposal.totals.net.minor,
            vat: proposal.totals.vat.minor,
            total_base: proposal.totals.total_base.map(|total| total.minor),
            status: proposal.status.stored().as_str().into(),
            sent_at: proposal.sent_at.map(to_naive),
            sent_on: proposal.sent_on,
            sent_to_id: proposal.sent_to.as_ref().map(|contact| contact.id.clone()),
            channel: proposal.channel.map(|channel| channel.as_str().into()),
            decided_on: proposal.decided_on,
            decision_note: proposal.decision_note.clone(),
            deleted_at: proposal.deleted_at.map(to_naive),
            version: proposal.version,
            created_at: to_naive(proposal.created_at),
            created_by: text(proposal.created_by.as_ref()),
            updated_at: to_naive(proposal.updated_at),
            updated_by: text(proposal.updated_by.as_ref()),
        }
    }
}

impl LineValues {
    /// The columns of the lines of a version.
    pub(super) fn of(proposal: &Proposal) -> Vec<Self> {
        let line = |(position, line): (i32, &ProposalLine)| Self {
            id: new_id(),
            proposal_id: proposal.id.as_str().into(),
            position,
            product_id: text(line.product_id.as_ref()),
            title: line.title.clone(),
            description: line.description.clone(),
            unit: line.unit.clone(),
            quantity: line.quantity.units(),
            unit_price: line.unit_price.minor,
            discount: line.discount.units(),
            vat_rate: line.vat_rate.units(),
            net: line.net.minor,
            vat: line.vat.minor,
        };
        (1..).zip(&proposal.lines).map(line).collect()
    }

    fn into_line(self, currency: Currency) -> ProposalLine {
        let money = |minor| Money::new(minor, currency);
        ProposalLine {
            product_id: self.product_id.map(ProductId::new),
            title: self.title,
            description: self.description,
            unit: self.unit,
            quantity: Quantity::from_units(self.quantity),
            unit_price: money(self.unit_price),
            discount: Percent::from_units(self.discount),
            vat_rate: Percent::from_units(self.vat_rate),
            net: money(self.net),
            vat: money(self.vat),
            total: money(self.net + self.vat),
        }
    }
}

/// What belongs to a version but lies elsewhere.
pub(super) struct Parts {
    pub(super) lines: Vec<LineValues>,
    pub(super) visa: Option<Visa>,
    pub(super) sent_to: Option<Ref>,
    pub(super) is_latest: bool,
}

impl Row {
    /// The version as a reader sees it on a day; what may be done with it is not decided here.
    pub(super) fn into_proposal(
        self,
        deal: &Deal,
        base: Currency,
        today: NaiveDate,
        parts: Parts,
    ) -> Result<Proposal> {
        let v = self.values;
        let currency = Currency::from_code(&v.currency)
            .ok_or_else(|| Error::Corrupt(format!("currency {}", v.currency)))?;
        let money = |minor| Money::new(minor, currency);
        let status: ProposalStatus = v.status.parse()?;
        let lines = parts.lines.into_iter();
        Ok(Proposal {
            id: ProposalId::new(v.id),
            number: format_number(v.number),
            revision: v.revision,
            is_latest: parts.is_latest,
            deal_id: deal.id.clone(),
            deal_number: deal.number.clone(),
            deal_title: deal.title.clone(),
            owner: Ref {
                id: deal.owner_id.as_str().to_owned(),
                name: deal.owner_name.clone(),
            },
            account_id: v.account_id.map(AccountId::new),
            account_name: self.account_name,
            contact_id: v.contact_id.map(ContactId::new),
            contact_name: self.contact_name,
            currency,
            rate_to_base: v.rate_to_base,
            valid_until: v.valid_until,
            introduction: v.introduction,
            terms: v.terms,
            lines: lines.map(|line| line.into_line(currency)).collect(),
            totals: ProposalTotals {
                net: money(v.net),
                vat: money(v.vat),
                total: money(v.net + v.vat),
                total_base: v.total_base.map(|minor| Money::new(minor, base)),
            },
            status: status.seen_on(today, v.valid_until),
            visa: parts.visa,
            sent_at: v.sent_at.map(from_naive),
            sent_on: v.sent_on,
            sent_to: parts.sent_to,
            channel: v.channel.map(|word| word.parse()).transpose()?,
            decided_on: v.decided_on,
            decision_note: v.decision_note,
            actions: Vec::new(),
            deleted_at: v.deleted_at.map(from_naive),
            version: v.version,
            created_at: from_naive(v.created_at),
            created_by: v.created_by.map(UserId::new),
            updated_at: from_naive(v.updated_at),
            updated_by: v.updated_by.map(UserId::new),
        })
    }
}
