//! What an action does to the instructions of its lead: pure, under the lead's lock.

use chrono::{DateTime, Utc};
use docket::{DeadlineRow, DeadlineWrite};
use kernel::{
    deadline::service::{ServiceLimit, ServiceUnit, WarnPoint},
    problem::Problem,
};
use uuid::Uuid;

use super::Instruction;
use crate::{
    clocks,
    hours::Calendars,
    lead::{Limit, procedure::HOUSE},
};

/// What an action asks of the instructions.
#[derive(Debug, Clone)]
pub(crate) enum Order {
    /// The leader instructs (批示).
    Give {
        /// What.
        words: String,
        /// Working hours until the answer.
        hours: u32,
        /// The leader.
        by: Uuid,
    },
    /// Whoever has the lead answers (答复批示).
    Answer {
        /// Which instruction.
        round: i32,
        /// What.
        words: String,
        /// Who.
        by: Uuid,
    },
    /// The leader in charge takes it back (撤回批示).
    Withdraw {
        /// Which instruction.
        round: i32,
        /// Why.
        reason: String,
        /// Who.
        by: Uuid,
    },
}

/// Where and when an order is obeyed.
pub(crate) struct Ground<'a> {
    pub calendars: &'a Calendars,
    pub now: DateTime<Utc>,
    /// The lead's limits as they stand.
    pub standing: &'a [DeadlineRow],
    /// From where on a limit to answer warns.
    pub warn: WarnPoint,
}

/// The instruction that an order gives, answers or takes back, with its limit.
///
/// # Errors
/// `action-refused` when there is no such instruction that waits, `clock-refused`.
pub(crate) fn settle(
    ground: &Ground<'_>,
    instructions: &[Instruction],
    order: Option<Order>,
    limits: &mut Vec<DeadlineWrite>,
) -> Result<Option<Instruction>, Problem> {
    match order {
        None => Ok(None),
        Some(Order::Give { words, hours, by }) => {
            let length = ServiceLimit::of_minutes(hours * 60, ServiceUnit::WorkingHour)
                .map_err(|error| Problem::invalid("field-invalid", error.to_string()).field("hours", "答复时限不可用"))?;
            let round = instructions.iter().map(|one| one.round).max().unwrap_or(0) + 1;
            limits.push(clocks::begin(ground.calendars, ground.now, None, (Limit::Instruct, round), (length, ground.warn)));
            let hours = i32::try_from(hours).unwrap_or(i32::MAX);
            Ok(Some(Instruction {
                round,
                words,
                hours,
                given_by: by,
                given_at: ground.now,
                answer: None,
                answered_by: None,
                answered_at: None,
                withdrawn: false,
            }))
        }
        Some(Order::Answer { round, words, by }) => {
            let asked = waiting(instructions, round)?;
            limits.extend(clocks::end(ground.calendars, ground.now, ground.standing, Limit::Instruct, round, true)?);
            Ok(Some(Instruction { answer: Some(words), answered_by: Some(by), answered_at: Some(ground.now), ..asked }))
        }
        Some(Order::Withdraw { round, reason, by }) => {
            let asked = waiting(instructions, round)?;
            limits.extend(clocks::end(ground.calendars, ground.now, ground.standing, Limit::Instruct, round, false)?);
            let at = Some(ground.now);
            Ok(Some(Instruction { answer: Some(reason), answered_by: Some(by), answered_at: at, withdrawn: true, ..asked }))
        }
    }
}

/// The instruction of a round that waits for its answer.
fn waiting(instructions: &[Instruction], round: i32) -> Result<Instruction, Problem> {
    instructions.iter().find(|one| one.round == round && one.answered_at.is_none()).cloned().ok_or_else(|| {
        let mut problem = Problem::conflict("action-refused", "这条批示不存在、已答复或已撤回");
        problem.citation = Some(HOUSE.to_owned());
        problem
    })
}
