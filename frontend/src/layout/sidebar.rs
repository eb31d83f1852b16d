use etalon_domain::policy;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::Frame;
use crate::i18n::t;
use crate::routes::paths;
use crate::session;
use crate::ui::{Menu, MenuLink, icon};

const KEY: &str = "sidebar";

/// A section of the app.
#[derive(Clone, Copy)]
pub(super) struct Section {
    pub(super) href: &'static str,
    pub(super) label: &'static str,
    pub(super) icon: fn() -> AnyView,
}

impl Section {
    /// Whether a path leads into it.
    fn holds(&self, path: &str) -> bool {
        path.strip_prefix(self.href)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// The sections that the person may use, in order.
pub(super) fn sections() -> Vec<Section> {
    let mut sections = vec![
        Section {
            href: paths::MY_DAY,
            label: "nav-my-day",
            icon: || icon!("sun"),
        },
        Section {
            href: paths::LEADS,
            label: "nav-leads",
            icon: || icon!("magnet"),
        },
        Section {
            href: paths::DEALS,
            label: "nav-deals",
            icon: || icon!("briefcase-business"),
        },
        Section {
            href: paths::ACCOUNTS,
            label: "nav-accounts",
            icon: || icon!("building-2"),
        },
        Section {
            href: paths::CONTACTS,
            label: "nav-contacts",
            icon: || icon!("users"),
        },
        Section {
            href: paths::CALENDAR,
            label: "nav-calendar",
            icon: || icon!("calendar"),
        },
        Section {
            href: paths::KNOWLEDGE,
            label: "nav-knowledge",
            icon: || icon!("book-open"),
        },
        Section {
            href: paths::ANALYTICS,
            label: "nav-analytics",
            icon: || icon!("chart-column"),
        },
    ];
    if session::may(policy::may_manage_people) {
        sections.push(Section {
            href: paths::IMPORT,
            label: "nav-import",
            icon: || icon!("import"),
        });
    }
    sections.push(Section {
        href: paths::SETTINGS,
        label: "nav-settings",
        icon: || icon!("settings"),
    });
    sections
}

/// Whether the reader had folded the sidebar.
pub(super) fn was_narrow() -> bool {
    storage()
        .and_then(|s| s.get_item(KEY).ok().flatten())
        .as_deref()
        == Some("narrow")
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

fn links(sections: Vec<Section>) -> Vec<AnyView> {
    let path = use_location().pathname;
    sections
        .into_iter()
        .map(|section| {
            let is_here = move || path.with(|path| section.holds(path));
            view! {
                <a
                    href=section.href
                    class="nav-link"
                    title=t(section.label)
                    aria-current=move || is_here().then_some("page")
                >
                    {(section.icon)()}
                    <span class="nav-text">{t(section.label)}</span>
                </a>
            }
            .into_any()
        })
        .collect()
}

/// The sections at the left; can be folded to icons.
#[component]
pub(super) fn Sidebar() -> impl IntoView {
    let frame = expect_context::<Frame>();
    let toggle = move |_| {
        frame.narrow.update(|narrow| *narrow = !*narrow);
        if let Some(storage) = storage() {
            let word = if frame.narrow.get_untracked() {
                "narrow"
            } else {
                "wide"
            };
            // A browser that keeps nothing only forgets it.
            let _ = storage.set_item(KEY, word);
        }
    };
    let fold_label = move || {
        if frame.narrow.get() {
            t("sidebar-unfold")
        } else {
            t("sidebar-fold")
        }
    };
    let company = move || session::me().map(|me| me.company).unwrap_or_default();
    view! {
        <aside class="sidebar">
            <a href=paths::MY_DAY class="sidebar-brand" title="Etalon">
                <span class="brand-mark">{icon!("briefcase-business")}</span>
                <span class="nav-text min-w-0">
                    <span class="block truncate font-semibold">"Etalon"</span>
                    <span class="block truncate text-soft">{company}</span>
                </span>
            </a>
            <nav class="sidebar-links" aria-label=t("sections")>
                {links(sections())}
            </nav>
            <button type="button" class="nav-link" aria-label=fold_label title=fold_label on:click=toggle>
                {move || if frame.narrow.get() { icon!("panel-left-open") } else { icon!("panel-left-close") }}
                <span class="nav-text">{t("sidebar-fold")}</span>
            </button>
        </aside>
    }
}

/// What a thumb reaches at the bottom of a phone; the other sections are behind *More*.
const AT_HAND: [&str; 4] = [paths::MY_DAY, paths::LEADS, paths::DEALS, paths::CALENDAR];

/// The sections at the bottom of a phone.
#[component]
pub(super) fn BottomBar() -> impl IntoView {
    let (at_hand, more): (Vec<Section>, Vec<Section>) =
        (sections().into_iter()).partition(|section| AT_HAND.contains(&section.href));
    let path = use_location().pathname;
    let others = more.clone();
    let is_more = Memo::new(move |_| path.with(|path| others.iter().any(|each| each.holds(path))));
    let trigger = view! {
        <span class="nav-link" class:is-here=move || is_more.get()>
            {icon!("ellipsis")}
            <span class="nav-text">{t("nav-more")}</span>
        </span>
    }
    .into_any();
    view! {
        <nav class="bottom-bar" aria-label=t("sections")>
            {links(at_hand)}
            <Menu label=t("nav-more") class="bottom-more" end=true trigger>
                {more
                    .iter()
                    .copied()
                    .map(|section| {
                        view! {
                            <MenuLink href=section.href>
                                {(section.icon)()}
                                {t(section.label)}
                            </MenuLink>
                        }
                    })
                    .collect_view()}
            </Menu>
        </nav>
    }
}
