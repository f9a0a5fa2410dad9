//! What the program answers by itself from what happened in a case (自动核对): with the evidence, to be confirmed or contradicted by a person. Pure.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{calendar::Calendar, clock::shanghai, codes};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::port::{Course, CourseStep};

codes! {
    /// A question that the program answers by itself (自动核对项).
    AutoCheck {
        /// 行政处罚法第十七条、第三十六条
        InPower = "in-power", "执法主体、管辖和追责时效";
        /// 行政处罚法第四十二条第一款
        TwoOfficers = "two-officers", "两名持证执法人员";
        /// 行政处罚法第四十四条
        NoticeFirst = "notice-first", "先告知后决定";
        /// 行政处罚法第四十五条
        DefenceFirst = "defence-first", "听取陈述申辩后决定";
        /// 行政处罚法第六十三条、第六十四条
        Hearing = "hearing", "告知和举行听证";
        /// 行政处罚法第五十八条
        LegalReview = "legal-review", "法制审核";
        /// 行政处罚法第五十七条第二款
        Discussed = "discussed", "集体讨论";
        /// 行政处罚法第六十条
        NinetyDays = "ninety-days", "立案之日起九十日内决定";
        /// 行政处罚法第六十一条第一款、第八十五条: seven working days
        ServedInTime = "served-in-time", "七日内送达";
        /// 行政处罚法第五十二条第三款
        Recorded = "recorded", "当场处罚报备";
        /// 行政处罚法第三十三条第三款
        Educated = "educated", "不予处罚的教育";
        /// 行政处罚法第五十九条
        DecisionPaper = "decision-paper", "决定书";
        /// 行政处罚法第四十四条、第六十二条
        NoticePaper = "notice-paper", "事先告知书";
        /// 行政处罚法第四十条、第四十六条
        EvidenceKept = "evidence-kept", "证据在卷";
        /// 行政处罚法第四十七条
        Archived = "archived", "归档保存";
    }
}

codes! {
    /// What the program found (核对结果).
    AutoFinding {
        /// As it must be (符合).
        Holds = "holds", "符合";
        /// Not as it must be (不符合).
        Fails = "fails", "不符合";
        /// Does not apply to this case (不涉及).
        Not = "not", "不涉及";
        /// The program cannot tell: a person looks (需人工核对).
        Unknown = "unknown", "需人工核对";
    }
}

/// An answer of the program, and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AutoAnswer {
    /// The question.
    pub check: AutoCheck,
    /// The answer.
    pub finding: AutoFinding,
    /// What it rests on: steps with their days, numbers of documents. No person is named.
    pub evidence: String,
}

fn day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&shanghai()).date_naive()
}

fn told(step: &CourseStep) -> String {
    format!("{} {}", step.label, day(step.at))
}

/// The last step of one of these names.
fn last<'a>(course: &'a Course, actions: &[&str]) -> Option<(usize, &'a CourseStep)> {
    course.steps.iter().enumerate().rev().find(|(_, step)| actions.contains(&step.action.as_str()))
}

/// The last step of one of these names that was taken before the one at `place`.
fn before<'a>(course: &'a Course, place: usize, actions: &[&str]) -> Option<(usize, &'a CourseStep)> {
    course.steps.iter().enumerate().take(place).rev().find(|(_, step)| actions.contains(&step.action.as_str()))
}

const DECIDE: [&str; 2] = ["decide", "decide-on-spot"];
const NOTICE: [&str; 2] = ["serve-notice", "tell-on-spot"];

type Found = (AutoFinding, String);

fn not(why: &str) -> Found {
    (AutoFinding::Not, why.to_owned())
}

/// The decision of a penalty and a step that must have come before it.
fn precedes(course: &Course, actions: &[&str], lacking: &str) -> Found {
    let Some((place, decided)) = last(course, &DECIDE) else { return not("没有作出行政处罚决定") };
    match before(course, place, actions) {
        Some((_, step)) => (AutoFinding::Holds, format!("{}，早于{}", told(step), told(decided))),
        None => (AutoFinding::Fails, format!("{}以前没有{lacking}", told(decided))),
    }
}

fn power(course: &Course) -> Found {
    match (course.in_power, course.timely) {
        (true, true) => (AutoFinding::Holds, "立案时核定：事项在执法目录内，行为地由本机关管辖，在追责时效内".to_owned()),
        (false, _) => (AutoFinding::Fails, "事项不在执法目录内，或者行为地不由本机关管辖".to_owned()),
        (_, false) => (AutoFinding::Fails, "超过追责时效".to_owned()),
    }
}

