//! Activities: my day, the calendar, notifications, and what the page of a deal shows of them.

mod actions;
mod calendar;
mod counted;
mod days;
mod form;
mod my_day;
mod notifications;
mod of_deal;
mod panel;
mod row;
mod time_grid;
mod when;
mod wins;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use calendar::CalendarPage;
use my_day::MyDayPage;
use notifications::NotificationsPage;

pub use counted::counted;
pub use of_deal::{ActivitiesOf, NextActivity};

/// A screen of activities.
#[derive(Clone, Copy)]
pub enum Screen {
    /// What is to be done today.
    MyDay,
    /// A day, a week or a month.
    Calendar,
    /// What the product tells the reader.
    Notifications,
}

/// Shows a screen of activities, whose code is fetched first.
#[wasm_split(work, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn screen(screen: Screen) -> Result<AnyView, SplitLoaderError> {
    Ok(match screen {
        Screen::MyDay => view! { <MyDayPage /> }.into_any(),
        Screen::Calendar => view! { <CalendarPage /> }.into_any(),
        Screen::Notifications => view! { <NotificationsPage /> }.into_any(),
    })
}
