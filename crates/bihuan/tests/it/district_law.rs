//! What the district next door may do with cases, evidence, documents and the legal library.

use serde_json::{Value, json};

use crate::district_cases::Case::{self, Hides, Own, Refused, Shared};

/// Every operation of enforcing the law.
pub const LAW_CASES: &[(Case, &str)] = &[
    (Hides, "GET /api/v1/cases"),
    (Refused, "POST /api/v1/cases"),
    (Refused, "GET /api/v1/cases/{id}"),
    (Refused, "POST /api/v1/cases/{id}/actions/{action}"),
    (Refused, "POST /api/v1/cases/{id}/parties/{ordinal}/actions/reveal"),
    (Refused, "POST /api/v1/dockets/{docket}/documents/{kind}/actions/begin"),
    (Refused, "GET /api/v1/cases/{id}/evidence"),
    (Refused, "POST /api/v1/cases/{id}/evidence"),
    (Refused, "PUT /api/v1/cases/{id}/evidence/matrix"),
    (Refused, "POST /api/v1/cases/{id}/dossier"),
    (Refused, "GET /api/v1/evidence/{id}/content"),
    (Refused, "POST /api/v1/evidence/{id}/actions/count_over"),
    (Refused, "POST /api/v1/evidence/{id}/actions/exclude"),
    (Refused, "POST /api/v1/evidence/{id}/actions/hand_over"),
    (Refused, "POST /api/v1/evidence/{id}/marks"),
    // A file of the caller's own, which belongs to no case yet.
    (Own, "POST /api/v1/evidence/uploads"),
    // Whom a case may be given to, within the caller's ground.
    (Hides, "GET /api/v1/case-officers"),
    // Kinds and samples are the program's own.
    (Shared, "GET /api/v1/document-kinds"),
    (Shared, "GET /api/v1/document-kinds/{code}/sample"),
    (Refused, "GET /api/v1/dockets/{docket}/documents"),
    (Refused, "POST /api/v1/dockets/{docket}/documents"),
    (Refused, "GET /api/v1/documents/{id}"),
    (Refused, "PUT /api/v1/documents/{id}"),
    (Refused, "POST /api/v1/documents/{id}/actions/issue"),
    (Refused, "POST /api/v1/documents/{id}/actions/void"),
    (Refused, "GET /api/v1/documents/{id}/file"),
    (Refused, "GET /api/v1/documents/{id}/preview"),
    // What is public of decisions; all else of them goes with the case.
    (Own, "GET /api/v1/public/decisions"),
    (Own, "GET /api/v1/public/decisions/export"),
    (Own, "GET /api/v1/public/decisions/{id}"),
    (Refused, "GET /api/v1/cases/{id}/publications"),
    (Refused, "POST /api/v1/cases/{id}/remedies"),
    (Hides, "GET /api/v1/publications"),
    (Hides, "GET /api/v1/publications/counts"),
    (Hides, "GET /api/v1/publications/export"),
    (Refused, "POST /api/v1/publications/{id}/actions/draft"),
    (Refused, "PUT /api/v1/publications/{id}/content"),
    (Refused, "POST /api/v1/publications/{id}/actions/compare"),
    (Refused, "POST /api/v1/publications/{id}/actions/check"),
    (Refused, "POST /api/v1/publications/{id}/actions/secrecy"),
    (Refused, "POST /api/v1/publications/{id}/actions/publish"),
    (Refused, "POST /api/v1/publications/{id}/actions/withhold"),
    (Refused, "POST /api/v1/publications/{id}/actions/withdraw"),
    (Refused, "POST /api/v1/publications/{id}/repairs"),
    (Hides, "GET /api/v1/credit-repairs"),
    (Refused, "POST /api/v1/credit-repairs/{id}/actions/check"),
    (Refused, "POST /api/v1/credit-repairs/{id}/actions/decide"),
    (Refused, "POST /api/v1/credit-repairs/actions/feedback"),
    (Hides, "GET /api/v1/remedies"),
    (Hides, "GET /api/v1/remedies/export"),
    (Refused, "PUT /api/v1/remedies/{id}"),
    (Refused, "POST /api/v1/remedies/{id}/actions/close"),
    // Law and what was announced are public; whoever works with it reads it.
    (Shared, "GET /api/v1/empowerments"),
    (Refused, "POST /api/v1/empowerments"),
    (Shared, "GET /api/v1/matters"),
    (Refused, "POST /api/v1/matters/actions/publish"),
    (Shared, "GET /api/v1/matters/export"),
    (Refused, "POST /api/v1/matters/imports"),
    (Shared, "POST /api/v1/matters/suggestions"),
    (Shared, "GET /api/v1/matters/{code}"),
    (Refused, "DELETE /api/v1/matters/{code}/draft"),
    (Refused, "PUT /api/v1/matters/{code}/draft"),
    (Shared, "GET /api/v1/matters/{code}/jurisdiction"),
    (Shared, "GET /api/v1/statutes"),
    (Shared, "GET /api/v1/statutes/{id}"),
];

/// A body that would be right, of what is done with publications, repairs, reviews and suits.
pub fn public_body(last: &str, room: &str) -> Value {
    match last {
        "content" => {
            json!({ "seen": 1, "content": { "number": "x", "organ": "x", "party": "x", "credit_code": "", "matter": "x", "facts": "x",
            "basis": "x", "penalty": "x", "decided_on": "2026-11-02" } })
        }
        "check" if room == "credit-repairs" => json!({ "seen": 1, "found": "x", "proposed": true }),
        "check" => json!({ "seen": 1, "passed": true }),
        "secrecy" => json!({ "seen": 1, "state_secret": false, "business_secret": false, "note": "x" }),
        "publish" => json!({ "seen": 1 }),
        "withhold" => json!({ "seen": 1, "ground": "privacy", "reason": "x" }),
        "withdraw" => json!({ "seen": 1, "ground": "revoked", "reason": "x" }),
        "repairs" => json!({ "promise": "x" }),
        "decide" => json!({ "seen": 1, "grant": true }),
        "remedies" => json!({ "kind": "review", "body": "x", "received_on": "2026-11-02" }),
        "close" => json!({ "seen": 1, "outcome": "upheld", "served_on": "2026-11-02" }),
        "{id}" => json!({ "seen": 1, "body": "x" }),
        _ => json!({}),
    }
}
