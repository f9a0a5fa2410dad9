//! What the district next door may do with cases, evidence, documents and the legal library.

use crate::district_cases::Case::{self, Hides, Own, Refused, Shared};

/// Every operation of enforcing the law.
pub const LAW_CASES: &[(Case, &str)] = &[
    (Hides, "GET /api/v1/cases"),
    (Refused, "POST /api/v1/cases"),
    (Refused, "GET /api/v1/cases/{id}"),
    (Refused, "POST /api/v1/cases/{id}/actions/{action}"),
    (Refused, "GET /api/v1/cases/{id}/discretion"),
    (Refused, "PUT /api/v1/cases/{id}/discretion"),
    (Refused, "POST /api/v1/cases/{id}/deviation"),
    (Refused, "POST /api/v1/cases/{id}/deviation/actions/approve"),
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
    // Law and what was announced are public; whoever works with it reads it.
    (Shared, "GET /api/v1/benchmarks"),
    (Refused, "POST /api/v1/benchmarks"),
    (Shared, "GET /api/v1/benchmarks/{id}"),
    (Refused, "PUT /api/v1/benchmarks/{id}"),
    (Refused, "POST /api/v1/benchmarks/{id}/actions/{action}"),
    // Weighs invented facts by rules of the caller's own, and keeps nothing.
    (Own, "POST /api/v1/benchmarks/actions/try"),
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
