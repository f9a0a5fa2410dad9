//! Enforcing the law in the city (模拟办案): cases of every course, each taken by the steps that the server offers and by no other way. What
//! the server refuses waits, as it does for people; a course that cannot go on stays where it is, and says so.

mod course;
mod papers;

use anyhow::{Context, Result};
use chrono::{DateTime, Duration, Utc};
use kernel::{calendar::Calendar, clock::shanghai};
use reqwest::Method;
use serde_json::{Value, json};

use super::{Due, Play, Stage};
use crate::{
    city::chance::Chance,
    client::{Refused, Seat},
};
use course::{COURSES, Course, Turn, Who};

/// A turn that is refused is tried again so often, a working day apart: the longest wait of a course is ten working days.
const MOST_TRIES: u8 = 16;

/// A case that somebody works on.
#[derive(Debug)]
pub(super) struct Docket {
    id: String,
    course: &'static Course,
    /// The turn that comes next.
    at: usize,
    tries: u8,
}

/// What came of a turn, and when the next one comes.
pub(super) enum Then {
    /// Go on at this time.
    Next(DateTime<Utc>),
    /// The course is at its end, or the server says no for good.
    Rests,
}

/// When each case of the city is opened: spread over the first two thirds of a history.
pub(super) fn openings(chance: &mut Chance, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<(DateTime<Utc>, usize)> {
    let days = ((to - from).num_days() * 2 / 3).max(1);
    let mut all = Vec::new();
    for (index, course) in COURSES.iter().enumerate() {
        for turn in 0..course.often {
            // What takes longest begins first.
            let day = if course.turns.len() > 10 { i64::from(turn) * 2 } else { (index as i64 * 5 + i64::from(turn) * 7) % days };
            all.push((morning(chance, from + Duration::days(day.min(days))), index));
        }
    }
    all
}

/// Some minute of the working hours of that day, or of the next Monday.
fn morning(chance: &mut Chance, at: DateTime<Utc>) -> DateTime<Utc> {
    use chrono::{Datelike, TimeZone};
    let day = at.with_timezone(&shanghai()).date_naive();
    let over = match day.weekday().number_from_monday() {
        6 => 2,
        7 => 1,
        _ => 0,
    };
    let opens = (day + Duration::days(over)).and_hms_opt(9, 0, 0).and_then(|naive| shanghai().from_local_datetime(&naive).single());
    opens.map_or(at, |opens| opens.with_timezone(&Utc)) + Duration::minutes(chance.below(420) as i64)
}

impl Stage<'_> {
    fn seat_of(&self, who: Who) -> Result<&Seat> {
        self.seat(match who {
            Who::Officer => "case_officer01",
            Who::Head => "organ_head01",
            Who::Reviewer => "legal_reviewer01",
        })
    }

    /// Opens a case of a course; the first turn comes within the day.
    pub(super) async fn open_case(&self, chance: &mut Chance, now: DateTime<Utc>, index: usize, serial: usize) -> Result<Docket> {
        let course = &COURSES[index];
        let spot = &self.city.components[(serial * 7_919 + 13) % self.city.components.len()];
        let officers: Vec<&String> = ["case_officer01", "case_officer02"].iter().filter_map(|account| self.person(account)).collect();
        anyhow::ensure!(officers.len() == 2, "the officers of the case desk are not there");
        let day = now.with_timezone(&shanghai()).date_naive();
        let party = if course.unit {
            json!({ "kind": "unit", "age": "grown", "name": format!("模拟商贸{:03}有限公司", serial + 1) })
        } else {
            // A day of birth that no calendar has: nobody goes by this number.
            let number = format!("330482{:08}{:04}", 0, serial + 1);
            json!({ "kind": "individual", "age": "grown", "name": format!("模拟当事人{:03}", serial + 1), "id_number": number })
        };
        let new = json!({
            "track": course.track, "matter_code": course.matter, "acted_on": day - Duration::days(chance.below(3) as i64),
            "position": { "lon": spot.position[0], "lat": spot.position[1] }, "place": format!("模拟路段{}号门前", 1 + chance.below(180)),
            "summary": course.summary, "parties": [party], "officers": officers,
        });
        let made = self.server.call(self.seat_of(Who::Officer)?, Method::POST, "/api/v1/cases", None, Some(&new)).await?;
        Ok(Docket { id: made["id"].as_str().context("a case without an id")?.to_owned(), course, at: 0, tries: 0 })
    }

    /// Takes the next turn of a case.
    pub(super) async fn take_turn(&self, chance: &mut Chance, now: DateTime<Utc>, docket: &mut Docket) -> Result<Then> {
        let Some(turn) = docket.course.turns.get(docket.at) else { return Ok(Then::Rests) };
        let seat = self.seat_of(turn.who)?;
        let path = format!("/api/v1/cases/{}", docket.id);
        let file = self.server.call(seat, Method::GET, &path, None, None).await?;
        let body = content(turn, now);
        let decision = match turn.action {
            "serve-decision" => Some("D15"),
            "hand-decision" => Some("D14"),
            _ => None,
        };
        if let Some(decision) = decision
            && let Err(error) = self.issue_papers(seat, &docket.id, decision, file["acted_on"].as_str().unwrap_or_default()).await
        {
            tracing::warn!(%error, decision, "a simulated decision is served without its documents");
        }
        let file = if decision.is_some() { self.server.call(seat, Method::GET, &path, None, None).await? } else { file };
        let done =
            self.server.call(seat, Method::POST, &format!("{path}/actions/{}", turn.action), file["version"].as_i64(), Some(&body)).await;
        match done {
            Ok(_) => {
                docket.at += 1;
                docket.tries = 0;
                let pause = Duration::hours(4 + chance.below(28) as i64);
                Ok(if docket.at < docket.course.turns.len() { Then::Next(morning(chance, now + pause)) } else { Then::Rests })
            }
            Err(error) => {
                let refused = error.downcast_ref::<Refused>().map_or_else(String::new, ToString::to_string);
                docket.tries += 1;
                if docket.tries >= MOST_TRIES || refused.is_empty() {
                    tracing::warn!(action = turn.action, %error, "a simulated case goes no further");
                    return Ok(Then::Rests);
                }
                tracing::debug!(action = turn.action, %refused, "a simulated case waits");
                Ok(Then::Next(morning(chance, now + Duration::days(1))))
            }
        }
    }
}

