//! The lines of an offer that is being written: adding, moving, removing, and what they come to.

use etalon_domain::endpoint::{GetRecord, ListCurrencies, Products};
use etalon_domain::money::{Currency, Money};
use etalon_domain::product::Product;
use etalon_domain::proposal::{ProposalDraft, ProposalLineDraft, calculate};
use etalon_domain::rate::{CurrencyInfo, convert_minor, minor_factor};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::reading::{head, totals};
use super::row::{self, Row};
use crate::api;
use crate::i18n::{t, words};
use crate::query::{Query, use_query};
use crate::ui::{Button, Form, Picked, Picker, PickerSource, dom, icon, toast};

/// The lines of a form.
#[derive(Clone, Copy)]
pub(super) struct Lines {
    /// The lines in their order.
    pub rows: RwSignal<Vec<Row>>,
    /// The currency of their prices.
    pub currency: Memo<Currency>,
    form: Form<ProposalDraft>,
    next_key: StoredValue<u32>,
    currencies: Query<etalon_domain::page::Page<CurrencyInfo>>,
}

impl Lines {
    /// The lines of a form whose proposal has this currency as long as it names none.
    pub(super) fn new(form: Form<ProposalDraft>, currency: Currency) -> Self {
        let lines = Self {
            rows: RwSignal::new(Vec::new()),
            currency: Memo::new(move |_| form.draft.with(|d| d.currency.unwrap_or(currency))),
            form,
            next_key: StoredValue::new(0),
            currencies: use_query(|| Some(ListCurrencies)),
        };
        lines.reset(form.draft.with_untracked(|d| d.lines.clone()));
        lines
    }

    /// Begins anew with these lines.
    pub(super) fn reset(self, drafts: Vec<ProposalLineDraft>) {
        self.rows.set(Vec::new());
        for draft in drafts {
            self.add(draft);
        }
    }

    /// What is entered. Tracked.
    pub(super) fn drafts(self) -> Vec<ProposalLineDraft> {
        let rows = self.rows.get();
        rows.iter().map(|row| row.line.get()).collect()
    }

    fn row_of(self, draft: ProposalLineDraft) -> Row {
        let key = self.next_key.get_value();
        self.next_key.set_value(key + 1);
        let rows = self.rows;
        let at = Signal::derive(move || {
            rows.with(|rows| rows.iter().position(|row| row.key == key).unwrap_or(0))
        });
        Row::new(key, draft, at, self.form)
    }

    /// Adds a line at the end.
    fn add(self, draft: ProposalLineDraft) -> Row {
        let row = self.row_of(draft);
        self.rows.update(|rows| rows.push(row));
        row
    }

    /// Adds an empty line and goes to it.
    fn add_empty(self) {
        let row = self.add(row::empty());
        self.focus(row, "title");
    }

    /// Moves the focus to an input of a line, once that is there.
    pub(super) fn focus(self, row: Row, field: &'static str) {
        request_animation_frame(move || dom::focus(&untrack(|| row.id_of(field))));
    }

    /// Puts the same once more below a line.
    pub(super) fn duplicate(self, row: Row) {
        let copy = self.row_of(row.line.get_untracked());
        let at = row.at.get_untracked();
        self.moved(|rows| rows.insert(at + 1, copy));
        self.focus(copy, "quantity");
    }

    /// Moves a line by one place.
    pub(super) fn shift(self, row: Row, down: bool) {
        let at = row.at.get_untracked();
        let other = if down { at + 1 } else { at.wrapping_sub(1) };
        self.moved(|rows| {
            if other < rows.len() {
                rows.swap(at, other);
            }
        });
    }

    /// Takes a line away, and offers it back.
    pub(super) fn remove(self, row: Row) {
        let at = row.at.get_untracked();
        let draft = row.line.get_untracked();
        self.moved(|rows| rows.retain(|each| each.key != row.key));
        toast::done_with_undo(t("line-removed"), move || {
            // The offer may have been left meanwhile.
            if self.rows.try_with_untracked(Vec::len).is_some() {
                let back = self.row_of(draft.clone());
                self.moved(|rows| rows.insert(at.min(rows.len()), back));
            }
        });
    }

    /// Changes the order. What was wrong is named by places, so it is forgotten.
    fn moved(self, change: impl FnOnce(&mut Vec<Row>)) {
        let is_of_line = |field: &str| field == "lines" || field.starts_with("lines.");
        self.form
            .errors
            .update(|all| all.retain(|error| !is_of_line(&error.field)));
        self.rows.update(change);
    }

