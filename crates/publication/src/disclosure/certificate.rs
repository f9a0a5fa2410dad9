//! Showing one's certificate (亮证): the officer makes a code, whoever he speaks with reads who he is (行政处罚法第五十五条第一款).

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use http_api::{Answer, ClientAddress, Json, Path};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::store;
use crate::{Publications, rights};

/// A code is good for so many minutes. Provisional: the house's own.
const MINUTES: i64 = 10;
/// What codes are written with: nothing that is mistaken for another.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// A code that shows a certificate (亮证码).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CertificateCode {
    code: String,
    until: DateTime<Utc>,
}

/// Who shows it (执法人员).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ShownCertificate {
    name: String,
    organisation: String,
    number: String,
    valid_until: Option<NaiveDate>,
    /// Whether it is valid today.
    valid: bool,
    /// Until when this page may be read.
    until: DateTime<Utc>,
    /// What the reader may ask for.
    words: &'static str,
    simulated: bool,
}

/// Sixteen letters out of two identifiers that begin with the time and end at random: eighty bits, none of them from the time.
fn code(now: DateTime<Utc>) -> String {
    let (one, other) = (uuid_at(now), uuid_at(now));
    let bytes = one.as_bytes()[8..].iter().chain(&other.as_bytes()[8..]);
    bytes.map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
}

/// Makes a code for the caller's own certificate.
///
/// # Errors
/// `certificate-invalid` without one that is valid today.
#[utoipa::path(post, path = "/api/v1/certificate-codes", tag = "publication", operation_id = "show_certificate",
    responses((status = 201, body = CertificateCode, description = "The code")))]
pub(crate) async fn make(
    State(room): State<Publications>,
    allowed: Allowed<rights::WorkPublications>,
) -> Answer<(StatusCode, Json<CertificateCode>)> {
    let (me, now) = (allowed.caller.person.uuid(), room.clock().now());
    let mut transaction = room.database().pool().begin().await?;
    let certificates = room.identity().certificates_of(&mut transaction, &[me]).await?;
    if !certificates.get(&me).is_some_and(|it| it.is_valid_on(room.today())) {
        let why = "没有登记有效的行政执法证，不能亮证";
        return Err(Problem::conflict("certificate-invalid", why).citing("行政处罚法第四十二条第一款").into());
    }
    let (code, until) = (code(now), now + TimeDelta::minutes(MINUTES));
    store::show(&mut transaction, (room.home_region(), &code), me, now, until).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(CertificateCode { code, until })))
}

/// Reads who shows a certificate.
///
/// # Errors
/// `certificate-code-unknown`, `too-many-requests`.
#[utoipa::path(get, path = "/api/v1/public/certificates/{code}", tag = "public", operation_id = "read_shown_certificate",
    params(("code" = String, Path, description = "The code")), responses((status = 200, body = ShownCertificate, description = "Who it is")))]
pub(crate) async fn read(
    State(room): State<Publications>,
    ClientAddress(address): ClientAddress,
    Path(code): Path<String>,
) -> Answer<Json<ShownCertificate>> {
    room.reads().check(address)?;
    let gone = || Problem::not_found("certificate-code-unknown", "这个亮证码不对，或者已经过期，请让执法人员重新出示");
    let code = code.trim().to_ascii_uppercase();
    if code.len() != 16 || !code.bytes().all(|byte| LETTERS.contains(&byte)) {
        return Err(gone().into());
    }
    let mut connection = room.database().pool().acquire().await?;
    let (person, until) = store::shown_by(&mut connection, room.home_region(), &code, room.clock().now()).await?.ok_or_else(gone)?;
    let certificate = room.identity().certificates_of(&mut connection, &[person]).await?.remove(&person).ok_or_else(gone)?;
    drop(connection);
    let officer = room.live().officer(person).await?.ok_or_else(gone)?;
    Ok(Json(ShownCertificate {
        name: officer.name,
        organisation: officer.organisation,
        valid: certificate.is_valid_on(room.today()),
        number: certificate.number.ok_or_else(gone)?,
        valid_until: certificate.valid_until,
        until,
        words: "执法人员应当主动出示执法证件；不出示的，您有权拒绝接受调查或者检查（行政处罚法第五十五条第一款）。",
        simulated: room.live().is_simulated(),
    }))
}
