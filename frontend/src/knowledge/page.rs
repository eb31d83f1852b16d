//! One material: read, its versions, its files, its history, how it was used.

use etalon_domain::endpoint::{GetRecord, Materials, Replace};
use etalon_domain::error::ErrorCode;
use etalon_domain::file::FileOwner;
use etalon_domain::material::{Material, MaterialDraft, MaterialStatus};
use etalon_domain::policy::{Access, material_access};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::KINDS;
use super::cards::{labels, language_name, state_mark, usage_text};
use super::editor::EditMaterial;
use super::markdown::markdown;
use super::versions::{old_version, versions};
use crate::address::{use_changes, use_go, use_value};
use crate::files::FileList;
use crate::i18n::{arguments, format, t, t_count, t_with};
use crate::query::{Query, invalidate};
use crate::records::{self, Section, person, record_page};
use crate::routes::paths;
use crate::ui::{Button, Fact, Facts, Look, Menu, MenuItem, Tab, Tabs, icon, text_fact, toast};
use crate::{api, deals, session};

/// The page of a material.
#[component]
pub(super) fn MaterialPage() -> impl IntoView {
    let section = Section {
        label: "nav-knowledge",
        href: paths::KNOWLEDGE,
    };
    record_page(
        section,
        GetRecord::<Materials>::new,
        |material| material.title.clone(),
        body,
    )
}

/// Whether the person who is signed in may change a material.
pub(super) fn may_change(material: &Material) -> bool {
    session::may(|actor| material_access(actor, material) == Access::Write)
}

fn body(material: RwSignal<Material>, _query: Query<Material>) -> AnyView {
    let editing = use_value("edit");
    let changes = use_changes();
    let is_editing =
        Memo::new(move |_| editing.with(Option::is_some) && material.with_untracked(may_change));
    let content = move || {
        if is_editing.get() {
            let material = material.get_untracked();
            let close = move |()| changes.apply(&[("edit", None)]);
            view! { <EditMaterial material on_close=close /> }.into_any()
        } else {
            reading(material)
        }
    };
    content.into_any()
}

fn reading(material: RwSignal<Material>) -> AnyView {
    let changes = use_changes();
    let (tab, number) = (use_value("tab"), use_value("version"));
    let busy = RwSignal::new(false);
    let id = material.with_untracked(|m| m.id.clone());
    let tab_link = move |name: Option<&'static str>, label: &'static str| {
        let href = Signal::derive(move || changes.href(&[("tab", name), ("version", None)]));
        let active = Signal::derive(move || tab.get().as_deref() == name);
        view! {
            <Tab href active>
                {t(label)}
            </Tab>
        }
    };
    let text = move || {
        let body = material.with(|m| m.body.clone());
        if body.trim().is_empty() {
            view! { <p class="text-faint">{t("material-no-text")}</p> }.into_any()
        } else {
            markdown(&body)
        }
    };
    let content = move || match tab.get().as_deref() {
        Some("files") => {
            let owner = FileOwner::Material(id.clone());
            let may_change = material.with_untracked(may_change);
            view! { <FileList owner may_change /> }.into_any()
        }
        Some("versions") => versions(material),
        Some("history") => deals::history::<Materials>(id.to_string()),
        _ => match number.get().and_then(|number| number.parse().ok()) {
            Some(number) => old_version(material, number),
            None => text.into_any(),
        },
    };
    view! {
        <div class="deal-page">
            {move || head(material.get(), busy)}
            <div class="deal-columns">
                <section class="deal-work" aria-label=t("material-work")>
                    <Tabs label=t("material-work")>
                        {tab_link(None, "material-text")} {tab_link(Some("files"), "files")}
                        {tab_link(Some("versions"), "tab-versions")}
                        {tab_link(Some("history"), "tab-history")}
                    </Tabs>
                    <div class="deal-tab">{content}</div>
                </section>
                <aside class="deal-aside" aria-label=t("material-facts")>
                    {move || facts(material.get())}
                </aside>
            </div>
        </div>
    }
    .into_any()
}

fn head(material: Material, busy: RwSignal<bool>) -> AnyView {
    let labels = labels(&material);
    let (title, summary, status) = (
        material.title.clone(),
        material.summary.clone(),
        material.status,
    );
    view! {
        <header class="deal-head">
            <div class="deal-head-main">
                <h1 class="record-title">{title} {state_mark(status)}</h1>
                {summary.map(|text| view! { <p class="material-summary">{text}</p> })}
                {labels}
            </div>
            {may_change(&material).then(|| actions(material, busy))}
        </header>
    }
    .into_any()
}

