//! A new request, from either door.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use http_api::Answer;
use kernel::{
    id::{PersonId, SubjectId, uuid_at},
    personal::{PersonName, Telephone},
    problem::Problem,
};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    Channel, Kind, RequestState, due,
    store::{self, RequestRow, StepRow},
};
use crate::Privacy;

/// What is asked for.
pub(super) struct New {
    pub kind: Kind,
    pub channel: Channel,
    /// How the person was known to be the one.
    pub identified: String,
    pub leads: Vec<Uuid>,
    /// As they should read.
    pub wanted: (Option<PersonName>, Option<Telephone>),
    pub note: String,
    pub by: Option<PersonId>,
}

fn filled(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// How name and telephone should read.
///
/// # Errors
/// A faulty name or telephone; `correction-empty` when a correction names neither; both only of a correction.
pub(super) fn wanted(kind: Kind, name: Option<&str>, telephone: Option<&str>) -> Result<(Option<PersonName>, Option<Telephone>), Problem> {
    if kind != Kind::Correct {
        return Ok((None, None));
    }
    let said = |field: &'static str| {
        move |problem: Problem| {
            let detail = problem.detail.clone();
            problem.field(field, detail)
        }
    };
    let name = filled(name).map(PersonName::parse).transpose().map_err(said("name"))?;
    let telephone = filled(telephone).map(Telephone::parse).transpose().map_err(said("new_telephone"))?;
    if name.is_none() && telephone.is_none() {
        let detail = "请填写更正后的姓名或电话";
        return Err(Problem::invalid("correction-empty", detail).field("name", detail));
    }
    Ok((name, telephone))
}

/// Writes it down as open, with its first line.
///
/// # Errors
/// `privacy-request-waiting`, the database's.
pub(super) async fn write(room: &Privacy, connection: &mut PgConnection, new: New, now: DateTime<Utc>) -> Answer<RequestRow> {
    let region = room.home_region().to_owned();
    let mut order = new.leads.clone();
    order.sort_unstable();
    for lead in &order {
        // What drops or holds this lead's data is done before, or sees that somebody asked.
        docket::lock(connection, &KeyOf { region: region.clone(), id: (*lead).into() }, None).await?;
        if store::waits(connection, &region, *lead, new.kind).await? {
            let detail = "同一件上报已有同样的请求在办理，请等待结果";
            return Err(Problem::conflict("privacy-request-waiting", detail).into());
        }
    }
    let values: Vec<(&str, &str)> =
        [new.wanted.0.as_ref().map(|name| ("name", name.expose())), new.wanted.1.as_ref().map(|it| ("telephone", it.expose()))]
            .into_iter()
            .flatten()
            .collect();
    let wanted = (!values.is_empty()).then(|| SubjectId::new(now));
    if let Some(subject) = wanted {
        room.vault().keep(connection, &region, subject, &values).await?;
    }
    let row = RequestRow {
        region,
        id: uuid_at(now),
        number: room.numbers().next(room.home_region(), "privacy", now).await?,
        kind: new.kind.code().to_owned(),
        channel: new.channel.code().to_owned(),
        identified: new.identified,
        leads: new.leads,
        wanted: wanted.map(SubjectId::uuid),
        note: new.note,
        state: RequestState::Open.code().to_owned(),
        received_at: now,
        due_at: due(now),
        entered_by: new.by.map(PersonId::uuid),
        decided_at: None,
        decided_by: None,
        ground: None,
        reason: None,
        version: 1,
    };
    store::insert(connection, &row).await?;
    let step = StepRow { at: now, actor: row.entered_by, action: "received".to_owned(), note: row.note.clone() };
    store::step(connection, &row.region, row.id, &step).await?;
    Ok(row)
}
