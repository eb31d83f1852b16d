use etalon_domain::competitor::DealCompetitor;
use leptos::prelude::*;

use crate::i18n::t;
use crate::ui::{Bound, Choice, PickerField, PickerSource, SelectField, dom};

/// The choice that leads to all accounts.
const OTHER: &str = "other";

/// A competitor: one of those in the deal, or any other account.
#[component]
pub(super) fn RivalField(
    /// The field: the identifier of the account.
    bound: Bound<Option<String>>,
    /// Its label.
    #[prop(into)]
    label: String,
    /// The competitors in the deal.
    known: Signal<Vec<DealCompetitor>>,
) -> impl IntoView {
    let elsewhere = RwSignal::new(false);
    let from_list = Memo::new(move |_| !elsewhere.get() && known.with(|known| !known.is_empty()));
    let choices = Signal::derive(move || {
        let rivals = known.get().into_iter();
        let rivals = rivals.map(|rival| Choice::new(rival.account_id.as_str(), rival.account_name));
        std::iter::once(Choice::new("", t("not-set")))
            .chain(rivals)
            .chain(std::iter::once(Choice::new(OTHER, t("rival-other"))))
            .collect::<Vec<_>>()
    });
    let (get, set) = (bound.get, bound.set);
    let id = bound.id.clone();
    let choose = Callback::new(move |value: String| {
        if value == OTHER {
            set.run(None);
            elsewhere.set(true);
            let id = id.clone();
            request_animation_frame(move || dom::focus(&id));
        } else {
            set.run(Some(value).filter(|value| !value.is_empty()));
        }
    });
    let listed = Bound {
        name: bound.name,
        id: bound.id.clone(),
        get: Signal::derive(move || get.get().unwrap_or_default()),
        set: choose,
        error: bound.error,
        unreadable: bound.unreadable,
    };
    move || {
        let label = label.clone();
        if from_list.get() {
            view! { <SelectField bound=listed.clone() label choices help=t("rival-help") /> }
                .into_any()
        } else {
            view! {
                <PickerField
                    bound=bound.clone()
                    label
                    source=PickerSource::Accounts
                    name={None::<String>}
                />
            }
            .into_any()
        }
    }
}
