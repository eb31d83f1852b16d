//! Which version of which process a deal follows, and the way to a newer one.

use etalon_domain::deal::{Deal, FollowProcess};
use etalon_domain::endpoint::{
    FollowProcessEndpoint, GetGuide, GetProcessVersion, ListProcesses, PreviewProcess,
};
use etalon_domain::error::{ErrorCode, FieldError};
use etalon_domain::id::ProcessVersionId;
use etalon_domain::policy::may_override_process;
use etalon_domain::process::{Definition, Guide, GuideQuery, Process, VersionSummary};
use etalon_domain::stage::Stages;
use leptos::prelude::*;

use crate::address::{use_changes, use_value};
use crate::api;
use crate::deals::use_stages_of;
use crate::i18n::{arguments, language, t, t_with};
use crate::query::{invalidate, use_query};
use crate::session;
use crate::ui::{
    Choice, ErrorState, Form, FormPanel, FormPlace, LinkButton, SelectField, Skeleton, TextArea,
    icon, toast,
};

/// What shows something else once a deal follows another version.
const KINDS: &[&str] = &[
    "deals",
    "deal-marks",
    "activities",
    "analytics",
    "processes",
];

/// The process of a deal: its name and version and, when a newer one is in use, how to follow that.
#[component]
pub fn ProcessOf(
    /// The deal.
    deal: Deal,
    /// Whether the reader may change the deal now.
    may_change: bool,
) -> impl IntoView {
    let changes = use_changes();
    let opened = use_value("follow");
    let query = use_query(|| Some(ListProcesses {}));
    let deal = StoredValue::new(deal);
    let content = move || {
        let page = query.data.get()?;
        let follows = deal.with_value(|deal| deal.process_version_id.clone());
        let (process, present, newer) =
            (page.items.iter()).find_map(|process| standing(process, &follows))?;
        let name = process.name.in_language(language()).to_owned();
        let version = t_with(
            "process-version",
            &arguments! { "number" => present.number },
        );
        let way = newer.filter(|_| may_change).map(|newer| {
            let id = newer.id.to_string();
            let label = t_with("process-follow", &arguments! { "number" => newer.number });
            let href = Signal::derive(move || changes.href(&[("follow", Some(&id))]));
            view! {
                <LinkButton href>
                    {icon!("arrow-up-right")}
                    {label}
                </LinkButton>
            }
        });
        Some(view! {
            <section class="card-box process-of">
                <h2>{t("process-of-deal")}</h2>
                <p>{name}</p>
                <p class="text-soft">{version}</p>
                {way}
            </section>
        })
    };
    let dialog = move || {
        let wanted = opened.get().filter(|_| may_change)?;
        let page = query.data.get()?;
        let version = (page.items.iter())
            .flat_map(|process| &process.versions)
            .find(|version| version.id.as_str() == wanted)?;
        let number = version.number;
        let deal = deal.get_value();
        let close = Callback::new(move |()| changes.apply(&[("follow", None)]));
        Some(view! { <FollowDialog deal version=wanted number close /> })
    };
    view! {
        {content}
        {dialog}
    }
    .into_any()
}

/// The process, if it is the one of that version, the version, and the one in use when that is newer.
fn standing<'a>(
    process: &'a Process,
    follows: &ProcessVersionId,
) -> Option<(&'a Process, &'a VersionSummary, Option<&'a VersionSummary>)> {
    let version = |id: &ProcessVersionId| process.versions.iter().find(|one| one.id == *id);
    let present = version(follows)?;
    let current = process.current_version_id.as_ref().and_then(version);
    let newer = current.filter(|current| current.number > present.number);
    Some((process, present, newer))
}

#[component]
fn FollowDialog(deal: Deal, version: String, number: i64, close: Callback<()>) -> impl IntoView {
    let in_language = || GuideQuery {
        language: Some(language()),
        ..GuideQuery::default()
    };
    let id = deal.id.to_string();
    let now = {
        let id = id.clone();
        use_query(move || {
            Some(GetGuide {
                id: id.clone(),
                query: in_language(),
            })
        })
    };
    let then = {
        let (id, version_id) = (id.clone(), version.clone());
        use_query(move || {
            Some(PreviewProcess {
                id: id.clone(),
                version_id: version_id.clone(),
                query: in_language(),
            })
        })
    };
    let target = {
        let id = version.clone();
        use_query(move || Some(GetProcessVersion { id: id.clone() }))
    };
    let stage = deal.stage.clone();
    let before = use_stages_of(&deal);
    let deal_now = StoredValue::new(deal.clone());
    let form = Form::new(FollowProcess {
        process_version_id: version.into(),
        stage: None,
        override_reason: None,
    });
    let lacks_stage = move |definition: &Definition, stage: &str| definition.stage(stage).is_none();
    let submit = {
        let stage = stage.clone();
        move |()| {
            let id = id.clone();
            let must_choose = target.data.with_untracked(|version| {
                (version.as_ref()).is_some_and(|version| lacks_stage(&version.definition, &stage))
            });
            let check = move |body: &FollowProcess| {
                if must_choose && body.stage.is_none() {
                    vec![FieldError::required("stage")]
                } else {
                    Vec::new()
                }
            };
            let send = move |body: FollowProcess| {
                api::call(FollowProcessEndpoint {
                    id,
                    version: Some(deal.version),
                    body,
                })
            };
            form.submit(check, send, move |()| {
                toast::done(t_with(
                    "process-followed",
                    &arguments! { "number" => number },
                ));
                close.run(());
                invalidate(KINDS);
            });
        }
    };
    // Somebody else changed the deal: what is shown is out of date.
    Effect::new(move |_| {
        let is_stale = form.failure.with(|failure| {
            failure
                .as_ref()
                .is_some_and(|failure| failure.is(ErrorCode::StaleVersion))
        });
        if is_stale {
            invalidate(&["deals"]);
        }
    });
    let content = move || {
        let failure = (now.failure.get())
            .or_else(|| then.failure.get())
            .or_else(|| target.failure.get());
        let (Some(now_is), Some(then_is), Some(target_is)) =
            (now.data.get(), then.data.get(), target.data.get())
        else {
            let retry = move |()| {
                now.retry();
                then.retry();
                target.retry();
            };
            return match failure {
                Some(failure) => view! { <ErrorState failure on_retry=retry /> }.into_any(),
                None => view! { <Skeleton class="h-4 w-2/3" /> }.into_any(),
            };
        };
        if lacks_stage(&target_is.definition, &stage) {
            return choose_stage(form, &deal_now.get_value(), &target_is.definition, before);
        }
        compared(&now_is, &then_is)
    };
    view! {
        <FormPanel
            title=t_with("process-follow-title", &arguments! { "number" => number })
            form
            submit=Signal::derive(move || {
                t_with("process-follow", &arguments! { "number" => number })
            })
            on_submit=submit
            on_close=close
            place=FormPlace::Dialog
        >
            <p>{t("process-follow-text")}</p>
            <div class="form-stack" aria-live="polite">
                {content}
            </div>
        </FormPanel>
    }
    .into_any()
}

