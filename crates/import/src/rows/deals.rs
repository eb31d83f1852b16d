//! Rows of deals.

use chrono::NaiveDate;
use etalon_domain::deal::{DealCategory, DealType};
use etalon_domain::import::{ImportColumn, ImportField as F, PreviewValue, ProblemCode};
use etalon_domain::money::Money;
use etalon_domain::time::Instant;

use super::{Mention, Parsed, Row, Values, read_all};
use crate::dates::Moment;
use crate::reader::{RowReader, Settings};
use crate::table::Table;
use crate::words;

/// A deal with its past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DealRow {
    /// Number of the row in the file.
    pub row: u32,
    /// Identifier in the source system.
    pub external_id: Option<String>,
    /// What is sold; made of account and product when absent.
    pub title: Option<String>,
    /// Code of the stage.
    pub stage: String,
    /// Who sells.
    pub owner: Option<Mention>,
    /// The company that buys.
    pub account: Option<Mention>,
    /// The main contact.
    pub contact: Option<Mention>,
    /// What is sold.
    pub product: Option<Mention>,
    /// What the deal is worth.
    pub amount: Option<Money>,
    /// What the customer can spend.
    pub budget: Option<Money>,
    /// Probability in percent, of an open deal.
    pub probability: Option<i32>,
    /// When it is expected to close.
    pub expected_close_on: Option<NaiveDate>,
    /// When it was created.
    pub created_at: Option<Instant>,
    /// When work with the client began.
    pub engaged_at: Option<Instant>,
    /// When it was last changed in the source system.
    pub updated_at: Option<Instant>,
    /// When it ended; always there when the stage is a final one, never else.
    pub closed_at: Option<Instant>,
    /// Why it ended.
    pub close_reason: Option<String>,
    /// Where the interest came from.
    pub source: Option<String>,
    /// Direct or through a partner.
    pub deal_type: Option<DealType>,
    /// Size of the deal.
    pub category: Option<DealCategory>,
    /// What the customer needs.
    pub need: Option<String>,
    /// When the customer decides.
    pub decision_on: Option<NaiveDate>,
}

impl DealRow {
    /// When it began: the earlier of creation and engagement.
    #[must_use]
    pub fn began_at(&self) -> Option<Instant> {
        match (self.created_at, self.engaged_at) {
            (Some(created), Some(engaged)) => Some(created.min(engaged)),
            (created, engaged) => created.or(engaged),
        }
    }
}

impl Row for DealRow {
    fn number(&self) -> u32 {
        self.row
    }

    fn key(&self) -> Option<(F, String)> {
        let id = self.external_id.clone()?;
        Some((F::ExternalId, id))
    }

    fn changed_at(&self) -> Option<Instant> {
        self.updated_at
    }

    fn values(&self) -> Vec<PreviewValue> {
        let mut values = Values::default();
        values.add(F::ExternalId, self.external_id.as_ref());
        values.add(F::Title, self.title.as_ref());
        values.add(F::Stage, Some(&self.stage));
        values.mention(F::Owner, F::OwnerExternalId, self.owner.as_ref());
        values.mention(F::Account, F::AccountExternalId, self.account.as_ref());
        values.mention(F::Contact, F::ContactExternalId, self.contact.as_ref());
        values.mention(F::Product, F::ProductExternalId, self.product.as_ref());
        values.add(F::Amount, self.amount);
        values.add(F::Budget, self.budget);
        values.add(F::Probability, self.probability);
        values.add(F::ExpectedCloseOn, self.expected_close_on);
        values.instant(F::CreatedAt, self.created_at);
        values.instant(F::EngagedAt, self.engaged_at);
        values.instant(F::ClosedAt, self.closed_at);
        values.add(F::CloseReason, self.close_reason.as_ref());
        values.add(F::Source, self.source.as_ref());
        values.add(F::DealType, self.deal_type);
        values.add(F::Category, self.category);
        values.add(F::Need, self.need.as_ref());
        values.add(F::DecisionOn, self.decision_on);
        values.0
    }
}

/// Reads the rows of deals.
#[must_use]
pub fn deals(table: &Table, columns: &[ImportColumn], settings: &Settings) -> Parsed<DealRow> {
    read_all(table, columns, settings, deal)
}

