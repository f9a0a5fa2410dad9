//! The rights that the catalogues ask for.

identity::rights! {
    /// See classes, limits, regions and components (查看标准数据).
    ReadCatalogue = "catalogue.read", "查看标准数据", decides = false,
        roles = ["operator", "shift_leader", "dispatcher", "collector", "unit_handler", "unit_leader", "officer", "auxiliary", "evaluator", "leader", "administrator", "machine", "liaison"];
    /// Import regions and components, add classes and limits (维护标准数据).
    ManageCatalogue = "catalogue.manage", "维护标准数据", decides = true, roles = ["administrator"];
}
