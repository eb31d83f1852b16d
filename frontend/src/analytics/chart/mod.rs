//! Charts: what is plotted, how ECharts is told, and the frame with table, words and export.

mod export;
mod frame;
mod option;
mod plot;

pub(super) use frame::Chart;
pub(super) use plot::{Form, Plot, Point, Unit};
