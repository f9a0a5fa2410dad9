//! Give out a signed receipt of a report, and the key it is checked with (下载回执).

use axum::{
    extract::State as Shared,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use http_api::{Answer, ClientAddress, Json, Path};
use kernel::{personal::redact, problem::Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::follow::unknown;
use crate::{
    Leads,
    act::state_of,
    lead,
    receipt::{Receipt, ReceiptBody, ReceiptHead, ReceiptPhoto},
    reply_check::{self, ReplyCheckState},
    tracking,
};

/// The public key of receipts (回执公钥).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReceiptKey {
    /// The form of the receipts that it signs.
    form: String,
    /// `ed25519`.
    algorithm: &'static str,
    /// 64 hexadecimal digits.
    public_key: String,
    /// The district that signs with it, 6 digits.
    issuer: String,
}

fn no_key() -> Problem {
    Problem::unavailable("receipt-unavailable", "暂时不能签发回执，请稍后再试")
}

/// The public key that receipts are checked with. The address stays as it is.
///
/// # Errors
/// `receipt-unavailable`.
#[utoipa::path(get, path = "/api/v1/public/receipt-key", tag = "public",
    responses((status = 200, body = ReceiptKey, description = "The key")))]
pub(crate) async fn key(Shared(leads): Shared<Leads>) -> Answer<Json<ReceiptKey>> {
    let key = leads.receipt_key().ok_or_else(no_key)?;
    let issuer = leads.home_region().to_owned();
    Ok(Json(ReceiptKey { form: ReceiptBody::form(), algorithm: "ed25519", public_key: key.public(), issuer }))
}

/// A signed receipt of a report as it stands now; of its closing when it is over.
///
/// # Errors
/// `report-not-found`, `receipt-unavailable`, `too-many-requests`.
#[utoipa::path(get, path = "/api/v1/public/reports/{tracking_code}/receipt", tag = "public",
    params(("tracking_code" = String, Path, description = "The code")),
    responses((status = 200, body = Receipt, description = "The receipt, as a file to keep")))]
pub(crate) async fn receipt(
    Shared(leads): Shared<Leads>,
    ClientAddress(address): ClientAddress,
    Path(code): Path<String>,
) -> Answer<Response> {
    leads.follow_rate().check(address)?;
    let key = leads.receipt_key().ok_or_else(no_key)?;
    let pool = leads.database().pool();
    let code = tracking::normalised(&code).ok_or_else(unknown)?;
    let (region, id) = lead::store::by_tracking_code(pool, &code).await?.ok_or_else(unknown)?;
    let own = lead::store::header(pool, id).await?.ok_or_else(unknown)?;
    let mut connection = pool.acquire().await?;
    let record = lead::store::record(&mut connection, &region, id).await?.ok_or_else(unknown)?;
    // A merged report is receipted where it goes on, with the reporter's own photos and nobody else's.
    let goes_on = lead::store::goes_on_in(&mut connection, &region, id).await?;
    let header = if goes_on == id { own.clone() } else { lead::store::header(&mut *connection, goes_on).await?.ok_or_else(unknown)? };
    let shown = lead::store::record(&mut connection, &header.region, goes_on).await?.ok_or_else(unknown)?;
    let mut photos = lead::store::photos(&mut connection, &region, id).await?;
    if goes_on != id {
        photos.retain(|photo| photo.role == "report");
        let handling = lead::store::photos(&mut connection, &header.region, goes_on).await?;
        photos.extend(handling.into_iter().filter(|photo| photo.role != "report"));
    }
    photos.retain(|photo| matches!(photo.role.as_str(), "report" | "before" | "after"));
    let reports = lead::store::reports_of(&mut connection, &header.region, goes_on).await?;
    // A reply that is held back is signed for nobody.
    let checked = reply_check::store::state_of(&mut connection, &header.region, goes_on).await?;
    let reply_held = checked.as_deref() == Some(ReplyCheckState::Held.code());
    drop(connection);
    let state = state_of(&header)?;
    let over = !state.is_open();
    let place = record.grid.as_deref().map(|grid| {
        let part = |code: Option<&str>| code.and_then(|code| leads.region_name(code)).unwrap_or_default();
        format!("{}{}", part(grid.get(..9)), part(Some(grid)))
    });
    let body = ReceiptBody {
        form: ReceiptBody::form(),
        kind: if over { "closing" } else { "report" }.to_owned(),
        issuer: leads.home_region().to_owned(),
        merged_into: (goes_on != id).then(|| header.number.clone()),
        reported_at: own.opened_at,
        ended_at: header.closed_at.filter(|_| over),
        issued_at: leads.clock().now(),
        state: state.code().to_owned(),
        state_label: state.label().to_owned(),
        class_name: shown.class_code.as_deref().and_then(|code| leads.class_name(code)),
        class_code: shown.class_code,
        grid_code: record.grid,
        grid_name: place,
        photos: photos
            .into_iter()
            .filter(|photo| photo.withheld_at.is_none())
            .map(|photo| ReceiptPhoto { role: photo.role, digest: format!("sha256:{}", photo.file) })
            .collect(),
        answer: shown.reply.filter(|_| over && !reply_held).map(|reply| redact(&reply).into_owned()),
        reports,
        ledger: ReceiptHead { seq: own.head_seq, hash: own.head_hash },
        simulated: own.simulated,
        number: own.number,
    };
    let name = format!(
        "attachment; filename=\"bihuan-receipt-{}.json\"",
        body.number.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-")
    );
    let mut response = Json(body.signed(key)?).into_response();
    if let Ok(name) = HeaderValue::from_str(&name) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
