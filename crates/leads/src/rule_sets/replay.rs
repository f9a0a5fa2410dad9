//! The replay itself, without IO: where would the filings of the past have gone, and what speaks for it?

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::settings::{Duty, Rule};

/// A share is said only of so many limits: below, one lead more or less moves it by more than five points.
pub(super) const LEAST: u32 = 20;
/// Ways from one unit to another that are listed, the most used first.
const MOST_MOVES: usize = 200;

/// A lead of the past as the replay looks at it.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Filing {
    pub id: Uuid,
    pub class: Option<String>,
    pub grid: Option<String>,
    /// The units that sent it back.
    pub sent_back_by: Vec<Uuid>,
    /// The unit that has or had it.
    pub unit: Option<Uuid>,
    /// When it was filed; none if it never was.
    pub filed_at: Option<DateTime<Utc>>,
    /// Whether its last disposal limit was met; none while it runs.
    pub met: Option<bool>,
}

/// What the replay says of one lead that stands behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdict {
    pub lead: Uuid,
    /// The unit that the rules in force name.
    pub present: Option<Uuid>,
    /// The unit that the draft names.
    pub proposed: Option<Uuid>,
    pub back_by_present: bool,
    pub back_by_proposed: bool,
}

/// Disposal limits that ended, and how many of them in time (按期).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = WhatIfShare)]
pub(crate) struct Share {
    /// Ended in time.
    pub met: u32,
    /// Ended, or ran out.
    pub all: u32,
}

impl Share {
    fn rate(self) -> Option<f64> {
        (self.all >= LEAST).then(|| f64::from(self.met) / f64::from(self.all))
    }
}

/// The leads of one category (大类) that would move from one unit to another, beside how both do with that category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = WhatIfGroup)]
pub(crate) struct Group {
    /// The first two digits of the classes.
    pub category: String,
    /// Its name.
    pub name: String,
    /// Leads.
    pub leads: u32,
    /// How the present unit did with the category.
    pub from: Share,
    /// How the draft's unit did with the category.
    pub to: Share,
}

/// Leads that would go to another unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = WhatIfMove)]
pub(crate) struct Move {
    /// The unit by the rules in force; none where no rule fits.
    pub from: Option<Uuid>,
    /// Its name.
    #[serde(default)]
    pub from_name: Option<String>,
    /// The unit by the draft; none where no rule fits.
    pub to: Option<Uuid>,
    /// Its name.
    #[serde(default)]
    pub to_name: Option<String>,
    /// Leads.
    pub leads: u32,
    /// Of them, sent back by the present unit (退单).
    pub back_by_from: u32,
    /// Of them, sent back by the draft's unit itself.
    pub back_by_to: u32,
    /// By category, the largest first.
    pub groups: Vec<Group>,
}

/// How many of the moved leads would be in time, if each unit went on as it did with the category (估算).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = WhatIfEstimate)]
pub(crate) struct Estimate {
    /// Moved leads with enough limits on both sides.
    pub leads: u32,
    /// Of them in time under the rules in force.
    pub before: f64,
    /// Of them in time under the draft.
    pub after: f64,
}

/// What a replay found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = WhatIfReport)]
pub(crate) struct Report {
    /// Filed leads that were replayed.
    pub leads: u32,
    /// Filed leads without class or grid, which no rule looks at.
    pub skipped: u32,
    /// There were more leads than a replay takes; the oldest were left out.
    pub cut: bool,
    /// Leads that would go to another unit, to one instead of none, or to none instead of one.
    pub moved: u32,
    /// Of the moved, sent back by the unit that the rules in force name.
    pub back_by_present: u32,
    /// Of the moved, sent back by the unit that the draft names.
    pub back_by_draft: u32,
    /// Leads for which the rules in force name no unit.
    pub unruled_present: u32,
    /// Leads for which the draft names no unit.
    pub unruled_draft: u32,
    /// From unit to unit, the most leads first.
    pub moves: Vec<Move>,
    /// Moved leads on ways that are not listed.
    pub moves_left_off: u32,
    /// The effect on deadlines; none where too little is known of the units.
    #[serde(default)]
    pub estimate: Option<Estimate>,
    /// A unit needs so many ended limits of a category before its share is used.
    #[serde(default)]
    pub least: u32,
}

/// Rules in the order they are asked, with the turns of duty of each unit.
pub(super) struct Book {
    rules: Vec<Rule>,
}

impl Book {
    pub(super) fn new(mut rules: Vec<Rule>) -> Self {
        rules.sort_by_key(Rule::rank);
        Self { rules }
    }

    fn unit(&self, turns: &Turns, class: &str, grid: &str, at: DateTime<Utc>) -> Option<Uuid> {
        let fits = |rule: &&Rule| rule.fits(class, grid, at) && (!rule.on_duty || turns.on_duty(rule.unit_id, at));
        self.rules.iter().find(fits).map(|rule| rule.unit_id)
    }
}

