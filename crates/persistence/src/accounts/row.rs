//! A row, and the record that it stands for.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::account::{Account, AccountDraft};
use etalon_domain::id::{AccountId, ImportId, UserId};
use etalon_domain::text::{normalize_name, phone_key, tax_key};
use etalon_domain::time::from_naive;

use crate::deals::row::{fold_lines, money};
use crate::error::Result;
use crate::schema::accounts;

pub(super) mod alias {
    use crate::schema::accounts;

    diesel::alias!(accounts as parents: Parents);
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = accounts, treat_none_as_null = true)]
pub(super) struct Values {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) name_key: String,
    pub(super) search_text: String,
    pub(super) kind: String,
    pub(super) tax_number: Option<String>,
    pub(super) tax_key: Option<String>,
    pub(super) industry: Option<String>,
    pub(super) website: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) phone_key: Option<String>,
    pub(super) email: Option<String>,
    pub(super) country: Option<String>,
    pub(super) city: Option<String>,
    pub(super) address: Option<String>,
    pub(super) employees: Option<i64>,
    pub(super) annual_revenue: Option<i64>,
    pub(super) annual_revenue_currency: Option<String>,
    pub(super) founded_year: Option<i32>,
    pub(super) parent_id: Option<String>,
    pub(super) owner_id: Option<String>,
    pub(super) description: Option<String>,
    pub(super) external_id: Option<String>,
    pub(super) import_id: Option<String>,
    pub(super) deleted_at: Option<NaiveDateTime>,
    pub(super) version: i64,
    pub(super) created_at: NaiveDateTime,
    pub(super) created_by: Option<String>,
    pub(super) updated_at: NaiveDateTime,
    pub(super) updated_by: Option<String>,
}

#[derive(Queryable)]
pub(super) struct Row {
    pub(super) values: Values,
    pub(super) owner_name: Option<String>,
    pub(super) parent_name: Option<String>,
}

macro_rules! joined {
    () => {
        $crate::schema::accounts::table
            .left_join(
                $crate::schema::users::table.on($crate::schema::users::id
                    .nullable()
                    .eq($crate::schema::accounts::owner_id)),
            )
            .left_join(
                $crate::accounts::row::alias::parents.on($crate::accounts::row::alias::parents
                    .field($crate::schema::accounts::id)
                    .nullable()
                    .eq($crate::schema::accounts::parent_id)),
            )
            .select((
                $crate::accounts::row::Values::as_select(),
                $crate::schema::users::name.nullable(),
                $crate::accounts::row::alias::parents
                    .field($crate::schema::accounts::name)
                    .nullable(),
            ))
            .into_boxed()
    };
}

pub(super) use joined;

impl Row {
    pub(super) fn into_account(self) -> Result<Account> {
        let v = self.values;
        Ok(Account {
            id: AccountId::new(v.id),
            name: v.name,
            kind: v.kind.parse()?,
            tax_number: v.tax_number,
            industry: v.industry,
            website: v.website,
            phone: v.phone,
            email: v.email,
            country: v.country,
            city: v.city,
            address: v.address,
            employees: v.employees,
            annual_revenue: money(v.annual_revenue, v.annual_revenue_currency)?,
            founded_year: v.founded_year,
            parent_id: v.parent_id.map(AccountId::new),
            parent_name: self.parent_name,
            owner_id: v.owner_id.map(UserId::new),
            owner_name: self.owner_name,
            description: v.description,
            open_deals: 0,
            external_id: v.external_id,
            import_id: v.import_id.map(ImportId::new),
            deleted_at: v.deleted_at.map(from_naive),
            version: v.version,
            created_at: from_naive(v.created_at),
            updated_at: from_naive(v.updated_at),
        })
    }
}

pub(super) fn values_of(draft: &AccountDraft) -> Values {
    let parts = [
        &draft.tax_number,
        &draft.website,
        &draft.phone,
        &draft.email,
        &draft.city,
    ];
    let mut words = vec![draft.name.as_str()];
    words.extend(parts.into_iter().flatten().map(String::as_str));
    Values {
        id: String::new(),
        name: draft.name.clone(),
        name_key: normalize_name(&draft.name),
        search_text: fold_lines(&words),
        kind: draft.kind.as_str().into(),
        tax_number: draft.tax_number.clone(),
        tax_key: draft.tax_number.as_deref().and_then(tax_key),
        industry: draft.industry.clone(),
        website: draft.website.clone(),
        phone: draft.phone.clone(),
        phone_key: draft.phone.as_deref().and_then(phone_key),
        email: draft.email.clone(),
        country: draft.country.clone(),
        city: draft.city.clone(),
        address: draft.address.clone(),
        employees: draft.employees,
        annual_revenue: draft.annual_revenue.map(|m| m.minor),
        annual_revenue_currency: draft.annual_revenue.map(|m| m.currency.code().into()),
        founded_year: draft.founded_year,
        parent_id: draft.parent_id.as_ref().map(|id| id.as_str().into()),
        owner_id: draft.owner_id.as_ref().map(|id| id.as_str().into()),
        description: draft.description.clone(),
        external_id: None,
        import_id: None,
        deleted_at: None,
        version: 0,
        created_at: NaiveDateTime::default(),
        created_by: None,
        updated_at: NaiveDateTime::default(),
        updated_by: None,
    }
}
