//! Numbers are never given twice.

use std::collections::HashSet;

use docket::Numbers;

use crate::desk::{REGION, desk};

#[tokio::test]
async fn three_programs_never_give_one_number_twice() {
    let desk = desk().await;
    let programs: Vec<Numbers> = (0..3).map(|_| Numbers::new(desk.test.database.clone())).collect();
    let now = desk.now();
    let mut tasks = Vec::new();
    for at in 0..12 {
        let numbers = programs[at % 3].clone();
        tasks.push(tokio::spawn(async move {
            let mut given = Vec::new();
            for _ in 0..70 {
                given.push(numbers.next(REGION, "lead", now).await.unwrap());
            }
            given
        }));
    }
    let mut given = Vec::new();
    for task in tasks {
        given.extend(task.await.unwrap());
    }
    assert_eq!(given.iter().collect::<HashSet<_>>().len(), 840);
    assert!(given.iter().all(|number| number.starts_with("20261102-") && number.len() == 15));
    let tomorrow = programs[0].next(REGION, "lead", now + chrono::Duration::hours(15)).await.unwrap();
    assert_eq!(tomorrow, "20261103-000001", "midnight is Shanghai's");
    assert_eq!(programs[0].next("330483", "lead", now).await.unwrap(), "20261102-000001", "each district counts for itself");
}
