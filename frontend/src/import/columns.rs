use etalon_domain::import::{
    DateOrder, DecimalMark, ImportColumn, ImportColumnDraft, ImportField, ImportFile, ImportKind,
};
use leptos::prelude::*;

use super::editing::Editing;
use super::wording;
use crate::i18n::{arguments, t, t_with, words};
use crate::ui::{Badge, Choice, TableFrame, Tone, icon};

/// By what amounts can be multiplied.
const SCALES: [(i64, &str); 3] = [
    (1, "import-scale-1"),
    (1_000, "import-scale-1000"),
    (1_000_000, "import-scale-1000000"),
];

/// The columns of a file: header, first values, the field to which each leads, and how its numbers
/// and dates are written.
#[component]
pub(super) fn ColumnTable(
    /// The import.
    editing: Editing,
    /// Place of the file in the import.
    index: usize,
    /// The file.
    file: Memo<Option<ImportFile>>,
) -> impl IntoView {
    let places = Memo::new(move |_| file.with(|f| f.as_ref().map_or(0, |f| f.columns.len())));
    let kind =
        Memo::new(move |_| file.with(|f| f.as_ref().map_or(ImportKind::Unknown, |f| f.kind)));
    let row = move |place: usize| {
        let column = Memo::new(move |_| {
            file.with(|f| f.as_ref().and_then(|f| f.columns.get(place).cloned()))
        });
        row(editing, index, place, column, kind)
    };
    view! {
        <h3 class="import-sub">{t("import-columns")}</h3>
        <TableFrame label=t("import-columns") stale=editing.saving>
            <thead>
                <tr>
                    <th scope="col">{t("column-header")}</th>
                    <th scope="col" class="max-lg:hidden">
                        {t("column-samples")}
                    </th>
                    <th scope="col">{t("column-target")}</th>
                    <th scope="col">{t("column-format")}</th>
                </tr>
            </thead>
            <tbody>
                <For each=move || 0..places.get() key=|place| *place children=row />
            </tbody>
        </TableFrame>
    }
    .into_any()
}

fn row(
    editing: Editing,
    index: usize,
    place: usize,
    column: Memo<Option<ImportColumn>>,
    kind: Memo<ImportKind>,
) -> AnyView {
    let header = move || column.with(|c| c.as_ref().map(|c| c.header.clone()).unwrap_or_default());
    let samples = move || {
        let samples = column.with(|c| c.as_ref().map(|c| c.samples.clone()));
        samples.unwrap_or_default().join(" · ")
    };
    let ambiguous = move || {
        column
            .with(|c| c.as_ref().is_some_and(|c| c.ambiguous))
            .then(|| {
                view! {
                    <span title=t("import-ambiguous-help")>
                        <Badge tone=Tone::Warning>
                            {icon!("triangle-alert")}
                            {t("import-ambiguous")}
                        </Badge>
                    </span>
                }
            })
    };
    let target = Memo::new(move |_| column.with(|c| c.as_ref().and_then(|c| c.field)));
    let choices = move || {
        let none = Choice::new("", t("import-column-skip"));
        let fields = kind.get().fields().iter();
        let fields = fields.map(|field| Choice::new(field.as_str(), wording::field(*field)));
        std::iter::once(none).chain(fields).collect::<Vec<_>>()
    };
    let set = move |text: String| {
        change(editing, index, place, move |draft| {
            draft.field = text.parse().ok();
            // The format is detected for the new field.
            (draft.decimal_mark, draft.date_order, draft.scale) = (None, None, None);
        });
    };
    let value = Signal::derive(move || target.get().map_or("", ImportField::as_str).to_owned());
    let label = move || t_with("import-target-of", &arguments! { "column" => header() });
    view! {
        <tr class:is-skipped=move || target.with(Option::is_none)>
            <th scope="row" class="cell-main">
                <span class="cell-title" title=header>
                    {header}
                </span>
                <span class="cell-under lg:hidden" title=samples>
                    {samples}
                </span>
            </th>
            <td class="cell-samples max-lg:hidden">
                <span title=samples>{samples}</span>
            </td>
            <td>{select(label, value, choices, set)}</td>
            <td>
                <span class="import-formats">
                    {formats(editing, index, place, column, target)} {ambiguous}
                </span>
            </td>
        </tr>
    }
    .into_any()
}

/// How the cells of a column are written, when that matters for its field.
fn formats(
    editing: Editing,
    index: usize,
    place: usize,
    column: Memo<Option<ImportColumn>>,
    target: Memo<Option<ImportField>>,
) -> AnyView {
    let part = move |get: fn(&ImportColumn) -> String| {
        Signal::derive(move || column.with(|c| c.as_ref().map(get).unwrap_or_default()))
    };
    let view = move || {
        let field = target.get()?;
        let mark = field.is_number().then(|| {
            let choices = DecimalMark::ALL.iter().map(|mark| {
                Choice::new(mark.as_str(), words::word("import-decimal", mark.as_str()))
            });
            let choices: Vec<_> = choices.collect();
            select(
                || t("import-decimal-mark"),
                part(|c| c.decimal_mark.map(|m| m.to_string()).unwrap_or_default()),
                move || choices.clone(),
                move |text| {
                    change(editing, index, place, move |draft| {
                        draft.decimal_mark = text.parse().ok();
                    });
                },
            )
        });
        let scale = field.is_money().then(|| {
            select(
                || t("import-scale"),
                part(|c| c.scale.to_string()),
                || {
                    let choices = SCALES.iter();
                    choices
                        .map(|(scale, label)| Choice::new(scale.to_string(), t(label)))
                        .collect()
                },
                move |text| {
                    change(editing, index, place, move |draft| {
                        draft.scale = text.parse().ok();
                    });
                },
            )
        });
        let order = field.is_date().then(|| {
            let choices = DateOrder::ALL.iter().map(|order| {
                Choice::new(order.as_str(), words::word("import-date", order.as_str()))
            });
            let choices: Vec<_> = choices.collect();
            select(
                || t("import-date-order"),
                part(|c| c.date_order.map(|o| o.to_string()).unwrap_or_default()),
                move || choices.clone(),
                move |text| {
                    change(editing, index, place, move |draft| {
                        draft.date_order = text.parse().ok();
                    });
                },
            )
        });
        Some(view! {
            {mark}
            {scale}
            {order}
        })
    };
    view.into_any()
}

fn change(
    editing: Editing,
    index: usize,
    place: usize,
    change: impl FnOnce(&mut ImportColumnDraft) + 'static,
) {
    editing.set_file(index, move |file| {
        if let Some(column) = file.columns.get_mut(place) {
            change(column);
        }
    });
}

/// A small select within a table, without a label of its own on the page.
pub(super) fn select(
    label: impl Fn() -> String + Send + Sync + 'static,
    value: Signal<String>,
    choices: impl Fn() -> Vec<Choice> + Send + Sync + 'static,
    set: impl Fn(String) + 'static,
) -> AnyView {
    let options = move || {
        choices()
            .into_iter()
            .map(|choice| {
                let own = choice.value.clone();
                view! {
                    <option value=choice.value selected=move || value.get() == own>
                        {choice.label}
                    </option>
                }
            })
            .collect_view()
    };
    view! {
        <select
            class="select select-inline"
            aria-label=label
            prop:value=move || value.get()
            on:change=move |event| set(event_target_value(&event))
        >
            {options}
        </select>
    }
    .into_any()
}
