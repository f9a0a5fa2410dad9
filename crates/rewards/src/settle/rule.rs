//! Who gets what of a day (奖励核定): pure, so that a preview, the settlement and the tests are one and the same.
//!
//! A problem pays once, to who reported it first by time of receipt. Two reports are one problem where they were merged, and are treated as
//! one where they lie within so many metres and days, whatever their class: who splits a report into many, or sends it from many
//! telephones, gets no more than with one. Co-reporters get nothing: a share for them would pay for sending the same twice.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use kernel::{clock::shanghai, position::Position};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Reason;
use crate::programme::{Rules, Shortage};

/// A report that may get something: it was received, accepted and filed, and not voided.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub lead: Uuid,
    pub number: String,
    pub received_at: DateTime<Utc>,
    pub position: Option<Position>,
    pub class: Option<String>,
    /// The lead in which it goes on; its own where it was merged into none.
    pub problem: Uuid,
    /// Keyed index of the telephone that was left.
    pub person: Option<Vec<u8>>,
    /// That telephone is of somebody who is never paid, or somebody with an account reported it.
    pub barred: bool,
}

/// What was decided before and stands in the way of paying twice.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    pub problem: Uuid,
    pub received_at: DateTime<Utc>,
    pub position: Option<Position>,
    pub person: Option<Vec<u8>>,
    /// It was refused for want of money alone: nobody else gets its problem, and it counts for no limit.
    pub unpaid: bool,
}

/// What a candidate gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decision {
    pub lead: Uuid,
    pub fen: i64,
    /// Why nothing.
    pub refused: Option<Reason>,
    /// Its place in the order of the lot; none where it took no part in one.
    pub lot: Option<String>,
}

/// A place in the lot: SHA-256 of `seed:number`, in hexadecimal digits. The smallest is first.
pub(crate) fn lot(seed: &str, number: &str) -> String {
    hex::encode(Sha256::digest(format!("{seed}:{number}")))
}

/// What is published before the day: SHA-256 of the seed with the programme and the day, in hexadecimal digits.
pub(crate) fn commitment(programme: Uuid, day: NaiveDate, seed: &str) -> String {
    hex::encode(Sha256::digest(format!("bihuan-reward:{programme}:{day}:{seed}")))
}

/// The city day of an instant.
pub(crate) fn day_of(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&shanghai()).date_naive()
}

/// Paid reports of one telephone, by day and by month of receipt.
#[derive(Default)]
struct Counts {
    days: HashMap<(Vec<u8>, NaiveDate), u32>,
    months: HashMap<(Vec<u8>, i32, u32), u32>,
}

impl Counts {
    fn add(&mut self, person: &[u8], at: DateTime<Utc>) {
        let day = day_of(at);
        *self.days.entry((person.to_vec(), day)).or_default() += 1;
        *self.months.entry((person.to_vec(), day.year(), day.month())).or_default() += 1;
    }

    fn over(&self, rules: &Rules, person: &[u8], at: DateTime<Utc>) -> Option<Reason> {
        let day = day_of(at);
        if self.days.get(&(person.to_vec(), day)).copied().unwrap_or(0) >= rules.person_day {
            return Some(Reason::PersonDay);
        }
        let month = self.months.get(&(person.to_vec(), day.year(), day.month())).copied().unwrap_or(0);
        (month >= rules.person_month).then_some(Reason::PersonMonth)
    }
}

/// Decides about the candidates of a day under one version of the rules; see [`settle_by`].
pub(crate) fn settle(rules: &Rules, seed: Option<&str>, left: i64, candidates: &[Candidate], standing: &[Standing]) -> Vec<Decision> {
    settle_by(&|_| rules, seed.filter(|_| rules.shortage == Shortage::Draw), left, candidates, standing)
}

/// Decides about the candidates of a day, in the order of their receipt, each by the rules that were in force when it was received. `left` is
/// what may be spent on that day, in fen; `seed` that of the lot, none where the order is that of receipt.
pub(crate) fn settle_by<'a>(
    rules_of: &impl Fn(DateTime<Utc>) -> &'a Rules,
    seed: Option<&str>,
    left: i64,
    candidates: &[Candidate],
    standing: &[Standing],
) -> Vec<Decision> {
    let mut order: Vec<&Candidate> = candidates.iter().collect();
    order.sort_by_key(|it| (it.received_at, it.lead));
    let mut counts = Counts::default();
    let mut problems: HashSet<Uuid> = HashSet::new();
    let mut places: Vec<(Position, DateTime<Utc>)> = Vec::new();
    for it in standing {
        problems.insert(it.problem);
        places.extend(it.position.map(|at| (at, it.received_at)));
        if let (Some(person), false) = (&it.person, it.unpaid) {
            counts.add(person, it.received_at);
        }
    }
    let mut decisions = Vec::with_capacity(order.len());
    let mut pool: Vec<(usize, String)> = Vec::new();
    for it in order {
        let rules = rules_of(it.received_at);
        let near = TimeDelta::days(i64::from(rules.place_days));
        let refused = match (it.position, rules.amount(it.class.as_deref())) {
            _ if it.barred => Some(Reason::Barred),
            (None, _) => Some(Reason::NoPosition),
            (_, None) => Some(Reason::ClassUnpaid),
            _ if problems.contains(&it.problem) => Some(Reason::SameProblem),
            (Some(here), _)
                if places.iter().any(|(there, at)| {
                    (it.received_at - *at).abs() <= near && here.distance_m(*there) <= f64::from(rules.place_metres)
                }) =>
            {
                Some(Reason::SamePlace)
            }
            _ => it.person.as_ref().and_then(|person| counts.over(rules, person, it.received_at)),
        };
        // Refused for itself or not, a barred report or one of an unpaid class was nobody's reward; what takes part stands in the way of the next.
        if refused.is_none() {
            problems.insert(it.problem);
            places.extend(it.position.map(|at| (at, it.received_at)));
            if let Some(person) = &it.person {
                counts.add(person, it.received_at);
            }
            let place = seed.map_or_else(String::new, |seed| lot(seed, &it.number));
            pool.push((decisions.len(), place));
        }
        decisions.push(Decision { lead: it.lead, fen: rules.amount(it.class.as_deref()).unwrap_or(0), refused, lot: None });
    }
    if seed.is_some() {
        pool.sort_by(|a, b| a.1.cmp(&b.1));
    }
    let mut left = left;
    let mut short = false;
    for (index, place) in pool {
        let decision = &mut decisions[index];
        decision.lot = (!place.is_empty()).then_some(place);
        // Nobody is passed over because what comes behind is cheaper.
        short |= decision.fen > left;
        if short {
            decision.refused = Some(Reason::Budget);
        } else {
            left -= decision.fen;
        }
    }
    decisions
}

#[cfg(test)]
#[path = "rule_tests.rs"]
mod tests;