fn actions(material: Material, busy: RwSignal<bool>) -> AnyView {
    let (go, changes) = (use_go(), use_changes());
    let is_published = material.status == MaterialStatus::Published;
    let material = StoredValue::new(material);
    let become_ = move |status| {
        material.with_value(|m| {
            let draft = MaterialDraft {
                status,
                ..MaterialDraft::from(m)
            };
            save(m, draft, busy, || ());
        });
    };
    let publish = move || {
        view! {
            <Button
                look=Look::Primary
                busy
                on_press=move |()| become_(MaterialStatus::Published)
            >
                {t("material-publish")}
            </Button>
        }
    };
    let archive = move || {
        view! {
            <MenuItem on_select=move |()| become_(MaterialStatus::Archived)>
                {icon!("archive")} {t("material-archive")}
            </MenuItem>
        }
    };
    let remove = move |()| {
        material.with_value(|m| delete(m, move || go.to(paths::KNOWLEDGE)));
    };
    view! {
        <div class="page-actions">
            <Button on_press=move |()| {
                changes.apply(&[("edit", Some("1")), ("tab", None), ("version", None)]);
            }>{icon!("pencil")} {t("edit")}</Button>
            {(!is_published).then(publish)}
            <Menu label=t("more-actions") end=true trigger=icon!("ellipsis")>
                {is_published.then(archive)}
                <MenuItem on_select=remove>
                    <span class="menu-danger flex items-center gap-2">
                        {icon!("trash-2")} {t("delete")}
                    </span>
                </MenuItem>
            </Menu>
        </div>
    }
    .into_any()
}

fn facts(material: Material) -> AnyView {
    let used = material.usage.last_used_at.map(format::near_instant);
    let published = material.published_at.map(format::instant);
    let number = (material.number > 0).then(|| format::number(i64::from(material.number)));
    view! {
        <section class="card-box">
            <h2>{t("material-usage")}</h2>
            <p>{usage_text(material.usage)}</p>
            {used
                .map(|at| {
                    view! {
                        <Facts>
                            <Fact label=t("material-last-used") value=text_fact(Some(at)) />
                        </Facts>
                    }
                })}
        </section>
        <section class="card-box">
            <h2>{t("material-facts")}</h2>
            <Facts>
                <Fact label=t("field-author") value=Some(person(Some(material.author.name))) />
                <Fact
                    label=t("field-language")
                    value=text_fact(Some(language_name(&material.language)))
                />
                <Fact label=t("material-number") value=text_fact(number) />
                <Fact label=t("material-published-at") value=text_fact(published) />
                <Fact
                    label=t("fact-updated-at")
                    value=text_fact(Some(format::instant(material.updated_at)))
                />
                <Fact
                    label=t("files")
                    value=text_fact((material.files > 0).then(|| t_count("material-files", material.files)))
                />
            </Facts>
        </section>
    }
    .into_any()
}

/// Stores a form in the place of the present one. When somebody else was quicker, that is shown.
pub(super) fn save(
    material: &Material,
    draft: MaterialDraft,
    busy: RwSignal<bool>,
    done: impl Fn() + 'static,
) {
    if busy.get_untracked() {
        return;
    }
    busy.set(true);
    let text = match (material.status, draft.status) {
        (before, after) if before == after => "saved",
        (_, MaterialStatus::Published) => "material-published",
        (_, MaterialStatus::Archived) => "material-was-archived",
        (_, MaterialStatus::Draft) => "saved",
    };
    let replace = Replace::<Materials> {
        id: material.id.to_string(),
        version: Some(material.version),
        draft,
    };
    spawn_local(async move {
        let outcome = api::call(replace).await;
        busy.try_set(false);
        match outcome {
            Ok(_) => {
                invalidate(KINDS);
                toast::done(t(text));
                done();
            }
            Err(failure) => {
                toast::failed(&failure);
                if failure.is(ErrorCode::StaleVersion) {
                    invalidate(KINDS);
                }
            }
        }
    });
}

fn delete(material: &Material, done: impl Fn() + 'static) {
    let title = material.title.clone();
    records::delete::<Materials>(
        material.id.to_string(),
        t_with("material-deleted", &arguments! { "title" => title.clone() }),
        t_with("material-restored", &arguments! { "title" => title }),
        KINDS,
        done,
    );
}

/// Takes a material out of the bin, for whoever may.
pub(super) fn restore_button(material: &Material) -> Option<AnyView> {
    if !may_change(material) {
        return None;
    }
    let (id, title) = (material.id.to_string(), material.title.clone());
    let restore = move |()| {
        let text = t_with(
            "material-restored",
            &arguments! { "title" => title.clone() },
        );
        records::restore::<Materials>(id.clone(), text, KINDS);
    };
    Some(view! { <Button on_press=restore>{t("restore")}</Button> }.into_any())
}
