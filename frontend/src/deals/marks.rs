//! What is marked on deals in lists: what holds them up, what is late, what comes next.

use std::collections::HashMap;

use etalon_domain::deal::{Deal, DealStatus};
use etalon_domain::endpoint::ListMarks;
use etalon_domain::id::DealId;
use etalon_domain::page::Any;
use etalon_domain::process::{GuideMark, MarksQuery};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::i18n::{language, t, t_count};
use crate::ui::icon;

/// How many deals one request asks for.
const AT_ONCE: usize = 100;

/// The marks of the deals in a list.
#[derive(Clone, Copy)]
pub(super) struct Marks(RwSignal<HashMap<DealId, GuideMark>>);

/// Asks for the marks of the open ones among deals, again whenever the list was read anew.
pub(super) fn use_marks(deals: RwSignal<Vec<Deal>>) -> Marks {
    let marks = RwSignal::new(HashMap::new());
    Effect::new(move |_| {
        let open: Vec<DealId> = deals.with(|deals| {
            let open = deals.iter().filter(|deal| deal.status == DealStatus::Open);
            open.map(|deal| deal.id.clone()).collect()
        });
        for some in open.chunks(AT_ONCE) {
            let query = MarksQuery {
                id: Any(some.to_vec()),
                language: Some(language()),
            };
            // Without the marks the list says less, but nothing wrong.
            spawn_local(async move {
                if let Ok(page) = api::call(ListMarks { query }).await {
                    marks.try_update(|marks| {
                        marks.extend(
                            page.items
                                .into_iter()
                                .map(|mark| (mark.deal_id.clone(), mark)),
                        );
                    });
                }
            });
        }
    });
    Marks(marks)
}

impl Marks {
    /// The mark of a deal, once it is known. Tracked by itself: others do not change it.
    pub(super) fn of(self, deal: &DealId) -> Memo<Option<GuideMark>> {
        let id = deal.clone();
        Memo::new(move |_| self.0.with(|marks| marks.get(&id).cloned()))
    }
}

/// The marks as small pictures, each with its meaning in words.
pub(super) fn mark_icons(mark: &GuideMark) -> AnyView {
    let icon = |class: &'static str, text: String, picture: AnyView| {
        view! {
            <span class=class title=text.clone() role="img" aria-label=text>
                {picture}
            </span>
        }
        .into_any()
    };
    let late = (mark.overdue_steps > 0).then(|| {
        let text = t_count("mark-overdue", mark.overdue_steps);
        icon("deal-mark is-late", text, icon!("clock-alert"))
    });
    let minutes = mark
        .minutes_due
        .then(|| icon("deal-mark is-due", t("mark-minutes"), icon!("mail")));
    let blocked = mark
        .blocked
        .then(|| icon("deal-mark", t("mark-blocked"), icon!("lock")));
    view! {
        {late}
        {minutes}
        {blocked}
    }
    .into_any()
}
