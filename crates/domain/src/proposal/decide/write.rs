//! Writing a proposal: a new one, another wording, the next version.

use super::history::{changes, status_change};
use super::{changed, entry};
use crate::deal::check_amount;
use crate::error::{Error, FieldCode, FieldError, validate};
use crate::event::EventKind;
use crate::id::Ref;
use crate::money::{Currency, Money};
use crate::proposal::command::{ProposalDecision, ProposalReferences, ProposalRules, VisaEffect};
use crate::proposal::draft::calculate;
use crate::proposal::{MAX_LINES, Proposal, ProposalDraft, ProposalStatus, ProposalTotals};
use crate::time::check_day;

/// A new proposal: for the account and the main contact of its deal, in the currency of its amount,
/// at the rate of the day.
pub(super) fn create(
    draft: &ProposalDraft,
    references: &ProposalReferences,
    rules: ProposalRules<'_>,
) -> Result<ProposalDecision, Error> {
    let deal = rules.deal;
    let currency = (draft.currency)
        .or(deal.amount.map(|amount| amount.currency))
        .unwrap_or(rules.base);
    let nothing = Money::zero(currency);
    let mut proposal = Proposal {
        id: rules.new_id.clone(),
        // The database gives the number.
        number: String::new(),
        revision: 1,
        is_latest: true,
        deal_id: deal.id.clone(),
        deal_number: deal.number.clone(),
        deal_title: deal.title.clone(),
        owner: Ref {
            id: deal.owner_id.as_str().to_owned(),
            name: deal.owner_name.clone(),
        },
        account_id: None,
        account_name: None,
        contact_id: None,
        contact_name: None,
        currency,
        rate_to_base: rate(currency, rules),
        valid_until: None,
        introduction: None,
        terms: None,
        lines: Vec::new(),
        totals: ProposalTotals {
            net: nothing,
            vat: nothing,
            total: nothing,
            total_base: None,
        },
        status: ProposalStatus::Draft,
        visa: None,
        sent_at: None,
        sent_on: None,
        sent_to: None,
        channel: None,
        decided_on: None,
        decision_note: None,
        actions: Vec::new(),
        deleted_at: None,
        version: 1,
        created_at: rules.now,
        created_by: Some(rules.actor.user_id.clone()),
        updated_at: rules.now,
        updated_by: Some(rules.actor.user_id.clone()),
    };
    let draft = ProposalDraft {
        contact_id: draft.contact_id.clone().or_else(|| deal.contact_id.clone()),
        ..draft.clone()
    };
    fill(&mut proposal, None, draft, references, rules)?;
    Ok(begun(proposal, rules))
}

/// Another wording. Whatever was approved, or waited for it, is a draft again.
pub(super) fn edit(
    current: &Proposal,
    draft: &ProposalDraft,
    references: &ProposalReferences,
    rules: ProposalRules<'_>,
) -> Result<ProposalDecision, Error> {
    let mut proposal = current.clone();
    fill(
        &mut proposal,
        Some(current),
        draft.clone(),
        references,
        rules,
    )?;
    if changes(Some(current), &proposal).is_empty() {
        return Ok(ProposalDecision {
            proposal: current.clone(),
            entries: Vec::new(),
            visa: None,
            supersedes: false,
        });
    }
    proposal.status = ProposalStatus::Draft;
    let mut decision = changed(current, proposal, EventKind::ProposalChanged, rules);
    decision.visa = matches!(
        current.status,
        ProposalStatus::InApproval | ProposalStatus::Approved
    )
    .then_some(VisaEffect::Void);
    Ok(decision)
}

/// The next version: the same offer as a draft, at the rate of the day.
pub(super) fn revise(current: &Proposal, rules: ProposalRules<'_>) -> ProposalDecision {
    let still_valid = current.valid_until.filter(|until| *until >= rules.today);
    let mut proposal = Proposal {
        id: rules.new_id.clone(),
        revision: rules.next_revision,
        is_latest: true,
        rate_to_base: rate(current.currency, rules),
        valid_until: still_valid,
        status: ProposalStatus::Draft,
        visa: None,
        sent_at: None,
        sent_on: None,
        sent_to: None,
        channel: None,
        decided_on: None,
        decision_note: None,
        version: 1,
        created_at: rules.now,
        created_by: Some(rules.actor.user_id.clone()),
        updated_at: rules.now,
        updated_by: Some(rules.actor.user_id.clone()),
        ..current.clone()
    };
    let drafts: Vec<_> = proposal.lines.iter().map(Into::into).collect();
    let rate = proposal.rate_to_base.map(|rate| (rate, rules.base));
    if let Ok((_, totals)) = calculate(&drafts, proposal.currency, rate) {
        proposal.totals = totals;
    }
    begun(proposal, rules)
}

