//! The protocol over HTTP: orders, their state, refunds. Every request is proven, every answer is signed.

use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{Cashier, MERCHANT, MOST, Order, seal};

pub(super) fn router(cashier: Cashier) -> Router {
    Router::new()
        .route("/v3/pay/transactions/native", post(create))
        .route("/v3/pay/transactions/out-trade-no/{no}", get(read))
        .route("/v3/refund/domestic/refunds", post(refund))
        .with_state(cashier)
}

impl Cashier {
    fn answer(&self, status: StatusCode, body: &Value) -> Response {
        let sealed = seal::sign(body.to_string(), self.next(), self.0.wall.now());
        let mut response = (status, sealed.body.clone()).into_response();
        for (name, value) in sealed.headers() {
            if let Ok(value) = value.parse() {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }

    fn refuse(&self, status: StatusCode, code: &str, message: &str) -> Response {
        self.answer(status, &json!({ "code": code, "message": message }))
    }

    fn proves(&self, method: &Method, uri: &Uri, head: &HeaderMap, body: &str) -> bool {
        let path = uri.path_and_query().map_or("", |it| it.as_str());
        let authorization = head.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
        seal::is_merchants(method.as_str(), path, body, authorization)
    }
}

async fn create(State(cashier): State<Cashier>, method: Method, uri: Uri, head: HeaderMap, body: Bytes) -> Response {
    let text = String::from_utf8_lossy(&body);
    if !cashier.proves(&method, &uri, &head, &text) {
        return cashier.refuse(StatusCode::UNAUTHORIZED, "SIGN_ERROR", "签名错误");
    }
    let wanted: Value = serde_json::from_str(&text).unwrap_or_default();
    let of = |name: &str| wanted[name].as_str().unwrap_or_default().to_owned();
    let expires_at = of("time_expire").parse::<DateTime<Utc>>();
    let (Some(fen), Ok(expires_at), true) =
        (wanted["amount"]["total"].as_i64().filter(|fen| *fen > 0), expires_at, of("mchid") == MERCHANT)
    else {
        return cashier.refuse(StatusCode::BAD_REQUEST, "PARAM_ERROR", "参数错误");
    };
    let no = of("out_trade_no");
    let mut orders = cashier.orders();
    if orders.get(&no).is_some_and(|order| order.paid.is_some() || order.fen != fen) {
        drop(orders);
        return cashier.refuse(StatusCode::FORBIDDEN, "OUT_TRADE_NO_USED", "商户订单号重复");
    }
    if orders.len() >= MOST {
        orders.retain(|_, order| order.paid.is_some());
    }
    orders.insert(no.clone(), Order { words: of("description"), fen, notify: of("notify_url"), expires_at, paid: None, refunded_fen: 0 });
    drop(orders);
    cashier.answer(StatusCode::OK, &json!({ "code_url": format!("/simulated-payment/{no}") }))
}

async fn read(State(cashier): State<Cashier>, method: Method, uri: Uri, head: HeaderMap, Path(no): Path<String>) -> Response {
    if !cashier.proves(&method, &uri, &head, "") {
        return cashier.refuse(StatusCode::UNAUTHORIZED, "SIGN_ERROR", "签名错误");
    }
    match (cashier.order(&no), cashier.transaction(&no)) {
        (None, _) => cashier.refuse(StatusCode::NOT_FOUND, "ORDER_NOT_EXIST", "订单不存在"),
        (Some(_), Some(told)) => cashier.answer(StatusCode::OK, &told),
        (Some(_), None) => cashier.answer(StatusCode::OK, &json!({ "mchid": MERCHANT, "out_trade_no": no, "trade_state": "NOTPAY" })),
    }
}

async fn refund(State(cashier): State<Cashier>, method: Method, uri: Uri, head: HeaderMap, body: Bytes) -> Response {
    let text = String::from_utf8_lossy(&body);
    if !cashier.proves(&method, &uri, &head, &text) {
        return cashier.refuse(StatusCode::UNAUTHORIZED, "SIGN_ERROR", "签名错误");
    }
    let wanted: Value = serde_json::from_str(&text).unwrap_or_default();
    let (transaction, no, fen) = (
        wanted["transaction_id"].as_str(),
        wanted["out_refund_no"].as_str().unwrap_or_default(),
        wanted["amount"]["refund"].as_i64().unwrap_or(0),
    );
    let mut refunds = cashier.0.refunds.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if !refunds.contains_key(no) {
        let mut orders = cashier.orders();
        let order = orders.values_mut().find(|order| order.paid.as_ref().map(|paid| paid.0.as_str()) == transaction);
        let Some(order) = order.filter(|order| fen > 0 && order.refunded_fen + fen <= order.fen) else {
            return cashier.refuse(StatusCode::FORBIDDEN, "NOT_ENOUGH", "可退金额不足");
        };
        order.refunded_fen += fen;
        refunds.insert(no.to_owned(), (format!("50000000{:020}", cashier.next()), fen));
    }
    let (id, fen) = refunds.get(no).cloned().unwrap_or_default();
    cashier.answer(StatusCode::OK, &json!({ "refund_id": id, "out_refund_no": no, "status": "SUCCESS", "amount": { "refund": fen } }))
}
