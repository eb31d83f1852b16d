//! Reads files of other systems: bytes become text, text becomes a table, a table becomes typed rows
//! of people, products, accounts, contacts, leads and deals. Everything that could not be taken over, or only
//! with an assumption, becomes a problem with its file, row and column; nothing is dropped silently.
//!
//! Pure: no database, no clock, no network. Another file format only needs to produce a [`Table`].

pub mod amounts;
pub mod columns;
pub mod dates;
pub mod delimiter;
pub mod duplicates;
pub mod encoding;
pub mod headers;
pub mod kind;
pub mod numbers;
pub mod preview;
pub mod problems;
pub mod reader;
pub mod report;
pub mod rows;
pub mod stages;
pub mod table;
pub mod words;
pub mod zone;

pub use preview::{Choice, Understood, understand, understand_again};
pub use problems::Problems;
pub use reader::Settings;
pub use rows::{
    AccountRow, ContactRow, DealRow, LeadRow, Mention, Parsed, PersonRow, ProductRow, accounts,
    contacts, deals, leads, people, products,
};
pub use stages::StageNames;
pub use table::{Table, read};
pub use zone::Zone;
