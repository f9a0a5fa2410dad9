//! What stands still and why (停在哪里、为什么), told from facts alone.

use chrono::{DateTime, Utc};
use kernel::deadline::service::duration_words;

use super::store::ChargedRow;
use crate::lead::{Limit, State};

/// From so many hours without a step on, standing still is said (house rule: one day).
const QUIET_HOURS: i64 = 24;

/// The reasons, the weightiest first; none where the lead moves.
pub(crate) fn reasons(row: &ChargedRow, now: DateTime<Utc>) -> Vec<String> {
    let mut reasons = Vec::new();
    let limit = row.missed.as_deref().and_then(|name| name.parse::<Limit>().ok());
    if let Some((limit, due)) = limit.zip(row.missed_at) {
        reasons.push(format!("{}时限已超期 {}", limit.label(), duration_words((now - due).num_seconds())));
    }
    if row.instructions_late > 0 {
        reasons.push(format!("{} 条批示逾期未答复", row.instructions_late));
    } else if row.instructions_open > 0 {
        reasons.push(format!("{} 条批示待答复", row.instructions_open));
    }
    if row.sent_back > 0 {
        reasons.push(format!("有权属争议：{} 个单位回退过", row.sent_back));
    }
    if row.raised > 0 {
        reasons.push(format!("上提过 {} 次", row.raised));
    }
    if row.extension_asked {
        reasons.push("延期申请待批".to_owned());
    }
    if row.joint_open > 0 {
        reasons.push(format!("{} 个协办单位没有办完", row.joint_open));
    }
    let state: Option<State> = row.state.parse().ok();
    if state == Some(State::Suspended) {
        reasons.push("挂账，时限暂停".to_owned());
    }
    let quiet = now - row.moved_at;
    if quiet.num_hours() >= QUIET_HOURS {
        let days = quiet.num_days();
        reasons.push(format!("停在“{}”{days} 天没有进展", state.map_or("办理中", State::label)));
    }
    reasons
}

#[cfg(test)]
mod tests {
    use chrono::{Duration, TimeZone};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_stands_still_is_told_with_its_reasons_and_what_moves_has_none() {
        let now = Utc.with_ymd_and_hms(2026, 11, 9, 1, 0, 0).unwrap();
        let moving = ChargedRow {
            id: Uuid::nil(),
            leader: Uuid::nil(),
            charged_at: now,
            charge_reason: "久拖不决".into(),
            state: "fixing".into(),
            moved_at: now - Duration::hours(23),
            missed: None,
            missed_at: None,
            sent_back: 0,
            raised: 0,
            extension_asked: false,
            joint_open: 0,
            instructions_open: 0,
            instructions_late: 0,
        };
        assert!(reasons(&moving, now).is_empty());
        let stuck = ChargedRow {
            moved_at: now - Duration::days(3),
            missed: Some("fix".into()),
            missed_at: Some(now - Duration::hours(5)),
            sent_back: 2,
            instructions_open: 2,
            instructions_late: 1,
            ..moving
        };
        assert_eq!(
            reasons(&stuck, now),
            ["处置时限已超期 5 小时", "1 条批示逾期未答复", "有权属争议：2 个单位回退过", "停在“处置中”3 天没有进展"]
        );
    }
}
