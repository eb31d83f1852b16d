use etalon_domain::lead::{Bant, BantItem, BantState, Lead, LeadStatus};
use leptos::prelude::*;

use super::words;
use crate::i18n::{arguments, format, t, t_with};
use crate::ui::{Badge, Tone, icon};

/// The company and the person of a lead in one line.
pub(super) fn whose(lead: &Lead) -> String {
    let company = lead.account_name.as_ref().or(lead.company_name.as_ref());
    let person = lead.contact_name.as_ref().or(lead.person_name.as_ref());
    let parts: Vec<&str> = [company, person]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    parts.join(" · ")
}

/// Where a lead stands, as a label.
pub(super) fn status_mark(lead: &Lead) -> AnyView {
    let name = words::status(lead.status);
    match lead.status {
        LeadStatus::New => {
            view! { <Badge tone=Tone::Info>{icon!("sparkles")} {name}</Badge> }.into_any()
        }
        LeadStatus::Qualifying => view! { <Badge>{name}</Badge> }.into_any(),
        LeadStatus::Qualified => {
            view! { <Badge tone=Tone::Success>{icon!("circle-check")} {name}</Badge> }.into_any()
        }
        LeadStatus::Nurturing => {
            let text = match lead.nurture_until {
                Some(day) => t_with(
                    "lead-aside-until",
                    &arguments! { "day" => format::day(day) },
                ),
                None => name,
            };
            view! { <Badge tone=Tone::Warning>{icon!("alarm-clock")} {text}</Badge> }.into_any()
        }
        LeadStatus::Disqualified => {
            view! { <Badge>{icon!("circle-slash")} {name}</Badge> }.into_any()
        }
    }
}

/// How sure an answer is, as a label.
pub(crate) fn state_mark(state: BantState) -> AnyView {
    let name = words::state(state);
    match state {
        BantState::Unknown => view! { <Badge>{name}</Badge> }.into_any(),
        BantState::Claimed => view! { <Badge tone=Tone::Warning>{name}</Badge> }.into_any(),
        BantState::Confirmed => {
            view! { <Badge tone=Tone::Success>{icon!("check")} {name}</Badge> }.into_any()
        }
    }
}

/// The class that shows how sure an answer is.
pub(super) const fn state_class(state: BantState) -> &'static str {
    match state {
        BantState::Unknown => "bant-unknown",
        BantState::Claimed => "bant-claimed",
        BantState::Confirmed => "bant-confirmed",
    }
}

/// The four answers as four small letters, and the score. Read aloud word by word.
pub(super) fn bant_marks(bant: &Bant, score: i32) -> AnyView {
    let told: Vec<String> = BantItem::ALL
        .iter()
        .map(|item| {
            format!(
                "{}: {}",
                words::item(*item),
                words::state(bant.state(*item))
            )
        })
        .collect();
    let told = format!("{}; {}", told.join(", "), t("lead-score"));
    let letters = [
        (BantItem::Budget, "B"),
        (BantItem::Authority, "A"),
        (BantItem::Need, "N"),
        (BantItem::Timing, "T"),
    ];
    let letters = letters
        .map(|(item, letter)| {
            let class = format!("bant-letter {}", state_class(bant.state(item)));
            view! { <span class=class data-letter=letter></span> }
        })
        .collect_view();
    view! {
        <span class="bant-marks">
            <span class="bant-letters" role="img" aria-label=told.clone() title=told>
                {letters}
            </span>
            <span class="tabular-nums">{score}</span>
        </span>
    }
    .into_any()
}
