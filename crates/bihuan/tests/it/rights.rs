//! Every operation of the document, tried by nobody and by those who may not.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};

use crate::program::{Caller, Installation, PASSWORD};

/// What anybody may call without an account. A new line here is a decision, not a convenience.
const PUBLIC: &[&str] = &[
    "POST /api/v1/session",
    "DELETE /api/v1/session",
    "GET /api/v1/session/oidc",
    "GET /api/v1/session/oidc/callback",
    "GET /api/v1/session/oidc/start",
    "POST /api/v1/session/oidc/totp",
    "POST /api/v1/public/reports",
    "GET /api/v1/public/reports/{tracking_code}",
    "GET /api/v1/public/reports/{tracking_code}/photos/{file}",
    "GET /api/v1/public/reports/{tracking_code}/photos/{file}/thumbnail",
    "POST /api/v1/public/reports/{tracking_code}/rating",
    "POST /api/v1/public/reports/{tracking_code}/erasure",
    "GET /api/v1/public/privacy-notices",
    "GET /api/v1/public/reports/{tracking_code}/privacy-requests",
    "POST /api/v1/public/reports/{tracking_code}/privacy-requests",
    "POST /api/v1/public/reports/{tracking_code}/personal-data",
    "GET /api/v1/public/decisions",
    "GET /api/v1/public/decisions/export",
    "GET /api/v1/public/decisions/{id}",
    "GET /api/v1/public/disclosures",
    "GET /api/v1/public/disclosures/{id}",
    "GET /api/v1/public/certificates/{code}",
    "GET /api/v1/public/rewards",
    "GET /api/v1/public/rewards/{id}/days/{day}",
    "GET /api/v1/public/reports/{tracking_code}/reward",
    "POST /api/v1/public/reports/{tracking_code}/reward-secret",
    "POST /api/v1/public/reports/{tracking_code}/reward-claims",
    "GET /api/v1/public/fine-bills/{code}",
    "POST /api/v1/public/fine-bills/{code}/orders",
    // Proven by the provider's signature.
    "POST /api/v1/payments/callbacks/{provider}",
    "GET /api/v1/public/recent",
    "POST /api/v1/public/towed-vehicles",
    "GET /api/v1/public/report-settings",
    "POST /api/v1/public/text-codes",
    "GET /api/v1/public/classes",
    "GET /api/v1/public/places",
    // A party's own page: it has a session of its own, which only its code and who he is begin.
    "POST /api/v1/public/party-session",
    "DELETE /api/v1/public/party-session",
    "GET /api/v1/public/my-case",
    "GET /api/v1/public/my-case/documents/{id}",
    "POST /api/v1/public/my-case/files",
    "POST /api/v1/public/my-case/agreement",
    "DELETE /api/v1/public/my-case/agreement",
    "POST /api/v1/public/my-case/submissions",
    "GET /api/v1/map",
    "GET /api/v1/map/regions.geojson",
    "GET /api/v1/map/base.geojson",
    "POST /api/v1/uploads",
    "HEAD /api/v1/uploads/{id}",
    "PATCH /api/v1/uploads/{id}",
    "DELETE /api/v1/uploads/{id}",
    "OPTIONS /api/v1/uploads",
    "OPTIONS /api/v1/uploads/{id}",
    "POST /api/v1/files",
    "GET /api/v1/public/receipt-key",
    "GET /api/v1/public/reports/{tracking_code}/receipt",
    "GET /open311/discovery.{format}",
    "GET /open311/v2/discovery.{format}",
    "GET /open311/v2/requests.{format}",
    "POST /open311/v2/requests.{format}",
    "GET /open311/v2/requests/{document}",
    "GET /open311/v2/services.{format}",
    "GET /open311/v2/services/{document}",
    "GET /open311/v2/tokens/{document}",
];

/// What everybody who is signed in may do with himself, his own notes and his own files.
const OWN: &[&str] = &[
    "GET /api/v1/session",
    "POST /api/v1/session/password",
    "POST /api/v1/session/totp",
    "POST /api/v1/session/totp/confirm",
    "POST /api/v1/session/totp/recovery-codes",
    "DELETE /api/v1/session/totp",
    "GET /api/v1/notifications",
    "POST /api/v1/notifications/{id}/actions/read",
    "POST /api/v1/notifications/actions/read-all",
    "GET /api/v1/events",
    "GET /api/v1/files/{id}",
    "GET /api/v1/files/{id}/thumbnail",
    "GET /api/v1/places",
    "GET /api/v1/regions",
    "GET /api/v1/classes",
    "GET /api/v1/components",
    "GET /api/v1/classes/to-settle",
];

struct Operation {
    method: Method,
    template: String,
    path: String,
}

impl Operation {
    fn name(&self) -> String {
        format!("{} {}", self.method, self.template)
    }
}

fn operations(document: &Value) -> Vec<Operation> {
    let mut all = Vec::new();
    for (template, item) in document["paths"].as_object().unwrap() {
        let mut path = template.clone();
        while let (Some(open), Some(close)) = (path.find('{'), path.find('}')) {
            let value = if path[open..close].contains("tracking") { "0000-0000-0000" } else { "019a0000-0000-7000-8000-000000000000" };
            path.replace_range(open..=close, value);
        }
        for method in ["get", "post", "put", "patch", "delete", "head", "options"] {
            if item.get(method).is_some() {
                all.push(Operation { method: method.to_uppercase().parse().unwrap(), template: template.clone(), path: path.clone() });
            }
        }
    }
    all
}

