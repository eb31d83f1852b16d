//! Writing an offer.

use etalon_domain::endpoint::Proposals;
use etalon_domain::error::{FieldError, validate};
use etalon_domain::proposal::{Proposal, ProposalDraft};
use leptos::ev;
use leptos::prelude::*;

use super::KINDS;
use super::lines::{LineTable, Lines};
use crate::i18n::t;
use crate::query::invalidate;
use crate::records::{Edited, Writing, edit_form};
use crate::ui::{
    Bound, Button, Choice, DateField, ErrorSummary, Form, Look, PickerField, PickerSource,
    SelectField, TextArea, toast,
};

/// What is to happen once everything is saved.
pub(super) type Save = RwSignal<Option<Callback<Callback<()>>>>;

/// An offer that is being written: recipient, validity, lines, texts. It is saved when the person says
/// so, or takes the next step.
#[component]
pub(super) fn Editor(
    /// The version as it is stored.
    proposal: Proposal,
    /// The version as the page shows it.
    current: RwSignal<Proposal>,
    /// Where the editor says how to save.
    save: Save,
    /// It was saved.
    done: Callback<()>,
) -> impl IntoView {
    let (id, version) = (proposal.id.to_string(), proposal.version);
    let form = Form::new(ProposalDraft::from(&proposal));
    let base = RwSignal::new(form.draft.get_untracked());
    let stored_version = RwSignal::new(version);
    let lines = Lines::new(form, proposal.currency);
    let next = StoredValue::new(None::<Callback<()>>);
    let entered = Memo::new(move |_| ProposalDraft {
        lines: lines.drafts(),
        ..form.draft.get()
    });
    let unread = Memo::new(move |_| {
        let rows = lines.rows.get();
        rows.into_iter()
            .flat_map(|row| row.unread())
            .collect::<Vec<_>>()
    });
    let is_dirty = Memo::new(move |_| {
        entered.with(|entered| base.with(|base| entered != base)) || !unread.with(Vec::is_empty)
    });
    let begin = move |proposal: &Proposal| {
        let draft = ProposalDraft::from(proposal);
        stored_version.set(proposal.version);
        base.set(draft.clone());
        if untrack(|| entered.get()) != draft {
            lines.reset(draft.lines.clone());
        }
        form.settle(draft);
    };
    let Edited { submit, dialog } = {
        let done = move |saved: Proposal| {
            begin(&saved);
            current.set(saved);
            invalidate(KINDS);
            toast::done(t("saved"));
            done.run(());
            if let Some(next) = next.try_update_value(Option::take).flatten() {
                next.run(());
            }
        };
        edit_form::<Proposals>(form, id.clone(), version, check, done)
    };
    let keep = Callback::new(move |()| {
        let unread = unread.get_untracked();
        if unread.is_empty() {
            form.draft.set(entered.get_untracked());
            submit.run(());
        } else {
            form.show_errors(unread);
        }
    });
    save.set(Some(Callback::new(move |then: Callback<()>| {
        if is_dirty.get_untracked() {
            next.set_value(Some(then));
            keep.run(());
        } else {
            then.run(());
        }
    })));
    on_cleanup(move || {
        save.try_set(None);
    });
    let writing = move |version| Writing {
        id: id.clone(),
        version,
    };
    if let Some(draft) = writing(version).kept::<ProposalDraft>() {
        lines.reset(draft.lines.clone());
        form.draft.set(draft);
    }
    Effect::new(move |_| {
        let writing = writing(stored_version.get());
        if is_dirty.get() {
            writing.keep(entered.get());
        } else {
            writing.forget();
        }
    });
    // Somebody else changed it, and nothing is lost by showing that.
    Effect::new(move |_| {
        let proposal = current.get();
        if proposal.version != stored_version.get_untracked() && !is_dirty.get_untracked() {
            begin(&proposal);
        }
    });
    let warn = window_event_listener(ev::beforeunload, move |event| {
        if is_dirty.get_untracked() {
            event.prevent_default();
        }
    });
    let keys = window_event_listener(ev::keydown, move |event| {
        let is_save = event.key() == "s" && (event.ctrl_key() || event.meta_key());
        if is_save && !crate::ui::dom::has_dialog() {
            event.prevent_default();
            if is_dirty.get_untracked() {
                keep.run(());
            }
        }
    });
    on_cleanup(move || {
        warn.remove();
        keys.remove();
    });
    let discard = move |()| {
        let stored = base.get_untracked();
        lines.reset(stored.lines.clone());
        form.settle(stored);
    };
    view! {
        <div class="offer">
            <ErrorSummary form />
            {heads(form, lines, &proposal)}
            <LineTable lines />
            {terms(form)}
            <Show when=move || is_dirty.get()>
                <div class="save-bar" role="region" aria-label=t("unsaved")>
                    <span class="min-w-0 flex-1">{t("unsaved")}</span>
                    <Button on_press=discard>{t("discard")}</Button>
                    <Button look=Look::Primary busy=form.busy on_press=keep>
                        {t("save")}
                    </Button>
                </div>
            </Show>
        </div>
        {dialog}
    }
    .into_any()
}

/// What can be told before the server is asked.
fn check(draft: &ProposalDraft) -> Vec<FieldError> {
    let mut errors = validate(draft);
    for (index, line) in draft.lines.iter().enumerate() {
        if line.title.trim().is_empty() {
            errors.push(FieldError::required(&format!("lines.{index}.title")));
        }
        if line.unit_price.is_none() {
            errors.push(FieldError::required(&format!("lines.{index}.unit_price")));
        }
    }
    errors
}

fn heads(form: Form<ProposalDraft>, lines: Lines, proposal: &Proposal) -> AnyView {
    let contact = form.field(
        "contact_id",
        |d: &ProposalDraft| d.contact_id.as_ref().map(ToString::to_string),
        |d, v| d.contact_id = v.map(Into::into),
    );
    let until = form.field(
        "valid_until",
        |d: &ProposalDraft| d.valid_until,
        |d, v| d.valid_until = v,
    );
    let currency = Bound::at_once(
        "currency",
        form.id_of("currency"),
        Signal::derive(move || lines.currency.get().code().to_owned()),
        move |code: String| {
            if let Some(currency) = etalon_domain::money::Currency::from_code(&code) {
                lines.change_currency(currency);
            }
        },
    );
    let choices = Signal::derive(move || {
        let codes = lines.codes().into_iter();
        codes
            .map(|code| Choice::new(code.clone(), code))
            .collect::<Vec<_>>()
    });
    let introduction = form.optional_text(
        "introduction",
        |d| &d.introduction,
        |d, v| d.introduction = v,
    );
    let account = proposal.account_id.as_ref().map(ToString::to_string);
    let source = PickerSource::Contacts(Signal::stored(account));
    let name = proposal.contact_name.clone();
    view! {
        <div class="offer-heads">
            <PickerField bound=contact label=t("field-recipient") source name />
            <DateField bound=until label=t("field-valid-until") />
            <SelectField bound=currency label=t("field-currency") choices />
        </div>
        <TextArea bound=introduction label=t("field-introduction") rows=2 />
    }
    .into_any()
}

fn terms(form: Form<ProposalDraft>) -> AnyView {
    let terms = form.optional_text("terms", |d| &d.terms, |d, v| d.terms = v);
    view! { <TextArea bound=terms label=t("field-terms") rows=3 /> }.into_any()
}
