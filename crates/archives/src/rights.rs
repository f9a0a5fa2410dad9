//! The right of archives. What a person may see of a case is decided by the case's room besides.

identity::rights! {
    /// Make the dossier of a case that one may see (导出案卷).
    ExportDossiers = "dossier.export", "导出电子案卷", decides = true, roles = ["officer", "legal_reviewer", "leader"];
}
