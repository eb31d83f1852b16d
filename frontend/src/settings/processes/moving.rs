use etalon_domain::endpoint::{GetProcessVersion, MigrateDeals, PreviewProcessVersion};
use etalon_domain::process::{
    Definition, MigrationReport, ProcessPreview, ProcessVersion, StageDeals,
};
use etalon_domain::stage::Stages;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::USED_BY;
use super::changes::{joined, newly_asked};
use super::words::local;
use crate::api;
use crate::deals::use_stages;
use crate::i18n::{arguments, format, t, t_count, t_with, words};
use crate::query::{Query, invalidate, use_query};
use crate::routes::paths;
use crate::ui::{Button, Dialog, ErrorState, Look, SkeletonRows, icon, toast};

/// Moves the open deals of other versions to a version: first what that means stage by stage, then what
/// became of them.
#[component]
pub(super) fn MoveDialog(
    /// The version.
    id: String,
    /// Its number.
    number: i64,
    /// The version before it.
    before: Option<String>,
    /// Whether it was published just now.
    fresh: bool,
    /// Leaves.
    on_close: Callback<()>,
) -> impl IntoView {
    let report = RwSignal::new(None::<MigrationReport>);
    let busy = RwSignal::new(false);
    let names = use_stages();
    let (preview_id, version_id) = (id.clone(), id.clone());
    let preview = use_query(move || {
        Some(PreviewProcessVersion {
            id: preview_id.clone(),
        })
    });
    let version = use_query(move || {
        Some(GetProcessVersion {
            id: version_id.clone(),
        })
    });
    let older = use_query(move || before.clone().map(|id| GetProcessVersion { id }));
    let to_move = Memo::new(move |_| {
        preview.data.with(|preview| {
            let stages = preview.as_ref().map(|preview| preview.open_deals.iter());
            let known = stages.into_iter().flatten().filter(|stage| stage.known);
            known.map(|stage| stage.count).sum::<i64>()
        })
    });
    let migrate = move |()| {
        busy.set(true);
        let call = MigrateDeals { id: id.clone() };
        spawn_local(async move {
            let outcome = api::call(call).await;
            busy.try_set(false);
            match outcome {
                Ok(found) => {
                    report.try_set(Some(found));
                    invalidate(USED_BY);
                }
                Err(failure) => toast::failed(&failure),
            }
        });
    };
    let title = if fresh {
        "process-move-fresh-title"
    } else {
        "process-move-title"
    };
    let content = move || match report.get() {
        Some(report) => reported(report, number),
        None => planned(preview, version, older, names),
    };
    let is_over = Memo::new(move |_| report.with(Option::is_some));
    view! {
        <Dialog title=t_with(title, &arguments! { "number" => number }) on_close>
            <div class="dialog-body form-stack" aria-live="polite">
                {content}
            </div>
            <footer class="dialog-foot">
                {move || {
                    let label = if is_over.get() { t("close") } else { t("process-move-not") };
                    view! { <Button on_press=move |()| on_close.run(())>{label}</Button> }
                }}
                <Show when=move || !is_over.get() && (to_move.get() > 0)>
                    <Button look=Look::Primary busy on_press=migrate.clone()>
                        {move || t_count("process-move-deals", to_move.get())}
                    </Button>
                </Show>
            </footer>
        </Dialog>
    }
    .into_any()
}

fn planned(
    preview: Query<ProcessPreview>,
    version: Query<ProcessVersion>,
    older: Query<ProcessVersion>,
    names: Memo<Stages>,
) -> AnyView {
    let (Some(found), Some(target)) = (preview.data.get(), version.data.get()) else {
        let failure = preview.failure.get().or_else(|| version.failure.get());
        let retry = move |()| {
            preview.retry();
            version.retry();
        };
        return match failure {
            Some(failure) => view! { <ErrorState failure on_retry=retry /> }.into_any(),
            None if preview.slow.get() => view! { <SkeletonRows rows=3 /> }.into_any(),
            None => ().into_any(),
        };
    };
    if found.open_deals.is_empty() {
        return view! { <p>{t("process-move-none")}</p> }.into_any();
    }
    let older = older.data.get().map(|version| version.definition);
    let name = move |code: &str, target: &Definition| match target.stage(code) {
        Some(stage) => local(&stage.name),
        None => {
            let known = names.with(|stages| stages.get(code).map(words::stage));
            known.unwrap_or_else(|| code.to_owned())
        }
    };
    let rows = (found.open_deals.iter())
        .map(|deals| {
            row(
                deals,
                name(&deals.stage, &target.definition),
                older.as_ref(),
                &target.definition,
            )
        })
        .collect_view();
    view! {
        <p>{t("process-move-text")}</p>
        <ul class="process-moves">{rows}</ul>
    }
    .into_any()
}

fn row(
    deals: &StageDeals,
    name: String,
    older: Option<&Definition>,
    newer: &Definition,
) -> AnyView {
    let stages =
        older.and_then(|older| Some((older.stage(&deals.stage)?, newer.stage(&deals.stage)?)));
    let asked = stages
        .map(|(before, after)| newly_asked(before, after))
        .unwrap_or_default();
    let href = format!("{}?stage={}", paths::DEALS, deals.stage);
    let (class, picture, what) = if !deals.known {
        (
            "notice-warning",
            icon!("triangle-alert"),
            t("process-move-gone"),
        )
    } else if asked.is_empty() {
        ("", icon!("arrow-right"), t("process-move-plain"))
    } else {
        let arguments = arguments! { "asked" => joined(&asked) };
        (
            "notice-warning",
            icon!("lock"),
            t_with("process-move-asked", &arguments),
        )
    };
    view! {
        <li class=format!("notice {class}")>
            {picture}
            <div class="min-w-0 flex-1">
                <p class="process-move-stage">
                    <span class="font-medium">{name}</span>
                    <a class="link tabular-nums" href=href>
                        {t_count("deals-count", deals.count)}
                    </a>
                </p>
                <p class="text-soft">{what}</p>
            </div>
        </li>
    }
    .into_any()
}

fn reported(report: MigrationReport, number: i64) -> AnyView {
    let mut arguments = arguments! { "number" => number };
    arguments.set("count", report.moved);
    arguments.set("shown", format::number(report.moved));
    view! {
        <p class="process-name">
            {icon!("circle-check")}
            {t_with("process-moved", &arguments)}
        </p>
        {(report.left > 0).then(|| view! { <p>{t_count("process-moved-left", report.left)}</p> })}
    }
    .into_any()
}
