//! A referral as a row of a list.

use chrono::{DateTime, NaiveDate, Utc};
use http_api::Answer;
use kernel::light::Light;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ReferralState, Way, list::store::RowRecord};
use crate::Referrals;

/// An organisation or person by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = CaseReferralNamed)]
pub(crate) struct Named {
    pub id: Uuid,
    pub name: String,
}

/// A referral in a list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CaseReferralRow)]
pub(crate) struct ReferralRow {
    pub id: Uuid,
    /// The number people call it by.
    pub number: String,
    pub title: String,
    #[schema(inline)]
    pub state: ReferralState,
    pub state_label: &'static str,
    pub open: bool,
    /// Who asked.
    pub asker: Named,
    /// The house asked itself, out of a lead.
    pub own: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(inline)]
    pub way: Option<Way>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub way_label: Option<&'static str>,
    /// To whom it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
    pub opened_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wished_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<DateTime<Utc>>,
    #[schema(value_type = Option<String>)]
    pub light: Option<Light>,
    pub simulated: bool,
    /// For `If-Match`.
    pub version: i64,
}

/// Rows with names. What is on its way inside, and cases, a bureau that only assists is not told.
pub(super) async fn show(room: &Referrals, rows: Vec<RowRecord>, units: Option<&[Uuid]>) -> Answer<Vec<ReferralRow>> {
    let now = room.parts().clock.now();
    let tree = room.parts().identity.organisations().await?;
    let named = |id: Uuid| Named { id, name: tree.name(id).to_owned() };
    let shown = rows.into_iter().filter_map(|row| {
        let state: ReferralState = row.state.parse().ok()?;
        let way: Option<Way> = row.way.as_deref().and_then(|way| way.parse().ok());
        let side = units.is_none_or(|units| units.contains(&row.asker_unit) || row.target_unit.is_some_and(|unit| units.contains(&unit)));
        let running = row.due_at.zip(row.warn_at).filter(|_| row.open);
        Some(ReferralRow {
            id: row.id,
            number: row.number,
            title: row.title,
            state,
            state_label: state.label(),
            open: row.open,
            asker: named(row.asker_unit),
            own: row.own,
            way: way.filter(|_| side),
            way_label: way.filter(|_| side).map(Way::label),
            target: row.target_unit.filter(|_| side).map(named),
            lead_number: row.lead_number.filter(|_| units.is_none()),
            case_number: row.case_number.filter(|_| side),
            result: row.result.filter(|_| side),
            opened_at: row.opened_at,
            wished_on: row.wished_on,
            due_at: row.due_at.filter(|_| row.open),
            light: running.map(|(due, warn)| Light::at(now, warn, due)),
            simulated: row.simulated,
            version: row.version,
        })
    });
    Ok(shown.collect())
}
