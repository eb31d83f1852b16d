//! How the product reaches the reader: by e-mail, and through a calendar of another program.

use etalon_domain::auth::PreferencesDraft;
use etalon_domain::endpoint::{
    DeleteCalendarLink, Endpoint, GetCalendarLink, GetPreferences, RenewCalendarLink,
    ReplacePreferences,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::i18n::t;
use crate::query::{invalidate, use_query};
use crate::ui::{Bound, Button, Checkbox, icon, toast};

fn send<E: Endpoint + 'static>(endpoint: E) {
    spawn_local(async move {
        match api::call(endpoint).await {
            Ok(_) => toast::done(t("saved")),
            Err(failure) => toast::failed(&failure),
        }
        invalidate(&["me"]);
    });
}

/// The card of the profile.
#[component]
pub(super) fn ReachCard() -> impl IntoView {
    let preferences = use_query(|| Some(GetPreferences));
    let link = use_query(|| Some(GetCalendarLink));
    let wanted = Signal::derive(move || preferences.data.get().is_none_or(|p| p.mail));
    let bound = Bound::at_once("mail", "preferences-mail", wanted, |mail| {
        send(ReplacePreferences(PreferencesDraft { mail }));
    });
    let mail_off = move || {
        let off = preferences.data.get().is_some_and(|p| !p.mail_available);
        off.then(|| view! { <p class="field-help">{t("mail-off")}</p> })
    };
    let url = move || link.data.get().and_then(|link| link.url);
    let content = move || match url() {
        Some(url) => view! {
            {link_input(url)}
            <div class="flex flex-wrap gap-2">
                <Button on_press=|()| send(RenewCalendarLink)>
                    {icon!("rotate-cw")} {t("calendar-link-renew")}
                </Button>
                <Button on_press=|()| send(DeleteCalendarLink)>
                    {icon!("trash-2")} {t("calendar-link-remove")}
                </Button>
            </div>
        }
        .into_any(),
        None => view! {
            <div>
                <Button on_press=|()| send(RenewCalendarLink)>
                    {icon!("calendar")} {t("calendar-link-make")}
                </Button>
            </div>
        }
        .into_any(),
    };
    view! {
        <section class="card-box">
            <h2>{t("settings-notifications")}</h2>
            <div class="form-stack card-form">
                <Checkbox bound label=t("mail-wanted") /> {mail_off}
                <div class="field">
                    <label class="field-label" for="calendar-link">{t("calendar-link")}</label>
                    {content}
                    <p class="field-help">{t("calendar-link-help")}</p>
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn link_input(url: String) -> AnyView {
    let select =
        |event: leptos::ev::FocusEvent| event_target::<web_sys::HtmlInputElement>(&event).select();
    view! {
        <input
            id="calendar-link"
            type="text"
            class="input"
            readonly=true
            prop:value=url
            on:focus=select
        />
    }
    .into_any()
}
