//! Putting pairs that stand out before a person (结对异常), each at most once a week; one that a person dismissed, only
//! when new leads brought the two together.

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike, TimeDelta};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{MOST, meetings, store};
use crate::{
    Scrutiny,
    rule::{
        Strength,
        pairing::{self, Pair},
    },
    suspicion::{self, Found, SuspicionKind},
};

impl Scrutiny {
    /// Looks at who met whom in the last ninety days, and keeps what stands out.
    pub(crate) async fn look_at_pairs(&self, connection: &mut PgConnection) -> sqlx::Result<()> {
        let now = self.clock().now();
        let rows = store::met(connection, self.home_region(), now - TimeDelta::days(pairing::DAYS), MOST).await?;
        let week = self.today().iso_week();
        // Tens of thousands of meetings are worked through: not on a thread that answers requests.
        let worked = tokio::task::spawn_blocking(move || {
            let of: HashMap<Uuid, usize> = rows.iter().enumerate().map(|(at, row)| (row.docket_id, at)).collect();
            let found = pairing::pairs(&meetings(&rows)).into_iter().filter(|it| it.found);
            found
                .map(|pair| {
                    let own: BTreeSet<usize> = pair.leads.iter().filter_map(|lead| of.get(lead).copied()).collect();
                    // The rows stand with the newest first: the unit that it met last.
                    let unit = own.iter().find_map(|at| rows[*at].unit);
                    let simulated = own.iter().any(|at| rows[*at].simulated);
                    (pair, unit, simulated)
                })
                .collect::<Vec<_>>()
        });
        let pairs = worked.await.map_err(|error| sqlx::Error::Protocol(error.to_string()))?;
        for (pair, unit, simulated) in &pairs {
            let (unit, simulated) = (*unit, *simulated);
            if store::dismissed_with(connection, self.home_region(), &key(pair), &pair.leads).await? {
                continue;
            }
            let about = suspicion::store::About {
                region: self.home_region(),
                lead: None,
                jurisdiction: self.home_region(),
                position: None,
                round_begun: None,
                simulated,
            };
            let found = found(pair, if pair.of_person { unit } else { Some(pair.other) }, format!("{}-{}", week.year(), week.week()));
            suspicion::store::insert(connection, &about, &found, now).await?;
        }
        Ok(())
    }
}

/// What a suspicion about a pair is known by, whatever the week.
fn key(pair: &Pair) -> String {
    format!("pairing:{}:{}:{}:", pair.part.code(), pair.one, pair.other)
}

fn found(pair: &Pair, unit: Option<Uuid>, week: String) -> Found {
    let share = |count: usize, of: usize| {
        if of == 0 { "无".to_owned() } else { format!("{:.0}%（{count}/{of}）", 100.0 * count as f64 / of as f64) }
    };
    let other = if pair.of_person { "同一处置人员" } else { "同一单位" };
    Found {
        key: key(pair) + &week,
        kind: SuspicionKind::Pairing,
        strength: Strength::Weak,
        rule: pairing::RULE,
        person: Some(pair.one),
        unit,
        reason: format!(
            "近 {} 天，该人员{}的线索由{other}处置的有 {} 件，按辖区、类别、班次推算应约 {:.0} 件，按当班人员推算应约 {:.0} 件；偶然多到这个程度的可能很小，请查看这些线索并听取当事人说明",
            pairing::DAYS,
            pair.part.label(),
            pair.met,
            pair.by_territory,
            pair.by_duty,
        ),
        numbers: Vec::new(),
        photo: None,
        other_photo: None,
        other_lead: None,
        stood: None,
        leads: pair.leads.clone(),
    }
    .number("相遇件数", pair.met.to_string())
    .number("按辖区、类别、班次应有", format!("{:.1}", pair.by_territory))
    .number("按当班人员应有", format!("{:.1}", pair.by_duty))
    .number("标准化超出", format!("{:.1}", pair.excess))
    .number("偶然达到的概率（未校正）", format!("{:.1e}", pair.chance))
    .number("十分钟内核查通过", share(pair.quick, pair.met))
    .number("有照片疑点", share(pair.photo, pair.met))
    .number("有位置疑点", share(pair.away, pair.met))
    .number("盲核推翻", share(pair.overturned, pair.rechecked))
}
