//! What belongs to a process as a whole: its name, the types of need, who may pass what is not met.

use etalon_domain::process::{Definition, NeedType};
use etalon_domain::user::Role;
use leptos::prelude::*;

use super::add::{AddDialog, Adding, focus_soon};
use super::draft::Draft;
use super::edit::Taken;
use super::fields::{Checks, both_lines};
use super::place::{OfNeed, Place, Whole};
use super::words::local;
use crate::i18n::{arguments, t, t_with, words};
use crate::ui::{Button, Choice, IconButton, icon, toast};

/// Those who may be named to pass what is not met: everybody who moves deals.
const MAY_OVERRIDE: [Role; 3] = [Role::Manager, Role::Head, Role::Admin];

/// The fields of the process as a whole.
#[component]
pub(super) fn General(
    /// The draft.
    draft: Draft,
    /// The version in use.
    in_use: Option<Definition>,
) -> impl IntoView {
    let name = draft.both(&Whole, ["name.en", "name.ru"], |d| &d.name, |d| &mut d.name);
    let roles = draft.field(
        &Whole,
        "override_roles",
        |d: &Definition| d.override_roles.iter().map(ToString::to_string).collect(),
        |d, chosen: Vec<String>| {
            d.override_roles = chosen.iter().filter_map(|role| role.parse().ok()).collect();
        },
    );
    let choices: Vec<Choice> = (MAY_OVERRIDE.into_iter())
        .map(|role| Choice::new(role.as_str(), words::role(role)))
        .collect();
    let codes = Memo::new(move |_| {
        draft.definition.with(|d| {
            let codes = d.need_types.iter().map(|need| need.code.clone());
            codes.collect::<Vec<_>>()
        })
    });
    let adding = RwSignal::new(false);
    let dialog = move || {
        let done = Callback::new(move |code: String| {
            focus_soon(OfNeed(code).input("name.en"));
        });
        adding.get().then(|| {
            view! {
                <AddDialog
                    adding=Adding::Need
                    draft
                    in_use=in_use.clone()
                    done
                    on_close=Callback::new(move |()| adding.set(false))
                />
            }
        })
    };
    view! {
        <section class="process-part" aria-labelledby="process-whole">
            <h2 id="process-whole">{t("process-whole")}</h2>
            <div class="form-stack">
                {both_lines(name, "name")}
                <Checks
                    bound=roles
                    label=t("process-field-override-roles")
                    help=t("process-override-help")
                    choices
                />
            </div>
        </section>
        <section class="process-part" aria-labelledby="process-needs">
            <h3 id="process-needs">{t("process-field-need-types")}</h3>
            <p class="text-soft">{t("process-needs-text")}</p>
            <ul class="process-needs">
                <For each=move || codes.get() key=String::clone children=move |code| need(draft, code) />
            </ul>
            <div>
                <Button on_press=move |()| adding.set(true)>
                    {icon!("plus")}
                    {t("process-need-add")}
                </Button>
            </div>
        </section>
        {dialog}
    }
    .into_any()
}

fn need(draft: Draft, code: String) -> AnyView {
    let place = OfNeed(code.clone());
    let name = draft.both(
        &place,
        ["name.en", "name.ru"],
        |need: &NeedType| &need.name,
        |need| &mut need.name,
    );
    let shown = Memo::new(move |_| {
        let name = draft
            .definition
            .with(|d| place.find(d).map(|need| local(&need.name)));
        name.unwrap_or_default()
    });
    let label = Signal::derive(move || {
        t_with(
            "process-remove-named",
            &arguments! { "name" => shown.get() },
        )
    });
    let remove = move |()| {
        let name = shown.get_untracked();
        let mut taken = None;
        draft.change(|d| taken = Taken::from(&mut d.need_types, |need| need.code == code));
        let Some(taken) = taken else { return };
        let text = t_with("process-removed", &arguments! { "name" => name });
        toast::done_with_undo(text, move || {
            draft.change(|d| taken.clone().put_back(&mut d.need_types));
        });
    };
    view! {
        <li class="process-need">
            <div class="min-w-0 flex-1">{both_lines(name, "name")}</div>
            <IconButton label on_press=remove>
                {icon!("trash-2")}
            </IconButton>
        </li>
    }
    .into_any()
}
