//! Talking to a neighbour's server: report, look, ask for a number.

use chrono::{DateTime, Utc};
use notify::{Asked, Tried};
use serde_json::Value;
use uuid::Uuid;

use super::{
    Exchange,
    answer::{self, Request},
    owner,
    store::Neighbour,
};
use crate::w3c;

/// The most that is read of one answer: a thousand requests with long descriptions.
const LONGEST: usize = 8 * 1024 * 1024;

/// What came of sending a referral.
pub(super) enum Sending {
    /// It was taken.
    Taken {
        /// The neighbour's number.
        remote_id: Option<String>,
        /// What to ask for the number with.
        token: Option<String>,
    },
    /// It will not be taken as it is.
    Refused(String),
    /// It was not taken, and may be another time.
    Failed(String),
    /// Nobody knows whether it was taken: the answer was lost.
    Lost(String),
}

/// Why nothing could be read.
pub(super) struct Unread {
    pub why: String,
    /// The server answered, and refused: it may be for one of several numbers.
    pub refused: bool,
}

fn pairs(of: &Value) -> Vec<(String, String)> {
    of.as_object().into_iter().flatten().filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect()
}

impl Exchange {
    /// Reports a referral; `id` is the key by which a repetition is known.
    pub(super) async fn report(&self, neighbour: &Neighbour, id: Uuid, request: &Value) -> Sending {
        let mut fields = pairs(request);
        fields.extend(neighbour.jurisdiction.iter().map(|it| ("jurisdiction_id".to_owned(), it.clone())));
        if let Some(sealed) = &neighbour.api_key {
            match self.outgoing().open(owner(&neighbour.region, &neighbour.code), sealed) {
                Ok(key) => fields.push(("api_key".to_owned(), key)),
                Err(problem) => return Sending::Failed(problem.detail),
            }
        }
        let url = format!("{}/requests.json", neighbour.url);
        let asked = Asked { url: &url, query: &[], form: Some(&fields), headers: &[("idempotency-key", id.to_string())], most: LONGEST };
        match self.outgoing().ask(asked).await {
            Tried::Answered(status, body) if status.is_success() => {
                let said = answer::first(&body);
                let number = said.as_ref().and_then(|it| answer::id(it, "service_request_id"));
                let token = said.as_ref().and_then(|it| answer::id(it, "token"));
                if number.is_none() && token.is_none() {
                    // To send it again would make it twice there, perhaps.
                    return Sending::Refused("对方应答成功，但没有给出编号，请电话核对".to_owned());
                }
                Sending::Taken { remote_id: number, token }
            }
            Tried::Answered(status, body) => {
                let why = answer::refusal(status.as_u16(), &body);
                // Whoever stands before the server may answer so while the server took it.
                if status.is_server_error() || status.as_u16() == 408 {
                    Sending::Lost(why)
                } else if matches!(status.as_u16(), 425 | 429) {
                    Sending::Failed(why)
                } else {
                    Sending::Refused(why)
                }
            }
            Tried::Failed(why) => Sending::Lost(why),
            Tried::Unreached(why) => Sending::Failed(why),
        }
    }

    /// The requests of these numbers.
    pub(super) async fn look(&self, neighbour: &Neighbour, ids: &[String]) -> Result<Vec<Request>, Unread> {
        self.requests(neighbour, vec![("service_request_id".to_owned(), ids.join(","))]).await
    }

    /// The requests that were made in a stretch of time.
    pub(super) async fn made(&self, neighbour: &Neighbour, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<Request>, String> {
        let query = vec![("start_date".to_owned(), w3c::written(from)), ("end_date".to_owned(), w3c::written(to))];
        self.requests(neighbour, query).await.map_err(|unread| unread.why)
    }

    /// The number that a token stands for; none as long as there is none yet.
    pub(super) async fn number_of(&self, neighbour: &Neighbour, token: &str) -> Result<Option<String>, String> {
        // A token is the neighbour's own text and becomes part of an address.
        if !token.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.')) {
            return Err("对方给出的查询码无法使用".to_owned());
        }
        let body = self.get(neighbour, &format!("tokens/{token}.json"), Vec::new()).await.map_err(|unread| unread.why)?;
        Ok(answer::first(&body).and_then(|it| answer::id(&it, "service_request_id")))
    }

    async fn requests(&self, neighbour: &Neighbour, query: Vec<(String, String)>) -> Result<Vec<Request>, Unread> {
        let body = self.get(neighbour, "requests.json", query).await?;
        answer::requests(&body).ok_or_else(|| Unread { why: "对方应答无法识别".to_owned(), refused: false })
    }

    async fn get(&self, neighbour: &Neighbour, path: &str, mut query: Vec<(String, String)>) -> Result<Vec<u8>, Unread> {
        query.extend(neighbour.jurisdiction.iter().map(|it| ("jurisdiction_id".to_owned(), it.clone())));
        let url = format!("{}/{path}", neighbour.url);
        match self.outgoing().ask(Asked { url: &url, query: &query, form: None, headers: &[], most: LONGEST }).await {
            Tried::Answered(status, body) if status.is_success() => Ok(body),
            Tried::Answered(status, body) => {
                Err(Unread { why: answer::refusal(status.as_u16(), &body), refused: status.is_client_error() && status.as_u16() != 429 })
            }
            Tried::Failed(why) | Tried::Unreached(why) => Err(Unread { why, refused: false }),
        }
    }
}
