use std::time::Duration;

use etalon_domain::endpoint::ListNotifications;
use etalon_domain::notification::NotificationFilter;
use etalon_domain::policy;
use etalon_domain::user::Language;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Frame;
use crate::i18n::{self, t, t_count, words};
use crate::query::{invalidate, use_query};
use crate::routes::paths;
use crate::session;
use crate::theme::{self, THEMES};
use crate::ui::{Avatar, Menu, MenuItem, MenuLink, icon};

/// Where the reader is, search, create, and the reader's own menu.
#[component]
pub(super) fn TopBar() -> impl IntoView {
    let frame = expect_context::<Frame>();
    let trail = move || {
        let trail = frame.trail.get();
        let last = trail.len().saturating_sub(1);
        trail
            .into_iter()
            .enumerate()
            .map(|(at, (name, href))| {
                let mark = (at > 0).then(|| icon!("chevron-right"));
                let name = match href {
                    Some(href) if at < last => view! { <a href=href>{name}</a> }.into_any(),
                    _ => view! { <span class="truncate" aria-current="page">{name}</span> }
                        .into_any(),
                };
                view! {
                    <li class:is-last=at == last>
                        {mark}
                        {name}
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <header class="top-bar">
            <nav class="trail" aria-label=t("you-are-here")>
                <ol>{trail}</ol>
            </nav>
            <button
                type="button"
                class="search-trigger"
                title=t("palette-open")
                aria-keyshortcuts="Control+K Meta+K"
                on:click=move |_| frame.palette.set(true)
            >
                {icon!("search")}
                <span class="search-trigger-text">{t("search")}</span>
                <kbd data-keys="⌘K"></kbd>
            </button>
            <CreateMenu />
            <Bell />
            <MeMenu />
        </header>
    }
}

/// How many notifications are unread, and the way to them.
#[component]
fn Bell() -> impl IntoView {
    let query = use_query(|| {
        Some(ListNotifications(NotificationFilter {
            unread: Some(true),
            limit: Some(1),
            totals: Some(true),
            cursor: None,
        }))
    });
    let timer =
        set_interval_with_handle(|| invalidate(&["notifications"]), Duration::from_secs(60));
    on_cleanup(move || {
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
    let count = Memo::new(move |_| {
        query
            .data
            .with(|page| page.as_ref()?.totals.as_ref().map(|totals| totals.count))
            .unwrap_or_default()
    });
    let label = move || t_count("notifications-unread", count.get());
    let mark = move || {
        let count = count.get();
        let text = if count > 99 {
            "99+".to_owned()
        } else {
            count.to_string()
        };
        (count > 0).then(|| view! { <span class="bell-count" aria-hidden="true">{text}</span> })
    };
    view! {
        <a href=paths::NOTIFICATIONS class="btn btn-ghost btn-square bell" aria-label=label title=label>
            {icon!("bell")}
            {mark}
        </a>
    }
}

#[component]
fn CreateMenu() -> impl IntoView {
    let trigger = view! {
        {icon!("plus")}
        <span class="max-sm:hidden">{t("create")}</span>
    }
    .into_any();
    session::may(policy::may_edit_base).then(|| {
        view! {
            <Menu label=t("create") class="btn btn-plain" end=true trigger>
                <MenuLink href=format!("{}?new=lead", paths::LEADS)>
                    {icon!("magnet")}
                    {t("create-lead")}
                </MenuLink>
                <MenuLink href=format!("{}?new=deal", paths::DEALS)>
                    {icon!("briefcase-business")}
                    {t("create-deal")}
                </MenuLink>
                <MenuLink href=format!("{}?new=activity", paths::MY_DAY)>
                    {icon!("calendar")}
                    {t("create-activity")}
                </MenuLink>
                <MenuLink href=format!("{}?new=account", paths::ACCOUNTS)>
                    {icon!("building-2")}
                    {t("create-account")}
                </MenuLink>
                <MenuLink href=format!("{}?new=contact", paths::CONTACTS)>
                    {icon!("user-plus")}
                    {t("create-contact")}
                </MenuLink>
            </Menu>
        }
    })
}

#[component]
fn MeMenu() -> impl IntoView {
    let me = session::me();
    let name = me
        .as_ref()
        .map(|me| me.user.name.clone())
        .unwrap_or_default();
    let role = me
        .as_ref()
        .map(|me| words::role(me.user.role))
        .unwrap_or_default();
    let chosen = RwSignal::new(theme::chosen());
    // The button has a name of its own.
    let trigger = view! {
        <span aria-hidden="true">
            <Avatar name=name.clone() />
        </span>
    }
    .into_any();
    view! {
        <Menu label=t("me") class="me-trigger" end=true trigger>
            <div class="menu-head">
                <span class="block truncate font-medium">{name.clone()}</span>
                <span class="block truncate text-soft">{role.clone()}</span>
            </div>
            <MenuLink href=paths::SETTINGS.to_owned()>
                {icon!("user-round")}
                {t("me-profile")}
            </MenuLink>
            <div class="menu-line" role="separator"></div>
            {[Language::En, Language::Ru]
                .into_iter()
                .map(|language| {
                    let is_chosen = i18n::language() == language;
                    view! {
                        <MenuItem
                            on_select=move |()| session::choose_language(language)
                            chosen=Signal::stored(is_chosen)
                        >
                            {icon!("languages")}
                            {name_of(language)}
                            {is_chosen.then(|| icon!("check"))}
                        </MenuItem>
                    }
                })
                .collect_view()}
            <div class="menu-line" role="separator"></div>
            {THEMES
                .into_iter()
                .map(|each| {
                    let picture = match each {
                        theme::Theme::System => icon!("monitor"),
                        theme::Theme::Light => icon!("sun"),
                        theme::Theme::Dark => icon!("moon"),
                    };
                    view! {
                        <MenuItem
                            on_select=move |()| {
                                theme::choose(each);
                                chosen.set(each);
                            }
                            chosen=Signal::derive(move || chosen.get() == each)
                        >
                            {picture}
                            {words::word("theme", each.as_str())}
                            {move || (chosen.get() == each).then(|| icon!("check"))}
                        </MenuItem>
                    }
                })
                .collect_view()}
            <div class="menu-line" role="separator"></div>
            <MenuItem on_select=|()| spawn_local(session::sign_out())>
                {icon!("log-out")}
                {t("sign-out")}
            </MenuItem>
        </Menu>
    }
}

/// The name of a language in that language.
fn name_of(language: Language) -> &'static str {
    match language {
        Language::En => "English",
        Language::Ru => "Русский",
    }
}

/// Two buttons that change the language, for those who are not signed in.
#[component]
pub fn LanguageSwitch() -> impl IntoView {
    view! {
        <div class="language-switch" role="group" aria-label=t("language")>
            {[Language::En, Language::Ru]
                .into_iter()
                .map(|language| {
                    let is_chosen = i18n::language() == language;
                    view! {
                        <button
                            type="button"
                            class="btn btn-ghost"
                            lang=language.as_str()
                            aria-pressed=is_chosen.to_string()
                            on:click=move |_| session::choose_language(language)
                        >
                            {name_of(language)}
                        </button>
                    }
                })
                .collect_view()}
        </div>
    }
}
