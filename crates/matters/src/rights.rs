//! The rights that the legal library asks for.

identity::rights! {
    /// Read matters, statutes and empowerment (查看法律库).
    ReadLaw = "law.read", "查看法律库", decides = false,
        roles = ["operator", "shift_leader", "dispatcher", "collector", "unit_handler", "unit_leader", "officer", "legal_reviewer", "auxiliary", "evaluator", "leader", "administrator", "liaison"];
    /// Import and publish matters, enter announcements of empowerment (维护法律库).
    ManageLaw = "law.manage", "维护法律库", decides = true, roles = ["administrator"];
    /// Draft, publish and withdraw discretion benchmarks (维护裁量基准).
    ManageBenchmarks = "law.benchmark", "维护裁量基准", decides = true, roles = ["legal_reviewer", "administrator"];
    /// Review the benchmarks that others drafted, and try rules out (审核裁量基准).
    ReviewBenchmarks = "law.benchmark-review", "审核裁量基准", decides = true, roles = ["legal_reviewer", "leader", "administrator"];
}
