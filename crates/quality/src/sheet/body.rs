//! What a sheet says, and what scoring by it comes to. Pure.

use std::collections::BTreeSet;

use kernel::{codes, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auto::{AutoAnswer, AutoCheck, AutoFinding};

codes! {
    /// How grave a finding is (问题等级).
    Severity {
        /// Of form (一般瑕疵).
        Slight = "slight", "轻微瑕疵";
        /// Ordinary (一般问题).
        General = "general", "一般问题";
        /// Grave (严重问题).
        Serious = "serious", "严重问题";
        /// The file fails whatever its points (一票否决).
        Veto = "veto", "一票否决";
    }
}

/// A rule of deduction (扣分规则).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SheetDeduction {
    pub code: String,
    pub text: String,
    /// Points, 1 to those of the item.
    pub points: i32,
    pub severity: Severity,
}

/// An item (评查项目).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SheetItem {
    pub code: String,
    pub text: String,
    /// Points, 0 for an item that only vetoes.
    pub points: i32,
    /// Where the rule stands.
    pub article: String,
    /// What the program answers for it by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto: Option<AutoCheck>,
    #[serde(default)]
    pub deductions: Vec<SheetDeduction>,
    /// When the file fails as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub veto: Option<String>,
}

/// A section (评查部分).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SheetSection {
    pub title: String,
    pub items: Vec<SheetItem>,
}

/// What a sheet says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SheetBody {
    /// Procedures it is for, by code; none for all.
    #[serde(default)]
    pub tracks: Vec<String>,
    /// Results it is for, by code; none for all.
    #[serde(default)]
    pub results: Vec<String>,
    /// Below so many points a file fails.
    pub pass: i32,
    pub sections: Vec<SheetSection>,
}

/// A deduction that a reviewer made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MadeDeduction {
    pub code: String,
    #[serde(default)]
    pub note: String,
}

/// A reviewer's answer to an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ItemAnswer {
    pub item: String,
    #[serde(default)]
    pub deductions: Vec<MadeDeduction>,
    #[serde(default)]
    pub veto: bool,
    /// Whether the reviewer agrees with what the program found; asked where it found anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agrees: Option<bool>,
    #[serde(default)]
    pub note: String,
}

/// What a score came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scored {
    /// Before a veto.
    pub points: i32,
    pub vetoed: bool,
    pub found: Vec<Found>,
}

/// A deduction or veto with what the sheet says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub item: String,
    pub deduction: String,
    pub title: String,
    pub article: String,
    pub severity: Severity,
    pub points: i32,
    pub note: String,
}

/// The deduction of a veto.
pub(crate) const VETO: &str = "veto";

fn invalid(detail: String) -> Problem {
    Problem::invalid("sheet-invalid", detail.clone()).field("body", detail)
}

fn fits(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.trim().chars().count()) && !text.contains('\0')
}

impl SheetBody {
    pub fn items(&self) -> impl Iterator<Item = &SheetItem> {
        self.sections.iter().flat_map(|section| &section.items)
    }

    /// All points together.
    pub fn points(&self) -> i32 {
        self.items().map(|item| item.points).sum()
    }

    /// Refuses a sheet that could not be scored by.
    ///
    /// # Errors
    /// `sheet-invalid`, saying what.
    pub fn check(&self) -> Result<(), Problem> {
        if self.sections.is_empty() || self.sections.len() > 20 || self.items().count() > 200 || self.items().count() == 0 {
            return Err(invalid("评查标准应有 1 至 20 个部分、至多 200 项".to_owned()));
        }
        if let Some(section) = self.sections.iter().find(|it| !fits(&it.title, 100)) {
            return Err(invalid(format!("部分名称“{}”应为 1 至 100 个字", section.title)));
        }
        let mut codes = BTreeSet::new();
        for item in self.items() {
            if !fits(&item.code, 20) || item.code == VETO || !codes.insert(&item.code) {
                return Err(invalid(format!("项目编号“{}”空缺或者重复", item.code)));
            }
            if !fits(&item.text, 500) || !fits(&item.article, 200) {
                return Err(invalid(format!("项目 {} 应写明内容和依据的条款", item.code)));
            }
            if !(0..=100).contains(&item.points) || (item.points == 0 && item.veto.is_none()) {
                return Err(invalid(format!("项目 {} 的分值应为 1 至 100；只作否决的可以是 0", item.code)));
            }
            let mut own = BTreeSet::new();
            for deduction in &item.deductions {
                let sound =
                    fits(&deduction.text, 300) && (1..=item.points).contains(&deduction.points) && deduction.severity != Severity::Veto;
                if !fits(&deduction.code, 20) || deduction.code == VETO || !own.insert(&deduction.code) || !sound {
                    return Err(invalid(format!(
                        "项目 {} 的扣分规则“{}”有误：编号不能重复，扣分不能超过该项分值",
                        item.code, deduction.code
                    )));
                }
            }
            if item.deductions.is_empty() && item.points > 0 {
                return Err(invalid(format!("项目 {} 有分值而没有扣分规则", item.code)));
            }
        }
        if !(1..=self.points()).contains(&self.pass) {
            return Err(invalid("合格分应在 1 与总分之间".to_owned()));
        }
        Ok(())
    }

