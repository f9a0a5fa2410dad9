//! Enforcement cases on a real database, through their HTTP face, with a clock that is moved.

mod desk;
mod from_lead;
mod handlers;
mod library;
mod ordinary;
mod periods;
mod plans;
mod refusals;
mod scene;
mod walk;
