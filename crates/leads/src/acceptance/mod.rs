//! What past dispatches say of who will keep a lead (退单学习): counted by class and grid, township and district, shown with the numbers.
//!
//! A dispatch that ended is one line of `dispatch_outcome`, written in the transaction that ended it. What follows from the lines is the
//! pure estimate of `crates/judgement/src/acceptance`. Nothing is dispatched by it: it stands beside the proposal, and a person decides.

pub(crate) mod store;

use std::collections::BTreeMap;

use docket::KeyOf;
use http_api::Answer;
use judgement::acceptance::{self, Tally};
use serde::Serialize;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Leads,
    lead::{Action, State, record::LeadRecord},
};

/// How near the dispatches are that were counted (统计范围).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AcceptanceNear)]
pub(crate) enum Near {
    /// The same grid (本网格).
    Grid,
    /// The same township (本镇街).
    Township,
    /// The whole district (全区).
    District,
}

impl Near {
    const fn label(self) -> &'static str {
        match self {
            Self::Grid => "本网格",
            Self::Township => "本镇街",
            Self::District => "全区",
        }
    }
}

/// What is known of the dispatches of a class to a unit (退单情况).
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct UnitPast {
    /// Where they were counted: the nearest place with three and more, else the widest that has any.
    near: Near,
    /// It kept and closed.
    kept: u32,
    /// It sent back, or was relieved of.
    returned: u32,
    /// The estimate that the next one comes back, 0 to 1, of all three places.
    returns: f64,
    /// It usually sends such things back.
    warn: bool,
    /// The numbers in Chinese.
    words: String,
}

/// The three counts of each unit, from wide to near.
#[derive(Debug, Default)]
pub(crate) struct Past(BTreeMap<Uuid, [Tally; 3]>);

impl Past {
    fn of(counted: [Vec<(Uuid, i64, i64)>; 3]) -> Self {
        let mut past = BTreeMap::<Uuid, [Tally; 3]>::new();
        let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
        for (level, units) in counted.into_iter().enumerate() {
            for (unit, kept, returned) in units {
                past.entry(unit).or_default()[level] = Tally { kept: count(kept), returned: count(returned) };
            }
        }
        Self(past)
    }

    /// What is known of a unit; nothing where it never had such a thing.
    pub(crate) fn unit(&self, unit: Uuid) -> Option<UnitPast> {
        let levels = self.0.get(&unit)?;
        let returns = acceptance::returns(levels)?;
        let places = [Near::District, Near::Township, Near::Grid];
        let known = (0..3).rev().find(|level| levels[*level].all() >= acceptance::LEAST);
        let shown = known.or_else(|| (0..3).find(|level| levels[*level].all() > 0))?;
        let (near, tally) = (places[shown], levels[shown]);
        let words = format!("{}此类办结 {} 件、退回 {} 件", near.label(), tally.kept, tally.returned);
        Some(UnitPast { near, kept: tally.kept, returned: tally.returned, returns, warn: acceptance::usually_returns(levels), words })
    }

    /// Units that kept such things and hardly ever sent them back, the surest first.
    pub(crate) fn likely(&self, most: usize) -> Vec<Uuid> {
        let mut found: Vec<(Uuid, f64, u32)> = self
            .0
            .iter()
            .filter(|(_, levels)| levels.iter().any(|level| level.kept >= acceptance::LEAST))
            .filter_map(|(unit, levels)| Some((*unit, acceptance::returns(levels)?, levels[2].kept + levels[1].kept)))
            .filter(|(_, returns, _)| *returns < acceptance::USUALLY)
            .collect();
        // Who kept most close by comes first; among those the one that returns least.
        found.sort_by(|one, other| other.2.cmp(&one.2).then(one.1.total_cmp(&other.1)).then(one.0.cmp(&other.0)));
        found.into_iter().take(most).map(|(unit, _, _)| unit).collect()
    }
}

impl Leads {
    /// What past dispatches of a class say of units, by grid, township and district.
    pub(crate) async fn past_of(&self, connection: &mut PgConnection, region: &str, class: &str, grid: &str) -> sqlx::Result<Past> {
        let township = grid.get(..9).unwrap_or(grid);
        let district = store::of_class(connection, region, class).await?;
        let township = store::of_township(connection, region, class, township).await?;
        let grid = store::of_grid(connection, region, class, grid).await?;
        Ok(Past::of([district, township, grid]))
    }
}

/// Writes down how a dispatch ended, if this action ends one: `unit` had it before, and it was `state`.
pub(crate) async fn remember(
    leads: &Leads,
    connection: &mut PgConnection,
    key: &KeyOf,
    record: &LeadRecord,
    unit: Option<Uuid>,
    state: State,
    action: &Action,
) -> Answer<()> {
    let returned = match action {
        Action::Close { .. } => false,
        Action::SendBack => true,
        // Another unit is given it before this one took it.
        Action::Dispatch if state == State::Dispatched => true,
        _ => return Ok(()),
    };
    if let (Some(unit), Some(class), Some(grid)) = (unit, &record.class_code, &record.grid) {
        store::insert(connection, key, class, grid, unit, returned, leads.clock().now()).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_place_that_knows_enough_is_shown_and_all_three_are_weighed() {
        let (west, east) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let past = Past::of([vec![(west, 3, 9), (east, 11, 0)], vec![(west, 1, 4), (east, 6, 0)], vec![(west, 0, 1)]]);
        let shown = past.unit(west).unwrap();
        assert_eq!((shown.near, shown.kept, shown.returned, shown.warn), (Near::Township, 1, 4, true));
        assert_eq!(shown.words, "本镇街此类办结 1 件、退回 4 件");
        let kept = past.unit(east).unwrap();
        assert!(!kept.warn && kept.returns < 0.05, "{kept:?}");
        assert_eq!(past.likely(2), [east]);
        assert_eq!(past.unit(Uuid::from_u128(3)), None);
    }

    #[test]
    fn little_is_said_of_little() {
        let unit = Uuid::from_u128(1);
        let shown = Past::of([vec![(unit, 0, 2)], vec![], vec![]]).unit(unit).unwrap();
        assert_eq!((shown.near, shown.returned, shown.warn), (Near::District, 2, false));
        assert!(Past::of([vec![(unit, 2, 0)], vec![], vec![]]).likely(2).is_empty());
    }
}
