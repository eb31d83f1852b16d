use etalon_domain::deal::{BulkItem, BulkReport, Deal};
use etalon_domain::error::{ErrorCode, FieldError, Problem};
use etalon_domain::policy;
use etalon_domain::text::non_empty;
use leptos::prelude::*;

use super::bar::send;
use crate::api::Failure;
use crate::i18n::{t, t_count, words};
use crate::routes::paths;
use crate::session;
use crate::ui::{Button, Dialog, ErrorSummary, Form, Look, TextArea};

/// The deals that a change did not reach, each with the reason.
#[derive(Clone)]
pub(super) struct Refused {
    rows: Vec<(Deal, Problem)>,
    /// What was to become of those that a requirement holds up and the reader may let pass.
    passable: Vec<BulkItem>,
}

#[derive(Clone, Default, PartialEq)]
struct Reason {
    text: String,
}

impl Refused {
    /// What a report says was refused; `None` when nothing was.
    pub(super) fn of(report: &BulkReport, items: &[BulkItem], known: &[Deal]) -> Option<Self> {
        let rows: Vec<(Deal, Problem)> = (report.items.iter())
            .filter_map(|each| {
                let deal = known.iter().find(|deal| deal.id == each.id)?;
                Some((deal.clone(), each.problem.clone()?))
            })
            .collect();
        let may_pass = |id: &_| {
            rows.iter().any(|(deal, problem)| {
                deal.id == *id
                    && problem.code == ErrorCode::StageRequirementsUnmet
                    && session::may(|actor| {
                        policy::may_override(actor, deal.department_id.as_ref())
                    })
            })
        };
        let passable = items
            .iter()
            .filter(|item| may_pass(&item.id))
            .cloned()
            .collect();
        (!rows.is_empty()).then_some(Self { rows, passable })
    }

    /// The dialog that lists them.
    pub(super) fn show(self, on_close: Callback<()>) -> AnyView {
        let count = self.rows.len() as i64;
        let rows = self.rows.into_iter().map(row).collect_view();
        let form = Form::new(Reason::default());
        let bound = form.field(
            "override_reason",
            |r: &Reason| r.text.clone(),
            |r, v| r.text = v,
        );
        let passable = StoredValue::new(self.passable);
        let may_pass = passable.with_value(|items| !items.is_empty());
        let submit = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            let pass = move |reason: Reason| async move {
                let sent = send(passable.get_value(), non_empty(Some(reason.text))).await;
                sent.map(drop).ok_or(Failure::Offline)
            };
            form.submit(check, pass, move |()| on_close.run(()));
        };
        let reason = may_pass.then(|| {
            let label = t("field-override-reason");
            view! { <TextArea bound label help=t("bulk-pass-help") required=true /> }
        });
        let pass = may_pass.then(|| {
            view! {
                <Button look=Look::Primary submit=true busy=form.busy>
                    {t("move-anyway")}
                </Button>
            }
        });
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

fn row((deal, problem): (Deal, Problem)) -> AnyView {
    let details: Vec<String> = (problem.errors.iter())
        .filter_map(|error| Some(error.message.split_once(": ")?.1.to_owned()))
        .collect();
    view! {
        <li>
            <a class="link" href=paths::deal(deal.id.as_str())>
                {deal.title}
            </a>
            <span class="text-soft">{words::error(problem.code)}</span>
            <span class="text-soft">{details.join(" · ")}</span>
        </li>
    }
    .into_any()
}
