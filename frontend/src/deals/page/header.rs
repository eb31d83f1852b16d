use etalon_domain::deal::{Deal, DealStatus, Outcome};
use etalon_domain::endpoint::{Deals, Patch};
use etalon_domain::policy;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::json;

use super::Over;
use crate::address::{use_changes, use_go};
use crate::api;
use crate::deals::{actions, table};
use crate::i18n::{t, words};
use crate::process::NextButton;
use crate::routes::paths;
use crate::session;
use crate::ui::{Avatar, Badge, Button, Look, Menu, MenuItem, Money, Tone, icon, toast};

/// Number, title, account, owner, amount, close date, status, and the one next step.
#[component]
pub(super) fn Header(
    /// The deal.
    deal: Deal,
    /// Which dialog lies over the page.
    over: RwSignal<Over>,
) -> impl IntoView {
    let close = deal
        .closed_at
        .map(crate::i18n::format::local_day)
        .or(deal.expected_close_on);
    let close_label = if deal.closed_at.is_some() {
        "fact-closed"
    } else {
        "field-expected-close-on"
    };
    let is_overdue = deal.derived.overdue;
    let account = deal.account_id.clone().zip(deal.account_name.clone());
    let owner = deal.owner_name.clone();
    view! {
        <header class="deal-head">
            <div class="deal-head-main">
                <div class="deal-number">
                    <span>{deal.number.clone()}</span>
                    {status_mark(&deal)}
                </div>
                <Title deal=deal.clone() />
                <dl class="deal-glance">
                    <div>
                        <dt>{t("field-account-id")}</dt>
                        <dd>
                            {match account {
                                Some((id, name)) => {
                                    view! { <a class="link" href=paths::account(id.as_str())>{name}</a> }
                                        .into_any()
                                }
                                None => view! { <span class="text-faint">{t("no-account")}</span> }.into_any(),
                            }}
                        </dd>
                    </div>
                    <div>
                        <dt>{t("field-owner-id")}</dt>
                        <dd class="person">
                            <Avatar name=owner.clone() />
                            {owner}
                        </dd>
                    </div>
                    <div>
                        <dt>{t("field-amount")}</dt>
                        <dd>
                            <Money value=deal.amount />
                        </dd>
                    </div>
                    <div>
                        <dt>{t(close_label)}</dt>
                        <dd class:is-past=is_overdue>{table::day_cell(close, is_overdue)}</dd>
                    </div>
                </dl>
            </div>
            <div class="page-actions">
                <NextStep deal=deal.clone() over />
                <MoreMenu deal over />
            </div>
        </header>
    }
    .into_any()
}

fn status_mark(deal: &Deal) -> AnyView {
    if deal.deleted_at.is_some() {
        return view! { <Badge tone=Tone::Warning>{icon!("trash-2")} {t("in-bin")}</Badge> }
            .into_any();
    }
    let name = words::status(deal.status);
    match deal.status {
        DealStatus::Open if deal.derived.rotting => view! {
            <Badge>{name}</Badge>
            <Badge tone=Tone::Warning>{icon!("hourglass")} {t("rotting")}</Badge>
        }
        .into_any(),
        DealStatus::Open => view! { <Badge>{name}</Badge> }.into_any(),
        DealStatus::Won => {
            view! { <Badge tone=Tone::Success>{icon!("trophy")} {name}</Badge> }.into_any()
        }
        DealStatus::Lost => {
            view! { <Badge tone=Tone::Danger>{icon!("circle-x")} {name}</Badge> }.into_any()
        }
        DealStatus::Rejected | DealStatus::Rerouted => {
            view! { <Badge>{icon!("circle-slash")} {name}</Badge> }.into_any()
        }
    }
}

