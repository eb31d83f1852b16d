use chrono::NaiveDate;
use etalon_domain::deal::{CloseDeal, Deal, Outcome};
use etalon_domain::endpoint::{CloseDealEndpoint, ListDealCompetitors};
use etalon_domain::error::{FieldError, validate};
use etalon_domain::money::Money;
use etalon_domain::text::non_empty;
use leptos::prelude::*;

use super::Ending;
use super::rival::RivalField;
use super::unmet::UnmetToWin;
use crate::api;
use crate::deals::actions;
use crate::deals::moving::use_way;
use crate::i18n::{arguments, t, t_with, words};
use crate::proposals::OfferedAmount;
use crate::query::use_query;
use crate::ui::{
    Choice, DateField, Form, FormPanel, FormPlace, MoneyField, SelectField, TextArea, TextField,
    toast,
};

#[derive(Clone, PartialEq)]
struct Closing {
    outcome: Outcome,
    reason: String,
    amount: Option<Money>,
    winner: Option<String>,
    rerouted_to: Option<String>,
    next_contact_on: Option<NaiveDate>,
    beaten: Option<String>,
    override_reason: Option<String>,
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
            beaten_account_id: self.beaten.filter(|_| is(Outcome::Won)).map(Into::into),
            override_reason: non_empty(self.override_reason).filter(|_| is(Outcome::Won)),
        }
    }
}

/// The form of the dialog.
pub(super) fn show(ending: Ending) -> AnyView {
    let Ending {
        deal,
        outcome,
        on_close,
    } = ending;
    let form = Form::new(Closing {
        outcome,
        reason: String::new(),
        amount: deal.amount,
        winner: None,
        rerouted_to: None,
        next_contact_on: None,
        beaten: None,
        override_reason: None,
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
    let beaten = form.field(
        "beaten_account_id",
        |c: &Closing| c.beaten.clone(),
        |c, v| c.beaten = v,
    );
    let override_reason = form.optional_text(
        "override_reason",
        |c| &c.override_reason,
        |c, v| c.override_reason = v,
    );
    let present = Memo::new(move |_| form.draft.with(|c| c.outcome));
    let outcomes: Vec<Choice> = Outcome::ALL
        .iter()
        .map(|each| Choice::new(each.to_string(), words::outcome(*each)))
        .collect();
    let way = use_way(
        &deal,
        Signal::derive(move || (present.get() == Outcome::Won).then(|| "won".to_owned())),
    );
    let rivals = {
        let id = deal.id.to_string();
        use_query(move || {
            let asks = matches!(present.get(), Outcome::Won | Outcome::Lost);
            asks.then(|| ListDealCompetitors { id: id.clone() })
        })
    };
    let known = Signal::derive(move || rivals.data.get().map_or_else(Vec::new, |p| p.items));
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
            let has_reason = non_empty(c.override_reason.clone()).is_some();
            let takes_reason = way.data.with_untracked(|guide| {
                guide.as_ref().is_some_and(|g| g.blocked && g.may_override)
            });
            if c.outcome == Outcome::Won && takes_reason && !has_reason {
                errors.push(FieldError::required("override_reason"));
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
    let closed = deal.clone();
    let leave = Callback::new(move |()| on_close.run(false));
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
            {move || match present.get() {
                Outcome::Won => view! {
                    <MoneyField bound=amount.clone() label=t("field-final-amount") />
                    <OfferedAmount deal=closed.clone() bound=amount.clone() />
                    <RivalField bound=beaten.clone() label=t("field-beaten-account-id") known />
                    <UnmetToWin
                        deal=closed.clone()
                        guide=way.data.into()
                        bound=override_reason.clone()
                        on_leave=leave
                    />
                }
                .into_any(),
                Outcome::Lost => view! {
                    <RivalField bound=winner.clone() label=t("field-winner-account-id") known />
                    <DateField
                        bound=next.clone()
                        label=t("field-next-contact-on")
                        help=t("next-contact-help")
                    />
                }
                .into_any(),
                Outcome::Rejected | Outcome::Rerouted => ().into_any(),
            }}
        </FormPanel>
    }
    .into_any()
}
