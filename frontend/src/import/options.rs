use std::collections::BTreeMap;

use etalon_domain::import::{Import, ImportKind, ImportOptions};
use etalon_domain::money::Currency;
use leptos::prelude::*;

use super::columns::select;
use super::editing::Editing;
use super::wording;
use crate::deals::use_stages;
use crate::i18n::{arguments, format, t, t_with, words};
use crate::session;
use crate::ui::{
    Bound, Checkbox, Choice, PickerField, PickerSource, SelectField, TableFrame, TimeZoneField,
};

/// What holds for all files of an import.
#[component]
pub(super) fn Options(
    /// The import.
    editing: Editing,
) -> impl IntoView {
    let option = move |get: fn(&ImportOptions) -> String| {
        Signal::derive(move || editing.import.with(|import| get(&import.options)))
    };
    let source = option(|options| options.source.clone());
    let currency = Bound::at_once(
        "currency",
        "option-currency",
        option(|o| o.currency.map_or("", Currency::code).to_owned()),
        move |text: String| editing.set_options(move |o| o.currency = Currency::from_code(&text)),
    );
    let zone = Bound::at_once(
        "time_zone",
        "option-zone",
        option(|options| options.time_zone.clone()),
        move |text: String| editing.set_options(move |options| options.time_zone = text),
    );
    view! {
        <section class="card-box" aria-label=t("import-options")>
            <h2>{t("import-options")}</h2>
            <div class="import-options">
                <div class="field">
                    <label class="field-label" for="option-source">
                        {t("import-source")}
                    </label>
                    <input
                        id="option-source"
                        type="text"
                        class="input"
                        autocomplete="off"
                        aria-describedby="option-source-help"
                        prop:value=source
                        on:change=move |event| {
                            let text = event_target_value(&event).trim().to_owned();
                            editing.set_options(move |options| options.source = text);
                        }
                    />
                    <p class="field-help" id="option-source-help">
                        {t("import-source-help")}
                    </p>
                </div>
                <SelectField
                    bound=currency
                    label=t("field-currency")
                    choices=currencies()
                    help=t("import-currency-help")
                />
                <TimeZoneField bound=zone label=t("field-time-zone") />
                {references(editing)}
            </div>
            {missing(editing)}
            {gates(editing)}
        </section>
    }
    .into_any()
}

fn currencies() -> Vec<Choice> {
    let base = session::me().map_or("", |me| me.base_currency.code());
    let own = t_with("import-currency-base", &arguments! { "base" => base });
    let all = Currency::all().into_iter().map(|currency| {
        let name = format::currency_name(currency);
        Choice::new(currency.code(), format!("{} · {name}", currency.code()))
    });
    std::iter::once(Choice::new("", own)).chain(all).collect()
}

/// Where new departments go and who gets deals of nobody.
fn references(editing: Editing) -> AnyView {
    let id = move |get: fn(&ImportOptions) -> Option<String>| {
        Signal::derive(move || editing.import.with(|import| get(&import.options)))
    };
    let parent = id(|o| o.parent_department_id.as_ref().map(ToString::to_string));
    let owner = id(|o| o.default_owner_id.as_ref().map(ToString::to_string));
    let department = Bound::at_once(
        "parent_department_id",
        "option-department",
        parent,
        move |id: Option<String>| {
            editing.set_options(move |o| o.parent_department_id = id.map(Into::into));
        },
    );
    let person = Bound::at_once(
        "default_owner_id",
        "option-owner",
        owner,
        move |id: Option<String>| {
            editing.set_options(move |o| o.default_owner_id = id.map(Into::into));
        },
    );
    let name = |id: Option<String>, source: PickerSource| id.map(|id| source.name_of(id));
    let parent_name = name(parent.get_untracked(), PickerSource::Departments);
    let owner_name = name(owner.get_untracked(), PickerSource::Users);
    view! {
        {move || {
            view! {
                <PickerField
                    bound=department.clone()
                    label=t("import-parent-department")
                    source=PickerSource::Departments
                    name=parent_name.and_then(|name| name.get())
                    help=t("import-parent-department-help")
                />
            }
        }}
        {move || {
            view! {
                <PickerField
                    bound=person.clone()
                    label=t("import-default-owner")
                    source=PickerSource::Users
                    name=owner_name.and_then(|name| name.get())
                    help=t("import-default-owner-help")
                />
            }
        }}
    }
    .into_any()
}

