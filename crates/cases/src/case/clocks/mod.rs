//! The periods of a case (期限): started and stopped by what a step changed, kept as rows, read as the law's own clocks.

pub(super) mod store;

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use kernel::{
    calendar::Calendar,
    deadline::statutory::{Deadline, Direction, LastDay, Period, PeriodUnit, due, rule},
    problem::Problem,
};
use law::procedure::{
    Action, Case, Clock, Clocks, Correction, Defence, Hearing, Registration, Remedy, Seizure, State, Track, Urged, Window,
};

use super::{content::CaseStepContent, record::ClockRow};

/// Working days to make a statement, where the notice sets none. Provisional: the law sets no number.
const DEFENCE_DAYS: i32 = 5;
/// The same on the spot, where the party speaks at once (行政处罚法第五十二条).
const DEFENCE_ON_SPOT: i32 = 1;
/// 行政强制法第二十五条: thirty days, once extended by thirty.
const SEIZURE_EXTENDED: i32 = 60;
/// 行政诉讼法第八十五条: fifteen days to appeal against a judgment.
const APPEAL_DAYS: i32 = 15;

/// How long a period is: by a rule of the table of deadlines, or so many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    Rule(&'static str),
    Days(i32),
}

/// What becomes of the clocks with a step.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Orders {
    pub stop: Vec<Clock>,
    pub start: Vec<(Clock, Measure, DateTime<Utc>)>,
}

/// The period of a clock.
pub(super) fn period(clock: Clock, measure: Measure) -> Option<Period> {
    match measure {
        Measure::Rule(id) => rule(id).map(|rule| rule.period),
        Measure::Days(days) => {
            let unit = if clock == Clock::Defence { PeriodUnit::WorkingDay } else { PeriodUnit::CalendarDay };
            // A party's period that ends on a day off ends on the next working day; the organ's own does not.
            let last = if matches!(clock, Clock::Seizure | Clock::Defence) { LastDay::Stays } else { LastDay::Rolls };
            let period = Period::new(u32::try_from(days).ok()?, unit, last).ok()?;
            Some(if clock == Clock::Correction { period.running(Direction::MustPass) } else { period })
        }
    }
}

impl ClockRow {
    fn clock(&self) -> Option<Clock> {
        Clock::from_code(&self.clock)
    }

    pub(super) fn measure(&self) -> Option<Measure> {
        match (&self.rule, self.days) {
            (Some(id), _) => rule(id).map(|rule| Measure::Rule(rule.id.as_str())),
            (None, days) => days.map(Measure::Days),
        }
    }

    /// Its end as it counts today; never earlier than it was told.
    pub(super) fn deadline(&self, calendar: &Calendar) -> Option<(Clock, Period, Deadline)> {
        let clock = self.clock()?;
        let period = period(clock, self.measure()?)?;
        let mut deadline = due(calendar, period, self.from_at);
        if deadline.due_at < self.due_at {
            deadline.due_at = self.due_at.with_timezone(&kernel::clock::shanghai());
            deadline.last_day = deadline.due_at.date_naive();
        }
        Some((clock, period, deadline))
    }
}

/// The running periods, as the law reads them.
pub(super) fn running(calendar: &Calendar, rows: &[ClockRow]) -> Clocks {
    let mut clocks = Clocks::default();
    for (clock, _, deadline) in rows.iter().filter(|row| row.ended_at.is_none()).filter_map(|row| row.deadline(calendar)) {
        clocks.keep(clock, deadline);
    }
    clocks
}

/// Noon of a day in the city: a day that something is counted from counts for no period itself.
fn noon(day: NaiveDate) -> DateTime<Utc> {
    let noon = day.and_time(chrono::NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default());
    kernel::clock::shanghai().from_local_datetime(&noon).single().map_or_else(|| noon.and_utc(), |at| at.with_timezone(&Utc))
}

