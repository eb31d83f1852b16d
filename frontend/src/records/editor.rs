use etalon_domain::endpoint::{GetRecord, Replace, Resource};
use etalon_domain::error::{ErrorCode, FieldError};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;

use crate::api;
use crate::deals::{Conflict, ConflictDialog};
use crate::ui::Form;

/// What changes a record: how to submit its form, and the dialog that appears when somebody else
/// changed the record meanwhile.
pub struct Edited {
    /// Checks the form and sends it.
    pub submit: Callback<()>,
    /// The dialog; empty until there is a conflict.
    pub dialog: AnyView,
}

/// Ties a form to a record that is being changed. The form begins with the record as the person saw
/// it; a change of somebody else is shown value by value, so that nothing is overwritten unseen.
pub fn edit_form<R>(
    form: Form<R::Draft>,
    id: String,
    version: i64,
    check: fn(&R::Draft) -> Vec<FieldError>,
    done: impl Fn(R::Record) + Copy + Send + Sync + 'static,
) -> Edited
where
    R: Resource + 'static,
    R::Draft: Clone + PartialEq + DeserializeOwned + Send + Sync + 'static,
    R::Draft: for<'a> From<&'a R::Record>,
    R::Record: Versioned + 'static,
{
    let base = StoredValue::new(form.draft.get_untracked());
    let version = RwSignal::new(version);
    let conflict = RwSignal::new(None::<Conflict<R::Draft>>);
    let stale_id = id.clone();
    let submit = Callback::new(move |()| {
        let id = id.clone();
        let send = move |draft: R::Draft| {
            api::call(Replace::<R> {
                id,
                version: Some(version.get_untracked()),
                draft,
            })
        };
        form.submit(check, send, move |saved: R::Record| {
            version.set(saved.version());
            base.set_value(R::Draft::from(&saved));
            done(saved);
        });
    });
    Effect::new(move |_| {
        let is_stale = form
            .failure
            .with(|f| f.as_ref().is_some_and(|f| f.is(ErrorCode::StaleVersion)));
        if is_stale {
            let (id, base) = (stale_id.clone(), base.get_value());
            spawn_local(async move {
                if let Ok(theirs) = api::call(GetRecord::<R>::new(id)).await {
                    version.set(theirs.version());
                    let mine = form.draft.get_untracked();
                    let theirs = R::Draft::from(&theirs);
                    conflict.set(Some(Conflict::new(&base, &mine, &theirs)));
                }
            });
        }
    });
    let dialog = move || {
        conflict.get().map(|found| {
            let choose = move |merged: R::Draft| {
                conflict.set(None);
                form.failure.set(None);
                form.draft.set(merged);
                submit.run(());
            };
            view! {
                <ConflictDialog
                    conflict=found
                    on_choose=choose
                    on_close=move |()| conflict.set(None)
                />
            }
        })
    };
    Edited {
        submit,
        dialog: dialog.into_any(),
    }
}

/// A record that counts its changes.
pub trait Versioned {
    /// The version that was read.
    fn version(&self) -> i64;
}

macro_rules! versioned {
    ($( $record:ty ),+ $(,)?) => { $(
        impl Versioned for $record {
            fn version(&self) -> i64 {
                self.version
            }
        }
    )+ };
}

versioned!(
    etalon_domain::account::Account,
    etalon_domain::activity::Activity,
    etalon_domain::contact::Contact,
    etalon_domain::department::Department,
    etalon_domain::lead::Lead,
    etalon_domain::lead_form::LeadForm,
    etalon_domain::material::Material,
    etalon_domain::product::Product,
    etalon_domain::proposal::Proposal,
    etalon_domain::user::User,
);
