//! What people are told of deals by others.

use etalon_domain::deal::Deal;
use etalon_domain::id::UserId;
use etalon_domain::notification::{NotificationKind, NotificationSubject};
use serde_json::{Value, json};

use crate::connection::Tx;
use crate::context::Context;
use crate::error::Result;
use crate::notifications::{NewNotification, notify};

/// Tells a person of a deal, but nobody of what he did himself.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    context: &Context,
    deal: &Deal,
    kind: NotificationKind,
    user_id: &UserId,
) -> Result<()> {
    if *user_id == context.actor.user_id {
        return Ok(());
    }
    send(
        tx,
        context,
        deal,
        kind,
        user_id,
        json!({"by": context.actor.name}),
    )
}

/// Reminds the owner of a deal of the minutes of a meeting, also when he held it himself.
pub(super) fn tell_minutes(tx: &mut Tx<'_>, context: &Context, deal: &Deal) -> Result<()> {
    let kind = NotificationKind::MinutesDue;
    send(tx, context, deal, kind, &deal.owner_id, json!({}))
}

fn send(
    tx: &mut Tx<'_>,
    context: &Context,
    deal: &Deal,
    kind: NotificationKind,
    user_id: &UserId,
    data: Value,
) -> Result<()> {
    let at = context.now.timestamp_millis();
    let news = NewNotification {
        user_id,
        kind,
        entity: NotificationSubject::Deal,
        id: deal.id.as_str(),
        title: &deal.title,
        data,
        dedupe_key: format!("{kind}:{}:{user_id}:{at}", deal.id),
    };
    notify(tx, &news, context.now)?;
    Ok(())
}
