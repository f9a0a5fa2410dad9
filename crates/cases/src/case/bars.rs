//! What stands against a step beside the table (表外的把关): who may take it, with whom and when. Asked by the page and by the step alike.

use chrono::{DateTime, Utc};
use identity::Caller;
use kernel::{clock::shanghai, problem::Problem, procedure::Refusal};
use law::procedure::{Action, Actor, Ask, Crew, Refused, Table, Track, Transition};
use uuid::Uuid;

use super::{content::CaseStepContent, record::Dossier};
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
    // What others did is entered by those who answer for the case, not by any colleague who finds it.
    let entered = matches!(row.actor, Actor::Clerk | Actor::Party | Actor::Police | Actor::Court | Actor::Other);
    let answers = dossier.is_handler(me) || caller.may::<rights::ReviewCases>() || caller.may::<rights::ApproveCases>();
    if entered && !answers {
        let why = format!("“{}”由本案承办人、法制审核人员或者机关负责人办理", row.action.label());
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

/// What must be entered with what a party did, beyond the row's own guards.
///
/// # Errors
/// `field-required`, `hearing-waiver-express`.
pub(super) fn entered(row: &Transition, dossier: &Dossier, content: &CaseStepContent) -> Result<(), Problem> {
    match row.action {
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
    use chrono::{NaiveDate, TimeDelta, TimeZone};
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
            opened_by: ME,
            plan: None,
            told: None,
            hearing_at,
            decided_at: None,
            fined,
        };
        let me = OfficerRow { person: ME, certificate: None, valid_until: None, recused: false, joined_at: now() };
        Dossier { record, parties: Vec::new(), officers: vec![me], clocks: Vec::new(), served: Default::default() }
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
    fn what_a_party_did_is_entered_with_its_paper() {
        let table = Table::house();
        let open = dossier(Case { state: State::Noticed, hearing: Hearing::Open, ..Case::opened(Track::Ordinary) }, None, false);
        let row = table.row(open.facts(), Action::WaiveHearing).unwrap();
        let waived = |agreed: Option<bool>| {
            entered(row, &open, &CaseStepContent { agreed, ..CaseStepContent::default() }).map_err(|problem| problem.code)
        };
        assert_eq!(asked(row, &open), [Ask::Consent]);
        assert_eq!((waived(None), waived(Some(false))), (Err("field-required"), Err("hearing-waiver-express")));
        assert_eq!(waived(Some(true)), Ok(()));
        for fined in [true, false] {
            let served = dossier(Case { state: State::Performing, ..Case::opened(Track::Ordinary) }, None, fined);
            let row = table.row(served.facts(), Action::Pay).unwrap();
            assert_eq!(entered(row, &served, &CaseStepContent::default()).is_err(), fined);
        }
    }
}
