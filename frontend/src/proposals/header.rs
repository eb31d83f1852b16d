use etalon_domain::endpoint::{ProposalStep, Proposals, StepProposal};
use etalon_domain::proposal::{Proposal, ProposalAction as Action, ProposalStatus};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::KINDS;
use super::dialogs::Over;
use super::words::{status_mark, title};
use crate::address::{Go, use_changes, use_go};
use crate::api;
use crate::i18n::{arguments, format, t, t_with};
use crate::query::invalidate;
use crate::records;
use crate::routes::paths;
use crate::ui::{Button, Look, Menu, MenuItem, Money, icon, toast};

/// Number, deal, recipient, total, validity, and the one next step.
#[component]
pub(super) fn Header(
    /// The version.
    proposal: Proposal,
    /// Takes a step that needs a dialog.
    step: Callback<Over>,
) -> impl IntoView {
    let deal = paths::deal(proposal.deal_id.as_str()) + "?tab=proposals";
    let account = proposal
        .account_id
        .clone()
        .zip(proposal.account_name.clone());
    let until = proposal.valid_until;
    let is_past = proposal.status == ProposalStatus::Expired;
    view! {
        <header class="deal-head">
            <div class="deal-head-main">
                <div class="deal-number">
                    <a class="link" href=deal>
                        {proposal.deal_number.clone()}
                        " · "
                        {proposal.deal_title.clone()}
                    </a>
                    {status_mark(proposal.status)}
                </div>
                <h1 class="deal-title">{title(&proposal)}</h1>
                <dl class="deal-glance">
                    <div>
                        <dt>{t("field-account-id")}</dt>
                        <dd>
                            {account
                                .map_or_else(
                                    || view! { <span class="text-faint">{t("no-account")}</span> }.into_any(),
                                    |(id, name)| {
                                        view! {
                                            <a class="link" href=paths::account(id.as_str())>
                                                {name}
                                            </a>
                                        }
                                            .into_any()
                                    },
                                )}
                        </dd>
                    </div>
                    <div>
                        <dt>{t("field-total")}</dt>
                        <dd>
                            <Money value=proposal.totals.total />
                        </dd>
                    </div>
                    <div>
                        <dt>{t("field-valid-until")}</dt>
                        <dd class:is-past=is_past>
                            {until.map_or_else(|| "–".to_owned(), format::day)}
                        </dd>
                    </div>
                </dl>
            </div>
            <div class="page-actions">
                {next_step(&proposal, step)} {more(proposal)}
            </div>
        </header>
    }
    .into_any()
}

/// The one thing to do next, and beside it what else an answer may be.
fn next_step(proposal: &Proposal, step: Callback<Over>) -> AnyView {
    let go = use_go();
    let may = |action| proposal.actions.contains(&action);
    let button = |look, picture: AnyView, label: &'static str, over: Over| {
        view! {
            <Button look on_press=move |()| step.run(over)>
                {picture}
                {t(label)}
            </Button>
        }
        .into_any()
    };
    if may(Action::Approve) {
        return view! {
            {button(Look::Plain, icon!("x"), "proposal-reject", Over::Reject)}
            {button(Look::Primary, icon!("check"), "proposal-approve", Over::Approve)}
        }
        .into_any();
    }
    if may(Action::Submit) {
        return button(
            Look::Primary,
            icon!("arrow-right"),
            "proposal-submit",
            Over::Submit,
        );
    }
    if may(Action::Send) {
        return button(Look::Primary, icon!("send"), "proposal-send", Over::Send);
    }
    if may(Action::Accept) {
        return view! {
            {button(Look::Plain, icon!("circle-slash"), "proposal-decline", Over::Decline)}
            {button(Look::Primary, icon!("handshake"), "proposal-accept", Over::Accept)}
        }
        .into_any();
    }
    if may(Action::Recall) {
        let proposal = StoredValue::new(proposal.clone());
        return view! {
            <Button on_press=move |()| proposal.with_value(recall)>
                {icon!("undo-2")}
                {t("proposal-recall")}
            </Button>
        }
        .into_any();
    }
    if may(Action::Revise) && proposal.status != ProposalStatus::Accepted {
        let proposal = StoredValue::new(proposal.clone());
        return view! {
            <Button look=Look::Primary on_press=move |()| proposal.with_value(|p| revise(p, go))>
                {icon!("copy-plus")}
                {t("proposal-revise")}
            </Button>
        }
        .into_any();
    }
    ().into_any()
}

