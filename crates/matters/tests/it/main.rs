//! The legal library against a real PostgreSQL, through its real routes.

mod benchmarks;
mod empowerment;
mod house;
mod matters;
mod sheets;
mod statutes;