/// From and to.
type Span = (DateTime<Utc>, DateTime<Utc>);

/// Who was on duty when.
pub(super) struct Turns(HashMap<Uuid, Vec<Span>>);

impl Turns {
    pub(super) fn new(duty: Vec<Duty>) -> Self {
        let mut turns: HashMap<Uuid, Vec<_>> = HashMap::new();
        for turn in duty {
            turns.entry(turn.unit_id).or_default().push((turn.from_at, turn.to_at));
        }
        Self(turns)
    }

    fn on_duty(&self, unit: Uuid, at: DateTime<Utc>) -> bool {
        self.0.get(&unit).is_some_and(|turns| turns.iter().any(|(from, to)| *from <= at && at < *to))
    }
}

/// The units of a move.
type Way = (Option<Uuid>, Option<Uuid>);

/// Leads of a move, those sent back by either unit, and leads by category with a class of each.
type Counted = (u32, u32, u32, BTreeMap<String, (u32, String)>);

/// A replay under way.
pub(super) struct Replay {
    present: Book,
    draft: Book,
    turns: Turns,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    report: Report,
    moves: BTreeMap<Way, Counted>,
    shares: HashMap<(Uuid, String), Share>,
}

impl Replay {
    pub(super) fn new(present: Book, draft: Book, turns: Turns, from: DateTime<Utc>, to: DateTime<Utc>) -> Self {
        let report = Report { least: LEAST, ..Report::default() };
        Self { present, draft, turns, from, to, report, moves: BTreeMap::new(), shares: HashMap::new() }
    }

    /// Looks at one lead; what it says is kept where a figure opens to it.
    pub(super) fn look(&mut self, filing: &Filing) -> Option<Verdict> {
        let at = filing.filed_at.filter(|at| *at >= self.from && *at < self.to)?;
        let (Some(class), Some(grid)) = (filing.class.as_deref(), filing.grid.as_deref()) else {
            self.report.skipped += 1;
            return None;
        };
        let category = class.get(..2).unwrap_or(class).to_owned();
        self.report.leads += 1;
        if let (Some(unit), Some(met)) = (filing.unit, filing.met) {
            let share = self.shares.entry((unit, category.clone())).or_default();
            share.all += 1;
            share.met += u32::from(met);
        }
        let present = self.present.unit(&self.turns, class, grid, at);
        let proposed = self.draft.unit(&self.turns, class, grid, at);
        let back = |unit: Option<Uuid>| unit.is_some_and(|unit| filing.sent_back_by.contains(&unit));
        let verdict = Verdict { lead: filing.id, present, proposed, back_by_present: back(present), back_by_proposed: back(proposed) };
        self.report.unruled_present += u32::from(present.is_none());
        self.report.unruled_draft += u32::from(proposed.is_none());
        if present != proposed {
            self.report.moved += 1;
            self.report.back_by_present += u32::from(verdict.back_by_present);
            self.report.back_by_draft += u32::from(verdict.back_by_proposed);
            let way = self.moves.entry((present, proposed)).or_default();
            way.0 += 1;
            way.1 += u32::from(verdict.back_by_present);
            way.2 += u32::from(verdict.back_by_proposed);
            way.3.entry(category).or_insert_with(|| (0, class.to_owned())).0 += 1;
        }
        (present != proposed || proposed.is_none()).then_some(verdict)
    }

