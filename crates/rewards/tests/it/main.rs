//! Tests of rewards on a real database.

mod awards;
mod finance;
mod histories;
mod scene;
