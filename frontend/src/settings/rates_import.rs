use etalon_domain::rate::RatesImported;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{File, FormData};

use super::rate_form::changed;
use crate::api;
use crate::i18n::{arguments, format, t, t_count, t_with};
use crate::ui::drop_zone::files_of;
use crate::ui::{Button, Dialog, Fact, Facts, Look, icon, text_fact, toast};

/// Takes the file of the European Central Bank as it is and says what came of it.
#[component]
pub(super) fn RatesImport() -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let busy = RwSignal::new(false);
    let outcome = RwSignal::new(None::<RatesImported>);
    let take = move |_| {
        let Some(input) = input.get_untracked() else {
            return;
        };
        let file = files_of(input.files()).into_iter().next();
        input.set_value("");
        if let Some(file) = file {
            busy.set(true);
            spawn_local(async move {
                let answer = send(&file).await;
                busy.try_set(false);
                match answer {
                    Ok(imported) => {
                        changed();
                        outcome.try_set(Some(imported));
                    }
                    Err(failure) => toast::failed(&failure),
                }
            });
        }
    };
    let press = move |()| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    view! {
        <Button busy on_press=press>
            {icon!("file-up")}
            {t("rates-import")}
        </Button>
        <input
            node_ref=input
            type="file"
            class="hidden"
            accept=".csv,text/csv"
            aria-label=t("rates-import")
            tabindex="-1"
            on:change=take
        />
        {move || {
            outcome
                .get()
                .map(|imported| {
                    view! { <Result imported on_close=move |()| outcome.set(None) /> }
                })
        }}
    }
    .into_any()
}

async fn send(file: &File) -> Result<RatesImported, api::Failure> {
    let form = FormData::new().map_err(|_| api::Failure::Unreadable)?;
    form.append_with_blob_and_filename("file", file, &file.name())
        .map_err(|_| api::Failure::Unreadable)?;
    api::upload("/exchange-rates/import", form).await
}

#[component]
fn Result(imported: RatesImported, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let number = |count: u64| format::number(i64::try_from(count).unwrap_or(i64::MAX));
    let span = imported
        .first_on
        .zip(imported.last_on)
        .map(|(first, last)| {
            let (first, last) = (format::day(first), format::day(last));
            t_with(
                "rates-import-span",
                &arguments! { "first" => first, "last" => last },
            )
        });
    let skipped = (!imported.skipped_columns.is_empty()).then(|| {
        let names = imported.skipped_columns.join(", ");
        view! {
            <p class="card-foot">
                {t_with("rates-import-skipped", &arguments! { "names" => names })}
            </p>
        }
    });
    let revalued = i64::try_from(imported.revalued_deals).unwrap_or(i64::MAX);
    view! {
        <Dialog title=t("rates-imported") on_close>
            <div class="dialog-body">
                <p class="card-lead">{span}</p>
                <Facts>
                    <Fact
                        label=t("rates-created")
                        value=text_fact(Some(number(imported.created)))
                    />
                    <Fact
                        label=t("rates-updated")
                        value=text_fact(Some(number(imported.updated)))
                    />
                    <Fact
                        label=t("rates-unchanged")
                        value=text_fact(Some(number(imported.unchanged)))
                    />
                    <Fact
                        label=t("rates-missing")
                        value=text_fact(Some(number(imported.missing)))
                    />
                </Facts>
                {skipped}
                <p class="card-foot">{t_count("rates-revalued", revalued)}</p>
            </div>
            <footer class="dialog-foot">
                <Button look=Look::Primary on_press=move |()| on_close.run(())>
                    {t("close")}
                </Button>
            </footer>
        </Dialog>
    }
    .into_any()
}
