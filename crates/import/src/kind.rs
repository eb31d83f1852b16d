//! What the rows of a file are.

use etalon_domain::import::{ImportField, ImportKind};
use etalon_domain::text::normalize_name;

use crate::headers::meaning;

/// Words in the names of files, per kind.
const NAMES: [(ImportKind, &[&str]); 6] = [
    (
        ImportKind::People,
        &[
            "user",
            "people",
            "team",
            "employee",
            "agent",
            "сотрудник",
            "пользовател",
            "менеджер",
        ],
    ),
    (
        ImportKind::Products,
        &["product", "item", "товар", "продукт", "номенклатур"],
    ),
    (
        ImportKind::Accounts,
        &[
            "account",
            "compan",
            "organization",
            "компани",
            "контрагент",
            "клиент",
        ],
    ),
    (ImportKind::Contacts, &["contact", "person", "контакт"]),
    (ImportKind::Leads, LEAD),
    (
        ImportKind::Deals,
        &["deal", "opportunit", "pipeline", "сделк", "продаж"],
    ),
];

/// What a lead is called: nothing else tells a file of leads from one of contacts.
const LEAD: &[&str] = &["lead", "лид"];

/// Recognizes a file by its headers; its name decides between kinds that fit equally. A file that is
/// none of the kinds (a data dictionary, payments, a stage history) is `unknown`.
#[must_use]
pub fn detect(file_name: &str, headers: &[String]) -> ImportKind {
    let name = normalize_name(file_name);
    let mut best = (0.0, ImportKind::Unknown);
    for (kind, words) in NAMES {
        let Some(mut score) = score(kind, headers) else {
            continue;
        };
        if kind == ImportKind::Leads {
            let says_so = |text: &str| LEAD.iter().any(|word| normalize_name(text).contains(word));
            if !headers.iter().any(|header| says_so(header)) && !says_so(file_name) {
                continue;
            }
            score += 0.2;
        }
        if words.iter().any(|word| name.contains(word)) {
            score += 0.2;
        }
        if score > best.0 {
            best = (score, kind);
        }
    }
    best.1
}

/// The share of the headers that mean something for a kind; `None` when the file cannot be of it.
fn score(kind: ImportKind, headers: &[String]) -> Option<f64> {
    let first = headers.iter().find(|header| !header.is_empty())?;
    // A table that begins with the identifier of something else is a table of something else.
    if normalize_name(first).ends_with("id") && meaning(kind, first).is_none() {
        return None;
    }
    let mut found: Vec<ImportField> = Vec::new();
    for header in headers {
        if let Some((field, _)) = meaning(kind, header)
            && !found.contains(&field)
        {
            found.push(field);
        }
    }
    is_enough(kind, &found).then(|| found.len() as f64 / headers.len() as f64)
}

/// Whether the fields make records of a kind.
fn is_enough(kind: ImportKind, found: &[ImportField]) -> bool {
    use ImportField as F;
    let has = |field| found.contains(&field);
    let any = |fields: &[F]| fields.iter().any(|f| found.contains(f));
    let named = has(F::Name) || (has(F::FirstName) && has(F::LastName));
    match kind {
        ImportKind::People => {
            named && any(&[F::Manager, F::ManagerExternalId, F::Department, F::Role])
        }
        ImportKind::Products => has(F::Name) && any(&[F::Price, F::Category]),
        ImportKind::Accounts => {
            let marks = [
                F::TaxNumber,
                F::Industry,
                F::Website,
                F::Employees,
                F::AnnualRevenue,
                F::FoundedYear,
                F::Parent,
                F::City,
                F::Country,
                F::Address,
            ];
            has(F::Name) && any(&marks)
        }
        ImportKind::Contacts => {
            let reachable = any(&[F::Email, F::Phone]);
            named && reachable && any(&[F::Account, F::AccountExternalId, F::Position])
        }
        ImportKind::Deals => {
            let described = [F::Title, F::Amount, F::Account, F::Owner, F::ExternalId];
            has(F::Stage) && described.iter().filter(|f| has(**f)).count() >= 2
        }
        ImportKind::Leads => {
            let who = named || any(&[F::Account, F::FirstName, F::LastName, F::Email, F::Phone]);
            who && any(&[F::Title, F::Source, F::Email, F::Phone, F::Owner])
        }
        ImportKind::Unknown => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(headers: &str) -> ImportKind {
        let headers: Vec<String> = headers.split(',').map(str::to_owned).collect();
        detect("export.csv", &headers)
    }

    #[test]
    fn kinds_are_recognized_by_their_headers() {
        for (headers, expected) in [
            ("agent,manager,region", ImportKind::People),
            (
                "user_id,name,role,active,department,email",
                ImportKind::People,
            ),
            ("product,family,list price", ImportKind::Products),
            ("Артикул,Наименование,Цена", ImportKind::Products),
            ("company,industry,employees", ImportKind::Accounts),
            ("Название компании,ИНН,Город", ImportKind::Accounts),
            (
                "Account ID,First Name,Last Name,Email",
                ImportKind::Contacts,
            ),
            (
                "contact_id,company_id,name,phone,email",
                ImportKind::Contacts,
            ),
            (
                "Opportunity Name,Account Name,Stage,Amount,Close Date",
                ImportKind::Deals,
            ),
            ("ID,Название сделки,Этап сделки,Бюджет", ImportKind::Deals),
            (
                "Lead ID,First Name,Last Name,Company,Email,Lead Source,Lead Owner",
                ImportKind::Leads,
            ),
            (
                "Название лида,Имя,Фамилия,Компания,Телефон,Источник",
                ImportKind::Leads,
            ),
        ] {
            assert_eq!(kind(headers), expected, "{headers}");
        }
    }

    #[test]
    fn what_is_something_else_stays_unknown() {
        for headers in [
            "Table,Field,Description",
            "payment_id,deal_id,payment_date,amount,payment_type,status",
            "event_id,deal_id,old_stage,new_stage,changed_at",
            "deal_id,product_id,quantity,unit_price,discount",
            "pipeline_id,stage_id,stage_name,sort_order",
            "date,source,campaign,cost,currency",
            "",
        ] {
            assert_eq!(kind(headers), ImportKind::Unknown, "{headers}");
        }
    }
}
