use etalon_domain::deal::{Deal, DealStatus};
use etalon_domain::endpoint::ListStages;
use etalon_domain::stage::{Stages, reference};
use leptos::prelude::*;

use crate::i18n::words;
use crate::query::use_query;
use crate::ui::StageDots;

/// The stages of the process; until the server has answered, those of the reference process, which
/// are the same but for a changed one.
pub fn use_stages() -> Memo<Stages> {
    let query = use_query(|| Some(ListStages));
    Memo::new(move |_| match query.data.get() {
        Some(page) => Stages::new(page.items),
        None => reference(),
    })
}

/// The name of a stage by its code.
pub fn name_of(stages: &Stages, code: &str) -> String {
    stages
        .get(code)
        .map_or_else(|| code.to_owned(), words::stage)
}

/// Which stage of the work it is, from 1; 0 for a final one.
pub fn index_of(stages: &Stages, code: &str) -> usize {
    stages
        .open()
        .position(|s| s.code == code)
        .map_or(0, |at| at + 1)
}

/// The stage of a deal as a small bar.
pub fn dots(stages: &Stages, deal: &Deal) -> AnyView {
    let ended = match deal.status {
        DealStatus::Open => "",
        DealStatus::Won => "won",
        DealStatus::Lost | DealStatus::Rejected | DealStatus::Rerouted => "lost",
    };
    view! {
        <StageDots
            total=stages.open().count()
            present=index_of(stages, &deal.stage)
            ended
            name=name_of(stages, &deal.stage)
        />
    }
    .into_any()
}
