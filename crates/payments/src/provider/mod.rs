//! What the room asks of a payment provider (支付渠道): orders, their state, refunds, and callbacks that are proven.

mod api_v3;
mod seal;
mod settings;

pub use api_v3::ApiV3;
pub use settings::ApiV3Settings;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// An order to be made (下单).
#[derive(Debug, Clone)]
pub struct NewOrder {
    /// Our number.
    pub no: String,
    /// What people see in their wallet: no word about a person.
    pub words: String,
    /// The sum, in fen.
    pub fen: i64,
    /// Until then it can be paid.
    pub expires_at: DateTime<Utc>,
}

/// Money that came (到账).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    /// The provider's number of the transaction.
    pub transaction_no: String,
    /// Our number of the order.
    pub order_no: String,
    /// The sum, in fen.
    pub fen: i64,
    /// When it was paid.
    pub paid_at: DateTime<Utc>,
}

/// How an order stands at the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderState {
    /// Not paid so far.
    Waiting,
    /// Paid.
    Paid(Paid),
    /// Closed, or not known there.
    Over,
}

/// A refund to be made (退款).
#[derive(Debug, Clone)]
pub struct NewRefund {
    /// Our number: the same number is one refund.
    pub no: String,
    /// The transaction that is given back.
    pub transaction_no: String,
    /// The sum that is given back, in fen.
    pub fen: i64,
    /// What was paid, in fen.
    pub of_fen: i64,
    /// Why, in a few words.
    pub reason: String,
}

/// How a refund stands at the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundState {
    /// It is on its way; asked again with the same number later.
    Waiting,
    /// Given back, under the provider's number.
    Done(String),
    /// It cannot be done there now, in the provider's words.
    Failed(String),
    /// Under this number it will never be done, in the provider's words.
    Over(String),
}

/// The head of a callback, as it came.
#[derive(Debug, Clone, Default)]
pub struct CallbackHead {
    /// Seconds since 1970.
    pub timestamp: String,
    /// Used once.
    pub nonce: String,
    /// Which key signed.
    pub serial: String,
    /// Base64.
    pub signature: String,
}

/// A callback that is proven (通知).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// An order was paid.
    Paid(Paid),
    /// Something else that needs nothing here.
    Other,
}

/// Why the provider gave no usable answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// It was not reached, or answered that it cannot now.
    #[error("unreachable: {0}")]
    Unreachable(String),
    /// Its answer is not signed by it, or not what was agreed.
    #[error("not to be trusted: {0}")]
    Untrusted(&'static str),
    /// It refused, in its words.
    #[error("refused: {0}")]
    Refused(String),
}

/// Why a callback is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CallbackFault {
    /// A header is missing or malformed.
    #[error("回调缺少签名信息")]
    Head,
    /// Signed by a key that nobody entrusted.
    #[error("回调的公钥序号不是约定的序号")]
    Serial,
    /// Signed too long ago, or in the future.
    #[error("回调的时间超出允许范围")]
    Time,
    /// The signature is not the provider's.
    #[error("回调签名不正确")]
    Signature,
    /// Signed, but it cannot be opened or read.
    #[error("回调内容无法读取")]
    Content,
}

/// A payment provider.
#[async_trait]
pub trait Provider: Send + Sync + 'static {
    /// Its code: the last part of the address that it calls back.
    fn code(&self) -> &str;

    /// No money moves: the demo's.
    fn is_simulated(&self) -> bool;

    /// Makes an order and answers the words of its QR code. The same number is the same order.
    ///
    /// # Errors
    /// The provider's.
    async fn create(&self, order: &NewOrder) -> Result<String, ProviderError>;

    /// How an order stands.
    ///
    /// # Errors
    /// The provider's.
    async fn read(&self, order_no: &str) -> Result<OrderState, ProviderError>;

    /// Gives money back.
    ///
    /// # Errors
    /// The provider's.
    async fn refund(&self, refund: &NewRefund) -> Result<RefundState, ProviderError>;

    /// Proves a callback: signature first, then its content.
    ///
    /// # Errors
    /// Why it is not believed.
    fn open(&self, head: &CallbackHead, body: &[u8], now: DateTime<Utc>) -> Result<Heard, CallbackFault>;
}
