//! Like leads around one: what the person who decides on it should know of its place (“此处 7 天内同类 6 件”).

use chrono::Duration;
use docket::Header;
use http_api::Answer;
use identity::Scope;
use kernel::position::Position;
use serde::Serialize;
use utoipa::ToSchema;

use super::{DAYS, LEAST, METRES, store};
use crate::{Leads, lead::record::LeadRecord, list::store::id_at, places};

/// Reports of a cell that are looked at.
const MOST_OF_A_CELL: i64 = 200;

/// Like leads around one (此处同类).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Near {
    /// How many, itself among them.
    count: usize,
    /// How many of them are not over yet.
    open: usize,
    /// In so many days before it was reported, to a day after.
    days: i64,
    /// Within so many metres.
    metres: f64,
    /// The category's two digits.
    category_code: String,
    /// The category's name.
    category_name: String,
    /// As many as make a hot spot.
    hot: bool,
}

/// Counts the like leads around one, within a scope.
///
/// # Errors
/// The database out of reach.
pub(crate) async fn near(leads: &Leads, scope: &Scope, header: &Header, record: &LeadRecord) -> Answer<Option<Near>> {
    let here = header.lon.zip(header.lat).and_then(|(lon, lat)| Position::new(lon, lat).ok());
    let class = record.class_code.as_deref();
    let (Some(here), Some(class), Some(category)) = (here, class, class.and_then(|class| class.get(..2))) else { return Ok(None) };
    let since = id_at(header.opened_at - Duration::days(DAYS));
    let until = header.opened_at + Duration::days(1);
    let cells = places::cells_around(here, METRES);
    let rows = store::around(leads.database().one_plan_pool(), scope, &cells, since, category, MOST_OF_A_CELL).await?;
    let close = |lon, lat| Position::new(lon, lat).is_ok_and(|there| here.distance_m(there) <= METRES);
    let rows: Vec<_> = rows.into_iter().filter(|row| row.opened_at < until && close(row.lon, row.lat)).collect();
    Ok(Some(Near {
        count: rows.len(),
        open: rows.iter().filter(|row| row.open).count(),
        days: DAYS,
        metres: METRES,
        category_code: category.to_owned(),
        category_name: leads.category_name(class).unwrap_or_default(),
        hot: rows.len() >= LEAST,
    }))
}
