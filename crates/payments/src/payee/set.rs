//! Read and set the payee account (设置收款账户).

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json};
use identity::{
    Allowed,
    audit::{self, SettingChange},
};
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::store::{self, PayeeRow};
use crate::{Payments, bill::view::FinePayee, rights};

/// The account as it is set.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PayeeSetting {
    /// None until a person sets it.
    #[serde(skip_serializing_if = "Option::is_none")]
    payee: Option<FinePayee>,
    #[serde(skip_serializing_if = "Option::is_none")]
    set_at: Option<DateTime<Utc>>,
    /// A payment provider is connected.
    provider: bool,
    /// It is the simulated one.
    provider_simulated: bool,
}

/// An account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPayee {
    /// The name of the account (户名).
    organ: String,
    /// The bank that is named for it (指定银行).
    bank: String,
    /// Its number.
    account: String,
}

impl Payments {
    fn setting(&self, row: Option<PayeeRow>) -> PayeeSetting {
        PayeeSetting {
            set_at: row.as_ref().map(|row| row.set_at),
            payee: row.map(FinePayee::from),
            provider: self.provider().is_some(),
            provider_simulated: self.provider().is_some_and(|it| it.is_simulated()),
        }
    }
}

/// Reads the account.
///
/// # Errors
/// `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/payment-payee", tag = "payments", operation_id = "read_payee",
    responses((status = 200, body = PayeeSetting, description = "The account")))]
pub(crate) async fn read(State(room): State<Payments>, allowed: Allowed<rights::SeePayments>) -> Answer<Json<PayeeSetting>> {
    room.require_ground(&allowed.scope())?;
    let row = store::newest(room.database().pool(), room.home_region()).await?;
    Ok(Json(room.setting(row)))
}

/// Sets the account for bills that are made from now on.
///
/// # Errors
/// `payee-invalid`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/payment-payee", tag = "payments", operation_id = "set_payee", request_body = NewPayee,
    responses((status = 200, body = PayeeSetting, description = "The account")))]
pub(crate) async fn set(
    State(room): State<Payments>,
    allowed: Allowed<rights::SetPayee>,
    Json(wanted): Json<NewPayee>,
) -> Answer<Json<PayeeSetting>> {
    room.require_ground(&allowed.scope())?;
    let mut problem = Problem::invalid("payee-invalid", "收款账户不完整");
    let text = |text: &str, most: usize| {
        let text = text.trim();
        (!text.is_empty() && text.chars().count() <= most && !text.chars().any(char::is_control)).then(|| text.to_owned())
    };
    let (organ, bank) = (text(&wanted.organ, 100), text(&wanted.bank, 100));
    let account: String = wanted.account.chars().filter(|it| !it.is_whitespace()).collect();
    let account =
        ((4..=40).contains(&account.len()) && account.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')).then_some(account);
    for (field, missing) in [("organ", organ.is_none()), ("bank", bank.is_none()), ("account", account.is_none())] {
        if missing {
            problem = problem.field(field, "请填写");
        }
    }
    let (Some(organ), Some(bank), Some(account)) = (organ, bank, account) else { return Err(problem.into()) };
    let (now, region) = (room.clock().now(), room.home_region());
    let mut transaction = room.database().pool().begin().await?;
    database::advisory::lock_in_transaction(&mut transaction, "payments.payee").await.map_err(|error| {
        tracing::warn!(%error, "the payee could not be held");
        Problem::unavailable("database-unavailable", "数据库暂时不可用，请稍后重试")
    })?;
    let before = store::newest(&mut *transaction, region).await?;
    let version = before.as_ref().map_or(1, |row| row.version + 1);
    let row = PayeeRow { version, organ, bank, account, simulated: room.is_demo(), set_at: now };
    store::insert(&mut transaction, region, &row, allowed.caller.person.uuid()).await?;
    let told = |row: &PayeeRow| json!({ "organ": row.organ, "bank": row.bank, "account": row.account });
    let change = SettingChange {
        region,
        action: "payee-set",
        target: "payee",
        before: before.as_ref().map_or(Value::Null, told),
        after: told(&row),
    };
    audit::record(&mut transaction, now, allowed.caller.person, change).await?;
    transaction.commit().await?;
    Ok(Json(room.setting(Some(row))))
}
