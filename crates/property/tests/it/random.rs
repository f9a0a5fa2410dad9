//! Random movements: the item's row is the fold of its chain, and every place balances.

use property::{MovementKind, Stand, State, fold};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use serde_json::json;
use uuid::Uuid;

use crate::scene::Scene;

proptest! {
    #[test]
    fn the_fold_is_the_last_step_and_what_is_gone_stays_gone(kinds in prop::collection::vec((0_usize..MovementKind::ALL.len(), 0_u128..3), 1..40)) {
        let mut stand = Stand::LISTED;
        let mut taken = Vec::new();
        for (kind, place) in kinds {
            let (kind, to) = (MovementKind::ALL[kind], Some(Uuid::from_u128(place)));
            let until = chrono::NaiveDate::from_ymd_opt(2026, 11, 30);
            match stand.after(kind, to, until) {
                Some(after) => {
                    prop_assert!(!stand.state.is_gone());
                    prop_assert_eq!(after.place.is_some(), after.state == State::Stored);
                    prop_assert_eq!(after.lent_until.is_some(), after.state == State::Lent);
                    taken.push((kind, to, until));
                    stand = after;
                }
                None => prop_assert!(stand.state.is_gone() || stand.after(kind, None, None).is_none()),
            }
            prop_assert_eq!(fold(taken.iter().copied()), Some(stand));
        }
    }
}

/// What random people try with a few items, at random.
fn plans() -> impl Strategy<Value = Vec<(usize, usize, usize, bool)>> {
    prop::collection::vec((0_usize..5, 0_usize..4, 0_usize..3, any::<bool>()), 60)
}

#[tokio::test]
async fn places_balance_to_the_item_under_random_movements_of_two_people() {
    let scene = Scene::new().await;
    let case = scene.seized().await;
    let places = [scene.place.clone(), scene.place("二号仓库", "store", None).await, scene.place("三号仓库", "store", Some(2)).await];
    let items = scene.listed(&case, 5).await;
    let plan = plans().new_tree(&mut TestRunner::default()).unwrap().current();
    let mut done = 0;
    for pair in plan.chunks(2) {
        let mut sending = Vec::new();
        for (item, kind, place, second) in pair {
            let seen = scene.show(&items[*item]).await["moves"].as_i64().unwrap();
            let kind = ["in", "moved", "lent", "back"][*kind];
            let mut movement = scene.moving(kind, seen);
            movement["to_place"] = json!(places[*place]);
            if kind == "lent" {
                movement = json!({ "kind": kind, "seen": seen, "hander": scene.ids[usize::from(*second)], "receiver_words": "模拟检测所",
                    "reason": "检测", "until": "2026-11-20" });
            }
            sending.push((if *second { &scene.second } else { &scene.officer }, &items[*item], movement));
        }
        let answers = futures::future::join_all(sending.iter().map(|(by, item, movement)| scene.send(by, item, movement))).await;
        done += answers.iter().filter(|it| it.status.is_success()).count();
        assert!(answers.iter().all(|it| it.status.as_u16() < 500), "{answers:?}");
    }
    assert!(done > 5, "the plan moved nothing: {plan:?}");
    let mut stored = 0;
    for item in &items {
        let page = scene.show(item).await;
        let chain = page["movements"].as_array().unwrap().iter().map(|it| {
            let place = places.iter().zip(["一号仓库", "二号仓库", "三号仓库"]).find(|(_, name)| it["to_place"] == *name);
            let until = it["until"].as_str().and_then(|day| day.parse().ok());
            (it["kind"].as_str().unwrap().parse().unwrap(), place.map(|(id, _)| id.parse().unwrap()), until)
        });
        let stand = fold(chain).expect("a chain that could happen");
        assert_eq!(page["state"], stand.state.code(), "{page}");
        assert_eq!(page["place"].as_str().map(str::to_owned), stand.place.map(|place| place.to_string()));
        assert_eq!(page["moves"], stand.moves);
        stored += i64::from(stand.state == State::Stored);
    }
    let mut closing = 0;
    for place in &places {
        let balance = scene.balance(place).await;
        assert_eq!(balance["balances"], true, "{balance}");
        closing += balance["closing"].as_i64().unwrap();
    }
    assert_eq!(closing, stored);
    assert!(scene.balance(&places[2]).await["closing"].as_i64().unwrap() <= 2, "a place takes no more than it holds");
    let csv = scene.head.get("/api/v1/property/balance/export?month=2026-11").await;
    assert_eq!(csv.fine().text.lines().count(), 4);
    assert!(!csv.text.contains("不平衡"), "{}", csv.text);
}
