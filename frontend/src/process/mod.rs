//! The process as it leads through a deal.

mod guide;
mod need_types;
mod version;

pub use guide::{GuideOf, NextButton, guide_of};
pub use need_types::{NeedTypes, use_need_types, use_need_types_of};
pub use version::ProcessOf;
