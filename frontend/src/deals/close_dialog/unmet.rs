use etalon_domain::deal::Deal;
use etalon_domain::process::Guide;
use leptos::prelude::*;

use crate::deals::moving::Unmet;
use crate::deals::use_stages_of;
use crate::i18n::{t, t_count};
use crate::ui::{Bound, TextArea, icon};

/// What is not met on the way to a win and, for those who may, the reason to win all the same.
#[component]
pub(super) fn UnmetToWin(
    /// The deal.
    deal: Deal,
    /// What the process asks; `None` until it is known, or when nothing is asked.
    guide: Signal<Option<Guide>>,
    /// The reason.
    bound: Bound<String>,
    /// Called when a link is followed.
    on_leave: Callback<()>,
) -> impl IntoView {
    let stages = use_stages_of(&deal);
    move || {
        let guide = guide.get().filter(|guide| guide.blocked)?;
        let unmet = guide.requirements.iter().filter(|r| !r.met).count() as i64;
        let answer = if guide.may_override {
            let help = if guide.needs_override {
                "move-override-help"
            } else {
                "move-warned-help"
            };
            view! {
                <TextArea
                    bound=bound.clone()
                    label=t("field-override-reason")
                    help=t(help)
                    required=true
                />
            }
            .into_any()
        } else {
            view! { <p>{t("close-held-text")}</p> }.into_any()
        };
        Some(view! {
            <div class="notice notice-warning">
                {icon!("triangle-alert")}
                <div class="form-stack min-w-0 flex-1">
                    <p>{t_count("close-unmet-intro", unmet)}</p>
                    <Unmet
                        deal=deal.clone()
                        requirements=guide.requirements
                        stages=stages.get()
                        on_leave
                    />
                    {answer}
                </div>
            </div>
        })
    }
}
