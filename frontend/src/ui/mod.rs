//! The design system: every screen is made of these parts. Class names of the style sheet appear
//! here and nowhere else where a part exists.

pub mod avatar;
pub mod button;
pub mod chip;
pub mod dialog;
pub mod dom;
pub mod fields;
pub mod form;
pub mod icon;
pub mod menu;
pub mod money;
pub mod picker;
pub mod popover;
pub mod stage_bar;
pub mod states;
pub mod table;
pub mod tabs;
pub mod toast;

pub use avatar::Avatar;
pub use button::{Button, IconButton, LinkButton, Look};
pub use chip::{Badge, FilterChip, Tone};
pub use dialog::{Confirm, Dialog, Panel};
pub use fields::{
    Checkbox, Choice, DateField, NumberField, PasswordField, SelectField, TextArea, TextField,
};
pub use form::{Bound, ErrorSummary, Form};
pub(crate) use icon::icon;
pub use menu::{Menu, MenuItem, MenuLink};
pub use money::MoneyField;
pub use picker::{Picked, Picker, PickerField, PickerSource};
pub use popover::Popover;
pub use stage_bar::StageDots;
pub use states::{EmptyState, ErrorState, Skeleton, SkeletonRows};
pub use table::{LoadMore, Money, SortHeader, TableFrame};
pub use tabs::{Tab, Tabs};
