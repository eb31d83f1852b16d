use etalon_domain::auth::{DemoSignIn, SignIn};
use etalon_domain::endpoint::GetWelcome;
use etalon_domain::error::{ErrorCode, FieldError};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::i18n::t;
use crate::i18n::words::demo_role;
use crate::layout::LanguageSwitch;
use crate::session;
use crate::ui::{Avatar, Button, Form, Look, PasswordField, TextField, dom, icon};

#[derive(Clone, Default, PartialEq)]
struct Credentials {
    email: String,
    password: String,
}

/// Signs in; in a demo it offers the people of the demo company.
#[component]
pub fn SignInPage() -> impl IntoView {
    dom::set_title(&t("sign-in"));
    let welcome = RwSignal::new(None);
    spawn_local(async move {
        // Without an answer the page is the same, only without the demo's people.
        if let Ok(answer) = api::call_public(GetWelcome).await {
            welcome.try_set(Some(answer));
        }
    });
    let form = Form::new(Credentials::default());
    let email = form.field(
        "email",
        |c: &Credentials| c.email.clone(),
        |c, v| c.email = v,
    );
    let password = form.field("password", |c| c.password.clone(), |c, v| c.password = v);
    let check = |c: &Credentials| {
        let mut errors = Vec::new();
        if c.email.trim().is_empty() {
            errors.push(FieldError::required("email"));
        }
        if c.password.is_empty() {
            errors.push(FieldError::required("password"));
        }
        errors
    };
    let submit = move || {
        let send = |c: Credentials| {
            let email = c.email.trim().to_owned();
            session::sign_in(SignIn {
                email,
                password: c.password,
            })
        };
        form.submit(check, send, |()| {});
    };
    let trouble = move || {
        form.failure.get().map(|failure| {
            let text = match failure.code() {
                Some(ErrorCode::TooManyAttempts) => t("sign-in-throttled"),
                _ => failure.message(),
            };
            view! {
                <div class="notice notice-error" role="alert">
                    {icon!("circle-alert")}
                    <p>{text}</p>
                </div>
            }
        })
    };
    let demo = move || {
        let people = welcome.get().map(|w| w.demo_sign_ins).unwrap_or_default();
        (!people.is_empty()).then(|| {
            let rows = people
                .into_iter()
                .map(|person| demo_row(person, form, submit))
                .collect_view();
            view! {
                <section class="demo-people" aria-label=t("sign-in-demo")>
                    <h2>{t("sign-in-demo")}</h2>
                    <ul>{rows}</ul>
                </section>
            }
        })
    };
    view! {
        <div class="door">
            <header class="door-head">
                <LanguageSwitch />
            </header>
            <main class="door-card">
                <div class="door-brand">
                    <span class="brand-mark">{icon!("briefcase-business")}</span>
                    <span>"Etalon"</span>
                </div>
                <h1>{t("sign-in-title")}</h1>
                <form
                    class="form-stack"
                    novalidate
                    on:submit=move |event| {
                        event.prevent_default();
                        submit();
                    }
                >
                    {trouble}
                    <TextField bound=email label=t("field-email") kind="email" autocomplete="username" required=true autofocus=true />
                    <PasswordField bound=password label=t("field-password") />
                    <Button look=Look::Primary submit=true busy=form.busy>
                        {t("sign-in")}
                    </Button>
                </form>
                {demo}
            </main>
        </div>
    }
}

fn demo_row(
    person: DemoSignIn,
    form: Form<Credentials>,
    submit: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    let DemoSignIn {
        name,
        role,
        email,
        password,
    } = person;
    view! {
        <li>
            <button
                type="button"
                class="demo-person"
                on:click=move |_| {
                    form.draft.set(Credentials {
                        email: email.clone(),
                        password: password.clone(),
                    });
                    submit();
                }
            >
                <Avatar name=name.clone() />
                <span class="min-w-0 flex-1">
                    <span class="block truncate font-medium">{name}</span>
                    <span class="block truncate text-soft">{demo_role(role)}</span>
                </span>
            </button>
        </li>
    }
    .into_any()
}
