//! Quality of cases, tried on a real database with real cases.

mod guides;
mod powers;
mod rounds;
mod scene;
mod sheets;
