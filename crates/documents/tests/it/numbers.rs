//! Numbers have no gap and no double: under concurrency, with transactions that are taken back, and with a program that dies.

use documents::number::{self, Count};
use futures::future::join_all;
use uuid::Uuid;

use crate::house::{House, house, monday};

fn count(kind: &str) -> Count<'_> {
    Count { region: "330482", organ_word: "模综执", kind, kind_word: if kind == "D15" { "罚决" } else { "罚先告" } }
}

/// A document to give a number to.
async fn document(house: &House) -> Uuid {
    house.draft("D15", crate::house::sample("D15")).await.parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbers_given_at_the_same_time_have_no_gap_whatever_is_taken_back() {
    let house = house().await;
    let pool = house.test.database.pool().clone();
    let mut papers = Vec::new();
    for _ in 0..30 {
        papers.push(document(&house).await);
    }
    // Every third is taken back after it had its number.
    let given = join_all(papers.iter().enumerate().map(|(index, paper)| {
        let pool = pool.clone();
        async move {
            let mut transaction = pool.begin().await.unwrap();
            let number = number::give(&mut transaction, count("D15"), *paper, monday()).await.unwrap();
            tokio::task::yield_now().await;
            if index % 3 == 0 {
                transaction.rollback().await.unwrap();
                return None;
            }
            transaction.commit().await.unwrap();
            Some(number)
        }
    }))
    .await;
    let mut kept: Vec<String> = given.into_iter().flatten().collect();
    kept.sort_by_key(|number| number.split(['第', '号']).nth(1).unwrap().parse::<u32>().unwrap());
    let expected: Vec<String> = (1..=20).map(|serial| format!("模综执罚决字〔2026〕第{serial}号")).collect();
    assert_eq!(kept, expected);

    // A program that dies with a number in hand: its server process ends, and the next one gets the number.
    let mut dying = pool.begin().await.unwrap();
    let lost = number::give(&mut dying, count("D15"), papers[0], monday()).await.unwrap();
    assert!(lost.ends_with("第21号"));
    let process: i32 = sqlx::query_scalar("select pg_backend_pid()").fetch_one(&mut *dying).await.unwrap();
    let waiting = {
        let (pool, paper) = (pool.clone(), papers[3]);
        tokio::spawn(async move {
            let mut transaction = pool.begin().await.unwrap();
            let number = number::give(&mut transaction, count("D15"), paper, monday()).await.unwrap();
            transaction.commit().await.unwrap();
            number
        })
    };
    let ended: bool = sqlx::query_scalar("select pg_terminate_backend($1)").bind(process).fetch_one(&pool).await.unwrap();
    assert!(ended);
    assert!(waiting.await.unwrap().ends_with("第21号"), "what nobody committed is given again");
    drop(dying);

    // Another kind and another year count by themselves.
    let mut transaction = pool.begin().await.unwrap();
    assert!(number::give(&mut transaction, count("D03"), papers[6], monday()).await.unwrap().ends_with("〔2026〕第1号"));
    let next_year = monday() + chrono::Duration::days(70);
    assert!(number::give(&mut transaction, count("D15"), papers[9], next_year).await.unwrap().ends_with("〔2027〕第1号"));
    transaction.rollback().await.unwrap();

    // What stands in the register stays there.
    let removed = sqlx::query("delete from document_number").execute(&pool).await;
    assert!(removed.is_err(), "the application may not take numbers out of the register");
}
