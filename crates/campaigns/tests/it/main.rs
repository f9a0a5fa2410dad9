//! Tests of campaigns on a real database.

mod campaigns;
