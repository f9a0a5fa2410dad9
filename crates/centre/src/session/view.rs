//! A session as the desk sees it: nobody's name but the officers'.

use chrono::{DateTime, Utc};
use kernel::light::Light;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Purpose, Role, SessionState, Step, rules, store};
use crate::service::{CentrePerson, Names};

/// A session (场次).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CentreSession {
    pub id: Uuid,
    pub room: Uuid,
    pub room_name: String,
    pub starts_at: DateTime<Utc>,
    /// Until when the room is taken.
    pub ends_at: DateTime<Utc>,
    pub case_id: Uuid,
    pub case_number: String,
    pub purpose: Purpose,
    pub purpose_label: &'static str,
    pub role: Role,
    pub role_label: &'static str,
    /// Of a party: which.
    pub party: Option<i16>,
    pub officers: Vec<CentrePerson>,
    pub note: Option<String>,
    pub state: SessionState,
    pub state_label: &'static str,
    /// To be sent with a step.
    pub version: i32,
    pub booked_by: CentrePerson,
    /// Who comes is under eighteen.
    pub minor: bool,
    /// What the guardian who is present is to him.
    pub guardian: Option<String>,
    pub arrived_at: Option<DateTime<Utc>>,
    pub rights_told_at: Option<DateTime<Utc>>,
    pub started_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    /// Why it was cancelled, or what was done when nobody came.
    pub over_reason: Option<String>,
    /// The room records by itself.
    pub records: bool,
    pub recordings: i64,
    /// Why there is no recording.
    pub unrecorded: Option<String>,
    /// The light of a recording that is missing.
    #[schema(value_type = Option<String>)]
    pub gap: Option<Light>,
    /// It goes on beyond its time.
    pub overrun: bool,
    /// What may be done now.
    pub steps: Vec<CentreSessionOffer>,
    pub simulated: bool,
}

/// What may be done with a session now (可办理).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CentreSessionOffer {
    step: Step,
    label: &'static str,
    /// Why it may not be done.
    refusal: Option<String>,
}

impl CentreSession {
    /// Whose names it shows.
    pub fn people(row: &store::Listed) -> impl Iterator<Item = Uuid> {
        row.session.officers.iter().copied().chain([row.session.booked_by])
    }

    pub fn of(row: store::Listed, names: &Names, now: DateTime<Utc>) -> Option<Self> {
        let gap = rules::gap(row.room_records, row.recordings, &row.session, now);
        let it = row.session;
        let (purpose, role, state): (Purpose, Role, SessionState) =
            (it.purpose.parse().ok()?, it.role.parse().ok()?, it.state.parse().ok()?);
        let steps = Step::ALL.iter().filter(|step| rules::after(state, **step).is_some());
        let steps = steps.filter(|step| **step != Step::Unrecorded || gap.is_some() && it.unrecorded.is_none());
        let steps = steps.map(|step| CentreSessionOffer {
            step: *step,
            label: step.label(),
            refusal: rules::refusal(&it, *step, now).map(|problem| problem.detail),
        });
        Some(Self {
            steps: steps.collect(),
            id: it.id,
            room: it.room,
            room_name: row.room_name,
            starts_at: it.starts_at,
            ends_at: it.ends_at,
            case_id: it.docket,
            case_number: it.case_number,
            purpose,
            purpose_label: purpose.label(),
            role,
            role_label: role.label(),
            party: it.party,
            officers: names.people(&it.officers),
            note: it.note,
            state,
            state_label: state.label(),
            version: it.version,
            booked_by: names.person(it.booked_by),
            minor: it.minor,
            guardian: it.guardian,
            arrived_at: it.arrived_at,
            rights_told_at: it.rights_told_at,
            started_at: it.started_at,
            ended_at: it.ended_at,
            over_reason: it.over_reason,
            records: row.room_records,
            recordings: row.recordings,
            unrecorded: it.unrecorded,
            gap,
            overrun: matches!(state, SessionState::Running | SessionState::Resting) && now > it.planned_until,
            simulated: it.simulated,
        })
    }
}
