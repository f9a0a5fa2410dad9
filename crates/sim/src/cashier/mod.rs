//! A simulated payment provider (模拟支付渠道): a server of its own that speaks the signed protocol of APIv3. No money moves.
//!
//! Its keys are published in this repository on purpose: nobody can mistake what they sign for money.

mod pages;
mod seal;
mod server;

use std::{
    collections::HashMap,
    io,
    net::SocketAddr,
    path::Path,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use chrono::{DateTime, Utc};
use kernel::clock::SharedClock;
use serde_json::{Value, json};

pub use seal::Sealed;

/// The merchant that it knows.
pub const MERCHANT: &str = "1900000109";
/// The serial of the merchant's key.
const MERCHANT_SERIAL: &str = "SIMULATED-MERCHANT-01";
/// The serial of its own key.
const SERIAL: &str = "SIMULATED-PROVIDER-01";
/// What callbacks are sealed with.
const SEAL: &[u8; 32] = b"simulated-simulated-simulated-32";
/// Orders it remembers at most; older ones are forgotten first.
const MOST: usize = 10_000;

/// An order as it knows it.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    pub words: String,
    pub fen: i64,
    pub notify: String,
    pub expires_at: DateTime<Utc>,
    /// The number of the transaction and when it was paid.
    pub paid: Option<(String, DateTime<Utc>)>,
    pub refunded_fen: i64,
}

struct Inner {
    orders: Mutex<HashMap<String, Order>>,
    refunds: Mutex<HashMap<String, (String, i64)>>,
    count: AtomicU64,
    /// When things happen there.
    clock: SharedClock,
    /// When things are signed.
    wall: SharedClock,
    silent: AtomicBool,
    http: reqwest::Client,
}

/// The provider. Cheap to clone.
#[derive(Clone)]
pub struct Cashier(Arc<Inner>);

impl Cashier {
    /// A provider without orders. `clock` says when somebody paid, `wall` when something was signed.
    ///
    /// # Errors
    /// When no HTTP client can be made.
    pub fn new(clock: SharedClock, wall: SharedClock) -> anyhow::Result<Self> {
        let http = reqwest::Client::builder().timeout(std::time::Duration::from_secs(5)).build()?;
        Ok(Self(Arc::new(Inner {
            orders: Mutex::default(),
            refunds: Mutex::default(),
            count: AtomicU64::new(1),
            clock,
            wall,
            silent: AtomicBool::new(false),
            http,
        })))
    }

