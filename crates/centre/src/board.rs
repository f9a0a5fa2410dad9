//! `GET /api/v1/centre/board`: the centre today, on one page (办案中心看板).

use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Centre,
    archive::{
        loans,
        view::{CentreLoan, all},
    },
    device::{
        self, DeviceState,
        list::{CentreDevice, devices},
    },
    recording::list::gaps,
    rights,
    room::{self, list::CentreRoom},
    session::{
        self, SessionState,
        list::{begins, sessions},
        view::CentreSession,
    },
};

/// Rows of each part at most.
const MOST: i64 = 200;

/// A room with what goes on in it (房间状态).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CentreBoardRoom {
    room: CentreRoom,
    /// The session that goes on, or whose people have come.
    now: Option<uuid::Uuid>,
    /// The next one today.
    next: Option<uuid::Uuid>,
}

/// The centre today (看板).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CentreBoard {
    at: DateTime<Utc>,
    rooms: Vec<CentreBoardRoom>,
    /// Today's sessions, the earliest first.
    sessions: Vec<CentreSession>,
    /// Who has come and waits: how many.
    waiting: usize,
    /// Sessions that go on.
    running: usize,
    /// Sessions that ended without a recording.
    gaps: Vec<CentreSession>,
    /// Files that are overdue.
    overdue: Vec<CentreLoan>,
    /// Loans that wait for an answer.
    asked: Vec<CentreLoan>,
    /// Equipment that is broken, or was to be looked after by now.
    devices: Vec<CentreDevice>,
    /// Equipment that is issued.
    issued: usize,
}

/// Shows the centre today.
///
/// # Errors
/// The database's.
#[utoipa::path(get, path = "/api/v1/centre/board", tag = "centre", operation_id = "read_centre_board",
    responses((status = 200, body = CentreBoard, description = "The centre today")))]
pub(crate) async fn board(State(centre): State<Centre>, allowed: Allowed<rights::SeeCentre>) -> Answer<Json<CentreBoard>> {
    let (scope, now, today, me) = (allowed.scope(), centre.now(), centre.today(), allowed.caller.person.uuid());
    let mut connection = centre.database().pool().acquire().await?;
    let rooms = room::store::list(&mut connection, &scope, centre.home_region(), MOST).await?;
    drop(connection);
    let wanted = session::store::Wanted {
        from: Some(begins(today)),
        until: Some(begins(today + TimeDelta::days(1))),
        most: MOST,
        ..session::store::Wanted::default()
    };
    let of_today = sessions(&centre, &scope, &wanted).await?;
    let overdue = loans::Wanted { overdue: Some(today), most: MOST, ..loans::Wanted::default() };
    let asked = loans::Wanted { states: vec!["asked".to_owned()], most: MOST, ..loans::Wanted::default() };
    let all_devices = devices(&centre, &scope, &device::store::Wanted { most: 2_000, ..device::store::Wanted::default() }).await?;
    let counted = |states: &[SessionState]| of_today.iter().filter(|it| states.contains(&it.state)).count();
    let busy = [SessionState::Arrived, SessionState::Running, SessionState::Resting];
    let rooms = rooms.into_iter().filter(|room| !room.closed).filter_map(|row| {
        let of = || of_today.iter().filter(|it| it.room == row.id);
        let (goes_on, next) = (of().find(|it| busy.contains(&it.state)), of().find(|it| it.state == SessionState::Booked));
        let (goes_on, next) = (goes_on.map(|it| it.id), next.map(|it| it.id));
        Some(CentreBoardRoom { room: CentreRoom::of(row)?, now: goes_on, next })
    });
    Ok(Json(CentreBoard {
        at: now,
        rooms: rooms.collect(),
        waiting: counted(&[SessionState::Arrived]),
        running: counted(&[SessionState::Running, SessionState::Resting]),
        gaps: gaps(&centre, &scope).await?,
        overdue: all(&centre, &scope, &overdue, me).await?,
        asked: all(&centre, &scope, &asked, me).await?,
        issued: all_devices.iter().filter(|it| it.state == DeviceState::Out).count(),
        devices: all_devices
            .into_iter()
            .filter(|it| it.state == DeviceState::Fault || it.light == Some(kernel::light::Light::Red))
            .collect(),
        sessions: of_today,
    }))
}
