//! A provider tells that an order was paid (支付结果通知).

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use chrono::TimeDelta;
use http_api::{Answer, ClientAddress, Path};
use kernel::problem::Problem;

use super::{Heard as How, book::book, store};
use crate::{
    Payments,
    provider::{CallbackHead, Heard},
};

/// The longest callback, in bytes.
const LONGEST: usize = 64 * 1024;
/// Callbacks are remembered for so long: twice as long as a signature is believed.
const REMEMBERED: TimeDelta = TimeDelta::minutes(15);

/// Hears a callback. Only what the provider signed is believed; what it tells is booked once. Any error makes the provider tell again.
///
/// # Errors
/// `callback-refused` with the reason, `callback-replayed`, `receipt-differs`, `not-found` without such a provider, `too-many-requests`.
#[utoipa::path(post, path = "/api/v1/payments/callbacks/{provider}", tag = "public", operation_id = "hear_payment_callback",
    params(("provider" = String, Path, description = "The provider's code")),
    request_body(content = String, content_type = "application/json"), responses((status = 204, description = "Booked")))]
pub(crate) async fn hear(
    State(room): State<Payments>,
    ClientAddress(address): ClientAddress,
    Path(code): Path<String>,
    head: HeaderMap,
    body: Bytes,
) -> Answer<StatusCode> {
    room.callbacks().check(address)?;
    let provider = room.provider().filter(|provider| provider.code() == code);
    let provider = provider.ok_or_else(|| Problem::not_found("not-found", "没有这个支付渠道"))?;
    if body.len() > LONGEST {
        return Err(Problem::too_large("callback-too-large", "通知内容过大").into());
    }
    let text = |name: &str| head.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let signed = CallbackHead {
        timestamp: text("wechatpay-timestamp"),
        nonce: text("wechatpay-nonce"),
        serial: text("wechatpay-serial"),
        signature: text("wechatpay-signature"),
    };
    let wall = room.wall().now();
    let heard = provider.open(&signed, &body, wall).map_err(|fault| {
        tracing::warn!(%fault, "a payment callback was refused");
        Problem::forbidden("callback-refused", fault.to_string())
    })?;
    let mut transaction = room.database().pool().begin().await?;
    if !store::hear(&mut transaction, &code, &signed.nonce, wall).await? {
        return Err(Problem::conflict("callback-replayed", "这条通知已经处理过").into());
    }
    if let Heard::Paid(paid) = heard {
        book(&room, &mut transaction, &paid, How::Callback).await?;
    }
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Forgets callbacks that nobody would believe any more.
pub(crate) async fn forget(room: &Payments) -> sqlx::Result<()> {
    store::forget(room.database().pool(), room.wall().now() - REMEMBERED).await
}
