//! Machine events over a real broker, with real machine sources on a real database behind.

// The binary's own adapter: what is tested is what runs. A binary has no library to take it from.
#[path = "../../../bihuan/src/serve/mqtt.rs"]
mod adapter;
mod broker;
mod delivery;
