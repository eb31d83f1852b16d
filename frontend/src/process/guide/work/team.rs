use etalon_domain::id::UserId;
use etalon_domain::process::{StepInput, TeamInput};
use etalon_domain::team::TeamRole;
use leptos::prelude::*;

use crate::i18n::{arguments, t, t_with, words};
use crate::ui::{Form, IconButton, Picked, Picker, PickerSource, icon};

/// Who helps: people with their roles in the deal.
pub(super) fn team_fields(form: Form<StepInput>) -> AnyView {
    let names = RwSignal::new(Vec::<String>::new());
    let count = Memo::new(move |_| form.draft.with(|d| d.team.len()));
    let pick = move |picked: Option<Picked>| {
        let Some(picked) = picked else { return };
        let user_id = UserId::new(picked.id);
        let is_known = form
            .draft
            .with_untracked(|d| d.team.iter().any(|m| m.user_id == user_id));
        if !is_known {
            names.update(|names| names.push(picked.name));
            let role = TeamRole::CoOwner;
            form.draft
                .update(|d| d.team.push(TeamInput { user_id, role }));
        }
    };
    let row = move |at: usize| member(form, names, at);
    view! {
        <div class="field">
            <span class="field-label" aria-hidden="true">
                {t("work-team")}
            </span>
            <ul class="work-team">
                <For each=move || 0..count.get() key=|at| *at children=row />
            </ul>
            <Picker
                source=PickerSource::Users
                id=form.id_of("team")
                label=t("work-team")
                value=Signal::stored(String::new())
                on_pick=pick
                clear_after=true
            />
        </div>
    }
    .into_any()
}

fn member(form: Form<StepInput>, names: RwSignal<Vec<String>>, at: usize) -> AnyView {
    let name = Memo::new(move |_| {
        names
            .with(|names| names.get(at).cloned())
            .unwrap_or_default()
    });
    let role = Memo::new(move |_| {
        form.draft
            .with(|d| d.team.get(at).map(|member| member.role.to_string()))
            .unwrap_or_default()
    });
    let roles = TeamRole::ALL
        .iter()
        .map(|each| {
            let value = each.as_str();
            view! {
                <option value=value selected=move || role.with(|role| role == value)>
                    {words::word("team-role", value)}
                </option>
            }
        })
        .collect_view();
    let remove = move |()| {
        names.update(|names| {
            if at < names.len() {
                names.remove(at);
            }
        });
        form.draft.update(|d| {
            if at < d.team.len() {
                d.team.remove(at);
            }
        });
    };
    let label = move |id: &str| t_with(id, &arguments! { "name" => name.get() });
    view! {
        <li class="work-member">
            <span class="truncate">{move || name.get()}</span>
            <select
                class="select"
                aria-label=move || label("work-team-role")
                prop:value=move || role.get()
                on:change=move |event| {
                    if let Ok(role) = event_target_value(&event).parse::<TeamRole>() {
                        form.draft.update(|d| {
                            if let Some(member) = d.team.get_mut(at) {
                                member.role = role;
                            }
                        });
                    }
                }
            >
                {roles}
            </select>
            <IconButton label=Signal::derive(move || label("item-remove")) on_press=remove>
                {icon!("x")}
            </IconButton>
        </li>
    }
    .into_any()
}
