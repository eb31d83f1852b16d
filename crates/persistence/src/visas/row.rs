//! A row, and the visa that it stands for.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::deal::format_number;
use etalon_domain::id::{DealId, DepartmentId, Ref, UserId, VisaId};
use etalon_domain::time::from_naive;
use etalon_domain::visa::{Approvers, Visa, VisaDecision, VisaState};

use super::approvers;
use crate::connection::Tx;
use crate::deals::row::money;
use crate::error::Result;
use crate::schema::{users, visas};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = visas)]
pub(super) struct Values {
    pub(super) id: String,
    pub(super) document_kind: String,
    pub(super) document_id: String,
    pub(super) document_name: String,
    pub(super) deal_id: String,
    pub(super) amount: Option<i64>,
    pub(super) currency: Option<String>,
    pub(super) hash: String,
    pub(super) requested_by: String,
    pub(super) requested_at: NaiveDateTime,
    pub(super) note: Option<String>,
    pub(super) decided_by: Option<String>,
    pub(super) decided_at: Option<NaiveDateTime>,
    pub(super) decision: Option<String>,
    pub(super) comment: Option<String>,
    pub(super) void_at: Option<NaiveDateTime>,
}

/// A visa with what is told of its deal.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Row {
    pub(super) values: Values,
    deal_number: i64,
    deal_title: String,
    owner_id: String,
    department_id: Option<String>,
}

/// The joined source of every read of visas, boxed, with the columns of [`Row`].
macro_rules! joined {
    () => {{
        use $crate::schema::{deals, visas};
        use $crate::visas::row::Values;
        visas::table
            .inner_join(deals::table.on(deals::id.eq(visas::deal_id)))
            .select((
                Values::as_select(),
                deals::number,
                deals::title,
                deals::owner_id,
                deals::department_id,
            ))
            .into_boxed()
    }};
}

pub(super) use joined;

/// Turns rows into visas; who may decide is looked up when one waits.
pub(super) fn into_visas(tx: &mut Tx<'_>, rows: Vec<Row>) -> Result<Vec<Visa>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let people: Vec<&str> = rows
        .iter()
        .flat_map(|row| {
            let values = &row.values;
            [
                Some(&values.requested_by),
                values.decided_by.as_ref(),
                Some(&row.owner_id),
            ]
        })
        .flatten()
        .map(String::as_str)
        .collect();
    let names: Vec<(String, String)> = users::table
        .filter(users::id.eq_any(people))
        .select((users::id, users::name))
        .load(tx.conn)?;
    let names: HashMap<String, String> = names.into_iter().collect();
    let waits = |row: &Row| row.values.decided_at.is_none() && row.values.void_at.is_none();
    let approvers = if rows.iter().any(waits) {
        approvers(tx)?
    } else {
        Approvers::default()
    };
    rows.into_iter()
        .map(|row| row.into_visa(&names, &approvers))
        .collect()
}

impl Row {
    fn into_visa(self, names: &HashMap<String, String>, approvers: &Approvers) -> Result<Visa> {
        let v = self.values;
        let person = |id: String| Ref {
            name: names.get(&id).cloned().unwrap_or_default(),
            id,
        };
        let decision: Option<VisaDecision> = v.decision.map(|word| word.parse()).transpose()?;
        let state = Visa::state_of(decision, v.void_at.is_some());
        let approvers = if state == VisaState::Waiting {
            let department = self.department_id.map(DepartmentId::new);
            approvers.nearest(department.as_ref(), &UserId::new(&self.owner_id))
        } else {
            Vec::new()
        };
        Ok(Visa {
            id: VisaId::new(v.id),
            document_kind: v.document_kind.parse()?,
            document_id: v.document_id,
            document_name: v.document_name,
            deal_id: DealId::new(v.deal_id),
            deal_number: format_number(self.deal_number),
            deal_title: self.deal_title,
            owner: person(self.owner_id),
            amount: money(v.amount, v.currency)?,
            hash: v.hash,
            state,
            requested_by: person(v.requested_by),
            requested_at: from_naive(v.requested_at),
            note: v.note,
            approvers,
            decided_by: v.decided_by.map(person),
            decided_at: v.decided_at.map(from_naive),
            decision,
            comment: v.comment,
            void_at: v.void_at.map(from_naive),
        })
    }
}