/// The title, to be changed where it stands: Enter keeps, Escape takes back.
#[component]
fn Title(deal: Deal) -> impl IntoView {
    let editing = RwSignal::new(false);
    let title = deal.title.clone();
    if !actions::is_changeable(&deal) {
        return view! { <h1 class="deal-title">{title}</h1> }.into_any();
    }
    let shown = RwSignal::new(title.clone());
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            request_animation_frame(move || {
                let _ = input.focus();
                input.select();
            });
        }
    });
    let old = StoredValue::new(title);
    let (id, version) = (deal.id.to_string(), deal.version);
    let keep = move || {
        if !editing.get_untracked() {
            return;
        }
        editing.set(false);
        let new = input
            .get_untracked()
            .map(|i| i.value().trim().to_owned())
            .unwrap_or_default();
        if new.is_empty() || new == old.get_value() {
            return;
        }
        shown.set(new.clone());
        let call = Patch::<Deals>::new(id.clone(), Some(version), json!({ "title": new }));
        spawn_local(async move {
            match api::call(call).await {
                Ok(_) => actions::changed(),
                Err(failure) => {
                    toast::failed(&failure);
                    shown.try_set(old.try_get_value().unwrap_or_default());
                    actions::changed();
                }
            }
        });
    };
    let keep_on_enter = keep.clone();
    let on_key = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => keep_on_enter(),
        "Escape" => {
            event.stop_propagation();
            editing.set(false);
        }
        _ => {}
    };
    let content = move || {
        let (keep, on_key) = (keep.clone(), on_key.clone());
        if editing.get() {
            view! {
                <input
                    class="title-input"
                    node_ref=input
                    aria-label=t("field-title")
                    maxlength="200"
                    prop:value=shown.get_untracked()
                    on:keydown=on_key
                    on:blur=move |_| keep()
                />
            }
            .into_any()
        } else {
            view! {
                <button
                    type="button"
                    class="title-button"
                    title=t("title-edit")
                    on:click=move |_| editing.set(true)
                >
                    {move || shown.get()}
                </button>
            }
            .into_any()
        }
    };
    view! { <h1 class="deal-title">{content}</h1> }.into_any()
}

/// The one thing to do next, as the process says; of a closed deal the way back.
#[component]
fn NextStep(deal: Deal, over: RwSignal<Over>) -> impl IntoView {
    if deal.deleted_at.is_some() {
        let id = deal.id.to_string();
        return actions::may_restore(&deal)
            .then(|| {
                view! {
                    <Button look=Look::Primary on_press=move |()| actions::restore(id.clone())>
                        {icon!("archive-restore")}
                        {t("restore")}
                    </Button>
                }
            })
            .into_any();
    }
    if deal.status != DealStatus::Open {
        return session::may(|actor| policy::may_reopen(actor, &deal))
            .then(|| {
                view! {
                    <Button on_press=move |()| over.set(Over::Reopen)>
                        {icon!("rotate-ccw")}
                        {t("deal-reopen")}
                    </Button>
                }
            })
            .into_any();
    }
    if !actions::may_write(&deal) {
        return ().into_any();
    }
    view! { <NextButton deal /> }.into_any()
}

#[component]
fn MoreMenu(deal: Deal, over: RwSignal<Over>) -> impl IntoView {
    let changes = use_changes();
    let go = use_go();
    let is_open = deal.status == DealStatus::Open;
    let may_delete = actions::may_delete(&deal);
    if !actions::may_write(&deal) || (!is_open && !may_delete) {
        return ().into_any();
    }
    let trigger = icon!("ellipsis");
    view! {
        <Menu label=t("more-actions") class="btn btn-plain btn-square" end=true trigger>
            {is_open
                .then(|| {
                    view! {
                        <MenuItem on_select=move |()| changes.apply(&[("edit", Some(""))])>
                            {icon!("pencil")}
                            {t("edit")}
                        </MenuItem>
                        <MenuItem on_select=move |()| over.set(Over::Close(Outcome::Won))>
                            {icon!("trophy")}
                            {t("close-as-won")}
                        </MenuItem>
                        <MenuItem on_select=move |()| over.set(Over::Close(Outcome::Lost))>
                            {icon!("circle-x")}
                            {t("close-as-lost")}
                        </MenuItem>
                        <MenuItem on_select=move |()| over.set(Over::Close(Outcome::Rejected))>
                            {icon!("circle-slash")}
                            {t("close-as-rejected")}
                        </MenuItem>
                        <MenuItem on_select=move |()| over.set(Over::Close(Outcome::Rerouted))>
                            {icon!("forward")}
                            {t("close-as-rerouted")}
                        </MenuItem>
                        <div class="menu-line" role="separator"></div>
                    }
                })}
            {may_delete
                .then(|| {
                    let deal = deal.clone();
                    view! {
                        <MenuItem on_select=move |()| {
                            actions::delete(&deal, move || go.to(paths::DEALS))
                        }>
                            <span class="menu-danger flex items-center gap-2">
                                {icon!("trash-2")} {t("delete")}
                            </span>
                        </MenuItem>
                    }
                })}
        </Menu>
    }
    .into_any()
}
