//! Identity against a real PostgreSQL, through its real routes, by a clock that stands still until it is moved.

mod bootstrap;
mod cross_site;
mod district;
mod escalation;
mod hostile;
mod house;
mod keys;
mod lock_out;
mod logs;
mod organisations;
mod people;
mod rights;
mod roles;
mod session;
mod totp;
mod walk;
