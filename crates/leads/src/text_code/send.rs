//! Send a code to a telephone (获取短信验证码).

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, ClientAddress, Json};
use kernel::{id::uuid_at, personal::Telephone, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{TextCodeMode, confirm::digest, rules, store};
use crate::Leads;

/// Where the code goes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedCode {
    /// A mobile number.
    telephone: String,
}

/// A code is on its way.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SentCode {
    /// What the report names beside the code.
    id: Uuid,
    /// So many seconds it holds.
    holds_seconds: i64,
    /// After so many seconds another one may be asked for.
    again_after_seconds: i64,
    /// In the demo no message leaves: this is the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    simulated_code: Option<String>,
}

fn refused(detail: &'static str) -> Problem {
    Problem::invalid("telephone-not-mobile", detail).field("telephone", detail)
}

/// Sends a code of six digits by text message.
///
/// # Errors
/// `text-codes-off`, `telephone-not-mobile`, `too-many-requests`, `text-message-failed`.
#[utoipa::path(post, path = "/api/v1/public/text-codes", tag = "public", operation_id = "send_text_code", request_body = WantedCode,
    responses((status = 201, body = SentCode, description = "Sent")))]
pub(crate) async fn send(
    State(leads): State<Leads>,
    ClientAddress(address): ClientAddress,
    Json(wanted): Json<WantedCode>,
) -> Answer<(StatusCode, Json<SentCode>)> {
    leads.text_code_rate().check(address)?;
    let Ok(telephone) = Telephone::parse(&wanted.telephone) else { return Err(refused("请填写手机号码").into()) };
    if !rules::is_mobile(telephone.expose()) {
        return Err(refused("短信只能发到手机号码；固定电话请不填，或填手机号码").into());
    }
    let off = || Problem::conflict("text-codes-off", "现在不需要短信验证码，直接提交即可");
    let provider = leads.text_messages().ok_or_else(off)?;
    let (region, now) = (leads.home_region(), leads.clock().now());
    let (id, code) = (uuid_at(now), rules::new_code());
    let index = leads.vault().blind("text-code-telephone", telephone.expose());
    let mut transaction = leads.database().pool().begin().await?;
    let setting = store::lock_setting(&mut transaction, region).await?;
    if setting.mode == TextCodeMode::Off {
        return Err(off().into());
    }
    store::sweep(&mut transaction, region, now - rules::KEPT).await?;
    let lately = store::lately(&mut transaction, region, &index, now, rules::APART).await?;
    if let Some(why) = rules::too_many(lately, setting.daily_most) {
        return Err(Problem::too_many("too-many-requests", why).into());
    }
    store::insert(&mut transaction, region, id, (&index, &digest(&leads, id, &code)), now).await?;
    // Counted before it is sent: what it cost is not known where sending fails halfway.
    transaction.commit().await?;
    if let Err(why) = provider.send(&telephone, &code).await {
        tracing::warn!(why, "a text message was not sent");
        return Err(Problem::unavailable("text-message-failed", "验证短信没有发出，请稍后再试，或不留电话匿名上报").into());
    }
    let sent = SentCode {
        id,
        holds_seconds: rules::HOLDS.num_seconds(),
        again_after_seconds: rules::APART.num_seconds(),
        simulated_code: provider.is_simulated().then_some(code),
    };
    Ok((StatusCode::CREATED, Json(sent)))
}
