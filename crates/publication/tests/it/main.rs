//! Publication, tried on a real database with real cases.

mod disclosures;
mod masking;
mod publishing;
mod remedies;
mod repairs;
mod scene;
