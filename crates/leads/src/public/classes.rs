//! The kinds that citizens choose from: those reported most, filled up with common ones.

use axum::extract::State as Shared;
use http_api::{Answer, ClientAddress, Json};
use serde::Serialize;
use utoipa::ToSchema;

use super::store;
use crate::Leads;

/// A kind.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicClass {
    code: String,
    name: String,
    category_name: String,
}

/// The kinds.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicClasses {
    items: Vec<PublicClass>,
}

/// So many kinds fit on a phone without searching.
const MOST: usize = 16;

/// What a city of this kind hears of most, for the first day (GB/T 47678.5-2026 codes).
const COMMON: [&str; MOST] = [
    "06010", "06042", "06012", "06013", "01037", "01003", "09010", "09009", "09005", "09001", "08001", "08004", "06027", "07001", "06017",
    "06025",
];

/// Lists the kinds to choose from.
///
/// # Errors
/// `too-many-requests`.
#[utoipa::path(get, path = "/api/v1/public/classes", tag = "public", responses((status = 200, body = PublicClasses, description = "The kinds")))]
pub(crate) async fn classes(Shared(leads): Shared<Leads>, ClientAddress(address): ClientAddress) -> Answer<Json<PublicClasses>> {
    leads.follow_rate().check(address)?;
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    let mut codes = store::common_classes(leads.database().pool(), leads.home_region(), most).await?;
    for code in COMMON {
        if codes.len() < MOST && !codes.iter().any(|known| known == code) {
            codes.push(code.to_owned());
        }
    }
    let catalogue = leads.catalogue();
    let items = codes.into_iter().filter_map(|code| {
        let class = catalogue.class(&code)?;
        Some(PublicClass { code, name: class.name.clone(), category_name: class.category_name.clone() })
    });
    Ok(Json(PublicClasses { items: items.collect() }))
}
