//! The people of a deal: ours and the customer's.

mod contact_form;
mod key_contacts;
mod standing;
mod team;

pub use key_contacts::KeyContactsOf;
pub use team::TeamOf;