/// The version does not have the stage of the deal: where it goes on. Back is free; further on, what is
/// required on the way must be met, or somebody who may override gives a reason.
fn choose_stage(
    form: Form<FollowProcess>,
    deal: &Deal,
    definition: &Definition,
    before: Memo<Stages>,
) -> AnyView {
    let bound = form.field(
        "stage",
        |body: &FollowProcess| body.stage.clone().unwrap_or_default(),
        |body, stage| body.stage = (!stage.is_empty()).then_some(stage),
    );
    let reason = form.optional_text(
        "override_reason",
        |body| &body.override_reason,
        |body, reason| body.override_reason = reason,
    );
    let may_pass = session::may(|actor| may_override_process(actor, deal, definition));
    let (stage, places) = (deal.stage.clone(), definition.clone());
    let is_further = Memo::new(move |_| {
        let chosen = form.draft.with(|body| body.stage.clone());
        let place = chosen.and_then(|code| places.index(&code));
        before.with(|before| place > Some(nearest(&places, before, &stage)))
    });
    let further = move || {
        let bound = reason.clone();
        is_further.get().then(|| match may_pass {
            true => {
                let label = t("field-override-reason");
                view! { <TextArea bound label help=t("process-follow-pass-help") rows=2 /> }
                    .into_any()
            }
            false => view! { <p class="field-help">{t("process-follow-held-help")}</p> }.into_any(),
        })
    };
    let mut choices = vec![Choice::new("", t("process-follow-choose"))];
    choices.extend(
        (definition.stages.iter())
            .map(|stage| Choice::new(stage.code.clone(), stage.name.in_language(language()))),
    );
    view! {
        <div class="notice notice-warning" role="note">
            {icon!("triangle-alert")}
            <p>{t("process-follow-gone")}</p>
        </div>
        <SelectField bound label=t("field-stage") choices required=true />
        {further}
    }
    .into_any()
}

/// The place in a version of the stage in which a deal goes on freely: the nearest one before its own
/// that the version has, or the first.
fn nearest(definition: &Definition, before: &Stages, stage: &str) -> usize {
    let position = before.get(stage).map_or(0, |stage| stage.position);
    let earlier = before.open().filter(|each| each.position < position);
    let places = earlier.filter_map(|each| definition.index(&each.code));
    places.last().unwrap_or(0)
}

/// What another version asks of the deal in its present stage that the present one does not, and the
/// other way round.
fn compared(now: &Guide, then: &Guide) -> AnyView {
    let steps = |in_this: &Guide, not_in: &Guide| -> Vec<String> {
        let known = |id: &str| not_in.steps.iter().any(|step| step.id == id);
        let steps = in_this.steps.iter().filter(|step| !known(&step.id));
        steps.map(|step| step.title.clone()).collect()
    };
    let held = (then.requirements.iter()).filter(|requirement| {
        let same = now.requirements.iter().any(|present| {
            !present.met
                && (&present.step_id, &present.field, present.code)
                    == (&requirement.step_id, &requirement.field, requirement.code)
        });
        !requirement.met && !same
    });
    let held: Vec<String> = held.map(|requirement| requirement.detail.clone()).collect();
    let (added, gone) = (steps(then, now), steps(now, then));
    if held.is_empty() && added.is_empty() && gone.is_empty() {
        return view! { <p class="text-faint">{t("process-follow-same")}</p> }.into_any();
    }
    let list = |heading: &'static str, texts: Vec<String>| {
        (!texts.is_empty()).then(|| {
            let items = texts.into_iter().map(|text| view! { <li>{text}</li> });
            view! {
                <div>
                    <p class="font-medium">{t(heading)}</p>
                    <ul class="process-plain-list">{items.collect_view()}</ul>
                </div>
            }
        })
    };
    view! {
        {list("process-follow-held", held)}
        {list("process-follow-added", added)}
        {list("process-follow-removed", gone)}
    }
    .into_any()
}
