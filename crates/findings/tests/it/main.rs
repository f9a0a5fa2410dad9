//! Rules on tracks made by hand, and the room on a real database.

mod drive;
#[path = "../../../bihuan/src/serve/found_leads.rs"]
mod found_leads;
mod inbox;
mod rule_sets;
mod rules;
mod scene;
mod together;
