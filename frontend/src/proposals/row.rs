//! One line of an offer that is being written.

use etalon_domain::decimal::{Percent, Quantity};
use etalon_domain::error::{FieldCode, FieldError};
use etalon_domain::money::Money;
use etalon_domain::proposal::{ProposalDraft, ProposalLineDraft, calculate};
use leptos::prelude::*;

use super::cells::{Cell, number, text};
use super::lines::Lines;
use crate::i18n::{arguments, format, t, t_with, words};
use crate::ui::fields::{code_of, read_decimal};
use crate::ui::{Form, Menu, MenuItem, icon, money};

/// A line and what in it cannot be read.
#[derive(Clone, Copy)]
pub(super) struct Row {
    /// Tells the line from others, wherever it stands.
    pub key: u32,
    /// What is entered.
    pub line: RwSignal<ProposalLineDraft>,
    /// Where it stands, from 0.
    pub at: Signal<usize>,
    unreadable: RwSignal<Vec<(&'static str, FieldCode)>>,
    form: Form<ProposalDraft>,
}

impl Row {
    /// A line of a form.
    pub(super) fn new(
        key: u32,
        line: ProposalLineDraft,
        at: Signal<usize>,
        form: Form<ProposalDraft>,
    ) -> Self {
        Self {
            key,
            line: RwSignal::new(line),
            at,
            unreadable: RwSignal::new(Vec::new()),
            form,
        }
    }

    fn path(self, field: &str) -> String {
        format!("lines.{}.{field}", self.at.get())
    }

    /// The identifier of an input of the line.
    pub(super) fn id_of(self, field: &str) -> String {
        self.form.id_of(&self.path(field))
    }

    /// What is wrong with a field, in the reader's language.
    pub(super) fn error_of(self, field: &'static str) -> Option<String> {
        let path = self.path(field);
        let found = self.form.errors.with(|errors| {
            let error = errors.iter().find(|error| error.field == path);
            error.map(|error| error.code)
        });
        found.map(words::field_error)
    }

    /// Forgets what was wrong with a field.
    pub(super) fn clear(self, field: &'static str) {
        let path = untrack(|| self.path(field));
        let has_any = |errors: &Vec<FieldError>| errors.iter().any(|e| e.field == path);
        if self.form.errors.with_untracked(has_any) {
            self.form
                .errors
                .update(|all| all.retain(|e| e.field != path));
        }
    }

    /// Notes that a field cannot be read, or that it can be again.
    pub(super) fn set_unreadable(self, field: &'static str, wrong: Option<FieldCode>) {
        self.clear(field);
        if wrong.is_some() || self.is_unreadable(field) {
            self.unreadable.update(|all| {
                all.retain(|(name, _)| *name != field);
                all.extend(wrong.map(|code| (field, code)));
            });
        }
    }

