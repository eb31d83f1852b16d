use etalon_domain::account::AccountFilter;
use etalon_domain::contact::ContactFilter;
use etalon_domain::deal::DealFilter;
use etalon_domain::endpoint::to_query;
use etalon_domain::id::ImportId;
use etalon_domain::import::{Import, ImportKind, ImportReport, KindReport};
use etalon_domain::lead::LeadFilter;
use leptos::prelude::*;

use super::wording;
use crate::deals::RegistryState;
use crate::i18n::{arguments, format, t, t_with};
use crate::routes::paths;
use crate::ui::{LinkButton, Look, TableFrame, icon};

/// What the last run did, or would have done, kind by kind.
pub(super) fn report(import: &Import, report: &ImportReport) -> AnyView {
    let title = if report.dry_run {
        t("import-report-dry")
    } else {
        t("import-report")
    };
    let text = if report.dry_run {
        t("import-report-dry-text")
    } else {
        let seconds = format::decimal(report.milliseconds as f64 / 1000.0, 1);
        t_with("import-report-text", &arguments! { "seconds" => seconds })
    };
    let rows = report.kinds.iter().map(line).collect_view();
    let also = (!report.also_created.is_empty()).then(|| {
        let parts: Vec<String> = report
            .also_created
            .iter()
            .map(|each| {
                let count = format::number(each.count);
                format!("{} — {count}", wording::record(each.record))
            })
            .collect();
        view! {
            <p class="card-foot">{t("import-also-created")} " " {parts.join(", ")}</p>
        }
    });
    let links = (!report.dry_run).then(|| links(&import.id, report));
    let name = title.clone();
    view! {
        <section class="card-box" aria-label=name>
            <h2>{title}</h2>
            <p class="text-soft card-lead">{text}</p>
            <TableFrame label=t("import-report")>
                <thead>
                    <tr>
                        <th scope="col">{t("column-kind")}</th>
                        {head("column-rows")} {head("column-created")} {head("column-updated-rows")}
                        {head("column-unchanged")} {head("column-superseded")} {head("column-failed")}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </TableFrame>
            {also}
            {links}
        </section>
    }
    .into_any()
}

fn head(label: &str) -> AnyView {
    view! {
        <th scope="col" class="cell-number">
            {t(label)}
        </th>
    }
    .into_any()
}

fn line(kind: &KindReport) -> AnyView {
    let number = |count: i64| {
        view! {
            <td class="cell-number" class:text-faint=count == 0>
                {format::number(count)}
            </td>
        }
    };
    let has_failed = kind.failed > 0;
    view! {
        <tr>
            <th scope="row">{wording::kind(kind.kind)}</th>
            {number(kind.rows)}
            {number(kind.created)}
            {number(kind.updated)}
            {number(kind.unchanged)}
            {number(kind.superseded)}
            <td class="cell-number" class:is-past=has_failed class:text-faint=!has_failed>
                {format::number(kind.failed)}
            </td>
        </tr>
    }
    .into_any()
}

/// Where the imported records are.
fn links(id: &ImportId, report: &ImportReport) -> AnyView {
    // Only what the import created bears its mark.
    let has = |kind: ImportKind| {
        let mut kinds = report.kinds.iter();
        kinds.any(|each| each.kind == kind && each.created > 0)
    };
    let import_id = Some(id.clone());
    let deals = has(ImportKind::Deals).then(|| {
        let filter = DealFilter {
            import_id: import_id.clone(),
            ..DealFilter::default()
        };
        let href = RegistryState::of(filter).href();
        view! {
            <LinkButton href look=Look::Primary>
                {icon!("briefcase-business")}
                {t("import-show-deals")}
            </LinkButton>
        }
    });
    let leads = has(ImportKind::Leads).then(|| {
        let filter = LeadFilter {
            import_id: import_id.clone(),
            ..LeadFilter::default()
        };
        let href = format!("{}?status=all&{}", paths::LEADS, to_query(&filter));
        view! { <LinkButton href>{t("import-show-leads")}</LinkButton> }
    });
    let accounts = has(ImportKind::Accounts).then(|| {
        let filter = AccountFilter {
            import_id: import_id.clone(),
            ..AccountFilter::default()
        };
        let href = format!("{}?{}", paths::ACCOUNTS, to_query(&filter));
        view! { <LinkButton href>{t("import-show-accounts")}</LinkButton> }
    });
    let contacts = has(ImportKind::Contacts).then(|| {
        let filter = ContactFilter {
            import_id: import_id.clone(),
            ..ContactFilter::default()
        };
        let href = format!("{}?{}", paths::CONTACTS, to_query(&filter));
        view! { <LinkButton href>{t("import-show-contacts")}</LinkButton> }
    });
    let people = has(ImportKind::People).then(|| {
        view! { <LinkButton href=paths::PEOPLE.to_owned()>{t("import-show-people")}</LinkButton> }
    });
    view! { <div class="card-foot">{deals} {leads} {accounts} {contacts} {people}</div> }.into_any()
}