impl Play<'_> {
    /// Opens an enforcement case or takes its next turn; one after another, for they are few.
    pub(super) async fn enforce(&mut self, due: Due) {
        let number = match due {
            Due::Open(course) => {
                let number = self.dockets.len();
                match self.stage.open_case(&mut self.chance, self.now, course, number).await {
                    Ok(docket) => self.dockets.push(docket),
                    Err(error) => return tracing::warn!(%error, "a simulated case could not be opened"),
                }
                number
            }
            Due::Enforce(number) => number,
            Due::Report | Due::Step(_) | Due::Relief(_) => return,
        };
        let Some(docket) = self.dockets.get_mut(number) else { return };
        match self.stage.take_turn(&mut self.chance, self.now, docket).await {
            Ok(Then::Next(at)) => self.plan(at, Due::Enforce(number)),
            Ok(Then::Rests) => {}
            Err(error) => tracing::warn!(%error, "a simulated case could not be worked on"),
        }
    }
}

/// What a turn says, with the times that depend on its day.
fn content(turn: &Turn, now: DateTime<Utc>) -> Value {
    let mut body: Value = serde_json::from_str(turn.content).unwrap_or_else(|_| json!({}));
    if turn.action == "call-hearing" {
        body["hearing_at"] = json!(hearing_after(now));
    }
    body
}

