//! The only way to change a visa.

use diesel::prelude::*;
use etalon_domain::deal::DealStatus;
use etalon_domain::error::ErrorCode;
use etalon_domain::event::{EventKind, FieldChange};
use etalon_domain::id::{DealId, DepartmentId, UserId};
use etalon_domain::money::Money;
use etalon_domain::notification::{NotificationKind, NotificationSubject};
use etalon_domain::policy::may_give_visa;
use etalon_domain::process::Bilingual;
use etalon_domain::time::to_naive;
use etalon_domain::visa::{Visa, VisaDecision, VisaDocument};
use serde_json::{Value, json};

use super::row::Values;
use super::{approvers_of, of_document};
use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::deals;
use crate::error::Result;
use crate::notifications::{self, NewNotification};
use crate::schema::{deals as deals_table, visas};
use crate::timeline::{self, Entity, Entry};

/// What is put before whoever gives the visa.
#[derive(Clone, Debug)]
pub struct VisaRequest<'a> {
    /// The kind of document.
    pub document_kind: VisaDocument,
    /// Identifier of the document's version.
    pub document_id: &'a str,
    /// What people call it.
    pub document_name: &'a Bilingual,
    /// The deal that it belongs to.
    pub deal_id: &'a DealId,
    /// What it is worth, when it says so.
    pub amount: Option<Money>,
    /// Hash of its content.
    pub hash: &'a str,
    /// Words for whoever decides.
    pub note: Option<&'a str>,
}

/// Asks for a visa and tells those who may give it; one that waited for the same document becomes void. The caller has decided that
/// the actor may ask and writes the history of the document.
///
/// # Errors
/// When the database cannot be written.
pub fn request(tx: &mut Tx<'_>, context: &Context, what: &VisaRequest<'_>) -> Result<()> {
    void(tx, context, what.document_kind, what.document_id)?;
    let id = new_id();
    let row = Values {
        id: id.clone(),
        document_kind: what.document_kind.as_str().into(),
        document_id: what.document_id.into(),
        document_name: what.document_name.en.clone(),
        deal_id: what.deal_id.as_str().into(),
        amount: what.amount.map(|amount| amount.minor),
        currency: what.amount.map(|amount| amount.currency.code().into()),
        hash: what.hash.into(),
        requested_by: context.actor.user_id.as_str().into(),
        requested_at: to_naive(context.now),
        note: what.note.map(Into::into),
        decided_by: None,
        decided_at: None,
        decision: None,
        comment: None,
        void_at: None,
    };
    diesel::insert_into(visas::table)
        .values(&row)
        .execute(tx.conn)?;
    let (owner, department): (String, Option<String>) = deals_table::table
        .filter(deals_table::id.eq(what.deal_id.as_str()))
        .select((deals_table::owner_id, deals_table::department_id))
        .first(tx.conn)?;
    let department = department.map(DepartmentId::new);
    let approvers = approvers_of(tx, department.as_ref(), &UserId::new(owner))?;
    for approver in approvers {
        let news = Told {
            kind: NotificationKind::VisaWanted,
            whom: UserId::new(&approver.id),
            key: format!("visa_wanted:{id}:{}", approver.id),
            data: json!({
                "deal_id": what.deal_id,
                "amount": what.amount,
                "by": context.actor.name,
            }),
        };
        let document = (what.document_kind, what.document_id, what.document_name);
        tell(tx, context, document, what.deal_id, news)?;
    }
    Ok(())
}

/// What somebody is told about a visa.
struct Told {
    kind: NotificationKind,
    whom: UserId,
    key: String,
    data: Value,
}

/// Tells somebody, in the own language; nobody is told of what he did himself.
fn tell(
    tx: &mut Tx<'_>,
    context: &Context,
    (kind, id, name): (VisaDocument, &str, &Bilingual),
    deal_id: &DealId,
    mut told: Told,
) -> Result<()> {
    if told.whom == context.actor.user_id {
        return Ok(());
    }
    let deal_title: String = deals_table::table
        .filter(deals_table::id.eq(deal_id.as_str()))
        .select(deals_table::title)
        .first(tx.conn)?;
    told.data["deal_title"] = json!(deal_title);
    // The visa on a contract is given in its step.
    if let (VisaDocument::Contract, Some((_, step))) = (kind, id.split_once(':')) {
        told.data["step_id"] = json!(step);
    }
    let language = crate::users::language_of(tx, &told.whom)?;
    let (entity, id) = match kind {
        VisaDocument::Proposal => (NotificationSubject::Proposal, id),
        VisaDocument::Contract => (NotificationSubject::Deal, deal_id.as_str()),
    };
    let news = NewNotification {
        user_id: &told.whom,
        kind: told.kind,
        entity,
        id,
        title: name.in_language(language),
        data: told.data,
        dedupe_key: told.key,
    };
    notifications::notify(tx, &news, context.now)?;
    Ok(())
}

