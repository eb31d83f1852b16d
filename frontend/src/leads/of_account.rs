use etalon_domain::endpoint::{Leads, List};
use etalon_domain::id::AccountId;
use etalon_domain::lead::{Lead, LeadFilter};
use etalon_domain::page::Any;
use leptos::html;
use leptos::prelude::*;

use super::cells::{bant_marks, status_mark};
use crate::address::{Go, use_go};
use crate::i18n::{format, t};
use crate::query::use_pages;
use crate::records::{ListBody, person, status_of};
use crate::routes::paths;
use crate::ui::{EmptyState, LoadMore, TableFrame, icon, open_row, walk_rows};

/// The leads of an account, closed ones too.
#[component]
pub fn LeadsOf(
    /// The account.
    account: AccountId,
) -> impl IntoView {
    let go = use_go();
    let pages = use_pages(move |cursor, limit| {
        List::<Leads>(LeadFilter {
            account_id: Any::one(account.clone()),
            limit: Some(limit),
            cursor,
            ..LeadFilter::default()
        })
    });
    let body = NodeRef::<html::Tbody>::new();
    let empty = || {
        view! {
            <EmptyState
                picture=icon!("magnet")
                title=t("account-leads-empty-title")
                text=t("account-leads-empty-text")
            />
        }
    };
    view! {
        <ListBody status=status_of(pages) empty>
            <TableFrame label=t("nav-leads") stale=pages.loading>
                <thead>
                    <tr>
                        <th scope="col">{t("column-lead")}</th>
                        <th scope="col">{t("column-bant")}</th>
                        <th scope="col" class="max-md:hidden">
                            {t("field-status")}
                        </th>
                        <th scope="col" class="max-md:hidden">
                            {t("field-owner-id")}
                        </th>
                    </tr>
                </thead>
                <tbody node_ref=body on:keydown=walk_rows(body)>
                    <For
                        each=move || pages.items.get()
                        key=|lead| (lead.id.clone(), lead.version)
                        children=move |lead| row(lead, go)
                    />
                </tbody>
            </TableFrame>
            <LoadMore pages />
        </ListBody>
    }
    .into_any()
}

fn row(lead: Lead, go: Go) -> AnyView {
    let href = paths::lead(lead.id.as_str());
    let open = open_row(go, Some(href.clone()));
    view! {
        <tr class="row-link" on:click=open>
            <th scope="row" class="cell-main font-normal">
                <a class="cell-title" href=href>
                    {lead.title.clone()}
                </a>
                <span class="cell-under">{format::near_instant(lead.created_at)}</span>
            </th>
            <td>{bant_marks(&lead.bant, lead.score)}</td>
            <td class="max-md:hidden">{status_mark(&lead)}</td>
            <td class="max-md:hidden">{person(Some(lead.owner_name))}</td>
        </tr>
    }
    .into_any()
}
