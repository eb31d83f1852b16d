//! Where a lead goes other than into a deal: set aside, out, back to work.

use chrono::{Days, Months, NaiveDate};
use etalon_domain::endpoint::{DisqualifyLeadEndpoint, NurtureLeadEndpoint, ReopenLeadEndpoint};
use etalon_domain::error::{FieldCode, FieldError, validate};
use etalon_domain::lead::{DisqualifyLead, DisqualifyReason, Lead, NurtureLead, ReopenLead};
use etalon_domain::text::non_empty;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::actions::KINDS;
use super::words;
use crate::api;
use crate::i18n::{arguments, format, t, t_with};
use crate::query::invalidate;
use crate::ui::{Choice, DateField, Form, FormPanel, FormPlace, SelectField, TextArea, toast};

/// Sets a lead aside until a day.
#[component]
pub(super) fn NurtureDialog(
    /// The lead.
    lead: Lead,
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    #[derive(Clone, PartialEq)]
    struct Aside {
        until: Option<NaiveDate>,
        reason: Option<String>,
    }
    let form = Form::new(Aside {
        until: lead.nurture_until,
        reason: None,
    });
    let until = form.field("until", |a: &Aside| a.until, |a, v| a.until = v);
    let reason = form.optional_text("reason", |a| &a.reason, |a, v| a.reason = v);
    let set = until.set;
    let presets = periods(format::today())
        .into_iter()
        .map(|(label, day)| {
            view! {
                <button type="button" class="btn btn-plain" on:click=move |_| set.run(Some(day))>
                    {t(label)}
                </button>
            }
        })
        .collect_view();
    let (id, version) = (lead.id.to_string(), lead.version);
    let submit = move |()| {
        let check = |aside: &Aside| match aside.until {
            None => vec![FieldError::required("until")],
            Some(day) if day <= format::today() => {
                vec![FieldError::new("until", FieldCode::OutOfRange, "")]
            }
            Some(until) => validate(&NurtureLead {
                until,
                reason: aside.reason.clone(),
            }),
        };
        let id = id.clone();
        let send = move |aside: Aside| {
            api::call(NurtureLeadEndpoint {
                id,
                version: Some(version),
                body: NurtureLead {
                    until: aside.until.unwrap_or_default(),
                    reason: non_empty(aside.reason),
                },
            })
        };
        form.submit(check, send, move |lead: Lead| {
            invalidate(KINDS);
            let day = lead.nurture_until.map(format::day).unwrap_or_default();
            let text = t_with("lead-set-aside", &arguments! { "day" => day });
            let (id, version) = (lead.id.into_string(), lead.version);
            toast::done_with_undo(text, move || reopen(id.clone(), version));
            on_close.run(());
        });
    };
    view! {
        <FormPanel
            title=t("lead-nurture-title")
            form
            submit=t("lead-nurture")
            on_submit=submit
            on_close
            place=FormPlace::Dialog
        >
            <p class="text-faint">{t("lead-nurture-text")}</p>
            <div class="preset-row">{presets}</div>
            <DateField bound=until label=t("field-nurture-until") />
            <TextArea bound=reason label=t("field-reason") />
        </FormPanel>
    }
    .into_any()
}

fn periods(today: NaiveDate) -> Vec<(&'static str, NaiveDate)> {
    [
        ("aside-week", today.checked_add_days(Days::new(7))),
        ("aside-month", today.checked_add_months(Months::new(1))),
        ("aside-quarter", today.checked_add_months(Months::new(3))),
        ("aside-half-year", today.checked_add_months(Months::new(6))),
    ]
    .into_iter()
    .filter_map(|(label, day)| Some((label, day?)))
    .collect()
}

/// Takes a lead up again at once.
pub(super) fn reopen(id: String, version: i64) {
    spawn_local(async move {
        let call = ReopenLeadEndpoint {
            id,
            version: Some(version),
            body: ReopenLead::default(),
        };
        match api::call(call).await {
            Ok(lead) => {
                invalidate(KINDS);
                toast::done(t_with(
                    "lead-reopened",
                    &arguments! { "name" => lead.title },
                ));
            }
            Err(failure) => {
                invalidate(KINDS);
                toast::failed(&failure);
            }
        }
    });
}

/// Closes a lead that will not become a deal, with a reason.
#[component]
pub(super) fn DisqualifyDialog(
    /// The lead.
    lead: Lead,
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    #[derive(Clone, PartialEq)]
    struct Out {
        reason: Option<DisqualifyReason>,
        note: Option<String>,
    }
    let form = Form::new(Out {
        reason: None,
        note: None,
    });
    let reason = form.field(
        "reason",
        |o: &Out| o.reason.map(|r| r.to_string()).unwrap_or_default(),
        |o, v| o.reason = v.parse().ok(),
    );
    let note = form.optional_text("note", |o| &o.note, |o, v| o.note = v);
    let none = Choice::new("", t("choose-reason"));
    let reasons = DisqualifyReason::ALL
        .iter()
        .map(|reason| Choice::new(reason.as_str(), words::reason(*reason)));
    let choices: Vec<Choice> = std::iter::once(none).chain(reasons).collect();
    let (id, version) = (lead.id.to_string(), lead.version);
    let submit = move |()| {
        let check = |out: &Out| match out.reason {
            None => vec![FieldError::required("reason")],
            Some(reason) => validate(&DisqualifyLead {
                reason,
                note: out.note.clone(),
            }),
        };
        let id = id.clone();
        let send = move |out: Out| {
            api::call(DisqualifyLeadEndpoint {
                id,
                version: Some(version),
                body: DisqualifyLead {
                    reason: out.reason.unwrap_or(DisqualifyReason::NotInterested),
                    note: non_empty(out.note),
                },
            })
        };
        form.submit(check, send, move |lead: Lead| {
            invalidate(KINDS);
            let name = lead.title;
            let text = t_with("lead-disqualified", &arguments! { "name" => name });
            let (id, version) = (lead.id.into_string(), lead.version);
            toast::done_with_undo(text, move || reopen(id.clone(), version));
            on_close.run(());
        });
    };
    view! {
        <FormPanel
            title=t("lead-disqualify-title")
            form
            submit=t("lead-disqualify")
            on_submit=submit
            on_close
            place=FormPlace::Dialog
        >
            <SelectField bound=reason label=t("field-reason") choices required=true />
            <TextArea bound=note label=t("field-note") help=t("close-reason-help") />
        </FormPanel>
    }
    .into_any()
}
