//! The gateways that text messages leave by: one that the city describes in a file, and one of the demo that sends nothing.

use std::{collections::BTreeMap, path::Path, time::Duration};

use futures::future::BoxFuture;
use kernel::personal::Telephone;
use notify::{Outgoing, Sent, Tried};
use serde::Deserialize;
use serde_json::Value;

use super::TextMessages;

/// So long one try is waited for.
const PATIENCE: Duration = Duration::from_secs(5);
/// Tries at most: somebody waits at the page.
const TRIES: usize = 2;

/// How a message is signed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signature {
    /// The header that bears HMAC-SHA256 of the body, in hexadecimal.
    header: String,
    secret: String,
}

/// By what the provider's answer says that it took the message.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Success {
    /// A JSON pointer into the answer (RFC 6901).
    pointer: String,
    equals: Value,
}

/// The file that describes a provider.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Described {
    url: String,
    #[serde(default = "post")]
    method: String,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    /// Any JSON; `{phone}` and `{code}` inside its texts are replaced.
    body: Value,
    signature: Option<Signature>,
    success: Option<Success>,
}

fn post() -> String {
    "POST".to_owned()
}

/// A provider with an HTTP interface of its own (短信服务商接口). It prints nothing of itself.
pub struct HttpProvider {
    described: Described,
    headers: Vec<(String, String)>,
    outgoing: Outgoing,
}

impl HttpProvider {
    /// Reads the file that describes it.
    ///
    /// # Errors
    /// In Chinese, for whoever wrote the file.
    pub fn read(file: &Path, outgoing: Outgoing) -> Result<Self, String> {
        let text = std::fs::read_to_string(file).map_err(|error| format!("短信服务商设置 {} 读不出来：{error}", file.display()))?;
        Self::described(&text, outgoing).map_err(|why| format!("短信服务商设置 {}：{why}", file.display()))
    }

    fn described(text: &str, outgoing: Outgoing) -> Result<Self, String> {
        let described: Described = serde_json::from_str(text).map_err(|error| format!("格式不对，第 {} 行", error.line()))?;
        outgoing.refuse(&described.url).map_err(|problem| problem.detail)?;
        if !matches!(described.method.as_str(), "POST" | "PUT") {
            return Err("method 应为 POST 或 PUT".to_owned());
        }
        let words = described.body.to_string();
        if !words.contains("{phone}") || !words.contains("{code}") {
            return Err("body 里须有 {phone} 和 {code}".to_owned());
        }
        let headers = described.headers.clone().into_iter().collect();
        Ok(Self { described, headers, outgoing })
    }

    async fn try_once(&self, body: String) -> Result<(), (bool, String)> {
        let signed = self.described.signature.as_ref().map(|signature| (&*signature.header, &*signature.secret));
        let sent =
            Sent { url: &self.described.url, method: &self.described.method, headers: &self.headers, body, signed, patience: PATIENCE };
        match self.outgoing.send(sent).await {
            Tried::Failed(why) | Tried::Unreached(why) => Err((true, why)),
            Tried::Answered(status, _) if !status.is_success() => {
                Err((status.is_server_error(), format!("服务商回答 {}", status.as_u16())))
            }
            Tried::Answered(_, said) => match &self.described.success {
                Some(success) if !says(&said, success) => Err((false, "服务商没有接受".to_owned())),
                _ => Ok(()),
            },
        }
    }
}

impl TextMessages for HttpProvider {
    fn send<'a>(&'a self, telephone: &'a Telephone, code: &'a str) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move {
            let body = filled(&self.described.body, telephone.expose(), code).to_string();
            let mut tries = 0;
            loop {
                tries += 1;
                match self.try_once(body.clone()).await {
                    Err((true, _)) if tries < TRIES => {}
                    settled => return settled.map_err(|(_, why)| why),
                }
            }
        })
    }

    fn name(&self) -> String {
        let after = self.described.url.split_once("://").map_or(&*self.described.url, |(_, after)| after);
        after.split(['/', '?']).next().unwrap_or_default().to_owned()
    }
}

/// The template with its two blanks filled in.
fn filled(template: &Value, telephone: &str, code: &str) -> Value {
    match template {
        Value::String(text) => Value::String(text.replace("{phone}", telephone).replace("{code}", code)),
        Value::Array(items) => items.iter().map(|item| filled(item, telephone, code)).collect(),
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), filled(value, telephone, code))).collect(),
        other => other.clone(),
    }
}

/// Whether an answer says that it went well. Providers write numbers as texts and texts as numbers.
fn says(answer: &[u8], success: &Success) -> bool {
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let answer: Option<Value> = serde_json::from_slice(answer).ok();
    answer.as_ref().and_then(|answer| answer.pointer(&success.pointer)).is_some_and(|found| plain(found) == plain(&success.equals))
}

/// The demo's: no message leaves, the page shows the code marked as simulated (模拟短信).
pub struct SimulatedProvider;

impl TextMessages for SimulatedProvider {
    fn send<'a>(&'a self, _: &'a Telephone, _: &'a str) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async { Ok(()) })
    }

    fn name(&self) -> String {
        "模拟短信".to_owned()
    }

    fn is_simulated(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn blanks_are_filled_inside_texts_and_answers_are_read_leniently() {
        let template = json!({ "to": ["{phone}"], "text": "验证码 {code}，\"5\" 分钟内有效", "sign": 7 });
        let body = filled(&template, "13900000000", "012345");
        assert_eq!(body, json!({ "to": ["13900000000"], "text": "验证码 012345，\"5\" 分钟内有效", "sign": 7 }));
        let success = Success { pointer: "/result/code".to_owned(), equals: json!("0") };
        assert!(says(br#"{"result":{"code":0}}"#, &success) && says(br#"{"result":{"code":"0"}}"#, &success));
        assert!(!says(br#"{"result":{"code":1}}"#, &success) && !says(b"{}", &success) && !says(b"ok", &success));
    }

    #[test]
    fn a_description_that_cannot_send_is_refused_in_words() {
        let outgoing = Outgoing::new(&[1; 32], false).unwrap();
        let refused = |text: &str| HttpProvider::described(text, outgoing.clone()).err().unwrap_or_default();
        let good = r#"{"url":"https://sms.example/send","body":{"p":"{phone}","c":"{code}"}}"#;
        assert_eq!(refused(good), "");
        assert_eq!(HttpProvider::described(good, outgoing.clone()).map(|provider| provider.name()).ok().unwrap(), "sms.example");
        for (text, word) in [
            ("{", "格式"),
            (r#"{"url":"https://sms.example","body":{"p":"{phone}"}}"#, "{code}"),
            (r#"{"url":"https://sms.example","method":"GET","body":"{phone}{code}"}"#, "POST"),
        ] {
            assert!(refused(text).contains(word), "{}", refused(text));
        }
        assert!(!refused(r#"{"url":"ftp://sms.example","body":"{phone}{code}"}"#).is_empty());
    }
}