    /// Whether the sheet is for files of this procedure and result.
    pub fn is_for(&self, track: &str, result: &str) -> bool {
        let has = |list: &[String], code: &str| list.is_empty() || list.iter().any(|it| it == code);
        has(&self.tracks, track) && has(&self.results, result)
    }

    /// What the answers come to.
    ///
    /// # Errors
    /// `score-incomplete` naming the item that lacks an answer or a reason.
    pub fn score(&self, answers: &[ItemAnswer], auto: &[AutoAnswer]) -> Result<Scored, Problem> {
        let lacking = |item: &SheetItem, why: &str| {
            Problem::invalid("score-incomplete", format!("项目 {}：{why}", item.code)).field(item.code.clone(), why.to_owned())
        };
        let mut scored = Scored { points: 0, vetoed: false, found: Vec::new() };
        for item in self.items() {
            let answer = answers.iter().find(|it| it.item == item.code).ok_or_else(|| lacking(item, "尚未评查"))?;
            let found = item.auto.and_then(|check| auto.iter().find(|it| it.check == check)).map(|it| it.finding);
            if let Some(found @ (AutoFinding::Holds | AutoFinding::Fails)) = found {
                let clean = answer.deductions.is_empty() && !answer.veto;
                match answer.agrees {
                    None => return Err(lacking(item, "请确认系统的核对结果，或者写明不同意的理由")),
                    Some(false) if answer.note.trim().is_empty() => return Err(lacking(item, "不同意系统的核对结果，请写明理由")),
                    Some(true) if found == AutoFinding::Fails && clean => {
                        return Err(lacking(item, "系统核对为不符合，请扣分或者写明理由不同意"));
                    }
                    _ => {}
                }
            }
            if answer.note.chars().count() > 500 || answer.note.contains('\0') {
                return Err(lacking(item, "说明不能超过 500 字"));
            }
            let mut lost = 0;
            for made in &answer.deductions {
                let rule = item.deductions.iter().find(|it| it.code == made.code).ok_or_else(|| lacking(item, "没有这条扣分规则"))?;
                if scored.found.iter().any(|it| it.item == item.code && it.deduction == made.code) {
                    return Err(lacking(item, "同一条扣分规则只能用一次"));
                }
                if made.note.chars().count() > 500 || made.note.contains('\0') {
                    return Err(lacking(item, "说明不能超过 500 字"));
                }
                // What is beyond the item's points costs nothing more.
                let points = rule.points.min(item.points - lost);
                lost += points;
                scored.found.push(Found {
                    item: item.code.clone(),
                    deduction: made.code.clone(),
                    title: format!("{}：{}", item.text, rule.text),
                    article: item.article.clone(),
                    severity: rule.severity,
                    points,
                    note: made.note.trim().to_owned(),
                });
            }
            if answer.veto {
                let why = item.veto.as_ref().ok_or_else(|| lacking(item, "这一项不能一票否决"))?;
                if answer.note.trim().is_empty() {
                    return Err(lacking(item, "一票否决请写明理由"));
                }
                scored.vetoed = true;
                scored.found.push(Found {
                    item: item.code.clone(),
                    deduction: VETO.to_owned(),
                    title: format!("一票否决：{why}"),
                    article: item.article.clone(),
                    severity: Severity::Veto,
                    points: 0,
                    note: answer.note.trim().to_owned(),
                });
            }
            scored.points += item.points - lost;
        }
        Ok(scored)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(code: &str, points: i32, auto: Option<AutoCheck>, veto: bool) -> SheetItem {
        let deduction = |code: &str, points| SheetDeduction { code: code.into(), text: "缺".into(), points, severity: Severity::General };
        SheetItem {
            code: code.into(),
            text: "项目".into(),
            points,
            article: "行政处罚法第四十条".into(),
            auto,
            deductions: vec![deduction("a", points), deduction("b", 1)],
            veto: veto.then(|| "事实不清".to_owned()),
        }
    }

    fn sheet() -> SheetBody {
        let items = vec![item("1", 60, None, true), item("2", 40, Some(AutoCheck::ServedInTime), false)];
        SheetBody { tracks: vec![], results: vec![], pass: 60, sections: vec![SheetSection { title: "模拟".into(), items }] }
    }

    fn answer(item: &str, deductions: &[&str], agrees: Option<bool>, veto: bool, note: &str) -> ItemAnswer {
        let deductions = deductions.iter().map(|code| MadeDeduction { code: (*code).into(), note: String::new() }).collect();
        ItemAnswer { item: item.into(), deductions, veto, agrees, note: note.into() }
    }

    #[test]
    fn every_item_is_answered_and_what_the_program_found_is_confirmed_or_contradicted_with_a_reason() {
        let auto = |finding| [AutoAnswer { check: AutoCheck::ServedInTime, finding, evidence: "模拟".into() }];
        let with = |two: ItemAnswer, finding| sheet().score(&[answer("1", &["b"], None, false, ""), two], &auto(finding));
        let code = |result: Result<Scored, Problem>| result.unwrap_err().code;
        assert_eq!(code(sheet().score(&[answer("1", &[], None, false, "")], &auto(AutoFinding::Unknown))), "score-incomplete");
        assert_eq!(code(with(answer("2", &[], None, false, ""), AutoFinding::Holds)), "score-incomplete");
        assert_eq!(code(with(answer("2", &[], Some(true), false, ""), AutoFinding::Fails)), "score-incomplete");
        assert_eq!(code(with(answer("2", &[], Some(false), false, ""), AutoFinding::Fails)), "score-incomplete");
        assert_eq!(with(answer("2", &[], Some(false), false, "留置送达另有记录"), AutoFinding::Fails).unwrap().points, 99);
        let scored = with(answer("2", &["b"], Some(true), false, ""), AutoFinding::Fails).unwrap();
        assert_eq!((scored.points, scored.found.len(), scored.vetoed), (98, 2, false));
        assert_eq!(with(answer("2", &[], None, false, ""), AutoFinding::Unknown).unwrap().points, 99, "nothing was found to confirm");
    }

    #[test]
    fn an_item_loses_no_more_than_it_has_and_a_veto_needs_a_reason() {
        let score = |one: ItemAnswer| sheet().score(&[one, answer("2", &["a", "b"], None, false, "")], &[]);
        let scored = score(answer("1", &[], None, true, "证据相互矛盾")).unwrap();
        assert_eq!((scored.points, scored.vetoed), (60, true));
        assert_eq!(scored.found.iter().map(|it| it.points).collect::<Vec<_>>(), [0, 40, 0]);
        assert!(score(answer("1", &[], None, true, "")).is_err());
        let no_veto = sheet().score(&[answer("1", &[], None, false, ""), answer("2", &[], None, true, "x")], &[]);
        assert!(no_veto.is_err());
    }

    #[test]
    fn a_sheet_that_could_not_be_scored_by_is_refused() {
        sheet().check().unwrap();
        let broken = |change: fn(&mut SheetBody)| {
            let mut sheet = sheet();
            change(&mut sheet);
            sheet.check().is_err()
        };
        assert!(broken(|it| it.pass = 101));
        assert!(broken(|it| it.sections[0].items[1].code = "1".into()));
        assert!(broken(|it| it.sections[0].items[0].article = " ".into()));
        assert!(broken(|it| it.sections[0].items[0].deductions[0].points = 61));
        assert!(broken(|it| it.sections[0].items[0].deductions.clear()));
    }
}
