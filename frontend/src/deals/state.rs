//! What the registry shows, as its address says.

use etalon_domain::deal::{DealFilter, DealStatus};
use etalon_domain::endpoint::{from_query, to_query};
use etalon_domain::page::Any;

use crate::address::value_of;
use crate::routes::paths;

/// The word that stands for every status in the address.
const EVERY_STATUS: &str = "all";

/// What the registry shows. Without a status in the address it shows open deals; of the rows of a report
/// it shows all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RegistryState {
    /// Which deals, in which order. Page and totals are left to the views.
    pub filter: DealFilter,
    /// Whether as a board instead of a table.
    pub board: bool,
    /// Whether the panel for a new deal is open.
    pub creating: bool,
}

impl RegistryState {
    /// All open deals, as a table.
    pub fn open() -> Self {
        Self::of(DealFilter {
            status: Any::one(DealStatus::Open),
            ..DealFilter::default()
        })
    }

    /// The deals of a filter, as a table.
    pub fn of(filter: DealFilter) -> Self {
        Self {
            filter,
            board: false,
            creating: false,
        }
    }

    /// What an address says.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let known: Vec<(String, String)> = pairs
            .iter()
            .filter(|(name, value)| !(name == "status" && value == EVERY_STATUS))
            .cloned()
            .collect();
        let mut filter: DealFilter = from_query(&known);
        filter.limit = None;
        filter.cursor = None;
        filter.totals = None;
        let says_status = value_of(pairs, "status").is_some();
        if !says_status && filter.deleted != Some(true) && filter.rows.is_none() {
            filter.status = Any::one(DealStatus::Open);
        }
        Self {
            filter,
            board: value_of(pairs, "view") == Some("board"),
            creating: value_of(pairs, "new") == Some("deal"),
        }
    }

    /// The address that says this.
    pub fn href(&self) -> String {
        let mut filter = self.filter.clone();
        let shows_every = filter.deleted == Some(true) || filter.rows.is_some();
        let is_default = filter.status.0 == [DealStatus::Open] && !shows_every;
        let says_every = filter.status.is_empty() && !shows_every;
        if is_default {
            filter.status = Any::default();
        }
        let mut parts = Vec::new();
        if says_every {
            parts.push(format!("status={EVERY_STATUS}"));
        }
        let query = to_query(&filter);
        if !query.is_empty() {
            parts.push(query);
        }
        if self.board {
            parts.push("view=board".to_owned());
        }
        if self.creating {
            parts.push("new=deal".to_owned());
        }
        if parts.is_empty() {
            paths::DEALS.to_owned()
        } else {
            format!("{}?{}", paths::DEALS, parts.join("&"))
        }
    }

    /// The same with another filter.
    pub fn with(&self, change: impl FnOnce(&mut DealFilter)) -> Self {
        let mut state = self.clone();
        change(&mut state.filter);
        state
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::pairs_of;

    fn round_trip(href: &str) -> String {
        let query = href.split_once('?').map_or("", |(_, query)| query);
        RegistryState::read(&pairs_of(query)).href()
    }

    #[test]
    fn every_view_has_its_own_address() {
        for href in [
            "/deals",
            "/deals?status=all",
            "/deals?deleted=true",
            "/deals?owner_id=u1&view=board",
            "/deals?rows=report%3Dfunnel%26stage%3Dwon",
            "/deals?rows=report%3Dpulse&status=open",
            "/deals?amount_min=1000&q=a%20b&sort=-amount&status=won,lost&new=deal",
        ] {
            assert_eq!(round_trip(href), href);
        }
    }

    #[test]
    fn without_a_status_the_registry_shows_open_deals() {
        let state = RegistryState::read(&[]);
        assert_eq!(state, RegistryState::open());
    }
}