fn officers(course: &Course) -> Found {
    let from = course.steps.iter().find(|step| ["investigate", "show-card"].contains(&step.action.as_str())).map(|step| day(step.at));
    let valid = course
        .officers
        .iter()
        .filter(|officer| officer.certificate.is_some() && from.is_none_or(|from| officer.valid_until.is_none_or(|until| until >= from)));
    let numbers: Vec<&str> = valid.filter_map(|officer| officer.certificate.as_deref()).collect();
    let finding = if numbers.len() >= 2 { AutoFinding::Holds } else { AutoFinding::Fails };
    (
        finding,
        format!(
            "承办人 {} 名，有效执法证 {}",
            course.officers.len(),
            if numbers.is_empty() { "无".to_owned() } else { numbers.join("、") }
        ),
    )
}

fn defence(course: &Course) -> Found {
    let Some((place, decided)) = last(course, &DECIDE) else { return not("没有作出行政处罚决定") };
    if let Some((made, step)) = before(course, place, &["defend"]) {
        return match before(course, place, &["consider-defence"]).filter(|(at, _)| *at > made) {
            Some((_, considered)) => (AutoFinding::Holds, format!("{}，{}，早于{}", told(step), told(considered), told(decided))),
            None => (AutoFinding::Fails, format!("{}，{}以前没有复核", told(step), told(decided))),
        };
    }
    precedes(course, &["consider-defence", "waive-defence", "defence-runs-out"], "陈述申辩期满、放弃或者复核的记录")
}

fn hearing(course: &Course) -> Found {
    let Some((place, decided)) = last(course, &DECIDE) else { return not("没有作出行政处罚决定") };
    if let Some((asked, step)) = before(course, place, &["request-hearing"]) {
        return match before(course, place, &["hold-hearing", "miss-hearing", "waive-hearing"]).filter(|(at, _)| *at > asked) {
            Some((_, held)) => (AutoFinding::Holds, format!("{}，{}", told(step), told(held))),
            None => (AutoFinding::Fails, format!("{}，{}以前没有举行听证", told(step), told(decided))),
        };
    }
    if !course.heavy {
        return not("处罚没有达到应当告知听证的幅度");
    }
    match before(course, place, &NOTICE) {
        Some((_, notice)) if notice.tells_hearing => (AutoFinding::Holds, format!("{}时告知听证权利，当事人没有申请", told(notice))),
        _ => (AutoFinding::Fails, "达到应当告知听证的幅度，告知书没有告知听证权利".to_owned()),
    }
}

fn review(course: &Course) -> Found {
    let heard = last(course, &["hold-hearing"]).is_some();
    if !course.review_due && !heard && !course.complex {
        return not("不属于应当法制审核的情形");
    }
    precedes(course, &["pass-review"], "法制审核通过的记录")
}

fn ninety(course: &Course) -> Found {
    let filed = course.steps.iter().find(|step| step.action == "file");
    let decided = last(course, &["decide", "decide-no-penalty"]);
    let (Some(filed), Some((_, decided))) = (filed, decided) else { return not("没有立案，或者没有作出决定") };
    let days = (day(decided.at) - day(filed.at)).num_days();
    let words = format!("{}，{}，{days} 日", told(filed), told(decided));
    // D20 延长, D21 中止: until when, or for how long, is a person's to count.
    let kinds = ["D20", "D21"];
    let longer: Vec<&str> =
        course.papers.iter().flatten().filter(|paper| kinds.contains(&paper.kind.as_str())).map(|paper| paper.title.as_str()).collect();
    match days {
        ..=90 => (AutoFinding::Holds, words),
        _ if !longer.is_empty() => (AutoFinding::Unknown, format!("{words}；{}", longer.join("、"))),
        _ if last(course, &["suspend"]).is_some() => (AutoFinding::Unknown, format!("{words}；中止的期间不计入")),
        _ => (AutoFinding::Fails, words),
    }
}

fn served(course: &Course, calendar: &Calendar, today: NaiveDate) -> Found {
    let Some((place, decided)) = last(course, &DECIDE) else { return not("没有作出行政处罚决定") };
    let limit = calendar.nth_working_day_after(day(decided.at), 7);
    let until = format!("{}，七个工作日至 {limit}", told(decided));
    // Where the year's holidays are not published yet, a late service may be in time.
    let late = if calendar.is_provisional_between(day(decided.at), limit) { AutoFinding::Unknown } else { AutoFinding::Fails };
    let reached = course.steps.iter().skip(place).find(|step| ["serve-decision", "hand-decision"].contains(&step.action.as_str()));
    match reached.map(|step| (step, step.served_on.unwrap_or_else(|| day(step.at)))) {
        Some((step, on)) => (if on <= limit { AutoFinding::Holds } else { late }, format!("{until}，{} {on}", step.label)),
        None if today <= limit => (AutoFinding::Unknown, format!("{until}，尚未届满，还没有送达记录")),
        None => (late, format!("{until}，没有送达记录")),
    }
}

