//! The party's page on a real database, through its HTTP face, with a clock that is moved.

mod entering;
mod scene;
mod service;
mod submitting;
