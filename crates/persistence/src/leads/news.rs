//! What the owner of a lead is told.

use etalon_domain::lead::Lead;
use etalon_domain::notification::{NotificationKind, NotificationSubject};
use etalon_domain::time::Instant;
use serde_json::json;

use crate::connection::Tx;
use crate::error::Result;
use crate::notifications::{NewNotification, notify};

/// Tells the owner of a lead what became of it, once for each of its versions.
pub(crate) fn tell_owner(
    tx: &mut Tx<'_>,
    lead: &Lead,
    kind: NotificationKind,
    now: Instant,
) -> Result<()> {
    let news = NewNotification {
        user_id: &lead.owner_id,
        kind,
        entity: NotificationSubject::Lead,
        id: lead.id.as_str(),
        title: &lead.title,
        data: json!({"deal_id": lead.deal_id, "deal_number": lead.deal_number}),
        dedupe_key: format!("{kind}:{}:{}", lead.id, lead.version),
    };
    notify(tx, &news, now)?;
    Ok(())
}
