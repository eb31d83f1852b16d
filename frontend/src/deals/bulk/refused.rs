use etalon_domain::deal::{BulkItem, BulkReport, Deal};
use etalon_domain::endpoint::GetGuide;
use etalon_domain::error::{ErrorCode, FieldError, Problem};
use etalon_domain::process::{Guide, GuideQuery, Requirement, Severity};
use etalon_domain::text::non_empty;
use leptos::prelude::*;

use super::bar::send;
use crate::api::Failure;
use crate::deals::moving::requirement_name;
use crate::i18n::{language, t, t_count, words};
use crate::query::{Query, use_query};
use crate::routes::paths;
use crate::ui::{Button, Dialog, ErrorSummary, Form, Look, TextArea};

/// The deals that a change did not reach, each with the reason.
#[derive(Clone)]
pub(super) struct Refused {
    rows: Vec<Row>,
}

/// A deal that a change did not reach.
#[derive(Clone)]
struct Row {
    deal: Deal,
    problem: Problem,
    /// What was to become of it.
    item: BulkItem,
}

/// A deal that requirements hold up, and what the process says of its way.
#[derive(Clone)]
struct Held {
    item: BulkItem,
    guide: Query<Guide>,
}

#[derive(Clone, Default, PartialEq)]
struct Reason {
    text: String,
}

impl Refused {
    /// What a report says was refused; `None` when nothing was.
    pub(super) fn of(report: &BulkReport, items: &[BulkItem], known: &[Deal]) -> Option<Self> {
        let rows: Vec<Row> = (report.items.iter())
            .filter_map(|each| {
                Some(Row {
                    deal: known.iter().find(|deal| deal.id == each.id)?.clone(),
                    problem: each.problem.clone()?,
                    item: items.iter().find(|item| item.id == each.id)?.clone(),
                })
            })
            .collect();
        (!rows.is_empty()).then_some(Self { rows })
    }

    /// The dialog that lists them. Those that only lack requirements can go on with a reason, as far as
    /// their process lets the reader.
    pub(super) fn show(self, on_close: Callback<()>) -> AnyView {
        let count = self.rows.len() as i64;
        let mut held = Vec::new();
        let rows = (self.rows.into_iter())
            .map(|each| {
                let guide = way_of(&each);
                if let Some(guide) = guide {
                    let item = each.item.clone();
                    held.push(Held { item, guide });
                }
                row(each, guide)
            })
            .collect_view();
        let held = StoredValue::new(held);
        let passable = Memo::new(move |_| {
            held.with_value(|held| {
                let may_pass = |each: &&Held| {
                    (each.guide.data).with(|guide| guide.as_ref().is_some_and(|g| g.may_override))
                };
                let items = held.iter().filter(may_pass).map(|each| each.item.clone());
                items.collect::<Vec<_>>()
            })
        });
        let may_pass = Memo::new(move |_| passable.with(|items| !items.is_empty()));
        let form = Form::new(Reason::default());
        let bound = form.field(
            "override_reason",
            |r: &Reason| r.text.clone(),
            |r, v| r.text = v,
        );
        let submit = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            if !may_pass.get_untracked() {
                return;
            }
            let pass = move |reason: Reason| async move {
                let items = passable.get_untracked();
                let sent = send(items, non_empty(Some(reason.text))).await;
                sent.map(drop).ok_or(Failure::Offline)
            };
            form.submit(check, pass, move |()| on_close.run(()));
        };
        let reason = move || {
            let bound = bound.clone();
            may_pass.get().then(|| {
                let label = t("field-override-reason");
                view! { <TextArea bound label help=t("bulk-pass-help") required=true /> }
            })
        };
        let pass = move || {
            may_pass.get().then(|| {
                view! {
                    <Button look=Look::Primary submit=true busy=form.busy>
                        {t("move-anyway")}
                    </Button>
                }
            })
        };
        view! {
            <Dialog title=t_count("bulk-refused", count) on_close>
                <form class="dialog-form" novalidate on:submit=submit>
                    <div class="dialog-body form-stack" tabindex="0">
                        <ErrorSummary form />
                        <ul class="refused-list">{rows}</ul>
                        {reason}
                    </div>
                    <footer class="dialog-foot">
                        <Button on_press=move |()| on_close.run(())>{t("close")}</Button>
                        {pass}
                    </footer>
                </form>
            </Dialog>
        }
        .into_any()
    }
}

fn check(reason: &Reason) -> Vec<FieldError> {
    if reason.text.trim().is_empty() {
        vec![FieldError::required("override_reason")]
    } else {
        Vec::new()
    }
}

/// What the process asks of a deal that it holds up, in the reader's language.
fn way_of(row: &Row) -> Option<Query<Guide>> {
    let to = row.item.stage.clone()?;
    let id = row.deal.id.to_string();
    let asks = row.problem.code == ErrorCode::StageRequirementsUnmet;
    asks.then(|| {
        use_query(move || {
            Some(GetGuide {
                id: id.clone(),
                query: GuideQuery {
                    stage: None,
                    to: Some(to.clone()),
                    language: Some(language()),
                },
            })
        })
    })
}

fn row(Row { deal, problem, .. }: Row, guide: Option<Query<Guide>>) -> AnyView {
    let details = guide.map(|guide| {
        move || {
            let guide = guide.data.get()?;
            let unmet: Vec<Requirement> =
                guide.requirements.into_iter().filter(|r| !r.met).collect();
            let names: Vec<_> = unmet.iter().map(requirement_name).collect();
            let blocks = unmet.iter().any(|r| r.severity == Severity::Block);
            let held = (blocks && !guide.may_override)
                .then(|| view! { <span class="text-soft">{t("move-held-text")}</span> });
            Some(view! {
                <span class="text-soft">{names.join(" · ")}</span>
                {held}
            })
        }
    });
    view! {
        <li>
            <a class="link" href=paths::deal(deal.id.as_str())>
                {deal.title}
            </a>
            <span class="text-soft">{words::error(problem.code)}</span>
            {details}
        </li>
    }
    .into_any()
}
