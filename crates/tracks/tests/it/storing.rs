//! What was answered is there, in order, once.

use chrono::{TimeDelta, Utc};
use tracks::{Flags, Point, Settings, Settled, StoreError, Tracks};

use super::{MIDNIGHT, day, open, point, room, seconds};

#[tokio::test]
async fn points_are_read_in_the_order_of_their_times_before_and_after_they_are_moved() {
    let (_test, tracks) = room().await;
    let newest_first: Vec<Point> = [1_300, 1_200, 599, 600, 5].map(|second| point(7, second)).into();
    tracks.store(newest_first.clone()).await.expect("stored");
    tracks.store(vec![point(8, 10)]).await.expect("stored");
    let expected = [5, 599, 600, 1_200, 1_300];
    assert_eq!(seconds(&tracks.day(7, day()).await.expect("read").points), expected, "out of the inbox");
    assert_eq!(tracks.settle().await.expect("moved"), Settled { points: 6, more: false });
    let after = tracks.day(7, day()).await.expect("read");
    assert_eq!(seconds(&after.points), expected, "out of their slots");
    assert!(after.points.iter().all(|found| newest_first.contains(found)), "nothing of them is lost");
    // A late one, the same ones again, and the next minute's.
    tracks.store(vec![point(7, 700), point(7, 599), point(7, 1_301)]).await.expect("stored");
    let expected = [5, 599, 600, 700, 1_200, 1_300, 1_301];
    assert_eq!(seconds(&tracks.day(7, day()).await.expect("read").points), expected, "of both");
    tracks.settle().await.expect("moved");
    assert_eq!(seconds(&tracks.day(7, day()).await.expect("read").points), expected);
    assert_eq!(tracks.settle().await.expect("nothing left"), Settled::default());
    let yesterday = tracks.day(7, day() - TimeDelta::days(1)).await.expect("read");
    assert!(yesterday.points.is_empty() && !yesterday.cut);
}

#[tokio::test]
async fn the_same_point_is_one_whichever_way_it_came_and_another_of_the_same_second_is_another() {
    let (_test, tracks) = room().await;
    let once = point(7, 100);
    let again = Point { taken: once.taken + 60_000, flags: Flags(Flags::BACKLOG), ..once.clone() };
    let other = Point { speed: 0, ..once.clone() };
    tracks.store(vec![once.clone(), again.clone()]).await.expect("stored");
    tracks.settle().await.expect("moved");
    tracks.store(vec![again, other.clone()]).await.expect("stored");
    for _ in 0..2 {
        let found = tracks.day(7, day()).await.expect("read").points;
        assert_eq!(found.len(), 2);
        assert!(found.contains(&once) && found.contains(&other), "the one that came first stays");
        tracks.settle().await.expect("moved");
    }
}

#[tokio::test]
async fn a_slot_of_many_points_is_kept_in_parts_that_are_read_as_one() {
    let (test, tracks) = room().await;
    // Five a second for ten minutes, in twelve batches, each with the last points of the one before.
    let all: Vec<Point> = (0..3_000).map(|number| Point { speed: number % 5, ..point(7, i64::from(number) / 5) }).collect();
    for batch in 0..12_usize {
        let from = (batch * 250).saturating_sub(40);
        tracks.store(all[from..(batch + 1) * 250].to_vec()).await.expect("stored");
        tracks.settle().await.expect("moved");
    }
    let found = tracks.day(7, day()).await.expect("read");
    assert_eq!((found.points.len(), found.cut), (3_000, false));
    let parts: i64 = sqlx::query_scalar("select count(*) from track").fetch_one(test.database.pool()).await.expect("counted");
    assert!((2..=12).contains(&parts), "{parts} parts");
}

