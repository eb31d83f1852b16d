use chrono::NaiveDate;
use etalon_domain::endpoint::{ProposalStep, StepProposal};
use etalon_domain::error::{FieldError, validate};
use etalon_domain::proposal::{
    AcceptProposal, DeclineProposal, Proposal, ProposalChannel, SendProposal,
};
use etalon_domain::text::non_empty;
use etalon_domain::visa::{VisaComment, VisaDecision};
use leptos::prelude::*;

use super::KINDS;
use super::words::title;
use crate::api;
use crate::i18n::{format, t, words};
use crate::query::invalidate;
use crate::ui::{
    Choice, DateField, Form, FormPanel, FormPlace, PickerField, PickerSource, SelectField,
    TextArea, toast,
};

/// Which dialog lies over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Over {
    /// None.
    Nothing,
    /// Asks for the visa.
    Submit,
    /// Gives it.
    Approve,
    /// Refuses it.
    Reject,
    /// It went to the customer.
    Send,
    /// The customer agreed.
    Accept,
    /// The customer said no.
    Decline,
}

/// The dialog of a step.
pub(super) fn dialog(over: RwSignal<Over>, proposal: RwSignal<Proposal>) -> Option<AnyView> {
    let wanted = over.get();
    let proposal = proposal.get_untracked();
    let close = Callback::new(move |()| over.set(Over::Nothing));
    match wanted {
        Over::Nothing => None,
        Over::Send => Some(view! { <SendDialog proposal close /> }.into_any()),
        Over::Submit | Over::Approve | Over::Reject | Over::Accept | Over::Decline => {
            Some(view! { <WordsDialog over=wanted proposal close /> }.into_any())
        }
    }
}

/// What every dialog sends.
fn step(proposal: &Proposal, step: ProposalStep) -> StepProposal {
    StepProposal {
        id: proposal.id.to_string(),
        version: Some(proposal.version),
        step,
    }
}

