//! Which record stands for which row of a source system, and as what it was last taken from there.
//!
//! A link counts for whoever made it. Under the name of a source system it also counts for others, as
//! long as it leads to a record that they may see (a deal, a lead) or manage (a person): what is beyond that
//! does not exist for them, and the row becomes a record of their own. Without a name nobody knows
//! whether two people mean the same system, so there each has own links.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::id::ImportId;
use etalon_domain::import::{ImportKind, ImportOptions};
use etalon_domain::policy::{Actor, Reach};

use crate::connection::Tx;
use crate::context::new_id;
use crate::error::Result;
use crate::schema::{deals, import_links, leads};

/// A record that stands for a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// Identifier of the record.
    pub(super) record: String,
    /// What the row said when it was last taken.
    pub(super) fingerprint: String,
}

/// The links of one source system that count for one person.
#[derive(Clone, Debug, Default)]
pub(super) struct Links {
    source: String,
    imported_by: String,
    by_key: HashMap<(ImportKind, String), Link>,
    /// Records that have an identifier in the source.
    identified: HashSet<(ImportKind, String)>,
    /// What is to be written with the present batch.
    pending: Vec<(ImportKind, String)>,
    /// The rows of the database, by key.
    stored: HashMap<(ImportKind, String), String>,
}

/// The key of a row with an identifier of the source system.
pub(super) fn id_key(external_id: &str) -> String {
    format!("#{external_id}")
}

#[derive(Insertable)]
#[diesel(table_name = import_links)]
struct LinkRow<'a> {
    id: String,
    source: &'a str,
    kind: &'a str,
    source_key: &'a str,
    record_id: &'a str,
    fingerprint: &'a str,
    import_id: &'a str,
    updated_at: NaiveDateTime,
    imported_by: &'a str,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = import_links)]
struct StoredLink {
    id: String,
    kind: String,
    source_key: String,
    record_id: String,
    fingerprint: String,
    imported_by: String,
}