/// Whatever else can be done.
fn more(proposal: Proposal) -> Option<AnyView> {
    let (go, changes) = (use_go(), use_changes());
    let may = |action| proposal.actions.contains(&action);
    let edits = may(Action::Edit)
        && matches!(
            proposal.status,
            ProposalStatus::InApproval | ProposalStatus::Approved
        );
    let recalls = may(Action::Recall) && may(Action::Approve);
    let revises = may(Action::Revise)
        && matches!(
            proposal.status,
            ProposalStatus::Sent | ProposalStatus::Expired | ProposalStatus::Accepted
        );
    let deletes = may(Action::Delete);
    if !(edits || recalls || revises || deletes) {
        return None;
    }
    let proposal = StoredValue::new(proposal);
    let item = |shown: bool, picture: AnyView, label: &'static str, act: Callback<()>| {
        shown.then(|| {
            view! {
                <MenuItem on_select=act>
                    {picture}
                    {t(label)}
                </MenuItem>
            }
        })
    };
    let edit = Callback::new(move |()| changes.apply(&[("edit", Some("1")), ("tab", None)]));
    let recall = Callback::new(move |()| proposal.with_value(recall));
    let revise = Callback::new(move |()| proposal.with_value(|p| revise(p, go)));
    let menu = view! {
        <Menu label=t("more-actions") class="btn btn-plain btn-square" end=true trigger=icon!("ellipsis")>
            {item(edits, icon!("pencil"), "proposal-edit", edit)}
            {item(recalls, icon!("undo-2"), "proposal-recall", recall)}
            {item(revises, icon!("copy-plus"), "proposal-revise", revise)}
            {deletes
                .then(|| {
                    view! {
                        <MenuItem on_select=move |()| proposal.with_value(|p| remove(p, go))>
                            <span class="menu-danger flex items-center gap-2">
                                {icon!("trash-2")} {t("delete")}
                            </span>
                        </MenuItem>
                    }
                })}
        </Menu>
    };
    Some(menu.into_any())
}

fn recall(proposal: &Proposal) {
    take(proposal, ProposalStep::Recall, |_| {
        toast::done(t("proposal-recalled"));
    });
}

fn revise(proposal: &Proposal, go: Go) {
    take(proposal, ProposalStep::Revise, move |made| {
        toast::done(t_with(
            "proposal-revised",
            &arguments! { "revision" => made.revision },
        ));
        go.to(paths::proposal(made.id.as_str()));
    });
}

fn take(proposal: &Proposal, step: ProposalStep, done: impl FnOnce(Proposal) + 'static) {
    let call = StepProposal {
        id: proposal.id.to_string(),
        version: Some(proposal.version),
        step,
    };
    spawn_local(async move {
        match api::call(call).await {
            Ok(after) => {
                invalidate(KINDS);
                done(after);
            }
            Err(failure) => toast::failed(&failure),
        }
    });
}

fn remove(proposal: &Proposal, go: Go) {
    let deal = paths::deal(proposal.deal_id.as_str()) + "?tab=proposals";
    let name = title(proposal);
    records::delete::<Proposals>(
        proposal.id.to_string(),
        t_with("proposal-deleted", &arguments! { "name" => name.clone() }),
        t_with("proposal-restored", &arguments! { "name" => name }),
        KINDS,
        move || go.to(deal.clone()),
    );
}
