use chrono::{DateTime, NaiveDate, Utc};
use etalon_domain::import::{ImportField, ImportFile, PreviewRow};
use etalon_domain::money::{Currency, Money};
use etalon_domain::stage::Stages;
use leptos::prelude::*;

use super::wording;
use crate::deals::use_stages;
use crate::i18n::{format, t, words};
use crate::records::or_dash;
use crate::ui::TableFrame;

/// How many rows are shown: enough to see what becomes of the columns.
const SHOWN: usize = 8;

/// The first rows of a file as they will be stored.
#[component]
pub(super) fn Preview(
    /// The file.
    file: Memo<Option<ImportFile>>,
) -> impl IntoView {
    let stages = use_stages();
    let shown = Memo::new(move |_| file.with(|f| f.as_ref().map(|f| (f.kind, f.preview.clone()))));
    let table = move || {
        let (kind, mut rows) = shown.get()?;
        rows.truncate(SHOWN);
        if rows.is_empty() {
            return None;
        }
        let fields: Vec<ImportField> = kind
            .fields()
            .iter()
            .copied()
            .filter(|field| {
                rows.iter()
                    .any(|row| row.values.iter().any(|v| v.field == *field))
            })
            .collect();
        let heads = fields
            .iter()
            .map(|field| {
                let class = if field.is_number() { "cell-number" } else { "" };
                view! {
                    <th scope="col" class=class>
                        {wording::field(*field)}
                    </th>
                }
            })
            .collect_view();
        let has_problems = rows.iter().any(|row| !row.problems.is_empty());
        let body = stages.with(|stages| {
            let rows = rows.into_iter();
            rows.map(|row| line(row, &fields, has_problems, stages))
                .collect_view()
        });
        Some(view! {
            <h3 class="import-sub">{t("import-preview")}</h3>
            <TableFrame label=t("import-preview")>
                <thead>
                    <tr>
                        <th scope="col">{t("column-row")}</th>
                        {has_problems.then(|| view! { <th scope="col">{t("column-remarks")}</th> })}
                        {heads}
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </TableFrame>
        })
    };
    table.into_any()
}

fn line(row: PreviewRow, fields: &[ImportField], has_problems: bool, stages: &Stages) -> AnyView {
    let remarks = row
        .problems
        .iter()
        .map(|problem| {
            view! {
                <span class="remark">
                    {wording::severity(problem.severity)}
                    <span>
                        {problem.column.clone().map(|column| format!("{column}: "))}
                        {wording::problem(problem)}
                    </span>
                </span>
            }
        })
        .collect_view();
    let cells = fields
        .iter()
        .map(|field| {
            let found = row.values.iter().find(|value| value.field == *field);
            let text = found.map(|value| value_text(*field, &value.value, stages));
            let class = if field.is_number() {
                "cell-number"
            } else {
                "cell-clip"
            };
            let exact = text.clone();
            view! {
                <td class=class title=exact>
                    {or_dash(text)}
                </td>
            }
        })
        .collect_view();
    view! {
        <tr>
            <th scope="row" class="font-normal text-faint tabular-nums">
                {row.row}
            </th>
            {has_problems.then(|| view! { <td>{remarks}</td> })}
            {cells}
        </tr>
    }
    .into_any()
}

/// An instant; noon UTC stands for a day without a time.
fn instant_text(at: DateTime<Utc>) -> String {
    let day = at.date_naive();
    if etalon_domain::time::noon(day) == at {
        format::day(day)
    } else {
        format::instant(at)
    }
}

/// `1054.00 USD` as the reader writes it.
fn money_text(value: &str) -> Option<String> {
    let (amount, code) = value.split_once(' ')?;
    let currency = Currency::from_code(code)?;
    Money::parse(amount, currency).ok().map(format::money)
}

fn value_text(field: ImportField, value: &str, stages: &Stages) -> String {
    let known = match field {
        ImportField::Stage => stages.get(value).map(words::stage),
        ImportField::AccountKind => Some(words::word("account-kind", value)),
        ImportField::Role => Some(words::word("role", value)),
        ImportField::DealType => Some(words::word("deal-type", value)),
        ImportField::Active if value == "true" => Some(t("yes")),
        ImportField::Active if value == "false" => Some(t("no")),
        _ if field.is_date() => match value.parse::<NaiveDate>() {
            Ok(day) => Some(format::day(day)),
            Err(_) => value.parse::<DateTime<Utc>>().ok().map(instant_text),
        },
        _ if field.is_money() => money_text(value),
        _ => None,
    };
    known.unwrap_or_else(|| value.to_owned())
}
