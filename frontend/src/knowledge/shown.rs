//! Noting that a material was shown: to whom and on which day.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use etalon_domain::deal::Deal;
use etalon_domain::endpoint::UseMaterial;
use etalon_domain::error::{FieldCode, FieldError};
use etalon_domain::id::{ContactId, MaterialId, Ref};
use etalon_domain::material::DealMaterialDraft;
use leptos::prelude::*;

use super::KINDS;
use crate::api;
use crate::i18n::{format, t};
use crate::query::invalidate;
use crate::ui::{DateField, Form, FormPanel, FormPlace, PickerList, PickerSource, toast};

/// What the person enters of a showing.
#[derive(Clone, PartialEq)]
struct Showing {
    contacts: Vec<ContactId>,
    day: Option<NaiveDate>,
}

/// A dialog that notes that a material was shown.
#[component]
pub(super) fn ShownDialog(
    /// The deal.
    deal: Deal,
    /// The material.
    material: Ref,
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let today = format::today();
    let form = Form::new(Showing {
        contacts: deal.contact_id.iter().cloned().collect(),
        day: Some(today),
    });
    let account = deal.account_id.as_ref().map(ToString::to_string);
    let contacts = form.field(
        "contact_ids",
        |d: &Showing| d.contacts.iter().map(ToString::to_string).collect(),
        |d, ids: Vec<String>| d.contacts = ids.into_iter().map(Into::into).collect(),
    );
    form.call("contact_ids", "field-contacts");
    let day = form.field("shown_at", |d: &Showing| d.day, |d, v| d.day = v);
    let (deal, id) = (deal.id.into_string(), MaterialId::new(material.id));
    let submit = Callback::new(move |()| {
        let (deal, id) = (deal.clone(), id.clone());
        let check = move |showing: &Showing| check(showing, today);
        let send = move |showing: Showing| {
            api::call(UseMaterial {
                deal,
                draft: DealMaterialDraft {
                    material_id: id,
                    step_id: None,
                    shown_at: showing.day.map(|day| instant_of(day, today)),
                    contact_ids: showing.contacts,
                    activity_id: None,
                },
            })
        };
        form.submit(check, send, move |_| {
            invalidate(KINDS);
            toast::done(t("material-noted"));
            on_close.run(());
        });
    });
    view! {
        <FormPanel
            title=t("material-mark-shown")
            form
            submit=t("material-note")
            on_submit=submit
            on_close
            place=FormPlace::Dialog
        >
            <p class="font-medium">{material.name}</p>
            <PickerList
                bound=contacts
                label=t("field-contacts")
                source=PickerSource::Contacts(Signal::stored(account))
            />
            <DateField bound=day label=t("field-shown-at") />
        </FormPanel>
    }
    .into_any()
}

fn check(showing: &Showing, today: NaiveDate) -> Vec<FieldError> {
    match showing.day {
        None => vec![FieldError::new("shown_at", FieldCode::Required, "")],
        Some(day) if day > today => {
            vec![FieldError::new("shown_at", FieldCode::OutOfRange, "")]
        }
        Some(_) => Vec::new(),
    }
}

/// Today it was just now, on a day before at noon.
fn instant_of(day: NaiveDate, today: NaiveDate) -> DateTime<Utc> {
    if day == today {
        format::now()
    } else {
        format::instant_at(day, NOON)
    }
}

const NOON: NaiveTime = match NaiveTime::from_hms_opt(12, 0, 0) {
    Some(noon) => noon,
    None => NaiveTime::MIN,
};
