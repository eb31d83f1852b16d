use etalon_domain::deal::Deal;
use etalon_domain::endpoint::{AddKeyContact, ReplaceKeyContact};
use etalon_domain::error::{FieldError, validate};
use etalon_domain::id::ContactId;
use etalon_domain::key_contact::{
    DecisionRole, Influence, KeyContact, KeyContactDraft, Loyalty, Motivator,
};
use leptos::prelude::*;

use crate::api;
use crate::deals::actions;
use crate::i18n::{arguments, t, t_with, words};
use crate::ui::{
    Bound, Checkbox, Choice, Form, FormPanel, PickerField, PickerSource, SelectField, TextArea,
    TextField, toast,
};

/// The panel that names a key contact or changes what is known of one.
#[component]
pub(super) fn ContactForm(
    /// The deal.
    deal: Deal,
    /// The contact, when it is one already.
    present: Option<KeyContact>,
    /// All key contacts of the deal.
    others: Vec<KeyContact>,
    /// Leaves.
    on_close: Callback<()>,
) -> impl IntoView {
    let form = Form::new(
        present
            .as_ref()
            .map_or_else(KeyContactDraft::default, Into::into),
    );
    let contact = form.field(
        "contact_id",
        |d: &KeyContactDraft| d.contact_id.as_ref().map(ToString::to_string),
        |d, v| d.contact_id = v.map(ContactId::new),
    );
    let reports_to = form.field(
        "reports_to",
        |d: &KeyContactDraft| {
            d.reports_to
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default()
        },
        |d, v| d.reports_to = Some(v).filter(|id| !id.is_empty()).map(ContactId::new),
    );
    let note = form.optional_text(
        "motivator_note",
        |d| &d.motivator_note,
        |d, v| d.motivator_note = v,
    );
    let notes = form.optional_text("notes", |d| &d.notes, |d, v| d.notes = v);
    let main = form.field("main", |d: &KeyContactDraft| d.main, |d, v| d.main = v);
    let account = deal.account_id.as_ref().map(ToString::to_string);
    let own = present.as_ref().map(|each| each.contact_id.clone());
    let mut leaders = vec![Choice::new("", t("not-set"))];
    leaders.extend(
        (others.iter())
            .filter(|each| Some(&each.contact_id) != own.as_ref())
            .map(|each| Choice::new(each.contact_id.as_str(), each.contact_name.clone())),
    );
    let has_leaders = leaders.len() > 1;
    let who = own.is_none().then(|| {
        let source = PickerSource::Contacts(Signal::stored(account));
        view! {
            <PickerField
                bound=contact
                label=t("key-contact-who")
                source
                name={None::<String>}
                help=t("key-contact-who-help")
            />
        }
    });
    let title = match &present {
        Some(each) => each.contact_name.clone(),
        None => t("key-contact-add"),
    };
    let id = deal.id.to_string();
    let submit = move |()| {
        let (id, present) = (id.clone(), present.clone());
        let send = move |draft: KeyContactDraft| async move {
            match present {
                Some(each) => {
                    let call = ReplaceKeyContact {
                        id,
                        contact_id: each.contact_id.to_string(),
                        version: Some(each.version),
                        draft,
                    };
                    api::call(call).await
                }
                None => api::call(AddKeyContact { id, draft }).await,
            }
        };
        form.submit(check, send, move |saved: KeyContact| {
            actions::changed();
            let name = saved.contact_name;
            toast::done(t_with("key-contact-saved", &arguments! { "name" => name }));
            on_close.run(());
        });
    };
    view! {
        <FormPanel title form submit=t("save") on_submit=submit on_close>
            {who}
            {words_field(form, "role", "decision-role", |d| d.role.map(|w| w.as_str()), |d, v| {
                d.role = v.parse().ok();
            }, DecisionRole::ALL.iter().map(|w| w.as_str()))}
            <div class="form-pair">
                {words_field(form, "influence", "influence", |d| d.influence.map(|w| w.as_str()), |d, v| {
                    d.influence = v.parse().ok();
                }, Influence::ALL.iter().map(|w| w.as_str()))}
                {words_field(form, "loyalty", "loyalty", |d| d.loyalty.map(|w| w.as_str()), |d, v| {
                    d.loyalty = v.parse().ok();
                }, Loyalty::ALL.iter().map(|w| w.as_str()))}
            </div>
            {motivators(form)}
            <TextField bound=note label=t("field-motivator-note") />
            {has_leaders
                .then(|| {
                    view! { <SelectField bound=reports_to label=t("field-reports-to") choices=leaders /> }
                })}
            <Checkbox bound=main label=t("field-main") />
            <TextArea bound=notes label=t("field-notes") />
        </FormPanel>
    }
    .into_any()
}

fn check(draft: &KeyContactDraft) -> Vec<FieldError> {
    let mut errors = validate(draft);
    if draft.contact_id.is_none() {
        errors.push(FieldError::required("contact_id"));
    }
    errors
}

/// One word of a list, or none.
fn words_field(
    form: Form<KeyContactDraft>,
    field: &'static str,
    prefix: &'static str,
    get: fn(&KeyContactDraft) -> Option<&'static str>,
    set: fn(&mut KeyContactDraft, String),
    all: impl Iterator<Item = &'static str>,
) -> AnyView {
    let plain: Bound<String> = form.field(field, |_| String::new(), set);
    let bound = Bound {
        get: Memo::new(move |_| form.draft.with(|d| get(d).unwrap_or_default().to_owned())).into(),
        ..plain
    };
    let mut choices = vec![Choice::new("", t("not-set"))];
    choices.extend(all.map(|word| Choice::new(word, words::word(prefix, word))));
    let label = match field {
        "role" => t("key-contact-role"),
        _ => words::field(field),
    };
    view! { <SelectField bound label choices /> }.into_any()
}

/// What moves the person, each to be ticked.
fn motivators(form: Form<KeyContactDraft>) -> AnyView {
    let boxes = Motivator::ALL
        .iter()
        .map(|each| {
            let motivator = *each;
            let id = format!("{}-{}", form.id_of("motivators"), each.as_str());
            let bound = Bound::at_once(
                "motivators",
                id,
                Signal::derive(move || form.draft.with(|d| d.motivators.contains(&motivator))),
                move |on: bool| {
                    form.draft.update(|d| {
                        d.motivators.retain(|known| *known != motivator);
                        if on {
                            d.motivators.push(motivator);
                        }
                    });
                },
            );
            view! { <Checkbox bound label=words::word("motivator", each.as_str()) /> }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend class="field-label">{t("field-motivators")}</legend>
            <div class="motivator-list">{boxes}</div>
        </fieldset>
    }
    .into_any()
}
