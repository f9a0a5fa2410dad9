//! Recordings (录音录像): which stretch of time each shows, of which session or by whose device, and where its file is. The files themselves
//! are evidence.

pub(crate) mod dock;
pub(crate) mod link;
pub(crate) mod list;
pub(crate) mod settle;
pub(crate) mod store;
pub(crate) mod view;

use http_api::Answer;
use kernel::problem::Problem;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{Centre, CentreItem};

/// The problem of a recording that is not there for the caller.
pub(crate) fn no_recording() -> Problem {
    Problem::not_found("recording-not-found", "没有这份录音录像，或者不在您的查看范围内")
}

/// An item of evidence of this case that is sound or moving pictures.
pub(crate) async fn item_of(centre: &Centre, connection: &mut PgConnection, item: Uuid, case: Uuid) -> Answer<CentreItem> {
    let found = centre.evidence().item(connection, item).await?.filter(|it| it.docket == case && !it.excluded);
    let found = found.ok_or_else(|| {
        let why = "没有这份证据，或者不是本案的";
        Problem::invalid("recording-item", why).field("item", "请从本案证据中选择录音录像")
    })?;
    if !found.media_type.starts_with("audio/") && !found.media_type.starts_with("video/") {
        let why = "这份证据不是录音录像";
        return Err(Problem::invalid("recording-item", why).field("item", "请选择录音录像").into());
    }
    Ok(found)
}

/// The problem of evidence that shows another stretch already.
pub(crate) fn used() -> Problem {
    Problem::conflict("recording-used", "这份证据已经编入另一条录音录像").cured_by("换一份证据，或者核对已经编入的", None)
}
