//! Whole cases through the table, and what a refusal says.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{
    calendar::Calendar,
    deadline::statutory::{LastDay, Period, PeriodUnit},
};
use law::procedure::{
    Action, Asides, Attempt, Case, Clock, Clocks, Correction, Crew, Finding, Hearing, Hour, Means, Mode, Refused, Seizure, State, Table,
    Track, Weight,
};

/// A case on its way, with its clocks.
struct Way {
    table: Table,
    case: Case,
    clocks: Clocks,
}

impl Way {
    fn of(case: Case) -> Self {
        Self { table: Table::house(), case, clocks: Clocks::default() }
    }

    fn with(&mut self, action: Action, attempt: Attempt) -> &mut Self {
        match self.table.apply(&self.case, action, &attempt, &self.clocks) {
            Ok(case) => self.case = case,
            Err(refused) => panic!("{action:?} from {:?} is refused: {refused:?}", self.case.state),
        }
        self
    }

    fn does(&mut self, actions: &[Action]) -> &mut Self {
        for action in actions {
            self.with(*action, Attempt::default());
        }
        self
    }

    fn refuses(&self, action: Action, attempt: Attempt) -> Vec<Refused> {
        self.table.apply(&self.case, action, &attempt, &self.clocks).unwrap_err()
    }

    /// The first reason against a proper attempt.
    fn code(&self, action: Action) -> &'static str {
        self.refuses(action, Attempt::default())[0].refusal.code
    }
}

