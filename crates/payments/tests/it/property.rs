//! Whatever order callbacks come in, and however often: no fen is lost and none is made.

use rand::{RngExt, SeedableRng, rngs::StdRng, seq::SliceRandom};
use serde_json::json;

use crate::scene::Scene;

#[tokio::test]
async fn every_fen_is_in_the_journal_whatever_order_callbacks_come_in() {
    let scene = Scene::new().await.with_payee().await;
    scene.cashier.be_silent(true);
    let mut number = 0;
    for seed in 0..4 {
        let mut random = StdRng::seed_from_u64(seed);
        let (mut sealed, mut sent, mut codes) = (Vec::new(), 0, Vec::new());
        for _ in 0..2 {
            number += 1;
            let case = scene.decided(number, random.random_range(1..=200)).await;
            let code = scene.billed(&case).await;
            // Two orders of one bill, both paid: the second is too much. On the next day the sum is another, so it is another order.
            for wait in [0, random.random_range(20..40)] {
                scene.house.clock.advance(chrono::TimeDelta::days(wait));
                let no = scene.order(&code, random.random_bool(0.5)).await.fine().text_of("no");
                scene.cashier.pay(&no).await.unwrap();
                let odd = random.random_bool(0.25).then(|| random.random_range(1..30_000));
                for _ in 0..random.random_range(1..=3) {
                    sealed.push(scene.cashier.callback_with(&no, odd, chrono::Utc::now()).unwrap());
                }
                sent += 1;
            }
            codes.push(code);
        }
        sealed.push(scene.cashier.callback_of(
            &format!("unknownordernumber{seed:04}"),
            &format!("43{seed}"),
            random.random_range(1..5_000),
        ));
        sent += 1;
        let before = scene.house.count("select count(*) from payment_receipt").await;
        sealed.shuffle(&mut random);
        // Some at once, so that they meet.
        for pair in sealed.chunks(2) {
            futures::future::join_all(pair.iter().map(|one| scene.call_back(one))).await.iter().for_each(|answer| {
                answer.fine();
            });
        }
        assert_eq!(scene.house.count("select count(*) from payment_receipt").await - before, sent, "seed {seed}");
        scene.books_are_right().await;
        // What is kept for a person is given back or booked; the books stay right.
        for kept in scene.suspense().await {
            let path = format!("/api/v1/payment-receipts/{}", kept["id"].as_str().unwrap());
            if random.random_bool(0.5) {
                let code = &codes[random.random_range(0..codes.len())];
                let _ = scene.evaluator.post(&format!("{path}/actions/settle"), json!({ "code": code, "reason": "核实为本案罚款" })).await;
            } else {
                let asked = scene.evaluator.post(&format!("{path}/refunds"), json!({ "reason": "重复缴纳" })).await;
                // Of an earlier round, and not known to the provider: it waits.
                if asked.code() == "refund-open" {
                    continue;
                }
                let asked = asked.fine().text_of("id");
                scene.head.post(&format!("/api/v1/payment-refunds/{asked}/actions/decide"), json!({ "approve": true })).await.fine();
            }
        }
        scene.books_are_right().await;
    }
}
