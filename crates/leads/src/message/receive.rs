//! Take a message in (接收报文).

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use docket::{Actor, KeyOf};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::{mapping, store};
use crate::{
    Leads, Received, Report, Taken,
    act::perform::{self, Command},
    import::row::Origin,
    lead::{self, Action},
    rights,
    source::SourceSetting,
};

/// The detail that holds the source's own number where the lead's key holds more.
pub(crate) const OWN_NUMBER: &str = "own_number";

/// What the other system keeps.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MessageReceipt {
    /// The lead's number.
    number: String,
    /// The code to follow it by without an account.
    tracking_code: String,
    /// The source sent this number before.
    already_present: bool,
    /// Its words were new and were added to the lead.
    supplemented: bool,
}

/// What the other system keeps of a message that was taken in while the database was out of reach.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MessageWaiting {
    /// The code that its lead will be followed by.
    tracking_code: String,
    /// What that means, in Chinese.
    detail: String,
}

/// Takes a message of another system in, in that system's own form. Answered when it is durable; sent again, it is the same lead.
///
/// # Errors
/// `source-invalid`, `source-not-yours`, `source-not-mapped`, `message-invalid` with the field at fault, `intake-full`, `database-unavailable`: send again.
#[utoipa::path(post, path = "/api/v1/sources/{code}/messages", tag = "sources", operation_id = "receive_message",
    params(("code" = String, Path, description = "The source's code")), request_body(content = Object, description = "The source's own form"),
    responses((status = 201, body = MessageReceipt, description = "A new lead"),
    (status = 202, body = MessageWaiting, description = "Kept on the disk; it becomes a lead when the database is back"), (status = 200, body = MessageReceipt, description = "The lead that this number made before")))]
pub(crate) async fn receive(
    State(leads): State<Leads>,
    allowed: Allowed<rights::SendMessages>,
    Path(code): Path<String>,
    Json(message): Json<Value>,
) -> Answer<Response> {
    crate::settings::require_ground(&allowed.scope(), leads.home_region())?;
    let settings = leads.settings().await?;
    let setting = settings.outside_source(&code)?;
    setting.require_sender(allowed.caller.person)?;
    let report = read(&leads, setting, &message)?;
    let received = match leads.take_in(report.clone()).await? {
        Taken::Kept(received) => received,
        Taken::Waiting { tracking_code } => {
            let detail = "已收下并保存，数据库恢复后登记；同一编号再次报送不会重复".to_owned();
            return Ok((StatusCode::ACCEPTED, Json(MessageWaiting { tracking_code, detail })).into_response());
        }
    };
    let (received, supplemented) = if received.already_present { again(&leads, report, received).await? } else { (received, false) };
    let status = if received.already_present { StatusCode::OK } else { StatusCode::CREATED };
    let receipt = MessageReceipt {
        number: received.number,
        tracking_code: received.tracking_code,
        already_present: received.already_present,
        supplemented,
    };
    Ok((status, Json(receipt)).into_response())
}

/// The report that a message is.
///
/// # Errors
/// `source-not-mapped`, `mapping-invalid`, `message-invalid`.
pub(super) fn read(leads: &Leads, setting: &SourceSetting, message: &Value) -> Result<Report, Problem> {
    if setting.mapping.is_empty() {
        return Err(Problem::conflict("source-not-mapped", "这个来源还没有设置字段对应，请管理员先在来源设置中补上"));
    }
    mapping::require_key(&setting.mapping, message)?;
    let (places, cells) = mapping::cells(&setting.mapping, message)?;
    let origin = Origin { leads, import: None, source: setting.source.clone(), places: &places, now: leads.clock().now() };
    origin.report(0, &cells).map_err(|fault| Problem::invalid("message-invalid", fault))
}

/// As [`again`] for a report that waited in the spool; of a source whose reports are no messages nothing is added.
pub(crate) async fn sent_again(leads: &Leads, report: Report, received: Received) -> Answer<()> {
    let outside = leads.settings().await?.source(&report.source).is_some_and(|setting| setting.kind.is_outside());
    if outside {
        again(leads, report, received).await?;
    }
    Ok(())
}

/// A number that was sent before: the same words change nothing; other words are added to the lead, or follow it when it is over.
async fn again(leads: &Leads, report: Report, received: Received) -> Answer<(Received, bool)> {
    let digest = Sha256::digest(report.description.trim().as_bytes());
    let pool = leads.database().pool();
    let (own, region) = (received.key.id.uuid(), &received.key.region);
    // What belongs to a merged lead goes on in the other one.
    let goes_on = lead::store::goes_on_in(&mut *pool.acquire().await?, region, own).await?;
    let key = KeyOf { region: region.clone(), id: goes_on.into() };
    let (same, open) = store::standing(pool, &received.key, &key, &digest).await?;
    if same || store::is_noted(pool, &key.region, key.id.uuid(), &digest).await? {
        return Ok((received, false));
    }
    if open && supplement(leads, &key, &digest, &report.description).await? {
        return Ok((received, true));
    }
    Ok((leads.receive(following(report, &received, &digest)).await?, false))
}

/// The lead that new words make when the one they belong to is over.
fn following(mut report: Report, before: &Received, digest: &[u8]) -> Report {
    // The words are part of the key: sent once more, they are the same lead again. The source's own number stands beside it, for the answer.
    let own = std::mem::take(&mut report.source_key);
    report.source_key = format!("{own}#{}", hex::encode(&digest[..16]));
    if let Value::Object(details) = &mut report.details {
        details.insert("follows".to_owned(), json!(before.number));
        details.insert(OWN_NUMBER.to_owned(), json!(own));
    }
    report
}

/// Adds the words to the lead; false when it was closed meanwhile.
async fn supplement(leads: &Leads, key: &KeyOf, digest: &[u8], words: &str) -> Answer<bool> {
    let mut transaction = leads.database().pool().begin().await?;
    if !store::note(&mut transaction, key, digest, leads.clock().now()).await? {
        return Ok(true);
    }
    let command = Command::new(Action::Comment, json!({ "text": words, "from": "source" }));
    match perform::by_system(leads, &mut transaction, key, Actor::System("source"), command).await {
        Ok(_) => transaction.commit().await?,
        Err(error) if error.problem().code == "action-refused" => return Ok(false),
        Err(error) => return Err(error),
    }
    Ok(true)
}
