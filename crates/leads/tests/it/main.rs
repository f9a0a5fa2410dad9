//! The lead room on a real database, through its HTTP face.

mod class_models;
mod erasure;
mod export;
mod hotspots;
mod idempotent;
mod import;
mod intake;
mod joint;
mod lights;
mod likeness;
mod lists;
mod merged;
mod personal;
mod precedents;
mod procedure;
mod refusals;
mod reply_checks;
mod rule_sets;
mod scene;
mod scope;
mod settings_history;
mod sources;
mod told;
mod turns;
mod wall;
mod whole_loop;
