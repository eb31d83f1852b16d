use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::amounts::{line_amounts, sum};
use super::{LineAmounts, Proposal, ProposalLine, ProposalTotals};
use crate::deal::MAX_MINOR;
use crate::decimal::{Percent, Quantity};
use crate::error::{FieldCode, FieldError, rule};
use crate::id::{ContactId, ProductId};
use crate::money::{Currency, Money};
use crate::product::Product;
use crate::rate::{MAX_CONVERTED, convert_minor, minor_factor};
use crate::text::non_empty;

/// How many lines a proposal may have.
pub const MAX_LINES: usize = 500;

/// Largest quantity of a line.
const MAX_QUANTITY: Quantity = Quantity::whole(1_000_000_000);

/// What a person enters of a line. What is left out is taken from the product.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProposalLineDraft {
    /// The product; absent for free text.
    #[serde(default)]
    pub product_id: Option<ProductId>,
    /// What is offered, at most 200 characters; the product's name when absent.
    #[serde(default)]
    #[validate(length(max = 200))]
    pub title: String,
    /// What more there is to say.
    #[serde(default)]
    #[validate(length(max = 2000))]
    pub description: Option<String>,
    /// Unit of the quantity; the product's when absent.
    #[serde(default)]
    #[validate(length(max = 20))]
    pub unit: Option<String>,
    /// How much of it, above zero; one when absent.
    #[serde(default = "one")]
    #[validate(custom(function = countable))]
    pub quantity: Quantity,
    /// Price of one unit in the currency of the proposal; the product's when absent.
    #[serde(default)]
    pub unit_price: Option<Money>,
    /// Discount in percent, 0 to 100.
    #[serde(default)]
    #[validate(custom(function = percentage))]
    pub discount: Percent,
    /// VAT rate in percent, 0 to 100; the product's when absent, or none.
    #[serde(default)]
    #[validate(custom(function = percentage))]
    pub vat_rate: Option<Percent>,
}

const fn one() -> Quantity {
    Quantity::whole(1)
}

/// Whether a quantity can be that of a line.
#[must_use]
pub fn is_countable(quantity: Quantity) -> bool {
    Quantity::from_units(0) < quantity && quantity <= MAX_QUANTITY
}

fn countable(quantity: &Quantity) -> Result<(), validator::ValidationError> {
    if is_countable(*quantity) {
        Ok(())
    } else {
        let message = "must lie above 0 and not above 1000000000";
        Err(rule(FieldCode::OutOfRange, message))
    }
}

/// Whether a percentage lies between nothing and the whole.
///
/// # Errors
/// `out_of_range` when it does not.
pub(crate) fn percentage(percent: &Percent) -> Result<(), validator::ValidationError> {
    if (Percent::default()..=Percent::HUNDRED).contains(percent) {
        Ok(())
    } else {
        Err(rule(FieldCode::OutOfRange, "must lie between 0 and 100"))
    }
}

/// What a person enters of a proposal. All amounts follow from it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"currency": "USD", "valid_until": "2027-01-31", "introduction": "Thank you for your inquiry.", "terms": "Delivery within eight weeks, payment within 30 days.", "lines": [{"title": "Edge controller", "unit": "pcs", "quantity": "3", "unit_price": {"amount": "4821.00", "currency": "USD"}, "discount": "10", "vat_rate": "20"}]})))]
pub struct ProposalDraft {
    /// To whom it is addressed; the main contact of the deal when absent in a new proposal.
    #[serde(default)]
    pub contact_id: Option<ContactId>,
    /// Currency of all amounts. Absent: in a new proposal that of the deal, in an edit unchanged.
    #[serde(default)]
    pub currency: Option<Currency>,
    /// The last day on which the offer holds.
    #[serde(default)]
    pub valid_until: Option<NaiveDate>,
    /// What stands before the lines.
    #[serde(default)]
    #[validate(length(max = 20_000))]
    pub introduction: Option<String>,
    /// What stands after them: delivery, payment, warranty.
    #[serde(default)]
    #[validate(length(max = 20_000))]
    pub terms: Option<String>,
    /// What is offered, at most 500 lines.
    #[serde(default)]
    #[validate(nested)]
    pub lines: Vec<ProposalLineDraft>,
}

impl ProposalDraft {
    /// Trims texts and turns empty ones into `None`.
    #[must_use]
    pub fn normalized(mut self) -> Self {
        self.introduction = non_empty(self.introduction);
        self.terms = non_empty(self.terms);
        for line in &mut self.lines {
            line.title = line.title.trim().to_owned();
            line.description = non_empty(line.description.take());
            line.unit = non_empty(line.unit.take());
        }
        self
    }

