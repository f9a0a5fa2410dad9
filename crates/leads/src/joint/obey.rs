//! What an action does to the joint tasks of its lead: pure, under the lead's lock.

use chrono::{DateTime, Utc};
use docket::{DeadlineRow, DeadlineWrite};
use kernel::{
    deadline::service::{ServiceLimit, WarnPoint},
    problem::Problem,
};
use uuid::Uuid;

use super::{JointState, Task};
use crate::{
    clocks,
    hours::Calendars,
    lead::{Limit, procedure::HOUSE, rules},
};

/// What an action asks of the tasks.
#[derive(Debug, Clone)]
pub(crate) enum Order {
    /// Give these units a task each (联合处置).
    Call {
        /// The units.
        units: Vec<Uuid>,
        /// What is asked of them.
        ask: String,
    },
    /// Ask the dispatcher for a unit (一键指令).
    Ask {
        /// The unit.
        unit: Uuid,
        /// What is asked of it.
        ask: String,
    },
    /// The actor's unit takes its task (接受协办).
    Take {
        /// Who.
        person: Uuid,
    },
    /// The actor's unit is done (协办完成).
    Done {
        /// What it did.
        note: String,
    },
    /// The actor's unit sends its task back (协办退回).
    Return {
        /// Why.
        reason: String,
    },
    /// The dispatcher withdraws a unit's task, or refuses what was asked for (撤回协办).
    Withdraw {
        /// The unit.
        unit: Uuid,
        /// Why.
        reason: String,
    },
}

/// Where and when an order is obeyed.
pub(crate) struct Ground<'a> {
    pub calendars: &'a Calendars,
    pub now: DateTime<Utc>,
    /// The lead's limits as they stand.
    pub standing: &'a [DeadlineRow],
    /// The unit that has the lead after the action.
    pub unit: Option<Uuid>,
    /// How long a task may take, which is the lead's disposal limit from now on, and from where on it warns.
    pub limit: (ServiceLimit, WarnPoint),
}

fn refused(reason: impl Into<String>) -> Problem {
    let mut problem = Problem::conflict("action-refused", reason.into());
    problem.citation = Some(HOUSE.to_owned());
    problem
}

/// What becomes of the tasks by an action: what it orders, and what follows when the lead goes to one of their units or is over. Answers the
/// tasks that changed.
pub(crate) fn settle(
    ground: &Ground<'_>,
    tasks: &[Task],
    mine: Option<i32>,
    order: Option<Order>,
    over_with_lead: bool,
    limits: &mut Vec<DeadlineWrite>,
) -> Result<Vec<Task>, Problem> {
    let (mut changed, mut writes) = match order {
        Some(order) => obey(ground, tasks, mine, order)?,
        None => Default::default(),
    };
    let (ended, ends) = follow(ground, tasks, over_with_lead)?;
    changed.extend(ended);
    writes.extend(ends);
    limits.append(&mut writes);
    Ok(changed)
}

/// Obeys an order of the unit whose open task is of round `mine`; answers the tasks that changed and their limits.
fn obey(ground: &Ground<'_>, tasks: &[Task], mine: Option<i32>, order: Order) -> Result<(Vec<Task>, Vec<DeadlineWrite>), Problem> {
    let live = |unit: Uuid| tasks.iter().find(|task| task.unit == unit && task.state().is_live());
    let own = || tasks.iter().find(|task| Some(task.round) == mine).cloned().ok_or_else(|| refused("您的单位没有这件的协办任务"));
    let next = tasks.iter().map(|task| task.round).max().unwrap_or(0) + 1;
    let fresh = |round: i32, unit: Uuid, state: JointState, ask: String| Task {
        round,
        unit,
        state: state.code().to_owned(),
        ask,
        answer: None,
        taken_by: None,
        ordered_at: ground.now,
        ended_at: None,
    };
    match order {
        Order::Call { units, ask } => {
            let open = tasks.iter().filter(|task| task.state().is_open()).count();
            if open + units.len() > rules::MOST_ASSISTING {
                return Err(refused(format!("一件最多同时由 {} 个单位协办", rules::MOST_ASSISTING)));
            }
            let (mut changed, mut limits) = (Vec::new(), Vec::new());
            for (unit, n) in units.into_iter().zip(0..) {
                if ground.unit == Some(unit) {
                    return Err(refused("主办单位不能同时作为协办单位"));
                }
                let task = match live(unit) {
                    Some(asked) if asked.state() == JointState::Asked => fresh(asked.round, unit, JointState::Waiting, ask.clone()),
                    Some(_) => return Err(refused("该单位已有这件的协办任务，还没有办完")),
                    None => fresh(next + n, unit, JointState::Waiting, ask.clone()),
                };
                limits.push(clocks::begin(ground.calendars, ground.now, Some(unit.into()), (Limit::Assist, task.round), ground.limit));
                changed.push(task);
            }
            Ok((changed, limits))
        }
        Order::Ask { unit, ask } => {
            if ground.unit == Some(unit) {
                return Err(refused("该单位就是主办单位"));
            }
            if live(unit).is_some() {
                return Err(refused("该单位已有这件的协办任务，还没有办完"));
            }
            Ok((vec![fresh(next, unit, JointState::Asked, ask)], Vec::new()))
        }
        Order::Take { person } => {
            let task = own()?;
            Ok((vec![Task { state: JointState::Taken.code().to_owned(), taken_by: Some(person), ..task }], Vec::new()))
        }
        Order::Done { note } => over(ground, own()?, JointState::Done, Some(note)),
        Order::Return { reason } => over(ground, own()?, JointState::Returned, Some(reason)),
        Order::Withdraw { unit, reason } => {
            let task = live(unit).cloned().ok_or_else(|| refused("该单位没有可撤回的协办任务"))?;
            over(ground, task, JointState::Withdrawn, Some(reason))
        }
    }
}

/// The tasks that end because the lead goes to one of their units, or is over.
fn follow(ground: &Ground<'_>, tasks: &[Task], over_with_lead: bool) -> Result<(Vec<Task>, Vec<DeadlineWrite>), Problem> {
    let (mut changed, mut limits) = (Vec::new(), Vec::new());
    for task in tasks.iter().filter(|task| task.state().is_live() && (over_with_lead || ground.unit == Some(task.unit))) {
        let (mut tasks, mut writes) = over(ground, task.clone(), JointState::Withdrawn, None)?;
        changed.append(&mut tasks);
        // What ends the lead has cancelled its limits already.
        if !over_with_lead {
            limits.append(&mut writes);
        }
    }
    Ok((changed, limits))
}

fn over(ground: &Ground<'_>, task: Task, state: JointState, answer: Option<String>) -> Result<(Vec<Task>, Vec<DeadlineWrite>), Problem> {
    let kept = state == JointState::Done;
    let limit = clocks::end(ground.calendars, ground.now, ground.standing, Limit::Assist, task.round, kept)?;
    let task = Task { state: state.code().to_owned(), answer, ended_at: Some(ground.now), ..task };
    Ok((vec![task], limit.into_iter().collect()))
}
