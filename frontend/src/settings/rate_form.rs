use chrono::NaiveDate;
use etalon_domain::endpoint::AddExchangeRate;
use etalon_domain::error::{FieldCode, FieldError, validate};
use etalon_domain::money::Currency;
use etalon_domain::rate::{ExchangeRate, ExchangeRateDraft};
use leptos::prelude::*;

use crate::api;
use crate::i18n::{format, t};
use crate::query::invalidate;
use crate::session;
use crate::ui::{Choice, DateField, Form, FormPanel, FormPlace, SelectField, TextField, toast};

/// What somebody enters: numbers as people write them.
#[derive(Clone, PartialEq)]
struct Entered {
    base: String,
    currency: String,
    on: Option<NaiveDate>,
    rate: String,
}

impl Entered {
    fn draft(&self) -> Result<ExchangeRateDraft, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut currency = |name: &str, code: &str| {
            let found = Currency::from_code(code);
            if found.is_none() {
                errors.push(FieldError::required(name));
            }
            found
        };
        let base = currency("base", &self.base);
        let priced = currency("currency", &self.currency);
        if base.is_some() && base == priced {
            errors.push(FieldError::new("currency", FieldCode::NotAllowed, ""));
        }
        if self.on.is_none() {
            errors.push(FieldError::required("on"));
        }
        let digits: String = self
            .rate
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| if c == ',' { '.' } else { c })
            .collect();
        let rate = digits.parse::<f64>();
        match &rate {
            Ok(_) => {}
            Err(_) if digits.is_empty() => errors.push(FieldError::required("rate")),
            Err(_) => errors.push(FieldError::new("rate", FieldCode::InvalidFormat, "")),
        }
        let (Some(base), Some(currency), Some(on), Ok(rate)) = (base, priced, self.on, rate) else {
            return Err(errors);
        };
        let draft = ExchangeRateDraft {
            base,
            currency,
            on,
            rate,
        };
        errors.extend(validate(&draft));
        if errors.is_empty() {
            Ok(draft)
        } else {
            Err(errors)
        }
    }
}

/// The dialog that enters a rate by hand.
#[component]
pub(super) fn NewRate(
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let own = session::me().map_or("", |me| me.base_currency.code());
    let form = Form::new(Entered {
        base: String::new(),
        currency: own.to_owned(),
        on: Some(format::today()),
        rate: String::new(),
    });
    form.call("base", "field-rate-base");
    form.call("currency", "field-rate-currency");
    form.call("on", "field-rate-on");
    let base = form.field("base", |d: &Entered| d.base.clone(), |d, v| d.base = v);
    let currency = form.field(
        "currency",
        |d: &Entered| d.currency.clone(),
        |d, v| d.currency = v,
    );
    let on = form.field("on", |d: &Entered| d.on, |d, v| d.on = v);
    let rate = form.field("rate", |d: &Entered| d.rate.clone(), |d, v| d.rate = v);
    let submit = move |()| {
        let check = |entered: &Entered| entered.draft().err().unwrap_or_default();
        let send = |entered: Entered| async move {
            match entered.draft() {
                Ok(draft) => api::call(AddExchangeRate(draft)).await,
                Err(_) => Err(api::Failure::Unreadable),
            }
        };
        form.submit(check, send, move |_: ExchangeRate| {
            changed();
            toast::done(t("rate-added"));
            on_close.run(());
        });
    };
    view! {
        <FormPanel
            title=t("rate-new")
            form
            submit=t("rate-add")
            on_submit=submit
            on_close
            place=FormPlace::Dialog
        >
            <div class="form-pair">
                <SelectField
                    bound=base
                    label=t("field-rate-base")
                    choices=currencies(true)
                    required=true
                />
                <SelectField
                    bound=currency
                    label=t("field-rate-currency")
                    choices=currencies(false)
                    required=true
                />
            </div>
            <div class="form-pair">
                <TextField
                    bound=rate
                    label=t("field-rate")
                    help=t("rate-help")
                    required=true
                    autofocus=true
                />
                <DateField bound=on label=t("field-rate-on") help=t("rate-on-help") />
            </div>
        </FormPanel>
    }
    .into_any()
}

/// Every currency by code and name, with an empty choice in front when there is nothing to begin
/// with.
pub fn currencies(with_empty: bool) -> Vec<Choice> {
    let empty = with_empty.then(|| Choice::new("", "…"));
    let all = Currency::all().into_iter().map(|currency| {
        let name = format::currency_name(currency);
        Choice::new(currency.code(), format!("{} · {name}", currency.code()))
    });
    empty.into_iter().chain(all).collect()
}

/// After a change of rates, sums of open deals are others, too.
pub(super) fn changed() {
    invalidate(&["exchange-rates", "currencies", "deals", "analytics"]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entered(rate: &str) -> Entered {
        Entered {
            base: "EUR".into(),
            currency: "USD".into(),
            on: NaiveDate::from_ymd_opt(2026, 1, 2),
            rate: rate.into(),
        }
    }

    #[test]
    fn a_rate_may_be_written_with_a_comma() {
        assert_eq!(entered("1 100,5").draft().map(|d| d.rate), Ok(1100.5));
    }

    #[test]
    fn a_rate_is_a_number_above_zero() {
        let code = |text: &str| entered(text).draft().unwrap_err()[0].code;
        assert_eq!(code(""), FieldCode::Required);
        assert_eq!(code("much"), FieldCode::InvalidFormat);
        assert_eq!(code("-1"), FieldCode::OutOfRange);
    }
}
