//! Ninety days in seconds: every warning and every miss is told once, and nothing that stands still or is over.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use docket::{Change, DeadlineState, DeadlineWrite, KeyOf, Scheduler, Tick};
use kernel::deadline::service::{ServiceLimit, ServiceUnit, Timer};
use proptest::prelude::*;

use crate::desk::{Desk, desk, entry, running};

fn limit(value: f64, unit: ServiceUnit) -> ServiceLimit {
    ServiceLimit::new(value, unit).unwrap()
}

/// How often each limit of each docket was told, in the ledger and in the outbox.
async fn told(desk: &Desk) -> HashMap<(uuid::Uuid, String), (i64, i64)> {
    let mut told: HashMap<(uuid::Uuid, String), (i64, i64)> = HashMap::new();
    let lines: Vec<(uuid::Uuid, String, i64)> =
        sqlx::query_as("select docket_id, action, count(*) from ledger_entry where action like 'limit-%' group by 1, 2")
            .fetch_all(&desk.test.owner_pool)
            .await
            .unwrap();
    for (docket, action, count) in lines {
        told.entry((docket, action)).or_default().0 += count;
    }
    let events: Vec<(uuid::Uuid, String, i64)> = sqlx::query_as(
        "select docket_id, replace(topic, 'docket.', ''), count(*) from outbox where topic like 'docket.limit-%' group by 1, 2",
    )
    .fetch_all(&desk.test.owner_pool)
    .await
    .unwrap();
    for (docket, topic, count) in events {
        told.entry((docket, topic)).or_default().1 += count;
    }
    told
}

/// What becomes of a docket's limit during the ninety days.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    /// It runs out.
    RunsOut,
    /// It stands still from its first minute.
    Paused,
    /// It ends in time.
    Met,
    /// It is of no meaning any more.
    Cancelled,
}

#[tokio::test]
async fn ninety_days_with_two_schedulers() {
    let desk = desk().await;
    let limits = [
        limit(2.0, ServiceUnit::UrgentHour),
        limit(4.0, ServiceUnit::WorkingHour),
        limit(5.0, ServiceUnit::WorkingDay),
        limit(15.0, ServiceUnit::WorkingDay),
        limit(2.0, ServiceUnit::UrgentDay),
    ];
    let fates = [Fate::RunsOut, Fate::RunsOut, Fate::Paused, Fate::Met, Fate::Cancelled];
    let mut plan: Vec<(KeyOf, Fate, DateTime<Utc>, DateTime<Utc>)> = Vec::new();
    for number in 0..120 {
        let at = desk.now();
        let timer = Timer::start(limits[number % limits.len()], at);
        let key = desk.open(number, Some(limits[number % limits.len()])).await;
        let fate = fates[number / limits.len() % fates.len()];
        let end = |state, timer: &Timer| DeadlineWrite { state, ended_at: Some(at), ..running(&desk.calendar, timer) };
        match fate {
            Fate::RunsOut => {}
            Fate::Paused => {
                let paused = timer.pause(at).unwrap();
                desk.set_limit(
                    &key,
                    DeadlineWrite { state: DeadlineState::Paused, due_at: None, warn_at: None, ..running(&desk.calendar, &paused) },
                )
                .await;
            }
            Fate::Met => desk.set_limit(&key, end(DeadlineState::Met, &timer)).await,
            Fate::Cancelled => desk.set_limit(&key, end(DeadlineState::Cancelled, &timer)).await,
        }
        plan.push((key, fate, timer.warn_at(&desk.calendar).unwrap(), timer.due_at(&desk.calendar).unwrap()));
        desk.clock.advance(Duration::hours(5));
    }
    let other = Scheduler::new(desk.test.database.clone(), desk.clock.clone());
    let mut sum = Tick::default();
    for _ in 0..90 * 24 {
        let (one, two) = tokio::join!(desk.scheduler.tick(), other.tick());
        for tick in [one.unwrap(), two.unwrap()] {
            sum.warned += tick.warned;
            sum.missed += tick.missed;
        }
        desk.clock.advance(Duration::hours(1));
    }
    let told = told(&desk).await;
    for (key, fate, warn, due) in &plan {
        let of = |what: &str| told.get(&(key.id.uuid(), what.to_owned())).copied().unwrap_or_default();
        let (warned, missed) = (of("limit-warned"), of("limit-missed"));
        if *fate == Fate::RunsOut {
            assert_eq!(missed, (1, 1), "{key:?} due {due}");
            assert!(warned == (1, 1) || warned == (0, 0), "{key:?} warned {warned:?} at {warn}");
        } else {
            assert_eq!((warned, missed), ((0, 0), (0, 0)), "{fate:?} {key:?}");
        }
    }
    let out = plan.iter().filter(|(_, fate, ..)| *fate == Fate::RunsOut).count();
    assert_eq!(sum.missed as usize, out, "the schedulers together say as much as they did");
    assert_eq!(
        u64::from(sum.warned),
        told.iter().filter(|((_, what), _)| what == "limit-warned").map(|(_, count)| count.0 as u64).sum::<u64>()
    );
    let late: i64 = sqlx::query_scalar(
        "select count(*) from ledger_entry e join deadline d on d.docket_id = e.docket_id
         where e.action = 'limit-missed' and not (e.at >= d.due_at and (e.at < d.due_at + interval '1 hour' or e.at < $1))",
    )
    .bind(plan.last().unwrap().3)
    .fetch_one(&desk.test.owner_pool)
    .await
    .unwrap();
    assert_eq!(late, 0, "never before it is due");
    assert!(docket::ledger::verify(desk.test.database.pool(), &[]).await.unwrap().findings.is_empty());
    assert_eq!(desk.scheduler.tick().await.unwrap(), Tick::default(), "a restart finds nothing left to tell");
}

