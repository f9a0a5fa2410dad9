//! Property on a real PostgreSQL, of real cases.

mod chain;
mod labels;
mod random;
mod scene;
mod stocktakes;
mod tows;
