//! A leader in charge (领导包案): who looks after a lead that does not move, what he instructs (批示), and what stands still and why.
//!
//! Table: `instruction`; the leader stands on the lead's own row. Invariants: the lead keeps its holder and its limits; an instruction goes to
//! whoever has the lead, has a limit of its own, and is answered, or taken back by who has the lead in charge, before the lead is closed or merged, or the charge ends; when the lead is
//! over, so are its instructions.

pub(crate) mod by_rule;
pub(crate) mod list;
mod obey;
mod still;
pub(crate) mod store;
mod view;

pub(crate) use obey::{Ground, Order, settle};
pub(crate) use store::Instruction;
pub(crate) use view::{ChargeView, show};