#[tokio::test]
async fn an_extended_limit_is_told_again_and_an_unchanged_one_is_not() {
    let desk = desk().await;
    let timer = Timer::start(limit(2.0, ServiceUnit::UrgentHour), desk.now());
    let key = desk.open(1, Some(timer.limit())).await;
    desk.clock.advance(Duration::minutes(115));
    assert_eq!(desk.scheduler.tick().await.unwrap(), Tick { warned: 1, missed: 0 });
    desk.clock.advance(Duration::minutes(10));
    assert_eq!(desk.scheduler.tick().await.unwrap(), Tick { warned: 0, missed: 1 });
    desk.change(&key, Change { entries: vec![entry("comment", "x")], ..Change::default() }).await;
    desk.set_limit(&key, running(&desk.calendar, &timer)).await;
    assert_eq!(desk.scheduler.tick().await.unwrap(), Tick::default(), "written again as it was");
    let longer = timer.extend(limit(2.0, ServiceUnit::UrgentHour)).unwrap();
    desk.set_limit(&key, running(&desk.calendar, &longer)).await;
    assert_eq!(desk.scheduler.tick().await.unwrap(), Tick::default());
    desk.clock.advance(Duration::hours(3));
    assert_eq!(desk.scheduler.tick().await.unwrap().missed, 1, "the longer limit ran out too");
}

/// How often the miss of a docket was told, in the ledger and in the outbox.
async fn misses(desk: &Desk, key: &KeyOf) -> (i64, i64) {
    told(desk).await.get(&(key.id.uuid(), "limit-missed".to_owned())).copied().unwrap_or_default()
}

