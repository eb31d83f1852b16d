//! Who takes part in the decision.

use etalon_domain::endpoint::SetLeadAuthority;
use etalon_domain::id::ContactId;
use etalon_domain::key_contact::DecisionRole;
use etalon_domain::lead::{AuthorityInput, BantChange, BantState, DecisionPerson, Lead};
use leptos::prelude::*;

use super::editors::{begin, editor};
use crate::api;
use crate::i18n::{arguments, t, t_with};
use crate::leads::words;
use crate::ui::{Button, Form, IconButton, Picked, Picker, PickerSource, icon};

pub(super) fn authority_editor(lead: &Lead, close: Callback<()>) -> AnyView {
    let known = (lead.bant.authority.value.clone()).unwrap_or_else(|| first_person(lead));
    let form = Form::new(AuthorityInput {
        state: begin(lead.bant.authority.state),
        value: Some(known),
    });
    let state = form.field(
        "state",
        |d: &AuthorityInput| d.state.to_string(),
        |d, v| d.state = v.parse().unwrap_or(BantState::Claimed),
    );
    let (id, version) = (lead.id.to_string(), Some(lead.version));
    let send = move |body| {
        api::call(SetLeadAuthority {
            id: id.clone(),
            version,
            body,
        })
    };
    let account = lead.account_id.as_ref().map(ToString::to_string);
    let fields = people(form, account);
    editor(form, state, BantChange::Authority, send, fields, close)
}

/// The person of the lead, who is at least somebody to talk to.
fn first_person(lead: &Lead) -> Vec<DecisionPerson> {
    let name = (lead.contact_name.clone()).or_else(|| lead.person_name.clone());
    let name = name.unwrap_or_default();
    vec![DecisionPerson {
        contact_id: lead.contact_id.clone(),
        name,
        role: DecisionRole::ContactPerson,
    }]
}

fn people(form: Form<AuthorityInput>, account: Option<String>) -> AnyView {
    let count = Memo::new(move |_| form.draft.with(|d| d.value.as_ref().map_or(0, Vec::len)));
    let add = move |person: DecisionPerson| {
        form.errors.set(Vec::new());
        form.draft
            .update(|d| d.value.get_or_insert_with(Vec::new).push(person));
    };
    let pick = move |picked: Option<Picked>| {
        if let Some(picked) = picked {
            add(DecisionPerson {
                contact_id: Some(ContactId::new(picked.id)),
                name: picked.name,
                role: DecisionRole::DecisionMaker,
            });
        }
    };
    let add_by_name = move |()| {
        add(DecisionPerson {
            contact_id: None,
            name: String::new(),
            role: DecisionRole::DecisionMaker,
        });
    };
    let is_missing = move || {
        let errors = form.errors.get();
        (!errors.is_empty()).then(|| {
            view! {
                <p class="field-error">
                    {icon!("circle-alert")}
                    <span>{t("authority-missing")}</span>
                </p>
            }
        })
    };
    view! {
        <ul class="decision-people">
            <For each=move || 0..count.get() key=|at| *at children=move |at| row(form, at) />
        </ul>
        {is_missing}
        <div class="decision-add">
            <span class="field-label" aria-hidden="true">
                {t("authority-pick")}
            </span>
            <Picker
                source=PickerSource::Contacts(Signal::stored(account))
                id=form.id_of("value")
                label=t("authority-pick")
                value=Signal::stored(String::new())
                on_pick=pick
                clear_after=true
            />
            <Button on_press=add_by_name>
                {icon!("plus")}
                {t("authority-by-name")}
            </Button>
        </div>
    }
    .into_any()
}

fn row(form: Form<AuthorityInput>, at: usize) -> AnyView {
    let read = move |part: fn(&DecisionPerson) -> String| {
        Memo::new(move |_| {
            let person = |d: &AuthorityInput| d.value.as_ref()?.get(at).map(part);
            form.draft.with(person).unwrap_or_default()
        })
    };
    let write = move |change: Box<dyn Fn(&mut DecisionPerson)>| {
        form.errors.set(Vec::new());
        form.draft.update(|d| {
            if let Some(person) = d.value.as_mut().and_then(|all| all.get_mut(at)) {
                change(person);
            }
        });
    };
    let name = read(|person| person.name.clone());
    let role = read(|person| person.role.to_string());
    let linked = read(|person| {
        let id = person.contact_id.as_ref();
        id.map(ToString::to_string).unwrap_or_default()
    });
    let remove = move |()| {
        form.draft.update(|d| {
            if let Some(all) = d.value.as_mut().filter(|all| at < all.len()) {
                all.remove(at);
            }
        });
    };
    let roles = DecisionRole::ALL
        .iter()
        .map(|each| {
            let value = each.as_str();
            let is_chosen = move || role.with(|role| role == value);
            view! {
                <option value=value selected=is_chosen>
                    {words::role(*each)}
                </option>
            }
        })
        .collect_view();
    let number = (at + 1).to_string();
    let label = |id: &str| t_with(id, &arguments! { "number" => number.clone() });
    let (name_label, role_label) = (label("authority-name"), label("authority-role"));
    let remove_label =
        Signal::derive(move || t_with("filter-remove", &arguments! { "name" => name.get() }));
    let shown_name = move || {
        if linked.with(String::is_empty) {
            view! {
                <input
                    type="text"
                    class="input"
                    autocomplete="off"
                    aria-label=name_label.clone()
                    placeholder=t("lead-person")
                    prop:value=move || name.get()
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        write(Box::new(move |person| person.name.clone_from(&text)));
                    }
                />
            }
            .into_any()
        } else {
            view! { <span class="decision-name truncate">{move || name.get()}</span> }.into_any()
        }
    };
    view! {
        <li class="decision-person">
            {shown_name}
            <select
                class="select"
                aria-label=role_label
                prop:value=move || role.get()
                on:change=move |event| {
                    if let Ok(role) = event_target_value(&event).parse::<DecisionRole>() {
                        write(Box::new(move |person| person.role = role));
                    }
                }
            >
                {roles}
            </select>
            <IconButton label=remove_label on_press=remove>
                {icon!("x")}
            </IconButton>
        </li>
    }
    .into_any()
}
