//! `GET /api/v1/property/balance`: the balance of a month.

use axum::extract::State;
use chrono::NaiveDate;
use http_api::{Answer, Json, Query};
use identity::Allowed;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{PropertyBalance, of_month};
use crate::{Property, rights};

/// Which month.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct BalanceFilter {
    /// Such as `2026-11`; this month where it is missing.
    pub month: Option<String>,
}

/// The balance of a month (出入库平衡表).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PropertyBalances {
    /// The first day of the month.
    month: NaiveDate,
    items: Vec<PropertyBalance>,
}

/// Shows the balance of a month of every place on the caller's ground.
///
/// # Errors
/// `field-invalid`.
#[utoipa::path(get, path = "/api/v1/property/balance", tag = "property", operation_id = "show_property_balance", params(BalanceFilter),
    responses((status = 200, body = PropertyBalances, description = "The balance")))]
pub(crate) async fn show(
    State(room): State<Property>,
    allowed: Allowed<rights::SeeProperty>,
    Query(filter): Query<BalanceFilter>,
) -> Answer<Json<PropertyBalances>> {
    let (month, items) = of_month(&room, &allowed.scope(), filter.month.as_deref()).await?;
    Ok(Json(PropertyBalances { month, items }))
}