/// What a step from `before` to `after` does to the periods. `reached` is when what was served counts as served; `payable` says whether the
/// decision is for money.
///
/// # Errors
/// `field-required` where the document sets the days and none were given.
pub(super) fn follow(
    before: &Case,
    after: &Case,
    action: Action,
    content: &CaseStepContent,
    (now, reached): (DateTime<Utc>, DateTime<Utc>),
    rows: &[ClockRow],
    payable: bool,
) -> Result<Orders, Problem> {
    let mut orders = Orders::default();
    let by_rule = |clock: Clock| clock.rule(after).map(Measure::Rule);
    let running = |clock: Clock| rows.iter().find(|row| row.ended_at.is_none() && row.clock == clock.code());
    let mut start = |clock: Clock, measure: Option<Measure>, from: DateTime<Utc>| {
        orders.start.extend(measure.map(|measure| (clock, measure, from)));
    };
    if after.defence == Defence::Open && before.defence != Defence::Open {
        let usual = if action == Action::TellOnSpot { DEFENCE_ON_SPOT } else { DEFENCE_DAYS };
        start(Clock::Defence, Some(Measure::Days(content.days.unwrap_or(usual))), reached);
    }
    if after.hearing == Hearing::Open && before.hearing != Hearing::Open {
        start(Clock::Hearing, by_rule(Clock::Hearing), reached);
    }
    if after.correction == Correction::Ordered && before.correction != Correction::Ordered {
        start(Clock::Correction, Some(Measure::Days(content.days()?)), reached);
    }
    if after.registration == Registration::Held && before.registration != Registration::Held {
        start(Clock::Registration, by_rule(Clock::Registration), now);
    }
    match (before.seizure, after.seizure) {
        (Seizure::Free, Seizure::Urgent) => {
            start(Clock::UrgentSeizure, by_rule(Clock::UrgentSeizure), now);
            start(Clock::Seizure, by_rule(Clock::Seizure), now);
        }
        (Seizure::Free, Seizure::Held) => start(Clock::Seizure, by_rule(Clock::Seizure), now),
        (Seizure::Held, Seizure::Extended) => {
            start(Clock::Seizure, Some(Measure::Days(SEIZURE_EXTENDED)), running(Clock::Seizure).map_or(now, |row| row.from_at));
        }
        _ => {}
    }
    match action {
        Action::ServeDecision | Action::HandDecision => {
            if payable {
                start(Clock::Payment, by_rule(Clock::Payment), reached);
            }
            start(Clock::Remedy, by_rule(Clock::Remedy), reached);
        }
        Action::ReviewUpholds => start(Clock::Remedy, by_rule(Clock::Remedy), now),
        Action::SuitUpholds => start(Clock::Remedy, Some(Measure::Days(APPEAL_DAYS)), now),
        // Whatever stands of the decision: fifteen days to go to court, or to appeal.
        Action::Changed | Action::FoundUnlawful => {
            let measure = if before.remedy == Remedy::Suit { Some(Measure::Days(APPEAL_DAYS)) } else { by_rule(Clock::Remedy) };
            start(Clock::Remedy, measure, now);
        }
        Action::ReviewLapses => start(Clock::Remedy, by_rule(Clock::Remedy), content.ended_on.map_or(now, noon)),
        // Who had to ask for a review first has fifteen days from its being refused.
        Action::ReviewRefused if matches!(after.track, Track::Simple | Track::MinorQuick) => {
            start(Clock::Remedy, by_rule(Clock::Remedy), content.ended_on.map_or(now, noon));
        }
        // Nothing was decided: the days that ran before go on, those of the decision or those of a review that upheld it. Where they passed
        // meanwhile, this is their last day.
        Action::ReviewEnds | Action::SuitEnds | Action::ReviewRefused => {
            match rows.iter().filter(|row| row.clock == Clock::Remedy.code()).max_by_key(|row| row.from_at) {
                Some(last) if last.due_at > now => start(Clock::Remedy, last.measure(), last.from_at),
                _ => start(Clock::Remedy, Some(Measure::Days(1)), now),
            }
        }
        Action::Remind => start(Clock::Urged, by_rule(Clock::Urged), reached),
        Action::Defer => start(Clock::Deferral, Some(Measure::Days(content.days()?)), now),
        Action::OfferService => start(Clock::Service, Some(Measure::Days(content.days()?)), now),
        // The three months begin with the end of the deferral (行政处罚法第七十二条第二款), however late the program saw it.
        Action::DeferralRunsOut if after.window == Window::Open => {
            start(Clock::Court, by_rule(Clock::Court), running(Clock::Deferral).map_or(now, |row| row.due_at));
        }
        _ => {}
    }
    if after.window == Window::Open && before.window != Window::Open && after.state != State::Deferred {
        start(Clock::Court, by_rule(Clock::Court), running(Clock::Remedy).map_or(now, |row| row.due_at));
    }
    // A closed case measures nothing more, whatever comes of a review or suit that was asked for afterwards.
    if matches!(after.state, State::Closed | State::Archived) {
        orders.start.clear();
    }
    orders.stop = rows
        .iter()
        .filter(|row| row.ended_at.is_none())
        .filter_map(ClockRow::clock)
        .filter(|clock| !still_runs(*clock, after) || orders.start.iter().any(|(started, ..)| started == clock))
        .collect();
    Ok(orders)
}

