use etalon_domain::auth::PasswordChange;
use etalon_domain::endpoint::ChangePassword;
use etalon_domain::error::{FieldError, validate};
use leptos::prelude::*;

use crate::api;
use crate::i18n::t;
use crate::query::invalidate;
use crate::ui::{Button, ErrorSummary, Form, PasswordField, toast};

#[derive(Clone, Default, PartialEq)]
struct Passwords {
    current: String,
    new: String,
}

impl Passwords {
    fn change(&self) -> PasswordChange {
        PasswordChange {
            current_password: self.current.clone(),
            new_password: self.new.clone(),
        }
    }
}

fn check(passwords: &Passwords) -> Vec<FieldError> {
    let mut errors = validate(&passwords.change());
    if passwords.current.is_empty() {
        errors.insert(0, FieldError::required("current_password"));
    }
    errors
}

/// Changes the own password. All other sessions end with it.
#[component]
pub(super) fn PasswordCard() -> impl IntoView {
    let form = Form::new(Passwords::default());
    let current = form.field(
        "current_password",
        |p: &Passwords| p.current.clone(),
        |p, v| p.current = v,
    );
    let new = form.field(
        "new_password",
        |p: &Passwords| p.new.clone(),
        |p, v| p.new = v,
    );
    let submit = move || {
        let send = |passwords: Passwords| api::call(ChangePassword(passwords.change()));
        form.submit(check, send, move |()| {
            form.settle(Passwords::default());
            invalidate(&["auth"]);
            toast::done(t("password-changed"));
        });
    };
    view! {
        <section class="card-box">
            <h2>{t("password-title")}</h2>
            <form
                class="form-stack"
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    submit();
                }
            >
                <ErrorSummary form />
                <PasswordField bound=current label=t("field-current-password") />
                <PasswordField
                    bound=new
                    label=t("field-new-password")
                    help=t("password-help")
                    autocomplete="new-password"
                />
                <div>
                    <Button submit=true busy=form.busy>
                        {t("password-change")}
                    </Button>
                </div>
            </form>
        </section>
    }
    .into_any()
}
