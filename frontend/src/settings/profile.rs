use etalon_domain::auth::{Me, ProfileDraft};
use etalon_domain::endpoint::UpdateProfile;
use etalon_domain::error::validate;
use etalon_domain::user::Language;
use leptos::prelude::*;

use super::frame::SettingsHead;
use super::password::PasswordCard;
use super::reach::ReachCard;
use super::sessions::SessionsCard;
use crate::api;
use crate::i18n::{t, words};
use crate::query::invalidate;
use crate::routes::paths;
use crate::session;
use crate::ui::{
    Button, Choice, ErrorSummary, Fact, Facts, Form, Look, SelectField, TextField, TimeZoneField,
    text_fact, toast,
};

/// The own profile: name, language, time zone, password, sessions.
#[component]
pub fn ProfilePage() -> impl IntoView {
    view! {
        <SettingsHead path=paths::SETTINGS />
        <div class="settings-body settings-cards">
            {session::me().map(|me| view! { <ProfileCard me /> })} <ReachCard /> <PasswordCard /> <SessionsCard />
        </div>
    }
    .into_any()
}

#[component]
fn ProfileCard(me: Me) -> impl IntoView {
    let form = Form::new(ProfileDraft {
        name: me.user.name.clone(),
        language: me.user.language,
        time_zone: me.user.time_zone.clone(),
    });
    form.call("name", "field-person-name");
    let name = form.field("name", |d: &ProfileDraft| d.name.clone(), |d, v| d.name = v);
    let language = language_field(form, |d| d.language, |d, language| d.language = language);
    let zone = form.field(
        "time_zone",
        |d: &ProfileDraft| d.time_zone.clone(),
        |d, v| d.time_zone = v,
    );
    let submit = move || {
        let send = |draft| api::call(UpdateProfile(draft));
        form.submit(validate, send, |me: Me| {
            invalidate(&["users", "deals", "accounts", "contacts"]);
            toast::done(t("saved"));
            session::signed_in(me);
        });
    };
    let user = me.user;
    view! {
        <section class="card-box">
            <h2>{t("settings-profile")}</h2>
            <Facts>
                <Fact label=t("field-email") value=text_fact(user.email) />
                <Fact label=t("field-role") value=text_fact(Some(words::role(user.role))) />
                <Fact label=t("field-department-id") value=text_fact(user.department_name) />
            </Facts>
            <form
                class="form-stack card-form"
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    submit();
                }
            >
                <ErrorSummary form />
                <TextField
                    bound=name
                    label=t("field-person-name")
                    autocomplete="name"
                    required=true
                />
                <div class="form-pair">
                    <SelectField bound=language label=t("field-language") choices=languages() />
                    <TimeZoneField bound=zone label=t("field-time-zone") />
                </div>
                <div>
                    <Button look=Look::Primary submit=true busy=form.busy>
                        {t("save")}
                    </Button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

/// The languages, each by its own name.
pub fn languages() -> Vec<Choice> {
    vec![
        Choice::new(Language::En.as_str(), "English"),
        Choice::new(Language::Ru.as_str(), "Русский"),
    ]
}

/// The language of a draft as a field of its form.
pub fn language_field<D: Clone + PartialEq + Send + Sync>(
    form: Form<D>,
    get: fn(&D) -> Language,
    set: fn(&mut D, Language),
) -> crate::ui::Bound<String> {
    let plain = form.field("language", |_| String::new(), |_, _| {});
    crate::ui::Bound {
        get: Signal::derive(move || form.draft.with(get).to_string()),
        set: Callback::new(move |text: String| {
            let language = text.parse().unwrap_or(Language::En);
            form.draft.update(|draft| set(draft, language));
        }),
        ..plain
    }
}
