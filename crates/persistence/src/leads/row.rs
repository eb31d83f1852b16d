//! A row, and the lead that it stands for.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use etalon_domain::deal::format_number;
use etalon_domain::id::{
    AccountId, ContactId, DealId, DepartmentId, ImportId, LeadFormId, LeadId, UserId,
};
use etalon_domain::lead::{Bant, Lead, LeadStatus};
use etalon_domain::time::{from_naive, to_naive};

use crate::deals::row::fold_lines;
use crate::error::Result;
use crate::schema::leads;

#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = leads, treat_none_as_null = true)]
pub(super) struct Values {
    pub(super) id: String,
    title: String,
    pub(super) search_text: String,
    company_name: Option<String>,
    account_id: Option<String>,
    person_name: Option<String>,
    contact_id: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    tax_number: Option<String>,
    message: Option<String>,
    source: Option<String>,
    owner_id: String,
    department_id: Option<String>,
    status: String,
    bant: String,
    pub(super) score: i32,
    pub(super) nurture_until: Option<NaiveDate>,
    disqualify_reason: Option<String>,
    disqualify_note: Option<String>,
    deal_id: Option<String>,
    override_reason: Option<String>,
    closed_at: Option<NaiveDateTime>,
    external_id: Option<String>,
    import_id: Option<String>,
    form_id: Option<String>,
    deleted_at: Option<NaiveDateTime>,
    version: i64,
    pub(super) created_at: NaiveDateTime,
    pub(super) updated_at: NaiveDateTime,
}

/// A lead with the names of what it refers to.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Row {
    pub(super) values: Values,
    owner_name: String,
    pub(super) owner_key: String,
    department_name: Option<String>,
    account_name: Option<String>,
    contact_name: Option<String>,
    deal_number: Option<i64>,
    form_name: Option<String>,
}

/// The joined source of every read of leads, boxed, with the columns of [`Row`].
macro_rules! joined {
    () => {{
        use $crate::leads::row::Values;
        use $crate::schema::{accounts, contacts, deals, departments, lead_forms, leads, users};
        leads::table
            .inner_join(users::table.on(users::id.eq(leads::owner_id)))
            .left_join(departments::table.on(departments::id.nullable().eq(leads::department_id)))
            .left_join(accounts::table.on(accounts::id.nullable().eq(leads::account_id)))
            .left_join(contacts::table.on(contacts::id.nullable().eq(leads::contact_id)))
            .left_join(deals::table.on(deals::id.nullable().eq(leads::deal_id)))
            .left_join(lead_forms::table.on(lead_forms::id.nullable().eq(leads::form_id)))
            .select((
                Values::as_select(),
                users::name,
                users::search_text,
                departments::name.nullable(),
                accounts::name.nullable(),
                contacts::name.nullable(),
                deals::number.nullable(),
                lead_forms::name.nullable(),
            ))
            .into_boxed()
    }};
}

pub(super) use joined;

impl Values {
    /// The columns of a lead.
    pub(super) fn of(lead: &Lead) -> Result<Self> {
        let text = |id: Option<&str>| id.map(str::to_owned);
        Ok(Self {
            id: lead.id.as_str().into(),
            title: lead.title.clone(),
            search_text: search_text(lead),
            company_name: lead.company_name.clone(),
            account_id: text(lead.account_id.as_ref().map(|id| id.as_str())),
            person_name: lead.person_name.clone(),
            contact_id: text(lead.contact_id.as_ref().map(|id| id.as_str())),
            email: lead.email.clone(),
            phone: lead.phone.clone(),
            tax_number: lead.tax_number.clone(),
            message: lead.message.clone(),
            source: lead.source.clone(),
            owner_id: lead.owner_id.as_str().into(),
            department_id: text(lead.department_id.as_ref().map(|id| id.as_str())),
            status: lead.status.as_str().into(),
            bant: serde_json::to_string(&lead.bant)?,
            score: lead.score,
            nurture_until: lead.nurture_until,
            disqualify_reason: text(lead.disqualify_reason.map(|reason| reason.as_str())),
            disqualify_note: lead.disqualify_note.clone(),
            deal_id: text(lead.deal_id.as_ref().map(|id| id.as_str())),
            override_reason: lead.override_reason.clone(),
            closed_at: lead.closed_at.map(to_naive),
            external_id: lead.external_id.clone(),
            import_id: text(lead.import_id.as_ref().map(|id| id.as_str())),
            form_id: text(lead.form_id.as_ref().map(|id| id.as_str())),
            deleted_at: lead.deleted_at.map(to_naive),
            version: lead.version,
            created_at: to_naive(lead.created_at),
            updated_at: to_naive(lead.updated_at),
        })
    }
}

/// What a lead is found by.
pub(super) fn search_text(lead: &Lead) -> String {
    let given = [
        &lead.company_name,
        &lead.account_name,
        &lead.person_name,
        &lead.contact_name,
        &lead.email,
        &lead.phone,
        &lead.tax_number,
    ];
    let mut words = vec![lead.title.as_str()];
    words.extend(given.into_iter().flatten().map(String::as_str));
    fold_lines(&words)
}

impl Row {
    pub(super) fn into_lead(self) -> Result<Lead> {
        let v = self.values;
        let status: LeadStatus = v.status.parse()?;
        let bant: Bant = serde_json::from_str(&v.bant)?;
        Ok(Lead {
            id: LeadId::new(v.id),
            title: v.title,
            company_name: v.company_name,
            account_id: v.account_id.map(AccountId::new),
            account_name: self.account_name,
            person_name: v.person_name,
            contact_id: v.contact_id.map(ContactId::new),
            contact_name: self.contact_name,
            email: v.email,
            phone: v.phone,
            tax_number: v.tax_number,
            message: v.message,
            source: v.source,
            owner_id: UserId::new(v.owner_id),
            owner_name: self.owner_name,
            department_id: v.department_id.map(DepartmentId::new),
            department_name: self.department_name,
            status,
            score: v.score,
            next_question: bant.next_question().filter(|_| status.is_open()),
            bant,
            nurture_until: v.nurture_until,
            disqualify_reason: v.disqualify_reason.map(|r| r.parse()).transpose()?,
            disqualify_note: v.disqualify_note,
            deal_id: v.deal_id.map(DealId::new),
            deal_number: self.deal_number.map(format_number),
            override_reason: v.override_reason,
            closed_at: v.closed_at.map(from_naive),
            external_id: v.external_id,
            import_id: v.import_id.map(ImportId::new),
            form_id: v.form_id.map(LeadFormId::new),
            form_name: self.form_name,
            deleted_at: v.deleted_at.map(from_naive),
            version: v.version,
            created_at: from_naive(v.created_at),
            updated_at: from_naive(v.updated_at),
        })
    }
}
