use etalon_domain::deal::{Deal, DealStatus};
use etalon_domain::endpoint::{CreateDealProposal, ListDealProposals};
use etalon_domain::policy::{Access, deal_access};
use etalon_domain::proposal::{Proposal, ProposalDraft, ProposalStatus};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::KINDS;
use super::offered::beside_deal;
use super::words::{names, status_mark, title};
use crate::address::{Go, use_go};
use crate::api;
use crate::i18n::{arguments, format, t, t_with};
use crate::query::{invalidate, use_query};
use crate::records::or_dash;
use crate::routes::paths;
use crate::session;
use crate::ui::{
    Button, EmptyState, ErrorState, Look, Money, SkeletonRows, TableFrame, icon, open_row, toast,
    walk_rows,
};

/// The proposals of a deal, every version, and the way to write one.
#[component]
pub fn ProposalsOf(
    /// The deal.
    deal: Signal<Deal>,
) -> impl IntoView {
    let go = use_go();
    let id = deal.with_untracked(|deal| deal.id.to_string());
    let may_create = Memo::new(move |_| {
        deal.with(|deal| {
            deal.status == DealStatus::Open
                && deal.deleted_at.is_none()
                && session::may(|actor| deal_access(actor, deal) == Access::Write)
        })
    });
    let query = {
        let id = id.clone();
        use_query(move || Some(ListDealProposals(id.clone())))
    };
    let busy = RwSignal::new(false);
    let create = Callback::new(move |()| {
        busy.set(true);
        let call = CreateDealProposal {
            deal_id: id.clone(),
            draft: ProposalDraft::default(),
        };
        spawn_local(async move {
            let outcome = api::call(call).await;
            busy.try_set(false);
            match outcome {
                Ok(made) => {
                    invalidate(KINDS);
                    go.to(paths::proposal(made.id.as_str()));
                }
                Err(failure) => toast::failed(&failure),
            }
        });
    });
    let button = move |look| {
        view! {
            <Button look busy on_press=create>
                {icon!("plus")}
                {t("proposal-new")}
            </Button>
        }
    };
    let content = move || {
        let Some(page) = query.data.get() else {
            return match query.failure.get() {
                Some(failure) => {
                    view! { <ErrorState failure on_retry=move |()| query.retry() /> }.into_any()
                }
                None => view! {
                    <Show when=move || query.slow.get()>
                        <SkeletonRows rows=3 />
                    </Show>
                }
                .into_any(),
            };
        };
        if page.items.is_empty() {
            return view! {
                <EmptyState
                    picture=icon!("file-text")
                    title=t("proposals-empty-title")
                    text=t("proposals-empty-text")
                >
                    {move || may_create.get().then(|| button(Look::Primary))}
                </EmptyState>
            }
            .into_any();
        }
        let items = page.items.clone();
        let offered = move || {
            let may_create = may_create.get();
            may_create.then(|| deal.with(|deal| beside_deal(deal, &items)))
        };
        view! {
            <div class="tab-tools">{move || may_create.get().then(|| button(Look::Plain))}</div>
            {offered}
            {table(page.items, go)}
        }
        .into_any()
    };
    content.into_any()
}

fn table(proposals: Vec<Proposal>, go: Go) -> AnyView {
    let body = NodeRef::<html::Tbody>::new();
    view! {
        <TableFrame label=t("tab-proposals")>
            <thead>
                <tr>
                    <th scope="col">{t("proposal")}</th>
                    <th scope="col" class="max-md:hidden">
                        {t("field-status")}
                    </th>
                    <th scope="col" class="cell-number">
                        {t("field-total")}
                    </th>
                    <th scope="col" class="max-md:hidden">
                        {t("field-valid-until")}
                    </th>
                    <th scope="col" class="max-md:hidden">
                        {t("proposal-approval")}
                    </th>
                </tr>
            </thead>
            <tbody node_ref=body on:keydown=walk_rows(body)>
                {proposals.into_iter().map(|proposal| row(proposal, go)).collect_view()}
            </tbody>
        </TableFrame>
    }
    .into_any()
}

fn row(proposal: Proposal, go: Go) -> AnyView {
    let href = paths::proposal(proposal.id.as_str());
    let open = open_row(go, Some(href.clone()));
    let is_over = proposal.status == ProposalStatus::Superseded;
    view! {
        <tr class="row-link" on:click=open>
            <th scope="row" class="cell-main font-normal">
                <a class="cell-title" class:text-faint=is_over href=href>
                    {title(&proposal)}
                </a>
                <span class="cell-under md:hidden">{status_mark(proposal.status)}</span>
            </th>
            <td class="max-md:hidden">{status_mark(proposal.status)}</td>
            <td class="cell-number">
                <Money value=proposal.totals.total />
            </td>
            <td class="max-md:hidden">{or_dash(proposal.valid_until.map(format::day))}</td>
            <td class="max-md:hidden cell-clip">{or_dash(approval(&proposal))}</td>
        </tr>
    }
    .into_any()
}

/// Who approves it, or approved it.
fn approval(proposal: &Proposal) -> Option<String> {
    let visa = proposal.visa.as_ref()?;
    if !visa.approvers.is_empty() {
        let names = names(&visa.approvers);
        return Some(t_with(
            "proposal-waits-for",
            &arguments! { "names" => names },
        ));
    }
    let shows = !matches!(
        proposal.status,
        ProposalStatus::Draft | ProposalStatus::InApproval
    );
    let by = visa.decided_by.as_ref().filter(|_| shows)?;
    Some(by.name.clone())
}
