//! Answers in their place: how sure it is, and the value.

use std::future::Future;

use chrono::DateTime;
use etalon_domain::deal::Need;
use etalon_domain::endpoint::{SetLeadBudget, SetLeadNeed, SetLeadTiming};
use etalon_domain::error::{Error, FieldError};
use etalon_domain::id::Ref;
use etalon_domain::lead::{Bant, BantChange, BantState, BudgetInput, Lead, NeedInput, TimingInput};
use leptos::html;
use leptos::prelude::*;

use crate::api::{self, Failure};
use crate::i18n::t;
use crate::leads::actions::KINDS;
use crate::leads::words;
use crate::process::use_need_types;
use crate::query::invalidate;
use crate::ui::{
    Bound, Button, DateField, ErrorSummary, Form, Look, MoneyField, SelectField, TextArea, dom,
    toast,
};

/// How sure an answer is to begin with: whoever opens an unknown one has heard something.
pub(super) fn begin(state: BantState) -> BantState {
    match state {
        BantState::Unknown => BantState::Claimed,
        known => known,
    }
}

pub(super) fn budget_editor(lead: &Lead, close: Callback<()>) -> AnyView {
    let form = Form::new(BudgetInput {
        state: begin(lead.bant.budget.state),
        value: lead.bant.budget.value,
    });
    let state = form.field(
        "state",
        |d: &BudgetInput| d.state.to_string(),
        |d, v| d.state = v.parse().unwrap_or(BantState::Claimed),
    );
    let value = form.field("value", |d: &BudgetInput| d.value, |d, v| d.value = v);
    let (id, version) = (lead.id.to_string(), Some(lead.version));
    let send = move |body| {
        api::call(SetLeadBudget {
            id: id.clone(),
            version,
            body,
        })
    };
    let fields = view! { <MoneyField bound=value label=t("bant-budget-value") /> }.into_any();
    editor(form, state, BantChange::Budget, send, fields, close)
}

pub(super) fn timing_editor(lead: &Lead, close: Callback<()>) -> AnyView {
    let form = Form::new(TimingInput {
        state: begin(lead.bant.timing.state),
        value: lead.bant.timing.value,
    });
    let state = form.field(
        "state",
        |d: &TimingInput| d.state.to_string(),
        |d, v| d.state = v.parse().unwrap_or(BantState::Claimed),
    );
    let value = form.field("value", |d: &TimingInput| d.value, |d, v| d.value = v);
    let (id, version) = (lead.id.to_string(), Some(lead.version));
    let send = move |body| {
        api::call(SetLeadTiming {
            id: id.clone(),
            version,
            body,
        })
    };
    let fields = view! { <DateField bound=value label=t("bant-timing-value") /> }.into_any();
    editor(form, state, BantChange::Timing, send, fields, close)
}

pub(super) fn need_editor(lead: &Lead, close: Callback<()>) -> AnyView {
    let form = Form::new(NeedInput {
        state: begin(lead.bant.need.state),
        value: lead.bant.need.value.clone(),
    });
    let state = form.field(
        "state",
        |d: &NeedInput| d.state.to_string(),
        |d, v| d.state = v.parse().unwrap_or(BantState::Claimed),
    );
    let kind = form.field(
        "value.type",
        |d: &NeedInput| (d.value.as_ref().and_then(|n| n.kind.clone())).unwrap_or_default(),
        |d, v| {
            let kind = Some(v).filter(|kind| !kind.is_empty());
            d.value.get_or_insert_with(Need::default).kind = kind;
        },
    );
    let text = form.field(
        "value",
        |d: &NeedInput| d.value.as_ref().map(|n| n.text.clone()).unwrap_or_default(),
        |d, v| d.value.get_or_insert_with(Need::default).text = v,
    );
    let (id, version) = (lead.id.to_string(), Some(lead.version));
    let send = move |body| {
        api::call(SetLeadNeed {
            id: id.clone(),
            version,
            body,
        })
    };
    let kinds = use_need_types().choices(kind.get);
    let fields = view! {
        <SelectField bound=kind label=t("field-need-type") choices=kinds />
        <TextArea bound=text label=t("bant-need-value") />
    }
    .into_any();
    editor(form, state, BantChange::Need, send, fields, close)
}

/// What is wrong with an answer.
fn check<D: Clone>(draft: &D, change: fn(D) -> BantChange) -> Vec<FieldError> {
    let nobody = Ref {
        id: String::new(),
        name: String::new(),
    };
    let applied = change(draft.clone()).apply(&Bant::default(), &nobody, DateTime::UNIX_EPOCH);
    match applied {
        Err(Error::Invalid(errors)) => errors,
        _ => Vec::new(),
    }
}

/// The form of an answer: how sure it is, its fields, save and cancel. Enter saves, Escape leaves.
pub(super) fn editor<D, F>(
    form: Form<D>,
    state: Bound<String>,
    change: fn(D) -> BantChange,
    send: impl Fn(D) -> F + 'static,
    fields: AnyView,
    close: Callback<()>,
) -> AnyView
where
    D: Clone + PartialEq + Send + Sync + 'static,
    F: Future<Output = Result<Lead, Failure>> + 'static,
{
    let root = NodeRef::<html::Form>::new();
    Effect::new(move |_| {
        if let Some(root) = root.get() {
            request_animation_frame(move || {
                if let Some(field) = dom::first(&root, ".bant-fields :is(input, textarea, select)")
                {
                    let _ = field.focus();
                }
            });
        }
    });
    let is_unknown = {
        let get = state.get;
        Memo::new(move |_| get.with(|state| state == BantState::Unknown.as_str()))
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.submit(
            |draft| check(draft, change),
            &send,
            move |_: Lead| {
                invalidate(KINDS);
                toast::done(t("saved"));
                close.run(());
            },
        );
    };
    view! {
        <form
            class="bant-form"
            novalidate
            node_ref=root
            on:submit=submit
            on:keydown=move |event| {
                if event.key() == "Escape" && !event.default_prevented() {
                    close.run(());
                }
            }
        >
            <ErrorSummary form />
            {states(&state)}
            <div class="bant-fields form-stack" class:hidden=move || is_unknown.get()>
                {fields}
            </div>
            <div class="bant-card-foot">
                <Button look=Look::Primary submit=true busy=form.busy>
                    {t("save")}
                </Button>
                <Button on_press=move |()| close.run(())>{t("cancel")}</Button>
            </div>
        </form>
    }
    .into_any()
}

/// Unknown, claimed or confirmed, side by side.
fn states(bound: &Bound<String>) -> AnyView {
    let (get, set) = (bound.get, bound.set);
    let name = bound.id.clone();
    let choices = BantState::ALL
        .iter()
        .map(|state| {
            let value = state.as_str();
            let is_chosen = move || get.with(|chosen| chosen == value);
            view! {
                <label class="segment">
                    <input
                        type="radio"
                        class="sr-only"
                        name=name.clone()
                        prop:checked=is_chosen
                        on:change=move |_| set.run(value.to_owned())
                    />
                    <span>{words::state(*state)}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <div class="segments" role="radiogroup" aria-label=t("bant-state")>
            {choices}
        </div>
    }
    .into_any()
}