    /// What the city is told about it, with the keys laid into `folder`.
    ///
    /// # Errors
    /// The disk's.
    pub fn settings(&self, address: SocketAddr, public_base: &str, folder: &Path) -> io::Result<Value> {
        std::fs::create_dir_all(folder)?;
        let keep = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).map(|()| folder.join(name));
        Ok(json!({
            "code": "simulated", "base": format!("http://{address}"), "app": "wx-simulated", "merchant": MERCHANT,
            "merchant_serial": MERCHANT_SERIAL, "merchant_key_file": keep("simulated-merchant.pem", include_bytes!("keys/merchant.pem"))?,
            "provider_serial": SERIAL, "provider_key_file": keep("simulated-provider.pem", include_bytes!("keys/provider-public.pem"))?,
            "seal_key_file": keep("simulated-seal.key", SEAL)?, "public_base": public_base,
        }))
    }

    /// Serves the protocol on the machine's own address until the program ends.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn listen(&self) -> io::Result<SocketAddr> {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let router = server::router(self.clone());
        tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::warn!(%error, "the simulated provider stopped");
            }
        });
        Ok(address)
    }

    /// The pages on which a person pretends to pay, under `/simulated-payment`.
    pub fn pages(&self) -> axum::Router {
        pages::router(self.clone())
    }

    /// From now on nobody is called back.
    pub fn be_silent(&self, silent: bool) {
        self.0.silent.store(silent, Ordering::Relaxed);
    }

    pub(crate) fn orders(&self) -> MutexGuard<'_, HashMap<String, Order>> {
        self.0.orders.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn order(&self, no: &str) -> Option<Order> {
        self.orders().get(no).cloned()
    }

    fn next(&self) -> u64 {
        self.0.count.fetch_add(1, Ordering::Relaxed)
    }

    /// Somebody pays an order. Answers the number of the transaction; paying again is the same transaction.
    pub async fn pay(&self, no: &str) -> Option<String> {
        let number = format!("42000000{:020}", self.next() + (self.0.wall.now().timestamp_millis().unsigned_abs() << 10));
        let (transaction, fresh) = {
            let mut orders = self.orders();
            let order = orders.get_mut(no).filter(|order| order.paid.is_some() || order.expires_at >= self.0.clock.now())?;
            let fresh = order.paid.is_none();
            let paid = order.paid.get_or_insert_with(|| (number, self.0.clock.now()));
            (paid.0.clone(), fresh)
        };
        if fresh && !self.0.silent.load(Ordering::Relaxed) {
            self.call_back(no).await;
        }
        Some(transaction)
    }

    /// Tells the city of a payment, three times at most.
    async fn call_back(&self, no: &str) {
        let Some((order, sealed)) = self.order(no).zip(self.callback(no)) else { return };
        for attempt in 0..3_u64 {
            let request =
                sealed.headers().into_iter().fold(self.0.http.post(&order.notify), |request, (name, value)| request.header(name, value));
            match request.body(sealed.body.clone()).send().await {
                Ok(answer) if answer.status().is_success() => return,
                Ok(answer) => tracing::warn!(status = %answer.status(), "a simulated callback was refused"),
                Err(error) => tracing::warn!(%error, "a simulated callback was not taken"),
            }
            tokio::time::sleep(std::time::Duration::from_millis(200 << attempt)).await;
        }
    }

    /// A callback about a paid order, signed anew.
    #[must_use]
    pub fn callback(&self, no: &str) -> Option<Sealed> {
        self.callback_with(no, None, self.0.wall.now())
    }

    /// The same with another sum, or signed at another time.
    #[must_use]
    pub fn callback_with(&self, no: &str, fen: Option<i64>, signed_at: DateTime<Utc>) -> Option<Sealed> {
        let mut told = self.transaction(no)?;
        if let Some(fen) = fen {
            told["amount"]["total"] = json!(fen);
        }
        Some(seal::callback(&told, self.next(), signed_at))
    }

    /// A callback about something that never was an order.
    #[must_use]
    pub fn callback_of(&self, order_no: &str, transaction_no: &str, fen: i64) -> Sealed {
        let told = transaction(order_no, &(transaction_no.to_owned(), self.0.clock.now()), fen);
        seal::callback(&told, self.next(), self.0.wall.now())
    }

    /// An order that was paid, as the protocol tells of it.
    fn transaction(&self, no: &str) -> Option<Value> {
        let order = self.order(no)?;
        Some(transaction(no, order.paid.as_ref()?, order.fen))
    }

    /// The day file of everything that was paid and given back: a totals line at its end, as the real one has.
    #[must_use]
    pub fn day_file(&self) -> String {
        let mut lines =
            vec!["交易时间,公众账号ID,商户号,微信订单号,商户订单号,交易状态,应结订单金额,微信退款单号,商户退款单号,退款金额".to_owned()];
        let yuan = |fen: i64| format!("{}.{:02}", fen / 100, fen % 100);
        let orders = self.orders();
        let mut paid: Vec<_> = orders.iter().filter_map(|(no, order)| Some((no, order, order.paid.as_ref()?))).collect();
        paid.sort_by(|one, other| one.2.0.cmp(&other.2.0));
        for (no, order, (transaction, at)) in &paid {
            let at = at.with_timezone(&kernel::clock::shanghai()).format("%Y-%m-%d %H:%M:%S");
            lines.push(format!("`{at},`wx-simulated,`{MERCHANT},`{transaction},`{no},`SUCCESS,`{},`,`,`0.00", yuan(order.fen)));
        }
        let sum = paid.iter().map(|(_, order, _)| order.fen).sum();
        lines.push("总交易单数,应结订单总金额,退款总金额".to_owned());
        lines.push(format!("`{},`{},`0.00", paid.len(), yuan(sum)));
        lines.join("\r\n") + "\r\n"
    }
}

fn transaction(no: &str, (number, at): &(String, DateTime<Utc>), fen: i64) -> Value {
    json!({
        "appid": "wx-simulated", "mchid": MERCHANT, "out_trade_no": no, "transaction_id": number, "trade_type": "NATIVE", "trade_state": "SUCCESS",
        "success_time": at.with_timezone(&kernel::clock::shanghai()).to_rfc3339(), "amount": { "total": fen, "payer_total": fen, "currency": "CNY" },
    })
}
