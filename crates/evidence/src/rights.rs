//! The rights of evidence. What a person may see of a case is decided by the case's room besides.

identity::rights! {
    /// See the evidence of a case that one may see (查看证据).
    SeeEvidence = "evidence.see", "查看证据", decides = false, roles = ["officer", "legal_reviewer", "leader", "evaluator"];
    /// Add evidence to a case that one handles, hand it over, mark recordings (提交证据).
    AddEvidence = "evidence.add", "提交、移交证据", decides = true, roles = ["officer"];
    /// Exclude evidence that was unlawfully come by (排除证据).
    ExcludeEvidence = "evidence.exclude", "排除非法证据", decides = true, roles = ["officer", "legal_reviewer", "leader"];
}
