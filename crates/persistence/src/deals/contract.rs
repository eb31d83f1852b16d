//! The visa on the documents of a contract. It binds what the documents were when it was asked for.

use etalon_domain::deal::Deal;
use etalon_domain::error::ErrorCode;
use etalon_domain::event::EventKind;
use etalon_domain::id::DealId;
use etalon_domain::process::{
    Definition, Facts, StageDefinition, StepDefinition, StepKind, StepRecord, VisaFact,
};
use etalon_domain::visa::{VisaComment, VisaDecision, VisaDocument, VisaState};

use serde_json::{Value, json};

use super::parts::{change, changeable, note};
use crate::connection::Tx;
use crate::context::Context;
use crate::error::Result;
use crate::visas::{self, VisaRequest};

/// What a visa on the documents of a contract is kept under.
fn document_id(deal: &DealId, step: &str) -> String {
    format!("{deal}:{step}")
}

/// The hash of the documents that a visa binds: those of its stage that come before it.
fn hash(stage: &StageDefinition, step: &StepDefinition, records: &[StepRecord]) -> String {
    let before = stage.steps.iter().take_while(|other| other.id != step.id);
    let documents = before.filter(|other| other.kind == StepKind::Document);
    let content: Vec<_> = documents
        .filter_map(|document| {
            let record = records
                .iter()
                .find(|record| record.step_id == document.id)?;
            let file = record.file.as_ref().map(|file| &file.id);
            Some((
                &document.id,
                record.done,
                file,
                &record.answer,
                record.signed_on,
            ))
        })
        .collect();
    visas::hash(&serde_json::json!(content).to_string())
}

/// Asks the owner's head for a visa on the documents of a contract.
pub(super) fn ask(
    tx: &mut Tx<'_>,
    context: &Context,
    deal: &Deal,
    stage: &StageDefinition,
    step: &StepDefinition,
) -> Result<()> {
    let records = super::parts::steps::of_deal(tx, &deal.id)?;
    let request = VisaRequest {
        document_kind: VisaDocument::Contract,
        document_id: &document_id(&deal.id, &step.id),
        document_name: &step.title,
        deal_id: &deal.id,
        amount: deal.amount,
        hash: &hash(stage, step, &records),
        note: None,
    };
    visas::request(tx, context, &request)
}

/// Voids the visas on the documents of a contract after one of them changed: those of the steps of its
/// stage that come after it. The history tells of each, so that somebody asks again.
pub(super) fn void_after(
    tx: &mut Tx<'_>,
    context: &Context,
    deal: &Deal,
    stage: &StageDefinition,
    changed: &StepDefinition,
) -> Result<()> {
    let after = stage.steps.iter().skip_while(|step| step.id != changed.id);
    for step in after.filter(|step| step.kind == StepKind::Visa) {
        let document = document_id(&deal.id, &step.id);
        if visas::void(tx, context, VisaDocument::Contract, &document)? == 0 {
            continue;
        }
        let named = json!({"id": step.id, "name": step.title.en, "name_ru": step.title.ru});
        let changes = [change("step", Value::Null, named)];
        note(tx, context, &deal.id, EventKind::VisaVoided, &changes, None)?;
    }
    Ok(())
}

/// Gives or refuses the visa that a step of a deal waits for.
///
/// # Errors
/// `not_found`, `forbidden` for whoever may not give visas on the deal, `deal_closed`,
/// `visa_not_waiting`, a missing comment, or that the database failed.
pub fn decide(
    tx: &mut Tx<'_>,
    context: &Context,
    id: &DealId,
    step_id: &str,
    decision: VisaDecision,
    comment: &VisaComment,
) -> Result<()> {
    let deal = changeable(tx, context, id)?;
    let comment = comment.checked(Some(decision))?;
    let process = crate::process::find(tx, &deal.process_version_id)?.ok_or(ErrorCode::Internal)?;
    let (stage, step) = (process.definition.step(step_id))
        .filter(|(_, step)| step.kind == StepKind::Visa)
        .ok_or(ErrorCode::NotFound)?;
    let records = super::parts::steps::of_deal(tx, id)?;
    let document = document_id(id, &step.id);
    let content = hash(stage, step, &records);
    visas::decide(
        tx,
        context,
        (VisaDocument::Contract, &document, Some(&step.title)),
        &content,
        decision,
        comment.as_deref(),
    )?;
    Ok(())
}

/// Where the visas on the contract of a deal stand.
pub(super) fn facts(
    tx: &mut Tx<'_>,
    deal: &Deal,
    process: &Definition,
    known: &Facts,
) -> Result<Vec<VisaFact>> {
    let mut found = Vec::new();
    for stage in &process.stages {
        for step in stage
            .steps
            .iter()
            .filter(|step| step.kind == StepKind::Visa)
        {
            let document = document_id(&deal.id, &step.id);
            let last = visas::of_document(tx, VisaDocument::Contract, &document)?;
            if let Some(visa) = last.first() {
                let content = hash(stage, step, &known.records);
                found.push(VisaFact {
                    step_id: step.id.clone(),
                    approved: visa.approves(&content),
                    pending: visa.state == VisaState::Waiting && visa.hash == content,
                    decided_by: visa.decided_by.clone(),
                    decided_at: visa.decided_at,
                });
            }
        }
    }
    Ok(found)
}