#[tokio::test]
async fn a_limit_that_ends_late_is_told_by_whoever_ends_it_and_by_nobody_after() {
    let desk = desk().await;
    let hours = |hours| limit(hours, ServiceUnit::UrgentHour);
    let timer = Timer::start(hours(2.0), desk.now());
    let mut keys = Vec::new();
    for number in 0..5 {
        keys.push(desk.open(number, Some(timer.limit())).await);
    }
    desk.clock.advance(Duration::hours(3));
    let now = desk.now();
    let stopped = running(&desk.calendar, &timer.stop(now).unwrap());
    let ends = [
        DeadlineWrite { state: DeadlineState::Missed, due_at: timer.due_at(&desk.calendar), ended_at: Some(now), ..stopped.clone() },
        DeadlineWrite { state: DeadlineState::Cancelled, ended_at: Some(now), ..running(&desk.calendar, &timer) },
        DeadlineWrite { state: DeadlineState::Paused, due_at: None, warn_at: None, ..running(&desk.calendar, &timer.pause(now).unwrap()) },
        running(&desk.calendar, &timer.extend(hours(4.0)).unwrap()),
    ];
    for (key, end) in keys.iter().zip(ends) {
        desk.set_limit(key, end).await;
    }
    // A remark finds it too.
    desk.change(&keys[4], Change { entries: vec![entry("comment", "x")], ..Change::default() }).await;
    for key in &keys {
        assert_eq!(misses(&desk, key).await, (1, 1));
        let actions: Vec<String> = sqlx::query_scalar("select action from ledger_entry where docket_id = $1 order by seq")
            .bind(key.id.uuid())
            .fetch_all(&desk.test.owner_pool)
            .await
            .unwrap();
        assert_eq!(actions[1], "limit-missed", "before what ended it: {actions:?}");
    }
    assert_eq!(desk.scheduler.tick().await.unwrap(), Tick::default());
    // Suspended when it had run out and going on again, it has run out still: that was said.
    let resumed = timer.pause(now).unwrap().resume(now + Duration::days(1)).unwrap();
    desk.clock.advance(Duration::days(1));
    desk.set_limit(&keys[2], running(&desk.calendar, &resumed)).await;
    let tick = desk.scheduler.tick().await.unwrap();
    assert_eq!((tick.missed, misses(&desk, &keys[2]).await, misses(&desk, &keys[3]).await), (1, (1, 1), (2, 2)), "the longer limit alone");
    assert!(docket::ledger::verify(desk.test.database.pool(), &[]).await.unwrap().findings.is_empty());
}

#[tokio::test]
async fn a_limit_that_is_met_or_counted_anew_is_not_told() {
    let desk = desk().await;
    let timer = Timer::start(limit(2.0, ServiceUnit::UrgentHour), desk.now());
    let (met, late, anew) =
        (desk.open(1, Some(timer.limit())).await, desk.open(2, Some(timer.limit())).await, desk.open(3, Some(timer.limit())).await);
    let end = |now| DeadlineWrite { state: DeadlineState::Met, ended_at: Some(now), ..running(&desk.calendar, &timer) };
    desk.clock.advance(Duration::hours(2));
    // To the second in time, and nobody was faster.
    desk.set_limit(&met, end(desk.now())).await;
    // A holiday was announced: what is due later now was never due before.
    let later = DeadlineWrite { due_at: Some(desk.now() + Duration::days(1)), ..running(&desk.calendar, &timer) };
    desk.set_limit(&anew, later).await;
    assert_eq!(desk.scheduler.tick().await.unwrap().missed, 1);
    desk.set_limit(&late, end(desk.now())).await;
    assert_eq!((misses(&desk, &met).await, misses(&desk, &late).await, misses(&desk, &anew).await), ((0, 0), (1, 1), (0, 0)));
    let state = async |key: &KeyOf| docket::deadlines(&mut *desk.app().await, key).await.unwrap().remove(0).state;
    assert_eq!((state(&met).await.as_str(), state(&late).await.as_str()), ("met", "missed"), "what was told stays said");
    desk.clock.advance(Duration::days(2));
    assert_eq!(desk.scheduler.tick().await.unwrap().missed, 1);
    assert_eq!(misses(&desk, &anew).await, (1, 1));
}

