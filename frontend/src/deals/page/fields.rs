use etalon_domain::deal::Deal;
use leptos::prelude::*;

use crate::address::use_changes;
use crate::deals::actions;
use crate::i18n::{format, t, words};
use crate::process::use_need_types_of;
use crate::ui::form::not_set;
use crate::ui::{LinkButton, Money, icon};

/// Name of a field and its value, if it has one.
type Row = (&'static str, Option<AnyView>);

/// All fields of a deal. Each leads to its place in the form.
#[component]
pub(super) fn Fields(
    /// The deal.
    deal: Deal,
) -> impl IntoView {
    let may_edit = actions::is_changeable(&deal);
    let changes = use_changes();
    let day = |day: Option<chrono::NaiveDate>| day.map(|d| format::day(d).into_any());
    let text = |text: &Option<String>| text.clone().map(IntoAny::into_any);
    let money = |money: Option<etalon_domain::money::Money>| {
        money.map(|m| view! { <Money value=m /> }.into_any())
    };
    let manual = |value: String, is_manual: bool| {
        let mark = is_manual.then(|| view! { <span class="mark">{t("set-by-hand")}</span> });
        Some(view! { {value} " " {mark} }.into_any())
    };
    let need = deal.need.as_ref();
    let kinds = use_need_types_of(&deal.process_version_id);
    let groups: [(&str, Vec<Row>); 4] = [
        (
            "group-deal",
            vec![
                ("account_id", text(&deal.account_name)),
                ("contact_id", text(&deal.contact_name)),
                ("product_id", text(&deal.product_name)),
                ("amount", money(deal.amount)),
                ("expected_close_on", day(deal.expected_close_on)),
                ("next_step_on", day(deal.next_step_on)),
                ("source", text(&deal.source)),
            ],
        ),
        (
            "group-forecast",
            vec![
                (
                    "deal_type",
                    Some(words::deal_type(deal.deal_type).into_any()),
                ),
                (
                    "category",
                    deal.category.map(|c| words::category(c).into_any()),
                ),
                (
                    "probability",
                    manual(format::percent(deal.probability), deal.probability_manual),
                ),
                (
                    "forecast_category",
                    manual(
                        words::forecast(deal.forecast_category),
                        deal.forecast_category_manual,
                    ),
                ),
                ("decision_on", day(deal.decision_on)),
                ("budget", money(deal.budget)),
            ],
        ),
        (
            "field-need",
            vec![
                (
                    "need.type",
                    need.and_then(|n| n.kind.clone())
                        .map(|kind| (move || kinds.name_of(&kind)).into_any()),
                ),
                ("need", need.map(|n| n.text.clone().into_any())),
            ],
        ),
        (
            "field-tactic",
            vec![
                ("tactic", text(&deal.tactic)),
                ("own_strengths", text(&deal.own_strengths)),
                ("own_weaknesses", text(&deal.own_weaknesses)),
                ("tactic_review_on", day(deal.tactic_review_on)),
            ],
        ),
    ];
    let groups = groups
        .into_iter()
        .map(|(title, fields)| {
            let rows = fields
                .into_iter()
                .map(|(name, value)| row(name, value, may_edit))
                .collect_view();
            view! {
                <section class="field-group">
                    <h2>{t(title)}</h2>
                    <dl>{rows}</dl>
                </section>
            }
        })
        .collect_view();
    let edit = may_edit.then(|| {
        view! {
            <div class="flex justify-end">
                <LinkButton href=Signal::derive(move || changes.href(&[("edit", Some(""))]))>
                    {icon!("pencil")}
                    {t("edit")}
                </LinkButton>
            </div>
        }
    });
    view! {
        {edit}
        {groups}
    }
    .into_any()
}

fn row(name: &'static str, value: Option<AnyView>, may_edit: bool) -> AnyView {
    let label = if name == "need.type" {
        t("field-need-type")
    } else {
        words::field(name)
    };
    let changes = use_changes();
    let value = value.unwrap_or_else(|| {
        if may_edit {
            let href = move || changes.href(&[("edit", Some(name))]);
            view! { <a class="fill-link" href=href>{not_set()}</a> }.into_any()
        } else {
            view! { <span class="text-faint">{not_set()}</span> }.into_any()
        }
    });
    view! {
        <div class="field-row">
            <dt>{label}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}
