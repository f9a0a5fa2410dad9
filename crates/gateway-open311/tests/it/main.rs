//! The conformance of the Open311 face: one case a clause of GeoReport v2, over a socket, on a real PostgreSQL, with real leads behind.

// The binary's own adapter: what is tested is what runs. A binary has no library to take it from.
#[path = "../../../bihuan/src/serve/open311.rs"]
mod adapter;
mod answer;
mod definition;
mod discovery;
mod errors;
mod form;
mod house;
mod keys;
mod mutual;
mod neighbours;
mod privacy;
mod requests;
mod sameness;
mod services;
mod submit;
mod token;
