//! Somebody is about to pay (下单): an order at the provider for what is owed today.

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use http_api::{Answer, ClientAddress, Json, Path};
use kernel::{clock::shanghai, id::uuid_at, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::show::{named, not_found};
use crate::{
    Payments,
    bill::{self, BillState},
    order::store::{self, OrderRow},
    provider::{NewOrder, ProviderError},
};

/// An order lives so long at most; never into the next day, on which more may be owed.
const LIFE: TimeDelta = TimeDelta::minutes(30);

/// What somebody wants to pay.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewFineOrder {
    /// The whole at once, and not only the next part.
    #[serde(default)]
    whole: bool,
}

/// An order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FineOrder {
    no: String,
    fen: i64,
    fine_fen: i64,
    surcharge_fen: i64,
    /// What the QR code says; of the simulated provider, a page of this server.
    code_url: String,
    expires_at: DateTime<Utc>,
    simulated: bool,
}

fn view(row: OrderRow, code_url: String, simulated: bool) -> FineOrder {
    FineOrder {
        no: row.no,
        fen: row.fine_fen + row.surcharge_fen,
        fine_fen: row.fine_fen,
        surcharge_fen: row.surcharge_fen,
        code_url,
        expires_at: row.expires_at,
        simulated,
    }
}

/// Until when an order of now can be paid.
fn expires(now: DateTime<Utc>) -> DateTime<Utc> {
    let local = now.with_timezone(&shanghai());
    let midnight = local.date_naive().checked_add_days(Days::new(1)).map(|day| day.and_time(NaiveTime::MIN) - TimeDelta::seconds(1));
    let end = midnight.and_then(|end| end.and_local_timezone(shanghai()).single()).map(|end| end.with_timezone(&Utc));
    end.map_or(now + LIFE, |end| end.min(now + LIFE))
}

/// Makes an order, or answers the one that is open for the same sum.
///
/// # Errors
/// `bill-not-found`, `bill-over`, `payment-provider-unset`, `payment-provider-unavailable`, `too-many-requests`.
#[utoipa::path(post, path = "/api/v1/public/fine-bills/{code}/orders", tag = "public", operation_id = "order_fine_payment",
    params(("code" = String, Path, description = "The code")), request_body = NewFineOrder,
    responses((status = 201, body = FineOrder, description = "The order")))]
pub(crate) async fn order(
    State(room): State<Payments>,
    ClientAddress(address): ClientAddress,
    Path(code): Path<String>,
    Json(wanted): Json<NewFineOrder>,
) -> Answer<(StatusCode, Json<FineOrder>)> {
    room.orders().check(address)?;
    let bill = named(&room, &code).await?;
    let provider = room.must_provider()?.clone();
    let now = room.clock().now();
    let mut transaction = room.database().pool().begin().await?;
    let _held = room.hold(&mut transaction, &bill.key()).await?;
    let mut bill = bill::store::locked(&mut transaction, bill.id).await?.ok_or_else(not_found)?;
    let case = bill::standing(&room, &mut transaction, &mut bill, now).await?;
    if !matches!(bill.state(), BillState::Open | BillState::Partly) {
        transaction.commit().await?;
        return Err(Problem::conflict("bill-over", format!("这份缴款通知{}，不用再缴", bill.state().label())).into());
    }
    let owed = bill::account(&mut transaction, &bill, &case).await?.owed(room.today())?;
    let fine_fen = if wanted.whole { owed.fine_fen } else { owed.next_fine_fen };
    let sums = (fine_fen, owed.surcharge_fen);
    if let Some(there) = store::open(&mut *transaction, bill.id, sums, now + TimeDelta::minutes(2)).await?
        && let Some(code_url) = there.code_url.clone()
    {
        transaction.commit().await?;
        return Ok((StatusCode::CREATED, Json(view(there, code_url, provider.is_simulated()))));
    }
    let row = OrderRow {
        no: uuid_at(now).simple().to_string(),
        bill: bill.id,
        provider: provider.code().to_owned(),
        fine_fen: sums.0,
        surcharge_fen: sums.1,
        code_url: None,
        state: "made".to_owned(),
        made_at: now,
        expires_at: expires(now),
    };
    store::insert(&mut transaction, &row).await?;
    // Kept before it is sent: what is paid at the provider is known here.
    transaction.commit().await?;
    let new = NewOrder {
        no: row.no.clone(),
        words: format!("{}罚款 {}", if provider.is_simulated() { "（模拟）" } else { "" }, bill.case_number),
        fen: row.fine_fen + row.surcharge_fen,
        expires_at: row.expires_at,
    };
    let code_url = provider.create(&new).await.map_err(|error| {
        tracing::warn!(order = row.no, %error, "the provider did not take an order");
        let words = match error {
            ProviderError::Refused(_) => "支付渠道没有接受订单，请稍后重试或者到指定银行缴纳",
            ProviderError::Unreachable(_) | ProviderError::Untrusted(_) => "支付渠道暂时没有应答，请稍后重试或者到指定银行缴纳",
        };
        Problem::unavailable("payment-provider-unavailable", words)
    })?;
    store::offered(room.database().pool(), &row.no, &code_url).await?;
    Ok((StatusCode::CREATED, Json(view(row, code_url, provider.is_simulated()))))
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    #[test]
    fn an_order_does_not_live_into_the_next_day() {
        let late = Utc.with_ymd_and_hms(2026, 11, 2, 15, 50, 0).unwrap();
        assert_eq!(expires(late), Utc.with_ymd_and_hms(2026, 11, 2, 15, 59, 59).unwrap());
        let noon = Utc.with_ymd_and_hms(2026, 11, 2, 4, 0, 0).unwrap();
        assert_eq!(expires(noon), noon + LIFE);
    }
}