fn begun(proposal: Proposal, rules: ProposalRules<'_>) -> ProposalDecision {
    let mut changes = changes(None, &proposal);
    changes.extend(status_change(None, &proposal));
    ProposalDecision {
        entries: vec![entry(EventKind::ProposalChanged, changes, rules)],
        proposal,
        visa: None,
        supersedes: false,
    }
}

fn rate(currency: Currency, rules: ProposalRules<'_>) -> Option<f64> {
    rules.rates.rate(currency, rules.base).map(|(rate, _)| rate)
}

/// Takes over what was entered and computes what it comes to.
fn fill(
    proposal: &mut Proposal,
    current: Option<&Proposal>,
    draft: ProposalDraft,
    references: &ProposalReferences,
    rules: ProposalRules<'_>,
) -> Result<(), Error> {
    let mut draft = draft.normalized();
    let currency = draft.currency.unwrap_or(proposal.currency);
    draft.complete(&references.products, currency);
    let mut errors = validate(&draft);
    check(&draft, current, currency, references, &mut errors);
    if currency != proposal.currency {
        proposal.rate_to_base = rate(currency, rules);
        proposal.currency = currency;
    }
    let at = proposal.rate_to_base.map(|rate| (rate, rules.base));
    match calculate(&draft.lines, currency, at) {
        Ok((lines, totals)) => (proposal.lines, proposal.totals) = (lines, totals),
        Err(wrong) => errors.extend(wrong),
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    proposal.account_id.clone_from(&rules.deal.account_id);
    proposal.account_name.clone_from(&rules.deal.account_name);
    proposal.contact_name = references
        .contact
        .as_ref()
        .map(|contact| contact.name.clone());
    proposal.contact_id = draft.contact_id;
    proposal.valid_until = draft.valid_until;
    proposal.introduction = draft.introduction;
    proposal.terms = draft.terms;
    Ok(())
}

fn check(
    draft: &ProposalDraft,
    current: Option<&Proposal>,
    currency: Currency,
    references: &ProposalReferences,
    errors: &mut Vec<FieldError>,
) {
    if draft.contact_id.is_some() && references.contact.is_none() {
        errors.push(FieldError::unknown("contact_id"));
    }
    if let Some(Err(message)) = draft.valid_until.map(check_day) {
        errors.push(FieldError::new(
            "valid_until",
            FieldCode::OutOfRange,
            message,
        ));
    }
    if draft.lines.len() > MAX_LINES {
        let message = "must have at most 500 lines";
        errors.push(FieldError::new("lines", FieldCode::TooLong, message));
    }
    let was_there = |id| {
        current.is_some_and(|p| {
            p.lines
                .iter()
                .any(|line| line.product_id.as_ref() == Some(id))
        })
    };
    for (index, line) in draft.lines.iter().enumerate() {
        let field = |name: &str| format!("lines.{index}.{name}");
        if let Some(id) = &line.product_id {
            match line.product(&references.products) {
                None => errors.push(FieldError::unknown(&field("product_id"))),
                Some(product) if !product.active && !was_there(id) => errors.push(FieldError::new(
                    field("product_id"),
                    FieldCode::Inactive,
                    "is not offered",
                )),
                Some(_) => {}
            }
        }
        if line.title.is_empty() {
            errors.push(FieldError::required(&field("title")));
        }
        match &line.unit_price {
            None => errors.push(FieldError::required(&field("unit_price"))),
            Some(price) if price.currency != currency => errors.push(FieldError::new(
                field("unit_price"),
                FieldCode::NotAllowed,
                "must be in the currency of the proposal",
            )),
            Some(price) => {
                if let Err(message) = check_amount(price) {
                    let code = FieldCode::OutOfRange;
                    errors.push(FieldError::new(field("unit_price"), code, message));
                }
            }
        }
    }
}
