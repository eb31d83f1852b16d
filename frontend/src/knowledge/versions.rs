//! The published versions of a material, and how an earlier one reads.

use etalon_domain::endpoint::{GetMaterialVersion, ListMaterialVersions};
use etalon_domain::material::{Material, MaterialDraft, MaterialVersion};
use etalon_domain::page::Page;
use leptos::prelude::*;

use super::markdown::markdown;
use super::page::{may_change, save};
use crate::address::use_changes;
use crate::i18n::{arguments, format, t, t_with};
use crate::query::use_query;
use crate::records::answered;
use crate::ui::{Badge, Button, EmptyState, icon};

/// The published versions, each with a link to its text.
pub(super) fn versions(material: RwSignal<Material>) -> AnyView {
    let changes = use_changes();
    let id = material.with_untracked(|m| m.id.to_string());
    let query = use_query(move || Some(ListMaterialVersions(id.clone())));
    let row = move |version: MaterialVersion| {
        let number = version.number;
        // The material may be known anew after its versions.
        let is_newest = move || material.with(|material| material.number == number);
        let href = move || {
            let number = (!is_newest()).then(|| number.to_string());
            changes.href(&[("tab", None), ("version", number.as_deref())])
        };
        view! {
            <li>
                <a class="link" href=href>
                    {name_of(version.number)}
                </a>
                {move || is_newest().then(|| view! { <Badge>{t("material-newest")}</Badge> })}
                <span class="version-title">{version.content.title.clone()}</span>
                <span class="text-soft">{told(&version)}</span>
            </li>
        }
    };
    answered(query, 3, move |page: Page<MaterialVersion>| {
        if page.items.is_empty() {
            view! {
                <EmptyState
                    picture=icon!("history")
                    title=t("material-no-versions-title")
                    text=t("material-no-versions-text")
                />
            }
            .into_any()
        } else {
            let rows = page.items.into_iter().map(row).collect_view();
            view! { <ul class="version-list">{rows}</ul> }.into_any()
        }
    })
}

/// An earlier version, with a way to make it the present one again.
pub(super) fn old_version(material: RwSignal<Material>, number: i32) -> AnyView {
    let changes = use_changes();
    let id = material.with_untracked(|m| m.id.to_string());
    let query = use_query(move || {
        let id = id.clone();
        Some(GetMaterialVersion { id, number })
    });
    let busy = RwSignal::new(false);
    answered(query, 6, move |version: MaterialVersion| {
        let text = markdown(&version.content.body);
        let notice = t_with(
            "material-old",
            &arguments! { "version" => i64::from(number), "told" => told(&version) },
        );
        let title = version.content.title.clone();
        let content = StoredValue::new(version.content);
        let again = move |()| {
            let present = material.get_untracked();
            let draft = MaterialDraft {
                status: present.status,
                ..content.get_value()
            };
            save(&present, draft, busy, move || {
                changes.apply(&[("version", None)]);
            });
        };
        let may = material.with_untracked(may_change);
        view! {
            <div class="notice material-old">
                {icon!("history")}
                <p>{notice}</p>
                <div class="material-choose">
                    <a class="link" href=move || changes.href(&[("version", None)])>
                        {t("material-to-newest")}
                    </a>
                    {may
                        .then(|| {
                            view! {
                                <Button busy on_press=again>
                                    {t("material-again")}
                                </Button>
                            }
                        })}
                </div>
            </div>
            <h2 class="material-reading-title">{title}</h2>
            {text}
        }
        .into_any()
    })
}

fn name_of(number: i32) -> String {
    t_with(
        "file-version",
        &arguments! { "version" => i64::from(number) },
    )
}

/// Who published a version and when.
fn told(version: &MaterialVersion) -> String {
    let at = format::near_instant(version.created_at);
    match &version.created_by {
        Some(by) => format!("{}, {at}", by.name),
        None => at,
    }
}
