//! The classes that still need a limit.

use axum::extract::State;
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Class, Limit};
use crate::{handle::Catalogue, rights::ReadCatalogue};

/// What is still to settle (待确定时限), and how far it has come.
#[derive(Debug, Serialize, ToSchema)]
pub struct ToSettle {
    /// All matters of the edition in force.
    total: usize,
    /// Those with a limit of their own.
    settled: usize,
    /// `settled / total`.
    share: f64,
    /// What holds for the others meanwhile.
    default_limit: Limit,
    /// The others.
    items: Vec<Class>,
}

impl Catalogue {
    /// How many matters of the edition in force have no limit of their own, and how many there are.
    #[must_use]
    pub fn unsettled(&self) -> (usize, usize) {
        let snapshot = self.snapshot();
        let matters = || snapshot.current().matters();
        (matters().filter(|class| !class.settled).count(), matters().count())
    }
}

/// 尚未确定处置时限的事项，以及已确定的比例。
#[utoipa::path(get, path = "/api/v1/classes/to-settle", tag = "catalogue",
    responses((status = 200, body = ToSettle)), extensions(("x-right" = json!("catalogue.read"))))]
pub(crate) async fn to_settle(State(catalogue): State<Catalogue>, _allowed: Allowed<ReadCatalogue>) -> Answer<Json<ToSettle>> {
    let snapshot = catalogue.snapshot();
    let total = snapshot.current().matters().count();
    let items: Vec<Class> = snapshot.current().matters().filter(|c| !c.settled).map(|c| c.as_ref().clone()).collect();
    let settled = total - items.len();
    let share = if total == 0 { 0.0 } else { settled as f64 / total as f64 };
    Ok(Json(ToSettle { total, settled, share, default_limit: Limit::provisional(catalogue.settings().default_limit), items }))
}