    /// Whether a field cannot be read.
    pub(super) fn is_unreadable(self, field: &'static str) -> bool {
        let is_it =
            |all: &Vec<(&'static str, FieldCode)>| all.iter().any(|(name, _)| *name == field);
        self.unreadable
            .try_with_untracked(is_it)
            .unwrap_or_default()
    }

    /// What in the line cannot be read. Tracked.
    pub(super) fn unread(self) -> Vec<FieldError> {
        self.unreadable.with(|all| {
            let error = |(field, code): &(&'static str, FieldCode)| {
                FieldError::new(self.path(field), *code, "")
            };
            all.iter().map(error).collect()
        })
    }
}

/// The inputs of a line.
pub(super) fn show(row: Row, lines: Lines) -> AnyView {
    let currency = lines.currency;
    let line = row.line;
    let label = move |name: &'static str| {
        Signal::derive(move || {
            let arguments = arguments! { "field" => t(name), "line" => row.at.get() + 1 };
            t_with("line-field", &arguments)
        })
    };
    let cell = move |field| Cell { row, field };
    let title = text(
        cell("title"),
        label("field-line"),
        t("proposal-line-placeholder"),
        Signal::derive(move || line.with(|l| l.title.clone())),
        move |title| line.update(|l| l.title = title),
    );
    let unit = text(
        cell("unit"),
        label("field-unit"),
        t("field-unit"),
        Signal::derive(move || line.with(|l| l.unit.clone().unwrap_or_default())),
        move |unit| line.update(|l| l.unit = Some(unit).filter(|unit| !unit.is_empty())),
    );
    let quantity = number(
        cell("quantity"),
        label("field-quantity"),
        Signal::derive(move || format::plain_decimal(&line.with(|l| l.quantity).to_string())),
        move |text| {
            let quantity: Option<Quantity> = read_decimal(text).map_err(code_of)?;
            let quantity = quantity.ok_or(FieldCode::Required)?;
            line.update(|l| l.quantity = quantity);
            Ok(())
        },
    );
    let price = number(
        cell("unit_price"),
        label("field-unit-price"),
        Signal::derive(move || line.with(|l| l.unit_price.map(plain).unwrap_or_default())),
        move |text| {
            let price = money::read(text, currency.get_untracked()).map_err(money::code_of)?;
            line.update(|l| l.unit_price = price);
            Ok(())
        },
    );
    let percent = move |field,
                        name,
                        get: fn(&ProposalLineDraft) -> Percent,
                        set: fn(&mut ProposalLineDraft, Percent)| {
        let shown = Signal::derive(move || {
            let percent = line.with(get);
            if percent.is_zero() {
                String::new()
            } else {
                format::plain_decimal(&percent.to_string())
            }
        });
        number(cell(field), label(name), shown, move |text| {
            let percent = read_decimal(text).map_err(code_of)?.unwrap_or_default();
            line.update(|l| set(l, percent));
            Ok(())
        })
    };
    let discount = percent(
        "discount",
        "field-discount",
        |l| l.discount,
        |l, v| l.discount = v,
    );
    let vat = percent(
        "vat_rate",
        "field-vat-rate",
        |l| l.vat_rate.unwrap_or_default(),
        |l, v| l.vat_rate = Some(v),
    );
    let net = Memo::new(move |_| {
        let one = line.with(|l| calculate(std::slice::from_ref(l), currency.get(), None).ok());
        one.map(|(_, totals)| totals.net)
    });
    let on_key = move |event: leptos::ev::KeyboardEvent| lines.key(row, &event);
    view! {
        <tr on:keydown=on_key>
            <td class="offer-item">
                {title}
                {description(row, label("field-description"))}
            </td>
            <td class="offer-quantity" data-label=t("field-quantity")>
                <div class="offer-pair">
                    <div>{quantity}</div>
                    <div>{unit}</div>
                </div>
            </td>
            <td class="offer-price" data-label=t("field-unit-price")>{price}</td>
            <td class="offer-percent" data-label=t("field-discount")>
                {discount}
            </td>
            <td class="offer-percent" data-label=t("field-vat-rate")>
                {vat}
            </td>
            <td class="cell-number offer-net" data-label=t("field-net")>
                {move || net.get().map_or_else(|| "–".to_owned(), format::full_amount)}
            </td>
            <td class="cell-action">{menu(row, lines)}</td>
        </tr>
    }
    .into_any()
}

/// More words about the line, once there are any or somebody wants to add some.
fn description(row: Row, label: Signal<String>) -> AnyView {
    let line = row.line;
    let is_there = Memo::new(move |_| line.with(|l| l.description.is_some()));
    let content = move || {
        is_there.get().then(|| {
            view! {
                <textarea
                    id=move || row.id_of("description")
                    class="textarea"
                    rows="2"
                    aria-label=move || label.get()
                    prop:value=line.with_untracked(|l| l.description.clone().unwrap_or_default())
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        line.update(|l| l.description = Some(text));
                    }
                ></textarea>
            }
        })
    };
    content.into_any()
}

fn menu(row: Row, lines: Lines) -> AnyView {
    let label = t_with(
        "line-actions",
        &arguments! { "line" => row.at.get_untracked() + 1 },
    );
    let describe = move |()| {
        row.line.update(|l| {
            l.description.get_or_insert_default();
        });
        lines.focus(row, "description");
    };
    view! {
        <Menu label end=true trigger=icon!("ellipsis")>
            <MenuItem on_select=describe>{icon!("text")} {t("line-describe")}</MenuItem>
            <MenuItem on_select=move |()| lines.duplicate(row)>{icon!("copy")} {t("line-copy")}</MenuItem>
            <MenuItem on_select=move |()| lines.shift(row, false)>{icon!("arrow-up")} {t("line-up")}</MenuItem>
            <MenuItem on_select=move |()| lines.shift(row, true)>{icon!("arrow-down")} {t("line-down")}</MenuItem>
            <MenuItem on_select=move |()| lines.remove(row)>
                <span class="menu-danger flex items-center gap-2">{icon!("trash-2")} {t("line-remove")}</span>
            </MenuItem>
        </Menu>
    }
    .into_any()
}

/// A price as it is typed.
fn plain(price: Money) -> String {
    format::plain_decimal(&price.decimal())
}

/// An empty line.
pub(super) fn empty() -> ProposalLineDraft {
    ProposalLineDraft {
        quantity: Quantity::whole(1),
        ..ProposalLineDraft::default()
    }
}
