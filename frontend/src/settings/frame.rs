use etalon_domain::policy;
use leptos::prelude::*;

use crate::i18n::t;
use crate::layout::{PageHead, set_trail};
use crate::routes::paths;
use crate::session;
use crate::ui::{Tab, Tabs};

/// The sections of the settings: address and name.
const SECTIONS: [(&str, &str); 7] = [
    (paths::SETTINGS, "settings-profile"),
    (paths::PEOPLE, "settings-people"),
    (paths::DEPARTMENTS, "settings-departments"),
    (paths::PRODUCTS, "settings-products"),
    (paths::PROCESSES, "settings-processes"),
    (paths::RATES, "settings-rates"),
    (paths::WEB_FORMS, "settings-web-forms"),
];

/// The sections that only administrators need.
const FOR_ADMINS: [&str; 2] = [paths::PROCESSES, paths::WEB_FORMS];

/// The head of a section of the settings, with the way to the others.
#[component]
pub(super) fn SettingsHead(
    /// Address of the present section.
    path: &'static str,
    /// What one can do there.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let label = SECTIONS
        .iter()
        .find(|(href, _)| *href == path)
        .map_or("nav-settings", |(_, label)| label);
    set_trail(vec![
        (t("nav-settings"), Some(paths::SETTINGS.to_owned())),
        (t(label), None),
    ]);
    let is_admin = session::may(policy::may_manage_company);
    let tabs = SECTIONS
        .into_iter()
        .filter(|(href, _)| is_admin || !FOR_ADMINS.contains(href))
        .map(|(href, label)| {
            view! {
                <Tab href=href.to_owned() active=Signal::stored(href == path)>
                    {t(label)}
                </Tab>
            }
        })
        .collect_view();
    let actions = move || children.map(|children| children());
    view! {
        <PageHead title=t("nav-settings")>{actions()}</PageHead>
        <Tabs label=t("settings-sections")>{tabs}</Tabs>
    }
    .into_any()
}
