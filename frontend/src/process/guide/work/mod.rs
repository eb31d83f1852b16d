//! Where the steps of a stage are done: one work place for every kind of step.

mod decision;
mod document;
mod elsewhere;
mod known;
mod material;
mod minutes;
mod minutes_row;
mod parts;
mod question;
mod task;
mod team;
mod visa;

use std::future::Future;

use etalon_domain::deal::Deal;
use etalon_domain::endpoint::AnswerStep;
use etalon_domain::error::ErrorCode;
use etalon_domain::process::{Guide, GuideQuery, GuideStep, StepInput, StepKind, StepState};
use leptos::prelude::*;

use crate::api::{self, Failure};
use crate::i18n::t;
use crate::query::invalidate;
use crate::ui::toast;

/// A step that is to be done, or was.
#[derive(Clone)]
pub(super) struct Work {
    /// The deal.
    pub(super) deal: Deal,
    /// The step, as it stands.
    pub(super) step: GuideStep,
    /// Of which stage and in which language the guide is shown.
    pub(super) shown: GuideQuery,
    /// Whether the reader may do it now; otherwise it is only shown.
    pub(super) may_do: bool,
    /// Takes what the process says after the step was done.
    pub(super) on_done: Callback<Guide>,
}

impl Work {
    fn is_done(&self) -> bool {
        matches!(self.step.state, StepState::Done | StepState::Unsure)
    }

    /// Sends what was entered.
    fn send(&self, input: StepInput) -> impl Future<Output = Result<Guide, Failure>> + use<> {
        let version = self.step.record.as_ref().map_or(0, |r| r.version);
        let call = AnswerStep {
            id: self.deal.id.to_string(),
            step_id: self.step.id.clone(),
            version: Some(version),
            query: self.shown.clone(),
            input,
        };
        async move {
            let answer = api::call(call).await;
            if answer
                .as_ref()
                .is_err_and(|f| f.is(ErrorCode::StaleVersion))
            {
                invalidate(&["deals"]);
            }
            answer
        }
    }

    /// Says that it is done, and shows what comes next.
    fn finish(&self, told: &'static str) -> impl FnOnce(Guide) + 'static {
        let on_done = self.on_done;
        move |guide| {
            toast::done(t(told));
            on_done.run(guide);
        }
    }
}

/// The work place of a step.
pub(super) fn show(work: Work) -> AnyView {
    match work.step.kind {
        StepKind::Task => task::show(work),
        StepKind::Question => question::show(work),
        StepKind::Decision => decision::show(work),
        StepKind::Material => material::show(work),
        StepKind::Minutes => minutes::show(work),
        StepKind::Document => document::show(work),
        StepKind::Visa => visa::show(work),
        StepKind::People | StepKind::Competitors | StepKind::Proposal => elsewhere::show(work),
    }
}