fn finish(told: &'static str, close: Callback<()>) -> impl FnOnce(Proposal) + 'static {
    move |_| {
        invalidate(KINDS);
        toast::done(t(told));
        close.run(());
    }
}

/// What is entered of a step that only needs words, and perhaps a day.
#[derive(Clone, Default, PartialEq)]
struct Said {
    words: String,
    decided_on: Option<NaiveDate>,
}

impl Said {
    fn step(self, over: Over) -> ProposalStep {
        let comment = non_empty(Some(self.words.clone()));
        let decided_on = self.decided_on;
        match over {
            Over::Approve => ProposalStep::Approve(VisaComment { comment }),
            Over::Reject => ProposalStep::Reject(VisaComment { comment }),
            Over::Accept => ProposalStep::Accept(AcceptProposal {
                decided_on,
                note: comment,
            }),
            Over::Decline => ProposalStep::Decline(DeclineProposal {
                reason: comment.unwrap_or_default(),
                decided_on,
            }),
            Over::Submit | Over::Send | Over::Nothing => {
                ProposalStep::Submit(VisaComment { comment })
            }
        }
    }
}

/// What is wrong with what was entered, by the name that its field has in the step.
fn check(said: &Said, over: Over) -> Vec<FieldError> {
    match said.clone().step(over) {
        ProposalStep::Reject(words) => match words.checked(Some(VisaDecision::Rejected)) {
            Err(etalon_domain::error::Error::Invalid(errors)) => errors,
            _ => Vec::new(),
        },
        ProposalStep::Submit(words) | ProposalStep::Approve(words) => validate(&words),
        ProposalStep::Accept(accept) => validate(&accept),
        ProposalStep::Decline(decline) => validate(&decline),
        _ => Vec::new(),
    }
}

#[component]
fn WordsDialog(over: Over, proposal: Proposal, close: Callback<()>) -> impl IntoView {
    let (heading, verb, label, told) = match over {
        Over::Approve => (
            "proposal-approve-title",
            "proposal-approve",
            "field-comment",
            "proposal-approved",
        ),
        Over::Reject => (
            "proposal-reject-title",
            "proposal-reject",
            "field-comment",
            "proposal-rejected",
        ),
        Over::Accept => (
            "proposal-accept-title",
            "proposal-accept",
            "field-note",
            "proposal-accepted",
        ),
        Over::Decline => (
            "proposal-decline-title",
            "proposal-decline",
            "field-reason",
            "proposal-declined",
        ),
        Over::Submit | Over::Send | Over::Nothing => (
            "proposal-submit-title",
            "proposal-submit",
            "field-comment",
            "proposal-submitted",
        ),
    };
    let is_answer = matches!(over, Over::Accept | Over::Decline);
    let is_needed = matches!(over, Over::Reject | Over::Decline);
    let form = Form::new(Said {
        decided_on: is_answer.then(format::today),
        ..Said::default()
    });
    let name = match over {
        Over::Accept => "note",
        Over::Decline => "reason",
        _ => "comment",
    };
    let words = form.field(name, |s: &Said| s.words.clone(), |s, v| s.words = v);
    let day = form.field(
        "decided_on",
        |s: &Said| s.decided_on,
        |s, v| s.decided_on = v,
    );
    let shown = title(&proposal);
    let submit = move |()| {
        let proposal = proposal.clone();
        let send = move |said: Said| api::call(step(&proposal, said.step(over)));
        form.submit(|said| check(said, over), send, finish(told, close));
    };
    view! {
        <FormPanel
            title=t(heading)
            form
            submit=Signal::derive(move || t(verb))
            on_submit=submit
            on_close=close
            place=FormPlace::Dialog
        >
            <p class="text-faint">{shown}</p>
            {is_answer.then(|| view! { <DateField bound=day label=t("field-decided-on") /> })}
            <TextArea bound=words label=t(label) required=is_needed autofocus=true />
        </FormPanel>
    }
    .into_any()
}

#[component]
fn SendDialog(proposal: Proposal, close: Callback<()>) -> impl IntoView {
    let form = Form::new(SendProposal {
        sent_on: Some(format::today()),
        contact_id: proposal.contact_id.clone(),
        channel: ProposalChannel::Email,
    });
    let day = form.field(
        "sent_on",
        |s: &SendProposal| s.sent_on,
        |s, v| s.sent_on = v,
    );
    let contact = form.field(
        "contact_id",
        |s: &SendProposal| s.contact_id.as_ref().map(ToString::to_string),
        |s, v| s.contact_id = v.map(Into::into),
    );
    form.call("contact_id", "field-sent-to");
    let channel = form.field(
        "channel",
        |s: &SendProposal| s.channel.to_string(),
        |s, v| s.channel = v.parse().unwrap_or(ProposalChannel::Email),
    );
    let channels: Vec<Choice> = ProposalChannel::ALL
        .iter()
        .map(|each| Choice::new(each.to_string(), words::word("channel", each.as_str())))
        .collect();
    let account = proposal.account_id.as_ref().map(ToString::to_string);
    let source = PickerSource::Contacts(Signal::stored(account));
    let (shown, name) = (title(&proposal), proposal.contact_name.clone());
    let submit = move |()| {
        let proposal = proposal.clone();
        let check = |send: &SendProposal| {
            let mut errors = validate(send);
            if send.contact_id.is_none() {
                errors.push(FieldError::required("contact_id"));
            }
            errors
        };
        let send = move |send: SendProposal| api::call(step(&proposal, ProposalStep::Send(send)));
        form.submit(check, send, finish("proposal-sent", close));
    };
    view! {
        <FormPanel
            title=t("proposal-send-title")
            form
            submit=Signal::derive(move || t("proposal-send"))
            on_submit=submit
            on_close=close
            place=FormPlace::Dialog
        >
            <p class="text-faint">{shown}</p>
            <PickerField bound=contact label=t("field-sent-to") source name />
            <SelectField bound=channel label=t("field-channel") choices=channels />
            <DateField bound=day label=t("field-sent-on") />
        </FormPanel>
    }
    .into_any()
}
