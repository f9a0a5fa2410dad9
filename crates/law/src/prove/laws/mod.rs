//! The laws of the house: what must hold of every step and every case, written apart from the guards that see to it.

mod before;
mod decision;
mod execution;
mod measures;
mod persons;

use crate::procedure::{Action, Attempt, Case, Transition};

/// A step that the table allowed.
#[derive(Debug, Clone, Copy)]
pub struct Taken<'a> {
    /// The case before it.
    pub before: &'a Case,
    /// The row.
    pub transition: &'a Transition,
    /// What it was done with.
    pub attempt: &'a Attempt,
    /// The case after it.
    pub after: &'a Case,
}

impl Taken<'_> {
    fn is(&self, actions: &[Action]) -> bool {
        actions.contains(&self.transition.action)
    }

    /// It decides on a penalty.
    fn penalises(&self) -> bool {
        self.is(&[Action::Decide, Action::DecideOnSpot])
    }
}

/// How a law is checked.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// Of every step that is taken.
    Step(fn(&Taken<'_>) -> bool),
    /// Every case that is not over has a step that may be taken.
    GoesOn,
    /// From every case the end can be reached without the party's help.
    Ends,
}

/// One law of the house.
#[derive(Debug, Clone, Copy)]
pub struct Law {
    /// A stable id in kebab case.
    pub id: &'static str,
    /// The article.
    pub article: &'static str,
    /// The law in Chinese.
    pub words: &'static str,
    /// How it is checked.
    pub check: Check,
    /// The guards that see to it: without any one of them it is broken. A test takes each away.
    pub guards: &'static [&'static str],
}

const fn law(
    id: &'static str,
    article: &'static str,
    words: &'static str,
    guards: &'static [&'static str],
    holds: fn(&Taken<'_>) -> bool,
) -> Law {
    Law { id, article, words, check: Check::Step(holds), guards }
}

const ENDS: &[Law] = &[
    Law {
        id: "goes-on",
        article: "行政处罚法第三十九条、第四十条",
        words: "没有办结的案件总有可以办理的环节，不能办理的环节都说明理由和出路",
        check: Check::GoesOn,
        guards: &[],
    },
    Law {
        id: "ends",
        article: "行政处罚法第四十七条、第六十条",
        words: "每个案件随时都能走到归档，不依赖当事人配合",
        check: Check::Ends,
        guards: &[],
    },
];

/// Every law, by group.
pub const LAWS: &[&[Law]] = &[before::LAWS, decision::LAWS, persons::LAWS, measures::LAWS, execution::LAWS, ENDS];
