//! What was written and not saved yet stays until the person comes back to it.

use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;

use crate::session;
use crate::ui::Form;

/// A version, and what was written on it.
type Kept = (i64, Rc<dyn Any>);

thread_local! {
    static UNSAVED: RefCell<HashMap<String, Kept>> = RefCell::default();
}

/// Something that is being written, by the record that it changes and the version of that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writing {
    /// Identifier of the record, or another name that no record has.
    pub id: String,
    /// The version that is being changed.
    pub version: i64,
}

impl Writing {
    /// Whose writing it is: another person who signs in on this screen begins with what is stored.
    fn key(&self) -> String {
        let me = session::me().map(|me| me.user.id.into_string());
        format!("{} {}", me.unwrap_or_default(), self.id)
    }

    /// Keeps what was written.
    pub fn keep<D: 'static>(&self, draft: D) {
        let kept: Rc<dyn Any> = Rc::new(draft);
        UNSAVED.with_borrow_mut(|all| all.insert(self.key(), (self.version, kept)));
    }

    /// Forgets what was written: it is saved, or given up.
    pub fn forget(&self) {
        UNSAVED.with_borrow_mut(|all| all.remove(&self.key()));
    }

    /// What was written on exactly this version.
    pub fn kept<D: Clone + 'static>(&self) -> Option<D> {
        UNSAVED.with_borrow(|all| {
            let (version, draft) = all.get(&self.key())?;
            (*version == self.version)
                .then(|| draft.downcast_ref::<D>().cloned())
                .flatten()
        })
    }
}

/// Goes on with what was written before in a form, keeps what is written now, and asks before the
/// window is closed over it. Tells whether there is anything unsaved.
pub fn remember<D>(form: Form<D>, writing: &Writing) -> Memo<bool>
where
    D: Clone + PartialEq + Send + Sync + 'static,
{
    let stored = form.draft.get_untracked();
    if let Some(draft) = writing.kept::<D>() {
        form.draft.set(draft);
    }
    let is_dirty = Memo::new(move |_| form.draft.with(|draft| *draft != stored));
    let writing = writing.clone();
    Effect::new(move |_| {
        let draft = form.draft.get();
        if is_dirty.get() {
            writing.keep(draft);
        } else {
            writing.forget();
        }
    });
    let warn = window_event_listener(ev::beforeunload, move |event| {
        if is_dirty.get_untracked() {
            event.prevent_default();
        }
    });
    on_cleanup(move || warn.remove());
    is_dirty
}
