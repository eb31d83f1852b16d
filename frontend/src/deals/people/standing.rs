use etalon_domain::key_contact::{DecisionRole, Influence, KeyContacts};
use leptos::prelude::*;

use crate::i18n::{arguments, format, t, t_with};
use crate::ui::icon;

/// After how many days a meeting with an opponent no longer counts.
const MET_WITHIN_DAYS: i64 = 30;

/// How the people of a deal stand to us as a whole, and what is missing.
pub(super) fn standing_view(all: &KeyContacts) -> AnyView {
    let figure = |label: &str, help: &str, value: Option<i64>, signed: bool| {
        let shown = match value {
            Some(value) if signed && value > 0 => format!("+{value} %"),
            Some(value) => format::percent(i32::try_from(value).unwrap_or_default()),
            None => "–".to_owned(),
        };
        view! {
            <div class="standing-figure" title=t(help)>
                <span class="standing-value">{shown}</span>
                <span class="text-soft">{t(label)}</span>
            </div>
        }
    };
    let gaps = gaps(all);
    let gaps = (!gaps.is_empty()).then(|| {
        let rows = gaps
            .into_iter()
            .map(|gap| view! { <li>{icon!("triangle-alert")} <span>{gap}</span></li> });
        view! { <ul class="standing-gaps">{rows.collect_view()}</ul> }
    });
    view! {
        <section class="standing" aria-label=t("standing")>
            {figure("standing-support", "standing-support-help", all.standing.support, true)}
            {figure("standing-coverage", "standing-coverage-help", all.standing.coverage, false)}
            {gaps}
        </section>
    }
    .into_any()
}

/// What the gate asks of the people and is not there yet.
fn gaps(all: &KeyContacts) -> Vec<String> {
    let now = format::now();
    let mut gaps = Vec::new();
    if all
        .items
        .iter()
        .all(|each| each.role != Some(DecisionRole::DecisionMaker))
    {
        gaps.push(t("gap-decision-maker"));
    }
    for each in &all.items {
        let opposes = each.influence == Some(Influence::High)
            && each.loyalty.is_some_and(|loyalty| loyalty.value() < -1);
        let met = each
            .last_met_at
            .is_some_and(|at| (now - at).num_days() <= MET_WITHIN_DAYS);
        if opposes && !met {
            let name = each.contact_name.clone();
            gaps.push(t_with("gap-opponent", &arguments! { "name" => name }));
        }
    }
    gaps
}
