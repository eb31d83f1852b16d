use leptos::prelude::*;

use crate::i18n::t;
use crate::layout::{PageHead, set_trail};
use crate::routes::paths;
use crate::ui::{Tab, Tabs};

/// The sections of the settings: address and name.
const SECTIONS: [(&str, &str); 5] = [
    (paths::SETTINGS, "settings-profile"),
    (paths::PEOPLE, "settings-people"),
    (paths::DEPARTMENTS, "settings-departments"),
    (paths::PRODUCTS, "settings-products"),
    (paths::RATES, "settings-rates"),
];

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
    let tabs = SECTIONS
        .into_iter()
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
