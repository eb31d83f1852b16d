use chrono::NaiveDate;
use etalon_domain::money::Money;

use crate::i18n::format;

/// What the numbers of a plot are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// How many.
    Count,
    /// Sums of money in units of their currency.
    Money,
    /// Shares, 0 to 1.
    Share,
}

/// How a series is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As bars from zero.
    Bars,
    /// As a line.
    Line,
    /// As a short mark across the bars: what was to be reached.
    Mark,
}

/// One number of a plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The number; nothing where it is undefined.
    pub value: Option<f64>,
    /// The number as it is written beside its bar.
    pub shown: String,
    /// The number as exactly as the table and the tooltip write it.
    pub exact: String,
    /// The query of the rows behind it.
    pub rows: Option<String>,
}

impl Point {
    /// A count.
    pub fn count(count: i64) -> Self {
        let shown = format::number(count);
        Self {
            value: Some(count as f64),
            exact: shown.clone(),
            shown,
            rows: None,
        }
    }

    /// A sum of money; nothing becomes a dash.
    pub fn money(money: Option<Money>) -> Self {
        match money {
            Some(money) => Self {
                value: Some(money.approximate()),
                shown: format::compact_amount(money),
                exact: format::money(money),
                rows: None,
            },
            None => Self::nothing(),
        }
    }

    /// A share, 0 to 1.
    pub fn share(share: Option<f64>) -> Self {
        match share {
            Some(share) => Self {
                value: Some(share),
                shown: format::share(share, 0),
                exact: format::share(share, 1),
                rows: None,
            },
            None => Self::nothing(),
        }
    }

    /// An undefined number.
    pub fn nothing() -> Self {
        Self {
            value: None,
            shown: String::new(),
            exact: "–".to_owned(),
            rows: None,
        }
    }

    /// The same, with the rows behind it.
    pub fn behind(mut self, rows: String) -> Self {
        self.rows = Some(rows);
        self
    }
}

/// Numbers of one kind, one for every category.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What they are.
    pub name: String,
    /// How they are drawn.
    pub form: Form,
    /// Name of the color in the style sheet: `1` is `--chart-1`.
    pub color: &'static str,
    /// The numbers.
    pub points: Vec<Point>,
}

/// What a chart shows. From it follow the picture, the table, the words and the files.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// What the categories are: head of the first column of the table.
    pub head: String,
    /// The categories.
    pub categories: Vec<String>,
    /// The first days of categories that are days, weeks, months or quarters: files tell them instead of
    /// names, so that they can be sorted and joined with others.
    pub days: Vec<NaiveDate>,
    /// The numbers.
    pub series: Vec<Series>,
    /// What the numbers are.
    pub unit: Unit,
    /// Whether the bars lie, each beside the name of its category.
    pub lying: bool,
    /// Whether the bars of a category stand on one another.
    pub stacked: bool,
    /// Up to where the axis goes at least, so that plots side by side have the same scale.
    pub least: Option<f64>,
    /// Of which days it tells: a picture that is saved is read without the bar of its report.
    pub about: String,
    /// What the picture says, in one or two sentences.
    pub summary: String,
}

impl Plot {
    /// A plot of some categories without numbers yet.
    pub fn new(head: String, categories: Vec<String>, unit: Unit) -> Self {
        Self {
            head,
            categories,
            days: Vec::new(),
            series: Vec::new(),
            unit,
            lying: false,
            stacked: false,
            least: None,
            about: String::new(),
            summary: String::new(),
        }
    }

    /// The same, of these days.
    pub fn about(mut self, days: String) -> Self {
        self.about = days;
        self
    }

    /// The same with a series more.
    pub fn with(
        mut self,
        name: String,
        form: Form,
        color: &'static str,
        points: Vec<Point>,
    ) -> Self {
        self.series.push(Series {
            name,
            form,
            color,
            points,
        });
        self
    }

    /// Says the numbers of the first series, each with its category, as what the picture says.
    pub fn sum_up(&mut self) {
        let points = self.series.first().map_or(&[][..], |first| &first.points);
        let told = (self.categories.iter().zip(points))
            .map(|(name, point)| format!("{name}: {}", point.exact));
        self.summary = told.collect::<Vec<_>>().join("; ");
    }

    /// How high the picture is, in pixels.
    pub fn height(&self) -> usize {
        if !self.lying {
            return 240;
        }
        let bars = if self.stacked { 1 } else { self.bars() };
        self.categories.len() * (14 + 16 * bars.max(1)) + 8
    }

    /// How many series are bars.
    pub fn bars(&self) -> usize {
        let bars = self.series.iter().filter(|s| s.form == Form::Bars);
        bars.count()
    }
}
