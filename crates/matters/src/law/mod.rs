//! Which law counts (法律适用): by the day of the act and of the decision, by rank, and where one act hits several rows. Pure rules.

mod choice;
mod higher;
mod relation;

pub use choice::{Choice, MatterVerdict, OLD_OR_LIGHTER, choose};
pub use higher::{Higher, ONCE_AND_HIGHER, higher_fine};
pub use relation::{Relation, RelationKind, relate, same_conduct};
