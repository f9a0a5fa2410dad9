//! Looking at a grid for a campaign (网格排查): by the collector whose ground it is.

pub(crate) mod answer;
pub(crate) mod mine;
