//! Suspicions (疑点): what was found, and what a person said of it.

pub(crate) mod hear;
pub(crate) mod judge;
pub(crate) mod list;
pub(crate) mod reopen;
pub(crate) mod show;
pub(crate) mod store;
mod view;

use kernel::codes;
use kernel::{position::Position, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::rule::Strength;

codes! {
    /// What does not fit (疑点种类).
    SuspicionKind {
        /// A photo was used before.
        PhotoReuse = "photo-reuse", "照片复用";
        /// A photo is older than the work that it is to show.
        PhotoEarly = "photo-early", "照片过早";
        /// A photo was taken elsewhere.
        PhotoPlace = "photo-place", "照片地点不符";
        /// Somebody answered from elsewhere.
        FarAnswer = "far-answer", "异地反馈";
        /// Two answers that nobody travels between in that time.
        Speed = "speed", "行程异常";
        /// Replies crowd before the limit.
        EdgeBurst = "edge-burst", "卡点反馈";
        /// Two meet more often than chance, territory and duty explain.
        Pairing = "pairing", "结对异常";
    }
}

codes! {
    /// How sure it is (强弱).
    SuspicionStrength {
        /// It hardly has an innocent reason.
        Strong = "strong", "强";
        /// It may have one.
        Weak = "weak", "弱";
    }
}

codes! {
    /// What was said of it (判定).
    SuspicionState {
        /// Nobody has judged it.
        Open = "open", "待判定";
        /// It is right.
        Upheld = "upheld", "属实";
        /// It has an innocent reason.
        Dismissed = "dismissed", "排除";
    }
}

codes! {
    /// What followed from upholding it (结果).
    SuspicionOutcome {
        /// The lead was sent back to be fixed again.
        Rework = "rework", "已退回返工";
        /// The lead is closed, or it concerns no single lead: it is counted for the unit.
        Counted = "counted", "已计入单位";
        /// The lead is open and cannot be sent back as it stands: it waits for the next step.
        Waiting = "waiting", "待退回返工";
    }
}

/// One of the numbers that a suspicion rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub(crate) struct SuspicionNumber {
    /// What it is.
    pub label: String,
    /// With its unit.
    pub value: String,
}

/// What a rule found, before it is kept.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// The same evidence has the same key.
    pub key: String,
    pub kind: SuspicionKind,
    pub strength: Strength,
    pub rule: &'static str,
    pub person: Option<Uuid>,
    pub unit: Option<Uuid>,
    pub reason: String,
    pub numbers: Vec<SuspicionNumber>,
    pub photo: Option<String>,
    pub other_photo: Option<String>,
    pub other_lead: Option<(Uuid, String)>,
    pub stood: Option<Position>,
    pub leads: Vec<Uuid>,
}

impl Found {
    /// With a number.
    pub(crate) fn number(mut self, label: &str, value: impl Into<String>) -> Self {
        self.numbers.push(SuspicionNumber { label: label.to_owned(), value: value.into() });
        self
    }
}

/// A note is at most so long, in characters.
const LONGEST_NOTE: usize = 500;

fn note(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    let fault = |words: &str| Problem::invalid("note-invalid", words.to_owned()).field("note", words.to_owned());
    match text.chars().count() {
        0 => Err(fault("请写明理由")),
        1..=LONGEST_NOTE => Ok(kernel::personal::redact(text).into_owned()),
        _ => Err(fault("理由不超过 500 字")),
    }
}

fn not_found() -> Problem {
    Problem::not_found("suspicion-not-found", "没有找到这条疑点，或不在您的权限范围内")
}

fn stale() -> Problem {
    Problem::precondition_failed("version-conflict", "这条疑点刚被别人判定过，请刷新后再办")
}
