//! The first start: the page behind the one-time link that the server prints.

mod page;

pub use page::SetUpPage;
