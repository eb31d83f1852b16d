use etalon_domain::analytics::Period;
use etalon_domain::money::{Currency, Money};
use etalon_domain::target::{TargetCell, TargetDraft, TargetGrid, TargetRow};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::cell::{Place, cell_view, read_target};
use super::saving::{Saving, SavingState, draft};
use crate::i18n::{format, t};
use crate::query::Query;
use crate::session;
use crate::ui::money::plain;
use crate::ui::{Avatar, Button, dom, icon, toast};

/// What is going on in the grid.
#[derive(Clone, Copy)]
pub(super) struct State {
    /// The numbers.
    pub(super) query: Query<TargetGrid>,
    /// The cell that the keys are about.
    pub(super) place: RwSignal<Place>,
    /// What is being typed into it.
    pub(super) typed: RwSignal<Option<String>>,
    /// What is wrong with that, from the time it was to be written until it can be read.
    pub(super) wrong: RwSignal<Option<String>>,
    saving: Saving,
    body: NodeRef<html::Table>,
}

impl State {
    /// A row with one of its cells.
    pub(super) fn at(self, place: Place) -> Option<(TargetRow, TargetCell)> {
        self.query.data.with_untracked(|grid| {
            let row = grid.as_ref()?.rows.get(place.row)?;
            Some((row.clone(), row.cells.get(place.month)?.clone()))
        })
    }

    fn size(self) -> (usize, usize) {
        self.query.data.with_untracked(|grid| {
            grid.as_ref()
                .map_or((0, 0), |grid| (grid.rows.len(), grid.months.len()))
        })
    }

    /// Goes to a cell.
    pub(super) fn go(self, place: Place) {
        self.place.set(place);
        let selector = format!("[data-cell=\"{}-{}\"]", place.row, place.month);
        if let Some(table) = self.body.get_untracked()
            && let Some(cell) = dom::first(&table, &selector)
        {
            let _ = cell.focus();
        }
    }

    fn step(self, rows: i64, months: i64) -> bool {
        let (height, width) = self.size();
        let place = self.place.get_untracked();
        let row = place.row as i64 + rows;
        let month = place.month as i64 + months;
        if row < 0 || month < 0 || row >= height as i64 || month >= width as i64 {
            return false;
        }
        self.go(Place {
            row: row as usize,
            month: month as usize,
        });
        true
    }

    /// Begins to type into the present cell; `text` takes the place of what stands there.
    pub(super) fn edit(self, text: Option<String>) {
        let Some((row, cell)) = self.at(self.place.get_untracked()) else {
            return;
        };
        if row.may_edit {
            self.wrong.set(None);
            let present = cell
                .amount
                .map(|money| format::plain_decimal(&plain(money)));
            self.typed.set(Some(text.or(present).unwrap_or_default()));
        }
    }

    /// Takes what is typed now.
    pub(super) fn type_in(self, text: String) {
        let before = self.wrong.get_untracked();
        if before.is_some() {
            let wrong = base_currency().and_then(|base| read_target(&text, base).err());
            if wrong != before {
                self.wrong.set(wrong);
            }
        }
        self.typed.set(Some(text));
    }

    /// Goes back to what is being typed.
    pub(super) fn go_back(self) {
        if let Some(table) = self.body.get_untracked()
            && let Some(input) = dom::first(&table, ".target-input")
        {
            let _ = input.focus();
        }
    }

    /// Writes what was typed. `false` when it cannot be read: then it stays, and says why.
    pub(super) fn accept(self) -> bool {
        let Some(typed) = self.typed.get_untracked() else {
            return true;
        };
        let Some((row, cell)) = self.at(self.place.get_untracked()) else {
            return true;
        };
        let Some(base) = base_currency() else {
            return true;
        };
        let amount = match read_target(&typed, base) {
            Ok(amount) => amount,
            Err(wrong) => {
                self.wrong.set(Some(wrong));
                return false;
            }
        };
        self.typed.set(None);
        if amount != cell.amount {
            let name = format!("{}, {}", row.name, format::month(cell.month));
            self.saving.save(vec![draft(&row, &cell, amount)], name);
        }
        true
    }

