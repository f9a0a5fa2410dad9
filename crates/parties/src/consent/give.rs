//! Sign the consent (签电子送达确认书).

use axum::{extract::State, http::StatusCode};
use files::FileId;
use http_api::{Answer, Json};
use kernel::{id::SubjectId, problem::Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use super::WORDS;
use crate::{Parties, entry::Inside, page, text};

/// What is signed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAgreement {
    /// The name, typed; of an organisation the name of whoever signs for it.
    name: String,
    /// The drawn signature: a PNG that was sent from this page.
    signature: String,
    /// The words that were shown, so that nobody agrees to others.
    words: String,
}

/// The longest name.
const LONGEST_NAME: usize = 100;

/// Signs the consent to electronic service.
///
/// # Errors
/// `party-session-missing`; `words-changed`, `name-not-matched`, `signature-missing`, `already-agreed`, `case-over`.
#[utoipa::path(post, path = "/api/v1/public/my-case/agreement", tag = "public", operation_id = "agree_to_electronic_service",
    request_body = NewAgreement, responses((status = 204, description = "Signed")))]
pub(crate) async fn give(State(room): State<Parties>, inside: Inside, Json(new): Json<NewAgreement>) -> Answer<StatusCode> {
    room.sends().check(inside.code)?;
    let (parts, key) = (room.parts(), &inside.key);
    let name = text::required("name", "姓名", Some(&new.name), LONGEST_NAME)?;
    if new.words != WORDS {
        return Err(Problem::conflict("words-changed", "确认书的内容刚有更新，请重新打开页面，看过以后再签").into());
    }
    let drawn = || Problem::invalid("signature-missing", "请手写签名").field("signature", "请手写签名");
    let file = FileId::parse(&new.signature).map_err(|_| drawn())?;
    let mut transaction = parts.database.pool().begin().await?;
    if page::store::own(&mut transaction, key, inside.party, &[file.to_string()]).await? != 1 {
        return Err(drawn().into());
    }
    if parts.files.meta(&file).await?.media_type != "image/png" {
        return Err(drawn().into());
    }
    let party = parts.cases.parties_of(&mut transaction, key.id.uuid()).await?.into_iter().find(|it| it.ordinal == inside.party);
    let party = party.ok_or_else(|| Problem::not_found("party-not-found", "本案没有这个当事人"))?;
    let fields = parts.vault.read(&mut transaction, &key.region, party.subject.into()).await??;
    let kept = fields.iter().find(|(field, _)| field == "name").map(|(_, name)| name.as_str()).unwrap_or_default();
    if !party.is_unit && plain(kept) != plain(&name) {
        let why = "姓名与案件登记的不一致，请写您的全名；登记有错的，请联系承办人更正";
        return Err(Problem::conflict("name-not-matched", why).field("name", why).into());
    }
    let subject = SubjectId::new(parts.clock.now());
    parts.vault.keep(&mut transaction, &key.region, subject, &[("signed", &name)]).await?;
    parts.cases.agree(&mut transaction, key, inside.party, file.as_str(), subject.uuid(), WORDS).await?;
    room.tell_officers(&mut transaction, key, "当事人已签电子送达确认书").await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).collect()
}
