//! What the people of the demo company did with their deals, and what they have planned.

use chrono::{Days, Duration, NaiveDate};
use etalon_domain::activity::{ActivityCommand, ActivityDraft, ActivityKind};
use etalon_domain::deal::{Deal, DealCommand, DealStatus};
use etalon_domain::user::Role;
use etalon_persistence::{Context, Result, Tx, activities};

use crate::accounts::Region;
use crate::company::{World, acting};
use crate::midnight;
use crate::random::Random;
use crate::texts::{Pair, told};

/// The numbers of activities are a row of their own: the deals stay as they are without them.
const SEED: u64 = 0x0AC7_1717;

#[rustfmt::skip]
const DONE: [(ActivityKind, Pair, Pair); 8] = [
    (ActivityKind::Call, ("First call", "Первый звонок"), ("They know the problem and look for a supplier.", "Проблему понимают, ищут поставщика.")),
    (ActivityKind::Call, ("Clarify the requirements", "Уточнить требования"), ("The list of signals comes by e-mail.", "Перечень сигналов пришлют письмом.")),
    (ActivityKind::Meeting, ("Meeting at the plant", "Встреча на заводе"), ("Saw the control room; the network is old.", "Осмотрели диспетчерскую, сеть старая.")),
    (ActivityKind::Meeting, ("Online presentation", "Онлайн-презентация"), ("The engineers liked the trends; purchasing asked for references.", "Инженерам понравились тренды, закупки просят референсы.")),
    (ActivityKind::Call, ("Ask who decides", "Узнать, кто принимает решение"), ("The technical director, after the chief engineer agrees.", "Технический директор после согласования с главным инженером.")),
    (ActivityKind::Email, ("Send references", "Отправить референсы"), ("Sent two from the same industry.", "Отправлены два из той же отрасли.")),
    (ActivityKind::Task, ("Calculate the scope", "Посчитать объём работ"), ("Twelve cabinets, one week of commissioning.", "Двенадцать шкафов, неделя пусконаладки.")),
    (ActivityKind::Call, ("Discuss the price", "Обсудить цену"), ("They ask for five percent and a longer warranty.", "Просят пять процентов и более долгую гарантию.")),
];

#[rustfmt::skip]
const PLANNED: [(ActivityKind, Pair); 8] = [
    (ActivityKind::Call, ("Call about the decision", "Позвонить о решении")),
    (ActivityKind::Meeting, ("Meeting with the chief engineer", "Встреча с главным инженером")),
    (ActivityKind::Task, ("Prepare the comparison with the competitor", "Подготовить сравнение с конкурентом")),
    (ActivityKind::Email, ("Send the revised schedule", "Отправить обновлённый график")),
    (ActivityKind::Call, ("Check whether the budget is approved", "Узнать, утверждён ли бюджет")),
    (ActivityKind::Task, ("Ask engineering for the estimate", "Запросить оценку у инженеров")),
    (ActivityKind::Meeting, ("Walk through the specification", "Пройти по спецификации")),
    (ActivityKind::Email, ("Send the minutes of the call", "Отправить итоги разговора")),
];

/// The activities of the demo company.
pub(crate) struct Diary {
    random: Random,
}

impl Diary {
    pub(crate) const fn new() -> Self {
        Self {
            random: Random::new(SEED),
        }
    }

    /// What was done in a deal just before something was changed in it.
    pub(crate) fn note(
        &mut self,
        tx: &mut Tx<'_>,
        context: &Context,
        deal: &Deal,
        command: &DealCommand,
    ) -> Result<()> {
        let percent = match command {
            DealCommand::Move(_) => 65,
            DealCommand::Edit(_) => 30,
            _ => return Ok(()),
        };
        if deal.status != DealStatus::Open || !self.random.happens(percent) {
            return Ok(());
        }
        let in_russian = is_russian(&deal.title);
        let (kind, title, result) = self.random.pick(&DONE);
        let minutes = self.random.between(1, 6) * 10;
        let draft = ActivityDraft {
            deal_id: Some(deal.id.clone()),
            starts_at: Some(context.now - Duration::minutes(minutes)),
            duration_minutes: Some(minutes as i32),
            result: Some(told(result, in_russian).to_owned()),
            done_at: Some(context.now),
            contact_ids: deal.contact_id.iter().cloned().collect(),
            ..ActivityDraft::new(*kind, told(title, in_russian))
        };
        create(tx, context, draft)
    }

