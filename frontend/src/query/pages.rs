//! Lists that grow page by page.

use etalon_domain::endpoint::Endpoint;
use etalon_domain::page::{DEFAULT_LIMIT, MAX_LIMIT, Page, Totals};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{PATIENCE, cache};
use crate::api::{self, Failure};

/// A list of records that grows page by page.
pub struct Pages<T: Send + Sync + 'static> {
    /// What has been read so far, in order.
    pub items: RwSignal<Vec<T>>,
    /// Totals over the whole filtered set.
    pub totals: RwSignal<Option<Totals>>,
    /// Where the next page begins; `None` when all is read.
    pub next: RwSignal<Option<String>>,
    /// Whether there is anything to show: `false` until the first page of a new filter is there.
    pub ready: RwSignal<bool>,
    /// Whether a page is being read.
    pub loading: RwSignal<bool>,
    /// Whether the first page takes long enough for a skeleton.
    pub slow: RwSignal<bool>,
    /// Why the last page could not be read.
    pub failure: RwSignal<Option<Failure>>,
    wanted: RwSignal<Wanted>,
}

#[derive(Clone, Copy, PartialEq)]
enum Wanted {
    /// The beginning of the list; the number counts retries.
    Beginning(u32),
    /// The next page; the number counts requests.
    More(u32),
}

impl<T: Send + Sync> Clone for Pages<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync> Copy for Pages<T> {}

impl<T: Send + Sync> Pages<T> {
    /// Reads the next page, if there is one and none is under way.
    pub fn more(&self) {
        if self.next.with_untracked(Option::is_some) && !self.loading.get_untracked() {
            self.wanted.update(|wanted| {
                *wanted = Wanted::More(match wanted {
                    Wanted::Beginning(_) => 0,
                    Wanted::More(n) => *n + 1,
                });
            });
        }
    }

    /// Reads the list again from its beginning.
    pub fn retry(&self) {
        self.wanted.update(|wanted| {
            *wanted = Wanted::Beginning(match wanted {
                Wanted::Beginning(n) | Wanted::More(n) => *n + 1,
            });
        });
    }
}

type Kept<T> = (Vec<T>, Option<String>, Option<Totals>);

/// Reads a list whenever its filter changes, and again after writes to the same kind of record.
/// `endpoint` gets the cursor and the size of the page that is wanted. While a new filter is read,
/// the old items stay, so that nothing jumps.
pub fn use_pages<E, T>(endpoint: impl Fn(Option<String>, u32) -> E + Clone + 'static) -> Pages<T>
where
    E: Endpoint<Answer = Page<T>> + 'static,
    T: Clone + Send + Sync + 'static,
{
    let pages = Pages {
        items: RwSignal::new(Vec::new()),
        totals: RwSignal::new(None),
        next: RwSignal::new(None),
        ready: RwSignal::new(false),
        loading: RwSignal::new(false),
        slow: RwSignal::new(false),
        failure: RwSignal::new(None),
        wanted: RwSignal::new(Wanted::Beginning(0)),
    };
    let asked = StoredValue::new(0u32);
    let shown = StoredValue::new(String::new());
    let show = move |kept: Kept<T>| {
        pages.items.set(kept.0);
        pages.next.set(kept.1);
        pages.totals.set(kept.2);
        pages.ready.set(true);
    };
    Effect::new(move |before: Option<Wanted>| {
        let wanted = pages.wanted.get();
        let key = api::url_of(&endpoint(None, DEFAULT_LIMIT));
        cache::track(&key);
        let ticket = asked.get_value() + 1;
        asked.set_value(ticket);
        let is_current = move || asked.try_get_value() == Some(ticket);
        let is_same = shown.get_value() == key;
        let cursor = match wanted {
            Wanted::More(_) if is_same && before != Some(wanted) => pages.next.get_untracked(),
            _ => None,
        };
        if !is_same {
            shown.set_value(key.clone());
            if let Some(kept) = cache::get::<Kept<T>>(&key) {
                show(kept);
            }
        }
        let read = pages.items.with_untracked(Vec::len) as u32;
        let limit = if cursor.is_none() && is_same {
            read.div_ceil(DEFAULT_LIMIT).max(1) * DEFAULT_LIMIT
        } else {
            DEFAULT_LIMIT
        };
        pages.loading.set(true);
        pages.failure.set(None);
        set_timeout(
            move || {
                if is_current() && pages.loading.get_untracked() {
                    pages.slow.set(true);
                }
            },
            PATIENCE,
        );
        let endpoint = endpoint(cursor.clone(), limit.min(MAX_LIMIT));
        spawn_local(async move {
            let outcome = api::call(endpoint).await;
            if !is_current() {
                return;
            }
            pages.loading.set(false);
            pages.slow.set(false);
            match outcome {
                Ok(page) if cursor.is_some() => {
                    pages.items.update(|items| items.extend(page.items));
                    pages.next.set(page.next_cursor);
                }
                Ok(page) => show((page.items, page.next_cursor, page.totals)),
                Err(failure) => {
                    pages.failure.set(Some(failure));
                    return;
                }
            }
            let kept: Kept<T> = (
                pages.items.get_untracked(),
                pages.next.get_untracked(),
                pages.totals.get_untracked(),
            );
            cache::put(key, kept);
        });
        wanted
    });
    pages
}
