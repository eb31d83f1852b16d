use etalon_domain::contact::Contact;
use etalon_domain::endpoint::Contacts;

use crate::i18n::{arguments, t_with};
use crate::records;

/// The lists that show contacts or name them.
pub(super) const KINDS: &[&str] = &["contacts", "deals"];

/// Puts a contact into the bin and offers to take it out again.
pub(super) fn delete(contact: &Contact, done: impl Fn() + 'static) {
    let name = contact.name.clone();
    records::delete::<Contacts>(
        contact.id.to_string(),
        t_with("contact-deleted", &arguments! { "name" => name.clone() }),
        t_with("contact-restored", &arguments! { "name" => name }),
        KINDS,
        done,
    );
}

/// Takes a contact out of the bin.
pub(super) fn restore(contact: &Contact) {
    let name = contact.name.clone();
    let restored = t_with("contact-restored", &arguments! { "name" => name });
    records::restore::<Contacts>(contact.id.to_string(), restored, KINDS);
}