    /// What the owner of an open deal has planned around today.
    pub(crate) fn plan(
        &mut self,
        tx: &mut Tx<'_>,
        world: &World,
        deal: &Deal,
        today: NaiveDate,
    ) -> Result<()> {
        let owner = (world.people.iter()).find(|person| person.actor.user_id == deal.owner_id);
        let Some(owner) = owner.filter(|_| deal.status == DealStatus::Open) else {
            return Ok(());
        };
        let in_russian = is_russian(&deal.title);
        let context = acting(owner, midnight(today));
        for _ in 0..self.random.between(1, 2) {
            let (kind, title) = self.random.pick(&PLANNED);
            let days = match self.random.between(1, 10) {
                1 => -self.random.between(1, 4),
                2..=4 => 0,
                _ => self.random.between(1, 12),
            };
            let day = weekday(shifted(today, days));
            let mut draft = ActivityDraft {
                deal_id: Some(deal.id.clone()),
                contact_ids: deal.contact_id.iter().cloned().collect(),
                ..ActivityDraft::new(*kind, told(title, in_russian))
            };
            match kind {
                ActivityKind::Call | ActivityKind::Meeting => {
                    let quarters = self.random.between(28, 60);
                    let at = midnight(day) + Duration::minutes(quarters * 15);
                    draft.starts_at = Some(at);
                    let is_call = *kind == ActivityKind::Call;
                    draft.duration_minutes = Some(if is_call { 30 } else { 60 });
                    draft.remind_at = Some(at - Duration::minutes(15));
                }
                ActivityKind::Task | ActivityKind::Email => draft.due_on = Some(day),
            }
            create(tx, &context, draft)?;
        }
        Ok(())
    }

    /// What the heads plan with their people.
    pub(crate) fn plan_of_heads(
        &mut self,
        tx: &mut Tx<'_>,
        world: &World,
        today: NaiveDate,
    ) -> Result<()> {
        for head in &world.people {
            let Some(region) = head.heads else { continue };
            let context = acting(head, midnight(today));
            let sellers = world.sellers(region);
            let in_russian = region == Region::East;
            let title = told(&("Review of the pipeline", "Разбор воронки"), in_russian);
            let at = midnight(weekday(today)) + Duration::hours(8);
            let review = ActivityDraft {
                starts_at: Some(at),
                duration_minutes: Some(45),
                remind_at: Some(at - Duration::minutes(15)),
                participant_ids: (sellers.iter())
                    .map(|seller| world.people[*seller].actor.user_id.clone())
                    .collect(),
                ..ActivityDraft::new(ActivityKind::Meeting, title)
            };
            create(tx, &context, review)?;
            let title = told(&("Prepare the forecast", "Подготовить прогноз"), in_russian);
            let forecast = ActivityDraft {
                due_on: Some(shifted(today, -1)),
                ..ActivityDraft::new(ActivityKind::Task, title)
            };
            create(tx, &context, forecast)?;
        }
        let Some(director) = (world.people.iter())
            .find(|person| person.actor.role == Role::Head && person.heads.is_none())
        else {
            return Ok(());
        };
        let at = midnight(weekday(today)) + Duration::hours(14);
        let meeting = ActivityDraft {
            starts_at: Some(at),
            duration_minutes: Some(60),
            remind_at: Some(at - Duration::minutes(15)),
            participant_ids: (world.people.iter())
                .filter(|person| person.sells.is_none() || person.heads.is_some())
                .map(|person| person.actor.user_id.clone())
                .collect(),
            ..ActivityDraft::new(ActivityKind::Meeting, "Forecast of the quarter")
        };
        create(tx, &acting(director, midnight(today)), meeting)
    }
}

fn create(tx: &mut Tx<'_>, context: &Context, draft: ActivityDraft) -> Result<()> {
    let command = ActivityCommand::Create { draft, step: None };
    activities::execute(tx, context, None, None, &command).map(|_| ())
}

/// Whether a text is written in Russian.
pub(crate) fn is_russian(text: &str) -> bool {
    text.chars().any(|c| ('а'..='я').contains(&c))
}

fn shifted(day: NaiveDate, days: i64) -> NaiveDate {
    match u64::try_from(days) {
        Ok(later) => day + Days::new(later),
        Err(_) => day - Days::new(days.unsigned_abs()),
    }
}

/// A day, or the Monday after it when it lies in a weekend.
fn weekday(day: NaiveDate) -> NaiveDate {
    use chrono::{Datelike as _, Weekday};
    match day.weekday() {
        Weekday::Sat => day + Days::new(2),
        Weekday::Sun => day + Days::new(1),
        _ => day,
    }
}
