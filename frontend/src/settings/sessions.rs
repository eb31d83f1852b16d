use etalon_domain::auth::Session;
use etalon_domain::endpoint::{EndSession, ListSessions, SignOutEverywhere};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::i18n::{arguments, format, t, t_with};
use crate::query::{invalidate, use_query};
use crate::session;
use crate::ui::{Badge, Button, Confirm, ErrorState, Look, SkeletonRows, Tone, icon, toast};

/// Where the person is signed in, and how to end it.
#[component]
pub(super) fn SessionsCard() -> impl IntoView {
    let query = use_query(|| Some(ListSessions));
    let asking = RwSignal::new(false);
    let rows = move || {
        let sessions = query.data.get()?.items;
        Some(sessions.into_iter().map(row).collect_view())
    };
    let trouble = move || {
        let failure = query.failure.get()?;
        let retry = move |()| query.retry();
        Some(view! { <ErrorState failure on_retry=retry /> })
    };
    let everywhere = move |()| {
        asking.set(false);
        spawn_local(async {
            match api::call(SignOutEverywhere).await {
                Ok(()) => session::ended(),
                Err(failure) => toast::failed(&failure),
            }
        });
    };
    view! {
        <section class="card-box">
            <h2>{t("sessions-title")}</h2>
            <p class="text-soft card-lead">{t("sessions-text")}</p>
            <Show when=move || query.slow.get()>
                <SkeletonRows rows=2 />
            </Show>
            {trouble}
            <ul class="plain-list">{rows}</ul>
            <div class="card-foot">
                <Button look=Look::Plain on_press=move |()| asking.set(true)>
                    {icon!("log-out")}
                    {t("sign-out-everywhere")}
                </Button>
            </div>
        </section>
        <Show when=move || asking.get()>
            <Confirm
                title=t("sign-out-everywhere")
                text=t("sign-out-everywhere-text")
                confirm=t("sign-out-everywhere-confirm")
                on_confirm=everywhere
                on_close=move |()| asking.set(false)
            />
        </Show>
    }
    .into_any()
}

fn row(session: Session) -> AnyView {
    let device = device(session.user_agent.as_deref());
    let label = t_with("session-end", &arguments! { "device" => device.clone() });
    let used = t_with(
        "session-used",
        &arguments! { "when" => format::near_instant(session.last_used_at) },
    );
    let place = session.ip.map(|ip| format!(" · {ip}"));
    let id = session.id.to_string();
    let end = move |_| {
        let id = id.clone();
        spawn_local(async move {
            match api::call(EndSession(id)).await {
                Ok(()) => {
                    invalidate(&["auth"]);
                    toast::done(t("session-ended"));
                }
                Err(failure) => toast::failed(&failure),
            }
        });
    };
    view! {
        <li class="plain-row">
            {icon!("monitor")}
            <div class="min-w-0 flex-1">
                <p class="truncate font-medium">{device}</p>
                <p class="text-soft" title=format::instant(session.created_at)>
                    {used}
                    {place}
                </p>
            </div>
            {if session.current {
                view! { <Badge tone=Tone::Success>{t("session-current")}</Badge> }.into_any()
            } else {
                view! {
                    <button type="button" class="btn btn-ghost" aria-label=label on:click=end>
                        {t("sign-out")}
                    </button>
                }
                    .into_any()
            }}
        </li>
    }
    .into_any()
}

/// Browser and system in words, from what the browser calls itself.
fn device(agent: Option<&str>) -> String {
    let Some(agent) = agent else {
        return t("session-unknown");
    };
    // Every browser also claims to be older ones, so the order matters.
    let browsers = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("YaBrowser/", "Yandex Browser"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];
    let systems = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let find = |known: &[(&str, &'static str)]| {
        let found = known.iter().find(|(mark, _)| agent.contains(mark));
        found.map(|(_, name)| *name)
    };
    match (find(&browsers), find(&systems)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => agent.chars().take(60).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn a_browser_is_named_by_itself_and_its_system() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
        assert_eq!(device(Some(chrome)), "Chrome, Linux");
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(device(Some(phone)), "Safari, iPhone");
        assert_eq!(device(Some("etalon-client 1")), "etalon-client 1");
    }
}
