//! Somebody else changed the record while it was being edited: what to keep, value by value.

use etalon_domain::event::diff;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::timeline_words::value_text;
use super::use_stages;
use crate::i18n::{t, words};
use crate::ui::{Button, Dialog, Look, PickerSource};

/// Two versions of a draft that grew from the same one.
#[derive(Clone)]
pub(crate) struct Conflict<D> {
    /// The draft with what nobody disputes: changes of one side only.
    merged: D,
    /// Fields that both changed: name, mine, theirs.
    disputed: Vec<(String, Value, Value)>,
    /// Fields that only the other changed.
    taken: Vec<(String, Value)>,
}

impl<D: Clone + Serialize + DeserializeOwned> Conflict<D> {
    /// Compares my draft and theirs with the one that both began with.
    pub(crate) fn new(base: &D, mine: &D, theirs: &D) -> Self {
        let ours = diff(base, mine);
        let mut disputed = Vec::new();
        let mut taken = Vec::new();
        let mut merged = serde_json::to_value(mine).unwrap_or_default();
        for change in diff(base, theirs) {
            match ours.iter().find(|our| our.field == change.field) {
                Some(our) if our.to == change.to => {}
                Some(our) => disputed.push((change.field, our.to.clone(), change.to)),
                None => {
                    merged[&change.field] = change.to.clone();
                    taken.push((change.field, change.to));
                }
            }
        }
        Self {
            merged: serde_json::from_value(merged).unwrap_or_else(|_| mine.clone()),
            disputed,
            taken,
        }
    }

    fn choose(&self, takes_theirs: &[bool]) -> D {
        let mut merged = serde_json::to_value(&self.merged).unwrap_or_default();
        for ((field, _, theirs), takes) in self.disputed.iter().zip(takes_theirs) {
            if *takes {
                merged[field] = theirs.clone();
            }
        }
        serde_json::from_value(merged).unwrap_or_else(|_| self.merged.clone())
    }
}

/// Shows what the other person changed and lets one choose for every field that both changed.
#[component]
pub(crate) fn ConflictDialog<D>(
    /// The two versions.
    conflict: Conflict<D>,
    /// Takes the merged draft.
    #[prop(into)]
    on_choose: Callback<D>,
    /// Goes back to the form.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView
where
    D: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let chosen = RwSignal::new(vec![false; conflict.disputed.len()]);
    let disputed = conflict
        .disputed
        .iter()
        .enumerate()
        .map(|(at, (field, mine, theirs))| {
            let group = format!("conflict-{field}");
            let choice = |takes_theirs: bool, label: String, value: &Value| {
                view! {
                    <label class="choice-row">
                        <input
                            type="radio"
                            name=group.clone()
                            prop:checked=move || chosen.with(|c| c.get(at) == Some(&takes_theirs))
                            on:change=move |_| {
                                chosen.update(|c| c[at] = takes_theirs);
                            }
                        />
                        <span class="text-soft">{label}</span>
                        <span class="min-w-0 break-words">{shown(field, value)}</span>
                    </label>
                }
            };
            view! {
                <fieldset class="conflict-field">
                    <legend>{words::field(field)}</legend>
                    {choice(false, t("conflict-mine"), mine)}
                    {choice(true, t("conflict-theirs"), theirs)}
                </fieldset>
            }
        })
        .collect_view();
    let taken = conflict
        .taken
        .iter()
        .map(|(field, value)| {
            view! {
                <li>
                    <span class="text-soft">{words::field(field)} ": "</span>
                    {shown(field, value)}
                </li>
            }
        })
        .collect_view();
    let has_taken = !conflict.taken.is_empty();
    let keep = move |()| on_choose.run(conflict.choose(&chosen.get_untracked()));
    view! {
        <Dialog title=t("conflict-title") on_close>
            <div class="dialog-body form-stack">
                <p>{t("conflict-text")}</p>
                {disputed}
                {has_taken
                    .then(|| {
                        view! {
                            <div>
                                <p class="field-label">{t("conflict-taken")}</p>
                                <ul class="conflict-taken">{taken}</ul>
                            </div>
                        }
                    })}
            </div>
            <footer class="dialog-foot">
                <Button on_press=move |()| on_close.run(())>{t("cancel")}</Button>
                <Button look=Look::Primary on_press=keep>
                    {t("conflict-save")}
                </Button>
            </footer>
        </Dialog>
    }
    .into_any()
}

/// A value in words; of a reference the name.
fn shown(field: &str, value: &Value) -> AnyView {
    let source = match field {
        "account_id" => Some(PickerSource::Accounts),
        "contact_id" => Some(PickerSource::Contacts(Signal::stored(None))),
        "owner_id" => Some(PickerSource::Users),
        "department_id" => Some(PickerSource::Departments),
        "product_id" => Some(PickerSource::Products),
        _ => None,
    };
    match (source, value.as_str()) {
        (Some(source), Some(id)) => {
            let name = source.name_of(id.to_owned());
            (move || name.get().unwrap_or_else(|| "…".to_owned())).into_any()
        }
        _ => use_stages()
            .with_untracked(|stages| value_text(field, value, stages))
            .into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use etalon_domain::deal::DealDraft;

    fn draft(title: &str, source: &str, tactic: &str) -> DealDraft {
        DealDraft {
            title: title.into(),
            source: Some(source.into()),
            tactic: Some(tactic.into()),
            ..DealDraft::default()
        }
    }

    #[test]
    fn only_fields_that_both_changed_are_disputed() {
        let base = draft("a", "web", "wait");
        let mine = draft("b", "fair", "wait");
        let theirs = draft("c", "web", "push");
        let conflict = Conflict::new(&base, &mine, &theirs);
        assert_eq!(conflict.disputed.len(), 1);
        assert_eq!(conflict.choose(&[false]), draft("b", "fair", "push"));
        assert_eq!(conflict.choose(&[true]), draft("c", "fair", "push"));
    }
}