    /// Takes from the products what the lines leave out.
    pub(super) fn complete(&mut self, products: &[Product], currency: Currency) {
        for line in &mut self.lines {
            let Some(product) = line.product(products) else {
                continue;
            };
            if line.title.is_empty() {
                line.title.clone_from(&product.name);
            }
            line.unit = line.unit.take().or_else(|| product.unit.clone());
            line.vat_rate = line.vat_rate.or(product.vat_rate);
            line.unit_price = line
                .unit_price
                .or(product.price.filter(|price| price.currency == currency));
        }
    }
}

impl ProposalLineDraft {
    /// The product of the line among those that were found.
    pub(super) fn product<'a>(&self, products: &'a [Product]) -> Option<&'a Product> {
        let id = self.product_id.as_ref()?;
        products.iter().find(|product| product.id == *id)
    }

    /// What the line comes to in a currency; what is not entered yet counts as nothing.
    fn amounts(&self) -> Option<LineAmounts> {
        let price = self.unit_price.map_or(0, |price| price.minor);
        line_amounts(
            self.quantity,
            price,
            self.discount,
            self.vat_rate.unwrap_or_default(),
        )
    }

    /// The line with what it comes to.
    fn line(&self, currency: Currency, amounts: LineAmounts) -> ProposalLine {
        let money = |minor| Money::new(minor, currency);
        ProposalLine {
            product_id: self.product_id.clone(),
            title: self.title.clone(),
            description: self.description.clone(),
            unit: self.unit.clone(),
            quantity: self.quantity,
            unit_price: money(self.unit_price.map_or(0, |price| price.minor)),
            discount: self.discount,
            vat_rate: self.vat_rate.unwrap_or_default(),
            net: money(amounts.net),
            vat: money(amounts.vat),
            total: money(amounts.net.saturating_add(amounts.vat)),
        }
    }
}

/// Computes the lines and totals of a proposal, as the server stores them and the app shows them
/// while one types.
///
/// # Errors
/// The lines that come to more than an amount may be, or `lines` when the sum does.
pub fn calculate(
    lines: &[ProposalLineDraft],
    currency: Currency,
    rate_to_base: Option<(f64, Currency)>,
) -> Result<(Vec<ProposalLine>, ProposalTotals), Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut amounts = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        match line.amounts().filter(|a| a.net.abs() <= MAX_MINOR) {
            Some(found) => amounts.push(found),
            None => errors.push(too_large(&format!("lines.{index}.unit_price"))),
        }
    }
    let totals = sum(amounts.iter().copied()).filter(|sum| {
        sum.net
            .checked_add(sum.vat)
            .is_some_and(|all| all <= MAX_MINOR)
    });
    let Some(totals) = totals.filter(|_| errors.is_empty()) else {
        if errors.is_empty() {
            errors.push(too_large("lines"));
        }
        return Err(errors);
    };
    let money = |minor| Money::new(minor, currency);
    let total = money(totals.net + totals.vat);
    let totals = ProposalTotals {
        net: money(totals.net),
        vat: money(totals.vat),
        total,
        total_base: rate_to_base.and_then(|(rate, base)| in_base(total, rate, base)),
    };
    let lines = lines.iter().zip(amounts);
    let lines = lines.map(|(line, amounts)| line.line(currency, amounts));
    Ok((lines.collect(), totals))
}

/// An amount in the base currency at a frozen rate; `None` when it is beyond what can be kept.
fn in_base(total: Money, rate: f64, base: Currency) -> Option<Money> {
    let minor = convert_minor(total.minor, minor_factor(total.currency, base, rate));
    (minor.abs() <= MAX_CONVERTED).then(|| Money::new(minor, base))
}

fn too_large(field: &str) -> FieldError {
    FieldError::new(field, FieldCode::OutOfRange, "comes to too much")
}

impl From<&ProposalLine> for ProposalLineDraft {
    fn from(line: &ProposalLine) -> Self {
        Self {
            product_id: line.product_id.clone(),
            title: line.title.clone(),
            description: line.description.clone(),
            unit: line.unit.clone(),
            quantity: line.quantity,
            unit_price: Some(line.unit_price),
            discount: line.discount,
            vat_rate: Some(line.vat_rate),
        }
    }
}

impl From<&Proposal> for ProposalDraft {
    fn from(proposal: &Proposal) -> Self {
        Self {
            contact_id: proposal.contact_id.clone(),
            currency: Some(proposal.currency),
            valid_until: proposal.valid_until,
            introduction: proposal.introduction.clone(),
            terms: proposal.terms.clone(),
            lines: proposal.lines.iter().map(Into::into).collect(),
        }
    }
}
