//! The visa on the documents of a contract. It binds what the documents were when it was asked for.

use etalon_domain::deal::Deal;
use etalon_domain::error::ErrorCode;
use etalon_domain::id::DealId;
use etalon_domain::process::{
    Definition, Facts, StageDefinition, StepDefinition, StepKind, StepRecord, VisaFact,
};
use etalon_domain::visa::{VisaDecision, VisaDocument, VisaState};

use super::parts::changeable;
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
        document_name: &step.title.en,
        deal_id: &deal.id,
        amount: deal.amount,
        hash: &hash(stage, step, &records),
        note: None,
    };
    visas::request(tx, context, &request)
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
    comment: Option<&str>,
) -> Result<()> {
    let deal = changeable(tx, context, id)?;
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
        (VisaDocument::Contract, &document),
        &content,
        decision,
        comment,
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
                found.push(VisaFact {
                    step_id: step.id.clone(),
                    approved: visa.approves(&hash(stage, step, &known.records)),
                    pending: visa.state == VisaState::Waiting,
                });
            }
        }
    }
    Ok(found)
}
