//! Tests of rewards on a real database.

mod awards;
mod histories;
mod scene;
