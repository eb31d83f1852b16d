use etalon_domain::error::{FieldError, validate};
use etalon_domain::id::{DepartmentId, UserId};
use etalon_domain::policy;
use etalon_domain::process::{Pursuit, StepInput};
use etalon_domain::text::non_empty;
use leptos::prelude::*;

use super::Work;
use super::known::known;
use super::parts::{by_line, form_view};
use super::team::team_fields;
use crate::deals;
use crate::i18n::{t, words};
use crate::session;
use crate::ui::{Badge, Bound, Form, PickerField, PickerSource, TextArea, TextField, Tone, icon};

/// The go / no-go card: what is known so far, and the decision. To pursue names owner, department and
/// team; anything else ends the deal with a reason.
pub(super) fn show(work: Work) -> AnyView {
    let facts = known(&work.deal);
    let decided = decided(&work);
    let form = (work.may_do && !work.is_done()).then(|| form(work));
    view! {
        {facts}
        {decided}
        {form}
    }
    .into_any()
}

fn decided(work: &Work) -> Option<AnyView> {
    let decision = work.step.record.as_ref()?.decision.clone()?;
    let name = words::word("pursuit-done", decision.pursuit.as_str());
    let mark = match decision.pursuit {
        Pursuit::Pursue => {
            view! { <Badge tone=Tone::Success>{icon!("check")} {name}</Badge> }.into_any()
        }
        Pursuit::Reject | Pursuit::Reroute => view! { <Badge>{name}</Badge> }.into_any(),
    };
    let reason = decision
        .reason
        .map(|words| view! { <p class="work-words">{words}</p> });
    Some(
        view! {
            <p>{mark}</p>
            {reason}
            {by_line(work)}
        }
        .into_any(),
    )
}

fn form(work: Work) -> AnyView {
    let form = Form::new(StepInput {
        decision: Some(Pursuit::Pursue),
        ..StepInput::default()
    });
    let decision = form.field(
        "decision",
        |d: &StepInput| d.decision.unwrap_or(Pursuit::Pursue).to_string(),
        |d, v| d.decision = v.parse().ok(),
    );
    let chosen = {
        let get = decision.get;
        Memo::new(move |_| get.with(|word| word.parse().unwrap_or(Pursuit::Pursue)))
    };
    let reason = form.optional_text("reason", |d| &d.reason, |d, v| d.reason = v);
    let target = form.optional_text("rerouted_to", |d| &d.rerouted_to, |d, v| d.rerouted_to = v);
    let deal = work.deal.clone();
    let fields = move || match chosen.get() {
        Pursuit::Pursue => pursuing(form, &deal),
        Pursuit::Reject => view! {
            <TextArea bound=reason.clone() label=t("field-reason") required=true rows=2 />
            <p class="field-help">{t("work-ends-deal")}</p>
        }
        .into_any(),
        Pursuit::Reroute => view! {
            <TextField bound=target.clone() label=t("field-rerouted-to") required=true />
            <TextArea bound=reason.clone() label=t("field-reason") required=true rows=2 />
            <p class="field-help">{t("work-ends-deal")}</p>
        }
        .into_any(),
    };
    let fields = view! {
        {choices(&decision)}
        {fields}
    };
    let verb = Signal::derive(move || words::word("pursuit", chosen.get().as_str()));
    let submit = move || {
        let sender = work.clone();
        let finish = work.finish("work-decided");
        form.submit(
            check,
            move |input| sender.send(fitting(input)),
            move |guide| {
                deals::changed();
                finish(guide);
            },
        );
    };
    form_view(form, fields.into_any(), verb, submit, ().into_any())
}

/// Owner, department and people who help.
fn pursuing(form: Form<StepInput>, deal: &etalon_domain::deal::Deal) -> AnyView {
    let owner: Bound<Option<String>> = form.field(
        "owner_id",
        |d: &StepInput| d.owner_id.as_ref().map(ToString::to_string),
        |d, v| d.owner_id = v.map(UserId::new),
    );
    let department: Bound<Option<String>> = form.field(
        "department_id",
        |d: &StepInput| d.department_id.as_ref().map(ToString::to_string),
        |d, v| d.department_id = v.map(DepartmentId::new),
    );
    if form.draft.with_untracked(|d| d.owner_id.is_none()) {
        form.draft.update_untracked(|d| {
            d.owner_id = Some(deal.owner_id.clone());
            d.department_id = deal.department_id.clone();
        });
    }
    let ownership = session::may(policy::may_reassign).then(|| {
        view! {
            <div class="form-pair">
                <PickerField
                    bound=owner
                    label=t("field-owner-id")
                    source=PickerSource::Users
                    name=Some(deal.owner_name.clone())
                />
                <PickerField
                    bound=department
                    label=t("field-department-id")
                    source=PickerSource::Departments
                    name=deal.department_name.clone()
                />
            </div>
        }
    });
    view! {
        {ownership}
        {team_fields(form)}
    }
    .into_any()
}

/// Only what belongs to the decision is sent.
fn fitting(input: StepInput) -> StepInput {
    let decision = input.decision;
    match decision {
        Some(Pursuit::Reject) => StepInput {
            decision,
            reason: non_empty(input.reason),
            ..StepInput::default()
        },
        Some(Pursuit::Reroute) => StepInput {
            decision,
            reason: non_empty(input.reason),
            rerouted_to: non_empty(input.rerouted_to),
            ..StepInput::default()
        },
        _ if session::may(policy::may_reassign) => StepInput {
            reason: None,
            rerouted_to: None,
            ..input
        },
        _ => StepInput {
            decision,
            team: input.team,
            ..StepInput::default()
        },
    }
}

fn check(input: &StepInput) -> Vec<FieldError> {
    let input = fitting(input.clone());
    let mut errors = validate(&input);
    if input.decision != Some(Pursuit::Pursue) && input.reason.is_none() {
        errors.push(FieldError::required("reason"));
    }
    if input.decision == Some(Pursuit::Reroute) && input.rerouted_to.is_none() {
        errors.push(FieldError::required("rerouted_to"));
    }
    errors
}

/// Pursue, decline or hand over, side by side.
fn choices(bound: &Bound<String>) -> AnyView {
    let (get, set, name) = (bound.get, bound.set, bound.id.clone());
    let choices = Pursuit::ALL
        .iter()
        .map(|each| {
            let value = each.as_str();
            view! {
                <label class="segment">
                    <input
                        type="radio"
                        class="sr-only"
                        name=name.clone()
                        prop:checked=move || get.with(|chosen| chosen == value)
                        on:change=move |_| set.run(value.to_owned())
                    />
                    <span>{words::word("pursuit", value)}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <div class="segments" role="radiogroup" aria-label=t("field-decision")>
            {choices}
        </div>
    }
    .into_any()
}