#[tokio::test]
async fn many_at_once_share_commits_and_all_are_there() {
    let (test, tracks) = room().await;
    let senders = (0..200).map(|vehicle| {
        let tracks = tracks.clone();
        tokio::spawn(async move {
            for second in 0..10 {
                tracks.store(vec![point(vehicle, second), point(vehicle, second + 100)]).await.expect("stored");
            }
        })
    });
    // Two nodes empty the inbox meanwhile.
    let other = open(&test);
    let (one, two) = (tracks.clone(), other.clone());
    let movers = [one, two].map(|tracks| {
        tokio::spawn(async move {
            for _ in 0..20 {
                tracks.settle().await.expect("moved");
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        })
    });
    for task in senders.collect::<Vec<_>>() {
        task.await.expect("a sender");
    }
    for task in movers {
        task.await.expect("a mover");
    }
    while tracks.settle().await.expect("moved").points > 0 {}
    let rows: i64 = sqlx::query_scalar("select count(*) from track_inbox").fetch_one(test.database.pool()).await.expect("counted");
    assert_eq!(rows, 0);
    let many: i64 = sqlx::query_scalar("select sum(many) from track").fetch_one(test.database.pool()).await.expect("counted");
    assert_eq!(many, 200 * 20, "each once");
    assert_eq!(tracks.day(199, day()).await.expect("read").points.len(), 20);
    assert_eq!(tracks.newest(None).await.expect("read").len(), 200);
}

#[tokio::test]
async fn days_past_their_period_go_and_no_others_whatever_is_asked() {
    let (test, tracks) = room().await;
    let now = Utc::now().timestamp();
    let old = Point { at: now - 500 * 86_400, ..point(7, 0) };
    let kept = Point { at: now - 399 * 86_400, ..point(7, 0) };
    tracks.store(vec![old.clone(), kept.clone(), Point { at: now, ..point(7, 0) }]).await.expect("stored");
    tracks.settle().await.expect("moved");
    assert_eq!(tracks.drop_old_days().await.expect("dropped"), 1);
    assert!(tracks.between(7, old.at, old.at + 1).await.expect("read").points.is_empty());
    assert_eq!(tracks.between(7, kept.at, kept.at + 1).await.expect("read").points, [kept]);
    // Nobody gets rid of the last half year through the function.
    let gone: i32 = sqlx::query_scalar("select track_drop_before('infinity')").fetch_one(test.database.pool()).await.expect("it answers");
    assert_eq!(gone, 1, "the one of 399 days, not today's");
    assert_eq!(tracks.between(7, now, now + 1).await.expect("read").points.len(), 1);
    let made = sqlx::query("create table mine (id int)").execute(test.database.pool()).await;
    assert!(made.is_err(), "the application makes no table of its own");
}

#[tokio::test]
async fn points_of_one_second_raise_their_alarms_together_in_whatever_order_they_came() {
    let (_test, tracks) = room().await;
    let with = |second, alarms, speed| Point { alarms, speed, ..point(7, second) };
    // The bit falls in the order of the content, and rises in that of arrival.
    tracks.store(vec![with(10, 0b1, 1), with(10, 0, 2)]).await.expect("stored");
    tracks.settle().await.expect("moved");
    let later = Point { taken: (MIDNIGHT + 11) * 1_000, ..with(10, 0b10, 3) };
    tracks.store(vec![later.clone()]).await.expect("stored");
    tracks.settle().await.expect("moved");
    assert_eq!(tracks.newest(Some(&[7])).await.expect("read"), [later], "the last to come of the newest second");
    // Two rises and falls of one bit in one move.
    let steps = [(20, 0), (30, 0b1), (40, 0), (50, 0b1), (60, 0)].map(|(second, alarms)| with(second, alarms, 4));
    tracks.store(steps.to_vec()).await.expect("stored");
    tracks.settle().await.expect("moved");
    let alarms = tracks.alarms(7, day()).await.expect("read");
    let told: Vec<_> = alarms
        .iter()
        .map(|alarm| (alarm.bit, alarm.began_at.timestamp() - MIDNIGHT, alarm.ended_at.map(|at| at.timestamp() - MIDNIGHT)))
        .collect();
    assert_eq!(told, [(0, 10, Some(20)), (1, 10, Some(20)), (0, 30, Some(40)), (0, 50, Some(60))]);
}

#[tokio::test]
async fn a_full_inbox_refuses_until_it_is_emptied() {
    let (test, _) = room().await;
    let settings = Settings { most_waiting: 3, ..Settings::default() };
    let tracks = Tracks::new(test.database.clone(), std::sync::Arc::new(kernel::clock::SystemClock), settings);
    let mut refused = 0;
    // The writers look once a second and count their own meanwhile.
    for second in 0..20 {
        refused += usize::from(tracks.store(vec![point(7, second)]).await == Err(StoreError::Full));
    }
    assert!(refused >= 14, "{refused} of 20 were refused");
    tracks.settle().await.expect("moved");
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    tracks.store(vec![point(7, 100)]).await.expect("there is room again");
    assert_eq!(tracks.day(7, day()).await.expect("read").points.len(), 21 - refused, "what was refused is not there");
}

#[tokio::test]
async fn who_sends_more_than_is_moved_on_is_answered_later() {
    let (test, _) = room().await;
    let settings = Settings { easy_waiting: 3, most_waiting: 1_000, ..Settings::default() };
    let tracks = Tracks::new(test.database.clone(), std::sync::Arc::new(kernel::clock::SystemClock), settings);
    tracks.store((0..3).map(|second| point(7, second)).collect()).await.expect("stored at once");
    let mut held = std::pin::pin!(tracks.store(vec![point(7, 3)]));
    let early = tokio::time::timeout(std::time::Duration::from_millis(700), &mut held).await;
    assert!(early.is_err(), "the fourth is answered while three wait");
    tracks.settle().await.expect("moved");
    let soon = tokio::time::timeout(std::time::Duration::from_millis(700), &mut held).await;
    assert_eq!(soon, Ok(Ok(())), "and as soon as they are moved on");
    // A mover that does not come holds nobody up for long.
    tracks.store((4..7).map(|second| point(7, second)).collect()).await.expect("stored");
    let late = tokio::time::timeout(std::time::Duration::from_secs(5), tracks.store(vec![point(7, 9)])).await;
    assert_eq!(late, Ok(Ok(())), "stored all the same");
}

#[tokio::test]
async fn an_alarm_lasts_from_the_rise_of_its_bit_to_its_fall_and_late_points_change_none() {
    let (_test, tracks) = room().await;
    let with = |second, alarms| Point { alarms, ..point(7, second) };
    tracks.store(vec![with(10, 0), with(20, 0b10), with(30, 0b10), with(40, 0b11)]).await.expect("stored");
    tracks.settle().await.expect("moved");
    // The same again, what is late, and the end.
    tracks.store(vec![with(30, 0b10), with(25, 0b1000), with(50, 0b1)]).await.expect("stored");
    tracks.settle().await.expect("moved");
    let alarms = tracks.alarms(7, day()).await.expect("read");
    let told: Vec<_> = alarms
        .iter()
        .map(|alarm| (alarm.bit, alarm.began_at.timestamp() - MIDNIGHT, alarm.ended_at.map(|at| at.timestamp() - MIDNIGHT)))
        .collect();
    assert_eq!(told, [(1, 20, Some(50)), (0, 40, None)]);
    assert_eq!(alarms[0].lon, Some(121_000_020));
    let newest = tracks.newest(Some(&[7])).await.expect("read");
    assert_eq!(seconds(&newest), [50]);
}

#[tokio::test]
async fn who_asks_again_gets_what_changed_and_what_is_put_back_is_read_as_the_rest() {
    let (_test, tracks) = room().await;
    assert_eq!(tracks.changed(-1).await.expect("read"), tracks::Changed { points: Vec::new(), next: 0 });
    tracks.store(vec![point(7, 10), point(8, 10)]).await.expect("stored");
    tracks.settle().await.expect("moved");
    let all = tracks.changed(-1).await.expect("read");
    assert_eq!(all.points.len(), 2);
    assert_eq!(tracks.changed(all.next).await.expect("read").points, []);
    // One moves on, the other says something old, a third is new.
    tracks.store(vec![point(7, 20), point(8, 5), point(9, 1)]).await.expect("stored");
    tracks.settle().await.expect("moved");
    let again = tracks.changed(all.next).await.expect("read");
    assert_eq!(again.points, [point(7, 20), point(9, 1)]);
    assert!(again.next > all.next);
    assert_eq!(tracks.changed(again.next).await.expect("read").next, again.next, "nothing changed since");
    tracks.put_back((0..700).map(|step| point(6, step * 2)).chain([point(7, 15), point(7, 10)]).collect()).await.expect("put back");
    tracks.put_back(vec![point(6, 1_398), point(6, 1_400)]).await.expect("put back");
    assert_eq!(seconds(&tracks.day(7, day()).await.expect("read").points), [10, 15, 20]);
    let found = tracks.day(6, day()).await.expect("read").points;
    assert_eq!((found.len(), found.last().map(|point| point.at)), (701, Some(MIDNIGHT + 1_400)), "each once, over three slots");
    assert_eq!(tracks.changed(again.next).await.expect("read").points, [], "what is put back is no news");
}
