//! The way of an extra fine in Chinese: one line a counted day, one line for a stretch in which nothing counts.

use chrono::NaiveDate;
use serde::Serialize;

use super::yuan;

/// One line of the way (计算过程).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SurchargeStep {
    /// The first day it is about.
    pub from: NaiveDate,
    /// The last day it is about.
    pub to: NaiveDate,
    /// What the day added, in fen.
    pub added_fen: u64,
    /// The sum so far, in fen.
    pub total_fen: u64,
    /// The line.
    pub text: String,
}

/// Why a stretch of days adds nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Idle {
    Paused,
    Settled,
}

/// The lines as they grow.
#[derive(Default)]
pub(super) struct Way {
    steps: Vec<SurchargeStep>,
    idle: Option<(Idle, NaiveDate, NaiveDate)>,
    total: u64,
}

impl Way {
    pub(super) fn due(&mut self, due: NaiveDate, fen: u64) {
        self.note(due, format!("{due} 为缴款期限最后一日，应缴 {}", yuan(fen)));
    }

    pub(super) fn note(&mut self, day: NaiveDate, text: String) {
        self.line(day, day, 0, text);
    }

    pub(super) fn counted(&mut self, day: NaiveDate, number: u32, base: u64, more: u64, total: u64) {
        self.close();
        self.total = total;
        self.line(day, day, more, format!("{day} 第 {number} 日，按 {} 的 3% 加 {}，累计 {}", yuan(base), yuan(more), yuan(total)));
    }

    pub(super) fn capped(&mut self, day: NaiveDate, whole: u64) {
        self.close();
        self.line(day, day, 0, format!("{day} 起不再增加：加处罚款不超过罚款数额 {}（行政处罚法第七十二条第一项）", yuan(whole)));
    }

    pub(super) fn paused(&mut self, day: NaiveDate) {
        self.idle(Idle::Paused, day);
    }

    pub(super) fn settled(&mut self, day: NaiveDate, wholly: bool) {
        if wholly {
            self.close();
            self.note(day, format!("{day} 前罚款已缴清，不再计算"));
        } else {
            self.idle(Idle::Settled, day);
        }
    }

    pub(super) fn finish(mut self) -> Vec<SurchargeStep> {
        self.close();
        self.steps
    }

    fn idle(&mut self, why: Idle, day: NaiveDate) {
        match &mut self.idle {
            Some((same, _, last)) if *same == why => *last = day,
            _ => {
                self.close();
                self.idle = Some((why, day, day));
            }
        }
    }

    fn close(&mut self) {
        if let Some((why, from, to)) = self.idle.take() {
            let days = (to - from).num_days() + 1;
            let text = match why {
                Idle::Paused => format!("{from} 至 {to} 共 {days} 日为行政复议或者行政诉讼期间，不予计算（行政处罚法第七十三条第三款）"),
                Idle::Settled => format!("{from} 至 {to} 共 {days} 日到期部分已缴，不计"),
            };
            self.line(from, to, 0, text);
        }
    }

    fn line(&mut self, from: NaiveDate, to: NaiveDate, added_fen: u64, text: String) {
        self.steps.push(SurchargeStep { from, to, added_fen, total_fen: self.total, text });
    }
}
