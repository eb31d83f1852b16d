//! The reports against a slow, obvious reference: plain loops over everything that happened.

mod cases;
mod histories;
mod identities;
mod reference;
mod world;
