//! What stands against a step beside the table (表外的把关): who may take it, with whom and when. Asked by the page and by the step alike.

use chrono::{DateTime, NaiveDate, Utc};
use identity::Caller;
use kernel::{clock::shanghai, problem::Problem, procedure::Refusal};
use law::procedure::{Action, Actor, Ask, Clock, Crew, Refused, Table, Track, Transition};
use uuid::Uuid;

use super::{
    content::CaseStepContent,
    discretion::{self, BENCHMARKS, Standing},
    penalty::Plan,
    record::Dossier,
};
use crate::rights;

/// Whether this caller may take a step of this case at all, whatever the case stands like.
///
/// # Errors
/// `recused`, `case-not-handled`.
pub(super) fn takes(caller: &Caller, dossier: &Dossier, row: &Transition) -> Result<(), Problem> {
    let me = caller.person.uuid();
    if dossier.is_recused(me) {
        let why = "您在本案中已经回避，不得再办理本案的任何环节";
        return Err(Problem::forbidden("recused", why).citing("行政处罚法第四十三条第一款"));
    }
    // What others did is entered by those who answer for the case, not by any colleague who finds it. A head has no `case.clerk`: one who is an
    // officer as well has it as such.
    let entered = matches!(row.actor, Actor::Clerk | Actor::Party | Actor::Police | Actor::Court | Actor::Other);
    let answers = dossier.is_handler(me) || caller.may::<rights::ReviewCases>() || caller.may::<rights::ApproveCases>();
    if entered && !answers {
        let why = format!("“{}”由本案承办人或者法制审核人员办理", row.action.label());
        return Err(Problem::forbidden("case-not-handled", why).citing(row.article));
    }
    Ok(())
}

/// What a step looks at: the parts of its row, and what must be entered with what a party is said to have done.
pub(super) fn asked(row: &Transition, dossier: &Dossier) -> Vec<Ask> {
    let mut asks = row.asks.to_vec();
    match row.action {
        Action::Pay if dossier.record.fined => asks.push(Ask::Receipt),
        Action::WaiveHearing => asks.push(Ask::Consent),
        // 行政处罚法第六十九条: away from the spot cash is taken because the party asks for it.
        Action::TakeCash if !is_on_spot(dossier) => asks.push(Ask::Consent),
        _ => {}
    }
    asks
}

/// Decided on the spot.
pub(super) fn is_on_spot(dossier: &Dossier) -> bool {
    matches!(dossier.facts().track, Track::Simple | Track::MinorQuick)
}

fn refused(code: &'static str, why: impl Into<String>, article: &'static str, cure: &str) -> Refused {
    Refused { refusal: Refusal::new(code, why).citing(article), cure: cure.to_owned(), from: None }
}

/// Everything beside the table that stands against `row`, taken by `me` with this crew and at this time.
pub(super) fn beside(table: &Table, row: &Transition, dossier: &Dossier, me: Uuid, crew: Crew, now: DateTime<Utc>) -> Vec<Refused> {
    let mut against = Vec::new();
    // Two certificates and nobody recused: also where the row itself does not look.
    if row.actor == Actor::Officers && !row.asks.contains(&Ask::Crew) {
        let guard = match crew {
            Crew::Sound => None,
            Crew::OneCertificate => Some("two-certificates"),
            Crew::Recused => Some("not-recused"),
        };
        let guard = guard.and_then(|id| table.guards().into_iter().find(|it| it.id == id));
        against.extend(guard.map(|it| refused(it.id, it.why, it.article, it.cure)));
    }
    if matches!(row.action, Action::HoldHearing | Action::MissHearing)
        && let Some(at) = dossier.record.hearing_at.filter(|at| now < *at)
    {
        let local = at.with_timezone(&shanghai());
        let why = format!("通知的听证时间 {} 尚未到", local.format("%Y-%m-%d %H:%M"));
        let mut early = refused("hearing-not-yet", why, "行政处罚法第六十四条", "在通知的时间举行听证，或者在该时间以后记载缺席");
        early.from = Some(local.date_naive());
        against.push(early);
    }
    if dossier.is_handler(me) {
        against.extend(match row.action {
            Action::Discuss => Some(refused(
                "discussed-apart",
                "承办人不得主持自己案件的集体讨论",
                "行政处罚法第五十七条第二款",
                "由未参与办理的机关负责人集体讨论并记载",
            )),
            Action::ScreenLegally => Some(refused(
                "screened-apart",
                "承办人不得对自己案件的监控记录作法制审核",
                "行政处罚法第四十一条第二款",
                "由未参与办理的法制审核人员审核",
            )),
            _ => None,
        });
    }
    against
}