async fn statuses(caller: &Caller, operations: &[Operation], skip: &[&str]) -> Vec<(String, u16)> {
    let mut tried = Vec::new();
    for operation in operations.iter().filter(|operation| !skip.contains(&operation.name().as_str())) {
        let body = (!matches!(operation.method, Method::GET | Method::HEAD | Method::DELETE | Method::OPTIONS)).then(|| json!({}));
        let answer = caller.send(operation.method.clone(), &operation.path, body).await;
        assert!(answer.status < 500, "{} answers {}: {}", operation.name(), answer.status, answer.text);
        tried.push((operation.name(), answer.status));
    }
    tried
}

#[tokio::test]
async fn no_operation_is_left_unprotected() {
    let installation = Installation::new();
    let server = installation.serve();
    let visitor = server.visitor();
    let document = visitor.get("/api/v1/openapi.json").await.body;
    let operations = operations(&document);
    assert!(operations.len() > 80, "{} operations in the document", operations.len());

    let public: BTreeSet<&str> = PUBLIC.iter().copied().collect();
    let open: Vec<String> = statuses(&visitor, &operations, PUBLIC)
        .await
        .into_iter()
        .filter(|(_, status)| *status != 401)
        .map(|(name, status)| format!("{name} → {status}"))
        .collect();
    assert!(open.is_empty(), "open to nobody in particular: {open:#?}");
    for operation in operations.iter().filter(|operation| public.contains(operation.name().as_str())) {
        let answer = visitor.send(operation.method.clone(), &operation.path, None).await;
        assert!(answer.status != 401 && answer.status < 500, "{} is on the public list and answers {}", operation.name(), answer.status);
    }

    let administrator = server.signed_in("administrator01", PASSWORD).await;
    let root = administrator.root().await;
    let skip: Vec<&str> = PUBLIC.iter().chain(OWN).copied().collect();

    // A machine reports, in our form or its own, and nothing else.
    let machine = administrator.machine(&server, "camera01", &root).await;
    let beyond: Vec<_> = statuses(&machine, &operations, &skip)
        .await
        .into_iter()
        .filter(|(name, status)| {
            *status != 403
                && !["POST /api/v1/leads", "POST /api/v1/machine-events", "POST /api/v1/sources/{code}/messages"].contains(&name.as_str())
        })
        .collect();
    assert!(beyond.is_empty(), "a machine may: {beyond:#?}");

    // An auxiliary looks, reports, and changes nothing; asking which matter a description is about changes nothing either.
    let auxiliary = administrator.hire(&server, "auxiliary01", "auxiliary", &root).await;
    let beyond: Vec<_> = statuses(&auxiliary, &operations, &skip)
        .await
        .into_iter()
        .filter(|(name, status)| {
            let asks = ["POST /api/v1/leads", "POST /api/v1/matters/suggestions"].contains(&name.as_str());
            *status != 403 && !name.starts_with("GET ") && !asks
        })
        .collect();
    assert!(beyond.is_empty(), "an auxiliary may: {beyond:#?}");

    // The administrator of the installation decides nothing about leads, but erases who wants to be erased; the operator administers nobody.
    let decides = |name: &str| name.contains("/leads/{id}/actions/") && !name.ends_with("/erase-reporter");
    let beyond: Vec<_> =
        statuses(&administrator, &operations, &skip).await.into_iter().filter(|(name, status)| decides(name) && *status != 403).collect();
    assert!(beyond.is_empty(), "an administrator may: {beyond:#?}");
    let operator = administrator.hire(&server, "operator01", "operator", &root).await;
    let house = [
        "/people",
        "/organisations",
        "/roles",
        "/sign-ins",
        "/webhooks",
        "/dispatch-rules",
        "/dispatch-rule-sets",
        "/dispatch-draft",
        "/dispatch-what-ifs",
        "/intake-settings",
        "/indicator-settings",
        "/scrutiny-settings",
        "/sources",
        "/class-models",
        "/devices",
        "/machine-kinds",
        "/vehicle-terminal",
        "/light-settings",
        "/unit-hours",
        "/reply-check-settings",
        "/text-code-settings",
        "/precedents",
        "/notice-settings",
        "/referral-settings",
        "/privacy-notices",
        "/privacy-requests",
        "/impact-assessments",
        "/retention-",
        "/property/",
        "/centre/",
        "/waste/",
        "/duty",
        "/catalogue/imports",
        "/classes",
        "/benchmarks",
        "/discretion-watch-settings",
        "/payment-payee",
        "/document-organs",
        "/phrases",
        "/empowerments",
        "/matters/actions",
        "/matters/imports",
        "/matters/{code}/draft",
    ];
    let beyond: Vec<_> = statuses(&operator, &operations, &skip)
        .await
        .into_iter()
        .filter(|(name, status)| !name.starts_with("GET ") && house.iter().any(|part| name.contains(part)) && *status != 403)
        .collect();
    assert!(beyond.is_empty(), "an operator may: {beyond:#?}");

    // Refusals have the shape of every problem.
    let refused = operator.post("/api/v1/people", json!({})).await;
    assert_eq!((refused.status, refused.body["code"].as_str()), (403, Some("forbidden")));
    assert!(refused.kind.starts_with("application/problem+json"));
    assert!(server.stop(), "{}", installation.log());
}