/// Nine in the morning of the eighth working day: seven lie between the notice and the hearing (行政处罚法第六十四条第二项).
fn hearing_after(now: DateTime<Utc>) -> DateTime<Utc> {
    use chrono::TimeZone;
    let day = Calendar::shipped().nth_working_day_after(now.with_timezone(&shanghai()).date_naive(), 8);
    let opens = day.and_hms_opt(9, 0, 0).and_then(|naive| shanghai().from_local_datetime(&naive).single());
    opens.map_or(now + Duration::days(12), |opens| opens.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use law::procedure::{Action, Actor, Asides, Attempt, Case, Clocks, Finding, Host, Table, Track, Weight};

    use super::*;

    /// What the server makes of a turn's content; the weight is that of the plan, which the case keeps.
    fn attempt(course: &Course, action: Action, body: &Value, weight: &mut Weight) -> Attempt {
        let said = |name: &str| body[name].as_str().is_some_and(|text| !text.is_empty());
        let yes = |name: &str| body[name] == json!(true);
        if let Some(fen) = body["plan"]["fine_fen"].as_i64() {
            let (light, heavy) = if course.unit { (300_000, 10_000_000) } else { (20_000, 1_000_000) };
            *weight = match fen {
                _ if fen <= light => Weight::Light,
                _ if fen < heavy => Weight::Plain,
                _ => Weight::Heavy,
            };
        }
        let finding = body["finding"].as_str().map_or(Finding::Punishable, |it| serde_json::from_value(json!(it)).expect("a finding"));
        Attempt {
            finding,
            weight: *weight,
            host: if body["related"] == json!(false) { Host::Outsider } else { Host::Related },
            everyone: body["reached"] == json!([1]),
            consent: yes("agreed"),
            tells_hearing: yes("tells_hearing"),
            clear: said("evidence"),
            power: said("basis"),
            educated: said("education"),
            slight: said("slight"),
            receipt: said("receipt"),
            heeded: action == Action::Comply || yes("heeded"),
            on_record: said("on_record"),
            new_facts: said("new_facts"),
            ..Attempt::default()
        }
    }

    #[test]
    fn every_course_can_be_gone_to_its_end_through_the_table() {
        let table = Table::house();
        for course in COURSES {
            let track = Track::from_code(course.track).expect("a track");
            let mut case = Case { aside: Asides::ALL, ..Case::opened(track) };
            let mut weight = Weight::Unset;
            for turn in course.turns {
                let action = Action::from_code(turn.action).unwrap_or_else(|| panic!("{} is no step", turn.action));
                let body: Value = serde_json::from_str(turn.content).expect("content that can be read");
                let attempt = attempt(course, action, &body, &mut weight);
                case.complex |= body["complex"] == json!(true);
                // As the city waits: periods run out one after another until the step may be taken.
                case = loop {
                    let refused = match table.apply(&case, action, &attempt, &Clocks::default()) {
                        Ok(after) => break after,
                        Err(refused) => refused,
                    };
                    let ended = table.rows(&case).into_iter().filter(|row| row.actor == Actor::Time);
                    let ended = ended.filter_map(|row| table.apply(&case, row.action, &attempt, &Clocks::default()).ok());
                    case = ended
                        .into_iter()
                        .find(|after| *after != case)
                        .unwrap_or_else(|| panic!("{}: {} from {:?} is refused: {refused:?}", course.summary, turn.action, case.state));
                };
            }
        }
    }

    #[test]
    fn a_hearing_is_held_in_the_morning_of_a_working_day_and_the_holidays_do_not_count() {
        use chrono::{Datelike, TimeZone, Timelike};
        // The week of the National Day lies between.
        let now = Utc.with_ymd_and_hms(2026, 9, 28, 7, 23, 11).unwrap();
        let local = hearing_after(now).with_timezone(&shanghai());
        assert_eq!((local.hour(), local.minute(), local.second()), (9, 0, 0));
        assert!(Calendar::shipped().is_working_day(local.date_naive()));
        assert!((local.date_naive() - now.with_timezone(&shanghai()).date_naive()).num_days() > 12, "{local} {}", local.weekday());
    }

    #[test]
    fn cases_open_in_working_hours_on_working_days() {
        use chrono::{Datelike, TimeZone, Timelike};
        let from = Utc.with_ymd_and_hms(2026, 11, 1, 16, 0, 0).unwrap();
        let all = openings(&mut Chance::new(1, "test"), from, from + Duration::days(30));
        assert_eq!(all.len(), COURSES.iter().map(|course| usize::from(course.often)).sum::<usize>());
        for (at, _) in all {
            let local = at.with_timezone(&shanghai());
            assert!(local.weekday().number_from_monday() < 6 && (9..17).contains(&local.hour()), "{local}");
            assert!(at < from + Duration::days(24));
        }
    }
}
