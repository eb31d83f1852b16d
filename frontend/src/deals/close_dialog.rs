use chrono::NaiveDate;
use etalon_domain::deal::{CloseDeal, Deal, Outcome};
use etalon_domain::endpoint::CloseDealEndpoint;
use etalon_domain::error::{FieldError, validate};
use etalon_domain::money::Money;
use etalon_domain::text::non_empty;
use leptos::prelude::*;

use super::actions;
use crate::api;
use crate::i18n::{arguments, t, t_with, words};
use crate::ui::{
    Choice, DateField, Form, FormPanel, FormPlace, MoneyField, PickerField, PickerSource,
    SelectField, TextArea, TextField, toast,
};

#[derive(Clone, PartialEq)]
struct Closing {
    outcome: Outcome,
    reason: String,
    amount: Option<Money>,
    winner: Option<String>,
    rerouted_to: Option<String>,
    next_contact_on: Option<NaiveDate>,
}

impl Closing {
    fn body(self) -> CloseDeal {
        let is = |outcome: Outcome| self.outcome == outcome;
        CloseDeal {
            outcome: self.outcome,
            reason: self.reason.trim().to_owned(),
            amount: self.amount,
            winner_account_id: self.winner.filter(|_| is(Outcome::Lost)).map(Into::into),
            rerouted_to: non_empty(self.rerouted_to).filter(|_| is(Outcome::Rerouted)),
            next_contact_on: self.next_contact_on.filter(|_| is(Outcome::Lost)),
        }
    }
}

/// Ends a deal: won, lost, rejected or rerouted, each with its reason.
#[component]
pub(super) fn CloseDialog(
    /// The deal.
    deal: Deal,
    /// The outcome to begin with.
    outcome: Outcome,
    /// Leaves; tells whether the deal was closed.
    #[prop(into)]
    on_close: Callback<bool>,
) -> impl IntoView {
    let form = Form::new(Closing {
        outcome,
        reason: String::new(),
        amount: deal.amount,
        winner: None,
        rerouted_to: None,
        next_contact_on: None,
    });
    let outcome = form.field(
        "outcome",
        |c: &Closing| c.outcome.to_string(),
        |c, v| c.outcome = v.parse().unwrap_or(Outcome::Won),
    );
    let reason = form.field(
        "reason",
        |c: &Closing| c.reason.clone(),
        |c, v| c.reason = v,
    );
    let amount = form.field("amount", |c: &Closing| c.amount, |c, v| c.amount = v);
    let winner = form.field(
        "winner_account_id",
        |c: &Closing| c.winner.clone(),
        |c, v| c.winner = v,
    );
    let next = form.field(
        "next_contact_on",
        |c: &Closing| c.next_contact_on,
        |c, v| c.next_contact_on = v,
    );
    let target = form.optional_text("rerouted_to", |c| &c.rerouted_to, |c, v| c.rerouted_to = v);
    let present = Memo::new(move |_| form.draft.with(|c| c.outcome));
    let outcomes: Vec<Choice> = Outcome::ALL
        .iter()
        .map(|each| Choice::new(each.to_string(), words::outcome(*each)))
        .collect();
    let id = deal.id.to_string();
    let (version, name) = (deal.version, deal.title.clone());
    let submit = move |()| {
        let check = |c: &Closing| {
            let mut errors = validate(&c.clone().body());
            let has_target = c
                .rerouted_to
                .as_ref()
                .is_some_and(|text| !text.trim().is_empty());
            if c.outcome == Outcome::Rerouted && !has_target {
                errors.push(FieldError::required("rerouted_to"));
            }
            errors
        };
        let id = id.clone();
        let send = move |c: Closing| {
            api::call(CloseDealEndpoint {
                id,
                version: Some(version),
                body: c.body(),
            })
        };
        let name = name.clone();
        form.submit(check, send, move |_: Deal| {
            actions::changed();
            toast::done(t_with("deal-closed", &arguments! { "name" => name }));
            on_close.run(true);
        });
    };
    let verb = Signal::derive(move || {
        t(match present.get() {
            Outcome::Won => "close-as-won",
            Outcome::Lost => "close-as-lost",
            Outcome::Rejected => "close-as-rejected",
            Outcome::Rerouted => "close-as-rerouted",
        })
    });
    view! {
        <FormPanel
            title=t("deal-close-title")
            form
            submit=verb
            on_submit=submit
            on_close=move |()| on_close.run(false)
            place=FormPlace::Dialog
        >
            <p class="text-faint">{deal.title.clone()}</p>
            <SelectField bound=outcome label=t("field-outcome") choices=outcomes />
            {move || {
                (present.get() == Outcome::Rerouted)
                    .then(|| view! { <TextField bound=target.clone() label=t("field-rerouted-to") required=true /> })
            }}
            <TextArea bound=reason label=t("field-reason") help=t("close-reason-help") required=true autofocus=true />
            {move || {
                (present.get() == Outcome::Won)
                    .then(|| view! { <MoneyField bound=amount.clone() label=t("field-final-amount") /> })
            }}
            {move || {
                (present.get() == Outcome::Lost)
                    .then(|| {
                        view! {
                            <PickerField
                                bound=winner.clone()
                                label=t("field-winner-account-id")
                                source=PickerSource::Accounts
                                name={None::<String>}
                            />
                            <DateField bound=next.clone() label=t("field-next-contact-on") help=t("next-contact-help") />
                        }
                    })
            }}
        </FormPanel>
    }
    .into_any()
}
