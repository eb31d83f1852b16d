use etalon_domain::deal::Deal;
use etalon_domain::endpoint::{GetGuide, encode_component};
use etalon_domain::process::{
    Guide, GuideQuery, Requirement, RequirementCode, Severity, WorkPlace,
};
use etalon_domain::stage::Stages;
use leptos::prelude::*;

use crate::deals::stages;
use crate::i18n::{self, arguments, t, t_with};
use crate::query::{Query, use_query};
use crate::routes::paths;
use crate::ui::icon;

/// What the process asks on the way of a deal to a stage; `won` is the end of the way. Nothing is asked
/// while the signal is `None`.
pub(in crate::deals) fn use_way(deal: &Deal, to: Signal<Option<String>>) -> Query<Guide> {
    let id = deal.id.to_string();
    use_query(move || {
        Some(GetGuide {
            id: id.clone(),
            query: GuideQuery {
                stage: None,
                to: Some(to.get()?),
                language: Some(i18n::language()),
            },
        })
    })
}

/// Where on the page of its deal a requirement is mended.
fn mend_href(deal: &Deal, requirement: &Requirement) -> String {
    let page = paths::deal(deal.id.as_str());
    match requirement.place {
        WorkPlace::Fields => {
            let field = requirement.field.as_deref().unwrap_or_default();
            format!("{page}?edit={}", encode_component(field))
        }
        WorkPlace::Contacts => format!("{page}?tab=contacts"),
        WorkPlace::Competitors => format!("{page}?tab=competitors"),
        WorkPlace::Proposals => format!("{page}?tab=proposals"),
        WorkPlace::Steps => {
            let mut query = Vec::new();
            if requirement.stage != deal.stage {
                query.push(format!("stage={}", encode_component(&requirement.stage)));
            }
            if let Some(step) = &requirement.step_id {
                query.push(format!("step={}", encode_component(step)));
            }
            if query.is_empty() {
                page
            } else {
                format!("{page}?{}", query.join("&"))
            }
        }
    }
}

/// What is to be done to meet a requirement.
pub(in crate::deals) fn requirement_name(requirement: &Requirement) -> String {
    match requirement.code {
        RequirementCode::FieldFilled => t_with(
            "fill-field",
            &arguments! { "field" => requirement.detail.clone() },
        ),
        _ => requirement.detail.clone(),
    }
}

/// What is not met on the way of a deal, each with a link to the place where it is mended.
#[component]
pub(crate) fn Unmet(
    /// The deal.
    deal: Deal,
    /// What the process asks.
    requirements: Vec<Requirement>,
    /// The stages of the deal's process.
    stages: Stages,
    /// Called when a link is followed.
    #[prop(into)]
    on_leave: Callback<()>,
) -> impl IntoView {
    let rows = requirements
        .into_iter()
        .filter(|requirement| !requirement.met)
        .map(|requirement| {
            let href = mend_href(&deal, &requirement);
            let only_warns = requirement.severity == Severity::Warn;
            let name = requirement_name(&requirement);
            let picture = if only_warns {
                icon!("triangle-alert")
            } else {
                icon!("lock")
            };
            let stage = stages::name_of(&stages, &requirement.stage);
            view! {
                <li class="unmet-item" class:unmet-warns=only_warns>
                    {picture}
                    <div class="min-w-0">
                        <a class="unmet-link" href=href on:click=move |_| on_leave.run(())>
                            {name}
                        </a>
                        <p class="unmet-under">
                            <span>{stage}</span>
                            <span>{t(place(requirement.place))}</span>
                            {only_warns.then(|| view! { <span>{t("unmet-only-warns")}</span> })}
                        </p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="unmet-list">{rows}</ul> }.into_any()
}

const fn place(place: WorkPlace) -> &'static str {
    match place {
        WorkPlace::Fields => "unmet-in-fields",
        WorkPlace::Steps => "unmet-in-steps",
        WorkPlace::Contacts => "unmet-in-contacts",
        WorkPlace::Competitors => "unmet-in-competitors",
        WorkPlace::Proposals => "unmet-in-proposals",
    }
}
