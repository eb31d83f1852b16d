use etalon_domain::analytics::{Funnel, FunnelMode, FunnelStage, RowsPart, RowsQuery, RowsReport};
use etalon_domain::endpoint::ReportQuery;

use crate::analytics::chart::{Form, Plot, Point, Unit};
use crate::analytics::scope::{about_day, about_period, rows_text};
use crate::i18n::{arguments, format, t, t_with};

/// What the picture of a funnel shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Measure {
    /// How many deals.
    #[default]
    Deals,
    /// Their amounts.
    Amount,
    /// Amount × probability, which only a snapshot has.
    Weighted,
}

impl Measure {
    /// The measure that the address names, if the mode has it.
    pub(super) fn of(text: Option<&str>, mode: FunnelMode) -> Self {
        match text {
            Some("amount") => Self::Amount,
            Some("weighted") if mode == FunnelMode::Snapshot => Self::Weighted,
            _ => Self::Deals,
        }
    }

    /// The word in the address.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Deals => "deals",
            Self::Amount => "amount",
            Self::Weighted => "weighted",
        }
    }

    /// Those of a mode, with their names.
    pub(super) fn choices(mode: FunnelMode) -> Vec<(&'static str, String)> {
        let mut choices = vec![("deals", t("funnel-deals")), ("amount", t("field-amount"))];
        if mode == FunnelMode::Snapshot {
            choices.push(("weighted", t("funnel-weighted")));
        }
        choices
    }

    /// The number of a stage.
    pub(super) fn point(self, stage: &FunnelStage) -> Point {
        match self {
            Self::Deals => Point::count(stage.deals),
            Self::Amount => Point::money(Some(stage.amount)),
            Self::Weighted => Point::money(stage.weighted),
        }
    }
}

/// The rows of a funnel that are drawn: what was won long ago is not in work, so the picture of a
/// snapshot leaves it to the table.
pub(super) fn drawn(funnel: &Funnel) -> impl Iterator<Item = &FunnelStage> {
    let leaves_won = funnel.mode == FunnelMode::Snapshot;
    (funnel.stages.iter()).filter(move |stage| !(leaves_won && stage.stage == "won"))
}

/// The rows behind a stage.
pub(super) fn rows_of(funnel: &Funnel, stage: &FunnelStage) -> RowsQuery {
    RowsQuery {
        report: Some(RowsReport::Funnel),
        mode: Some(funnel.mode),
        stage: Some(stage.stage.clone()),
        ..RowsQuery::default()
    }
}

/// The picture of a funnel: a bar for every stage.
pub(super) fn plot(funnel: &Funnel, report: &ReportQuery, measure: Measure) -> Plot {
    let names = drawn(funnel).map(|stage| stage.name.clone()).collect();
    let (unit, name) = match measure {
        Measure::Deals => (Unit::Count, t("funnel-deals")),
        Measure::Amount => (Unit::Money, t("field-amount")),
        Measure::Weighted => (Unit::Money, t("funnel-weighted")),
    };
    let points: Vec<Point> = drawn(funnel)
        .map(|stage| {
            let mut point = measure.point(stage);
            // The conversion is one of deals, not of amounts.
            if measure == Measure::Deals
                && let Some(rate) = stage.conversion_from_first
            {
                point.shown = format!("{} · {}", point.shown, format::share(rate, 0));
            }
            let mut rows = rows_of(funnel, stage);
            rows.part = (measure == Measure::Weighted).then_some(RowsPart::Weighted);
            point.behind(rows_text(report, &rows))
        })
        .collect();
    let about = match funnel.mode {
        FunnelMode::Snapshot => about_day(report),
        FunnelMode::Flow | FunnelMode::Cohort => about_period(report),
    };
    let mut plot =
        Plot::new(t("field-stage"), names, unit)
            .about(about)
            .with(name, Form::Bars, "1", points);
    plot.lying = true;
    plot.summary = summary(funnel);
    plot
}

/// What the picture says, for those who do not see it.
fn summary(funnel: &Funnel) -> String {
    let stages: Vec<String> = drawn(funnel)
        .map(|stage| {
            let count = format::number(stage.deals);
            let amount = format::money(stage.amount);
            t_with(
                "funnel-summary-stage",
                &arguments! { "stage" => stage.name.clone(), "count" => count, "amount" => amount },
            )
        })
        .collect();
    stages.join("; ")
}