fn deal(reader: &mut RowReader<'_>) -> DealRow {
    let currency = reader.currency();
    let mut row = DealRow {
        row: reader.record.row,
        external_id: reader.text(F::ExternalId),
        title: reader.text(F::Title),
        stage: stage(reader),
        owner: reader.mention(F::Owner, F::OwnerExternalId),
        account: reader.mention(F::Account, F::AccountExternalId),
        contact: reader.mention(F::Contact, F::ContactExternalId),
        product: reader.mention(F::Product, F::ProductExternalId),
        amount: reader.money(F::Amount, currency),
        budget: reader.money(F::Budget, currency),
        probability: reader.percent(F::Probability),
        expected_close_on: reader.day(F::ExpectedCloseOn),
        created_at: reader.instant(F::CreatedAt),
        engaged_at: reader.instant(F::EngagedAt),
        updated_at: reader.instant(F::UpdatedAt),
        closed_at: None,
        close_reason: reader.text(F::CloseReason),
        source: reader.text(F::Source),
        deal_type: reader.word(F::DealType, words::deal_type),
        category: reader.word(F::Category, words::deal_category),
        need: reader.text(F::Need),
        decision_on: reader.day(F::DecisionOn),
    };
    let closing = reader.moment(F::ClosedAt);
    if !row.stage.is_empty() {
        if reader.settings.stages.is_open(&row.stage) {
            expect(reader, &mut row, closing);
        } else {
            close(reader, &mut row, closing);
        }
    }
    row
}

/// The code of the stage; empty, with an error, when it is not known. Without a column for it every
/// deal begins the process.
fn stage(reader: &mut RowReader<'_>) -> String {
    if !reader.mapping.has(F::Stage) {
        let first = reader.settings.stages.first().to_owned();
        let message = format!("no column leads to the stage; all deals begin in '{first}'");
        let place = crate::problems::Place::row(reader.record.row);
        reader
            .problems
            .note(ProblemCode::ColumnMissing, place, message);
        return first;
    }
    let Some(cell) = reader.cell(F::Stage) else {
        reader.missing(F::Stage);
        return String::new();
    };
    if let Some(code) = reader.settings.stages.code(cell.value) {
        return code.to_owned();
    }
    let message = "is no known stage; map it by hand";
    reader.fail(cell, ProblemCode::UnknownStage, message);
    String::new()
}

/// The closing date of an open deal is the one that is expected.
fn expect(reader: &mut RowReader<'_>, row: &mut DealRow, closing: Option<Moment>) {
    row.close_reason = None;
    let Some(closing) = closing else { return };
    if row.expected_close_on.is_none() {
        row.expected_close_on = Some(closing.day(reader.settings.zone));
        let place = crate::problems::Place::row(reader.record.row);
        let message = "is open; its closing date is taken as the expected one";
        reader
            .problems
            .note(ProblemCode::CloseDateExpected, place, message);
    }
}

/// A closed deal needs a date of closing that is not before its beginning.
fn close(reader: &mut RowReader<'_>, row: &mut DealRow, closing: Option<Moment>) {
    row.probability = None;
    let zone = reader.settings.zone;
    let began = row.began_at();
    if let Some(moment) = closing {
        let mut at = moment.instant(zone);
        if let Some(began) = began.filter(|began| at < *began) {
            if matches!(moment, Moment::Day(day) if day == zone.day(began)) {
                at = began;
            } else if let Some(cell) = reader.cell(F::ClosedAt) {
                let message = "is before the deal began";
                reader.fail(cell, ProblemCode::OutOfRange, message);
            }
        }
        row.closed_at = Some(at);
        return;
    }
    let place = crate::problems::Place::row(reader.record.row);
    if let Some(at) = row.updated_at.filter(|at| began.is_none_or(|b| *at >= b)) {
        row.closed_at = Some(at);
        let message = "is closed without a date; that of its last change is taken";
        reader
            .problems
            .warning(ProblemCode::CloseDateAssumed, place, message);
    } else {
        let message = "is closed and has no date of closing";
        reader
            .problems
            .error(ProblemCode::CloseDateMissing, place, message);
        reader.failed = true;
    }
}

#[cfg(test)]
mod tests {
    use super::DealRow;
    use crate::rows::{Parsed, tests::parsed};
    use etalon_domain::import::{ImportKind, ProblemCode, Severity};

    fn deals(text: &str) -> Parsed<DealRow> {
        parsed(ImportKind::Deals, text, super::deals)
    }

    fn codes(parsed: &Parsed<DealRow>) -> Vec<(Option<i64>, Severity, ProblemCode)> {
        let list = parsed.problems.list();
        list.iter().map(|p| (p.row, p.severity, p.code)).collect()
    }

