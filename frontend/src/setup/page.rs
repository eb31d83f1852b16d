use etalon_domain::auth::{AccessGranted, SetupDraft};
use etalon_domain::endpoint::SetUp;
use etalon_domain::error::{ErrorCode, FieldError, validate};
use etalon_domain::money::Currency;
use etalon_domain::user::Language;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::address::{use_go, use_value};
use crate::api;
use crate::i18n::{format, language, t};
use crate::layout::LanguageSwitch;
use crate::session;
use crate::settings::{currencies, languages};
use crate::ui::{
    Bound, Button, EmptyState, ErrorSummary, Form, LinkButton, Look, PasswordField, SelectField,
    TextField, TimeZoneField, dom, icon,
};

/// What is entered, as a form can hold it.
#[derive(Clone, PartialEq)]
struct Entered {
    token: String,
    company: String,
    base_currency: String,
    name: String,
    email: String,
    password: String,
    language: Language,
    time_zone: String,
}

impl Entered {
    fn draft(&self) -> Option<SetupDraft> {
        Some(self.draft_in(Currency::from_code(&self.base_currency)?))
    }

    fn draft_in(&self, base_currency: Currency) -> SetupDraft {
        SetupDraft {
            token: self.token.clone(),
            company: self.company.trim().to_owned(),
            base_currency,
            name: self.name.trim().to_owned(),
            email: self.email.trim().to_owned(),
            password: self.password.clone(),
            language: self.language,
            time_zone: self.time_zone.clone(),
        }
    }

    fn errors(&self) -> Vec<FieldError> {
        const ORDER: [&str; 7] = [
            "company",
            "base_currency",
            "name",
            "email",
            "password",
            "language",
            "time_zone",
        ];
        let currency = Currency::from_code(&self.base_currency);
        // Without a currency the other fields are checked all the same, in any.
        let Some(any) = currency.or_else(|| Currency::from_code("USD")) else {
            return Vec::new();
        };
        let draft = self.draft_in(any);
        let mut errors = validate(&draft);
        if currency.is_none() {
            errors.push(FieldError::required("base_currency"));
        }
        if draft.email.is_empty() {
            errors.retain(|error| error.field != "email");
            errors.push(FieldError::required("email"));
        }
        errors.sort_by_key(|error| ORDER.iter().position(|name| *name == error.field));
        errors
    }
}

/// Creates the company and its first administrator, who is signed in after it.
#[component]
pub fn SetUpPage() -> impl IntoView {
    dom::set_title(&t("setup-title"));
    let token = use_value("token").get_untracked().unwrap_or_default();
    let content = if token.is_empty() {
        without_token()
    } else {
        view! { <SetUpForm token /> }.into_any()
    };
    view! {
        <div class="door">
            <header class="door-head">
                <LanguageSwitch />
            </header>
            <main class="door-card door-wide">
                <div class="door-brand">
                    <span class="brand-mark">{icon!("briefcase-business")}</span>
                    <span>"Etalon"</span>
                </div>
                {content}
            </main>
        </div>
    }
    .into_any()
}

fn without_token() -> AnyView {
    view! {
        <EmptyState
            picture=icon!("link-2-off")
            title=t("setup-no-token-title")
            text=t("setup-no-token-text")
        >
            <LinkButton href="/".to_owned()>{t("sign-in")}</LinkButton>
        </EmptyState>
    }
    .into_any()
}

#[component]
fn SetUpForm(token: String) -> impl IntoView {
    let form = Form::new(Entered {
        token,
        company: String::new(),
        base_currency: String::new(),
        name: String::new(),
        email: String::new(),
        password: String::new(),
        language: language(),
        time_zone: format::browser_time_zone(),
    });
    form.call("name", "setup-name");
    form.call("base_currency", "setup-currency");
    form.call("company", "setup-company");
    form.call("password", "field-password");
    let go = use_go();
    let submit = move || {
        let send = |entered: Entered| async move {
            match entered.draft() {
                Some(draft) => api::call_public(SetUp(draft)).await,
                None => Err(api::Failure::Unreadable),
            }
        };
        form.submit(Entered::errors, send, move |granted: AccessGranted| {
            go.replace("/");
            spawn_local(async move {
                if let Err(failure) = session::accept(&granted).await {
                    form.failure.try_set(Some(failure));
                }
            });
        });
    };
    let is_used = move || {
        let is_used = form
            .failure
            .with(|f| f.as_ref().is_some_and(|f| f.is(ErrorCode::SetupDone)));
        is_used.then(|| {
            view! { <LinkButton href="/".to_owned()>{t("sign-in")}</LinkButton> }
        })
    };
    view! {
        <h1>{t("setup-title")}</h1>
        <p class="text-soft card-lead">{t("setup-text")}</p>
        <form
            class="form-stack"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                submit();
            }
        >
            <ErrorSummary form />
            {is_used}
            {fields(form)}
            <Button look=Look::Primary submit=true busy=form.busy>
                {t("setup-submit")}
            </Button>
        </form>
    }
    .into_any()
}

fn fields(form: Form<Entered>) -> AnyView {
    type Text = (fn(&Entered) -> String, fn(&mut Entered, String));
    let text = |name: &'static str, (get, set): Text| form.field(name, get, set);
    let company = text("company", (|e| e.company.clone(), |e, v| e.company = v));
    let currency = text(
        "base_currency",
        (|e| e.base_currency.clone(), |e, v| e.base_currency = v),
    );
    let name = text("name", (|e| e.name.clone(), |e, v| e.name = v));
    let email = text("email", (|e| e.email.clone(), |e, v| e.email = v));
    let password = text("password", (|e| e.password.clone(), |e, v| e.password = v));
    let zone = text(
        "time_zone",
        (|e| e.time_zone.clone(), |e, v| e.time_zone = v),
    );
    let spoken = Bound::at_once(
        "language",
        form.id_of("language"),
        Signal::derive(move || form.draft.with(|e| e.language.to_string())),
        move |text: String| {
            let language = text.parse().unwrap_or(Language::En);
            form.draft.update(|entered| entered.language = language);
        },
    );
    view! {
        <fieldset class="form-group">
            <legend class="group-title">{t("setup-group-company")}</legend>
            <TextField
                bound=company
                label=t("setup-company")
                autocomplete="organization"
                required=true
                autofocus=true
            />
            <SelectField
                bound=currency
                label=t("setup-currency")
                choices=currencies(true)
                help=t("setup-currency-help")
                required=true
            />
        </fieldset>
        <fieldset class="form-group">
            <legend class="group-title">{t("setup-group-you")}</legend>
            <TextField bound=name label=t("setup-name") autocomplete="name" required=true />
            <TextField
                bound=email
                label=t("field-email")
                kind="email"
                autocomplete="username"
                required=true
            />
            <PasswordField
                bound=password
                label=t("field-password")
                help=t("password-help")
                autocomplete="new-password"
            />
            <div class="form-pair">
                <SelectField bound=spoken label=t("field-language") choices=languages() />
                <TimeZoneField bound=zone label=t("field-time-zone") />
            </div>
        </fieldset>
    }
    .into_any()
}
