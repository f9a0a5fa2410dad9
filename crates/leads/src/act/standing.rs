//! Where somebody stood when he acted (操作位置), as his own device says.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{position::Position, problem::Problem};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::perform::Command;
use crate::Leads;

/// A device that was without a network hands in what was done at most so long ago.
const LONGEST_AGO: TimeDelta = TimeDelta::days(7);
/// So far a device's clock may be ahead.
const AHEAD: TimeDelta = TimeDelta::minutes(5);

/// Where the actor stood, in degrees of WGS-84 as browsers give them.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ActPlace {
    /// Longitude.
    x: f64,
    /// Latitude.
    y: f64,
    /// Within so many metres, 95 %, as the device says.
    accuracy: Option<f64>,
    /// When it was measured; without a network that is long before it arrives.
    at: Option<DateTime<Utc>>,
}

impl Command {
    /// Keeps where the actor stood, if his device said so. A time that cannot be is left out.
    ///
    /// # Errors
    /// `position-invalid`.
    pub(crate) fn standing(mut self, leads: &Leads, place: Option<ActPlace>) -> Result<Self, Problem> {
        let Some(place) = place else { return Ok(self) };
        let position = Position::new(place.x, place.y)
            .map_err(|error| Problem::invalid("position-invalid", error.to_string()).field("position", error.to_string()))?;
        let now = leads.clock().now();
        if let Value::Object(payload) = &mut self.payload {
            if let Some(accuracy) = place.accuracy.filter(|metres| metres.is_finite() && *metres >= 0.0) {
                // Whole metres: a ledger line has no use for more.
                payload.insert("accuracy".to_owned(), json!(accuracy.min(100_000.0).ceil() as i64));
            }
            if let Some(at) = place.at.filter(|at| *at <= now + AHEAD && now - *at <= LONGEST_AGO) {
                payload.insert("stood_at".to_owned(), json!(at));
            }
        }
        self.place = Some(position);
        Ok(self)
    }
}
