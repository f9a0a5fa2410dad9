//! Dockets to test with.

use std::sync::Arc;

use chrono::{DateTime, TimeZone, Utc};
use docket::{Actor, Change, DeadlineState, DeadlineWrite, Event, Holder, KeyOf, NewEntry, Opening, Scheduler};
use kernel::{
    calendar::Calendar,
    clock::{Clock, ManualClock},
    deadline::service::{ServiceLimit, Timer},
    id::DocketId,
};
use serde_json::json;
use sqlx::PgConnection;
use testkit::TestDatabase;

pub const REGION: &str = "330482";

pub struct Desk {
    pub test: TestDatabase,
    pub clock: Arc<ManualClock>,
    pub scheduler: Scheduler,
    pub calendar: Calendar,
}

pub async fn desk() -> Desk {
    let test = testkit::fresh(&[docket::MIGRATIONS]).await;
    let clock = ManualClock::starting_at(Utc.with_ymd_and_hms(2026, 11, 2, 1, 0, 0).unwrap());
    let scheduler = Scheduler::new(test.database.clone(), clock.clone());
    Desk { test, clock, scheduler, calendar: Calendar::shipped() }
}

pub fn entry(action: &'static str, words: &str) -> NewEntry {
    NewEntry {
        actor: Actor::System("test"),
        role: None,
        action,
        place: Some((121.0, 30.7)),
        payload: json!({ "words": words, "number": 1.5 }),
    }
}

/// A limit as it stands while its timer runs.
pub fn running(calendar: &Calendar, timer: &Timer) -> DeadlineWrite {
    DeadlineWrite {
        name: "fix",
        round: 1,
        state: DeadlineState::Running,
        started_at: timer.started_at(),
        due_at: timer.due_at(calendar),
        warn_at: timer.warn_at(calendar),
        ended_at: None,
        timer: json!(timer),
    }
}

impl Desk {
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub fn opening(&self, number: usize, deadlines: Vec<DeadlineWrite>) -> Opening {
        Opening {
            key: KeyOf { region: REGION.into(), id: DocketId::new(self.now()) },
            kind: "test",
            number: format!("T{number:06}"),
            state: "open",
            title: format!("第 {number} 件"),
            jurisdiction: "330482901001001".into(),
            position: None,
            holder: Holder::role("operator"),
            unit: None,
            simulated: false,
            text: "测试文字".into(),
            facets: Vec::new(),
            entries: vec![entry("report", "一")],
            deadlines,
            events: vec![Event { topic: "test.opened", payload: json!({}) }],
        }
    }

    pub async fn open(&self, number: usize, limit: Option<ServiceLimit>) -> KeyOf {
        let deadlines = limit.map(|limit| running(&self.calendar, &Timer::start(limit, self.now()))).into_iter().collect();
        let opening = self.opening(number, deadlines);
        let mut transaction = self.test.database.pool().begin().await.unwrap();
        docket::open(&mut transaction, self.now(), std::slice::from_ref(&opening)).await.unwrap();
        transaction.commit().await.unwrap();
        opening.key
    }

    /// A docket with a chain of so many lines.
    pub async fn with_lines(&self, number: usize, lines: usize) -> KeyOf {
        let key = self.open(number, None).await;
        for line in 1..lines {
            self.change(&key, Change { entries: vec![entry("comment", &format!("第 {line} 句"))], ..Change::default() }).await;
        }
        key
    }

    pub async fn change(&self, key: &KeyOf, change: Change) {
        let mut transaction = self.test.database.pool().begin().await.unwrap();
        let locked = docket::lock(&mut transaction, key, None).await.unwrap().unwrap().unwrap();
        locked.change(&mut transaction, self.now(), change).await.unwrap();
        transaction.commit().await.unwrap();
    }

    /// Replaces the limit of a docket.
    pub async fn set_limit(&self, key: &KeyOf, write: DeadlineWrite) {
        self.change(key, Change { entries: vec![entry("clock", "x")], deadlines: vec![write], ..Change::default() }).await;
    }

    pub async fn app(&self) -> sqlx::pool::PoolConnection<sqlx::Postgres> {
        self.test.database.pool().acquire().await.unwrap()
    }

    /// What an administrator of the database can do and the program cannot.
    pub async fn tamper(&self, statement: &str) -> u64 {
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement.to_owned())).execute(&self.test.owner_pool).await.unwrap().rows_affected()
    }
}

/// The connection of a pool's guest.
pub fn inner(connection: &mut sqlx::pool::PoolConnection<sqlx::Postgres>) -> &mut PgConnection {
    connection
}
