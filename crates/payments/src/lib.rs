//! Payment of fines (罚款缴纳): bills with a code, orders at a provider, money that came, and what becomes of it.
//!
//! Nouns: bill (缴款通知) with its parts (分期), order (支付订单), receipt (收款), suspense (待查款), refund (退款), day file (对账文件),
//! payee account (收款账户). Tables: `payment_payee`, `payment_bill`, `payment_part`, `payment_order`, `payment_receipt`, `payment_entry`,
//! `payment_refund`, `payment_nonce`, `payment_day_file`, `payment_day_row`, `payment_counter`.
//!
//! Invariants:
//! - officers take no money here (行政处罚法第六十七条第一款): a receipt is made by what a provider signed, and by nothing else;
//! - a provider's transaction is booked once, however often and in whatever order it is heard of; what fits nothing is kept in suspense;
//! - of every receipt, fine, extra fine, suspense and what was given back make up its sum, and each fen that moves is a line that only adds;
//! - the case is paid off in the transaction that books the money, by its own step `pay`;
//! - who asks for a refund does not approve it.
//!
//! May know: kernel, database, docket, http, identity and law. Cases are asked through the port [`FinedCases`].

mod bill;
mod days;
mod open;
mod order;
mod payee;
mod port;
pub mod provider;
mod receipt;
mod refund;
mod rights;
mod routes;
mod service;

pub use port::{FinedCase, FinedCases, Known};
pub use receipt::journal::{BookFault, check_books};
pub use rights::rights;
pub use routes::routes;
pub use service::{Parts, Payments};

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { version: 19000, name: "payments", sql: include_str!("../migrations/19000_payments.sql") }];
