use etalon_domain::deal::{Deal, ReopenDeal};
use etalon_domain::endpoint::ReopenDealEndpoint;
use etalon_domain::error::validate;
use leptos::prelude::*;

use super::actions;
use crate::api;
use crate::i18n::{arguments, t, t_with, words};
use crate::ui::{Choice, Form, FormPanel, FormPlace, SelectField, TextArea, toast};

/// Takes a closed deal up again, with a reason.
#[component]
pub(super) fn ReopenDialog(
    /// The deal.
    deal: Deal,
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let form = Form::new(ReopenDeal {
        reason: String::new(),
        stage: deal.closed_from_stage.clone(),
    });
    let reason = form.field(
        "reason",
        |r: &ReopenDeal| r.reason.clone(),
        |r, v| r.reason = v,
    );
    let stage = form.optional_text("stage", |r| &r.stage, |r, v| r.stage = v);
    let stages = super::use_stages();
    let choices = Signal::derive(move || {
        stages.with(|stages| {
            stages
                .open()
                .map(|s| Choice::new(s.code.clone(), words::stage(s)))
                .collect::<Vec<_>>()
        })
    });
    let id = deal.id.to_string();
    let (version, name) = (deal.version, deal.title.clone());
    let submit = move |()| {
        let id = id.clone();
        let send = move |body: ReopenDeal| {
            api::call(ReopenDealEndpoint {
                id,
                version: Some(version),
                body,
            })
        };
        let name = name.clone();
        form.submit(validate, send, move |_: Deal| {
            actions::changed();
            toast::done(t_with("deal-reopened", &arguments! { "name" => name }));
            on_close.run(());
        });
    };
    view! {
        <FormPanel
            title=t("deal-reopen-title")
            form
            submit=t("deal-reopen")
            on_submit=submit
            on_close
            place=FormPlace::Dialog
        >
            <SelectField bound=stage label=t("field-stage") choices help=t("reopen-stage-help") />
            <TextArea bound=reason label=t("field-reason") required=true autofocus=true />
        </FormPanel>
    }
    .into_any()
}
