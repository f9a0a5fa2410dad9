//! Notifications: told in a transaction, listed by pages, read by their person alone.

use serde_json::Value;

use crate::house::{client, house, serve};

async fn json(answer: reqwest::Response) -> Value {
    assert_eq!(answer.status(), 200);
    serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
}

#[tokio::test]
async fn told_listed_and_read() {
    let house = house().await;
    let (one, other) = (house.person("operator01", "operator", "330482").await, house.person("operator02", "operator", "330482").await);
    let base = serve(house.notify.clone(), house.identity.clone()).await;
    let pool = house.test.database.pool();
    for number in 0..5 {
        house.clock.advance(chrono::Duration::seconds(1));
        let mut transaction = pool.begin().await.unwrap();
        house.notify.tell(&mut transaction, &[one], &format!("第{number}条"), None).await.unwrap();
        transaction.commit().await.unwrap();
    }
    let mut undone = pool.begin().await.unwrap();
    house.notify.tell(&mut undone, &[one, other], "撤销", None).await.unwrap();
    undone.rollback().await.unwrap();

    let list = format!("{base}/api/v1/notifications");
    let first = json(client(one).get(format!("{list}?limit=3")).send().await.unwrap()).await;
    let titles =
        |page: &Value| page["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(titles(&first), ["第4条", "第3条", "第2条"]);
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = json(client(one).get(format!("{list}?limit=3&cursor={cursor}")).send().await.unwrap()).await;
    assert_eq!(titles(&second), ["第1条", "第0条"]);
    assert_eq!(second["next_cursor"], Value::Null);
    assert_eq!(json(client(other).get(&list).send().await.unwrap()).await["items"], Value::Array(vec![]));

    let read = format!("{list}/{}/actions/read", first["items"][0]["id"].as_str().unwrap());
    assert_eq!(client(other).post(&read).send().await.unwrap().status(), 404);
    assert_eq!(client(one).post(&read).send().await.unwrap().status(), 204);
    assert_eq!(titles(&json(client(one).get(format!("{list}?unread=true")).send().await.unwrap()).await).len(), 4);
    assert_eq!(client(one).post(format!("{list}/actions/read-all")).send().await.unwrap().status(), 204);
    assert!(titles(&json(client(one).get(format!("{list}?unread=true")).send().await.unwrap()).await).is_empty());
    assert_eq!(client(one).get(format!("{list}?cursor=nonsense")).send().await.unwrap().status(), 422);
}
