//! Write a phrase (起草用语): a draft for the organ, or one's own.

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    PhraseState, PhraseText,
    list::Phrase,
    store::{self, PhraseRow},
};
use crate::{Documents, rights};

/// Phrases of one organ that are not withdrawn.
const OF_ORGAN: i64 = 2_000;
/// Phrases of one person that are not withdrawn.
const OF_PERSON: i64 = 200;

/// A new phrase.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPhrase {
    phrase: PhraseText,
    /// For the writer alone.
    #[serde(default)]
    own: bool,
}

/// Keeps a new phrase: for the organ as a draft that another publishes, one's own at once.
///
/// # Errors
/// `phrase-invalid`, `phrases-too-many`, `organ-not-set`.
#[utoipa::path(post, path = "/api/v1/phrases", tag = "documents", operation_id = "write_phrase", request_body = NewPhrase,
    responses((status = 201, body = Phrase, description = "The phrase")))]
pub(crate) async fn write(
    State(room): State<Documents>,
    allowed: Allowed<rights::WriteDocuments>,
    Json(new): Json<NewPhrase>,
) -> Answer<(StatusCode, Json<Phrase>)> {
    let it = new.phrase.checked()?;
    let (now, writer) = (room.clock().now(), allowed.caller.person.uuid());
    let mut transaction = room.database().pool().begin().await?;
    let organ = if new.own { None } else { room.organ_of_caller(&mut transaction, &allowed.caller).await? };
    if !new.own && organ.is_none() {
        let why = "还没有设置您所在单位的机关信息，只能存为本人的用语；由管理员在“规则设置 › 机关信息”中设置";
        return Err(Problem::conflict("organ-not-set", why).into());
    }
    let person = new.own.then_some(writer);
    let most = if new.own { OF_PERSON } else { OF_ORGAN };
    if store::count(&mut transaction, room.home_region(), organ, person).await? >= most {
        return Err(Problem::conflict("phrases-too-many", format!("最多 {most} 条用语，请先停用不再使用的")).into());
    }
    let state = if new.own { PhraseState::Published } else { PhraseState::Draft };
    let row = PhraseRow {
        id: uuid_at(now),
        region: room.home_region().to_owned(),
        organisation: organ,
        person,
        kind: it.kind,
        field: it.field,
        title: it.title,
        text: it.text,
        state: state.code().to_owned(),
        used: 0,
        written_by: writer,
        changed_at: now,
        published_by: None,
        published_at: None,
        version: 1,
    };
    store::insert(&mut transaction, &row).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(room.phrases(&allowed.caller, vec![row]).await?.remove(0))))
}
