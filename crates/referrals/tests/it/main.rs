//! Referrals on a real database, through their HTTP face, with a clock that is moved.

mod bureau;
mod elsewhere;
mod lead;
mod scene;
