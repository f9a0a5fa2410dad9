//! Tests of documents: templates in the real press, numbers and issue on a real database, signatures against another hand's verifier.
//! `scripts/fonts` fetches the fonts.

mod elements;
mod house;
mod issue;
mod numbers;
mod organs;
mod phrases;
mod signature;
mod templates;
mod together;
