use chrono::NaiveDate;
use etalon_domain::deal::Deal;
use etalon_domain::id::UserId;
use leptos::prelude::*;

use super::bar::{Change, for_each};
use crate::i18n::t;
use crate::ui::{Bound, Button, DateField, Look, Picked, Picker, PickerSource};

/// Gives the deals to somebody.
pub(super) fn owner_editor(
    deals: RwSignal<Vec<Deal>>,
    apply: Change,
    close: Callback<()>,
) -> AnyView {
    let pick = move |picked: Option<Picked>| {
        let Some(picked) = picked else { return };
        close.run(());
        apply.run(deals.with_untracked(|deals| {
            for_each(deals, |item| {
                item.owner_id = Some(UserId::new(picked.id.clone()))
            })
        }));
    };
    view! {
        <Picker
            source=PickerSource::Users
            id="bulk-owner"
            label=t("bulk-owner")
            value=Signal::stored(String::new())
            on_pick=pick
        />
    }
    .into_any()
}

/// Sets when the deals are expected to close; without a day it is emptied.
pub(super) fn close_date_editor(
    deals: RwSignal<Vec<Deal>>,
    apply: Change,
    close: Callback<()>,
) -> AnyView {
    let day = RwSignal::new(None::<NaiveDate>);
    let bound = Bound::at_once("expected_close_on", "bulk-close-date", day, move |v| {
        day.set(v)
    });
    let set = move |()| {
        close.run(());
        apply.run(deals.with_untracked(|deals| {
            for_each(deals, |item| {
                item.expected_close_on = Some(day.get_untracked())
            })
        }));
    };
    let is_missing = Signal::derive(move || day.with(Option::is_none));
    view! {
        <DateField bound label=t("field-expected-close-on") />
        <Button look=Look::Primary disabled=is_missing on_press=set>
            {t("bulk-apply")}
        </Button>
    }
    .into_any()
}