fn at(text: &str) -> DateTime<Utc> {
    format!("{text}+08:00").parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const TO_END: &[Action] = &[Action::File, Action::Investigate, Action::Inquire, Action::End];

/// An ordinary case told of a penalty of this weight.
fn noticed(weight: Weight) -> Way {
    let mut way = Way::of(Case::opened(Track::Ordinary));
    way.does(TO_END).with(Action::ApproveNotice, Attempt { weight, ..Attempt::default() }).does(&[Action::ServeNotice]);
    way
}

#[test]
fn an_ordinary_case_from_clue_to_archive() {
    let mut way = noticed(Weight::Plain);
    way.does(&[Action::Defend, Action::ConsiderDefence, Action::Decide, Action::Seal, Action::ServeDecision]);
    way.does(&[Action::StartPerforming, Action::Pay, Action::Publish, Action::Close, Action::Archive]);
    assert_eq!(way.case.state, State::Archived);
}

#[test]
fn a_hearing_leads_to_legal_review_and_is_followed_by_its_record() {
    let mut way = noticed(Weight::Heavy);
    assert_eq!(way.code(Action::Decide), "defence-settled");
    way.does(&[Action::RequestHearing]);
    assert_eq!(way.code(Action::HoldHearing), "hearing-called");
    way.does(&[Action::CallHearing, Action::HoldHearing]);
    assert_eq!(way.case.hearing, Hearing::Held);
    assert_eq!(way.code(Action::SubmitReview), "defence-settled", "what was said at the hearing is gone through first");
    way.does(&[Action::ConsiderDefence]);
    assert_eq!(way.code(Action::Decide), "review-passed");
    way.does(&[Action::SubmitReview, Action::PassReview]);
    let off_record = way.refuses(Action::Decide, Attempt { on_record: false, ..Attempt::default() });
    assert_eq!(off_record[0].refusal.citation, Some("行政处罚法第六十五条"));
    way.does(&[Action::Discuss, Action::Decide]);
    assert_eq!(way.case.state, State::Decided);
}

#[test]
fn a_refusal_says_why_cites_the_article_and_from_when_it_is_allowed() {
    let mut way = noticed(Weight::Heavy);
    let calendar = Calendar::shipped();
    way.clocks.start(&calendar, Clock::Hearing, &way.case, at("2026-09-28T10:00:00"));
    way.clocks.run(&calendar, Clock::Defence, Period::new(3, PeriodUnit::WorkingDay, LastDay::Stays).unwrap(), at("2026-09-28T10:00:00"));
    let refused = way.refuses(Action::Decide, Attempt::default());
    let codes: Vec<_> = refused.iter().map(|it| it.refusal.code).collect();
    assert_eq!(codes, ["defence-settled", "hearing-settled"]);
    assert_eq!(refused[0].from, Some(day("2026-10-09")));
    assert_eq!(refused[1].from, Some(day("2026-10-11")), "told on 28 September, the fifth working day is Saturday 10 October");
    assert_eq!(refused[1].refusal.citation, Some("行政处罚法第六十三条、第六十四条"));
    assert!(refused[1].cure.ends_with("申请听证期限届满后，自 2026-10-11 起可以办理"), "{}", refused[1].cure);
    // Time alone opens the way, in the order in which the periods end.
    assert_eq!(way.clocks.ended(at("2026-10-10T23:59:59")), [Action::DefenceRunsOut]);
    let ended = way.clocks.ended(at("2026-10-11T00:00:00"));
    assert_eq!(ended, [Action::DefenceRunsOut, Action::HearingRunsOut]);
    way.does(&ended).does(&[Action::Decide]);
}

#[test]
fn the_court_is_open_from_the_tenth_working_day_until_three_months_have_passed() {
    let mut way = noticed(Weight::Plain);
    way.does(&[Action::WaiveDefence, Action::Decide, Action::Seal, Action::ServeDecision, Action::StartPerforming]);
    let calendar = Calendar::shipped();
    way.clocks.start(&calendar, Clock::Remedy, &way.case, at("2026-03-10T09:00:00"));
    assert_eq!(way.code(Action::Remind), "overdue");
    way.does(&[Action::PaymentRunsOut, Action::Remind]);
    way.clocks.start(&calendar, Clock::Urged, &way.case, at("2026-09-11T09:00:00"));
    let refused = way.refuses(Action::ApplyToCourt, Attempt::default());
    assert_eq!(refused.iter().map(|it| it.from).collect::<Vec<_>>(), [Some(day("2026-09-25")), Some(day("2026-09-11"))]);
    way.does(&[Action::ReminderRunsOut, Action::RemedyRunsOut]);
    way.clocks.start(&calendar, Clock::Court, &way.case, at("2026-09-10T23:00:00"));
    assert_eq!(way.clocks.deadline(Clock::Court).unwrap().last_day, day("2026-12-10"));
    let mut late = Way { table: Table::house(), case: way.case, clocks: Clocks::default() };
    late.does(&[Action::CourtWindowCloses]);
    assert_eq!(late.code(Action::ApplyToCourt), "court-window-open");
    way.does(&[Action::ApplyToCourt, Action::CourtRules, Action::Pay, Action::Close]);
}

#[test]
fn the_simple_procedure_keeps_its_bounds() {
    let mut way = Way::of(Case::opened(Track::Simple));
    way.does(&[Action::ShowCard]);
    assert_eq!(way.code(Action::DecideOnSpot), "notice-served");
    let mut dear = Way::of(way.case);
    dear.with(Action::TellOnSpot, Attempt { weight: Weight::Plain, ..Attempt::default() }).does(&[Action::WaiveDefence]);
    assert_eq!(dear.code(Action::DecideOnSpot), "simple-threshold");
    dear.does(&[Action::TurnOrdinary]);
    assert_eq!((dear.case.track, dear.case.state), (Track::Ordinary, State::Clue));
    way.does(&[Action::TellOnSpot, Action::Defend, Action::ConsiderDefence, Action::DecideOnSpot, Action::HandDecision]);
    assert_eq!(way.code(Action::Sue), "review-first");
    let cash = way.refuses(Action::TakeCash, Attempt { power: false, ..Attempt::default() });
    assert_eq!(cash[0].refusal.code, "cash-allowed");
    way.does(&[Action::TakeCash]);
    assert_eq!(way.code(Action::Close), "recorded");
    way.does(&[Action::Record, Action::Close]);
}

#[test]
fn the_off_site_procedure_needs_two_reviews_and_tells_the_facts() {
    let mut way = Way::of(Case::opened(Track::OffSite));
    assert_eq!(way.code(Action::File), "record-reviewed");
    way.does(&[Action::ScreenTechnically, Action::ScreenLegally, Action::File, Action::Investigate, Action::Inquire]);
    assert_eq!(way.code(Action::End), "facts-told");
    way.does(&[Action::TellFacts, Action::End, Action::ApproveNotice]);
    let unagreed = Attempt { mode: Mode::ElectronicUnagreed, ..Attempt::default() };
    assert_eq!(way.refuses(Action::ServeNotice, unagreed)[0].refusal.code, "electronic-agreed");
    way.with(Action::ServeNotice, Attempt { mode: Mode::ElectronicAgreed, ..Attempt::default() });
}

#[test]
fn a_heavier_penalty_needs_new_facts() {
    let mut way = noticed(Weight::Light);
    way.does(&[Action::Defend]);
    assert_eq!(way.code(Action::Reinvestigate), "defence-considered-first");
    way.does(&[Action::ConsiderDefence]);
    let heavier = Attempt { weight: Weight::Heavy, ..Attempt::default() };
    let mut again = Way::of(way.case);
    again.with(Action::Reinvestigate, Attempt { new_facts: false, ..Attempt::default() }).does(&[Action::End]);
    assert_eq!(again.refuses(Action::ApproveNotice, heavier)[0].refusal.code, "no-heavier-for-defence");
    way.does(&[Action::Reinvestigate, Action::End]).with(Action::ApproveNotice, heavier);
}

#[test]
fn slight_offences_are_not_punished_and_service_comes_before_a_decision() {
    let mut way = Way::of(Case::opened(Track::Ordinary));
    way.does(&TO_END[..3]).with(Action::End, Attempt { finding: Finding::Slight, ..Attempt::default() });
    assert_eq!(way.code(Action::ApproveNotice), "proved");
    assert_eq!(way.refuses(Action::DecideNoPenalty, Attempt { educated: false, ..Attempt::default() })[0].refusal.code, "educated");
    assert_eq!(way.code(Action::OfferService), "service-slight");
    let mut first = Way::of(Case::opened(Track::Ordinary));
    first.does(&TO_END[..3]).with(Action::End, Attempt { finding: Finding::FirstSlight, ..Attempt::default() });
    first.does(&[Action::OfferService, Action::ServiceDone]);
    assert_eq!(first.code(Action::ApproveNotice), "service-kept");
    first.does(&[Action::DecideNoPenalty, Action::Close]);
    let mut late = noticed(Weight::Light);
    late.does(&[Action::WaiveDefence, Action::Decide, Action::Seal, Action::ServeDecision, Action::StartPerforming]);
    assert_eq!(late.code(Action::OfferService), "service-before-decision");
}

#[test]
fn a_suspected_crime_goes_to_the_police_at_once_and_may_come_back() {
    let mut way = Way::of(Case { aside: Asides::ALL, ..Case::opened(Track::Ordinary) });
    way.does(&[Action::File, Action::Investigate, Action::FindCrime]);
    for action in [Action::Withdraw, Action::Suspend, Action::Merge] {
        assert_eq!(way.code(action), "no-open-crime");
    }
    way.does(&[Action::ReportCrime]);
    assert_eq!(way.code(Action::SendToPolice), "transfer-approved");
    way.does(&[Action::ApproveTransfer, Action::SendToPolice, Action::PoliceRefuse, Action::AskPoliceReview, Action::PoliceFile]);
    way.does(&[Action::HandOver, Action::SentBack]);
    assert_eq!(way.case.state, State::Investigating);
}

#[test]
fn what_comes_back_from_the_police_is_filed_first_where_it_never_was() {
    let mut way = Way::of(Case { aside: Asides::ALL, ..Case::opened(Track::Simple) });
    way.does(&[Action::ShowCard, Action::FindCrime, Action::ReportCrime, Action::ApproveTransfer, Action::SendToPolice]);
    way.does(&[Action::PoliceRefuse, Action::TakeBack]);
    assert_eq!((way.case.track, way.case.state), (Track::Ordinary, State::Clue));
    way.does(TO_END);
    let mut device = Way::of(Case { aside: Asides::ALL, ..Case::opened(Track::OffSite) });
    device.does(&[Action::ScreenTechnically, Action::ScreenLegally, Action::File, Action::Investigate, Action::FindCrime]);
    device.does(&[Action::ReportCrime, Action::RefuseTransfer, Action::Inquire]);
    assert_eq!(device.code(Action::End), "facts-told", "the record of a device stays one");
}

#[test]
fn a_crime_found_after_the_decision_leaves_it_standing_and_is_transferred_before_closing() {
    let mut way = noticed(Weight::Plain);
    way.case.aside = Asides::ALL;
    way.does(&[Action::WaiveDefence, Action::Decide, Action::Seal, Action::ServeDecision, Action::FindCrime, Action::StartPerforming]);
    way.does(&[Action::Pay]);
    assert_eq!(way.code(Action::Close), "crime-transferred");
    way.does(&[Action::ReportCrime, Action::ApproveTransfer, Action::SendToPolice, Action::PoliceFile, Action::Close, Action::Archive]);
}

#[test]
fn nobody_is_held_not_to_have_corrected_before_the_days_are_over() {
    let mut way = Way::of(Case { correction: Correction::Due, ..Case::opened(Track::Ordinary) });
    way.does(&TO_END[..3]).does(&[Action::OrderCorrection]);
    way.clocks.run(
        &Calendar::shipped(),
        Clock::Correction,
        Period::new(10, PeriodUnit::CalendarDay, LastDay::Rolls).unwrap(),
        at("2026-03-02T10:00:00"),
    );
    let unheeded = Attempt { heeded: false, ..Attempt::default() };
    let refused = way.refuses(Action::CheckCorrection, unheeded);
    assert_eq!((refused[0].refusal.code, refused[0].from), ("correction-period-over", Some(day("2026-03-13"))));
    let ended = way.clocks.ended(at("2026-03-13T00:00:00"));
    way.does(&ended).with(Action::CheckCorrection, unheeded).does(&[Action::End, Action::ApproveNotice]);
    let mut early = Way::of(Case { correction: Correction::Due, ..Case::opened(Track::Ordinary) });
    early.does(&TO_END[..3]).does(&[Action::OrderCorrection, Action::CheckCorrection, Action::End]);
    assert_eq!(early.code(Action::ApproveNotice), "order-unheeded", "who corrected is not fined");
}

#[test]
fn demolition_waits_for_review_and_suit_and_money_for_thirty_days() {
    let mut way = noticed(Weight::Plain);
    way.does(&[Action::WaiveDefence, Action::Decide, Action::Seal, Action::ServeDecision, Action::StartPerforming]);
    way.does(&[Action::PaymentRunsOut, Action::Remind, Action::ReminderRunsOut]);
    let demolition = Attempt { means: Means::Demolition, ..Attempt::default() };
    assert_eq!(way.refuses(Action::OrderEnforcement, demolition)[0].refusal.code, "demolition-announced");
    let money = Attempt { means: Means::Money, dunned: false, ..Attempt::default() };
    assert_eq!(way.refuses(Action::OrderEnforcement, money)[0].refusal.citation, Some("行政强制法第四十五条、第四十六条第一款"));
    way.does(&[Action::RemedyRunsOut]).with(Action::OrderEnforcement, demolition);
}

#[test]
fn the_days_for_a_suit_depend_on_the_review_and_the_court_waits_for_a_deferral() {
    let mut way = noticed(Weight::Plain);
    way.does(&[Action::WaiveDefence, Action::Decide, Action::Seal, Action::ServeDecision, Action::StartPerforming]);
    assert_eq!(Clock::Remedy.rule(&way.case), Some("D32"));
    way.does(&[Action::AskReview, Action::ReviewUpholds]);
    assert_eq!(Clock::Remedy.rule(&way.case), Some("D33"));
    assert_eq!(Clock::Remedy.rule(&Case::opened(Track::Simple)), Some("D25"));
    way.does(&[Action::RemedyRunsOut, Action::Defer]);
    assert_eq!(way.code(Action::CourtWindowCloses), "not-in-this-state");
    way.does(&[Action::DeferralRunsOut, Action::Remind, Action::ReminderRunsOut, Action::ApplyToCourt]);
}

#[test]
fn a_review_or_suit_taken_back_decides_nothing_and_the_case_goes_on() {
    let mut way = noticed(Weight::Plain);
    way.does(&[Action::WaiveDefence, Action::Decide, Action::Seal, Action::ServeDecision, Action::StartPerforming]);
    way.does(&[Action::AskReview]);
    assert_eq!(way.code(Action::RemedyRunsOut), "nothing-to-act-on", "while a review runs nothing runs out");
    way.does(&[Action::ReviewEnds]);
    assert_eq!(
        Clock::Remedy.rule(&way.case),
        Some("D32"),
        "行政诉讼法第四十六条: six months from the decision, not fifteen days from a review"
    );
    assert_eq!(way.code(Action::AskReview), "nothing-to-act-on", "行政复议法第七十四条");
    way.does(&[Action::Sue, Action::SuitEnds]);
    assert_eq!(way.code(Action::Sue), "nothing-to-act-on");
    way.does(&[Action::RemedyRunsOut, Action::Pay, Action::Close]);
}

#[test]
fn what_is_in_the_archive_is_still_published_and_may_still_be_fought() {
    let mut way = noticed(Weight::Plain);
    way.does(&[Action::WaiveDefence, Action::Decide, Action::Seal, Action::ServeDecision, Action::StartPerforming, Action::Pay]);
    way.does(&[Action::Close, Action::Archive, Action::Publish, Action::AskReview]);
    assert_eq!(way.case.state, State::Archived, "行政复议法第二十条: sixty days, whether the file is closed or not");
    way.does(&[Action::Revoked]);
    assert_eq!(way.code(Action::Close), "publication-withdrawn");
    way.does(&[Action::Unpublish, Action::Close]);
    assert_eq!(way.code(Action::Publish), "nothing-to-act-on", "what was taken away is not published again");
    let mut spared = Way::of(Case::opened(Track::Ordinary));
    spared.does(&[Action::NotFile, Action::Archive]);
    assert_eq!(spared.code(Action::Publish), "nothing-to-act-on");
}

#[test]
fn goods_held_too_long_are_given_back_before_anything_else() {
    let mut way = Way::of(Case { aside: Asides::ALL, ..Case::opened(Track::Ordinary) });
    way.does(&[Action::File, Action::Investigate, Action::Inquire, Action::Register, Action::Seize, Action::ExtendSeizure]);
    assert_eq!(way.code(Action::End), "registration-settled");
    way.does(&[Action::SeizureRunsOut, Action::RegistrationRunsOut]);
    assert_eq!(way.code(Action::SettleRegistration), "seizure-in-term");
    way.does(&[Action::SettleSeizure, Action::SettleRegistration, Action::End]);
    assert_eq!(way.case.seizure, Seizure::Settled);
}

#[test]
fn the_ladder_of_soft_means_only_goes_up() {
    let mut way = Way::of(Case { rung: 1, ..Case::opened(Track::Soft) });
    assert_eq!(way.code(Action::Educate), "ladder-educate");
    way.does(&[Action::Dissuade, Action::NotComply]);
    assert_eq!(way.code(Action::Dissuade), "ladder-dissuade");
    way.does(&[Action::Interview, Action::NotComply]);
    assert_eq!(way.code(Action::Interview), "ladder-interview");
    way.does(&[Action::TurnOrdinary, Action::File]);
}

#[test]
fn nobody_enforces_at_night_alone_or_against_the_state_of_the_case() {
    let mut way = noticed(Weight::Plain);
    way.does(&[Action::WaiveDefence, Action::Decide, Action::Seal, Action::ServeDecision, Action::StartPerforming]);
    assert_eq!(way.code(Action::OrderEnforcement), "reminded-long-enough");
    way.does(&[Action::PaymentRunsOut, Action::Remind, Action::ReminderRunsOut, Action::OrderEnforcement]);
    let night = Attempt { hour: Hour::Night, crew: Crew::OneCertificate, ..Attempt::default() };
    let codes: Vec<_> = way.refuses(Action::Enforce, night).into_iter().map(|it| it.refusal.code).collect();
    assert_eq!(codes, ["daytime", "two-certificates"]);
    let elsewhere = &way.refuses(Action::File, Attempt::default())[0];
    assert_eq!(elsewhere.refusal.code, "not-in-this-state");
    assert!(elsewhere.refusal.reason.contains("行政强制执行") && elsewhere.cure.contains("线索核查"), "{elsewhere:?}");
    assert_eq!(way.code(Action::Educate), "not-in-procedure");
    way.does(&[Action::Enforce]);
}

#[test]
fn offers_show_every_step_of_the_state_with_what_stands_against_it() {
    let way = noticed(Weight::Heavy);
    let offers = way.table.offers(&way.case, &way.clocks);
    let open: Vec<Action> = offers.iter().filter(|offer| offer.refused.is_empty()).map(|offer| offer.action).collect();
    assert!(open.contains(&Action::Defend) && open.contains(&Action::RequestHearing), "{open:?}");
    let decide = offers.iter().find(|offer| offer.action == Action::Decide).unwrap();
    assert_eq!(decide.refused.len(), 2);
    assert!(offers.iter().all(|offer| offer.refused.iter().all(|it| it.refusal.citation.is_some() && !it.cure.is_empty())));
}
