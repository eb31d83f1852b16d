use etalon_domain::endpoint::{ListDealCompetitors, ListDealProposals, ListKeyContacts};
use etalon_domain::process::{StepInput, StepKind};
use leptos::prelude::*;

use super::Work;
use super::parts::{at_once, by_line, reopen};
use crate::address::use_changes;
use crate::i18n::{t, t_count};
use crate::query::use_query;
use crate::ui::{LinkButton, Look, icon};

/// What is done on a tab of its own: people, competitors, proposals. Says what is there and leads to it.
pub(super) fn show(work: Work) -> AnyView {
    let changes = use_changes();
    let (tab, verb) = match work.step.kind {
        StepKind::People => ("contacts", "work-to-people"),
        StepKind::Competitors => ("competitors", "work-to-competitors"),
        _ => ("proposals", "work-to-proposals"),
    };
    let href = Signal::derive(move || changes.href(&[("tab", Some(tab)), ("step", None)]));
    let is_nobody = work.step.record.as_ref().is_some_and(|r| r.nobody);
    let count = count_of(&work);
    let nobody = (work.step.kind == StepKind::Competitors).then(|| {
        let work = work.clone();
        move || {
            let offers = work.may_do && !work.is_done() && count.get() == Some(0);
            offers.then(|| {
                let input = StepInput {
                    nobody: Some(true),
                    ..StepInput::default()
                };
                at_once(&work, "work-no-competitor", "work-done", Look::Plain, input)
            })
        }
    });
    let text = match work.step.kind {
        StepKind::People => "work-people-count",
        StepKind::Competitors => "work-competitors-count",
        _ => "work-proposals-count",
    };
    // Whoever said so did not know of those who came since.
    let said = {
        let work = work.clone();
        move || {
            let holds = is_nobody && count.get() == Some(0);
            holds.then(|| {
                view! {
                    <p>{t("work-nobody")}</p>
                    {by_line(&work)}
                }
            })
        }
    };
    let again = is_nobody.then(|| reopen(&work));
    view! {
        {said}
        <p class="text-soft">{move || count.get().filter(|n| *n > 0).map(|n| t_count(text, n))}</p>
        <div class="work-foot">
            <LinkButton href look=Look::Primary>
                {t(verb)}
                {icon!("arrow-right")}
            </LinkButton>
            {nobody}
            {again}
        </div>
    }
    .into_any()
}

/// How many of them the deal has; `None` until it is known.
fn count_of(work: &Work) -> Memo<Option<i64>> {
    let id = work.deal.id.to_string();
    match work.step.kind {
        StepKind::People => {
            let query = use_query(move || Some(ListKeyContacts { id: id.clone() }));
            Memo::new(move |_| {
                query
                    .data
                    .with(|all| all.as_ref().map(|all| all.items.len() as i64))
            })
        }
        StepKind::Competitors => {
            let query = use_query(move || Some(ListDealCompetitors { id: id.clone() }));
            Memo::new(move |_| {
                query
                    .data
                    .with(|all| all.as_ref().map(|all| all.items.len() as i64))
            })
        }
        _ => {
            let query = use_query(move || Some(ListDealProposals(id.clone())));
            Memo::new(move |_| {
                query
                    .data
                    .with(|all| all.as_ref().map(|all| all.items.len() as i64))
            })
        }
    }
}
