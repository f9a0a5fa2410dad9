//! A person asks with the tracking code of his report (本人凭查询码提出请求).

use axum::{extract::State, http::StatusCode};
use docket::KeyOf;
use http_api::{Answer, ClientAddress, Json, Path};
use kernel::{personal::Telephone, problem::Problem};
use leads::ContactMatch;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Channel, Kind,
    follow::{self, OwnRequest},
    fulfil::{self, Decision},
    new::{self, New},
    store,
};
use crate::{
    Privacy,
    words::{NOTE, bounded, unnumbered},
};

/// What is asked for, and what only the reporter knows.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnRequestWords {
    /// `correct` or `erase`; a copy is given at once under `/personal-data`.
    kind: Kind,
    /// The telephone that was left with the report.
    telephone: String,
    /// The name as it should read.
    name: Option<String>,
    /// The telephone as it should read.
    new_telephone: Option<String>,
    /// What else there is to say.
    #[serde(default)]
    note: String,
}

/// The lead of a code; the same answer for every code that names none.
pub(super) async fn named(room: &Privacy, code: &str) -> Answer<(KeyOf, String)> {
    let unknown = || Problem::not_found("report-not-found", "没有找到这个查询码对应的上报，请核对后再试");
    Ok(room.leads().by_tracking(code).await?.ok_or_else(unknown)?)
}

/// One answer for a wrong telephone, none at all and one that is gone already: the code alone finds out nothing about its owner.
pub(super) fn no_match() -> Problem {
    let detail = "这件上报没有留下这个电话，或者已经删除";
    Problem::conflict("contact-not-matched", detail).field("telephone", detail)
}

/// Takes a request. Erasing is done at once: consent can be taken back at any time (art. 15 and 47). A correction is checked by staff
/// first (art. 46).
///
/// # Errors
/// `report-not-found`, `contact-not-matched`, `privacy-request-waiting`, a faulty name or telephone, `correction-empty`,
/// `copy-elsewhere`, `too-many-requests`.
#[utoipa::path(post, path = "/api/v1/public/reports/{tracking_code}/privacy-requests", tag = "public", operation_id = "ask_about_myself",
    params(("tracking_code" = String, Path, description = "The code")), request_body = OwnRequestWords,
    responses((status = 201, body = OwnRequest, description = "Taken, and done where nothing has to be checked")))]
pub(crate) async fn ask(
    State(room): State<Privacy>,
    ClientAddress(address): ClientAddress,
    Path(code): Path<String>,
    Json(words): Json<OwnRequestWords>,
) -> Answer<(StatusCode, Json<OwnRequest>)> {
    room.rate().check(address)?;
    let (key, number) = named(&room, &code).await?;
    room.rate_of_report().check(number)?;
    if words.kind == Kind::Copy {
        return Err(Problem::invalid("copy-elsewhere", "查阅、复制可以直接下载，不用提出请求").field("kind", "请直接下载").into());
    }
    let telephone = Telephone::parse(&words.telephone).map_err(|_| no_match())?;
    let wanted = new::wanted(words.kind, words.name.as_deref(), words.new_telephone.as_deref())?;
    let note = unnumbered(&bounded("note", "说明", &words.note, NOTE)?);
    let now = room.clock().now();
    let mut transaction = room.database().pool().begin().await?;
    if room.leads().matches_contact(&mut transaction, &key, Some(&telephone)).await? != ContactMatch::Same {
        return Err(no_match().into());
    }
    let new = New {
        kind: words.kind,
        channel: Channel::Code,
        identified: "查询码和上报时留下的电话".to_owned(),
        leads: vec![key.id.uuid()],
        wanted,
        note,
        by: None,
    };
    let row = new::write(&room, &mut transaction, new, now).await?;
    let (id, mut erased) = (row.id, Vec::new());
    if words.kind == Kind::Erase {
        erased = fulfil::decide(&room, &mut transaction, row, (None, None), Decision::Granted(None), now).await?;
    }
    let row = store::read(&mut *transaction, &key.region, id).await?.ok_or_else(super::not_found)?;
    transaction.commit().await?;
    room.leads().outlast_backups(&key.region, &erased, now).await;
    Ok((StatusCode::CREATED, Json(follow::show(&row))))
}
