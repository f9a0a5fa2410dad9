//! A provider that speaks the protocol of WeChat Pay's APIv3: requests, answers and callbacks are signed with RSA-SHA256.

use std::time::Duration;

use async_trait::async_trait;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, SecondsFormat, Utc};
use kernel::clock::{SharedClock, shanghai};
use reqwest::{Method, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    ApiV3Settings, CallbackFault, CallbackHead, Heard, NewOrder, NewRefund, OrderState, Paid, Provider, ProviderError, RefundState,
    seal::{OwnKey, SealKey, TheirKey},
};

/// How far the clock of a signature may be off, in seconds: what the provider's own documents advise.
const WINDOW: i64 = 300;
/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest answer that is read, in bytes.
const LONGEST: usize = 256 * 1024;

/// The provider.
pub struct ApiV3 {
    settings: ApiV3Settings,
    merchant: OwnKey,
    provider: TheirKey,
    seal: SealKey,
    http: reqwest::Client,
    /// The clock on the wall.
    wall: SharedClock,
    simulated: bool,
}

#[derive(Deserialize)]
struct Amount {
    total: i64,
    #[serde(default)]
    currency: Option<String>,
}

#[derive(Deserialize)]
struct Transaction {
    mchid: String,
    out_trade_no: String,
    trade_state: String,
    transaction_id: Option<String>,
    success_time: Option<DateTime<Utc>>,
    amount: Option<Amount>,
}

#[derive(Deserialize)]
struct Callback {
    event_type: String,
    resource: Resource,
}

#[derive(Deserialize)]
struct Resource {
    algorithm: String,
    ciphertext: String,
    nonce: String,
    #[serde(default)]
    associated_data: String,
}

impl ApiV3 {
    /// Reads the keys and puts it together; `simulated` marks everything that comes from it.
    ///
    /// # Errors
    /// In Chinese, which key does not read, or an address without TLS that is not this machine's own.
    pub fn open(settings: ApiV3Settings, wall: SharedClock, simulated: bool) -> Result<Self, String> {
        let keys = settings.keys()?;
        let base = reqwest::Url::parse(&settings.base).map_err(|_| "支付渠道地址不正确".to_owned())?;
        let own = matches!(base.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
        if base.scheme() != "https" && !own {
            return Err("支付渠道地址应为 https".to_owned());
        }
        if settings.code.is_empty() || !settings.code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') {
            return Err("支付渠道代码只能用小写字母和短横".to_owned());
        }
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(PATIENCE).build();
        Ok(Self {
            merchant: OwnKey::read(&keys.merchant)?,
            provider: TheirKey::read(&keys.provider)?,
            seal: SealKey::new(&keys.seal)?,
            http: http.map_err(|error| error.to_string())?,
            settings,
            wall,
            simulated,
        })
    }

    fn notify_url(&self) -> String {
        format!("{}/api/v1/payments/callbacks/{}", self.settings.public_base.trim_end_matches('/'), self.settings.code)
    }

    /// Sends a signed request and proves the answer before it is read.
    async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> Result<(StatusCode, Value), ProviderError> {
        let body = body.map(Value::to_string).unwrap_or_default();
        let timestamp = self.wall.now().timestamp();
        let nonce = BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 18]>());
        let signature = self.merchant.sign(&format!("{method}\n{path}\n{timestamp}\n{nonce}\n{body}\n"));
        let signature = signature.ok_or(ProviderError::Untrusted("own key cannot sign"))?;
        let ApiV3Settings { merchant, merchant_serial, .. } = &self.settings;
        let authorization = format!(
            "WECHATPAY2-SHA256-RSA2048 mchid=\"{merchant}\",nonce_str=\"{nonce}\",signature=\"{signature}\",timestamp=\"{timestamp}\",serial_no=\"{merchant_serial}\""
        );
        let address = format!("{}{path}", self.settings.base.trim_end_matches('/'));
        let mut request = self.http.request(method, address).header("authorization", authorization).header("accept", "application/json");
        if !body.is_empty() {
            request = request.header("content-type", "application/json").body(body);
        }
        let unreachable = |error: reqwest::Error| ProviderError::Unreachable(error.without_url().to_string());
        let mut answer = request.send().await.map_err(unreachable)?;
        let status = answer.status();
        let text = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let head = CallbackHead {
            timestamp: text("wechatpay-timestamp"),
            nonce: text("wechatpay-nonce"),
            serial: text("wechatpay-serial"),
            signature: text("wechatpay-signature"),
        };
        let mut bytes = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(unreachable)? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > LONGEST {
                return Err(ProviderError::Untrusted("the answer is too long"));
            }
        }
        if status.is_server_error() {
            return Err(ProviderError::Unreachable(status.to_string()));
        }
        self.proven(&head, &bytes, self.wall.now()).map_err(|_| ProviderError::Untrusted("the answer is not signed by the provider"))?;
        Ok((status, serde_json::from_slice(&bytes).unwrap_or(Value::Null)))
    }

    fn proven(&self, head: &CallbackHead, body: &[u8], now: DateTime<Utc>) -> Result<(), CallbackFault> {
        let timestamp: i64 = head.timestamp.parse().map_err(|_| CallbackFault::Head)?;
        if head.nonce.is_empty() || head.nonce.len() > 128 || head.signature.is_empty() {
            return Err(CallbackFault::Head);
        }
        if head.serial != self.settings.provider_serial {
            return Err(CallbackFault::Serial);
        }
        if now.timestamp().saturating_sub(timestamp).abs() > WINDOW {
            return Err(CallbackFault::Time);
        }
        let text = [head.timestamp.as_bytes(), b"\n", head.nonce.as_bytes(), b"\n", body, b"\n"].concat();
        if self.provider.signed(&text, &head.signature) { Ok(()) } else { Err(CallbackFault::Signature) }
    }

    /// A transaction that was paid to us.
    fn paid(&self, of: Transaction) -> Option<Paid> {
        let amount = of.amount.filter(|amount| amount.total > 0 && amount.currency.as_deref().is_none_or(|it| it == "CNY"))?;
        (of.mchid == self.settings.merchant).then_some(())?;
        Some(Paid { transaction_no: of.transaction_id?, order_no: of.out_trade_no, fen: amount.total, paid_at: of.success_time? })
    }
}

