//! Which record stands for which row of a source system, and as what it was last taken from there.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::id::ImportId;
use etalon_domain::import::ImportKind;

use crate::connection::Tx;
use crate::context::new_id;
use crate::error::Result;
use crate::schema::import_links;

/// A record that stands for a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// Identifier of the record.
    pub(super) record: String,
    /// What the row said when it was last taken.
    pub(super) fingerprint: String,
}

/// The links of one source system.
#[derive(Clone, Debug, Default)]
pub(super) struct Links {
    by_key: HashMap<(ImportKind, String), Link>,
    /// Records that have an identifier in the source.
    identified: HashSet<(ImportKind, String)>,
    /// What is to be written with the present batch.
    pending: Vec<(ImportKind, String)>,
    /// Keys that the database has.
    stored: HashSet<(ImportKind, String)>,
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
}

impl Links {
    /// Reads the links of a source.
    pub(super) fn load(tx: &mut Tx<'_>, source: &str) -> Result<Self> {
        let rows: Vec<(String, String, String, String)> = import_links::table
            .filter(import_links::source.eq(source))
            .select((
                import_links::kind,
                import_links::source_key,
                import_links::record_id,
                import_links::fingerprint,
            ))
            .load(tx.conn)?;
        let mut links = Self::default();
        for (kind, key, record, fingerprint) in rows {
            let kind: ImportKind = kind.parse()?;
            links.stored.insert((kind, key.clone()));
            links.insert(
                kind,
                key,
                Link {
                    record,
                    fingerprint,
                },
            );
        }
        Ok(links)
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
        source: &str,
        import: &ImportId,
        now: NaiveDateTime,
    ) -> Result<()> {
        for (kind, key) in std::mem::take(&mut self.pending) {
            let Some(link) = self.by_key.get(&(kind, key.clone())) else {
                continue;
            };
            if self.stored.contains(&(kind, key.clone())) {
                let row = import_links::table
                    .filter(import_links::source.eq(source))
                    .filter(import_links::kind.eq(kind.as_str()))
                    .filter(import_links::source_key.eq(&key));
                diesel::update(row)
                    .set((
                        import_links::record_id.eq(&link.record),
                        import_links::fingerprint.eq(&link.fingerprint),
                        import_links::import_id.eq(import.as_str()),
                        import_links::updated_at.eq(now),
                    ))
                    .execute(tx.conn)?;
                continue;
            }
            diesel::insert_into(import_links::table)
                .values(LinkRow {
                    id: new_id(),
                    source,
                    kind: kind.as_str(),
                    source_key: &key,
                    record_id: &link.record,
                    fingerprint: &link.fingerprint,
                    import_id: import.as_str(),
                    updated_at: now,
                })
                .execute(tx.conn)?;
            self.stored.insert((kind, key));
        }
        Ok(())
    }

    /// Forgets what was to be written: nothing is, in a dry run.
    pub(super) fn forget_pending(&mut self) {
        self.pending.clear();
    }
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