/// What discretion (requirement B5, 行政处罚法第三十四条) has against a step: a fine that nobody weighed by the published benchmark, and one
/// outside its tier that no other person agreed to.
pub(super) fn weighed(row: &Transition, dossier: &Dossier, standing: &Standing, plan: Option<&Plan>, me: Uuid) -> Vec<Refused> {
    let planned = plan.or(dossier.record.plan.as_ref().map(|plan| &plan.0)).filter(|plan| plan.fines());
    let (true, Some(plan)) = (discretion::weighs(row), planned) else { return Vec::new() };
    let Some(fits) = standing.fits(plan.fine_fen) else {
        let why = "本事项有公布的裁量基准，尚未填写裁量因素";
        let cure = "由承办人在“裁量”中填写裁量因素，按阶次拟定罚款";
        return standing.benchmark.then(|| refused("weighed-first", why, BENCHMARKS, cure)).into_iter().collect();
    };
    if fits || !discretion::settles(row) {
        return Vec::new();
    }
    let tier = standing.weighing.as_ref().map(|it| it.tier.as_str()).unwrap_or_default();
    match standing.deviation_of(plan.fine_fen).and_then(|it| it.approved_by) {
        Some(approver) if approver == me => {
            let cure = "由批准偏离以外的负责人办理本环节";
            vec![refused("deviation-apart", "批准偏离裁量阶次的人不能再审批本环节", BENCHMARKS, cure)]
        }
        Some(approver) if dossier.is_handler(approver) => {
            vec![refused("deviation-approved", "批准偏离的人参与了本案的办理", BENCHMARKS, "由未参与办理的负责人批准偏离")]
        }
        Some(_) => Vec::new(),
        None => {
            let why = format!("罚款偏离裁量基准的“{tier}”阶次，尚未说明理由并经另一名负责人批准");
            let cure = "由承办人在“裁量”中写明偏离的理由，经承办人和本环节审批人以外的负责人批准；或者在阶次以内拟定";
            vec![refused("deviation-approved", why, BENCHMARKS, cure)]
        }
    }
}

/// A review is decided within thirty days at the least (行政复议法第六十二条第二款): before that none is late.
const REVIEW_DAYS: i64 = 30;

/// The day on which a review was refused, or its time ended, as it is entered.
fn review_over(row: &Transition, dossier: &Dossier, content: &CaseStepContent, today: NaiveDate) -> Result<(), Problem> {
    let lapses = row.action == Action::ReviewLapses;
    let day = content.ended_on.ok_or_else(|| super::missing("ended_on", if lapses { "复议期限届满的日期" } else { "当事人收到的日期" }))?;
    let wrong = |why: String| {
        Err(Problem::invalid("review-day-invalid", why.clone()).citing("行政复议法第三十四条、第六十二条").field("ended_on", why))
    };
    // The days to sue stopped when the review was asked for.
    let asked = dossier.clocks.iter().filter(|it| it.clock == Clock::Remedy.code()).filter_map(|it| it.ended_at).max();
    let asked = asked.map(|at| at.with_timezone(&shanghai()).date_naive());
    if day > today || (lapses && day == today) {
        return wrong(if lapses { "复议期限还没有届满".to_owned() } else { "日期不能晚于今天".to_owned() });
    }
    match asked {
        Some(asked) if lapses && day < asked + chrono::Days::new(REVIEW_DAYS.unsigned_abs()) => {
            wrong(format!("复议期限自受理之日起至少三十日，不会在 {day} 届满（{asked} 登记申请复议）"))
        }
        Some(asked) if day < asked => wrong(format!("日期早于登记申请复议的日期 {asked}")),
        _ => Ok(()),
    }
}