    /// What was found; `name` tells the category of a class.
    pub(super) fn end(self, cut: bool, name: impl Fn(&str) -> Option<String>) -> Report {
        let share = |unit: Option<Uuid>, category: &str| {
            unit.and_then(|unit| self.shares.get(&(unit, category.to_owned())).copied()).unwrap_or_default()
        };
        let mut estimate = Estimate { leads: 0, before: 0.0, after: 0.0 };
        let mut moves = Vec::new();
        for ((from, to), (leads, back_by_from, back_by_to, categories)) in &self.moves {
            let mut groups = Vec::new();
            for (category, (leads, class)) in categories {
                let (old, new) = (share(*from, category), share(*to, category));
                if let (Some(before), Some(after)) = (old.rate(), new.rate()) {
                    estimate.leads += leads;
                    estimate.before += before * f64::from(*leads);
                    estimate.after += after * f64::from(*leads);
                }
                let name = name(class).unwrap_or_else(|| category.clone());
                groups.push(Group { category: category.clone(), name, leads: *leads, from: old, to: new });
            }
            groups.sort_by_key(|group| std::cmp::Reverse(group.leads));
            let (leads, back_by_from, back_by_to) = (*leads, *back_by_from, *back_by_to);
            moves.push(Move { from: *from, from_name: None, to: *to, to_name: None, leads, back_by_from, back_by_to, groups });
        }
        moves.sort_by_key(|way| std::cmp::Reverse(way.leads));
        let moves_left_off = moves.iter().skip(MOST_MOVES).map(|way| way.leads).sum();
        moves.truncate(MOST_MOVES);
        let estimate = (estimate.leads > 0).then_some(estimate);
        Report { cut, moves, moves_left_off, estimate, ..self.report }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{Duration, TimeZone};

    use super::*;

    const WEST: Uuid = Uuid::from_u128(1);
    const EAST: Uuid = Uuid::from_u128(2);

    fn rule(class: &str, unit: Uuid, on_duty: bool) -> Rule {
        Rule {
            id: Uuid::from_u128(7),
            region: "330482".into(),
            priority: 10,
            class_prefix: class.into(),
            region_prefix: String::new(),
            weekdays: None,
            from_hour: None,
            to_hour: None,
            on_duty,
            unit_id: unit,
            note: String::new(),
            version: 1,
        }
    }

    fn noon() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 2, 4, 0, 0).unwrap()
    }

    fn filing(number: u128, class: &str, unit: Uuid, met: bool) -> Filing {
        Filing {
            id: Uuid::from_u128(1000 + number),
            class: Some(class.into()),
            grid: Some("330482901001001".into()),
            sent_back_by: Vec::new(),
            unit: Some(unit),
            filed_at: Some(noon()),
            met: Some(met),
        }
    }

    fn replay(present: Vec<Rule>, draft: Vec<Rule>, duty: Vec<Duty>) -> Replay {
        let (from, to) = (noon() - Duration::days(90), noon() + Duration::days(1));
        Replay::new(Book::new(present), Book::new(draft), Turns::new(duty), from, to)
    }

    #[test]
    fn the_estimate_weighs_each_units_own_share_and_is_silent_where_too_few_limits_ended() {
        let mut replay = replay(vec![rule("", WEST, false)], vec![rule("06", EAST, false), rule("", WEST, false)], Vec::new());
        // West: 10 of 20 in time; East: 15 of 20. Of category 01 nothing moves.
        for number in 0..20 {
            replay.look(&filing(number, "06010", WEST, number < 10));
            replay.look(&filing(100 + number, "06010", EAST, number < 15));
            replay.look(&filing(200 + number, "01001", WEST, true));
        }
        let report = replay.end(false, |_| None);
        assert_eq!((report.leads, report.moved, report.moves.len()), (60, 40, 1));
        assert_eq!(report.moves[0].groups[0].from, Share { met: 10, all: 20 });
        let estimate = report.estimate.unwrap();
        assert_eq!((estimate.leads, estimate.before, estimate.after), (40, 20.0, 30.0));

        let mut few = self::replay(vec![rule("", WEST, false)], vec![rule("", EAST, false)], Vec::new());
        for number in 0..19 {
            few.look(&filing(number, "06010", WEST, true));
            few.look(&filing(100 + number, "06010", EAST, true));
        }
        assert_eq!(few.end(false, |_| None).estimate, None);
    }

    #[test]
    fn duty_is_that_of_then_and_what_was_sent_back_is_counted_on_both_sides() {
        let turn = |from: i64, to: i64| Duty {
            id: Uuid::from_u128(5),
            region: "330482".into(),
            unit_id: EAST,
            person_id: None,
            from_at: noon() + Duration::hours(from),
            to_at: noon() + Duration::hours(to),
        };
        let rules = || vec![rule("06", EAST, true), rule("", WEST, false)];
        let mut replay = replay(vec![rule("", WEST, false)], rules(), vec![turn(-1, 1)]);
        let bounced = Filing { sent_back_by: vec![WEST], ..filing(1, "06010", EAST, true) };
        let verdict = replay.look(&bounced).unwrap();
        assert_eq!(
            (verdict.present, verdict.proposed, verdict.back_by_present, verdict.back_by_proposed),
            (Some(WEST), Some(EAST), true, false)
        );
        let later = Filing { filed_at: Some(noon() + Duration::hours(2)), ..filing(2, "06010", WEST, true) };
        assert_eq!(replay.look(&later), None, "nobody of the east was on duty then");
        let too_old = Filing { filed_at: Some(noon() - Duration::days(91)), ..filing(3, "06010", WEST, true) };
        assert_eq!(replay.look(&too_old), None);
        assert_eq!(replay.look(&Filing { grid: None, ..filing(4, "06010", WEST, true) }), None);
        let report = replay.end(false, |_| None);
        assert_eq!((report.leads, report.skipped, report.moved, report.back_by_present, report.back_by_draft), (2, 1, 1, 1, 0));
    }

    #[test]
    fn who_would_find_no_rule_is_kept_even_where_none_fitted_before() {
        let mut replay = replay(vec![rule("06", WEST, false)], Vec::new(), Vec::new());
        assert!(replay.look(&filing(1, "06010", WEST, true)).is_some());
        assert!(replay.look(&filing(2, "01001", WEST, true)).is_some());
        let report = replay.end(false, |_| None);
        assert_eq!((report.moved, report.unruled_present, report.unruled_draft), (1, 1, 2));
        assert_eq!((report.moves[0].from, report.moves[0].to), (Some(WEST), None));
    }
}
