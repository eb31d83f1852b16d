use etalon_domain::import::{Delimiter, ImportFile, ImportKind, TextEncoding};
use leptos::prelude::*;

use super::columns::ColumnTable;
use super::editing::Editing;
use super::preview::Preview;
use super::wording;
use crate::i18n::{format, t, t_count, words};
use crate::ui::{Badge, Bound, Choice, SelectField, Tone, icon};

/// One file: what its rows are, how it is written, where its columns lead, and its first rows.
#[component]
pub(super) fn FileCard(
    /// The import.
    editing: Editing,
    /// Place of the file in the import.
    index: usize,
) -> impl IntoView {
    let file = Memo::new(move |_| editing.import.with(|i| i.files.get(index).cloned()));
    let part = move |get: fn(&ImportFile) -> String| {
        Signal::derive(move || file.with(|f| f.as_ref().map(get).unwrap_or_default()))
    };
    let name = part(|file| file.name.clone());
    let facts = part(|file| format!("{} · {}", t_count("rows-count", file.rows), size(file.size)));
    let is_unknown =
        Memo::new(move |_| file.with(|f| f.as_ref().is_none_or(|f| f.kind == ImportKind::Unknown)));
    let kind_mark = move || {
        file.with(|f| f.as_ref().map(|f| f.kind)).map(|kind| {
            let tone = if kind == ImportKind::Unknown {
                Tone::Warning
            } else {
                Tone::Info
            };
            view! { <Badge tone>{wording::kind(kind)}</Badge> }
        })
    };
    let problems = move || {
        let problems = file.with(|f| f.as_ref().map(|f| f.problems.clone()))?;
        (!problems.is_empty()).then(|| {
            let rows = problems
                .iter()
                .map(|problem| {
                    view! {
                        <li>
                            {wording::severity(problem.severity)}
                            <span>
                                {problem.column.clone().map(|column| format!("{column}: "))}
                                {wording::problem(problem)}
                                {problem.value.clone().map(|value| format!(" ({value})"))}
                            </span>
                        </li>
                    }
                })
                .collect_view();
            view! { <ul class="problem-list">{rows}</ul> }
        })
    };
    view! {
        <section class="card-box import-file" aria-label=move || name.get()>
            <header class="import-file-head">
                {icon!("file-text")}
                <div class="min-w-0 flex-1">
                    <h2 class="truncate">{name}</h2>
                    <p class="text-soft">{facts}</p>
                </div>
                {kind_mark}
            </header>
            <div class="import-format">{selects(editing, index, file)}</div>
            {problems}
            <Show
                when=move || !is_unknown.get()
                fallback=|| view! { <p class="text-soft">{t("import-left-out")}</p> }
            >
                <ColumnTable editing index file />
                <Preview file />
            </Show>
        </section>
    }
    .into_any()
}

fn selects(editing: Editing, index: usize, file: Memo<Option<ImportFile>>) -> AnyView {
    let value = move |get: fn(&ImportFile) -> String| {
        Signal::derive(move || file.with(|f| f.as_ref().map(get).unwrap_or_default()))
    };
    let kind = Bound::at_once(
        "kind",
        format!("file{index}-kind"),
        value(|file| file.kind.to_string()),
        move |text: String| {
            editing.set_file(index, move |draft| {
                draft.kind = text.parse().unwrap_or(ImportKind::Unknown);
            });
        },
    );
    let encoding = Bound::at_once(
        "encoding",
        format!("file{index}-encoding"),
        value(|file| file.encoding.to_string()),
        move |text: String| {
            editing.set_file(index, move |draft| {
                draft.encoding = text.parse().unwrap_or(draft.encoding);
            });
        },
    );
    let delimiter = Bound::at_once(
        "delimiter",
        format!("file{index}-delimiter"),
        value(|file| file.delimiter.to_string()),
        move |text: String| {
            editing.set_file(index, move |draft| {
                draft.delimiter = text.parse().unwrap_or(draft.delimiter);
            });
        },
    );
    let kinds = ImportKind::ALL
        .iter()
        .map(|kind| Choice::new(kind.as_str(), wording::kind(*kind)));
    let encodings = TextEncoding::ALL
        .iter()
        .map(|encoding| Choice::new(encoding.as_str(), encoding.as_str().to_uppercase()));
    let delimiters = Delimiter::ALL.iter().map(|delimiter| {
        let name = words::word("import-delimiter", delimiter.as_str());
        Choice::new(delimiter.as_str(), name)
    });
    let kinds: Vec<_> = kinds.collect();
    let encodings: Vec<_> = encodings.collect();
    let delimiters: Vec<_> = delimiters.collect();
    view! {
        <SelectField bound=kind label=t("import-file-kind") choices=kinds />
        <SelectField bound=encoding label=t("import-encoding") choices=encodings />
        <SelectField bound=delimiter label=t("import-delimiter") choices=delimiters />
    }
    .into_any()
}

/// A size of a file in words.
fn size(bytes: i64) -> String {
    let kilobytes = bytes as f64 / 1024.0;
    if kilobytes < 1024.0 {
        format!(
            "{}\u{a0}{}",
            format::decimal(kilobytes.max(0.1), 1),
            t("kilobytes")
        )
    } else {
        format!(
            "{}\u{a0}{}",
            format::decimal(kilobytes / 1024.0, 1),
            t("megabytes")
        )
    }
}
