//! Random histories on the database: whatever is reported, merged, voided, approved, claimed and paid, the books are right, no problem is
//! paid twice, and no more than the budget leaves the house.

use chrono::Duration;
use serde_json::{Value, json};

use crate::scene::{Scene, Sent, rules};

/// A small generator, so that a failure can be lived through again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

#[tokio::test]
async fn no_history_pays_more_than_the_budget_or_one_problem_twice() {
    for seed in [7, 20_261_103] {
        let mut dice = Dice(seed);
        let mut tight = rules();
        (tight["total_fen"], tight["daily_fen"]) = (json!(6_000), json!(3_000));
        let scene = Scene::set(tight).await;
        let (operator, leader, payer) =
            (scene.as_person("operator01").await, scene.as_person("shift_leader01").await, scene.as_person("evaluator01").await);
        let mut sent: Vec<Sent> = Vec::new();
        for _ in 0..5 {
            for _ in 0..4 {
                let telephone = format!("1390000000{}", dice.below(3));
                let step = u32::try_from(dice.below(8)).unwrap();
                let report = scene.report(step, Some(&telephone)).await;
                if dice.below(4) > 0 {
                    scene.file(&report).await;
                }
                sent.push(report);
            }
            // Whatever the procedure refuses is refused; what it lets through happened.
            for _ in 0..2 {
                let (a, b) = (dice.below(sent.len() as u64) as usize, dice.below(sent.len() as u64) as usize);
                operator.act(&sent[a].lead, "merge", json!({ "into": sent[b].lead })).await;
            }
            if dice.below(2) == 0 {
                let at = dice.below(sent.len() as u64) as usize;
                leader.act(&sent[at].lead, "void", json!({ "reason": "现场核实不存在" })).await;
            }
            scene.settle().await;
            let waiting = payer.get("/api/v1/reward-awards?state=reserved").await.items();
            let ids: Vec<&Value> = waiting.iter().map(|it| &it["id"]).collect();
            if !ids.is_empty() {
                leader.post("/api/v1/reward-approvals", json!({ "awards": ids, "note": "看过" })).await.fine();
            }
            for award in payer.get("/api/v1/reward-awards?state=granted").await.items() {
                let of = sent.iter().find(|it| award["lead_id"] == it.lead.as_str()).unwrap();
                for telephone in 0..3 {
                    scene.claim(of, &award, &format!("1390000000{telephone}"), None).await;
                }
            }
            let payout = payer.post("/api/v1/reward-payouts", json!({ "programme": scene.programme })).await;
            if payout.status == 201 {
                let path = format!("/api/v1/reward-payouts/{}", payout.text_of("id"));
                let file = payer.get(&format!("{path}/file")).await.fine().text.clone();
                let result = if dice.below(4) == 0 { "失败" } else { "成功" };
                let rows = file.lines().skip(1).map(|line| line.split(',').next().unwrap()).map(|id| format!("{id},{result},P-{id}\n"));
                let csv = format!("编号,结果,流水号\n{}", rows.collect::<String>());
                payer.post(&format!("{path}/confirmations"), json!({ "csv": csv })).await.fine();
            }
            scene.house.clock.advance(Duration::hours(1));
            scene.catch_up().await;
            let (paid, recover) = (scene.balance("paid").await, scene.balance("recover").await);
            assert!(paid + recover <= 6_000 && scene.balance("budget").await >= 0, "seed {seed}");
            let twice = "with recursive onward as (
                    select a.id as award, l.id, l.merged_into from reward_award a join lead l on l.id = a.lead_id where a.state = 'paid'
                    union all select o.award, n.id, n.merged_into from onward o join lead n on n.id = o.merged_into)
                 select count(*) from (select id from onward where merged_into is null group by id having count(*) > 1) as twice";
            assert_eq!(scene.house.count(twice).await, 0, "seed {seed}: a problem stands as paid twice");
        }
        assert!(scene.balance("paid").await > 0, "seed {seed}: a history in which nobody is paid shows nothing");
    }
}
