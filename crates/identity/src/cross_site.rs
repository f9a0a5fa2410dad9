//! Whether another site's page made the browser write in a signed-in person's name (跨站请求伪造).

use axum::http::{HeaderMap, Method, Uri, header};

/// Whether a request that carries the session cookie must be refused.
///
/// Browsers say where a request came from in `Sec-Fetch-Site`, older ones only in `Origin`. A program that sends
/// neither is not a browser that another site could have misled.
pub fn refused(method: &Method, uri: &Uri, headers: &HeaderMap) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return false;
    }
    if let Some(site) = headers.get("sec-fetch-site")
        && !matches!(site.as_bytes(), b"same-origin" | b"none")
    {
        return true;
    }
    let Some(origin) = headers.get(header::ORIGIN) else {
        return false;
    };
    let Some(authority) = origin.to_str().ok().and_then(|origin| origin.split_once("://")).map(|(_, authority)| authority) else {
        return true; // `null`, or nothing that a browser sends
    };
    let host =
        headers.get(header::HOST).and_then(|host| host.to_str().ok()).or_else(|| uri.authority().map(|authority| authority.as_str()));
    !host.is_some_and(|host| host.eq_ignore_ascii_case(authority))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(method: Method, pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        refused(&method, &Uri::from_static("/api/v1/people"), &headers)
    }

    #[test]
    fn reading_is_never_refused() {
        assert!(!judge(Method::GET, &[("sec-fetch-site", "cross-site"), ("origin", "http://evil.test"), ("host", "a")]));
    }

    #[test]
    fn another_site_is_refused_and_ones_own_is_not() {
        assert!(judge(Method::POST, &[("sec-fetch-site", "cross-site"), ("host", "a")]));
        assert!(judge(Method::PATCH, &[("sec-fetch-site", "same-site"), ("host", "a")]));
        assert!(judge(Method::DELETE, &[("origin", "https://evil.test"), ("host", "a.test")]));
        assert!(judge(Method::POST, &[("origin", "null"), ("host", "a.test")]));
        assert!(judge(Method::POST, &[("origin", "http://a.test:81"), ("host", "a.test:80")]));
        assert!(judge(Method::POST, &[("sec-fetch-site", "same-origin"), ("origin", "https://b"), ("host", "a")]));
        assert!(!judge(Method::POST, &[("sec-fetch-site", "same-origin"), ("origin", "https://A.test"), ("host", "a.test")]));
        assert!(!judge(Method::POST, &[("sec-fetch-site", "none"), ("host", "a.test")]));
        assert!(!judge(Method::POST, &[("host", "a.test")]));
    }
}
