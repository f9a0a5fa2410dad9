//! Asking a server that speaks a standard of its own (接口调用): not signed, and read up to a bound that the caller sets.

use kernel::problem::Problem;
use reqwest::Url;
use uuid::Uuid;

use super::{Outgoing, Tried, failure};

/// What is asked.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The address without a query.
    pub url: &'a str,
    /// The query.
    pub query: &'a [(String, String)],
    /// The form that is posted; without one the address is read.
    pub form: Option<&'a [(String, String)]>,
    /// Headers beside the usual ones.
    pub headers: &'a [(&'static str, String)],
    /// Of the answer at most so many bytes are read; a longer one is a failure.
    pub most: usize,
}

impl Outgoing {
    /// Opens what [`Outgoing::seal`] sealed for this owner.
    ///
    /// # Errors
    /// When it was sealed for another, or with another key.
    pub fn open(&self, owner: Uuid, sealed: &[u8]) -> Result<String, Problem> {
        Ok(String::from_utf8_lossy(&self.seal.open(owner, sealed)?).into_owned())
    }

    /// Asks; addresses are checked as those of webhooks are.
    pub async fn ask(&self, asked: Asked<'_>) -> Tried {
        let Ok(mut url) = self.refuse(asked.url) else { return Tried::Unreached("地址不被允许".to_owned()) };
        if !asked.query.is_empty() {
            url.query_pairs_mut().extend_pairs(asked.query);
        }
        let mut request = match asked.form {
            None => self.http.get(url),
            Some(form) => {
                let kind = "application/x-www-form-urlencoded; charset=utf-8";
                self.http.post(url).header("content-type", kind).body(encoded(form))
            }
        };
        for (name, value) in asked.headers {
            request = request.header(*name, value);
        }
        let mut answer = match request.header("accept", "application/json").send().await {
            Ok(answer) => answer,
            Err(error) => return failure(&error),
        };
        let (status, mut said) = (answer.status(), Vec::new());
        loop {
            match answer.chunk().await {
                Ok(Some(chunk)) if said.len() + chunk.len() > asked.most => return Tried::Failed("对方应答过长".to_owned()),
                Ok(Some(chunk)) => said.extend_from_slice(&chunk),
                Ok(None) => return Tried::Answered(status, said),
                Err(error) => return failure(&error),
            }
        }
    }
}

/// Pairs as forms write them.
fn encoded(pairs: &[(String, String)]) -> String {
    let mut url = Url::parse("http://localhost/").expect("a constant address");
    url.query_pairs_mut().extend_pairs(pairs);
    url.query().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_escapes_what_it_must() {
        let pairs = [("a".to_owned(), "1+1 & 中".to_owned()), ("b".to_owned(), String::new())];
        assert_eq!(encoded(&pairs), "a=1%2B1+%26+%E4%B8%AD&b=");
    }
}