/// What must be entered with what a party or a review organ did, beyond the row's own guards.
///
/// # Errors
/// `field-required`, `hearing-waiver-express`, `review-day-invalid`.
pub(super) fn entered(row: &Transition, dossier: &Dossier, content: &CaseStepContent, now: DateTime<Utc>) -> Result<(), Problem> {
    match row.action {
        Action::Changed if content.plan.is_none() => Err(super::missing("plan", "变更后的处罚内容")),
        Action::ReviewRefused | Action::ReviewLapses => review_over(row, dossier, content, now.with_timezone(&shanghai()).date_naive()),
        Action::Pay if dossier.record.fined && content.receipt.is_none() => Err(super::missing("receipt", "票据号")),
        Action::WaiveHearing if content.agreed.is_none() => Err(super::missing("agreed", "当事人是否书面放弃听证")),
        Action::WaiveHearing if content.agreed == Some(false) => {
            let cure = "取得当事人签字的放弃声明，或者等待期限届满、组织听证";
            Err(Problem::conflict("hearing-waiver-express", format!("当事人没有明确放弃听证权利。{cure}"))
                .citing("行政处罚法第六十三条")
                .cured_by(cure, None))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, TimeZone};
    use law::procedure::{Case, Hearing, State};
    use sqlx::types::Json;

    use super::*;
    use crate::case::record::{CaseRecord, OfficerRow};

    const ME: Uuid = Uuid::from_u128(1);

    fn now() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 13, 1, 0, 0).unwrap()
    }

    fn dossier(facts: Case, hearing_at: Option<DateTime<Utc>>, fined: bool) -> Dossier {
        let day = NaiveDate::from_ymd_opt(2026, 10, 30).unwrap();
        let record = CaseRecord {
            facts: Json(facts),
            matter_code: String::new(),
            matter_name: String::new(),
            articles: String::new(),
            fine_min_fen: None,
            fine_max_fen: None,
            acted_on: day,
            found_on: day,
            place: String::new(),
            summary: String::new(),
            lead_id: None,
            lead_number: None,
            referral_id: None,
            referral_number: None,
            opened_by: ME,
            plan: None,
            told: None,
            hearing_at,
            decided_at: None,
            fined,
            sent_back: false,
        };
        let me = OfficerRow { person: ME, certificate: None, valid_until: None, recused: false, joined_at: now() };
        Dossier { record, parties: Vec::new(), officers: vec![me], clocks: Vec::new(), basis: None, served: Default::default() }
    }

    fn codes(action: Action, dossier: &Dossier, me: Uuid, crew: Crew, now: DateTime<Utc>) -> Vec<&'static str> {
        let table = Table::house();
        let row = table.row(dossier.facts(), action).expect("the step exists here");
        beside(&table, row, dossier, me, crew, now).into_iter().map(|one| one.refusal.code).collect()
    }

    #[test]
    fn a_hearing_is_neither_held_nor_missed_before_its_hour() {
        let called = Case { state: State::HearingRequested, hearing: Hearing::Called, filed: true, ..Case::opened(Track::Ordinary) };
        let dossier = dossier(called, Some(now()), false);
        let (early, other) = (now() - TimeDelta::seconds(1), Uuid::from_u128(2));
        for action in [Action::HoldHearing, Action::MissHearing] {
            assert_eq!(codes(action, &dossier, other, Crew::Sound, early), ["hearing-not-yet"]);
            assert!(codes(action, &dossier, other, Crew::Sound, now()).is_empty());
        }
    }

    #[test]
    fn a_handler_does_not_discuss_his_own_case_nor_screen_his_own_record() {
        use law::procedure::Screening;
        let noticed = dossier(Case { state: State::Noticed, ..Case::opened(Track::Ordinary) }, None, false);
        let captured = dossier(Case { screening: Screening::Technical, ..Case::opened(Track::OffSite) }, None, false);
        for (action, dossier, code) in
            [(Action::Discuss, &noticed, "discussed-apart"), (Action::ScreenLegally, &captured, "screened-apart")]
        {
            assert_eq!(codes(action, dossier, ME, Crew::Sound, now()), [code]);
            assert!(codes(action, dossier, Uuid::from_u128(2), Crew::Sound, now()).is_empty());
        }
    }

    #[test]
    fn an_unsound_crew_is_refused_where_the_row_does_not_look_and_once_where_it_does() {
        let investigating =
            dossier(Case { state: State::Investigating, aside: law::procedure::Asides::ALL, ..Case::opened(Track::Ordinary) }, None, false);
        assert_eq!(codes(Action::FindCrime, &investigating, ME, Crew::OneCertificate, now()), ["two-certificates"]);
        assert_eq!(codes(Action::FindCrime, &investigating, ME, Crew::Recused, now()), ["not-recused"]);
        assert!(codes(Action::FindCrime, &investigating, ME, Crew::Sound, now()).is_empty());
        assert!(codes(Action::Inquire, &investigating, ME, Crew::Recused, now()).is_empty(), "the table refuses it already");
    }

    #[test]
    fn a_fine_outside_its_tier_needs_a_person_who_neither_handles_nor_approves() {
        use crate::case::{
            discretion::{DeviationRow, WeighingRow},
            penalty::PenaltyKind,
        };
        let plan = |fen: i64| Plan {
            kinds: vec![PenaltyKind::Fine],
            fine_fen: fen,
            confiscated_fen: 0,
            surcharge: false,
            reasons: "模拟".into(),
            mitigation: None,
        };
        let weighing = WeighingRow {
            ordinal: 2,
            benchmark: Uuid::from_u128(9),
            benchmark_number: 1,
            benchmark_version: String::new(),
            organisation: false,
            answers: Json(Default::default()),
            circumstances: Vec::new(),
            points: 0,
            tier: "一般".into(),
            low_fen: 18_500,
            high_fen: 36_500,
            proposed_fen: 27_500,
            steps: Json(Vec::new()),
            weighed_by: ME,
            weighed_at: now(),
        };
        let deviation = |fine_fen: i64, weighing: i32, approved_by: Option<u128>| DeviationRow {
            ordinal: 1,
            weighing,
            fine_fen,
            reason: "模拟".into(),
            asked_by: ME,
            asked_at: now(),
            approved_by: approved_by.map(Uuid::from_u128),
            approved_at: approved_by.map(|_| now()),
            note: None,
        };
        let table = Table::house();
        let ended = dossier(Case { state: State::Ended, ..Case::opened(Track::Ordinary) }, None, false);
        let row = table.row(ended.facts(), Action::ApproveNotice).unwrap();
        let head = Uuid::from_u128(2);
        let codes = |standing: &Standing, fen: i64| {
            weighed(row, &ended, standing, Some(&plan(fen)), head).into_iter().map(|one| one.refusal.code).collect::<Vec<_>>()
        };
        // No benchmark, nothing to weigh by; with one, the factors come first.
        assert!(codes(&Standing::default(), 50_000).is_empty());
        assert_eq!(codes(&Standing { benchmark: true, ..Standing::default() }, 20_000), ["weighed-first"]);
        let standing = |deviation: Option<DeviationRow>| Standing { benchmark: true, weighing: Some(weighing.clone()), deviation };
        assert!(codes(&standing(None), 18_500).is_empty() && codes(&standing(None), 36_500).is_empty());
        assert_eq!(codes(&standing(None), 36_501), ["deviation-approved"]);
        // Asked alone, for another sum, or before the factors were answered anew: not enough.
        for wanting in [deviation(50_000, 2, None), deviation(49_000, 2, Some(3)), deviation(50_000, 1, Some(3))] {
            assert_eq!(codes(&standing(Some(wanting)), 50_000), ["deviation-approved"]);
        }
        assert!(codes(&standing(Some(deviation(50_000, 2, Some(3)))), 50_000).is_empty());
        assert_eq!(codes(&standing(Some(deviation(50_000, 2, Some(2)))), 50_000), ["deviation-apart"]);
        assert_eq!(codes(&standing(Some(deviation(50_000, 2, Some(1)))), 50_000), ["deviation-approved"]);
        // The end of the investigation only wants the factors.
        let investigating = dossier(Case { state: State::Investigating, ..Case::opened(Track::Ordinary) }, None, false);
        let end = table.row(investigating.facts(), Action::End).unwrap();
        assert!(weighed(end, &investigating, &standing(None), Some(&plan(50_000)), ME).is_empty());
    }

    #[test]
    fn what_a_party_did_is_entered_with_its_paper() {
        let table = Table::house();
        let open = dossier(Case { state: State::Noticed, hearing: Hearing::Open, ..Case::opened(Track::Ordinary) }, None, false);
        let row = table.row(open.facts(), Action::WaiveHearing).unwrap();
        let waived = |agreed: Option<bool>| {
            entered(row, &open, &CaseStepContent { agreed, ..CaseStepContent::default() }, now()).map_err(|problem| problem.code)
        };
        assert_eq!(asked(row, &open), [Ask::Consent]);
        assert_eq!((waived(None), waived(Some(false))), (Err("field-required"), Err("hearing-waiver-express")));
        assert_eq!(waived(Some(true)), Ok(()));
        for fined in [true, false] {
            let served = dossier(Case { state: State::Performing, ..Case::opened(Track::Ordinary) }, None, fined);
            let row = table.row(served.facts(), Action::Pay).unwrap();
            assert_eq!(entered(row, &served, &CaseStepContent::default(), now()).is_err(), fined);
        }
    }
}
