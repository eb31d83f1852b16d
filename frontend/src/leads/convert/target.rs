use etalon_domain::lead::{Lead, LeadDuplicates, LeadMatch, MatchReason};
use leptos::prelude::*;

use crate::i18n::{arguments, t, t_with};
use crate::leads::words;
use crate::ui::{Badge, Bound, Picked, Picker, PickerSource, icon};

/// What becomes the account or the contact of the deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A new record with the name of the lead; none when it names nobody.
    New,
    /// One that is offered.
    Known(String),
    /// Another one, once it is picked.
    Other(Option<String>),
}

impl Target {
    /// The identifier of a record that exists.
    pub(super) fn id(&self) -> Option<&str> {
        match self {
            Self::New | Self::Other(None) => None,
            Self::Known(id) | Self::Other(Some(id)) => Some(id),
        }
    }
}

/// What there is to choose from.
pub(super) struct Targets {
    /// The record that the lead is already known to be about, or those that it resembles.
    offered: Vec<LeadMatch>,
    /// What a new record would be called.
    named: Option<String>,
    /// Whether the lead names a record, which is kept unless another one is chosen.
    is_linked: bool,
    /// Identifiers of the texts for a new record and for none.
    texts: (&'static str, &'static str),
}

impl Targets {
    pub(super) fn of_account(lead: &Lead, found: &LeadDuplicates) -> Self {
        let linked =
            (lead.account_id.as_ref().map(ToString::to_string)).zip(lead.account_name.clone());
        Self::of(
            linked,
            &found.accounts,
            lead.company_name.clone(),
            ("convert-new-account", "convert-no-account"),
        )
    }

    pub(super) fn of_contact(lead: &Lead, found: &LeadDuplicates) -> Self {
        let linked =
            (lead.contact_id.as_ref().map(ToString::to_string)).zip(lead.contact_name.clone());
        Self::of(
            linked,
            &found.contacts,
            lead.person_name.clone(),
            ("convert-new-contact", "convert-no-contact"),
        )
    }

    fn of(
        linked: Option<(String, String)>,
        found: &[LeadMatch],
        named: Option<String>,
        texts: (&'static str, &'static str),
    ) -> Self {
        let is_linked = linked.is_some();
        let mut offered = found.to_vec();
        if let Some((id, name)) = linked {
            offered.retain(|other| other.id != id);
            let kept = LeadMatch {
                id,
                name,
                account_name: None,
                by: Vec::new(),
            };
            offered.insert(0, kept);
        }
        Self {
            offered,
            named,
            is_linked,
            texts,
        }
    }

    /// What is chosen to begin with: the record that the lead names, else one that is surely the same,
    /// else a new one.
    pub(super) fn first(&self) -> Target {
        let is_same = |found: &&LeadMatch| {
            let sure = [
                MatchReason::Name,
                MatchReason::TaxNumber,
                MatchReason::Email,
            ];
            self.is_linked || found.by.iter().any(|reason| sure.contains(reason))
        };
        match self.offered.first().filter(is_same) {
            Some(found) => Target::Known(found.id.clone()),
            None => Target::New,
        }
    }
}

/// A choice among what is offered, any other, and a new one.
pub(super) fn targets(
    bound: Bound<Target>,
    label: String,
    targets: Targets,
    source: PickerSource,
) -> AnyView {
    let Bound {
        id,
        get,
        set,
        error,
        ..
    } = bound;
    let group = format!("{id}-group");
    let radio = {
        let group = group.clone();
        move |target: Target, content: AnyView| {
            let wanted = target.clone();
            let is_chosen = move || match (&wanted, &get.get()) {
                (Target::Other(_), Target::Other(_)) => true,
                (wanted, chosen) => wanted == chosen,
            };
            view! {
                <label class="target-row">
                    <input
                        type="radio"
                        class="radio radio-sm"
                        name=group.clone()
                        prop:checked=is_chosen
                        on:change=move |_| set.run(target.clone())
                    />
                    {content}
                </label>
            }
            .into_any()
        }
    };
    let offered = (targets.offered.iter())
        .map(|found| radio(Target::Known(found.id.clone()), known_row(found)))
        .collect_view();
    let (new_text, none_text) = targets.texts;
    let new = (!targets.is_linked).then(|| {
        let text = match &targets.named {
            Some(name) => t_with(new_text, &arguments! { "name" => name.clone() }),
            None => t(none_text),
        };
        radio(
            Target::New,
            view! { <span class="truncate">{text}</span> }.into_any(),
        )
    });
    let other = radio(
        Target::Other(None),
        view! { <span>{t("convert-other")}</span> }.into_any(),
    );
    let shown = RwSignal::new(String::new());
    let pick = move |picked: Option<Picked>| {
        shown.set(picked.as_ref().map(|p| p.name.clone()).unwrap_or_default());
        set.run(Target::Other(picked.map(|p| p.id)));
    };
    let picks = Memo::new(move |_| matches!(get.get(), Target::Other(_)));
    let resembling = (!targets.is_linked && !targets.offered.is_empty())
        .then(|| view! { <p class="field-help">{t("convert-resembling")}</p> });
    let picker_label = label.clone();
    view! {
        <fieldset class="target-list">
            <legend class="field-label">{label}</legend>
            {resembling}
            {offered}
            {new}
            {other}
            {move || {
                picks
                    .get()
                    .then(|| {
                        view! {
                            <Picker
                                source
                                id=id.clone()
                                label=picker_label.clone()
                                value=shown
                                on_pick=pick
                                error
                            />
                        }
                    })
            }}
            {move || {
                error
                    .get()
                    .map(|error| {
                        view! {
                            <p class="field-error">
                                {icon!("circle-alert")} <span>{error}</span>
                            </p>
                        }
                    })
            }}
        </fieldset>
    }
    .into_any()
}

fn known_row(found: &LeadMatch) -> AnyView {
    let reasons = (found.by.iter())
        .map(|reason| words::match_reason(*reason))
        .map(|reason| view! { <Badge>{reason}</Badge> })
        .collect_view();
    view! {
        <span class="target-name">
            <span class="truncate">{found.name.clone()}</span>
            {found
                .account_name
                .clone()
                .map(|name| view! { <span class="text-soft truncate">{name}</span> })}
        </span>
        <span class="target-marks">{reasons}</span>
    }
    .into_any()
}