#[tokio::test]
async fn more_than_one_round_is_told_in_the_end() {
    let desk = desk().await;
    let timer = Timer::start(limit(1.0, ServiceUnit::UrgentHour), desk.now());
    let openings: Vec<_> = (0..450).map(|number| desk.opening(number, vec![running(&desk.calendar, &timer)])).collect();
    let mut transaction = desk.test.database.pool().begin().await.unwrap();
    docket::open(&mut transaction, desk.now(), &openings).await.unwrap();
    transaction.commit().await.unwrap();
    desk.clock.advance(Duration::days(1));
    let mut missed = 0;
    for _ in 0..4 {
        missed += desk.scheduler.tick().await.unwrap().missed;
    }
    assert_eq!(missed, 450);
}

#[derive(Clone, Debug)]
enum Order {
    Wait(i64),
    Pause,
    Resume,
    Extend(u32),
}

fn orders() -> impl Strategy<Value = Vec<Order>> {
    let order =
        prop_oneof![(1_i64..6_000).prop_map(Order::Wait), Just(Order::Pause), Just(Order::Resume), (1_u32..48).prop_map(Order::Extend),];
    proptest::collection::vec(order, 1..8)
}

/// Stored and read back, limits are due when the kernel's timer says so, to the microsecond.
#[test]
fn stored_limits_are_the_kernels() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let desk = runtime.block_on(desk());
    let number = std::cell::Cell::new(0);
    let mut runner =
        proptest::test_runner::TestRunner::new(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() });
    let units = prop_oneof![
        Just(ServiceUnit::UrgentHour),
        Just(ServiceUnit::WorkingHour),
        Just(ServiceUnit::WorkingDay),
        Just(ServiceUnit::UrgentDay)
    ];
    runner
        .run(&(1_u32..20, units, orders()), |(value, unit, orders)| {
            number.set(number.get() + 1);
            runtime.block_on(async {
                let mut timer = Timer::start(limit(f64::from(value), unit), desk.now());
                let key = desk.open(number.get(), Some(timer.limit())).await;
                for order in &orders {
                    let next = match order {
                        Order::Wait(minutes) => {
                            desk.clock.advance(Duration::minutes(*minutes));
                            continue;
                        }
                        Order::Pause => timer.pause(desk.now()),
                        Order::Resume => timer.resume(desk.now()),
                        Order::Extend(hours) => timer.extend(ServiceLimit::of_minutes(hours * 60, unit).unwrap()),
                    };
                    let Ok(next) = next else { continue };
                    timer = next;
                    let due_at = timer.due_at(&desk.calendar);
                    let state = if due_at.is_some() { DeadlineState::Running } else { DeadlineState::Paused };
                    desk.set_limit(&key, DeadlineWrite { state, ..running(&desk.calendar, &timer) }).await;
                }
                let mut connection = desk.app().await;
                let stored = docket::deadlines(&mut connection, &key).await.unwrap().remove(0);
                let read: Timer = serde_json::from_value(stored.timer).unwrap();
                prop_assert_eq!(&read, &timer);
                prop_assert_eq!(stored.due_at, timer.due_at(&desk.calendar));
                prop_assert_eq!(stored.warn_at, timer.warn_at(&desk.calendar));
                let header: (Option<DateTime<Utc>>, Option<DateTime<Utc>>) =
                    sqlx::query_as("select due_at, warn_at from docket where id = $1")
                        .bind(key.id.uuid())
                        .fetch_one(&desk.test.owner_pool)
                        .await
                        .unwrap();
                // A limit that stands still has no light, also where its warning has passed already.
                let lit = stored.due_at.map_or((None, None), |due| (Some(due), stored.warn_at));
                prop_assert_eq!(header, lit, "the light follows the same time");
                Ok(())
            })
        })
        .unwrap();
}
