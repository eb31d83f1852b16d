use etalon_domain::deal::Deal;
use etalon_domain::endpoint::{AddTeamMember, ListTeam, RemoveTeamMember};
use etalon_domain::id::UserId;
use etalon_domain::page::Page;
use etalon_domain::team::{TeamMember, TeamMemberDraft, TeamRole};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::deals::actions;
use crate::i18n::{arguments, t, t_with, words};
use crate::query::use_query;
use crate::records::answered;
use crate::ui::{Avatar, Button, IconButton, Picked, Picker, PickerSource, dom, icon, toast};

/// Who works on a deal beside its owner, and in which role. Whoever is named here sees the deal; all
/// but observers may change it.
#[component]
pub fn TeamOf(
    /// The deal.
    deal: Deal,
) -> impl IntoView {
    let id = deal.id.to_string();
    let may_change = actions::is_changeable(&deal);
    let asked = id.clone();
    let query = use_query(move || Some(ListTeam { id: asked.clone() }));
    let owner = deal.owner_name.clone();
    let list = {
        let id = id.clone();
        answered(query, 1, move |page: Page<TeamMember>| {
            let rows = page.items.into_iter();
            let rows = rows
                .map(|member| row(&id, member, may_change))
                .collect_view();
            view! {
                <ul class="team-list">
                    <li class="team-row">
                        <Avatar name=owner.clone() />
                        <span class="team-name truncate">{owner.clone()}</span>
                        <span class="text-soft">{t("field-owner-id")}</span>
                    </li>
                    {rows}
                </ul>
            }
            .into_any()
        })
    };
    view! {
        <section class="card-box" aria-labelledby="deal-team">
            <h2 id="deal-team">{t("deal-team")}</h2>
            {list}
            {may_change.then(|| add(id))}
        </section>
    }
    .into_any()
}

fn row(deal: &str, member: TeamMember, may_change: bool) -> AnyView {
    let name = member.user_name.clone();
    if !may_change {
        return view! {
            <li class="team-row">
                <Avatar name=name.clone() />
                <span class="team-name truncate">{name}</span>
                <span class="text-soft">{role_name(member.role)}</span>
            </li>
        }
        .into_any();
    }
    let roles = TeamRole::ALL
        .iter()
        .map(|role| {
            view! {
                <option value=role.as_str() selected=*role == member.role>
                    {role_name(*role)}
                </option>
            }
        })
        .collect_view();
    let label = t_with("work-team-role", &arguments! { "name" => name.clone() });
    let remove_label = t_with("item-remove", &arguments! { "name" => name.clone() });
    let (id, user) = (deal.to_owned(), member.user_id.clone());
    let change = move |event| {
        if let Ok(role) = event_target_value(&event).parse::<TeamRole>() {
            put(id.clone(), user.clone(), role);
        }
    };
    let id = deal.to_owned();
    let take_off = move |()| remove(id.clone(), member.clone());
    view! {
        <li class="team-row">
            <Avatar name=name.clone() />
            <span class="team-name truncate">{name}</span>
            <select class="select team-role" aria-label=label on:change=change>
                {roles}
            </select>
            <IconButton label=remove_label on_press=take_off>
                {icon!("x")}
            </IconButton>
        </li>
    }
    .into_any()
}

/// The search for one more person.
fn add(deal: String) -> AnyView {
    let open = RwSignal::new(false);
    let pick = Callback::new(move |picked: Option<Picked>| {
        if let Some(picked) = picked {
            open.set(false);
            put(deal.clone(), UserId::new(picked.id), TeamRole::CoOwner);
        }
    });
    let start = move |()| {
        open.set(true);
        request_animation_frame(|| dom::focus("team-add"));
    };
    let view = move || {
        if open.get() {
            view! {
                <Picker
                    source=PickerSource::Users
                    id="team-add"
                    label=t("team-add")
                    value=Signal::stored(String::new())
                    on_pick=pick
                />
                <p class="field-help">{t("team-help")}</p>
            }
            .into_any()
        } else {
            view! { <Button on_press=start>{icon!("plus")} {t("team-add")}</Button> }.into_any()
        }
    };
    view! { <div class="team-add">{view}</div> }.into_any()
}

fn role_name(role: TeamRole) -> String {
    words::word("team-role", role.as_str())
}

fn put(deal: String, user_id: UserId, role: TeamRole) {
    spawn_local(async move {
        let draft = TeamMemberDraft { user_id, role };
        match api::call(AddTeamMember { id: deal, draft }).await {
            Ok(member) => {
                actions::changed();
                let role = role_name(member.role);
                let arguments = arguments! { "name" => member.user_name, "role" => role };
                toast::done(t_with("team-saved", &arguments));
            }
            Err(failure) => {
                actions::changed();
                toast::failed(&failure);
            }
        }
    });
}

fn remove(deal: String, member: TeamMember) {
    spawn_local(async move {
        let call = RemoveTeamMember {
            id: deal.clone(),
            user_id: member.user_id.to_string(),
        };
        match api::call(call).await {
            Ok(()) => {
                actions::changed();
                let text = t_with("team-removed", &arguments! { "name" => member.user_name });
                toast::done_with_undo(text, move || {
                    put(deal.clone(), member.user_id.clone(), member.role);
                });
            }
            Err(failure) => toast::failed(&failure),
        }
    });
}
