//! Payment of fines against a real database, a real provider over sockets, and real cases.

mod days;
mod money;
mod parts;
mod property;
mod refunds;
mod scene;
