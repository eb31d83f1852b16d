use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::*;

use super::export::{file_name, save_csv};
use super::option::option;
use super::plot::{Form, Plot};
use crate::address::use_changes;
use crate::analytics::rows::RowsLink;
use crate::api::Failure;
use crate::i18n::t;
use crate::ui::{Menu, MenuItem, icon, said_by_filters, toast};

#[wasm_bindgen]
extern "C" {
    /// A chart on the page.
    #[derive(Clone)]
    type Drawing;

    /// Draws a chart, as `charts.js` does it: its code is fetched with the first one.
    #[wasm_bindgen(js_namespace = etalon, js_name = chart, catch)]
    async fn draw(
        element: &web_sys::Element,
        option: &str,
        press: &Closure<dyn FnMut(String)>,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method)]
    fn update(this: &Drawing, option: &str);

    #[wasm_bindgen(method)]
    fn png(this: &Drawing, title: &str, about: &str, name: &str);

    #[wasm_bindgen(method)]
    fn dispose(this: &Drawing);
}

/// A chart with its title, the same as a table, what it says for those who do not see it, and both as
/// files. A press on a bar opens the rows behind it.
#[component]
pub fn Chart(
    /// What it shows.
    #[prop(into)]
    title: String,
    /// The numbers.
    #[prop(into)]
    plot: Signal<Plot>,
    /// What belongs beside the title.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let as_table = RwSignal::new(false);
    let drawing = StoredValue::new_local(None::<Drawing>);
    let place = NodeRef::<html::Div>::new();
    draw_in(place, plot, drawing);
    let name = title.clone();
    let save_picture = move |()| {
        let file = file_name(&name, "png");
        let days = plot.with_untracked(|plot| plot.about.clone());
        let about = [vec![days], said_by_filters()].concat().join(" · ");
        drawing.with_value(|drawing| {
            if let Some(drawing) = drawing {
                drawing.png(&name, &about, &file);
            }
        });
    };
    let save_picture = Callback::new(save_picture);
    let name = title.clone();
    let save_table = Callback::new(move |()| plot.with_untracked(|plot| save_csv(plot, &name)));
    let toggle_label = move || {
        if as_table.get() {
            t("chart-as-picture")
        } else {
            t("chart-as-table")
        }
    };
    let toggle_icon = move || {
        if as_table.get() {
            icon!("chart-column")
        } else {
            icon!("table-2")
        }
    };
    let height = move || format!("height: {}px", plot.with(Plot::height));
    let label = title.clone();
    view! {
        <figure class="chart" aria-label=title.clone()>
            <figcaption class="chart-head">
                <h2>{title.clone()}</h2>
                {children.map(|children| children())}
                <div class="chart-tools">
                    <button
                        type="button"
                        class="btn btn-ghost btn-square"
                        aria-pressed=move || as_table.get().to_string()
                        aria-label=toggle_label
                        title=toggle_label
                        on:click=move |_| as_table.update(|shown| *shown = !*shown)
                    >
                        {toggle_icon}
                    </button>
                    <Menu label=t("chart-export") end=true trigger=icon!("download")>
                        <MenuItem on_select=move |()| {
                            as_table.set(false);
                            save_picture.run(());
                        }>{icon!("image")} {t("chart-png")}</MenuItem>
                        <MenuItem on_select=save_table>
                            {icon!("sheet")} {t("chart-csv")}
                        </MenuItem>
                    </Menu>
                </div>
            </figcaption>
            <p class="sr-only">
                {move || plot.with(|plot| format!("{}. {}", plot.about, plot.summary))}
            </p>
            <div class:hidden=move || as_table.get()>
                {move || key(&plot.get())}
                <div class="chart-place" style=height node_ref=place></div>
            </div>
            <Show when=move || as_table.get()>{table(plot, label.clone())}</Show>
        </figure>
    }
    .into_any()
}

/// Draws when the place is there, anew when the numbers change, and takes all away at the end.
fn draw_in(
    place: NodeRef<html::Div>,
    plot: Signal<Plot>,
    drawing: StoredValue<Option<Drawing>, LocalStorage>,
) {
    let changes = use_changes();
    let press = Closure::<dyn FnMut(String)>::new(move |rows: String| {
        changes.apply(&[("rows", Some(&rows))]);
    });
    let press = StoredValue::new_local(Some(press));
    let begun = StoredValue::new(false);
    Effect::new(move |_| {
        let option = plot.with(option);
        let Some(place) = place.get() else { return };
        if begun.get_value() {
            drawing.with_value(|drawing| {
                if let Some(drawing) = drawing {
                    drawing.update(&option);
                }
            });
            return;
        }
        begun.set_value(true);
        spawn_local(async move {
            let Some(Some(kept)) = press.try_update_value(Option::take) else {
                return;
            };
            let drawn = draw(&place, &option, &kept).await;
            let Ok(drawn) = drawn else {
                toast::failed(&Failure::Offline);
                return;
            };
            let drawn: Drawing = drawn.unchecked_into();
            if drawing.is_disposed() {
                drawn.dispose();
                return;
            }
            press.try_set_value(Some(kept));
            // The numbers may have changed on the way.
            drawn.update(&plot.with_untracked(self::option));
            drawing.set_value(Some(drawn));
        });
    });
    on_cleanup(move || {
        drawing.try_with_value(|drawing| {
            if let Some(drawing) = drawing {
                drawing.dispose();
            }
        });
    });
}

/// Which color is what, where more than one is there.
fn key(plot: &Plot) -> Option<AnyView> {
    if plot.series.len() < 2 {
        return None;
    }
    let entries = plot
        .series
        .iter()
        .map(|series| {
            let class = match series.form {
                Form::Bars => "chart-key-bar",
                Form::Line => "chart-key-line",
                Form::Mark => "chart-key-mark",
            };
            view! {
                <li>
                    <i class=class style=format!("background-color: var(--chart-{})", series.color)></i>
                    {series.name.clone()}
                </li>
            }
        })
        .collect_view();
    Some(view! { <ul class="chart-key" aria-hidden="true">{entries}</ul> }.into_any())
}

fn table(plot: Signal<Plot>, label: String) -> AnyView {
    let heads = move || {
        let plot = plot.get();
        let names = plot.series.into_iter().map(|series| {
            view! {
                <th scope="col" class="cell-number">
                    {series.name}
                </th>
            }
        });
        view! {
            <th scope="col">{plot.head}</th>
            {names.collect_view()}
        }
    };
    let rows = move || {
        let plot = plot.get();
        let series = plot.series;
        let row = |(at, category): (usize, String)| {
            let cells = series.iter().map(|series| {
                let point = series.points.get(at).cloned();
                let cell = point.map(|point| match point.rows {
                    Some(rows) => view! { <RowsLink rows>{point.exact}</RowsLink> }.into_any(),
                    None => point.exact.into_any(),
                });
                view! { <td class="cell-number">{cell}</td> }
            });
            view! {
                <tr>
                    <th scope="row">{category}</th>
                    {cells.collect_view()}
                </tr>
            }
        };
        plot.categories
            .into_iter()
            .enumerate()
            .map(row)
            .collect_view()
    };
    let name = label.clone();
    view! {
        <div class="table-frame chart-table" tabindex="0" role="region" aria-label=name>
            <table class="data-table" aria-label=label>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
