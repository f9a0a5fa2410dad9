//! Who has a power in a place on a day, as it follows from the announcements. Pure.

use chrono::NaiveDate;
use kernel::codes;
use uuid::Uuid;

/// That townships may be given powers, and that the decision is announced.
pub const EMPOWERMENT: &str = "《行政处罚法》第二十四条";
/// That otherwise the organ of the county with the power decides, where the act was done.
pub const COUNTY: &str = "《行政处罚法》第二十二条、第二十三条";

codes! {
    /// What an announcement does (公告事由).
    PowerAct {
        /// Townships take the matters over.
        Grant = "grant", "赋权";
        /// The county takes them back.
        Withdraw = "withdraw", "收回";
        /// Another bureau of the county takes them over.
        Transfer = "transfer", "划转";
    }
}

codes! {
    /// Who has the power (执法主体层级).
    PowerHolder {
        /// The township (镇人民政府、街道办事处).
        Township = "township", "镇街";
        /// A bureau of the county, by an announced transfer.
        Bureau = "bureau", "县级部门（已划转）";
        /// The department that the law names; the place's own catalogue says which bureau that is.
        Named = "named", "县级部门（法条所列，以当地公布的目录为准）";
    }
}

/// An announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announced {
    /// Its id.
    pub id: Uuid,
    /// In which order it was entered.
    pub sequence: i64,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Who announced it.
    pub organ: String,
    /// When it was announced.
    pub announced_on: NaiveDate,
    /// From which day on it counts.
    pub effective_from: NaiveDate,
    /// What it does.
    pub act: PowerAct,
    /// For which matters.
    pub matters: Vec<String>,
    /// For which townships; none for a transfer.
    pub townships: Vec<String>,
    /// To which bureau, for a transfer.
    pub to_organ: Option<String>,
}

/// Who has the power, and by which announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Power<'a> {
    /// Who.
    pub holder: PowerHolder,
    /// The announcement that decides; nothing where none ever named the matter.
    pub by: Option<&'a Announced>,
    /// What will change it next.
    pub next: Option<&'a Announced>,
}

/// The power over a matter in a township (9 digits, or nothing for the county as a whole) on a day. `announced` are those of the county.
/// Of several that count, the one with the later day decides; on the same day, the one entered later.
#[must_use]
pub fn power<'a>(announced: &'a [Announced], matter: &str, township: Option<&str>, day: NaiveDate) -> Power<'a> {
    let names = |it: &&Announced| it.matters.iter().any(|code| code == matter);
    let here = |it: &&Announced| match it.act {
        PowerAct::Transfer => true,
        PowerAct::Grant | PowerAct::Withdraw => township.is_some_and(|township| it.townships.iter().any(|code| code == township)),
    };
    let order = |it: &&Announced| (it.effective_from, it.sequence);
    let about = || announced.iter().filter(names).filter(here);
    let last = |acts: &[PowerAct]| about().filter(|it| acts.contains(&it.act) && it.effective_from <= day).max_by_key(order);
    let next = about().filter(|it| it.effective_from > day).min_by_key(order);
    let township = last(&[PowerAct::Grant, PowerAct::Withdraw]);
    let bureau = last(&[PowerAct::Transfer]);
    match (township, bureau) {
        (Some(grant), _) if grant.act == PowerAct::Grant => Power { holder: PowerHolder::Township, by: Some(grant), next },
        (_, Some(transfer)) => Power { holder: PowerHolder::Bureau, by: Some(transfer), next },
        (withdrawn, None) => Power { holder: PowerHolder::Named, by: withdrawn, next },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn announced(sequence: i64, act: PowerAct, from: &str, townships: &[&str]) -> Announced {
        Announced {
            id: Uuid::from_u128(sequence.unsigned_abs().into()),
            sequence,
            number: format!("模拟〔2026〕{sequence}号"),
            title: "模拟".into(),
            organ: "模拟政府".into(),
            announced_on: from.parse().unwrap(),
            effective_from: from.parse().unwrap(),
            act,
            matters: vec!["M001".into()],
            townships: townships.iter().map(|it| (*it).to_owned()).collect(),
            to_organ: (act == PowerAct::Transfer).then(|| "模拟局".to_owned()),
        }
    }

    fn holder(all: &[Announced], matter: &str, township: Option<&str>, day: &str) -> (PowerHolder, Option<i64>, Option<i64>) {
        let power = power(all, matter, township, day.parse().unwrap());
        (power.holder, power.by.map(|it| it.sequence), power.next.map(|it| it.sequence))
    }

    #[test]
    fn article_24_a_township_has_the_power_from_the_day_that_was_announced() {
        let all =
            [announced(1, PowerAct::Grant, "2026-03-01", &["330482901"]), announced(2, PowerAct::Withdraw, "2026-09-01", &["330482901"])];
        let west = Some("330482901");
        assert_eq!(holder(&all, "M001", west, "2026-02-28"), (PowerHolder::Named, None, Some(1)));
        assert_eq!(holder(&all, "M001", west, "2026-03-01"), (PowerHolder::Township, Some(1), Some(2)));
        assert_eq!(holder(&all, "M001", west, "2026-08-31"), (PowerHolder::Township, Some(1), Some(2)));
        assert_eq!(holder(&all, "M001", west, "2026-09-01"), (PowerHolder::Named, Some(2), None));
        // Other matters, other townships and the county as a whole stay as they were.
        assert_eq!(holder(&all, "M002", west, "2026-05-01"), (PowerHolder::Named, None, None));
        assert_eq!(holder(&all, "M001", Some("330482902"), "2026-05-01"), (PowerHolder::Named, None, None));
        assert_eq!(holder(&all, "M001", None, "2026-05-01"), (PowerHolder::Named, None, None));
    }

    #[test]
    fn a_transfer_between_bureaus_counts_where_no_township_has_the_power() {
        let all = [announced(1, PowerAct::Transfer, "2026-01-01", &[]), announced(2, PowerAct::Grant, "2026-03-01", &["330482901"])];
        assert_eq!(holder(&all, "M001", Some("330482901"), "2026-02-01"), (PowerHolder::Bureau, Some(1), Some(2)));
        assert_eq!(holder(&all, "M001", Some("330482901"), "2026-03-01"), (PowerHolder::Township, Some(2), None));
        assert_eq!(holder(&all, "M001", Some("330482902"), "2026-03-01"), (PowerHolder::Bureau, Some(1), None));
    }

    #[test]
    fn on_the_same_day_the_one_entered_later_decides() {
        let grant = |sequence| announced(sequence, PowerAct::Grant, "2026-03-01", &["330482901"]);
        let withdraw = |sequence| announced(sequence, PowerAct::Withdraw, "2026-03-01", &["330482901"]);
        assert_eq!(holder(&[grant(1), withdraw(2)], "M001", Some("330482901"), "2026-03-01").0, PowerHolder::Named);
        assert_eq!(holder(&[grant(2), withdraw(1)], "M001", Some("330482901"), "2026-03-01").0, PowerHolder::Township);
    }
}
