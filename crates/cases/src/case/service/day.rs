//! The day of service of each mode (送达之日), and the proof that each mode wants (民事诉讼法第八十七条至第九十五条).

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use kernel::{
    calendar::Calendar,
    clock::shanghai,
    deadline::statutory::{due, rule},
    problem::Problem,
};
use law::procedure::{Action, Ask, Mode, Transition};

use super::{
    super::{
        content::{CaseStepContent, ServiceMode},
        missing,
    },
    Served,
};

/// The day begins at the morning of Shanghai; service on a day without an hour counts from its noon.
const NOON: i64 = 12;

fn day_of(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&shanghai()).date_naive()
}

fn noon_of(day: NaiveDate) -> DateTime<Utc> {
    // Shanghai is eight hours ahead.
    (day.and_hms_opt(0, 0, 0).unwrap_or_default() + TimeDelta::hours(NOON - 8)).and_utc()
}

/// Looks at the proof of a step that serves: the number of the return receipt, the day on it, the medium of an announcement.
///
/// # Errors
/// `field-required`, `field-not-here`, `served-later`, `served-too-early`, `reminder-direct`.
pub(crate) fn check(row: &Transition, content: &CaseStepContent, served: &Served, now: DateTime<Utc>) -> Result<(), Problem> {
    if !row.asks.contains(&Ask::Mode) {
        return Ok(());
    }
    match content.mode {
        Some(ServiceMode::Post | ServiceMode::Entrusted) => {
            let number = if content.mode == Some(ServiceMode::Post) { "邮件号码" } else { "受托机关和委托函号" };
            if content.proof.is_none() {
                return Err(missing("proof", number));
            }
            if content.served_on.is_none() {
                return Err(missing("served_on", "送达回证或者邮件回执上的收件日期"));
            }
            if row.action == Action::Remind && content.tried.is_none() {
                let cure = "催告书先直接送达；当事人拒绝接收或者无法直接送达的，写明经过再用邮寄、委托等方式";
                return Err(Problem::conflict("reminder-direct", format!("催告书应当直接送达。{cure}"))
                    .citing("行政强制法第三十八条")
                    .cured_by(cure, None)
                    .field("tried", "请写明直接送达的经过"));
            }
        }
        // What was tried before is asked by the table itself.
        Some(ServiceMode::Public) if content.tried.is_some() && content.medium.is_none() => {
            return Err(missing("medium", "公告的媒体、网站或者张贴地点"));
        }
        _ => {}
    }
    // What is left is proved by whoever witnessed or recorded it, and a day that is past by the receipt on which it stands.
    let past = content.served_on.is_some_and(|day| day < day_of(now));
    if content.proof.is_none() && content.mode != Some(ServiceMode::Electronic) && (past || content.mode == Some(ServiceMode::Left)) {
        return Err(missing("proof", "送达回证或者见证、录像的编号（可以填证据编号）").citing("民事诉讼法第八十七条、第八十九条"));
    }
    let Some(day) = content.served_on else { return Ok(()) };
    if content.mode == Some(ServiceMode::Electronic) {
        let why = "电子送达的日期以到达当事人页面的日期为准，不用填写";
        return Err(Problem::invalid("field-not-here", why).field("served_on", why));
    }
    if day > day_of(now) {
        return Err(Problem::invalid("served-later", "送达日期不能晚于今天").field("served_on", "不能晚于今天"));
    }
    if let Some(since) = served.since(row.action).filter(|since| day < day_of(*since)) {
        let why = format!("送达日期不能早于作出文书的 {}", day_of(since));
        return Err(Problem::invalid("served-too-early", why.clone()).field("served_on", why));
    }
    Ok(())
}

/// When what the step serves counts as served: the day on the receipt (第八十七条), the day something posted was received (第九十一条), the arrival
/// in the party's system (第九十条第二款), and thirty days after the announcement (第九十五条).
pub(crate) fn counted(
    calendar: &Calendar,
    row: &Transition,
    mode: Mode,
    content: &CaseStepContent,
    served: &Served,
    now: DateTime<Utc>,
) -> DateTime<Utc> {
    let on = content.served_on.filter(|day| *day < day_of(now)).map_or(now, noon_of);
    match (mode, rule("D08")) {
        (Mode::ElectronicAgreed, _) => served.arrived(row, content.reached.as_deref().unwrap_or_default()).unwrap_or(now),
        (Mode::PublicLast, Some(rule)) => due(calendar, rule.period, on).due_at.with_timezone(&Utc) + TimeDelta::seconds(1),
        _ => on,
    }
}

