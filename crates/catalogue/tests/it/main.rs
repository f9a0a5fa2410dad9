//! The catalogues against a real PostgreSQL, through their real routes.

mod classes;
mod components;
mod house;
mod map;
mod regions;
mod rights;
mod suggest;
