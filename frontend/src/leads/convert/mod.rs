//! From a lead to a deal, in one dialog: what is known, whose it is, what it is called.

mod known;
mod target;

use chrono::NaiveDate;
use etalon_domain::deal::Deal;
use etalon_domain::endpoint::{ConvertLeadEndpoint, ListLeadDuplicates};
use etalon_domain::error::{FieldError, validate};
use etalon_domain::id::{AccountId, ContactId};
use etalon_domain::lead::{ConvertLead, Lead, LeadDuplicates};
use etalon_domain::money::Money;
use etalon_domain::policy;
use etalon_domain::text::non_empty;
use leptos::prelude::*;

use crate::address::use_go;
use crate::api;
use crate::i18n::{arguments, format, t, t_with};
use crate::query::{invalidate, use_query};
use crate::routes::paths;
use crate::session;
use crate::ui::{
    DateField, Dialog, ErrorState, Form, FormPanel, FormPlace, MoneyField, PickerSource,
    SkeletonRows, TextArea, TextField, icon, toast,
};
use known::known;
use target::{Target, Targets, targets};

/// Everything that a conversion changes.
const KINDS: &[&str] = &["leads", "deals", "accounts", "contacts", "analytics"];

/// What the person chooses.
#[derive(Clone, PartialEq)]
struct Draft {
    title: String,
    amount: Option<Money>,
    expected_close_on: Option<NaiveDate>,
    account: Target,
    contact: Target,
    override_reason: Option<String>,
}

impl Draft {
    fn body(self) -> ConvertLead {
        ConvertLead {
            account_id: self.account.id().map(AccountId::new),
            contact_id: self.contact.id().map(ContactId::new),
            title: non_empty(Some(self.title)),
            amount: self.amount,
            expected_close_on: self.expected_close_on,
            override_reason: non_empty(self.override_reason),
        }
    }
}

/// Makes a deal of a lead. What the lead may be about is looked up first.
#[component]
pub(super) fn ConvertDialog(
    /// The lead.
    lead: Lead,
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let id = lead.id.to_string();
    let query = use_query(move || Some(ListLeadDuplicates { id: id.clone() }));
    let is_there = Memo::new(move |_| query.data.with(Option::is_some));
    let lead = StoredValue::new(lead);
    move || {
        if is_there.get() {
            let found = query.data.get_untracked().unwrap_or_default();
            return form(lead.get_value(), &found, on_close);
        }
        let content = move || match query.failure.get() {
            Some(failure) => {
                view! { <ErrorState failure on_retry=move |()| query.retry() /> }.into_any()
            }
            None => view! { <SkeletonRows rows=4 /> }.into_any(),
        };
        view! {
            <Dialog title=t("lead-convert-title") on_close>
                <div class="dialog-body">{content}</div>
            </Dialog>
        }
        .into_any()
    }
}

fn form(lead: Lead, found: &LeadDuplicates, on_close: Callback<()>) -> AnyView {
    let accounts = Targets::of_account(&lead, found);
    let contacts = Targets::of_contact(&lead, found);
    let form = Form::new(Draft {
        title: lead.title.clone(),
        // A first guess: they spend their budget, on the day on which they decide.
        amount: lead.bant.budget.value,
        expected_close_on: lead.bant.timing.value.filter(|day| *day >= format::today()),
        account: accounts.first(),
        contact: contacts.first(),
        override_reason: None,
    });
    let title = form.field("title", |d: &Draft| d.title.clone(), |d, v| d.title = v);
    let amount = form.field("amount", |d: &Draft| d.amount, |d, v| d.amount = v);
    let expected = form.field(
        "expected_close_on",
        |d: &Draft| d.expected_close_on,
        |d, v| d.expected_close_on = v,
    );
    let account = form.field(
        "account_id",
        |d: &Draft| d.account.clone(),
        |d, v| d.account = v,
    );
    let contact = form.field(
        "contact_id",
        |d: &Draft| d.contact.clone(),
        |d, v| d.contact = v,
    );
    let reason = form.optional_text(
        "override_reason",
        |d| &d.override_reason,
        |d, v| d.override_reason = v,
    );
    let missing = !lead.bant.unknown().is_empty();
    let may_override =
        session::may(|actor| policy::may_override(actor, lead.department_id.as_ref()));
    let of_account = {
        let chosen = account.get;
        Signal::derive(move || chosen.with(|target| target.id().map(str::to_owned)))
    };
    let go = use_go();
    let (id, version) = (lead.id.to_string(), lead.version);
    let submit = move |()| {
        let check = |draft: &Draft| {
            let mut errors = validate(&draft.clone().body());
            let gives_reason = non_empty(draft.override_reason.clone()).is_some();
            if missing && may_override && !gives_reason {
                errors.push(FieldError::required("override_reason"));
            }
            for (field, target) in [
                ("account_id", &draft.account),
                ("contact_id", &draft.contact),
            ] {
                if *target == Target::Other(None) {
                    errors.push(FieldError::required(field));
                }
            }
            errors
        };
        let id = id.clone();
        let send = move |draft: Draft| {
            api::call(ConvertLeadEndpoint {
                id,
                version: Some(version),
                body: draft.body(),
            })
        };
        form.submit(check, send, move |deal: Deal| {
            invalidate(KINDS);
            let number = deal.number;
            toast::done(t_with("lead-converted", &arguments! { "number" => number }));
            go.to(paths::deal(deal.id.as_str()));
        });
    };
    let held_up = missing.then(|| {
        if may_override {
            view! {
                <TextArea
                    bound=reason
                    label=t("field-override-reason")
                    help=t("lead-override-help")
                    required=true
                />
            }
            .into_any()
        } else {
            view! {
                <div class="notice notice-warning">
                    {icon!("triangle-alert")} <p>{t("lead-incomplete-text")}</p>
                </div>
            }
            .into_any()
        }
    });
    view! {
        <FormPanel
            title=t("lead-convert-title")
            form
            submit=t("lead-convert")
            on_submit=submit
            on_close
            place=FormPlace::Dialog
        >
            {known(&lead, on_close)}
            {held_up}
            <TextField bound=title label=t("lead-deal-title") required=true />
            <div class="form-pair">
                <MoneyField bound=amount label=t("field-amount") />
                <DateField bound=expected label=t("field-expected-close-on") />
            </div>
            {targets(account, t("field-account-id"), accounts, PickerSource::Accounts)}
            {targets(
                contact,
                t("field-contact-id"),
                contacts,
                PickerSource::Contacts(of_account),
            )}
        </FormPanel>
    }
    .into_any()
}
