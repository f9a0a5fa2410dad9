//! Sending in a form that the receiver prescribes (按对方格式发送): method, headers and signature are his, the rules of where to are ours.

use std::time::Duration;

use reqwest::Method;

use super::{LONGEST_ANSWER, Outgoing, Tried, failure, signature};

/// What is sent.
pub struct Sent<'a> {
    /// The address.
    pub url: &'a str,
    /// `POST` or `PUT`.
    pub method: &'a str,
    /// Headers beside `Content-Type: application/json`.
    pub headers: &'a [(String, String)],
    /// The body.
    pub body: String,
    /// The header that bears HMAC-SHA256 of the body in hexadecimal, and the secret.
    pub signed: Option<(&'a str, &'a str)>,
    /// So long is waited for the whole answer.
    pub patience: Duration,
}

impl Outgoing {
    /// Sends; addresses are checked as those of webhooks are.
    pub async fn send(&self, sent: Sent<'_>) -> Tried {
        let Ok(url) = self.refuse(sent.url) else { return Tried::Unreached("地址不被允许".to_owned()) };
        let Ok(method) = Method::from_bytes(sent.method.as_bytes()) else { return Tried::Unreached("请求方法不可用".to_owned()) };
        let mut request = self.http.request(method, url).header("content-type", "application/json").timeout(sent.patience);
        for (name, value) in sent.headers {
            request = request.header(name, value);
        }
        if let Some((header, secret)) = sent.signed {
            request = request.header(header, signature(secret.as_bytes(), sent.body.as_bytes()));
        }
        let mut answer = match request.body(sent.body).send().await {
            Ok(answer) => answer,
            Err(error) => return failure(&error),
        };
        let (status, mut said) = (answer.status(), Vec::new());
        while let Ok(Some(chunk)) = answer.chunk().await {
            if said.len() + chunk.len() > LONGEST_ANSWER {
                return Tried::Failed("对方应答过长".to_owned());
            }
            said.extend_from_slice(&chunk);
        }
        Tried::Answered(status, said)
    }
}