/// Whether `clock` still measures anything in a case that stands like this.
fn still_runs(clock: Clock, case: &Case) -> bool {
    if matches!(case.state, State::Closed | State::Archived | State::Merged | State::NotFiled) {
        return false;
    }
    match clock {
        Clock::Defence => case.defence == Defence::Open,
        Clock::Hearing => case.hearing == Hearing::Open,
        Clock::Correction => case.correction == Correction::Ordered,
        Clock::Registration => case.registration == Registration::Held,
        Clock::UrgentSeizure => case.seizure == Seizure::Urgent,
        Clock::Seizure => matches!(case.seizure, Seizure::Urgent | Seizure::Held | Seizure::Extended),
        Clock::Payment => !case.overdue && matches!(case.state, State::Served | State::Performing),
        Clock::Urged => case.urged == Urged::Served && case.state == State::Reminded,
        Clock::Remedy => {
            case.window == Window::NotYet && case.state.is_after_service() && !matches!(case.remedy, Remedy::Review | Remedy::Suit)
        }
        Clock::Court => case.window == Window::Open && case.state.is_after_service() && case.state != State::Deferred,
        Clock::Deferral => case.state == State::Deferred,
        Clock::Service => case.state == State::Volunteering,
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn row(clock: Clock, due_at: DateTime<Utc>) -> ClockRow {
        let from_at = due_at - TimeDelta::days(30);
        ClockRow { clock: clock.code().to_owned(), rule: None, days: Some(30), from_at, due_at, ended_at: None, ran_out: false }
    }

    #[test]
    fn the_courts_three_months_begin_when_the_deferral_ended_not_when_it_was_seen() {
        let ended = Utc.with_ymd_and_hms(2026, 11, 9, 15, 59, 59).unwrap();
        let before = Case { state: State::Deferred, window: Window::Open, ..Case::opened(Track::Ordinary) };
        let after = Case { state: State::Performing, overdue: true, ..before };
        let (now, rows) = (ended + TimeDelta::days(9), [row(Clock::Deferral, ended)]);
        let orders = follow(&before, &after, Action::DeferralRunsOut, &CaseStepContent::default(), (now, now), &rows, true).unwrap();
        assert_eq!(orders.start, [(Clock::Court, Measure::Rule("D20"), ended)]);
    }

    #[test]
    fn a_review_taken_back_leaves_the_days_to_sue_as_the_decision_set_them() {
        let served = Utc.with_ymd_and_hms(2026, 3, 2, 2, 0, 0).unwrap();
        let before = Case { state: State::Performing, remedy: Remedy::Review, ..Case::opened(Track::Ordinary) };
        let after = Case { remedy: Remedy::ReviewEnded, ..before };
        let first = ClockRow {
            from_at: served,
            rule: Some("D32".to_owned()),
            days: None,
            ended_at: Some(served),
            ..row(Clock::Remedy, served + TimeDelta::days(184))
        };
        let started = |now: DateTime<Utc>| {
            let rows = [first.clone()];
            follow(&before, &after, Action::ReviewEnds, &CaseStepContent::default(), (now, now), &rows, true).unwrap().start
        };
        assert_eq!(started(served + TimeDelta::days(60)), [(Clock::Remedy, Measure::Rule("D32"), served)]);
        // The six months passed while the review ran: the way is over after this day, and not before it.
        let late = served + TimeDelta::days(200);
        assert_eq!(started(late), [(Clock::Remedy, Measure::Days(1), late)]);
    }

    #[test]
    fn a_suit_taken_back_after_a_review_does_not_bring_the_six_months_back() {
        let served = Utc.with_ymd_and_hms(2026, 3, 2, 2, 0, 0).unwrap();
        let reviewed = served + TimeDelta::days(60);
        let before = Case { state: State::Performing, remedy: Remedy::Suit, ..Case::opened(Track::Ordinary) };
        let after = Case { remedy: Remedy::SuitEnded, ..before };
        let of = |rule: &str, from_at: DateTime<Utc>, days: i64| ClockRow {
            from_at,
            rule: Some(rule.to_owned()),
            days: None,
            ended_at: Some(from_at),
            ..row(Clock::Remedy, from_at + TimeDelta::days(days))
        };
        let rows = [of("D32", served, 184), of("D33", reviewed, 15)];
        let started = |now: DateTime<Utc>| {
            follow(&before, &after, Action::SuitEnds, &CaseStepContent::default(), (now, now), &rows, true).unwrap().start
        };
        assert_eq!(started(reviewed + TimeDelta::days(10)), [(Clock::Remedy, Measure::Rule("D33"), reviewed)]);
        let late = reviewed + TimeDelta::days(40);
        assert_eq!(started(late), [(Clock::Remedy, Measure::Days(1), late)]);
    }

    #[test]
    fn a_review_that_comes_to_nothing_opens_the_court_as_the_law_says() {
        let served = Utc.with_ymd_and_hms(2026, 3, 2, 2, 0, 0).unwrap();
        let now = served + TimeDelta::days(80);
        let day = NaiveDate::from_ymd_opt(2026, 5, 11).unwrap();
        let content = CaseStepContent { ended_on: Some(day), ..CaseStepContent::default() };
        let started = |track: Track, action: Action, remedy: Remedy| {
            let before = Case { state: State::Performing, remedy: Remedy::Review, ..Case::opened(track) };
            let first = ClockRow {
                from_at: served,
                rule: Some("D32".to_owned()),
                days: None,
                ended_at: Some(served),
                ..row(Clock::Remedy, served + TimeDelta::days(184))
            };
            follow(&before, &Case { remedy, ..before }, action, &content, (now, now), &[first], true).unwrap().start
        };
        let court = [(Clock::Remedy, Measure::Rule("D33"), noon(day))];
        assert_eq!(started(Track::Ordinary, Action::ReviewLapses, Remedy::ReviewLapsed), court);
        assert_eq!(started(Track::Simple, Action::ReviewRefused, Remedy::ReviewRefused), court);
        // Who may sue at once keeps the days that the decision set.
        let kept = [(Clock::Remedy, Measure::Rule("D32"), served)];
        assert_eq!(started(Track::Ordinary, Action::ReviewRefused, Remedy::ReviewRefused), kept);
    }

    #[test]
    fn who_has_nothing_to_pay_has_no_days_to_pay_it_in() {
        let before = Case { state: State::Decided, ..Case::opened(Track::Ordinary) };
        let after = Case { state: State::Served, ..before };
        let now = Utc.with_ymd_and_hms(2026, 11, 9, 2, 0, 0).unwrap();
        let started = |payable: bool| {
            let orders = follow(&before, &after, Action::ServeDecision, &CaseStepContent::default(), (now, now), &[], payable).unwrap();
            orders.start.iter().map(|(clock, ..)| *clock).collect::<Vec<_>>()
        };
        assert_eq!(started(false), [Clock::Remedy]);
        assert_eq!(started(true), [Clock::Payment, Clock::Remedy]);
    }
}
