//! Joint tasks (联合处置, 1+X): what other units do beside the one that has the lead, each with its own limit.
//!
//! Table: `joint_task`. Invariants: of a unit and a lead at most one task is not over; a lead's unit does not assist itself; whoever has a
//! task sees the lead while it is open and after it was done; the lead is not replied to as fixed while one is open (the guard stands in
//! [`crate::lead::procedure`]); when a lead is over, so are its tasks.

mod obey;
pub(crate) mod store;
pub(crate) mod straight;
mod view;

pub(crate) use obey::{Ground, Order, settle};
pub(crate) use store::Task;
pub(crate) use view::{JointTask, show};

use identity::Scope;
use uuid::Uuid;

use kernel::codes;

codes! {
    /// How far a joint task has come (协办状态).
    JointState {
        /// Asked for on the spot; the dispatcher decides (待派遣员决定).
        Asked = "asked", "待派遣员决定";
        /// The unit has not taken it yet (待接受).
        Waiting = "waiting", "待接受";
        /// The unit is at it (协办中).
        Taken = "taken", "协办中";
        /// Done (已办完).
        Done = "done", "已办完";
        /// Sent back with a reason (已退回).
        Returned = "returned", "已退回";
        /// Withdrawn by the dispatcher, or over with its lead (已撤回).
        Withdrawn = "withdrawn", "已撤回";
    }
}

impl JointState {
    /// Whether the unit still has something to do.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Taken)
    }

    /// Whether it may still be done, or decided on.
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Asked | Self::Waiting | Self::Taken)
    }
}

/// The open task of a unit of this scope.
pub(crate) fn mine<'a>(tasks: &'a [Task], scope: &Scope) -> Option<&'a Task> {
    tasks.iter().find(|task| task.state().is_open() && of_units(task, scope))
}

/// Whether a unit of this scope may see the lead for its task: while the task is open, and after it was done.
pub(crate) fn admits(tasks: &[Task], scope: &Scope) -> bool {
    tasks.iter().any(|task| (task.state().is_open() || task.state() == JointState::Done) && of_units(task, scope))
}

/// The units that a change of tasks gives one.
pub(crate) fn given(changed: &[Task]) -> Vec<Uuid> {
    changed.iter().filter(|task| task.state() == JointState::Waiting).map(|task| task.unit).collect()
}

/// The units whose open task a change withdraws; one that was only asked for heard nothing of it.
pub(crate) fn withdrawn(before: &[Task], changed: &[Task]) -> Vec<Uuid> {
    let was_open = |round: i32| before.iter().any(|task| task.round == round && task.state().is_open());
    changed.iter().filter(|task| task.state() == JointState::Withdrawn && was_open(task.round)).map(|task| task.unit).collect()
}

fn of_units(task: &Task, scope: &Scope) -> bool {
    scope.units.as_ref().is_some_and(|units| units.contains(&task.unit))
}
