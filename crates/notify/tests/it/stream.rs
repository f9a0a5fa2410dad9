//! Open pages: who hears what, and when a stream ends.

use std::time::Duration;

use kernel::id::PersonId;
use reqwest::Response;
use uuid::Uuid;

use crate::house::{client, facts, house, serve};

struct Page {
    answer: Response,
    text: String,
}

impl Page {
    async fn open(base: &str, person: PersonId, last: Option<&str>) -> Self {
        let mut request = client(person).get(format!("{base}/api/v1/events"));
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        Self { answer, text: String::new() }
    }

    async fn until(&mut self, word: &str) {
        let reading = async {
            while !self.text.contains(word) {
                let chunk = self.answer.chunk().await.unwrap().expect("the stream goes on");
                self.text.push_str(&String::from_utf8_lossy(&chunk));
            }
        };
        let heard = tokio::time::timeout(Duration::from_secs(10), reading).await;
        assert!(heard.is_ok(), "waited for {word}, heard {}", self.text);
    }

    async fn ends(&mut self) {
        let reading = async { while let Ok(Some(_)) = self.answer.chunk().await {} };
        tokio::time::timeout(Duration::from_secs(10), reading).await.unwrap();
    }
}

#[tokio::test]
async fn a_page_hears_what_lies_in_its_scope_and_nothing_else() {
    let house = house().await;
    let (everywhere, township) =
        (house.person("operator01", "operator", "330482").await, house.person("operator02", "operator", "330482101").await);
    let unit = house.person("handler01", "unit_handler", "330482").await;
    let base = serve(house.notify.clone(), house.identity.clone()).await;
    let running = house.notify.start();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let (mut all, mut part, mut own) =
        (Page::open(&base, everywhere, None).await, Page::open(&base, township, None).await, Page::open(&base, unit, None).await);

    let (inside, outside, held) = (house.docket(), house.docket(), house.docket());
    house.happen(outside, 1, "lead.filed", facts("330482102", Some(Uuid::nil()))).await;
    house.happen(inside, 1, "lead.filed", facts("330482101", None)).await;
    house.happen(held, 1, "lead.fixed", facts("330482103", Some(house.organisation.uuid()))).await;
    let mut connection = house.test.database.pool().acquire().await.unwrap();
    house.notify.tell(&mut connection, &[township, township], "您有新的待办", Some(inside)).await.unwrap();

    for docket in [outside, inside, held] {
        all.until(&docket.to_string()).await;
    }
    all.until("event: counts").await;
    part.until("event: notification").await;
    part.until("您有新的待办").await;
    // The notification names the docket as well; the event has a topic.
    part.until("\"topic\":\"lead.filed\"").await;
    own.until(&held.to_string()).await;
    own.until(": alive").await;
    part.until("\"version\":3").await;
    assert!(part.text.contains("event: lead\n") && part.text.contains(&inside.to_string()), "{}", part.text);
    assert!(!part.text.contains(&outside.to_string()) && !part.text.contains(&held.to_string()), "{}", part.text);
    assert!(!own.text.contains(&outside.to_string()) && !own.text.contains(&inside.to_string()), "{}", own.text);
    assert!(!all.text.contains("event: notification"));

    // Coming back is told to read anew; a stop of the server ends the streams.
    let mut back = Page::open(&base, everywhere, Some("1")).await;
    back.until("event: resync").await;
    running.stop().await;
    for page in [&mut all, &mut part, &mut own, &mut back] {
        page.ends().await;
    }
}

#[tokio::test]
async fn a_page_of_a_person_who_was_disabled_ends() {
    let house = house().await;
    let person = house.person("operator01", "operator", "330482").await;
    let base = serve(house.notify.clone(), house.identity.clone()).await;
    let mut page = Page::open(&base, person, None).await;
    page.until(": alive").await;
    sqlx::query("UPDATE person SET active = false").execute(house.test.database.pool()).await.unwrap();
    page.ends().await;
}

#[tokio::test]
async fn nobody_and_machines_do_not_listen_and_one_person_not_without_end() {
    let house = house().await;
    let base = serve(house.notify.clone(), house.identity.clone()).await;
    let machine = house.person("machine01", "machine", "330482").await;
    let person = house.person("operator01", "operator", "330482").await;
    let nobody = client(Uuid::nil().into()).get(format!("{base}/api/v1/events")).send().await.unwrap();
    assert_eq!(nobody.status(), 401);
    assert_eq!(client(machine).get(format!("{base}/api/v1/events")).send().await.unwrap().status(), 403);
    let mut pages = Vec::new();
    for _ in 0..12 {
        pages.push(Page::open(&base, person, None).await);
    }
    let one_more = client(person).get(format!("{base}/api/v1/events")).send().await.unwrap();
    assert_eq!(one_more.status(), 429);
}
