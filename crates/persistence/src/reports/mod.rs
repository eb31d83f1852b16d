//! Reports over the deals that the reader may see. All but the first read the versions of the deals, so
//! that each can be told as of any day; see `selection` for what a number counts.

mod behind;
mod closed;
mod dynamics;
mod forecast;
mod funnel;
mod leaders;
mod pulse;
mod reasons;
mod rows;
mod scope;
mod selection;
mod stalling;
mod summary;
mod targets;

pub use closed::{cycle, velocity, win_rate};
pub use dynamics::dynamics;
pub use forecast::forecast;
pub use funnel::funnel;
pub use leaders::{leaderboard, manager};
pub use pulse::pulse;
pub use reasons::reasons;
pub(crate) use rows::deals_behind;
pub use rows::rows;
pub(crate) use selection::register;
pub use selection::{CountedRow, GroupTally};
pub use stalling::stalling;
pub use summary::summary;
pub(crate) use targets::of_filter as target_of;