/// Decides the visa that waits on a document whose content has this hash, writes it into the history
/// of the deal and tells whoever asked. The document is called what it was called when the visa was asked
/// for, unless a name in both languages is given. Of two people who decide at once, one is told that nothing waits.
///
/// # Errors
/// `not_found`, `forbidden`, `deal_closed`, `visa_not_waiting`, or that the database failed.
pub fn decide(
    tx: &mut Tx<'_>,
    context: &Context,
    (kind, document_id, name): (VisaDocument, &str, Option<&Bilingual>),
    hash: &str,
    decision: VisaDecision,
    comment: Option<&str>,
) -> Result<Visa> {
    let found: Option<Values> = visas::table
        .filter(visas::document_kind.eq(kind.as_str()))
        .filter(visas::document_id.eq(document_id))
        .filter(visas::decided_at.is_null())
        .filter(visas::void_at.is_null())
        .select(Values::as_select())
        .first(tx.conn)
        .optional()?;
    let visa = found.ok_or(ErrorCode::VisaNotWaiting)?;
    let deal_id = DealId::new(visa.deal_id);
    let deal = deals::get(tx, &context.actor, &deal_id, context.now)?;
    if !may_give_visa(&context.actor, &deal.owner_id, deal.department_id.as_ref()) {
        return Err(ErrorCode::Forbidden.into());
    }
    if deal.status != DealStatus::Open {
        return Err(ErrorCode::DealClosed.into());
    }
    let waiting = visas::table
        .filter(visas::id.eq(&visa.id))
        .filter(visas::hash.eq(hash))
        .filter(visas::decided_at.is_null())
        .filter(visas::void_at.is_null());
    let decided = diesel::update(waiting)
        .set((
            visas::decided_by.eq(context.actor.user_id.as_str()),
            visas::decided_at.eq(to_naive(context.now)),
            visas::decision.eq(decision.as_str()),
            visas::comment.eq(comment),
        ))
        .execute(tx.conn)?;
    if decided == 0 {
        return Err(ErrorCode::VisaNotWaiting.into());
    }
    let unnamed = Bilingual {
        en: visa.document_name.clone(),
        ru: String::new(),
    };
    let name = name.unwrap_or(&unnamed);
    let named = match name.ru.as_str() {
        "" => json!({"id": visa.document_id, "name": name.en}),
        ru => json!({"id": visa.document_id, "name": name.en, "name_ru": ru}),
    };
    let changes = [
        change(visa.document_kind, named),
        change("visa".into(), json!(decision)),
    ];
    let entry = Entry {
        at: context.now,
        kind: EventKind::VisaGiven,
        changes: &changes,
        reason: comment,
    };
    timeline::append(tx.conn, context, Entity::Deal, deal_id.as_str(), &entry)?;
    let news = Told {
        kind: NotificationKind::VisaDecided,
        whom: UserId::new(&visa.requested_by),
        key: format!("visa_decided:{}", visa.id),
        data: json!({
            "deal_id": deal_id,
            "decision": decision,
            "comment": comment,
            "by": context.actor.name,
        }),
    };
    let document = (kind, document_id, name);
    tell(tx, context, document, &deal_id, news)?;
    let mut all = of_document(tx, kind, document_id)?;
    let place = all.iter().position(|each| each.id.as_str() == visa.id);
    Ok(all.swap_remove(place.ok_or(ErrorCode::Internal)?))
}

fn change(field: String, to: Value) -> FieldChange {
    FieldChange {
        field,
        from: Value::Null,
        to,
    }
}

/// Voids what was given or asked for on a document that has changed or was taken back. A rejection
/// stays what it is. Returns how many visas became void.
///
/// # Errors
/// When the database cannot be written.
pub fn void(
    tx: &mut Tx<'_>,
    context: &Context,
    kind: VisaDocument,
    document_id: &str,
) -> Result<usize> {
    let standing = visas::table
        .filter(visas::document_kind.eq(kind.as_str()))
        .filter(visas::document_id.eq(document_id))
        .filter(visas::void_at.is_null())
        .filter(
            visas::decision.is_null().or(visas::decision
                .eq(VisaDecision::Approved.as_str())
                .assume_not_null()),
        );
    Ok(diesel::update(standing)
        .set(visas::void_at.eq(to_naive(context.now)))
        .execute(tx.conn)?)
}
