//! The rules in plain words, and the lots of the last days (奖励规则与抽签公示): for everybody.

use axum::extract::State;
use chrono::NaiveDate;
use http_api::{Answer, ClientAddress, Json};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Rewards,
    journal::{self, Account},
    programme::{self, Rules, Shortage, yuan},
    settle::{self, LATE, store::DayRow},
};

/// Days that are shown of each programme.
const DAYS: i64 = 38;

/// What a class pays, in words.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicRewardClass {
    name: String,
    fen: i64,
}

/// A day whose order is by lot.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicRewardDay {
    day: NaiveDate,
    /// SHA-256 of `bihuan-reward:programme:day:seed`, published before the day.
    commitment: String,
    committed_at: chrono::DateTime<chrono::Utc>,
    /// Shown when the day is settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<String>,
}

/// A programme as citizens read it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicRewardProgramme {
    id: Uuid,
    name: String,
    from_day: NaiveDate,
    to_day: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    area_name: Option<String>,
    classes: Vec<PublicRewardClass>,
    /// The rules, a sentence each.
    words: Vec<String>,
    total_fen: i64,
    /// Not given to anybody yet.
    left_fen: i64,
    days: Vec<PublicRewardDay>,
}

/// The programmes that go on, or ended lately.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicRewards {
    items: Vec<PublicRewardProgramme>,
}

/// Reads the rules. Empty where the city has no programme.
///
/// # Errors
/// `too-many-requests`.
#[utoipa::path(get, path = "/api/v1/public/rewards", tag = "public", operation_id = "read_reward_rules",
    responses((status = 200, body = PublicRewards, description = "The rules")))]
pub(crate) async fn rules(State(room): State<Rewards>, ClientAddress(address): ClientAddress) -> Answer<Json<PublicRewards>> {
    room.reads().check(address)?;
    let (pool, today) = (room.database().pool(), room.today());
    let mut items = Vec::new();
    for row in programme::store::all(pool, room.home_region()).await? {
        let rules = row.rules.0;
        if (today - rules.to_day).num_days() > i64::from(rules.claim_days) + 60 {
            continue;
        }
        let balances = journal::store::balances(&mut *pool.acquire().await?, row.id).await?;
        let days = settle::store::days(pool, row.id, DAYS).await?;
        items.push(PublicRewardProgramme {
            id: row.id,
            name: row.name,
            from_day: rules.from_day,
            to_day: rules.to_day,
            area_name: room.catalogue().region(&rules.area).map(|region| region.name),
            classes: room.classes(&rules),
            words: words(&rules),
            total_fen: rules.total_fen,
            left_fen: balances.of(Account::Budget),
            days: days.into_iter().map(shown).collect(),
        });
    }
    Ok(Json(PublicRewards { items }))
}

fn shown(row: DayRow) -> PublicRewardDay {
    PublicRewardDay { day: row.day, commitment: row.commitment, committed_at: row.committed_at, seed: row.seed }
}

impl Rewards {
    fn classes(&self, rules: &Rules) -> Vec<PublicRewardClass> {
        let matters = self.catalogue().matters();
        // What begins a class's code is a category (大类); a citizen reads its name, never the digits alone.
        let of_category =
            |prefix: &str| matters.iter().find(|class| class.code.starts_with(prefix)).map(|class| class.category_name.clone());
        let name = |prefix: &str| match prefix {
            "" => "其他各类问题".to_owned(),
            code => match self.catalogue().class(code) {
                Some(class) => class.name.clone(),
                None => of_category(code).unwrap_or_else(|| format!("{code} 类")),
            },
        };
        rules.classes.iter().map(|it| PublicRewardClass { name: name(&it.class_prefix), fen: it.fen }).collect()
    }
}

/// The rules as a citizen reads them.
pub(crate) fn words(rules: &Rules) -> Vec<String> {
    let mut words = vec![
        "市民上报的问题经受理、立案后可以获得奖励；作废或不予受理的不奖励。".to_owned(),
        format!(
            "同一问题只奖励最先上报的一件。{} 天内、{} 米以内的上报按同一地点的问题对待，分成几件或换几个电话上报不会多得。",
            rules.place_days, rules.place_metres
        ),
        format!("同一电话：同一天上报的最多奖励 {} 件，同一个月最多 {} 件。", rules.person_day, rules.person_month),
        format!("每天最多发放 {}，总预算 {}。", yuan(rules.daily_fen), yuan(rules.total_fen)),
        format!(
            "上报后第 {} 天核定当时已立案的，之后立案的在立案后核定；没有位置的、{LATE} 天内没有立案的不奖励。",
            rules.settle_after_days
        ),
        format!("审核通过后 {} 天内领取，逾期退回：请用上报时的设备，或上报时留下的手机号领取。", rules.claim_days),
        "城管工作人员、采集员、处置单位人员，以及设备识别和其他系统转来的问题不参加。".to_owned(),
        "匿名上报也可以领奖：不需要姓名，只在领取时填写收取奖励的手机号，加密保存，只用于发放。".to_owned(),
    ];
    words.push(match rules.shortage {
        Shortage::First => "当天奖金不够时，按上报的先后发放。".to_owned(),
        Shortage::Draw => {
            "当天奖金不够时抽签：种子在当天之前由系统随机产生，先公布其指纹，核定后公布种子；按“种子:编号”的 SHA-256 从小到大排列，任何人都可以重算。\
             没有在当天之前公布指纹的，按上报的先后发放。"
                .to_owned()
        }
    });
    words
}