/// What is created when rows only mention it.
fn missing(editing: Editing) -> AnyView {
    let kinds = [
        ImportKind::Products,
        ImportKind::Accounts,
        ImportKind::Contacts,
    ];
    let boxes = kinds
        .into_iter()
        .map(|kind| {
            let get = Signal::derive(move || {
                let has = |import: &Import| import.options.create_missing.contains(&kind);
                editing.import.with(has)
            });
            let bound = Bound::at_once(
                "create_missing",
                format!("option-create-{kind}"),
                get,
                move |creates: bool| {
                    editing.set_options(move |options| {
                        options.create_missing.retain(|known| *known != kind);
                        if creates {
                            options.create_missing.push(kind);
                        }
                    });
                },
            );
            view! { <Checkbox bound label=wording::kind(kind) /> }
        })
        .collect_view();
    view! {
        <fieldset class="import-missing">
            <legend class="field-label">{t("import-create-missing")}</legend>
            <div>{boxes}</div>
        </fieldset>
    }
    .into_any()
}

/// Whether deals that are here already pass what their process requires.
fn gates(editing: Editing) -> AnyView {
    let get = Signal::derive(move || editing.import.with(|import| import.options.pass_gates));
    let bound = Bound::at_once("pass_gates", "option-pass-gates", get, move |pass: bool| {
        editing.set_options(move |options| options.pass_gates = pass);
    });
    view! {
        <Checkbox bound label=t("import-pass-gates") help=t("import-pass-gates-help") />
    }
    .into_any()
}

/// The stages that the files name and those to which they lead.
#[component]
pub(super) fn StageTable(
    /// The import.
    editing: Editing,
) -> impl IntoView {
    let stages = use_stages();
    let values = Memo::new(move |_| {
        editing.import.with(|import| {
            let mut values: BTreeMap<String, (i64, Option<String>)> = BTreeMap::new();
            for value in import.files.iter().flat_map(|file| &file.stage_values) {
                let entry = values.entry(value.value.clone()).or_default();
                entry.0 += value.count;
                entry.1 = value.stage.clone().or(entry.1.take());
            }
            let mut values: Vec<_> = values.into_iter().collect();
            values.sort_by_key(|(_, (count, _))| -count);
            values
        })
    });
    let rows = move || {
        let values = values.get();
        values
            .into_iter()
            .map(|(value, (count, stage))| {
                let choices = move || {
                    let none = Choice::new("", t("import-stage-unknown"));
                    let all = stages.with(|stages| {
                        let all = stages.all().iter();
                        all.map(|s| Choice::new(s.code.clone(), words::stage(s)))
                            .collect::<Vec<_>>()
                    });
                    std::iter::once(none).chain(all).collect()
                };
                let label = t_with("import-stage-of", &arguments! { "value" => value.clone() });
                let is_unknown = stage.is_none();
                let name = value.clone();
                let set = move |code: String| {
                    let value = value.clone();
                    editing.set_options(move |options| {
                        if code.is_empty() {
                            options.stage_mapping.remove(&value);
                        } else {
                            options.stage_mapping.insert(value, code);
                        }
                    });
                };
                let present = Signal::stored(stage.unwrap_or_default());
                view! {
                    <tr>
                        <th scope="row">
                            <span class:is-past=is_unknown>{name}</span>
                        </th>
                        <td class="cell-number">{format::number(count)}</td>
                        <td>{select(move || label.clone(), present, choices, set)}</td>
                    </tr>
                }
            })
            .collect_view()
    };
    view! {
        <Show when=move || values.with(|values| !values.is_empty())>
            <section class="card-box" aria-label=t("import-stages")>
                <h2>{t("import-stages")}</h2>
                <TableFrame label=t("import-stages") stale=editing.saving>
                    <thead>
                        <tr>
                            <th scope="col">{t("import-stage-value")}</th>
                            <th scope="col" class="cell-number">
                                {t("column-rows")}
                            </th>
                            <th scope="col">{t("field-stage")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </TableFrame>
            </section>
        </Show>
    }
    .into_any()
}
