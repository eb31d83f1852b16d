use etalon_domain::lead::{Lead, LeadStatus};
use leptos::prelude::*;

use crate::address::use_changes;
use crate::i18n::{format, t};
use crate::leads::{actions, words};
use crate::routes::paths;
use crate::ui::{Fact, Facts, LinkButton, icon, link_fact, text_fact};

/// What was written along, and how it ended.
pub(super) fn details(lead: Lead) -> AnyView {
    let changes = use_changes();
    let edit = actions::is_changeable(&lead).then(|| {
        view! {
            <div class="tab-tools">
                <LinkButton href=Signal::derive(move || changes.href(&[("edit", Some("1"))]))>
                    {icon!("pencil")}
                    {t("edit")}
                </LinkButton>
            </div>
        }
    });
    let message = match lead.message {
        Some(text) => view! { <p class="lead-message">{text}</p> }.into_any(),
        None => view! { <p class="text-faint">{t("lead-no-message")}</p> }.into_any(),
    };
    let end = match (lead.status, lead.disqualify_reason, lead.override_reason) {
        (LeadStatus::Disqualified, Some(reason), _) => Some((
            "lead-end-disqualified",
            words::reason(reason),
            lead.disqualify_note,
        )),
        (LeadStatus::Qualified, _, Some(reason)) => Some(("lead-end-overridden", reason, None)),
        _ => None,
    };
    let end = end.map(|(title, text, note)| {
        view! {
            <section class="field-group">
                <h2>{t(title)}</h2>
                <p>{text}</p>
                {note.map(|note| view! { <p class="lead-message">{note}</p> })}
            </section>
        }
    });
    view! {
        {edit}
        {end}
        <section class="field-group">
            <h2>{t("field-message")}</h2>
            {message}
        </section>
    }
    .into_any()
}

/// How to reach them, and where the lead came from.
pub(super) fn aside(lead: Lead) -> AnyView {
    let phone = lead
        .phone
        .map(|phone| link_fact(format!("tel:{phone}"), phone));
    let email = lead
        .email
        .map(|email| link_fact(format!("mailto:{email}"), email));
    let account = lead
        .account_id
        .zip(lead.account_name)
        .map(|(id, name)| link_fact(paths::account(id.as_str()), name));
    let contact = lead
        .contact_id
        .zip(lead.contact_name)
        .map(|(id, name)| link_fact(paths::contact(id.as_str()), name));
    let deal = lead
        .deal_id
        .zip(lead.deal_number)
        .map(|(id, number)| link_fact(paths::deal(id.as_str()), number));
    let form = lead
        .form_name
        .map(|name| view! { <Fact label=t("field-form-id") value=text_fact(Some(name)) /> });
    let deal = deal.map(|deal| view! { <Fact label=t("field-deal-id") value=Some(deal) /> });
    view! {
        <section class="card-box">
            <h2>{t("account-reach")}</h2>
            <Facts>
                <Fact label=t("lead-person") value=text_fact(lead.person_name) />
                <Fact label=t("field-phone") value=phone />
                <Fact label=t("field-email") value=email />
                <Fact label=t("field-company-name") value=text_fact(lead.company_name) />
                <Fact label=t("field-tax-number") value=text_fact(lead.tax_number) />
            </Facts>
        </section>
        <section class="card-box">
            <h2>{t("lead-known-as")}</h2>
            <Facts>
                <Fact label=t("field-account-id") value=account />
                <Fact label=t("lead-contact") value=contact />
                {deal}
            </Facts>
        </section>
        <section class="card-box">
            <h2>{t("account-record")}</h2>
            <Facts>
                <Fact label=t("field-source") value=text_fact(lead.source) />
                {form}
                <Fact label=t("field-department-id") value=text_fact(lead.department_name) />
                <Fact
                    label=t("fact-created-at")
                    value=text_fact(Some(format::instant(lead.created_at)))
                />
                <Fact
                    label=t("fact-updated-at")
                    value=text_fact(Some(format::instant(lead.updated_at)))
                />
            </Facts>
        </section>
    }
    .into_any()
}
