//! A row, and the person that it stands for.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::id::{DepartmentId, UserId};
use etalon_domain::text::non_empty;
use etalon_domain::time::from_naive;
use etalon_domain::user::{User, UserDraft};

use super::Credentials;
use crate::deals::row::fold_lines;
use crate::error::Result;
use crate::schema::users;

#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = users, treat_none_as_null = true)]
pub(super) struct Values {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) search_text: String,
    pub(super) email: Option<String>,
    pub(super) password_hash: Option<String>,
    pub(super) role: String,
    pub(super) department_id: Option<String>,
    pub(super) manager_id: Option<String>,
    pub(super) active: bool,
    pub(super) language: String,
    pub(super) time_zone: String,
    pub(super) external_id: Option<String>,
    pub(super) import_id: Option<String>,
    pub(super) version: i64,
    pub(super) created_at: NaiveDateTime,
    pub(super) updated_at: NaiveDateTime,
}

#[derive(Queryable)]
pub(super) struct Row {
    pub(super) values: Values,
    pub(super) department_name: Option<String>,
}

macro_rules! joined {
    () => {
        $crate::schema::users::table
            .left_join(
                $crate::schema::departments::table.on($crate::schema::departments::id
                    .nullable()
                    .eq($crate::schema::users::department_id)),
            )
            .select((
                $crate::users::row::Values::as_select(),
                $crate::schema::departments::name.nullable(),
            ))
            .into_boxed()
    };
}

pub(super) use joined;

impl Row {
    pub(super) fn into_credentials(self) -> Result<Credentials> {
        let v = self.values;
        Ok(Credentials {
            user: User {
                id: UserId::new(v.id),
                name: v.name,
                can_sign_in: v.active && v.email.is_some() && v.password_hash.is_some(),
                email: v.email,
                role: v.role.parse()?,
                department_id: v.department_id.map(DepartmentId::new),
                department_name: self.department_name,
                manager_id: v.manager_id.map(UserId::new),
                active: v.active,
                language: v.language.parse()?,
                time_zone: v.time_zone,
                version: v.version,
                created_at: from_naive(v.created_at),
                updated_at: from_naive(v.updated_at),
            },
            password_hash: v.password_hash,
        })
    }
}

/// A form as it is kept: texts trimmed, the address in lower case.
pub(super) fn normalized(draft: &UserDraft) -> UserDraft {
    let d = draft.clone();
    UserDraft {
        name: d.name.trim().to_owned(),
        email: non_empty(d.email).map(|email| email.to_lowercase()),
        ..d
    }
}

pub(super) fn values_of(draft: &UserDraft) -> Values {
    let mut words = vec![draft.name.as_str()];
    words.extend(draft.email.as_deref());
    Values {
        id: String::new(),
        name: draft.name.clone(),
        search_text: fold_lines(&words),
        email: draft.email.clone(),
        password_hash: None,
        role: draft.role.as_str().into(),
        department_id: draft.department_id.as_ref().map(|id| id.as_str().into()),
        manager_id: draft.manager_id.as_ref().map(|id| id.as_str().into()),
        active: draft.active,
        language: draft.language.as_str().into(),
        time_zone: draft.time_zone.clone(),
        external_id: None,
        import_id: None,
        version: 0,
        created_at: NaiveDateTime::default(),
        updated_at: NaiveDateTime::default(),
    }
}
