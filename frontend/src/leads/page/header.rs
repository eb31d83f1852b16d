use etalon_domain::lead::{BantItem, Lead, LeadStatus};
use leptos::prelude::*;

use crate::address::{use_changes, use_go};
use crate::i18n::{arguments, t, t_with};
use crate::leads::cells::status_mark;
use crate::leads::{actions, dialogs, words};
use crate::routes::paths;
use crate::ui::{Avatar, Badge, Button, LinkButton, Look, Menu, MenuItem, Tone, icon};

/// Title, company, person, owner, status and score; and what one can do.
pub(super) fn head(lead: Lead) -> AnyView {
    let owner = lead.owner_name.clone();
    let in_bin = (lead.deleted_at.is_some())
        .then(|| view! { <Badge tone=Tone::Warning>{icon!("trash-2")} {t("in-bin")}</Badge> });
    view! {
        <header class="deal-head">
            <div class="deal-head-main">
                <div class="deal-number">{status_mark(&lead)} {in_bin}</div>
                <h1 class="record-title">{lead.title.clone()}</h1>
                <dl class="deal-glance">
                    <div>
                        <dt>{t("lead-company")}</dt>
                        <dd>{company(&lead)}</dd>
                    </div>
                    <div>
                        <dt>{t("lead-person")}</dt>
                        <dd>{person(&lead)}</dd>
                    </div>
                    <div>
                        <dt>{t("field-owner-id")}</dt>
                        <dd class="person">
                            <Avatar name=owner.clone() />
                            {owner}
                        </dd>
                    </div>
                    <div>
                        <dt>{t("lead-score")}</dt>
                        <dd class="lead-score">
                            <span class="tabular-nums">{lead.score}</span>
                            <span class="meter" aria-hidden="true">
                                <span style=format!("width: {}%", lead.score)></span>
                            </span>
                        </dd>
                    </div>
                </dl>
            </div>
            <div class="page-actions">{buttons(lead)}</div>
        </header>
    }
    .into_any()
}

fn linked(href: Option<String>, name: Option<&String>) -> AnyView {
    match (href, name) {
        (Some(href), Some(name)) => view! {
            <a class="link" href=href>
                {name.clone()}
            </a>
        }
        .into_any(),
        (None, Some(name)) => name.clone().into_any(),
        (_, None) => view! { <span class="text-faint">"–"</span> }.into_any(),
    }
}

fn company(lead: &Lead) -> AnyView {
    let href = lead
        .account_id
        .as_ref()
        .map(|id| paths::account(id.as_str()));
    linked(
        href,
        lead.account_name.as_ref().or(lead.company_name.as_ref()),
    )
}

fn person(lead: &Lead) -> AnyView {
    let href = lead
        .contact_id
        .as_ref()
        .map(|id| paths::contact(id.as_str()));
    linked(
        href,
        lead.contact_name.as_ref().or(lead.person_name.as_ref()),
    )
}

/// The one thing to do, and the others beside it.
fn buttons(lead: Lead) -> AnyView {
    if lead.status == LeadStatus::Qualified {
        return lead
            .deal_id
            .map(|id| {
                let number = lead.deal_number.unwrap_or_default();
                let label = t_with("lead-to-deal", &arguments! { "number" => number });
                view! {
                    <LinkButton href=paths::deal(id.as_str()) look=Look::Primary>
                        {label}
                        {icon!("arrow-right")}
                    </LinkButton>
                }
            })
            .into_any();
    }
    if !actions::may_write(&lead) {
        return ().into_any();
    }
    let changes = use_changes();
    let lead = StoredValue::new(lead);
    let menu = move || {
        let status = lead.with_value(|lead| lead.status);
        more(lead, status)
    };
    let status = lead.with_value(|lead| lead.status);
    if matches!(status, LeadStatus::Disqualified | LeadStatus::Nurturing) {
        let again = move |()| lead.with_value(|l| dialogs::reopen(l.id.to_string(), l.version));
        return view! {
            <Button look=Look::Primary on_press=again>
                {icon!("rotate-ccw")}
                {t("lead-reopen")}
            </Button>
            {menu()}
        }
        .into_any();
    }
    let convert = move |()| changes.apply(&[("do", Some("convert"))]);
    let unknown = lead.with_value(|lead| lead.bant.unknown());
    if unknown.is_empty() {
        return view! {
            <Button look=Look::Primary on_press=convert>
                {t("lead-convert")}
                {icon!("arrow-right")}
            </Button>
            {menu()}
        }
        .into_any();
    }
    let next = lead.with_value(|lead| lead.next_question);
    let next = next.unwrap_or(BantItem::Need);
    let ask = move |()| changes.apply(&[("bant", Some(next.as_str()))]);
    let label = t_with("lead-clarify", &arguments! { "item" => words::item(next) });
    view! {
        <Button look=Look::Primary on_press=ask>
            {icon!("circle-question-mark")}
            {label}
        </Button>
        <Button on_press=convert>{t("lead-convert")}</Button>
        {menu()}
    }
    .into_any()
}

fn more(lead: StoredValue<Lead>, status: LeadStatus) -> AnyView {
    let changes = use_changes();
    let go = use_go();
    let is_over = status == LeadStatus::Disqualified;
    let to = move |what: &'static str| move |()| changes.apply(&[("do", Some(what))]);
    view! {
        <Menu
            label=t("more-actions")
            class="btn btn-plain btn-square"
            end=true
            trigger=icon!("ellipsis")
        >
            {(!is_over)
                .then(|| {
                    view! {
                        <MenuItem on_select=move |()| changes.apply(&[("edit", Some("1"))])>
                            {icon!("pencil")}
                            {t("edit")}
                        </MenuItem>
                        <MenuItem on_select=to("nurture")>
                            {icon!("alarm-clock")}
                            {t("lead-nurture-until")}
                        </MenuItem>
                        <MenuItem on_select=to("disqualify")>
                            {icon!("circle-slash")}
                            {t("lead-disqualify-as")}
                        </MenuItem>
                        <div class="menu-line" role="separator"></div>
                    }
                })}
            <MenuItem on_select=move |()| {
                lead.with_value(|lead| actions::delete(lead, move || go.to(paths::LEADS)));
            }>
                <span class="menu-danger flex items-center gap-2">
                    {icon!("trash-2")} {t("delete")}
                </span>
            </MenuItem>
        </Menu>
    }
    .into_any()
}
