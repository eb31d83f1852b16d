//! What the process looks at beside the fields of a deal.

use etalon_domain::activity::ActivityStatus;
use etalon_domain::deal::Deal;
use etalon_domain::error::ErrorCode;
use etalon_domain::process::{Facts, MaterialFact, ProposalFact, TaskFact};
use etalon_domain::proposal::ProposalStatus;

use super::contract;
use super::parts::{competitors, key_contacts, steps};
use crate::connection::Tx;
use crate::error::Result;
use crate::{activities, materials, proposals};

/// Everything that hangs on a deal and that the process looks at.
pub(crate) fn load(tx: &mut Tx<'_>, deal: &Deal) -> Result<Facts> {
    let tasks = activities::of_steps(tx, &deal.id)?;
    let tasks = tasks.into_iter().filter_map(|activity| {
        Some(TaskFact {
            step_id: activity.step_id?,
            activity_id: activity.id.into_string(),
            created_at: activity.created_at,
            due_on: activity.due_on,
            done_at: activity.done_at,
            cancelled: activity.status == ActivityStatus::Cancelled,
        })
    });
    let proposals = proposals::facts(tx, &deal.id)?;
    let materials = materials::of_deal(tx, &deal.id)?;
    let mut facts = Facts {
        records: steps::of_deal(tx, &deal.id)?,
        tasks: tasks.collect(),
        contacts: key_contacts::of_deal(tx, deal)?,
        competitors: competitors::of_deal(tx, &deal.id)?,
        proposals: (proposals.into_iter())
            .map(|proposal| ProposalFact {
                label: format!("{} v{}", proposal.number, proposal.revision),
                approved: proposal.approved,
                sent: matches!(
                    proposal.status,
                    ProposalStatus::Sent | ProposalStatus::Accepted
                ),
                sent_at: proposal.sent_at,
            })
            .collect(),
        materials: (materials.into_iter())
            .filter_map(|material| {
                Some(MaterialFact {
                    step_id: material.step_id,
                    chosen_at: material.chosen_at.or(material.shown_at)?,
                })
            })
            .collect(),
        ..Facts::default()
    };
    let process = crate::process::find(tx, &deal.process_version_id)?.ok_or(ErrorCode::Internal)?;
    facts.visas = contract::facts(tx, deal, &process.definition, &facts)?;
    Ok(facts)
}