impl Links {
    /// Reads the links of a source that count for a person; `manages` tells whom the person manages.
    pub(super) fn load(
        tx: &mut Tx<'_>,
        options: &ImportOptions,
        actor: &Actor,
        manages: impl Fn(&str) -> bool,
    ) -> Result<Self> {
        let me = actor.user_id.as_str();
        let mut query = import_links::table
            .filter(import_links::source.eq(&options.source))
            .order(import_links::id)
            .select(StoredLink::as_select())
            .into_boxed();
        let seen = match options.named_source() {
            Some(source) => visible(tx, source, actor)?,
            None => {
                query = query.filter(import_links::imported_by.eq(me));
                None
            }
        };
        let rows: Vec<StoredLink> = query.load(tx.conn)?;
        let mut links = Self {
            source: options.source.clone(),
            imported_by: me.to_owned(),
            ..Self::default()
        };
        let (own, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(|r| r.imported_by == me);
        for row in own {
            links.keep(row)?;
        }
        for row in others {
            let counts = match row.kind.parse()? {
                ImportKind::Deals | ImportKind::Leads => {
                    seen.as_ref().is_none_or(|ids| ids.contains(&row.record_id))
                }
                ImportKind::People => manages(&row.record_id),
                _ => true,
            };
            if counts {
                links.keep(row)?;
            }
        }
        Ok(links)
    }

    /// Takes a row of the database, unless there is one for its key.
    fn keep(&mut self, row: StoredLink) -> Result<()> {
        let kind: ImportKind = row.kind.parse()?;
        let key = (kind, row.source_key);
        if self.stored.contains_key(&key) {
            return Ok(());
        }
        let link = Link {
            record: row.record_id,
            fingerprint: row.fingerprint,
        };
        self.insert(kind, key.1.clone(), link);
        self.stored.insert(key, row.id);
        Ok(())
    }

    fn insert(&mut self, kind: ImportKind, key: String, link: Link) {
        if key.starts_with('#') {
            self.identified.insert((kind, link.record.clone()));
        }
        self.by_key.insert((kind, key), link);
    }

    /// The link of a row.
    pub(super) fn get(&self, kind: ImportKind, key: &str) -> Option<&Link> {
        self.by_key.get(&(kind, key.to_owned()))
    }

    /// Whether a record has an identifier in the source, so that a row with another one is another
    /// record.
    pub(super) fn is_identified(&self, kind: ImportKind, record: &str) -> bool {
        self.identified.contains(&(kind, record.to_owned()))
    }

    /// Remembers as what a row was taken.
    pub(super) fn set(&mut self, kind: ImportKind, key: String, link: Link) {
        self.pending.push((kind, key.clone()));
        self.insert(kind, key, link);
    }

    /// Writes what was remembered since the last time.
    pub(super) fn flush(
        &mut self,
        tx: &mut Tx<'_>,
        import: &ImportId,
        now: NaiveDateTime,
    ) -> Result<()> {
        for key in std::mem::take(&mut self.pending) {
            let Some(link) = self.by_key.get(&key) else {
                continue;
            };
            if let Some(id) = self.stored.get(&key) {
                diesel::update(import_links::table.filter(import_links::id.eq(id)))
                    .set((
                        import_links::record_id.eq(&link.record),
                        import_links::fingerprint.eq(&link.fingerprint),
                        import_links::import_id.eq(import.as_str()),
                        import_links::updated_at.eq(now),
                    ))
                    .execute(tx.conn)?;
                continue;
            }
            let id = new_id();
            diesel::insert_into(import_links::table)
                .values(LinkRow {
                    id: id.clone(),
                    source: &self.source,
                    kind: key.0.as_str(),
                    source_key: &key.1,
                    record_id: &link.record,
                    fingerprint: &link.fingerprint,
                    import_id: import.as_str(),
                    updated_at: now,
                    imported_by: &self.imported_by,
                })
                .execute(tx.conn)?;
            self.stored.insert(key, id);
        }
        Ok(())
    }

    /// Forgets what was to be written: nothing is, in a dry run.
    pub(super) fn forget_pending(&mut self) {
        self.pending.clear();
    }
}

/// Which of the deals and leads that a source is linked to somebody sees; `None` when all of them.
fn visible(tx: &mut Tx<'_>, source: &str, actor: &Actor) -> Result<Option<HashSet<String>>> {
    let departments: Vec<&str> = match &actor.reach {
        Reach::All => return Ok(None),
        Reach::Departments { departments } => departments.iter().map(|d| d.as_str()).collect(),
        Reach::Own => Vec::new(),
    };
    let mut seen = HashSet::new();
    macro_rules! see {
        ($records:ident, $kind:expr) => {
            let linked = import_links::table
                .filter(import_links::source.eq(source))
                .filter(import_links::kind.eq($kind.as_str()))
                .select(import_links::record_id);
            let own = $records::owner_id.eq(actor.user_id.as_str());
            let theirs = $records::department_id.eq_any(departments.clone());
            let ids: Vec<String> = $records::table
                .filter($records::id.eq_any(linked))
                .filter(own.nullable().or(theirs))
                .select($records::id)
                .load(tx.conn)?;
            seen.extend(ids);
        };
    }
    see!(deals, ImportKind::Deals);
    see!(leads, ImportKind::Leads);
    Ok(Some(seen))
}

/// A short text that is the same as long as a row says the same (FNV-1a, 64 bits, of its JSON).
pub(super) fn fingerprint<T: serde::Serialize>(row: &T) -> Result<String> {
    let json = serde_json::to_vec(row)?;
    let hash = json.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    Ok(format!("{hash:016x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_tells_rows_apart() {
        let a = fingerprint(&("Luna", Some(5))).unwrap();
        assert_eq!(a, fingerprint(&("Luna", Some(5))).unwrap());
        assert_ne!(a, fingerprint(&("Luna", Some(6))).unwrap());
        assert_eq!(a.len(), 16);
    }
}
