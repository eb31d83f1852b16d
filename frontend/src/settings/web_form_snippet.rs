use etalon_domain::endpoint::BASE_PATH;
use etalon_domain::lead_form::LeadForm;
use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::i18n::t;
use crate::ui::{Button, Look, Panel, icon, toast};

/// What is put into a page of another site: the address of a form, and HTML to copy.
#[component]
pub(super) fn Snippet(
    /// The form.
    form: LeadForm,
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let origin = window().location().origin().unwrap_or_default();
    let address = format!("{origin}{BASE_PATH}/forms/{}", form.key);
    let html = html(&address);
    let copied = StoredValue::new(html.clone());
    let copy = move |()| {
        leptos::task::spawn_local(async move {
            let written = window()
                .navigator()
                .clipboard()
                .write_text(&copied.get_value());
            match JsFuture::from(written).await {
                Ok(_) => toast::done(t("web-form-copied")),
                Err(_) => toast::done(t("web-form-not-copied")),
            }
        });
    };
    view! {
        <Panel title=form.name on_close>
            <div class="dialog-body form-stack">
                <p>{t("web-form-snippet-text")}</p>
                <label class="field">
                    <span class="field-label">{t("web-form-address")}</span>
                    <input class="input" readonly prop:value=address />
                </label>
                <label class="field">
                    <span class="field-label">{t("web-form-html")}</span>
                    <textarea class="textarea snippet" readonly rows="16" data-autofocus="" prop:value=html></textarea>
                </label>
                <p class="field-help">{t("web-form-snippet-help")}</p>
            </div>
            <footer class="dialog-foot">
                <Button on_press=move |()| on_close.run(())>{t("close")}</Button>
                <Button look=Look::Primary on_press=copy>
                    {icon!("copy")}
                    {t("web-form-copy")}
                </Button>
            </footer>
        </Panel>
    }
    .into_any()
}

/// A plain form that works without any script. The last field is for robots only.
fn html(address: &str) -> String {
    let field = |label: &str, control: &str| format!("  <label>{} {control}</label>\n", t(label));
    let fields = [
        field(
            "lead-person",
            "<input name=\"person\" autocomplete=\"name\" required>",
        ),
        field(
            "field-company-name",
            "<input name=\"company\" autocomplete=\"organization\">",
        ),
        field(
            "field-email",
            "<input name=\"email\" type=\"email\" autocomplete=\"email\" required>",
        ),
        field(
            "field-phone",
            "<input name=\"phone\" type=\"tel\" autocomplete=\"tel\">",
        ),
        field("field-message", "<textarea name=\"message\"></textarea>"),
    ]
    .concat();
    format!(
        "<form action=\"{address}\" method=\"post\">\n{fields}  \
         <p hidden><input name=\"website\" tabindex=\"-1\" autocomplete=\"off\"></p>\n  \
         <button>{}</button>\n</form>\n",
        t("web-form-send")
    )
}
