//! Contacts: the list and the page of one contact.

mod actions;
mod form;
mod list;
mod of_account;
mod page;

pub use form::NewContact;
pub use list::ContactList;
pub use of_account::ContactsOf;
pub use page::ContactPage;
