//! The city simulator (城市模拟器): makes the demo city and lives in it, through the same interfaces as everybody else.
//!
//! It knows addresses, accounts and forms, and nothing of the server's insides. All that it reports is marked as simulated.

pub mod cashier;
pub mod cast;
pub mod city;
pub mod client;
mod further;
pub mod load;
mod photos;
pub mod play;
pub mod seed;
pub mod trucks;
mod words;

pub use further::labelled_texts;