fn paper(course: &Course, kinds: &[&str], name: &str) -> Found {
    let Some(papers) = &course.papers else { return (AutoFinding::Unknown, "文书不在系统内制作".to_owned()) };
    let found: Vec<String> = papers
        .iter()
        .filter(|paper| kinds.contains(&paper.kind.as_str()))
        .map(|paper| format!("{}，{}", paper.title, day(paper.issued_at)))
        .collect();
    if found.is_empty() {
        (AutoFinding::Unknown, format!("系统内没有签发{name}，请查纸质案卷"))
    } else {
        (AutoFinding::Holds, found.join("；"))
    }
}

/// Answers a question from what happened in a case until today.
#[must_use]
pub fn answer(check: AutoCheck, course: &Course, calendar: &Calendar, today: NaiveDate) -> AutoAnswer {
    let penalty = last(course, &DECIDE).is_some();
    let (finding, evidence) = match check {
        AutoCheck::InPower => power(course),
        AutoCheck::TwoOfficers => officers(course),
        AutoCheck::NoticeFirst => precedes(course, &NOTICE, "告知的记录"),
        AutoCheck::DefenceFirst => defence(course),
        AutoCheck::Hearing => hearing(course),
        AutoCheck::LegalReview => review(course),
        AutoCheck::Discussed if course.complex => precedes(course, &["discuss"], "集体讨论的记录"),
        AutoCheck::Discussed => not("不属于情节复杂或者重大违法行为"),
        AutoCheck::NinetyDays => ninety(course),
        AutoCheck::ServedInTime => served(course, calendar, today),
        AutoCheck::Recorded if !course.on_spot => not("不是当场处罚"),
        AutoCheck::Recorded => match last(course, &["record"]) {
            Some((_, step)) => (AutoFinding::Holds, told(step)),
            None => (AutoFinding::Fails, "当场处罚没有报所属机关备案".to_owned()),
        },
        AutoCheck::Educated => match last(course, &["decide-no-penalty"]) {
            Some((_, step)) if step.educated => (AutoFinding::Holds, format!("{}时记载教育情况", told(step))),
            Some((_, step)) => (AutoFinding::Fails, format!("{}，没有教育记录", told(step))),
            None => not("没有作出不予处罚决定"),
        },
        AutoCheck::DecisionPaper if penalty => paper(course, &["D14", "D15"], "处罚决定书"),
        AutoCheck::DecisionPaper if course.result == "no_penalty" => paper(course, &["D16"], "不予处罚决定书"),
        AutoCheck::DecisionPaper => not("没有作出决定"),
        AutoCheck::NoticePaper if !penalty || course.on_spot => not("不须制作事先告知书"),
        // D04 tells of the hearing alone; reasons and defence are told by D03.
        AutoCheck::NoticePaper => paper(course, &["D03"], "事先告知书"),
        AutoCheck::EvidenceKept => match course.evidence {
            None => (AutoFinding::Unknown, "证据不在系统内保存".to_owned()),
            Some(0) => (AutoFinding::Unknown, "系统内没有证据材料，请查纸质案卷".to_owned()),
            Some(count) => (AutoFinding::Holds, format!("证据材料 {count} 件")),
        },
        AutoCheck::Archived => match last(course, &["archive"]) {
            Some((_, step)) => (AutoFinding::Holds, told(step)),
            None => (AutoFinding::Unknown, "尚未归档".to_owned()),
        },
    };
    AutoAnswer { check, finding, evidence }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use uuid::Uuid;

    use super::*;
    use crate::port::{CourseOfficer, CoursePaper};

    fn step(action: &str, month: u32, day: u32) -> CourseStep {
        let at = Utc.with_ymd_and_hms(2026, month, day, 2, 0, 0).unwrap();
        CourseStep { action: action.into(), label: action.into(), at, tells_hearing: false, educated: false, served_on: None }
    }

    fn course(steps: Vec<CourseStep>) -> Course {
        Course { in_power: true, timely: true, steps, ..Course::default() }
    }

    fn found(check: AutoCheck, course: &Course) -> AutoFinding {
        found_on(check, course, "2026-12-31")
    }

    fn found_on(check: AutoCheck, course: &Course, today: &str) -> AutoFinding {
        answer(check, course, &Calendar::shipped(), today.parse().unwrap()).finding
    }

    #[test]
    fn article_60_the_ninetieth_day_is_in_time_and_the_next_is_not() {
        // Filed on 1 April: the ninetieth day after it is 30 June.
        let of = |month, day| course(vec![step("file", 4, 1), step("serve-notice", 5, 1), step("decide", month, day)]);
        assert_eq!(found(AutoCheck::NinetyDays, &of(6, 30)), AutoFinding::Holds);
        assert_eq!(found(AutoCheck::NinetyDays, &of(7, 1)), AutoFinding::Fails);
        let mut suspended = of(7, 1);
        suspended.steps.insert(1, step("suspend", 4, 3));
        assert_eq!(found(AutoCheck::NinetyDays, &suspended), AutoFinding::Unknown);
        let paper = |kind: &str| CoursePaper {
            kind: kind.into(),
            title: kind.into(),
            issued_at: Utc.with_ymd_and_hms(2026, 6, 1, 2, 0, 0).unwrap(),
            people: Vec::new(),
        };
        let with = |kind: &str| Course { papers: Some(vec![paper(kind)]), ..of(7, 1) };
        assert_eq!(found(AutoCheck::NinetyDays, &with("D20")), AutoFinding::Unknown, "more time was given");
        assert_eq!(found(AutoCheck::NinetyDays, &with("D15")), AutoFinding::Fails);
        // The notice of the right to a hearing is not the notice before a decision.
        let told = |kind: &str| found(AutoCheck::NoticePaper, &with(kind));
        assert_eq!((told("D03"), told("D04")), (AutoFinding::Holds, AutoFinding::Unknown));
    }

    #[test]
    fn articles_44_and_45_notice_and_defence_come_before_the_decision() {
        let good = course(vec![step("serve-notice", 5, 1), step("defend", 5, 2), step("consider-defence", 5, 3), step("decide", 5, 9)]);
        assert_eq!((found(AutoCheck::NoticeFirst, &good), found(AutoCheck::DefenceFirst, &good)), (AutoFinding::Holds, AutoFinding::Holds));
        let unheard = course(vec![step("consider-defence", 4, 1), step("defend", 5, 2), step("decide", 5, 9), step("serve-notice", 5, 10)]);
        assert_eq!(
            (found(AutoCheck::NoticeFirst, &unheard), found(AutoCheck::DefenceFirst, &unheard)),
            (AutoFinding::Fails, AutoFinding::Fails)
        );
        assert_eq!(found(AutoCheck::NoticeFirst, &course(vec![step("decide-no-penalty", 5, 1)])), AutoFinding::Not);
    }

    #[test]
    fn article_63_a_heavy_penalty_tells_of_the_hearing() {
        let mut of = course(vec![step("serve-notice", 5, 1), step("decide", 5, 20)]);
        assert_eq!(found(AutoCheck::Hearing, &of), AutoFinding::Not);
        of.heavy = true;
        assert_eq!(found(AutoCheck::Hearing, &of), AutoFinding::Fails);
        of.steps[0].tells_hearing = true;
        assert_eq!(found(AutoCheck::Hearing, &of), AutoFinding::Holds);
        of.steps.insert(1, step("request-hearing", 5, 3));
        assert_eq!(found(AutoCheck::Hearing, &of), AutoFinding::Fails, "asked for and not held");
    }

    #[test]
    fn articles_42_61_and_85_two_certificates_and_seven_working_days() {
        let mut of = course(vec![step("investigate", 5, 1), step("decide", 5, 10), step("serve-decision", 5, 17)]);
        let officer = |until: &str| CourseOfficer {
            person: Uuid::nil(),
            certificate: Some("模拟证".into()),
            valid_until: Some(until.parse().unwrap()),
        };
        of.officers = vec![officer("2026-05-01"), officer("2026-04-30")];
        assert_eq!(found(AutoCheck::TwoOfficers, &of), AutoFinding::Fails, "one had run out");
        of.officers[1] = officer("2026-05-01");
        assert_eq!(found(AutoCheck::TwoOfficers, &of), AutoFinding::Holds);
        assert_eq!(found(AutoCheck::ServedInTime, &of), AutoFinding::Holds);
        // Decided on Sunday the 10th: the seventh working day is Tuesday the 19th.
        of.steps[2] = step("serve-decision", 5, 19);
        assert_eq!(found(AutoCheck::ServedInTime, &of), AutoFinding::Holds);
        of.steps[2] = step("serve-decision", 5, 20);
        assert_eq!(found(AutoCheck::ServedInTime, &of), AutoFinding::Fails);
        // Entered on the 20th, received on the 18th.
        of.steps[2].served_on = Some("2026-05-18".parse().unwrap());
        assert_eq!(found(AutoCheck::ServedInTime, &of), AutoFinding::Holds);
        of.steps.pop();
        let on = |today| found_on(AutoCheck::ServedInTime, &of, today);
        assert_eq!((on("2026-05-19"), on("2026-05-20")), (AutoFinding::Unknown, AutoFinding::Fails), "not served yet");
        // Over the National Day holiday: 28, 29 and 30 September, then 8, 9, 10 (a working Saturday) and 12 October.
        let of = |served| course(vec![step("decide", 9, 27), step("serve-decision", 10, served)]);
        let both = [12, 13].map(|served| found(AutoCheck::ServedInTime, &of(served)));
        assert_eq!(both, [AutoFinding::Holds, AutoFinding::Fails]);
    }
}