    /// Gives the amount of the present cell to the months after it.
    fn copy_forward(self) {
        if self.typed.with_untracked(Option::is_some) {
            self.go_back();
            return;
        }
        let place = self.place.get_untracked();
        let Some((row, cell)) = self.at(place) else {
            return;
        };
        // Nothing is no target to copy: it would take those of the whole year away.
        if !row.may_edit || cell.amount.is_none() {
            return;
        }
        let (written, before): (Vec<TargetDraft>, Vec<TargetDraft>) = (row.cells.iter())
            .skip(place.month + 1)
            .filter(|later| later.amount != cell.amount)
            .map(|later| {
                let mut undo = draft(&row, later, later.amount);
                undo.version = None;
                (draft(&row, later, cell.amount), undo)
            })
            .unzip();
        if written.is_empty() {
            return;
        }
        let (saving, name) = (self.saving, row.name);
        saving.save(written, name.clone());
        toast::done_with_undo(t("targets-copied"), move || {
            saving.save(before.clone(), name.clone());
        });
    }
}

fn base_currency() -> Option<Currency> {
    session::me().map(|me| me.base_currency)
}

/// The grid. Arrows go from cell to cell; Enter or a digit begins, Enter and Tab write, Escape leaves.
#[component]
pub(super) fn Grid(
    /// The numbers.
    query: Query<TargetGrid>,
    /// The period of which the targets were asked for: its months are marked.
    meant: Memo<Option<Period>>,
) -> impl IntoView {
    let state = State {
        query,
        place: RwSignal::new(Place::default()),
        typed: RwSignal::new(None),
        wrong: RwSignal::new(None),
        saving: Saving::new(),
        body: NodeRef::new(),
    };
    let months = query
        .data
        .with_untracked(|grid| grid.as_ref().map(|grid| grid.months.clone()))
        .unwrap_or_default();
    let count = query
        .data
        .with_untracked(|grid| grid.as_ref().map_or(0, |grid| grid.rows.len()));
    let heads = months
        .iter()
        .map(|month| {
            let month = *month;
            let is_meant = move || meant.get().is_some_and(|period| period.contains(month));
            view! {
                <th scope="col" class="cell-number" class:is-meant=is_meant>
                    {format::short_month(month)}
                </th>
            }
        })
        .collect_view();
    let rows = (0..count)
        .map(|row| row_view(row, months.len(), state))
        .collect_view();
    let theirs = Callback::new(move |wanted: TargetDraft| {
        query.data.with(|grid| {
            let row = grid
                .as_ref()?
                .rows
                .iter()
                .find(|row| match &wanted.owner_id {
                    Some(owner) => row.owner_id.as_ref() == Some(owner),
                    None => row.owner_id.is_none() && row.department_id == wanted.department_id,
                })?;
            row.cells
                .iter()
                .find(|cell| cell.month == wanted.month)
                .cloned()
        })
    });
    let may_copy = move || {
        let place = state.place.get();
        query.data.with(|grid| {
            let row = grid.as_ref().and_then(|grid| grid.rows.get(place.row));
            row.is_some_and(|row| {
                let cell = row.cells.get(place.month);
                row.may_edit
                    && place.month + 1 < row.cells.len()
                    && cell.is_some_and(|cell| cell.amount.is_some())
            })
        })
    };
    let may_edit = move || {
        query.data.with(|grid| {
            let mut rows = grid.iter().flat_map(|grid| &grid.rows);
            rows.any(|row| row.may_edit)
        })
    };
    let currency = base_currency().map(Currency::code);
    view! {
        <SavingState saving=state.saving theirs />
        <Show when=may_edit>
            <div class="report-row">
                <Button
                    disabled=Signal::derive(move || !may_copy())
                    on_press=move |()| state.copy_forward()
                >
                    {icon!("arrow-right-to-line")}
                    {t("targets-copy")}
                </Button>
                <p class="text-soft max-md:hidden">{t("targets-keys")}</p>
            </div>
        </Show>
        <div class="report-table">
            <div class="table-frame">
                <table
                    class="data-table targets-grid"
                    role="grid"
                    aria-label=t("report-targets")
                    node_ref=state.body
                    on:keydown=move |event| keys(state, &event)
                >
                    <thead>
                        <tr>
                            <th scope="col">{t("targets-who")} ", " {currency}</th>
                            {heads}
                            <th scope="col" class="cell-number">{t("total")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                    <tfoot>{move || totals(query)}</tfoot>
                </table>
            </div>
        </div>
    }
    .into_any()
}

fn totals(query: Query<TargetGrid>) -> Option<AnyView> {
    let grid = query.data.get()?;
    let cells = grid
        .totals
        .into_iter()
        .map(|cell| {
            view! { <td class="cell-number">{shown(cell.effective)}</td> }
        })
        .collect_view();
    Some(
        view! {
            <tr>
                <th scope="row">{t("total")}</th>
                {cells}
                <td class="cell-number">{shown(grid.total)}</td>
            </tr>
        }
        .into_any(),
    )
}

/// An amount without its currency, which the head of the grid says.
fn shown(money: Option<Money>) -> String {
    money.map_or_else(|| "–".to_owned(), format::amount)
}

fn row_view(at: usize, months: usize, state: State) -> AnyView {
    let query = state.query;
    let row = query
        .data
        .with_untracked(|grid| grid.as_ref().and_then(|grid| grid.rows.get(at).cloned()));
    let Some(row) = row else {
        return ().into_any();
    };
    let total = move || {
        let total = query.data.with(|grid| {
            let row = grid.as_ref().and_then(|grid| grid.rows.get(at));
            row.and_then(|row| row.total)
        });
        shown(total)
    };
    let is_person = row.owner_id.is_some();
    let face = is_person.then(|| view! { <Avatar name=row.name.clone() /> });
    let indent = format!("padding-left: calc(1rem + {}rem)", row.depth.clamp(0, 6));
    let cells = (0..months)
        .map(|month| cell_view(Place { row: at, month }, state))
        .collect_view();
    view! {
        <tr class:is-department=!is_person>
            <th scope="row" style=indent>
                <span class="person">
                    {face}
                    <span class="truncate targets-name">{row.name}</span>
                </span>
            </th>
            {cells}
            <td class="cell-number">{total}</td>
        </tr>
    }
    .into_any()
}

fn keys(state: State, event: &ev::KeyboardEvent) {
    let is_typing = state.typed.with_untracked(Option::is_some);
    let key = event.key();
    let is_done = match key.as_str() {
        "Escape" if is_typing => {
            state.typed.set(None);
            state.step(0, 0)
        }
        "Enter" if is_typing => {
            if state.accept() && !state.step(if event.shift_key() { -1 } else { 1 }, 0) {
                state.step(0, 0);
            }
            true
        }
        "Tab" if is_typing => {
            state.accept() && state.step(0, if event.shift_key() { -1 } else { 1 })
        }
        "ArrowDown" | "ArrowUp" if is_typing => {
            let rows = if key == "ArrowDown" { 1 } else { -1 };
            state.accept() && state.step(rows, 0)
        }
        _ if is_typing => false,
        "ArrowRight" if event.ctrl_key() => {
            state.copy_forward();
            true
        }
        "ArrowLeft" => state.step(0, -1),
        "ArrowRight" => state.step(0, 1),
        "ArrowUp" => state.step(-1, 0),
        "ArrowDown" => state.step(1, 0),
        "Home" => {
            let row = state.place.get_untracked().row;
            state.go(Place { row, month: 0 });
            true
        }
        "Enter" | "F2" => {
            state.edit(None);
            true
        }
        "Delete" | "Backspace" => {
            state.edit(Some(String::new()));
            state.accept();
            true
        }
        // A minus begins, too, so that it is told to be wrong instead of passed over.
        digit if digit.len() == 1 && digit.bytes().all(|b| b.is_ascii_digit() || b == b'-') => {
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            state.edit(Some(key.clone()));
            true
        }
        _ => false,
    };
    if is_done {
        event.prevent_default();
        event.stop_propagation();
    }
}
