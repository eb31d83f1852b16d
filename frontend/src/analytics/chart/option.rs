//! What ECharts is told. Colors and functions are named, `charts.js` knows them.

use serde_json::{Value, json};

use super::plot::{Form, Plot, Point, Series, Unit};

/// How many names below bars or lines are all written, on several lines where one is too long.
const FEW: usize = 6;

/// The option of a plot, as JSON.
pub(super) fn option(plot: &Plot) -> String {
    let is_few = !plot.lying && plot.categories.len() <= FEW;
    let names = json!({
        "type": "category",
        "data": plot.categories,
        "inverse": plot.lying,
        "axisTick": { "show": false },
        "axisLine": { "show": !plot.lying, "lineStyle": { "color": "$line" } },
        "axisLabel": {
            "color": "$text",
            "fontSize": 12,
            "lineHeight": if is_few { json!(15) } else { Value::Null },
            // `charts.js` breaks the names of a few into lines that fit.
            "hideOverlap": !is_few,
            "width": if plot.lying { json!(width_of(&plot.categories)) } else { Value::Null },
            "overflow": "truncate",
            "interval": if plot.lying || is_few { json!(0) } else { json!("auto") },
        },
    });
    let values = json!({
        "type": "value",
        "min": 0,
        "max": plot.least,
        "show": !plot.lying,
        "splitNumber": 4,
        "minInterval": if plot.unit == Unit::Count { 1 } else { 0 },
        "splitLine": { "lineStyle": { "color": "$line" } },
        "axisLabel": { "color": "$text", "fontSize": 12, "formatter": axis_format(plot.unit) },
    });
    let (x, y) = if plot.lying {
        (values, names)
    } else {
        (names, values)
    };
    let series: Vec<Value> = plot.series.iter().map(|s| series(plot, s)).collect();
    let option = json!({
        "aria": { "enabled": true, "label": { "description": plot.summary } },
        "grid": {
            "left": 0,
            "top": if plot.lying { 0 } else { 16 },
            "right": if plot.lying { label_room(plot) } else { 8 },
            "bottom": if plot.lying { 0 } else { 8 },
            "outerBoundsMode": "same",
            "outerBoundsContain": "axisLabel",
        },
        "tooltip": {
            "trigger": "axis",
            "axisPointer": { "type": "shadow", "shadowStyle": { "color": "$hover" } },
            "formatter": "@tooltip",
            "backgroundColor": "$ground",
            "borderColor": "$line",
            "borderWidth": 1,
            "padding": [8, 10],
            "textStyle": { "color": "$strong", "fontSize": 12 },
            "extraCssText": "box-shadow: var(--shadow-float); border-radius: 8px",
            "confine": true,
            "transitionDuration": 0,
        },
        "xAxis": x,
        "yAxis": y,
        "series": series,
    });
    option.to_string()
}

/// How many pixels the names beside lying bars take; on a narrow page they get less.
fn width_of(names: &[String]) -> usize {
    let longest = names.iter().map(|name| name.chars().count()).max();
    (longest.unwrap_or(0) * 7 + 8).clamp(64, 300)
}

fn axis_format(unit: Unit) -> &'static str {
    match unit {
        Unit::Count | Unit::Money => "@compact",
        Unit::Share => "@percent",
    }
}

fn series(plot: &Plot, series: &Series) -> Value {
    let color = format!("${}", series.color);
    let data: Vec<Value> = series.points.iter().map(datum).collect();
    // A label fits where bars lie, and above them as long as they are few; where even those have no
    // room for theirs, `charts.js` leaves them to the tooltip and the table.
    let is_labelled = series.form == Form::Bars
        && !plot.stacked
        && (plot.lying || plot.series.len() == 1 && plot.categories.len() <= 14);
    let label = json!({
        "show": is_labelled,
        "position": if plot.lying { "right" } else { "top" },
        "formatter": "@shown",
        "color": "$strong",
        "fontSize": 12,
    });
    match series.form {
        Form::Bars => json!({
            "type": "bar",
            "name": series.name,
            "data": data,
            "label": label,
            "labelLayout": { "hideOverlap": true },
            "stack": if plot.stacked { json!("all") } else { Value::Null },
            "barMaxWidth": if plot.lying { 18 } else { 28 },
            "barGap": "10%",
            "itemStyle": { "color": color, "borderRadius": if plot.stacked { 0 } else { 2 } },
            "emphasis": { "disabled": true },
        }),
        Form::Line => json!({
            "type": "line",
            "name": series.name,
            "data": data,
            "symbol": "circle",
            "symbolSize": 6,
            "showAllSymbol": true,
            "lineStyle": { "color": color, "width": 2 },
            "itemStyle": { "color": color },
            "emphasis": { "disabled": true },
        }),
        Form::Mark => json!({
            "type": "line",
            "name": series.name,
            "data": data,
            "symbol": "rect",
            "symbolSize": if plot.lying { json!([3, 22]) } else { json!([mark_width(plot), 3]) },
            "showAllSymbol": true,
            "lineStyle": { "width": 0, "color": color },
            "itemStyle": { "color": color },
            "emphasis": { "disabled": true, "scale": false },
            "z": 4,
        }),
    }
}

/// How much room the longest text at the end of a bar takes.
fn label_room(plot: &Plot) -> usize {
    let texts = plot.series.iter().flat_map(|series| &series.points);
    let longest = texts.map(|point| point.shown.chars().count()).max();
    longest.unwrap_or(0) * 7 + 16
}

/// How wide a mark is: as the bars of its category, which are narrow where there are many.
fn mark_width(plot: &Plot) -> usize {
    match plot.categories.len() {
        0..=4 => 96,
        5..=8 => 56,
        _ => 34,
    }
}

fn datum(point: &Point) -> Value {
    json!({
        "value": point.value,
        "shown": point.shown,
        "tip": point.exact,
        "rows": point.rows,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_begin_at_zero_and_undefined_numbers_are_left_out() {
        let undefined = Point {
            value: None,
            shown: String::new(),
            exact: "–".to_owned(),
            rows: None,
        };
        let plot = Plot::new("Stage".into(), vec!["A".into()], Unit::Count).with(
            "Deals".into(),
            Form::Bars,
            "1",
            vec![undefined],
        );
        let made: Value = serde_json::from_str(&option(&plot)).unwrap();
        assert_eq!(made["yAxis"]["min"], json!(0));
        assert_eq!(made["series"][0]["data"][0]["value"], Value::Null);
        assert_eq!(made["series"][0]["itemStyle"]["color"], json!("$1"));
    }

    #[test]
    fn a_few_names_are_all_written_and_of_many_as_many_as_fit() {
        let interval = |count: usize| {
            let names = (0..count).map(|at| at.to_string()).collect();
            let plot = Plot::new("Week".into(), names, Unit::Count);
            let made: Value = serde_json::from_str(&option(&plot)).unwrap();
            made["xAxis"]["axisLabel"]["interval"].clone()
        };
        assert_eq!(interval(4), json!(0));
        assert_eq!(interval(13), json!("auto"));
    }
}
