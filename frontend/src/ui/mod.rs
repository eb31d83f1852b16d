//! The design system: every screen is made of these parts. Class names of the style sheet appear
//! here and nowhere else where a part exists.

pub mod avatar;
pub mod button;
pub mod chip;
pub mod chosen;
pub mod day_range;
pub mod dialog;
pub mod dom;
pub mod drop_zone;
pub mod facts;
pub mod fields;
pub mod filter_bar;
pub mod form;
pub mod form_panel;
pub mod icon;
pub mod menu;
pub mod money;
pub mod picker;
pub mod popover;
pub mod progress;
pub mod row_link;
pub mod save_as;
pub mod search_field;
pub mod stage_bar;
pub mod states;
pub mod table;
pub mod tabs;
pub mod time_zone;
pub mod toast;

pub use avatar::Avatar;
pub use button::{Button, IconButton, LinkButton, Look};
pub use chip::{Badge, FilterChip, Tone};
pub use day_range::{DayRange, DayRangeEditor, range_text};
pub use dialog::{Confirm, Dialog, Panel};
pub use drop_zone::DropZone;
pub use facts::{Fact, Facts, link_fact, text_fact};
pub use fields::{
    Checkbox, Choice, DateField, DecimalField, NumberField, PasswordField, SelectField, TextArea,
    TextField, WordsField,
};
pub use filter_bar::{FilterBar, FilterKind, ListFilter, said_by_filters};
pub use form::{Bound, ErrorSummary, Form};
pub use form_panel::{FormPanel, FormPlace};
pub(crate) use icon::icon;
pub use menu::{Menu, MenuItem, MenuLink};
pub use money::MoneyField;
pub use picker::{Picked, Picker, PickerField, PickerList, PickerSource};
pub use popover::Popover;
pub use progress::ProgressBar;
pub use row_link::{open_row, walk_rows};
pub use save_as::save_as;
pub use search_field::SearchField;
pub use stage_bar::StageDots;
pub use states::{EmptyState, ErrorState, Skeleton, SkeletonRows};
pub use table::{LoadMore, Money, SortHeader, TableFrame};
pub use tabs::{Tab, Tabs};
pub use time_zone::TimeZoneField;