    #[test]
    fn open_and_closed_deals() {
        let parsed = deals(
            "deal id,stage,owner,account,amount,engage date,close date,lost reason\n\
             1,Prospecting,Ann,,,,,\n\
             2,Engaging,Ann,Luna,,2025-01-10,,ignored\n\
             3,Won,Ann,Luna,1500,2025-01-10,2025-03-01,\n\
             4,Lost,Ann,Luna,0,2025-01-10,2025-03-02,price\n",
        );
        assert!(parsed.problems.is_empty());
        let [first, second, won, lost] = &parsed.rows[..] else {
            panic!("four rows");
        };
        assert_eq!(first.began_at(), None);
        assert_eq!(second.close_reason, None);
        let closed = won.closed_at.map(|at| at.to_rfc3339());
        assert_eq!(closed.as_deref(), Some("2025-03-01T12:00:00+00:00"));
        assert_eq!(won.amount.map(|a| a.decimal()).as_deref(), Some("1500.00"));
        assert_eq!(lost.amount.map(|a| a.minor), Some(0));
        assert_eq!(lost.close_reason.as_deref(), Some("price"));
    }

    #[test]
    fn faults_are_reported_with_their_rows() {
        let parsed = deals(
            "id,stage,amount,currency,created at,updated at,closed at\n\
             1,Moon,10,USD,2025-01-01T10:00:00+05:00,,\n\
             2,New,-5,USD,2025-01-01T10:00:00+05:00,,\n\
             3,New,5,,01.02.2025 09:20,,\n\
             4,Won,5,USD,2025-01-01T10:00:00+05:00,2025-02-01T10:00:00+05:00,\n\
             5,Won,5,USD,2025-01-01T10:00:00+05:00,,\n\
             6,Won,5,USD,2025-01-02T10:00:00+05:00,,2025-01-01T10:00:00+05:00\n\
             7,New,5.005,XYZ,2025-13-01,,\n",
        );
        use ProblemCode as C;
        use Severity::{Error, Warning};
        assert_eq!(
            codes(&parsed),
            [
                (Some(2), Error, C::UnknownStage),
                (Some(3), Error, C::OutOfRange),
                (Some(4), Warning, C::CurrencyAssumed),
                (Some(4), Warning, C::ZoneAssumed),
                (Some(5), Warning, C::CloseDateAssumed),
                (Some(6), Error, C::CloseDateMissing),
                (Some(7), Error, C::OutOfRange),
                (Some(8), Error, C::UnknownCurrency),
                (Some(8), Warning, C::TooManyDecimals),
                (Some(8), Error, C::InvalidDate),
            ]
        );
        assert_eq!(parsed.rows.len(), 2);
        assert_eq!(parsed.failed, 5);
    }

    #[test]
    fn probabilities_are_read_by_what_their_column_holds() {
        let read = |text: &str| {
            let rows = deals(text).rows;
            rows.iter().map(|row| row.probability).collect::<Vec<_>>()
        };
        let shares = "id,stage,probability\n1,New,0.9\n2,New,1\n3,New,0\n";
        assert_eq!(read(shares), [Some(90), Some(100), Some(0)]);
        let percent = "id,stage,probability\n1,New,60\n2,New,1\n3,New,0.6\n";
        assert_eq!(read(percent), [Some(60), Some(1), Some(1)]);
    }

    #[test]
    fn an_amount_has_the_limit_of_every_deal() {
        let parsed = deals(
            "id,stage,amount,budget\n1,New,10000000000000,\n2,Won,10000000000000.01,\n\
             3,New,,99999999999999\n",
        );
        assert_eq!(parsed.rows.len(), 1);
        assert_eq!(
            parsed.rows[0].amount.map(|a| a.minor),
            Some(1_000_000_000_000_000)
        );
        let out_of_range = codes(&parsed)
            .into_iter()
            .filter(|c| c.2 == ProblemCode::OutOfRange);
        assert_eq!(out_of_range.count(), 2);
    }

    #[test]
    fn of_two_rows_with_one_identifier_the_later_change_wins() {
        let parsed = deals(
            "id,stage,amount,updated at\n\
             1,New,69,2025-01-01 10:06\n\
             1,New,68,2025-01-01 10:05\n",
        );
        assert_eq!(parsed.rows.len(), 1);
        assert_eq!(parsed.rows[0].amount.map(|a| a.minor), Some(6900));
        assert_eq!(
            codes(&parsed),
            [(Some(3), Severity::Warning, ProblemCode::DuplicateIdentifier)]
        );
    }

    #[test]
    fn the_closing_date_of_an_open_deal_is_expected() {
        let parsed = deals("Opportunity Name,Stage,Close Date\nA,Qualification,6/30/2025\n");
        let day = parsed.rows[0].expected_close_on.map(|d| d.to_string());
        assert_eq!(day.as_deref(), Some("2025-06-30"));
    }

    #[test]
    fn a_deal_won_on_the_day_it_was_created() {
        let parsed =
            deals("id,stage,amount,created at,close date\n1,Won,5,2025-01-02 15:00,2025-01-02\n");
        assert_eq!(parsed.rows[0].closed_at, parsed.rows[0].created_at);
    }
}
