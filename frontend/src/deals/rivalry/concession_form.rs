use etalon_domain::competitor::{Concession, ConcessionDraft};
use etalon_domain::endpoint::AddConcession;
use etalon_domain::error::{FieldError, validate};
use etalon_domain::id::UserId;
use leptos::prelude::*;

use crate::api;
use crate::deals::actions;
use crate::i18n::{format, t};
use crate::ui::{
    DateField, Form, FormPanel, FormPlace, PickerField, PickerSource, TextArea, toast,
};

/// The dialog that notes a concession.
#[component]
pub(super) fn ConcessionForm(
    /// The deal.
    deal: String,
    /// Leaves.
    on_close: Callback<()>,
) -> impl IntoView {
    let form = Form::new(ConcessionDraft {
        given_on: Some(format::today()),
        ..ConcessionDraft::default()
    });
    let gave = form.field(
        "gave",
        |d: &ConcessionDraft| d.gave.clone(),
        |d, v| d.gave = v,
    );
    let got = form.optional_text("got", |d| &d.got, |d, v| d.got = v);
    let allowed_by = form.field(
        "allowed_by",
        |d: &ConcessionDraft| d.allowed_by.as_ref().map(ToString::to_string),
        |d, v| d.allowed_by = v.map(UserId::new),
    );
    let given_on = form.field(
        "given_on",
        |d: &ConcessionDraft| d.given_on,
        |d, v| d.given_on = v,
    );
    let submit = move |()| {
        let id = deal.clone();
        let send = move |draft: ConcessionDraft| api::call(AddConcession { id, draft });
        form.submit(check, send, move |_: Concession| {
            actions::changed();
            toast::done(t("concession-saved"));
            on_close.run(());
        });
    };
    view! {
        <FormPanel
            title=t("concession-add")
            form
            submit=t("save")
            on_submit=submit
            on_close
            place=FormPlace::Dialog
        >
            <TextArea bound=gave label=t("field-gave") required=true autofocus=true />
            <TextArea bound=got label=t("field-got") help=t("concession-got-help") />
            <PickerField
                bound=allowed_by
                label=t("field-allowed-by")
                source=PickerSource::Users
                name={None::<String>}
            />
            <DateField bound=given_on label=t("field-given-on") />
        </FormPanel>
    }
    .into_any()
}

fn check(draft: &ConcessionDraft) -> Vec<FieldError> {
    if draft.gave.trim().is_empty() {
        return vec![FieldError::required("gave")];
    }
    validate(draft)
}
