use etalon_domain::deal::{Deal, DealStatus};
use etalon_domain::endpoint::ListStages;
use etalon_domain::stage::{Stages, StagesQuery};
use leptos::prelude::*;

use crate::i18n::words;
use crate::query::{ask, use_query};
use crate::ui::StageDots;

/// The stages of all processes; none until the server has answered.
pub fn use_stages() -> Memo<Stages> {
    stages_of(StagesQuery::default())
}

/// The stages of the process that a deal follows; none until the server has answered.
pub fn use_stages_of(deal: &Deal) -> Memo<Stages> {
    stages_of(followed_by(deal))
}

fn stages_of(wanted: StagesQuery) -> Memo<Stages> {
    let query = use_query(move || Some(ListStages(wanted.clone())));
    Memo::new(move |_| match query.data.get() {
        Some(page) => Stages::new(page.items),
        None => Stages::new(Vec::new()),
    })
}

/// The stages of the process that a deal follows, outside of any screen; none when they cannot be read.
pub async fn read_of(deal: &Deal) -> Stages {
    let page = ask(ListStages(followed_by(deal))).await;
    Stages::new(page.map(|page| page.items).unwrap_or_default())
}

fn followed_by(deal: &Deal) -> StagesQuery {
    StagesQuery {
        process_version_id: Some(deal.process_version_id.clone()),
    }
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
