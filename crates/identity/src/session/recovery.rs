//! Recovery codes (恢复码): each stands in for a lost authenticator once. Shown when they are made, kept as hashes.

use axum::extract::State;
use http_api::{Answer, Json};
use kernel::{id::uuid_at, problem::Problem};
use rand::Rng;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{TokenHash, change_password::verify_own, store};
use crate::{audit, caller::Caller, error::Result, password::Password, service::Identity};

/// Codes at a time.
const CODES: usize = 10;
/// Letters that are told apart by eye: sixteen of them hold 80 bits.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
/// Letters in a code.
const LONG: usize = 16;

/// The codes, to be written down; the only time they are shown.
#[derive(Serialize, ToSchema)]
pub struct RecoveryCodes {
    /// Each is typed once in the place of the one-time code.
    recovery_codes: Vec<String>,
}

/// The password that allows new codes.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Renewal {
    password: Password,
}

/// Makes a person's codes anew; the old ones are worth nothing from then on.
pub(super) async fn make(connection: &mut PgConnection, person: Uuid) -> Result<RecoveryCodes> {
    let mut recovery_codes = Vec::with_capacity(CODES);
    let mut hashes = Vec::with_capacity(CODES);
    for _ in 0..CODES {
        let mut bytes = [0u8; LONG];
        rand::rng().fill_bytes(&mut bytes);
        let code: String = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
        hashes.push(TokenHash::of(&code).bytes().to_vec());
        recovery_codes.push([&code[..4], &code[4..8], &code[8..12], &code[12..]].join("-"));
    }
    store::replace_recovery(connection, person, &hashes).await?;
    Ok(RecoveryCodes { recovery_codes })
}

/// A typed text as a recovery code, if it looks like one: without what people put between the letters.
fn normal(typed: &str) -> Option<String> {
    let letters = typed.chars().filter(|letter| !letter.is_whitespace() && *letter != '-');
    let code: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    (code.len() == LONG && code.bytes().all(|byte| LETTERS.contains(&byte))).then_some(code)
}

/// Whether the text is one of the person's codes. Uses it up, and writes down that it was.
pub(super) async fn accept(identity: &Identity, person: Uuid, typed: &str) -> Result<bool> {
    let Some(code) = normal(typed) else { return Ok(false) };
    let now = identity.now();
    let mut transaction = identity.pool().begin().await?;
    if !store::use_recovery(&mut transaction, person, &TokenHash::of(&code)).await? {
        return Ok(false);
    }
    let payload = json!({ "left": store::recovery_left(&mut transaction, person).await? });
    audit::store::record(&mut transaction, uuid_at(now), now, Some(person), "recovery-code-used", &person.to_string(), &payload).await?;
    transaction.commit().await?;
    Ok(true)
}

/// 重新生成恢复码，需再次输入口令；原有的恢复码随即作废。
#[utoipa::path(post, path = "/api/v1/session/totp/recovery-codes", tag = "session", request_body = Renewal,
    responses((status = 200, body = RecoveryCodes), (status = 409, description = "totp-not-enabled"),
        (status = 422, description = "password-wrong")))]
pub(crate) async fn renew(State(identity): State<Identity>, caller: Caller, Json(renewal): Json<Renewal>) -> Answer<Json<RecoveryCodes>> {
    verify_own(&identity, &caller, renewal.password, "password").await?;
    let (now, person) = (identity.now(), caller.person.uuid());
    if !matches!(store::totp(identity.pool(), person).await?, Some((_, true))) {
        return Err(Problem::conflict("totp-not-enabled", "还没有启用动态口令，不需要恢复码。").into());
    }
    let mut transaction = identity.pool().begin().await?;
    let codes = make(&mut transaction, person).await?;
    audit::store::record(&mut transaction, uuid_at(now), now, Some(person), "recovery-codes-made", &person.to_string(), &json!({})).await?;
    transaction.commit().await?;
    Ok(Json(codes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed_and_a_one_time_code_is_none() {
        assert_eq!(normal(" ABCD efgh-jkmn-2345 ").as_deref(), Some("abcdefghjkmn2345"));
        assert_eq!(normal("123456"), None);
        assert_eq!(normal("abcd-efgh-jkmn-234l"), None);
        assert_eq!(LETTERS.iter().collect::<std::collections::HashSet<_>>().len(), 32);
    }
}
