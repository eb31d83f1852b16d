//! The knowledge base of the demo company, and what of it is chosen and shown in its deals.

mod texts;

use chrono::Duration;
use etalon_domain::deal::{Deal, DealCommand};
use etalon_domain::id::{MaterialId, ProductId};
use etalon_domain::material::{MaterialDraft, MaterialStatus, ShownMaterial};
use etalon_domain::record::RecordCommand;
use etalon_domain::time::Instant;
use etalon_persistence::{Context, Result, Tx, materials};

use crate::accounts::Region;
use crate::activities::is_russian;
use crate::company::{World, acting};

use texts::{TEXTS, Text};

/// The stage in which materials are chosen; they have been shown when a deal leaves it.
const CHOSEN_IN: &str = "presentation";
/// How many materials are chosen for a deal.
const CHOSEN: usize = 2;
/// After how many days a material gets its second version, or goes to the archive.
const CHANGED_AFTER_DAYS: i64 = 200;

/// The materials of the demo company.
pub(crate) struct Shelf(Vec<(MaterialId, &'static Text)>);

/// Writes the materials, one a day from an instant on, and publishes all but the drafts.
pub(crate) fn create(tx: &mut Tx<'_>, world: &World, start: Instant) -> Result<Shelf> {
    let mut shelf = Vec::new();
    for (text, number) in TEXTS.iter().zip(0_i64..) {
        let in_russian = text.language == "ru";
        let authors: Vec<_> = (world.people.iter())
            .filter(|person| person.actor.writes())
            .filter(|person| person.sells.is_some())
            .filter(|person| (person.sells == Some(Region::East)) == in_russian)
            .collect();
        let chosen = number as usize * 3 % authors.len().max(1);
        let Some(author) = authors.get(chosen) else {
            continue;
        };
        let context = acting(author, start + Duration::days(number));
        let mut draft = draft(world, text);
        let command = RecordCommand::create(draft.clone());
        let made = materials::execute(tx, &context, None, None, &command)?;
        if text.addition.is_some() || text.state == MaterialStatus::Archived {
            if let Some(addition) = text.addition {
                draft.body = format!("{}\n\n{addition}", draft.body);
            }
            draft.status = text.state;
            let context = acting(author, context.now + Duration::days(CHANGED_AFTER_DAYS));
            let command = RecordCommand::Edit(draft);
            materials::execute(tx, &context, Some(&made.id), None, &command)?;
        }
        if text.state == MaterialStatus::Published {
            shelf.push((made.id, text));
        }
    }
    Ok(Shelf(shelf))
}

/// A material as it was first written.
fn draft(world: &World, text: &Text) -> MaterialDraft {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let products = text
        .products
        .iter()
        .filter_map(|at| world.products.get(*at));
    MaterialDraft {
        title: text.title.into(),
        summary: Some(text.summary.into()),
        body: text.body.into(),
        tags: owned(text.tags),
        product_ids: products.cloned().collect(),
        industries: owned(text.industries),
        need_types: owned(text.needs),
        language: text.language.into(),
        status: match text.state {
            MaterialStatus::Draft => MaterialStatus::Draft,
            MaterialStatus::Published | MaterialStatus::Archived => MaterialStatus::Published,
        },
    }
}

impl Shelf {
    /// What is done with materials after a step of a deal: when it comes to the presentation, those
    /// that fit are chosen; when it goes on from there, they have been shown.
    pub(crate) fn follow(
        &self,
        tx: &mut Tx<'_>,
        context: &Context,
        world: &World,
        deal: &Deal,
        command: &DealCommand,
    ) -> Result<()> {
        if !matches!(command, DealCommand::Move(_)) {
            return Ok(());
        }
        if deal.stage == CHOSEN_IN {
            return self.choose(tx, context, world, deal);
        }
        for waiting in materials::of_deal(tx, &deal.id)? {
            if waiting.shown_at.is_some() {
                continue;
            }
            let shown = ShownMaterial {
                material_id: MaterialId::new(waiting.material.id),
                contacts: deal.contact_id.clone().into_iter().collect(),
                activity_id: None,
                at: context.now,
            };
            materials::show(tx, context, &deal.id, &shown)?;
        }
        Ok(())
    }

    fn choose(&self, tx: &mut Tx<'_>, context: &Context, world: &World, deal: &Deal) -> Result<()> {
        let language = if is_russian(&deal.title) { "ru" } else { "en" };
        let product = deal.product_id.as_ref().and_then(|id| position(world, id));
        let need = deal.need.as_ref().and_then(|need| need.kind.as_deref());
        let fits = self.0.iter().filter(|(_, text)| {
            text.language == language
                && (product.is_some_and(|at| text.products.contains(&at))
                    || need.is_some_and(|need| text.needs.contains(&need)))
        });
        for (id, _) in fits.take(CHOSEN) {
            materials::choose_one(tx, context, &deal.id, None, id)?;
        }
        Ok(())
    }
}

fn position(world: &World, id: &ProductId) -> Option<usize> {
    world.products.iter().position(|product| product == id)
}