    /// Enter goes to the same column of the next line, and from the last line to a new one; Alt and
    /// an arrow moves the line.
    pub(super) fn key(self, row: Row, event: &KeyboardEvent) {
        let (id, at) = untrack(|| (dom::focused().map(|f| f.id()), row.at.get()));
        let field = |name: &&str| id == Some(untrack(|| row.id_of(name)));
        let here = [
            "title",
            "quantity",
            "unit",
            "unit_price",
            "discount",
            "vat_rate",
        ]
        .into_iter()
        .find(|name| field(name));
        let Some(here) = here else {
            return;
        };
        match event.key().as_str() {
            "Enter" if !event.ctrl_key() && !event.meta_key() => {
                let next = self.rows.with_untracked(|rows| rows.get(at + 1).copied());
                match next {
                    Some(next) => self.focus(next, here),
                    None => self.add_empty(),
                }
            }
            "ArrowUp" | "ArrowDown" if event.alt_key() => {
                self.shift(row, event.key() == "ArrowDown");
                self.focus(row, here);
            }
            _ => return,
        }
        event.prevent_default();
    }

    /// Adds a line of a product, at its price in the currency of the offer.
    fn add_product(self, picked: Picked) {
        spawn_local(async move {
            match api::call(GetRecord::<Products>::new(picked.id)).await {
                Ok(product) => {
                    let row = self.add(self.line_of(product));
                    self.focus(row, "quantity");
                }
                Err(failure) => toast::failed(&failure),
            }
        });
    }

    fn line_of(self, product: Product) -> ProposalLineDraft {
        let currency = self.currency.get_untracked();
        ProposalLineDraft {
            product_id: Some(product.id),
            title: product.name,
            unit: product.unit,
            unit_price: product
                .price
                .and_then(|price| self.converted(price, currency)),
            vat_rate: product.vat_rate,
            ..row::empty()
        }
    }

    /// Puts all prices into another currency at today's rates; without a rate the numbers stay.
    pub(super) fn change_currency(self, to: Currency) {
        for row in self.rows.get_untracked() {
            row.line.update(|line| {
                line.unit_price = line.unit_price.map(|price| {
                    let converted = self.converted(price, to);
                    converted.unwrap_or_else(|| Money::new(price.minor, to))
                });
            });
        }
        self.form.draft.update(|draft| draft.currency = Some(to));
    }

    fn converted(self, price: Money, to: Currency) -> Option<Money> {
        if price.currency == to {
            return Some(price);
        }
        self.currencies.data.with_untracked(|page| {
            let rate = |currency: Currency| {
                let known = page.as_ref()?.items.iter().find(|c| c.code == currency)?;
                known.rate_to_base
            };
            let factor = minor_factor(price.currency, to, rate(price.currency)? / rate(to)?);
            Some(Money::new(convert_minor(price.minor, factor), to))
        })
    }

    /// The currencies to choose from, those with a rate first.
    pub(super) fn codes(self) -> Vec<String> {
        let mut known = self
            .currencies
            .data
            .get()
            .map(|page| page.items)
            .unwrap_or_default();
        known.sort_by_key(|c| (!c.is_base, c.rate_to_base.is_none(), c.code.code()));
        let mut codes: Vec<String> = known
            .into_iter()
            .map(|c| c.code.code().to_owned())
            .collect();
        let present = self.currency.get().code().to_owned();
        if !codes.contains(&present) {
            codes.insert(0, present);
        }
        codes
    }
}

/// The table of lines with all that changes it, and the totals.
#[component]
pub(super) fn LineTable(
    /// The lines.
    lines: Lines,
) -> impl IntoView {
    let form = lines.form;
    let is_empty = Memo::new(move |_| lines.rows.with(Vec::is_empty));
    let sums = Memo::new(move |_| calculate(&lines.drafts(), lines.currency.get(), None).ok());
    let pick = move |picked: Option<Picked>| {
        if let Some(picked) = picked {
            lines.add_product(picked);
        }
    };
    let wrong = move || {
        let code = form.errors.with(|errors| {
            let error = errors.iter().find(|error| error.field == "lines");
            error.map(|error| error.code)
        })?;
        Some(view! {
            <p class="field-error">
                {icon!("circle-alert")}
                <span>{words::field_error(code)}</span>
            </p>
        })
    };
    view! {
        <div id=form.id_of("lines") tabindex="-1">
            <Show when=move || !is_empty.get()>
                <table class="offer-table is-written" aria-label=t("proposal-lines")>
                    {head(true)}
                    <tbody>
                        <For
                            each=move || lines.rows.get()
                            key=|row| row.key
                            children=move |row| row::show(row, lines)
                        />
                    </tbody>
                </table>
            </Show>
            {wrong}
        </div>
        <div class="offer-add">
            <div class="offer-picker">
                <label class="field-label" for=form.id_of("product")>
                    {t("proposal-add-product")}
                </label>
                <Picker
                    source=PickerSource::Products
                    id=form.id_of("product")
                    value=Signal::stored(String::new())
                    on_pick=pick
                    clear_after=true
                />
            </div>
            <Button on_press=move |()| lines.add_empty()>
                {icon!("plus")}
                {t("proposal-add-line")}
            </Button>
        </div>
        {move || sums.get().filter(|_| !is_empty.get()).map(|sums| totals(&sums.1))}
    }
    .into_any()
}
