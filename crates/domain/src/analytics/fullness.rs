//! Whether enough is open to meet a target.

use serde::{Deserialize, Serialize};

use super::Period;
use super::funnel::{Frame, has_visited};
use super::stats::share;
use crate::money::Money;

/// How much more is needed in a stage to meet the target from it alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StageShortfall {
    /// Code of the stage.
    pub stage: String,
    /// won / (won + lost) of the deals closed in the last twelve months that had been in the stage.
    pub win_probability: Option<f64>,
    /// The open amount in the stage, in the base currency.
    pub open_amount: Money,
    /// (target − won) / probability − open amount; negative when there is more than enough, `null`
    /// without a probability or when the target is met.
    pub shortfall: Option<Money>,
}

/// Whether enough is open to meet the target of the period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fullness {
    /// The period.
    pub period: Period,
    /// Open amount that is expected to close in the period.
    pub open_amount: Money,
    /// Sum of the targets of the period; `null` when there is none.
    pub target: Option<Money>,
    /// Sum of what was won in the period.
    pub won: Money,
    /// Open or won deals with an amount for which no exchange rate is known: in no sum.
    pub unconverted: i64,
    /// open ÷ (target − won), a fraction rounded to six places; `null` when there is no target or it
    /// is met.
    pub value: Option<f64>,
    /// 1 / win rate of the last twelve months, rounded to six places.
    pub required: Option<f64>,
    /// won / (won + lost) of the last twelve months.
    pub win_rate: Option<f64>,
    /// Each stage of the work.
    pub stages: Vec<StageShortfall>,
}

/// Whether enough is open to meet a target: open ÷ (target − won), and what each stage lacks.
pub struct FullnessInput<'a> {
    /// The period.
    pub period: Period,
    /// Open amount expected to close in it, in minor units.
    pub open_amount: i64,
    /// Its target, in minor units.
    pub target: Option<i64>,
    /// What was won in it, in minor units.
    pub won: i64,
    /// How many of these deals have no known rate.
    pub unconverted: i64,
    /// Deals closed in the last twelve months: their way, whether they were won, how many.
    pub ended: &'a [(String, bool, i64)],
    /// The open amount in a stage, in minor units.
    pub open_in: &'a dyn Fn(&str) -> i64,
}

/// Computes the fullness of a funnel.
#[must_use]
pub fn fullness(frame: &Frame<'_>, input: &FullnessInput<'_>) -> Fullness {
    let money = |minor| Money::new(minor, frame.base);
    let ended = |stage: Option<&str>, won: bool| -> i64 {
        (input.ended.iter())
            .filter(|(way, is_won, _)| {
                *is_won == won && stage.is_none_or(|stage| has_visited(way, stage))
            })
            .map(|(.., count)| count)
            .sum()
    };
    let missing = input
        .target
        .map(|target| target - input.won)
        .filter(|left| *left > 0);
    let (won, lost) = (ended(None, true), ended(None, false));
    let stages = (frame.stages.open())
        .map(|stage| {
            let (won, lost) = (
                ended(Some(&stage.code), true),
                ended(Some(&stage.code), false),
            );
            let open = (input.open_in)(&stage.code);
            // From whole numbers, not from the rounded share.
            let needed = missing
                .filter(|_| won > 0)
                .map(|left| (left as f64 * (won + lost) as f64 / won as f64).round() as i64);
            StageShortfall {
                stage: stage.code.clone(),
                win_probability: share(won, won + lost),
                open_amount: money(open),
                shortfall: needed.map(|needed| money(needed - open)),
            }
        })
        .collect();
    Fullness {
        period: input.period,
        open_amount: money(input.open_amount),
        target: input.target.map(money),
        won: money(input.won),
        unconverted: input.unconverted,
        value: missing.and_then(|left| share(input.open_amount, left)),
        required: share(won + lost, won),
        win_rate: share(won, won + lost),
        stages,
    }
}

#[cfg(test)]
mod tests {
    use super::super::funnel::tests::{frame, stages};
    use super::*;

    #[test]
    fn fullness_is_undefined_without_a_target_or_when_it_is_met() {
        let stages = stages();
        let ended = [
            ("a/b/won".to_owned(), true, 1),
            ("a/lost".to_owned(), false, 3),
        ];
        let input = |target| FullnessInput {
            period: Period {
                from: chrono::NaiveDate::MIN,
                to: chrono::NaiveDate::MIN,
            },
            open_amount: 300,
            target,
            won: 100,
            unconverted: 0,
            ended: &ended,
            open_in: &|stage| if stage == "a" { 150 } else { 0 },
        };
        let frame = frame(&stages);
        let found = fullness(&frame, &input(Some(200)));
        assert_eq!(
            (found.value, found.required, found.win_rate),
            (Some(3.0), Some(4.0), Some(0.25))
        );
        assert_eq!(found.stages[0].shortfall.unwrap().minor, 250);
        assert_eq!(found.stages[1].shortfall.unwrap().minor, 100);
        assert_eq!(found.stages[2].shortfall, None);
        assert_eq!(fullness(&frame, &input(None)).value, None);
        assert_eq!(fullness(&frame, &input(Some(100))).value, None);
    }
}
