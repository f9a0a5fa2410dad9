//! Import a day file (导入对账文件).

use std::collections::HashMap;

use axum::{body::Bytes, extract::State, http::StatusCode};
use chrono::NaiveDate;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use sha2::{Digest, Sha256};

use super::{
    Kind,
    list::{PaymentDay, view},
    not_found,
    parse::{DayRow, parse},
    store::{self, LineRow},
};
use crate::{Payments, rights};

/// Imports the provider's file of a day and compares it row by row. The same file again changes nothing.
///
/// # Errors
/// `day-file-invalid`, `day-imported` where another file was imported for the day, `payment-provider-unset`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/payment-days/{day}", tag = "payments", operation_id = "import_payment_day",
    params(("day" = NaiveDate, Path, description = "The day")),
    request_body(content = String, content_type = "text/csv", description = "The file as the provider gave it, UTF-8 or GBK"),
    responses((status = 201, body = PaymentDay, description = "The day")))]
pub(crate) async fn import(
    State(room): State<Payments>,
    allowed: Allowed<rights::SettlePayments>,
    Path(day): Path<NaiveDate>,
    body: Bytes,
) -> Answer<(StatusCode, Json<PaymentDay>)> {
    room.require_ground(&allowed.scope())?;
    let provider = room.must_provider()?.code().to_owned();
    let theirs = parse(&body)?;
    // Of what was given back the file may say when it was paid: payments alone tell the day.
    if let Some(other) = theirs.iter().find(|row| !row.refund && row.on != day) {
        let why = format!("对账文件里有 {} 的交易，不是 {day} 的对账文件", other.on);
        return Err(Problem::invalid("day-file-invalid", why.clone()).field("file", why).into());
    }
    let digest = format!("sha256:{}", hex::encode(Sha256::digest(&body)));
    let (region, now) = (room.home_region(), room.clock().now());
    let mut transaction = room.database().pool().begin().await?;
    database::advisory::lock_in_transaction(&mut transaction, "payments.days").await.map_err(|error| {
        tracing::warn!(%error, "the days could not be held");
        Problem::unavailable("database-unavailable", "数据库暂时不可用，请稍后重试")
    })?;
    if let Some(there) = store::of_day(&mut *transaction, region, &provider, day).await? {
        if there.digest != digest {
            return Err(Problem::conflict("day-imported", "这一天已经导入过另一份对账文件").into());
        }
        return Ok((StatusCode::CREATED, Json(view(&room, vec![there]).await?.remove(0))));
    }
    let numbers = |refund: bool| theirs.iter().filter(|row| row.refund == refund).map(|row| row.transaction_no.clone()).collect::<Vec<_>>();
    let paid: HashMap<String, i64> = store::ours(&mut transaction, &provider, &numbers(false)).await?.into_iter().collect();
    let back: HashMap<String, i64> = store::our_refunds(&mut transaction, &numbers(true)).await?.into_iter().collect();
    let of_day = store::ours_of_day(&mut transaction, region, &provider, day).await?;
    let back_of_day = store::our_refunds_of_day(&mut transaction, region, &provider, day).await?;
    let rows = compare(&theirs, (&paid, &back), (&of_day, &back_of_day));
    let id = uuid_at(now);
    let count = i32::try_from(rows.len()).map_err(|_| Problem::too_large("day-file-invalid", "对账文件过大"))?;
    let person = allowed.caller.person.uuid();
    store::insert(&mut transaction, id, (region, &provider), day, &digest, count, person, now).await?;
    store::insert_rows(&mut transaction, id, &rows).await?;
    let made = store::by_id(&mut *transaction, region, id).await?.ok_or_else(not_found)?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(view(&room, vec![made]).await?.remove(0))))
}

/// A row of ours: transaction, order or refund, sum.
type Ours = (String, String, i64);

/// Each row of either side once: payments, and what was given back.
fn compare(
    theirs: &[DayRow],
    (paid, back): (&HashMap<String, i64>, &HashMap<String, i64>),
    (of_day, back_of_day): (&[Ours], &[Ours]),
) -> Vec<LineRow> {
    let mut rows: Vec<LineRow> = Vec::new();
    let mut add = |kind: Kind, transaction_no: &str, order_no: &str, there_fen: Option<i64>, here_fen: Option<i64>| {
        rows.push(LineRow {
            ordinal: i32::try_from(rows.len() + 1).unwrap_or(i32::MAX),
            kind: kind.code().to_owned(),
            transaction_no: transaction_no.to_owned(),
            order_no: order_no.to_owned(),
            there_fen,
            here_fen,
            settled_by: None,
            settled_at: None,
            reason: None,
        });
    };
    for row in theirs {
        let here = if row.refund { back } else { paid }.get(&row.transaction_no).copied();
        let kind = match here {
            Some(fen) if fen == row.fen => Kind::Matched,
            Some(_) => Kind::Different,
            None => Kind::MissingHere,
        };
        add(kind, &row.transaction_no, &row.order_no, Some(row.fen), here);
    }
    for (refund, ours) in [(false, of_day), (true, back_of_day)] {
        let rows = theirs.iter().filter(|row| row.refund == refund);
        let known: std::collections::HashSet<_> = rows.map(|row| row.transaction_no.as_str()).collect();
        for (transaction, order, fen) in ours.iter().filter(|row| !known.contains(row.0.as_str())) {
            add(Kind::MissingThere, transaction, order, None, Some(*fen));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_we_gave_back_and_they_do_not_have_is_a_difference() {
        let on = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap();
        let there = DayRow { transaction_no: "5000".into(), order_no: "r1".into(), fen: 650, refund: true, on };
        let back = HashMap::from([("5000".to_owned(), 650), ("5001".to_owned(), 100)]);
        let of_day = [("5000".to_owned(), "r1".to_owned(), 650), ("5001".to_owned(), "r2".to_owned(), 100)];
        let rows = compare(&[there], (&HashMap::new(), &back), (&[], &of_day));
        let kinds: Vec<_> = rows.iter().map(|row| (row.kind.as_str(), row.order_no.as_str())).collect();
        assert_eq!(kinds, [("matched", "r1"), ("missing-there", "r2")]);
    }
}
