//! The powers that townships have on a day (现行赋权), a matter and township at a time: what their use is measured by.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use http_api::Answer;

use super::{
    rule::{Announced, PowerAct, PowerHolder, power},
    store::{self, Row},
};
use crate::Matters;

/// Announcements that are read at once.
const MOST_ANNOUNCEMENTS: i64 = 5_000;

/// A power that a township has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingPower {
    /// The matter's code.
    pub matter: String,
    /// Its name today.
    pub name: String,
    /// The township.
    pub township: String,
    /// The announcement that gave it.
    pub announcement: String,
    /// From this day on.
    pub effective_from: NaiveDate,
}

/// The powers that follow from announcements, by matter and township.
fn standing(announced: &[Announced], day: NaiveDate) -> Vec<(String, String, &Announced)> {
    let granted = announced.iter().filter(|it| it.act == PowerAct::Grant && it.effective_from <= day);
    let pairs: BTreeSet<(&String, &String)> = granted
        .flat_map(|it| it.matters.iter().flat_map(move |matter| it.townships.iter().map(move |township| (matter, township))))
        .collect();
    let mut found = Vec::new();
    for (matter, township) in pairs {
        let now = power(announced, matter, Some(township), day);
        if let (PowerHolder::Township, Some(by)) = (now.holder, now.by) {
            found.push((matter.clone(), township.clone(), by));
        }
    }
    found
}

impl Matters {
    /// The powers of the townships of a county on a day, in the order of matter and township; at most `most`, and whether there are more.
    ///
    /// # Errors
    /// The database's.
    pub async fn standing_powers(&self, county: &str, day: NaiveDate, most: usize) -> Answer<(Vec<StandingPower>, bool)> {
        let library = self.library().await?;
        let rows = store::list(self.pool(), &[county.to_owned()], None, MOST_ANNOUNCEMENTS).await?;
        let announced: Vec<Announced> = rows.into_iter().map(Row::announced).collect();
        let found = standing(&announced, day);
        let cut = found.len() > most;
        let powers = found.into_iter().take(most).map(|(matter, township, by)| StandingPower {
            name: library.shown(&matter, day).map_or_else(String::new, |version| version.facts.name.clone()),
            announcement: by.number.clone(),
            effective_from: by.effective_from,
            matter,
            township,
        });
        Ok((powers.collect(), cut))
    }

    /// The field (执法领域) of each matter of the library, by code.
    ///
    /// # Errors
    /// The database's.
    pub async fn domains(&self) -> Answer<BTreeMap<String, String>> {
        let library = self.library().await?;
        let day = self.today();
        let codes = library.published.keys();
        Ok(codes.filter_map(|code| Some((code.clone(), library.shown(code, day)?.facts.domain.clone()))).collect())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_power_stands_until_it_is_withdrawn() {
        let announced = |sequence: i64, act, from: &str, matters: &[&str]| Announced {
            id: Uuid::nil(),
            sequence,
            number: format!("模拟〔2026〕{sequence}号"),
            title: "模拟".into(),
            organ: "模拟政府".into(),
            announced_on: from.parse().unwrap(),
            effective_from: from.parse().unwrap(),
            act,
            matters: matters.iter().map(|&it| it.to_owned()).collect(),
            townships: vec!["330482901".into()],
            to_organ: None,
        };
        let all =
            [announced(1, PowerAct::Grant, "2026-01-01", &["M001", "M002"]), announced(2, PowerAct::Withdraw, "2026-06-01", &["M002"])];
        let on = |day: &str| standing(&all, day.parse().unwrap()).into_iter().map(|it| it.0).collect::<Vec<_>>();
        assert_eq!(on("2025-12-31"), Vec::<String>::new());
        assert_eq!(on("2026-05-31"), ["M001", "M002"]);
        assert_eq!(on("2026-06-01"), ["M001"]);
    }
}
