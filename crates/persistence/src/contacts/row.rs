//! A row, and the record that it stands for.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::contact::{Contact, ContactDraft};
use etalon_domain::id::{AccountId, ContactId, ImportId, UserId};
use etalon_domain::text::{normalize_name, phone_key};
use etalon_domain::time::from_naive;

use crate::deals::row::fold_lines;
use crate::schema::contacts;

#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = contacts, treat_none_as_null = true)]
pub(super) struct Values {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) name_key: String,
    pub(super) search_text: String,
    pub(super) account_id: Option<String>,
    pub(super) position: Option<String>,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) phone_key: Option<String>,
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
    pub(super) account_name: Option<String>,
    pub(super) account_key: Option<String>,
}

macro_rules! joined {
    () => {
        $crate::schema::contacts::table
            .left_join(
                $crate::schema::users::table.on($crate::schema::users::id
                    .nullable()
                    .eq($crate::schema::contacts::owner_id)),
            )
            .left_join(
                $crate::schema::accounts::table.on($crate::schema::accounts::id
                    .nullable()
                    .eq($crate::schema::contacts::account_id)),
            )
            .select((
                $crate::contacts::row::Values::as_select(),
                $crate::schema::users::name.nullable(),
                $crate::schema::accounts::name.nullable(),
                $crate::schema::accounts::search_text.nullable(),
            ))
            .into_boxed()
    };
}

pub(super) use joined;

impl Row {
    pub(super) fn into_contact(self) -> Contact {
        let v = self.values;
        Contact {
            id: ContactId::new(v.id),
            name: v.name,
            account_id: v.account_id.map(AccountId::new),
            account_name: self.account_name,
            position: v.position,
            email: v.email,
            phone: v.phone,
            owner_id: v.owner_id.map(UserId::new),
            owner_name: self.owner_name,
            description: v.description,
            external_id: v.external_id,
            import_id: v.import_id.map(ImportId::new),
            deleted_at: v.deleted_at.map(from_naive),
            version: v.version,
            created_at: from_naive(v.created_at),
            updated_at: from_naive(v.updated_at),
        }
    }
}

pub(super) fn values_of(draft: &ContactDraft, account: Option<&str>) -> Values {
    let parts = [&draft.position, &draft.email, &draft.phone];
    let mut words = vec![draft.name.as_str()];
    words.extend(parts.into_iter().flatten().map(String::as_str));
    words.extend(account);
    Values {
        id: String::new(),
        name: draft.name.clone(),
        name_key: normalize_name(&draft.name),
        search_text: fold_lines(&words),
        account_id: draft.account_id.as_ref().map(|id| id.as_str().into()),
        position: draft.position.clone(),
        email: draft.email.clone(),
        phone: draft.phone.clone(),
        phone_key: draft.phone.as_deref().and_then(phone_key),
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
