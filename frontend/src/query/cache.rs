//! What the server has answered, by address, and when it is to be asked again.

use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use leptos::prelude::*;

/// How many answers are kept.
const CAPACITY: usize = 200;

#[derive(Default)]
struct Cache {
    answers: HashMap<String, (u64, Rc<dyn Any>)>,
    revisions: HashMap<String, ArcRwSignal<u32>>,
    clock: u64,
}

thread_local! {
    static CACHE: RefCell<Cache> = RefCell::new(Cache::default());
}

/// The kind of record that an address is about: the first segment below the base path.
fn kind(key: &str) -> &str {
    let path = key
        .strip_prefix(etalon_domain::endpoint::BASE_PATH)
        .unwrap_or(key)
        .trim_start_matches('/');
    path.split(['/', '?']).next().unwrap_or(path)
}

fn revision(kind: &str) -> ArcRwSignal<u32> {
    CACHE.with_borrow_mut(|cache| {
        cache
            .revisions
            .entry(kind.to_owned())
            .or_insert_with(|| ArcRwSignal::new(0))
            .clone()
    })
}

/// Runs the present effect again after a write to the kind of record that the address is about.
pub(super) fn track(key: &str) {
    revision(kind(key)).track();
}

/// The last answer from an address.
pub(super) fn get<T: Clone + 'static>(key: &str) -> Option<T> {
    CACHE.with_borrow_mut(|cache| {
        cache.clock += 1;
        let clock = cache.clock;
        let (used, answer) = cache.answers.get_mut(key)?;
        *used = clock;
        answer.downcast_ref::<T>().cloned()
    })
}

/// Keeps an answer; the one that was not used for longest gives way.
pub(super) fn put<T: 'static>(key: String, answer: T) {
    CACHE.with_borrow_mut(|cache| {
        cache.clock += 1;
        cache.answers.insert(key, (cache.clock, Rc::new(answer)));
        if cache.answers.len() > CAPACITY {
            let oldest = cache
                .answers
                .iter()
                .min_by_key(|(_, (used, _))| *used)
                .map(|(key, _)| key.clone());
            if let Some(oldest) = oldest {
                cache.answers.remove(&oldest);
            }
        }
    });
}

/// After a write: whatever shows these kinds of records (`deals`, `accounts`, …) asks again.
pub fn invalidate(kinds: &[&str]) {
    for changed in kinds {
        CACHE.with_borrow_mut(|cache| cache.answers.retain(|key, _| kind(key) != *changed));
        revision(changed).update(|n| *n += 1);
    }
}

/// After the session: nothing of it stays.
pub fn forget_everything() {
    CACHE.with_borrow_mut(|cache| cache.answers.clear());
}