/// What [`counted`] answered when a step was entered at `at`, from what is kept of it.
pub(in crate::case) fn counted_again(
    calendar: &Calendar,
    row: &Transition,
    content: &CaseStepContent,
    served: &Served,
    at: DateTime<Utc>,
) -> DateTime<Utc> {
    let mode = match content.mode {
        Some(ServiceMode::Electronic) => Mode::ElectronicAgreed,
        Some(ServiceMode::Public) => Mode::PublicLast,
        _ => Mode::Direct,
    };
    let day = counted(calendar, row, mode, content, served, at);
    // What arrived since, of another round, is no part of this service.
    if mode == Mode::ElectronicAgreed { day.min(at) } else { day }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use law::procedure::{Case, State, Table, Track};

    use uuid::Uuid;

    use super::{
        super::{Delivery, store::LastStep},
        *,
    };

    fn at(day: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, day, 1, 0, 0).unwrap()
    }

    fn on(day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(2026, 11, day)
    }

    fn row() -> &'static Transition {
        Table::house().row(&Case { state: State::Decided, ..Case::opened(Track::Ordinary) }, Action::ServeDecision).expect("a row")
    }

    fn served() -> Served {
        Served { last: vec![LastStep { action: Action::Decide.code().to_owned(), at: at(2) }], opened: Some(at(1)), ..Served::default() }
    }

    #[test]
    fn the_last_of_the_steps_that_make_a_document_counts_and_else_the_opening() {
        let step = |action: Action, day: u32| LastStep { action: action.code().to_owned(), at: at(day) };
        let last = vec![step(Action::PaymentRunsOut, 3), step(Action::DeferralRunsOut, 6)];
        let served = Served { last, opened: Some(at(1)), ..Served::default() };
        assert_eq!(served.since(Action::Remind), Some(at(6)));
        for action in [Action::TellFacts, Action::OrderCorrection] {
            assert_eq!(served.since(action), Some(at(1)), "{action:?}");
        }
    }

    #[test]
    fn a_past_day_and_what_was_left_want_a_proof() {
        let code = |mode, day: Option<NaiveDate>| {
            let it = CaseStepContent { mode: Some(mode), served_on: day, ..CaseStepContent::default() };
            check(row(), &it, &served(), at(9)).map_err(|problem| problem.code)
        };
        assert_eq!(code(ServiceMode::Direct, on(5)), Err("field-required"));
        assert_eq!((code(ServiceMode::Direct, on(9)), code(ServiceMode::Direct, None)), (Ok(()), Ok(())));
        assert_eq!(code(ServiceMode::Left, None), Err("field-required"));
    }

    #[test]
    fn a_notice_in_two_papers_has_arrived_with_the_later_one() {
        let table = Table::house();
        let row = table.transitions().iter().find(|row| row.action == Action::ServeNotice).expect("a row");
        let delivery = |kind: &str, day: u32| Delivery {
            id: Uuid::nil(),
            party: 1,
            document: Uuid::nil(),
            kind: kind.into(),
            title: String::new(),
            file: String::new(),
            arrived_at: at(day),
            sent_by: Uuid::nil(),
            opened_at: None,
        };
        let of = |deliveries| Served { deliveries, ..Served::default() }.arrived(row, &[1]);
        assert_eq!(of(vec![delivery("D03", 3)]), Some(at(3)));
        assert_eq!(of(vec![delivery("D03", 3), delivery("D04", 5)]), Some(at(5)));
        assert_eq!(of(vec![delivery("D04", 5)]), None);
    }

    fn content(mode: ServiceMode, served_on: Option<NaiveDate>) -> CaseStepContent {
        CaseStepContent { mode: Some(mode), served_on, proof: Some("1".into()), ..CaseStepContent::default() }
    }

    #[test]
    fn what_was_posted_counts_from_the_day_on_its_receipt() {
        let count = |mode, content: &CaseStepContent| day_of(counted(&Calendar::shipped(), row(), mode, content, &served(), at(9)));
        assert_eq!(Some(count(Mode::Posted, &content(ServiceMode::Post, on(5)))), on(5));
        assert_eq!(Some(count(Mode::Direct, &content(ServiceMode::Direct, None))), on(9));
        // Thirty days after the day of the announcement, and the periods begin after them.
        let announced = count(Mode::PublicLast, &content(ServiceMode::Public, on(5)));
        assert_eq!(announced, NaiveDate::from_ymd_opt(2026, 12, 6).unwrap());
    }

    #[test]
    fn a_day_lies_between_the_document_and_today() {
        let code = |it: CaseStepContent| check(row(), &it, &served(), at(9)).map_err(|problem| problem.code);
        assert_eq!(code(content(ServiceMode::Post, on(5))), Ok(()));
        assert_eq!(code(content(ServiceMode::Post, on(1))), Err("served-too-early"));
        assert_eq!(code(content(ServiceMode::Post, on(10))), Err("served-later"));
        assert_eq!(code(content(ServiceMode::Post, None)), Err("field-required"));
        assert_eq!(code(CaseStepContent { proof: None, ..content(ServiceMode::Entrusted, on(5)) }), Err("field-required"));
        assert_eq!(code(content(ServiceMode::Electronic, on(5))), Err("field-not-here"));
        assert_eq!(code(CaseStepContent { tried: Some("1".into()), ..content(ServiceMode::Public, on(5)) }), Err("field-required"));
    }
}
