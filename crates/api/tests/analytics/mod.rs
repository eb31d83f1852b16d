//! The reports against a slow, obvious reference: plain loops over everything that happened.

mod asking;
mod boards;
mod cases;
mod check_closed;
mod check_forecasts;
mod check_funnels;
mod check_progress;
mod desk;
mod histories;
mod identities;
mod office;
mod reference;
mod refused;
mod targets;
mod world;