/// The provider's words of a refusal, cut.
fn words(body: &Value) -> String {
    let of = |name: &str| body[name].as_str().unwrap_or_default().chars().take(120).collect::<String>();
    format!("{} {}", of("code"), of("message"))
}

#[async_trait]
impl Provider for ApiV3 {
    fn code(&self) -> &str {
        &self.settings.code
    }

    fn is_simulated(&self) -> bool {
        self.simulated
    }

    async fn create(&self, order: &NewOrder) -> Result<String, ProviderError> {
        let expires = order.expires_at.with_timezone(&shanghai()).to_rfc3339_opts(SecondsFormat::Secs, false);
        let body = json!({
            "appid": self.settings.app, "mchid": self.settings.merchant, "description": order.words, "out_trade_no": order.no,
            "time_expire": expires, "notify_url": self.notify_url(), "amount": { "total": order.fen, "currency": "CNY" },
        });
        let (status, answer) = self.call(Method::POST, "/v3/pay/transactions/native", Some(&body)).await?;
        match answer["code_url"].as_str() {
            Some(url) if status.is_success() && url.len() <= 512 => Ok(url.to_owned()),
            _ => Err(ProviderError::Refused(words(&answer))),
        }
    }

    async fn read(&self, order_no: &str) -> Result<OrderState, ProviderError> {
        let path = format!("/v3/pay/transactions/out-trade-no/{order_no}?mchid={}", self.settings.merchant);
        let (status, answer) = self.call(Method::GET, &path, None).await?;
        if status == StatusCode::NOT_FOUND {
            return Ok(OrderState::Over);
        }
        if !status.is_success() {
            return Err(ProviderError::Refused(words(&answer)));
        }
        let of: Transaction = serde_json::from_value(answer).map_err(|_| ProviderError::Untrusted("the order does not read"))?;
        match of.trade_state.as_str() {
            // What was given back since was paid once.
            "SUCCESS" | "REFUND" => self.paid(of).map(OrderState::Paid).ok_or(ProviderError::Untrusted("the paid order does not read")),
            "NOTPAY" | "USERPAYING" => Ok(OrderState::Waiting),
            _ => Ok(OrderState::Over),
        }
    }

    async fn refund(&self, refund: &NewRefund) -> Result<RefundState, ProviderError> {
        let body = json!({
            "transaction_id": refund.transaction_no, "out_refund_no": refund.no, "reason": refund.reason,
            "amount": { "refund": refund.fen, "total": refund.of_fen, "currency": "CNY" },
        });
        let (status, answer) = self.call(Method::POST, "/v3/refund/domestic/refunds", Some(&body)).await?;
        if !status.is_success() {
            // The year within which a payment can be given back is over.
            let over = answer["code"] == "TRADE_OVERDUE";
            return Ok(if over { RefundState::Over(words(&answer)) } else { RefundState::Failed(words(&answer)) });
        }
        Ok(match (answer["status"].as_str(), answer["refund_id"].as_str()) {
            (Some("SUCCESS"), Some(no)) => RefundState::Done(no.to_owned()),
            (Some("PROCESSING"), _) => RefundState::Waiting,
            (Some(state @ ("CLOSED" | "ABNORMAL")), _) => RefundState::Over(state.to_owned()),
            (state, _) => RefundState::Failed(state.unwrap_or_default().to_owned()),
        })
    }

    fn open(&self, head: &CallbackHead, body: &[u8], now: DateTime<Utc>) -> Result<Heard, CallbackFault> {
        self.proven(head, body, now)?;
        let callback: Callback = serde_json::from_slice(body).map_err(|_| CallbackFault::Content)?;
        if callback.event_type != "TRANSACTION.SUCCESS" {
            return Ok(Heard::Other);
        }
        let of = callback.resource;
        if of.algorithm != "AEAD_AES_256_GCM" {
            return Err(CallbackFault::Content);
        }
        let plain = self.seal.open(&of.ciphertext, &of.nonce, &of.associated_data).ok_or(CallbackFault::Content)?;
        let transaction: Transaction = serde_json::from_slice(&plain).map_err(|_| CallbackFault::Content)?;
        self.paid(transaction).map(Heard::Paid).ok_or(CallbackFault::Content)
    }
}
