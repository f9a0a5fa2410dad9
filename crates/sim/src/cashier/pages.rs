//! The page on which a person pretends to pay (模拟支付页).

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Response},
    routing::get,
};

use super::Cashier;

pub(super) fn router(cashier: Cashier) -> Router {
    Router::new().route("/simulated-payment/{no}", get(show).post(pay)).with_state(cashier)
}

/// A page without a script.
fn page(status: StatusCode, body: &str) -> Response {
    let head = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>模拟支付</title>\
        <style>body{font:16px/1.6 system-ui,sans-serif;max-width:26rem;margin:2rem auto;padding:0 1rem}strong{font-size:2rem}\
        button{font:inherit;width:100%;padding:.8rem;border:0;border-radius:.5rem;background:#1456b8;color:#fff}\
        .mark{border:1px dashed #8a6d00;background:#fff8e1;padding:.6rem;border-radius:.5rem}</style>\
        <p class=\"mark\">模拟支付页面：不会产生任何真实扣款。</p>";
    (status, Html(format!("{head}{body}"))).into_response()
}

fn plain(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

async fn show(State(cashier): State<Cashier>, Path(no): Path<String>) -> Response {
    let Some(order) = cashier.order(&no) else { return page(StatusCode::NOT_FOUND, "<p>没有这个订单。</p>") };
    if order.paid.is_some() {
        return page(StatusCode::OK, "<h1>支付成功（模拟）</h1><p>可以关闭本页，回到缴款页面查看结果。</p>");
    }
    let (words, yuan) = (plain(&order.words), format!("{}.{:02}", order.fen / 100, order.fen % 100));
    page(
        StatusCode::OK,
        &format!("<h1>{words}</h1><p><strong>{yuan}</strong> 元</p><form method=\"post\"><button>确认支付（模拟）</button></form>"),
    )
}

async fn pay(State(cashier): State<Cashier>, Path(no): Path<String>) -> Response {
    match cashier.pay(&no).await {
        Some(_) => show(State(cashier), Path(no)).await,
        None => page(StatusCode::CONFLICT, "<p>订单不存在或者已经过期，请回到缴款页面重新获取。</p>"),
    }
}
