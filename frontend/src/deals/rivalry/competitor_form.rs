use etalon_domain::competitor::{DealCompetitor, DealCompetitorDraft, Threat};
use etalon_domain::endpoint::{AddDealCompetitor, ReplaceDealCompetitor};
use etalon_domain::error::{FieldError, validate};
use etalon_domain::id::AccountId;
use leptos::prelude::*;

use crate::api;
use crate::deals::actions;
use crate::i18n::{arguments, t, t_with, words};
use crate::ui::{
    Choice, Form, FormPanel, MoneyField, PickerField, PickerSource, SelectField, TextArea,
    TextField, toast,
};

/// The panel that names a competitor in a deal or changes what is known of one.
#[component]
pub(super) fn CompetitorForm(
    /// The deal.
    deal: String,
    /// The competitor, when it is one already.
    present: Option<DealCompetitor>,
    /// Leaves.
    on_close: Callback<()>,
) -> impl IntoView {
    let form = Form::new(
        present
            .as_ref()
            .map_or_else(DealCompetitorDraft::default, Into::into),
    );
    let account = form.field(
        "account_id",
        |d: &DealCompetitorDraft| d.account_id.as_ref().map(ToString::to_string),
        |d, v| d.account_id = v.map(AccountId::new),
    );
    let product = form.optional_text("product", |d| &d.product, |d, v| d.product = v);
    let price = form.field(
        "price",
        |d: &DealCompetitorDraft| d.price,
        |d, v| d.price = v,
    );
    let strengths = form.optional_text("strengths", |d| &d.strengths, |d, v| d.strengths = v);
    let weaknesses = form.optional_text("weaknesses", |d| &d.weaknesses, |d, v| d.weaknesses = v);
    let threat = form.field(
        "threat",
        |d: &DealCompetitorDraft| d.threat.map(|t| t.to_string()).unwrap_or_default(),
        |d, v| d.threat = v.parse().ok(),
    );
    let mut threats = vec![Choice::new("", t("not-set"))];
    threats.extend(
        Threat::ALL
            .iter()
            .map(|each| Choice::new(each.as_str(), words::word("threat", each.as_str()))),
    );
    form.call("account_id", "competitor-who");
    form.call("price", "field-offered-price");
    let name = present.as_ref().map(|each| each.account_name.clone());
    let title = name.clone().unwrap_or_else(|| t("competitor-add"));
    let submit = move |()| {
        let (id, present) = (deal.clone(), present.clone());
        let send = move |draft: DealCompetitorDraft| async move {
            match present {
                Some(each) => {
                    let call = ReplaceDealCompetitor {
                        id,
                        entry_id: each.id,
                        version: Some(each.version),
                        draft,
                    };
                    api::call(call).await
                }
                None => api::call(AddDealCompetitor { id, draft }).await,
            }
        };
        form.submit(check, send, move |saved: DealCompetitor| {
            actions::changed();
            let name = saved.account_name;
            toast::done(t_with("competitor-saved", &arguments! { "name" => name }));
            on_close.run(());
        });
    };
    view! {
        <FormPanel title form submit=t("save") on_submit=submit on_close>
            <PickerField bound=account label=t("competitor-who") source=PickerSource::Accounts name />
            <div class="form-pair">
                <TextField bound=product label=t("field-product") />
                <SelectField bound=threat label=t("field-threat") choices=threats />
            </div>
            <MoneyField bound=price label=t("field-offered-price") />
            <TextArea bound=strengths label=t("field-strengths") />
            <TextArea bound=weaknesses label=t("field-weaknesses") />
        </FormPanel>
    }
    .into_any()
}

fn check(draft: &DealCompetitorDraft) -> Vec<FieldError> {
    let mut errors = validate(draft);
    if draft.account_id.is_none() {
        errors.push(FieldError::required("account_id"));
    }
    errors
}
